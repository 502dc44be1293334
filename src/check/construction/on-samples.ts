import { type Arithmetic, Inexpressible } from '../../arithmetic/arithmetic.ts';
import { type Dual, dual } from '../../arithmetic/dual.ts';
import { type Interval, intersect, intervalArithmetic } from '../../certified/interval.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Instance } from '../../instance/instance.ts';
import type { Rational } from '../../kernel/rational.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { Graph } from '../../symbolic/graph.ts';
import type { Deadline } from '../deadline.ts';
import { embed } from '../point.ts';
import { graphSize } from '../specialise.ts';
import type { OnSamples, UnitSet } from './types.ts';

/** Operations beyond which a construction is not evaluated on the samples in rationals, and not at all. */
const MOST_EXACT_WORK = 150_000;
const MOST_WORK = 1_000_000;

/** A change of θ: index into all parameters → amount. */
export type Change = ReadonlyMap<number, Rational>;

/** The partial derivative of f at θ + `at` in the direction `along`. */
export interface Slope {
  readonly at: Change;
  readonly along: Change;
}

/** The values of a block of features at θ on sample i. */
export type Features = <T>(A: Arithmetic<T>, i: number) => readonly T[];

/** x + Rz and z of a residual network. */
export function residualFeatures(instance: Instance): {
  readonly inner: Features;
  readonly branch: Features;
} {
  const { R, branch } = instance.model.residual!;
  const [dx, dz] = R.shape as readonly [number, number];
  const graph = branch();
  const z: Features = (A, i) => valuesAt(instance, graph, A, unmoved, i);
  const inner: Features = (A, i) => {
    const x = embed(A, instance.inputs, i * dx, dx);
    const values = z(A, i);
    return x.map((entry, row) =>
      values.reduce((sum, value, c) => {
        const weight = instance.parameters.rational(R.offset + row * dz + c);
        return A.add(sum, A.mul(A.rational(weight), value));
      }, entry),
    );
  };
  return { inner, branch: z };
}

/** h^(l) of a feedforward network, h^(0) = x. */
export function layerFeatures(instance: Instance, l: number): Features {
  const { network, hidden, inputs } = instance.model;
  if (l === 0) return (A, i) => embed(A, instance.inputs, i * inputs, inputs);
  const before = network!.layers.slice(0, l - 1).reduce((sum, { units }) => sum + units, 0);
  const { units } = network!.layers[l - 1]!;
  return (A, i) => valuesAt(instance, hidden!, A, unmoved, i).slice(before, before + units);
}

/** Runs a comparison in rationals, else in intervals. */
function compared(work: number, rational: () => boolean, intervals: () => boolean): OnSamples {
  for (const [run, agrees, most] of [
    [rational, 'equal', MOST_EXACT_WORK],
    [intervals, 'enclosed', MOST_WORK],
  ] as const) {
    if (work > most) continue;
    try {
      return run() ? agrees : 'differs';
    } catch (error) {
      if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
    }
  }
  return 'not computed';
}

const equal = (a: Rational, b: Rational): boolean => a.equals(b);
const meet = (a: Interval, b: Interval): boolean => intersect(a, b) !== undefined;

const parameters = new WeakMap<Instance, Map<unknown, readonly unknown[]>>();

/** All parameters in an arithmetic; computed once for an instance. */
function parametersIn<T>(instance: Instance, A: Arithmetic<T>): readonly T[] {
  const known = parameters.get(instance) ?? new Map<unknown, readonly unknown[]>();
  parameters.set(instance, known);
  const found = (known.get(A) as readonly T[] | undefined) ?? embed(A, instance.parameters);
  known.set(A, found);
  return found;
}

function moved<T>(instance: Instance, A: Arithmetic<T>, change: Change): T[] {
  const theta = [...parametersIn(instance, A)];
  for (const [k, amount] of change) theta[k] = A.rational(instance.parameters.rational(k).add(amount));
  return theta;
}

/** Values of a graph over x and all parameters, at θ + change, one sample. */
export function valuesAt<T>(
  instance: Instance,
  graph: Graph,
  A: Arithmetic<T>,
  change: Change,
  i: number,
): T[] {
  const dx = instance.model.inputs;
  const theta = moved(instance, A, change);
  const evaluation = evaluate(graph, A, { x: embed(A, instance.inputs, i * dx, dx), theta });
  return graph.outputs.map((output) => evaluation.value(output));
}

/** One evaluation, with the numbers that it takes. */
const cost = ({ parameters }: Instance, graph: Graph): number => graphSize(graph) + parameters.length;

const unmoved: Change = new Map();

/** f_{x_i}(θ + change) = f_{x_i}(θ) for every sample and change. */
export function unchangedOnSamples(
  instance: Instance,
  changes: readonly Change[],
  deadline: Deadline,
): OnSamples {
  const { graph } = instance.model;
  const work = (changes.length + 1) * instance.m * cost(instance, graph);
  const run = <T>(A: Arithmetic<T>, same: (a: T, b: T) => boolean): boolean => {
    for (let i = 0; i < instance.m; i++) {
      const here = valuesAt(instance, graph, A, unmoved, i);
      for (const change of changes) {
        deadline.check();
        const there = valuesAt(instance, graph, A, change, i);
        if (!there.every((value, j) => same(value, here[j]!))) return false;
      }
    }
    return true;
  };
  return compared(
    work,
    () => run(rationalArithmetic, equal),
    () => run(intervalArithmetic, meet),
  );
}

/**
 * ∂f at `plus` less ∂f at `minus` (if given) is e_r h_c on every sample, r an output and h the values of `features` at θ.
 * One forward derivative for each slope and sample; equal `minus` slopes are evaluated once.
 */
export function spansOnSamples(
  instance: Instance,
  features: Features,
  claims: readonly { readonly r: number; readonly c: number; readonly plus: Slope; readonly minus?: Slope }[],
  deadline: Deadline,
): OnSamples {
  const { graph } = instance.model;
  const work = 3 * claims.length * instance.m * cost(instance, graph);
  const run = <T>(A: Arithmetic<T>, same: (a: T, b: T) => boolean): boolean => {
    for (let i = 0; i < instance.m; i++) {
      const h = features(A, i);
      const known = new Map<Slope, T[]>();
      for (const { r, c, plus, minus } of claims) {
        deadline.check();
        const up = slopeAt(instance, A, plus, i);
        let down: T[] | undefined;
        if (minus) {
          down = known.get(minus) ?? slopeAt(instance, A, minus, i);
          known.set(minus, down);
        }
        const right = up.every((value, j) =>
          same(down ? A.sub(value, down[j]!) : value, j === r ? h[c]! : A.zero),
        );
        if (!right) return false;
      }
    }
    return true;
  };
  return compared(
    work,
    () => run(rationalArithmetic, equal),
    () => run(intervalArithmetic, meet),
  );
}

function slopeAt<T>(instance: Instance, A: Arithmetic<T>, { at, along }: Slope, i: number): T[] {
  const D = dual(A);
  const dx = instance.model.inputs;
  const theta = moved(instance, A, at).map((value): Dual<T> => ({ value, tangent: A.zero }));
  for (const [k, amount] of along) theta[k] = { value: theta[k]!.value, tangent: A.rational(amount) };
  const { graph } = instance.model;
  const evaluation = evaluate(graph, D, { x: embed(D, instance.inputs, i * dx, dx), theta });
  return graph.outputs.map((output) => evaluation.value(output).tangent);
}

/**
 * Whether every unit of `sets` is linear on a ball around θ + change, on all samples: an identity, a piecewise linear unit
 * whose pre-activation is positive, or a unit with σ(0) = 0 above a layer that is 0 on a ball. Exactly or by intervals; false
 * when it is not shown.
 */
export function linearOnSamples(
  instance: Instance,
  sets: readonly UnitSet[],
  changes: readonly Change[],
  deadline: Deadline,
): boolean {
  const { network, hidden } = instance.model;
  const bent = sets.flatMap(({ layer, units }) =>
    units.flatMap((unit) => {
      const activation = network!.layers[layer - 1]!.activations[unit]!;
      return activation.name === 'identity' ? [] : [{ layer, unit, activation }];
    }),
  );
  if (bent.length === 0) return true;
  if (changes.length * instance.m * cost(instance, hidden!) > MOST_WORK) return false;
  const run = <T>(A: Arithmetic<T>): boolean =>
    changes.every((change) =>
      Array.from({ length: instance.m }, (_, i) => i).every((i) => {
        deadline.check();
        const sign = preActivationSigns(instance, A, change, i);
        /** h^(l) = 0 on a ball: x = 0 and σ(0) = 0 from there on, or every unit a relu that is dead. */
        const vanishes = (l: number): boolean => {
          if (l === 0) return layerFeatures(instance, 0)(A, i).every(A.isZero);
          const { activations } = network!.layers[l - 1]!;
          return (
            (vanishes(l - 1) && activations.every((each) => each.value(0) === 0)) ||
            activations.every(({ name }, k) => name === 'relu' && sign(l, k) === -1)
          );
        };
        return bent.every(({ layer, unit, activation }) => {
          if (PIECEWISE.has(activation.name) && sign(layer, unit) === 1) return true;
          return activation.value(0) === 0 && vanishes(layer - 1);
        });
      }),
    );
  for (const attempt of [() => run(rationalArithmetic), () => run(intervalArithmetic)]) {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
    }
  }
  return false;
}

const PIECEWISE: ReadonlySet<string> = new Set(['relu', 'leaky-relu', 'abs']);

/** Signs of the pre-activations at θ + change on one sample; undefined where an interval holds 0. */
function preActivationSigns<T>(
  instance: Instance,
  A: Arithmetic<T>,
  change: Change,
  i: number,
): (layer: number, unit: number) => number | undefined {
  const { network, hidden, inputs: dx } = instance.model;
  const values = valuesAt(instance, hidden!, A, change, i);
  const theta = moved(instance, A, change);
  return (layer, unit) => {
    const { weight, inputs } = network!.layers[layer - 1]!;
    const from = network!.layers.slice(0, Math.max(0, layer - 2)).reduce((sum, { units }) => sum + units, 0);
    const below = layer === 1 ? embed(A, instance.inputs, i * dx, dx) : values.slice(from, from + inputs);
    const z = below.reduce(
      (sum, value, j) => A.add(sum, A.mul(theta[weight.offset + unit * inputs + j]!, value)),
      A.zero,
    );
    return A.sign(z);
  };
}
