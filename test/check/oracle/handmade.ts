/** An instance of an expression model in one input x, written in one line. */
export function instanceOf(
  outputs: readonly string[],
  parameters: Readonly<Record<string, number | string>>,
  inputs: readonly (readonly (number | string)[])[],
  targets: readonly (readonly (number | string)[])[],
  extra: {
    readonly loss?: object;
    readonly weights?: readonly (number | string)[];
    readonly declare?: Readonly<Record<string, boolean>>;
  } = {},
): object {
  const { loss = { type: 'squared' }, weights, declare } = extra;
  return {
    everymin: 1,
    model: { type: 'expression', inputs: ['x'], parameters: Object.keys(parameters), outputs },
    loss,
    data: { inputs, targets, ...(weights ? { weights } : {}) },
    parameters,
    ...(declare ? { declare } : {}),
  };
}
