/** The words in which a report states what is known, and how strongly. */

export const TIERS = ['symbolic', 'exact', 'certified', 'numeric', 'assumed'] as const;
/** Strength of evidence, strongest first. */
export type Tier = (typeof TIERS)[number];
export type Status = 'holds' | 'fails' | 'undecided';
/** What is decided of a claim, and by what. */
export interface Known {
  readonly truth: boolean | 'undecided';
  readonly tier: Tier;
  readonly detail: string;
}
export type Verdict = 'holds' | 'not-applicable' | 'undecided' | 'contradiction';

/** A claimed number: exact "p/q", a rigorous enclosure, a one-sided bound, or an approximation with its residual. */
export type Quantity =
  | { readonly exact: string }
  | { readonly lower: number; readonly upper: number }
  | { readonly upper: number }
  | { readonly lower: number }
  | { readonly approx: number; readonly residual: number };
