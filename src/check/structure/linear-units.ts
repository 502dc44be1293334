import type { Arithmetic } from '../../arithmetic/arithmetic.ts';
import { intervalArithmetic } from '../../certified/interval.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { type Evaluation, evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { lazy } from '../lazy.ts';
import { embed } from '../point.ts';
import type { Tier } from '../report.ts';
import { weaker } from '../strategy.ts';
import { vanishing } from './vanishing.ts';

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
  let tier: Tier = 'exact';
  const sets: { layer: number; units: number[] }[] = [];
  let above: ReadonlySet<number> | undefined;
  let uncertain = false;
  for (let l = H; l >= t + 1; l--) {
    const { kinds, tier: known } = look.kinds(l);
    tier = weaker(tier, known);
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
      return { kind: 'fails', tier, layer: l, units };
    }
    sets.unshift({ layer: l, units });
    above = new Set(units);
  }
  return { kind: 'holds', tier, structure: { t, sets } };
}

/** undefined: not known */
type Sign = -1 | 0 | 1 | undefined;

/** What is known of the weights and of the units at a point, or at every point of a box. */
interface Look {
  kinds(l: number): { readonly kinds: readonly UnitKind[]; readonly tier: Tier };
  /** whether a parameter is 0; undefined when that is not known */
  isZero(index: number): boolean | undefined;
}

/** Up to this many multiplications for all samples, signs are found exactly first; beyond, by intervals first. */
const EXACT_FIRST = 100_000;

const points = new WeakMap<CheckContext, Look>();
const boxes = new WeakMap<CheckContext, Look>();

/** θ itself. */
function atPoint(context: CheckContext): Look {
  const before = points.get(context);
  if (before) return before;
  const { parameters } = context.instance;
  const exact = lazy(() => layerSigns(context, rationalArithmetic, embed(rationalArithmetic, parameters)));
  const interval = lazy(() => layerSigns(context, intervalArithmetic, embed(intervalArithmetic, parameters)));
  const vanishes = lazy(() => vanishing(context));
  const first = context.work <= EXACT_FIRST;
  const look: Look = {
    kinds: remembered((l) => {
      let tier: Tier = 'exact';
      const exactly = (i: number): Sign[] | undefined => context.exact && expressed(() => exact()(l, i));
      const kinds = unitKinds(
        context,
        l,
        (i) => {
          const row = first ? exactly(i) : undefined;
          if (row) return row;
          const enclosed = expressed(() => interval()(l, i));
          if (!enclosed || (!first && enclosed.includes(undefined))) {
            const known = exactly(i);
            if (known) return known;
          }
          tier = 'certified';
          return enclosed ?? [];
        },
        (i) => vanishes()(l - 1, i),
      );
      return { kinds, tier };
    }),
    isZero: (index) => parameters.rational(index).isZero,
  };
  points.set(context, look);
  return look;
}

/** Every point of the box that holds θ*. Every parameter is trainable. */
function onBox(context: CheckContext): Look {
  const before = boxes.get(context);
  if (before) return before;
  const { theta } = context.place().point;
  const signs = layerSigns(context, intervalArithmetic, theta);
  const look: Look = {
    kinds: remembered((l) => ({
      kinds: unitKinds(context, l, (i) => expressed(() => signs(l, i)) ?? []),
      tier: 'certified',
    })),
    isZero(index) {
      const entry = theta[index]!;
      if (intervalArithmetic.isZero(entry)) return true;
      return intervalArithmetic.sign(entry) === undefined ? undefined : false;
    },
  };
  boxes.set(context, look);
  return look;
}

function remembered<R>(compute: (l: number) => R): (l: number) => R {
  const known = new Map<number, R>();
  return (l) => {
    const before = known.get(l);
    if (before !== undefined) return before;
    const found = compute(l);
    known.set(l, found);
    return found;
  };
}

/** Signs of the pre-activations of layer l on sample i; a sample is evaluated as far up as it is asked for. */
function layerSigns<T>(
  { instance, deadline }: CheckContext,
  A: Arithmetic<T>,
  theta: readonly T[],
): (l: number, i: number) => Sign[] {
  const { network, hidden, inputs: dx } = instance.model;
  // Only the last sample is kept: one value for each node is much for all of them.
  let last: { readonly i: number; readonly x: readonly T[]; readonly evaluation: Evaluation<T> } | undefined;
  return (l, i) => {
    deadline.check();
    if (last?.i !== i) {
      const x = embed(A, instance.inputs, i * dx, dx);
      last = { i, x, evaluation: evaluate(hidden!, A, { x, theta }) };
    }
    const { x, evaluation } = last;
    const { weight, units, inputs } = network!.layers[l - 1]!;
    const from = network!.layers.slice(0, Math.max(0, l - 2)).reduce((sum, layer) => sum + layer.units, 0);
    const below = l === 1 ? x : hidden!.outputs.slice(from, from + inputs).map((id) => evaluation.value(id));
    return Array.from({ length: units }, (_, k) => {
      const z = below.reduce((sum, value, j) => {
        const w = theta[weight.offset + k * inputs + j]!;
        return A.isZero(w) ? sum : A.add(sum, A.mul(w, value));
      }, A.zero);
      return A.sign(z) as Sign;
    });
  };
}

/** Sample by sample, until no unit can be linear. */
function unitKinds(
  { instance }: CheckContext,
  l: number,
  signsAt: (i: number) => readonly Sign[],
  below: (i: number) => boolean | undefined = () => undefined,
): UnitKind[] {
  const { activations } = instance.model.network!.layers[l - 1]!;
  const piecewise = activations.map(({ name }) => name === 'relu' || name === 'leaky-relu' || name === 'abs');
  const positive = activations.map(() => true);
  const zero = activations.map(() => true);
  const kinds = activations.map(({ name }): UnitKind | undefined =>
    name === 'identity' ? 'linear' : undefined,
  );
  for (let i = 0; i < instance.m && kinds.includes(undefined); i++) {
    const signs = signsAt(i);
    for (const [k, { name, slope, value }] of activations.entries()) {
      const sign = signs[k];
      if (kinds[k] !== undefined) continue;
      const vanishes = sign === 0 ? below(i) : undefined;
      if (vanishes === true) {
        // The pre-activation is 0 on a ball: the unit equals it there when σ(0) = 0.
        if (value(0) !== 0) kinds[k] = 'nonlinear';
        continue;
      }
      zero[k] = false;
      if (sign !== 1) positive[k] = false;
      if (vanishes === false) {
        // It takes both signs next to θ.
        kinds[k] = name === 'leaky-relu' && slope === 1 ? 'unknown' : 'nonlinear';
        continue;
      }
      if (sign === undefined || sign === 0) continue;
      if (!piecewise[k]) {
        // σ(z) = z on a ball would need z constant there; that needs layers below that vanish.
        kinds[k] = 'nonlinear';
      } else if (sign === -1) {
        // Only the slope's float64 is known here: one that rounds to 1 may be the identity.
        kinds[k] = name === 'leaky-relu' && slope === 1 ? 'unknown' : 'nonlinear';
      }
    }
  }
  return kinds.map((kind, k) => kind ?? ((piecewise[k] && positive[k]) || zero[k] ? 'linear' : 'unknown'));
}
