import { Rational } from '../../kernel/rational.ts';
import type { Layer, ParameterBlock } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { unitGroups } from '../structure/unit-patterns.ts';
import { squaredNorm } from './directions.ts';
import type { FibreSearch } from './search.ts';

/** Adding s times unit `from` to unit `to` (scaling by 1 + s when they are one), undone in the layers above. */
interface Mixing {
  readonly from: number;
  readonly to: number;
  /** parameters: the incoming weights and bias of each unit, in the same order */
  readonly incoming: readonly (readonly [to: number, from: number])[];
  /** the outgoing weights of each unit, in the same order */
  readonly outgoing: readonly (readonly [to: number, from: number])[];
}

const MOST_MIXINGS = 4_000;

/**
 * The linear changes of basis that leave a network as it is near θ: units of a layer with the same slopes at every sample
 * (all linear units of a layer; relu units that are active on the same samples) are mixed by an invertible matrix, and the
 * weights that read them by its inverse. Only where all these weights are trainable. Throws Inexpressible.
 */
export function* mixings(context: CheckContext): Generator<Mixing> {
  const { instance } = context;
  const { network } = instance.model;
  const groups = unitGroups(context);
  if (!network || !groups) return;
  const trainable = new Set(instance.trainable.map(({ offset }) => offset));
  const free = (...blocks: (ParameterBlock | undefined)[]): boolean =>
    blocks.every((block) => block === undefined || trainable.has(block.offset));
  let count = 0;
  for (const [l, layer] of network.layers.slice(0, -1).entries()) {
    const next = network.layers[l + 1]!;
    const skip = network.skips.get(l + 1);
    if (!free(layer.weight, layer.bias, next.weight, skip)) continue;
    for (const { units, dead } of groups[l]!) {
      if (dead) continue;
      for (const to of units) {
        for (const from of units) {
          if (++count > MOST_MIXINGS) return;
          const pairs = (of: (unit: number) => readonly number[]) =>
            of(to).map((index, k) => [index, of(from)[k]!] as const);
          yield {
            from,
            to,
            incoming: pairs((unit) => incomingOf(layer, unit)),
            outgoing: pairs((unit) => outgoingOf(next, skip, unit)),
          };
        }
      }
    }
  }
}

export const incomingOf = ({ weight, bias, inputs }: Layer, unit: number): number[] => [
  ...Array.from({ length: inputs }, (_, c) => weight.offset + unit * inputs + c),
  ...(bias ? [bias.offset + unit] : []),
];

export const outgoingOf = (next: Layer, skip: ParameterBlock | undefined, unit: number): number[] => [
  ...Array.from({ length: next.units }, (_, i) => next.weight.offset + i * next.inputs + unit),
  ...(skip ? Array.from({ length: skip.shape[0]! }, (_, i) => skip.offset + i * skip.shape[1]! + unit) : []),
];

/** All parameters after the mixing with s > −1. */
export function mixed(
  parameters: readonly Rational[],
  { from, to, incoming, outgoing }: Mixing,
  s: Rational,
): Rational[] {
  const moved = [...parameters];
  const value = (index: number) => parameters[index]!;
  if (from === to) {
    const factor = Rational.one.add(s);
    for (const [index] of incoming) moved[index] = value(index).mul(factor);
    for (const [index] of outgoing) moved[index] = value(index).div(factor);
  } else {
    for (const [index, other] of incoming) moved[index] = value(index).add(s.mul(value(other)));
    for (const [index, other] of outgoing) moved[other] = value(other).sub(s.mul(value(index)));
  }
  return moved;
}

const MOST_OFFERED = 6;
const HALVINGS = 40;

/**
 * Rational points on the orbits of the mixings. They lie in V[θ, ε], and enlarge nothing: f_X(gθ′) = f_X(θ′) for all θ′
 * near θ gives J(gθ)·g = J(θ), so range J is the same along the orbit. A few are offered, to be counted.
 */
export function symmetries(search: FibreSearch): void {
  const { context, epsilon } = search;
  const { instance } = context;
  const parameters = Array.from({ length: instance.parameters.length }, (_, k) =>
    instance.parameters.rational(k),
  );
  const found = expressed(() => [...mixings(context)]) ?? [];
  let offered = 0;
  for (const mixing of found) {
    if (search.done || offered >= MOST_OFFERED) return;
    let s = epsilon.cmp(Rational.one) < 0 ? epsilon : new Rational(1n, 2n);
    for (let k = 0; k < HALVINGS; k++) {
      const orbit = mixed(parameters, mixing, s);
      const v = Array.from(instance.trainableIndices, (index) =>
        orbit[index]!.sub(parameters[index]!).div(epsilon),
      );
      if (v.every((entry) => entry.isZero)) break;
      if (squaredNorm(v).cmp(Rational.one) <= 0) {
        offered++;
        search.offer({ kind: 'symmetry', v });
        break;
      }
      s = s.div(Rational.integer(2));
    }
  }
}
