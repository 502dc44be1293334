/** The report: the stable contract of `check --format json` (schema/report.schema.json). */

import type { Construction, NoConstruction } from './construction/types.ts';
import type { Quantity, Status, Tier, Verdict } from './evidence.ts';

export { type Quantity, type Status, TIERS, type Tier, type Verdict } from './evidence.ts';

export interface ObligationReport {
  readonly id: string;
  readonly status: Status;
  readonly tier: Tier;
  /** one sentence: why */
  readonly detail: string;
  /** data that replays a `fails`; null otherwise */
  readonly witness: unknown;
  /** data that a separate checker re-verifies, where there is one */
  readonly certificate?: unknown;
  /** of a local minimum: no other point near θ has a value as low */
  readonly strict?: boolean;
  /** named figures: margins, norms, ranks */
  readonly figures?: Readonly<Record<string, Quantity | string | number>>;
  readonly seconds: number;
}

export const ROBUST = [
  'R1',
  "R1'",
  'R2',
  "R2'",
  'R3',
  'R4',
  "R4'",
  'R4a',
  'R4b',
  'R5',
  "R5'",
  'R5a',
  'R5b',
] as const;

/**
 * A quantitative version (docs/robust.md), each constant named. R1, R2, R4, R5 and their primed forms bound the gap
 * L(θ) − right-hand side; R3 the gradient on the fibre; R4a, R4b, R5a, R5b the forces on features, by gradients.
 */
export interface RobustBound {
  readonly id: (typeof ROBUST)[number];
  readonly formula: string;
  readonly bound: Quantity | null;
  readonly tier: Tier;
  readonly constants: Readonly<Record<string, Quantity>>;
  readonly detail: string;
}

/** How far a hypothesis is from being lost, or what would have to improve before the statement is useful. */
export interface Margin {
  /** the id of the obligation */
  readonly of: string;
  /** "nearest kink" */
  readonly name: string;
  readonly value: Quantity;
  readonly tier: Tier;
  /** a clause that says what the figure means */
  readonly detail: string;
}

/** The dimension of the gradient basis, range J(θ) ⊆ R^of with of = m·dy. */
export interface BasisReport {
  readonly dimension: number;
  readonly of: number;
  readonly tier: Tier;
  readonly detail: string;
}

/** Ẽ_ε as far as a finite S ⊆ V[θ, ε] reached it: dimensions of range J(θ), of the span found, and an upper bound. */
export interface SpanReport {
  /** absent: exact; `certified`: `tangent` and `perturbed` are lower bounds, by intervals */
  readonly tier?: Tier;
  readonly tangent: number;
  readonly perturbed: number;
  readonly atMost: number;
  readonly exhaustive: boolean;
  /** why no more than `atMost` */
  readonly bound?: string;
  /** why rank J is constant near θ where f is differentiable there, so that Ẽ_ε is range J(θ) for every small ε */
  readonly constantRank?: string;
  /** where S was looked for: vectors tried, verified members of V[θ, ε], members of S, dimensions they added */
  readonly generators?: readonly {
    readonly kind: string;
    readonly tried: number;
    readonly members: number;
    readonly chosen: number;
    readonly gained: number;
  }[];
}

export interface ResultReport {
  readonly result: string;
  /** Theorem 4: the layer from which the network is locally linear */
  readonly t?: number;
  readonly verdict: Verdict;
  readonly tier: Tier;
  readonly left?: Quantity;
  readonly right?: Quantity;
  readonly attained?: boolean | null;
  readonly gap?: { readonly upper: number; readonly lower?: number; readonly bound: number | null };
  /** both sides are those at the enclosed critical point θ*: at the given θ the right-hand side is visibly another */
  readonly sidesAt?: 'enclosed';
  readonly robust?: readonly RobustBound[];
  readonly margins?: readonly Margin[];
  readonly basis?: BasisReport;
  /** results about perturbed bases: the ε of V[θ, ε] */
  readonly epsilon?: string;
  readonly span?: SpanReport;
  /** an ε₀ for which the proof goes through (Lemma 3), rounded down; null when none is known */
  readonly largestEpsilon?: number | 'unbounded' | null;
  /** Theorems 3 and 4: what their proofs construct, on this instance */
  readonly construction?: Construction | NoConstruction;
  readonly obligations: readonly ObligationReport[];
  /** what follows, in words */
  readonly meaning: string;
}

/** What a check cost. */
export interface Resources {
  /** by stage, from reading the file on; a stage inside another is not counted in the outer one */
  readonly seconds: Readonly<Record<string, number>>;
  /** the largest resident memory of the process so far, in bytes, where the runtime knows it */
  readonly peakMemory?: number;
}

export interface Report {
  readonly everymin: string;
  readonly seed: number;
  readonly backend: { readonly name: string; readonly precision: string };
  readonly instance: {
    readonly name: string;
    readonly file: string | null;
    readonly sha256: string | null;
    readonly m: number;
    readonly dx: number;
    readonly dy: number;
    readonly parameters: number;
    readonly model: string;
    readonly loss: string;
  };
  /** true when the deadline passed: what it left open is `undecided` */
  readonly timedOut?: boolean;
  readonly resources?: Resources;
  readonly results: readonly ResultReport[];
}
