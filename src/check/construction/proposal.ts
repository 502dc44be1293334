import type { ConstructedSet, Construction } from './types.ts';

/** What the builders propose; the checks are made by verify.ts, from the instance and this data alone. */
export type ProposedSet = Omit<ConstructedSet, 'checks'>;

export type Proposal = Pick<
  Construction,
  'theorem' | 't' | 'epsilon' | 'structure' | 'matrices' | 'missing' | 'printed' | 'detail'
> & { readonly sets: readonly ProposedSet[] };
