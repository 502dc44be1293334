/** What scripts/generate-rocq.mjs writes to proofs/rocq/kernel. */
import { results } from '../../theorems/index.ts';
import type { Result } from '../../theorems/result.ts';
import { forall, imp } from '../kernel/build.ts';
import {
  axiomPairs,
  correspondenceFile,
  definitionsIn,
  type RocqFile,
  type Sentence,
  statementsFile,
} from './statements.ts';

export function generatedFiles(): readonly RocqFile[] {
  const pairs = axiomPairs();
  const axioms = pairs.map(({ sentence }) => sentence);
  const known = definitionsIn(axioms.map(({ term }) => term));
  return [
    statementsFile(
      'statements.v',
      'What the axioms of the TypeScript kernel (src/kernel/axioms.ts) say.',
      axioms,
    ),
    correspondenceFile(
      'correspondence.v',
      'The axioms of the TypeScript kernel, each with the lemma that proves it.',
      pairs,
      ['interpretation', 'statements'],
    ),
    statementsFile(
      'results.v',
      'What the results on the TypeScript side (theorems/) say.',
      results.filter(({ kind }) => kind !== 'assumption').map(resultSentence),
      known,
      ['statements'],
    ),
  ];
}

/** ∀ the context, the setting ⇒ the hypotheses ⇒ the conclusion. An assumption is no sentence: it need not hold. */
export function resultSentence({ id, title, statement }: Result): Sentence {
  const { context, setting, hypotheses, conclusion } = statement();
  const given = [...setting, ...hypotheses].map(({ term }) => term);
  return {
    name: `${id.replaceAll('-', '_')}_statement`,
    term: forall(
      context,
      given.reduceRight((rest, p) => imp(p, rest), conclusion),
    ),
    about: title,
  };
}
