import { ColumnSpan } from '../../exact/column-span.ts';
import type { Matrix } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { isMember, moved } from './fibre.ts';
import type { GeneratorKind, Proposal } from './proposal.ts';

/** A vector of S: verified to lie in V[θ, ε], and ∂f_X(θ + εv) enlarged the span by `gained` dimensions. */
export interface Member extends Proposal {
  readonly gained: number;
}

/** What one kind of generator gave: vectors proposed, verified members of V[θ, ε], members of S, dimensions. */
export interface GeneratorReport {
  readonly kind: GeneratorKind;
  readonly tried: number;
  readonly members: number;
  readonly chosen: number;
  readonly gained: number;
}

/** Multiplications over Q after which nothing more is tried. */
const MOST_WORK = 2_500_000;
const MOST_TRIED = 6_000;

/** Rows of J(θ′), m·dy of them; undefined where f is not known to be differentiable or not rational. */
export type JacobianRows = readonly (readonly Rational[])[];

/**
 * The greedy choice of S: each offered vector is verified, and kept when ∂f_X(θ + εv) has columns that are proved
 * independent of those found before. Work is bounded, so the outcome depends on the instance only (and on the deadline).
 */
export class FibreSearch {
  readonly context: CheckContext;
  readonly epsilon: Rational;
  readonly atMost: number;
  readonly members: Member[] = [];
  readonly #span: ColumnSpan;
  readonly #counts = new Map<
    GeneratorKind,
    { tried: number; members: number; chosen: number; gained: number }
  >();
  #work = 0;
  #tried = 0;

  /** `independent`: columns of J(θ), a basis of range J(θ). */
  constructor(
    context: CheckContext,
    epsilon: Rational,
    rows: number,
    independent: readonly (readonly Rational[])[],
    atMost: number,
  ) {
    this.context = context;
    this.epsilon = epsilon;
    this.atMost = atMost;
    this.#span = ColumnSpan.of(rows, independent);
  }

  get done(): boolean {
    return (
      this.dimension >= this.atMost ||
      this.#work > MOST_WORK ||
      this.#tried > MOST_TRIED ||
      this.context.deadline.expired()
    );
  }

  get dimension(): number {
    return this.#span.dimension;
  }

  get tried(): number {
    return this.#tried;
  }

  /** Independent columns that span what was found. */
  get columns(): readonly (readonly Rational[])[] {
    return this.#span.vectors;
  }

  get generators(): readonly GeneratorReport[] {
    return [...this.#counts].map(([kind, counts]) => ({ kind, ...counts }));
  }

  /** J(θ + εv) when v ∈ V[θ, ε] and f is differentiable there, after the span has taken its columns; else undefined. */
  offer(proposal: Proposal): JacobianRows | undefined {
    const { context, epsilon } = this;
    const counts = this.#counts.get(proposal.kind) ?? { tried: 0, members: 0, chosen: 0, gained: 0 };
    this.#counts.set(proposal.kind, counts);
    counts.tried++;
    this.#tried++;
    this.spend(1);
    if (!isMember(context, epsilon, proposal.v)) return undefined;
    counts.members++;
    this.spend(3 * context.instance.model.outputs);
    const theta = moved(context.exact!.theta, epsilon, proposal.v);
    const J = expressed(() => context.over(rationalArithmetic, theta, 'perturbed point').jacobian());
    if (!J) return undefined;
    const before = this.dimension;
    for (let k = 0; k < theta.length && this.dimension < this.atMost; k++) {
      const column = J.map((row) => row[k]!);
      if (column.some((entry) => !entry.isZero)) this.#span.add(column);
    }
    const gained = this.dimension - before;
    if (gained > 0) {
      counts.chosen++;
      counts.gained += gained;
      this.members.push({ ...proposal, gained });
    }
    return J;
  }

  /** Accounts for work of so many evaluations of f_X. */
  spend(evaluations: number): void {
    this.#work += evaluations * this.context.work;
  }
}

/** The columns of a matrix at the given places. */
export const columnsAt = (A: Matrix, places: readonly number[]): Rational[][] =>
  places.map((j) => Array.from({ length: A.rows }, (_, i) => A.entries[i * A.cols + j]!));
