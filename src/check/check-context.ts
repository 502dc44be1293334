import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import type { Interval } from '../certified/interval.ts';
import type { Exponential } from '../exact/exponential.ts';
import type { Instance } from '../instance/instance.ts';
import type { Rational } from '../kernel/rational.ts';
import type { DenseKernels } from '../numeric/float64/kernels.ts';
import type { DenominatorProposer } from '../symbolic/denominators.ts';
import type { SmtSolver } from '../symbolic/hessian-psd/solver.ts';
import type { Deadline } from './deadline.ts';
import type { Point, Problem } from './point.ts';
import type { Stages } from './stages.ts';
import type { Gauge } from './structure/symmetry.ts';

/**
 * The point that a report speaks of. Trained weights are never exactly critical; when a true critical point θ* is
 * proved to lie within a tiny box around θ, the report speaks of θ*, and everything certified holds on the whole box.
 */
export type Place =
  | { readonly kind: 'given'; readonly point: Point<Interval> }
  | {
      readonly kind: 'enclosed';
      /** where f_X(θ*) = Y, the loss has no force at any sample; else ∇L(θ*) = 0 by Krawczyk's test */
      readonly by: 'krawczyk' | 'interpolation';
      /** the symmetries along whose orbit θ* is not alone, and the numbers at which it is cut; else θ* is alone in the box */
      readonly gauge?: Gauge;
      readonly point: Point<Interval>;
      readonly radii: Float64Array;
      /** of every number; for an interpolation also of ‖θ* − θ‖ */
      readonly radius: number;
      /** the constants of the existence proof, by name */
      readonly constants?: Readonly<Record<string, number>>;
    };

/** Untrusted helpers that a runtime may have. */
export interface SymbolicHelpers {
  readonly solver?: SmtSolver;
  readonly proposer?: DenominatorProposer;
}

/** One instance under examination: the values that several strategies need, each computed once and only when asked for. */
export interface CheckContext {
  readonly instance: Instance;
  readonly problem: Problem;
  readonly deadline: Deadline;
  readonly seed: number;
  readonly helpers: SymbolicHelpers;
  /** multiplications of one evaluation over all samples */
  readonly work: number;
  /** keeps the time */
  readonly stages: Stages;
  /** for dense float64 products */
  readonly kernels: DenseKernels;
  /** θ in exact rationals; undefined when the instance is too large to try */
  readonly exact: Point<Rational> | undefined;
  /** θ in the field of exponentials of rationals; undefined when the instance is too large */
  readonly exponential: Point<Exponential> | undefined;
  /** θ in intervals, each a single number rounded outwards */
  readonly interval: Point<Interval>;
  readonly float: Point<number>;
  /** the point that the report speaks of: θ, or a box around it that holds a true critical point */
  place(): Place;
  /** the model over a box of parameters, in any arithmetic */
  over<T>(arithmetic: Arithmetic<T>, theta: readonly T[], phase: string): Point<T>;
}
