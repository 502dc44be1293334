/** What scripts/generate-rocq.mjs writes to proofs/rocq/kernel. */
import { results } from '../../theorems/index.ts';
import type { Result } from '../../theorems/result.ts';
import { forall, imp } from '../kernel/build.ts';
import { resultProofs } from './proofs.ts';
import {
  axiomPairs,
  correspondenceFile,
  definitionsIn,
  type Pair,
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
      results.filter(isClaim).map(resultSentence),
      known,
      ['statements'],
    ),
    correspondenceFile(
      'results_correspondence.v',
      'The results on the TypeScript side, those with a lemma that proves them as they are stated there.',
      resultPairs(),
      ['interpretation', 'statements', 'results'],
    ),
  ];
}

/** An assumption is no sentence: it need not hold. */
const isClaim = ({ kind }: Result): boolean => kind !== 'assumption';

export function resultPairs(): readonly Pair[] {
  return results.filter(isClaim).flatMap((result) => {
    const proof = resultProofs.get(result.id);
    return proof ? [{ sentence: resultSentence(result), ...proof }] : [];
  });
}

/** ∀ the context, the setting ⇒ the hypotheses ⇒ the conclusion. */
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
