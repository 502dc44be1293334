import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { activationKind } from '../../models/activations.ts';
import type { DenseKernels } from '../../numeric/float64/kernels.ts';
import type { Deadline } from '../deadline.ts';
import { column } from '../gradient.ts';
import { lazy } from '../lazy.ts';
import { type KinkMargin, lossAt, type Point, type Problem } from '../point.ts';
import { type BallPass, ballForward, ballGradient, ballNetwork, entry } from './ball-network.ts';

/**
 * A point in intervals of a feedforward network by matrices of balls instead of its graph: a little wider, at a fraction of the
 * cost for wide layers. Where a kink may be met it goes back to the graph, which sees more.
 */
export function withBallPass(
  problem: Problem,
  point: Point<Interval>,
  kernels: DenseKernels,
  phase: string,
): Point<Interval> {
  const { instance, deadline } = problem;
  const A = intervalArithmetic;
  const { m } = instance;
  const dy = instance.model.outputs;
  const pass = lazy(() => {
    problem.progress(`${phase}: layers`, 0, 2);
    return ballForward(ballNetwork(instance, point.theta, kernels, deadline));
  });
  const samples = lazy(() => {
    const { outputs } = pass();
    return Array.from({ length: m }, (_, i) => {
      if (i % 64 === 0) deadline.check();
      const q = Array.from({ length: dy }, (_, j) => entry(outputs, i * dy + j));
      return { q, ...lossAt(instance, A, q, i) };
    });
  });
  const loss = lazy(() => samples().reduce((total, sample) => A.add(total, sample.value()), A.zero));
  return {
    ...point,
    loss,
    summary: lazy(() => {
      try {
        const force = samples().map((sample) => sample.gradient());
        problem.progress(`${phase}: gradient`, 1, 2);
        const gradient = ballGradient(pass(), { ...column(force.flat()), rows: m, cols: dy });
        return { outputs: samples().map(({ q }) => q), force, loss: orReason(loss), gradient };
      } catch (error) {
        if (error instanceof Inexpressible) return point.summary();
        throw error;
      }
    }),
    margins: lazy(() => marginsOf(pass(), deadline) ?? point.margins()),
  };
}

function orReason<T>(compute: () => T): T | Inexpressible {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible) return error;
    throw error;
  }
}

/** The arguments of every kink; undefined when the sign of one is not certain. */
function marginsOf(
  pass: BallPass,
  deadline: Deadline,
): { sample: number; margin: KinkMargin<Interval> }[] | undefined {
  const found: { sample: number; margin: KinkMargin<Interval> }[] = [];
  const { layers } = pass.network.instance.model.network!;
  for (const [l, { activations }] of layers.entries()) {
    const z = pass.arguments[l]!;
    const kinks = activations.map(({ name }) => KINKS.get(name));
    if (activations.some(({ name }) => activationKind(name)?.kink !== KINKS.has(name))) return undefined;
    for (let k = 0; k < z.mid.length; k++) {
      if (k % z.cols === 0) deadline.check();
      const op = kinks[k % z.cols];
      if (op === undefined) continue;
      const argument = entry(z, k);
      if (!(argument.lo > 0 || argument.hi < 0)) return undefined;
      found.push({ sample: Math.floor(k / z.cols), margin: { op, argument, needs: 'nonzero' } });
    }
  }
  return found;
}

/** The operation of an activation's graph that has the kink. */
const KINKS: ReadonlyMap<string, 'relu' | 'abs'> = new Map([
  ['relu', 'relu'],
  ['leaky-relu', 'relu'],
  ['abs', 'abs'],
]);
