/**
 * A log of what the normaliser was asked to confirm, for a second implementation to check again (untrusted: it only writes
 * down). Off by default, and then it costs one comparison.
 *
 * An entry stands alone, whatever the hypotheses of the theorems were. It says, for all values of its variables,
 *   equal     that the two sides of `claim` have one value;
 *   convert   that `claim` and the one premise mean the same;
 *   linear    that right − left of `claim` is Σ by · (right − left) over the premises and something that is never negative
 *             (0 for an equation); that no multiplier of an inequality is negative; for a strict claim, that what is left is
 *             positive, or a premise is strict with a positive multiplier.
 */
import { append, freeze } from './intrinsics.ts';
import type { Term } from './term.ts';

export interface Identity {
  readonly kind: 'equal' | 'convert' | 'linear';
  readonly claim: Term;
  readonly premises: readonly { readonly claim: Term; readonly by: Term | null }[];
}

let log: Identity[] | null = null;

/** What the rules `equal`, `convert` and `linear` accepted while `run` ran, in order. */
export function recordIdentities(run: () => void): readonly Identity[] {
  const outer = log;
  const entries: Identity[] = [];
  log = entries;
  try {
    run();
  } finally {
    log = outer;
  }
  return freeze(entries);
}

/** For the rules. */
export function note(
  kind: Identity['kind'],
  claim: Term,
  premises: readonly { readonly conclusion: Term }[],
  multipliers: readonly Term[] = [],
): void {
  if (log === null) return;
  const from: { readonly claim: Term; readonly by: Term | null }[] = [];
  for (let i = 0; i < premises.length; i++) {
    append(from, freeze({ claim: premises[i]!.conclusion, by: multipliers[i] ?? null }));
  }
  append(log, freeze({ kind, claim, premises: freeze(from) }));
}
