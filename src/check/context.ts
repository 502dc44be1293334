import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { float64Arithmetic } from '../arithmetic/float64.ts';
import type { Interval } from '../certified/interval.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import { exponentialArithmetic } from '../exact/exponential.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import type { Instance } from '../instance/instance.ts';
import type { DenseKernels } from '../numeric/float64/kernels.ts';
import { plainKernels } from '../numeric/float64/plain.ts';
import type { CheckContext, SymbolicHelpers } from './check-context.ts';
import { deadline } from './deadline.ts';
import { withExactKinks } from './exact-kinks.ts';
import { withNetworkPass } from './float-network.ts';
import { lazy } from './lazy.ts';
import { numberLength } from './number-length.ts';
import { enclosingPlace } from './place.ts';
import { type Point, type Problem, pointAt, thetaIn } from './point.ts';
import { graphSize, specialise } from './specialise.ts';
import { type Stages, stages } from './stages.ts';
import { withBallPass } from './wide/point.ts';

/** Work beyond which an exact evaluation is not begun, in arithmetic operations over all samples. */
const EXACT_WORK = 4_000_000;
/** Bits beyond which numbers are too long for exact arithmetic, whose divisions are quadratic. */
const EXACT_BITS = 1 << 17;
/** The field of exponentials grows fast: only small instances. */
const EXPONENTIAL_WORK = 4_000;
/** Work beyond which a network is enclosed by matrices of balls instead of node by node. */
const GRAPH_WORK = 200_000;

export interface ContextOptions {
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  readonly seed?: number;
  readonly helpers?: SymbolicHelpers;
  readonly stages?: Stages;
  /** for dense float64 products; default: plain JavaScript */
  readonly kernels?: DenseKernels;
  /** `auto`: speak of a true critical point that is proved to lie next to θ; `given`: of θ itself only */
  readonly point?: 'auto' | 'given';
  readonly onProgress?: (progress: { phase: string; done: number; total: number }) => void;
}

export function createContext(instance: Instance, options: ContextOptions = {}): CheckContext {
  const graph = specialise(instance.model.graph, instance.trainableIndices);
  const limit = deadline(options.deadline, options.signal);
  const problem: Problem = {
    instance,
    graph,
    deadline: limit,
    progress: (phase, done, total) => options.onProgress?.({ phase, done, total }),
  };
  const work = graphSize(graph) * instance.m;
  const kernels = options.kernels ?? plainKernels;
  const time = options.stages ?? stages();
  const wide = instance.model.network !== undefined && work > GRAPH_WORK;
  const over = <T>(arithmetic: Arithmetic<T>, theta: readonly T[], phase: string): Point<T> => {
    const point = pointAt(problem, arithmetic, theta, phase);
    return timed(
      wide && isIntervalPoint(point) ? (withBallPass(problem, point, kernels, phase) as Point<never>) : point,
      time,
      `f and L: ${arithmetic.name}`,
    );
  };
  const here = <T>(arithmetic: Arithmetic<T>, phase: string): Point<T> =>
    over(arithmetic, thetaIn(arithmetic, instance), phase);
  const short = lazy(() => numberLength(instance, graph) <= EXACT_BITS);
  const exact = lazy(() =>
    work <= EXACT_WORK && short() ? withExactKinks(problem, here(rationalArithmetic, 'exact')) : undefined,
  );
  const exponential = lazy(() =>
    work <= EXPONENTIAL_WORK && short() ? here(exponentialArithmetic, 'exponentials') : undefined,
  );
  const interval = lazy(() => here(intervalArithmetic, 'intervals'));
  const float = lazy(() =>
    timed(withNetworkPass(problem, here(float64Arithmetic, 'float64')), time, 'f and L: float64'),
  );
  const context: CheckContext = {
    instance,
    problem,
    deadline: limit,
    seed: options.seed ?? 0,
    helpers: options.helpers ?? {},
    work,
    stages: time,
    kernels,
    get exact() {
      return exact();
    },
    get exponential() {
      return exponential();
    },
    get interval() {
      return interval();
    },
    get float() {
      return float();
    },
    place: lazy(() =>
      time.during('critical point next to θ', () => enclosingPlace(context, options.point ?? 'auto')),
    ),
    over,
  };
  return context;
}

const isIntervalPoint = (point: Point<unknown>): point is Point<Interval> =>
  point.arithmetic === intervalArithmetic;

const timed = <T>(point: Point<T>, time: Stages, stage: string): Point<T> => ({
  ...point,
  loss: () => time.during(stage, point.loss),
  summary: () => time.during(stage, point.summary),
  jacobian: () => time.during(stage, point.jacobian),
  margins: () => time.during(stage, point.margins),
});
