import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import type { Layer } from '../../models/model.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { lazy } from '../lazy.ts';
import { embed } from '../point.ts';
import type { Tier } from '../report.ts';
import { exactLayers, preActivations } from './network-values.ts';

/** J^(l) for l = t+1, …, H (0-based units), largest first choice at every layer; J^(H+1) is all outputs. */
export interface LocallyLinear {
  readonly t: number;
  readonly sets: readonly { readonly layer: number; readonly units: readonly number[] }[];
}

/** `tier`: certified where signs come from intervals. */
export type LinearStructure =
  | { readonly kind: 'holds'; readonly tier: Tier; readonly structure: LocallyLinear }
  /** layer l has fewer than dy units in the largest J^(l) */
  | { readonly kind: 'fails'; readonly tier: Tier; readonly layer: number; readonly units: readonly number[] }
  | { readonly kind: 'undecided'; readonly reason: string };

type UnitKind = 'linear' | 'nonlinear' | 'unknown';

/**
 * Whether θ ∈ Θ_{dy,t} (4.2.3), by the largest structure: J^(H) is every unit that equals its pre-activation on a ball
 * around θ (identity; relu, leaky-relu and abs whose pre-activations are all positive), and downwards J^(l) are those units
 * of layer l that feed no unit outside J^(l+1). Enlarging J^(l+1) only relaxes condition 3 on J^(l), so no other choice has
 * a larger J^(l). Needs a network without biases and with every parameter trainable. At `place` it is said of every point
 * of the box in which θ* is known to lie; at `given` of θ itself. Throws Inexpressible.
 */
export function linearStructure(
  context: CheckContext,
  t: number,
  where: 'place' | 'given' = 'place',
): LinearStructure {
  const { instance } = context;
  const { network } = instance.model;
  if (!network || network.skips.size > 0)
    return { kind: 'undecided', reason: 'the model is no feedforward network (4.3)' };
  if (network.layers.some(({ bias }) => bias)) return { kind: 'undecided', reason: '(4.3) has no biases' };
  if (instance.trainableIndices.length < instance.parameters.length) {
    return { kind: 'undecided', reason: 'in Theorem 4 every weight is a parameter' };
  }
  const dy = instance.model.outputs;
  const { layers } = network;
  const H = layers.length - 1;
  const look = where === 'place' && context.place().kind === 'enclosed' ? onBox(context) : atPoint(context);
  const sets: { layer: number; units: number[] }[] = [];
  let above: ReadonlySet<number> | undefined;
  let uncertain = false;
  for (let l = H; l >= t + 1; l--) {
    const kinds = unitKinds(layers[l - 1]!, () => look.signs(l));
    uncertain ||= kinds.includes('unknown');
    const next = layers[l]!; // W^(l+1)
    const feeds = (k: number): 'no' | 'yes' | 'unknown' => {
      let answer: 'no' | 'unknown' = 'no';
      for (let i = 0; l < H && i < next.units; i++) {
        if (above!.has(i)) continue;
        const zero = look.isZero(next.weight.offset + i * next.inputs + k);
        if (zero === false) return 'yes';
        if (zero === undefined) answer = 'unknown';
      }
      return answer;
    };
    const units = kinds.flatMap((kind, k) => {
      if (kind !== 'linear') return [];
      const outside = feeds(k);
      uncertain ||= outside === 'unknown';
      return outside === 'no' ? [k] : [];
    });
    if (units.length < dy) {
      // A unit left out above may belong there, and then more units of this layer would qualify.
      if (uncertain)
        return {
          kind: 'undecided',
          reason: `layer ${l} or one above it has units on a kink, or of which nothing is known`,
        };
      return { kind: 'fails', tier: look.tier(), layer: l, units };
    }
    sets.unshift({ layer: l, units });
    above = new Set(units);
  }
  return { kind: 'holds', tier: look.tier(), structure: { t, sets } };
}

/** undefined: not known */
type Sign = -1 | 0 | 1 | undefined;

interface Look {
  /** of the pre-activations of layer l, m rows */
  signs(l: number): readonly (readonly Sign[])[];
  /** whether a parameter is 0; undefined when that is not known */
  isZero(index: number): boolean | undefined;
  /** of what was asked so far */
  tier(): Tier;
}

/** θ itself: exactly, and by intervals where a layer is not rational. */
function atPoint(context: CheckContext): Look {
  const { parameters, model } = context.instance;
  const exact = lazy(() => expressed(() => exactLayers(context)));
  const box = lazy(() => onBox(context, embed(intervalArithmetic, parameters)));
  let tier: Tier = 'exact';
  return {
    signs(l) {
      const values = exact();
      if (values)
        return preActivations(context, model.network!.layers[l - 1]!, values[l - 1]!).map((row) =>
          row.map(({ sign }) => sign),
        );
      tier = 'certified';
      return box().signs(l);
    },
    isZero: (index) => parameters.rational(index).isZero,
    tier: () => tier,
  };
}

/** Every point of a box, by intervals; by default the box that holds θ*. Every parameter is trainable. */
function onBox(context: CheckContext, theta: readonly Interval[] = context.place().point.theta): Look {
  const { instance } = context;
  const { network, hidden, inputs: dx } = instance.model;
  const A = intervalArithmetic;
  return {
    signs(l) {
      const { weight, units, inputs } = network!.layers[l - 1]!;
      const from = network!.layers.slice(0, Math.max(0, l - 2)).reduce((sum, layer) => sum + layer.units, 0);
      return Array.from({ length: instance.m }, (_, i) => {
        context.deadline.check();
        const x = embed(A, instance.inputs, i * dx, dx);
        const evaluation = evaluate(hidden!, A, { x, theta });
        const below =
          l === 1 ? x : hidden!.outputs.slice(from, from + inputs).map((id) => evaluation.value(id));
        return Array.from({ length: units }, (_, k) => {
          const z = below.reduce(
            (sum, value, j) => A.add(sum, A.mul(theta[weight.offset + k * inputs + j]!, value)),
            A.zero,
          );
          return A.sign(z) as Sign;
        });
      });
    },
    isZero(index) {
      const entry = theta[index]!;
      if (A.isZero(entry)) return true;
      return A.sign(entry) === undefined ? undefined : false;
    },
    tier: () => 'certified',
  };
}

function unitKinds(layer: Layer, signsOfLayer: () => readonly (readonly Sign[])[]): UnitKind[] {
  if (layer.activations.every(({ name }) => name === 'identity'))
    return layer.activations.map(() => 'linear');
  const rows = signsOfLayer();
  return layer.activations.map(({ name, slope }, k): UnitKind => {
    if (name === 'identity') return 'linear';
    const signs = rows.map((row) => row[k]);
    if (name === 'relu' || name === 'leaky-relu' || name === 'abs') {
      if (signs.every((sign) => sign === 1)) return 'linear';
      // Only the slope's float64 is known here: one that rounds to 1 may be the identity.
      if (name === 'leaky-relu' && slope === 1) return 'unknown';
      return signs.some((sign) => sign === -1) ? 'nonlinear' : 'unknown';
    }
    // σ(z) = z on a ball would need z constant there; that needs layers below that vanish.
    return signs.some((sign) => sign === 1 || sign === -1) ? 'nonlinear' : 'unknown';
  });
}
