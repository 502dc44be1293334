import type { Term } from '../../src/kernel/build.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { type Hypothesis, type Result, result } from '../../theorems/result.ts';
import type { Derivation } from '../support/derivation.ts';

/** A part of the proof of Theorem 4, as a result of its own. */
export const part = (
  id: string,
  title: string,
  context: readonly Term[],
  setting: readonly Hypothesis[],
  hypotheses: readonly Hypothesis[],
  conclusion: Term,
): Result =>
  result({
    id,
    title,
    kind: 'lemma',
    source: { by: 'ours' },
    remarks: [],
    statement: () => ({ context, setting, hypotheses, conclusion }),
  });

/** Another part, at these values for its context; its setting is that of this script. */
export const citing = (
  p: Derivation,
  lemma: Result,
  premises: readonly Theorem[],
  at: readonly Term[] = lemma.statement().context,
): Theorem => p.cite(lemma.id, at, [...lemma.statement().setting.map(({ id }) => p.given(id)), ...premises]);
