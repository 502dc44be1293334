import type { Interval } from '../certified/interval.ts';
import type { Rational } from '../kernel/rational.ts';
import type { Graph } from '../symbolic/graph.ts';
import type { Conjugate } from './conjugate.ts';

/**
 * ℓ(q, y) for one sample: groups `q` (prediction, dy numbers) and `y` (target, dy numbers), one output.
 * Values and gradients in every arithmetic come from the graph.
 */
export interface Loss {
  readonly kind: string;
  readonly dy: number;
  readonly graph: Graph;
  /** how the loss is written, for people: "‖q − y‖²" */
  readonly formula: string;
  /**
   * For the named losses: a proof that ℓ(·, y) is convex and differentiable for every target allowed by
   * `targets`, as curvature rules over the graph that the checker of `symbolic/` re-verifies.
   */
  readonly named: boolean;
  /** what a row of targets must satisfy (cross-entropy: non-negative, sums to 1; hinge: ±1) */
  readonly targets: TargetRule;
  /** strong convexity μ and smoothness β of ℓ(·, y) in the Euclidean norm where known: squared μ = β = 2 */
  readonly strongConvexity?: number;
  readonly smoothness?: number;
  /** a known lower bound of ℓ over all q and allowed y (0 for every named loss) */
  readonly lowerBound?: number;
  /** ℓ(·, y) is least at q = y, with value `lowerBound` and gradient 0, for every allowed y */
  readonly leastAtTarget?: boolean;
  /** ℓ(q + c·(1,…,1), y) = ℓ(q, y) for every c and allowed y */
  readonly shiftInvariant?: boolean;
  /** true when every finite infimum of Σ λ_i ℓ(·, y_i) over a linear space is attained */
  readonly alwaysAttained?: boolean;
  readonly conjugate?: Conjugate;
  /**
   * True when it is certain that ℓ(q + t·d, y) falls to `lowerBound` as t → ∞ without ever reaching it, for every q;
   * `d` encloses the direction.
   */
  vanishesAlong?(d: readonly Interval[], y: readonly Rational[]): boolean;
}

export type TargetRule = 'real' | 'distribution' | 'sign';
