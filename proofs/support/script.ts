/** Scripts, and the parts that they share out. */
import type { Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { type Hypothesis, type Result, result } from '../../theorems/result.ts';
import type { Derivation } from './derivation.ts';

/** A script: the result that it proves, and how. */
export interface Script<R extends Result = Result> {
  readonly result: R;
  readonly prove: (p: Derivation) => void;
  /** lemmas of proofs only, each a script of its own; `prove` cites them as it cites results */
  readonly parts?: readonly Script<Part>[];
}
export const script = <R extends Result>(
  result: R,
  prove: (p: Derivation) => void,
  parts: readonly Script<Part>[] = [],
): Script<R> => ({ result, prove, parts });

/** A lemma that is stated for a proof only, and what it says in one sentence. */
export interface Part extends Result {
  readonly sentence: string;
}

/** A part: `id`, `title` and `sentence` for the reader, then its statement. */
export const part = (
  id: string,
  title: string,
  sentence: string,
  context: readonly Term[],
  setting: readonly Hypothesis[],
  hypotheses: readonly Hypothesis[],
  conclusion: Term,
): Part => ({
  ...result({
    id,
    title,
    kind: 'lemma',
    source: { by: 'ours' },
    remarks: [],
    statement: () => ({ context, setting, hypotheses, conclusion }),
  }),
  sentence,
});

/** A part, at these values for its context; its setting is that of this script. */
export const citing = (
  p: Derivation,
  lemma: Part,
  premises: readonly Theorem[],
  at: readonly Term[] = lemma.statement().context,
): Theorem => p.cite(lemma.id, at, [...lemma.statement().setting.map(({ id }) => p.given(id)), ...premises]);
