/** The residual model f = W(x + R z) of (4.1), with x and z given as data. */
import { ExactInstance, type Vector } from './exact.ts';

export type Numbers = readonly (number | string)[];

export interface ResidualCase {
  /** rows are samples */
  readonly x: readonly Numbers[];
  readonly z: readonly Numbers[];
  readonly y: readonly Numbers[];
  readonly W: readonly Numbers[];
  readonly R: readonly Numbers[];
}

/** θ = (W, R), rows first; the inputs are (x, z). */
export function residual({ x, z, y, W, R }: ResidualCase): Promise<ExactInstance> {
  const [dy, dx, dz] = [W.length, R.length, R[0]!.length];
  const over = <T>(n: number, each: (k: number) => T): T[] => Array.from({ length: n }, (_, k) => each(k));
  const inner = (a: number) => over(dz, (b) => `R${a}_${b}*z${b}`).join(' + ');
  const rows = (name: string, values: readonly Numbers[]) =>
    values.flatMap((row, i) => row.map((value, j) => [`${name}${i}_${j}`, value] as const));
  const parameters = [...rows('W', W), ...rows('R', R)];
  return ExactInstance.from({
    model: {
      type: 'expression',
      inputs: [...over(dx, (a) => `x${a}`), ...over(dz, (b) => `z${b}`)],
      parameters: parameters.map(([name]) => name),
      outputs: over(dy, (c) => over(dx, (a) => `W${c}_${a}*(x${a} + ${inner(a)})`).join(' + ')),
    },
    loss: { type: 'squared' },
    data: { inputs: x.map((row, i) => [...row, ...z[i]!]), targets: y },
    parameters: Object.fromEntries(parameters),
  });
}

/** Every prediction α_w x + α_r z. */
export const features = (model: ExactInstance): readonly Vector[] => model.linearIn(model.inputs());
