/** What a proof rests on beside its hypotheses, the errata that concern it, and where it stands in the paper. */
import { errataAt } from '../../../proofs/errata-places.ts';
import type { Proof } from '../../../proofs/index.ts';
import { type Erratum, errata } from '../../../theorems/errata.ts';
import { resultById } from '../../../theorems/index.ts';
import type { Result } from '../../../theorems/result.ts';
import { axiomNamed } from '../../kernel/axioms.ts';
import { SEVERITY } from '../severity.ts';
import type { AxiomBlock, DerivationDocument, ErratumBlock } from './model.ts';
import type { Names } from './names.ts';
import { hypothesesOf } from './scripts.ts';
import type { Legend } from './symbols.ts';

export function axiomBlocks(proof: Proof, names: Names, legend: Legend): readonly AxiomBlock[] {
  return [...proof.axioms, ...proof.foundations].map((name) => {
    const { statement: claim, why, citation, rocq, group } = axiomNamed(name)!;
    const anchor = names.take(`axiom-${name}`);
    return {
      anchor,
      name,
      statement: legend.ownFormulas([claim]).formula(claim),
      why,
      citation,
      rocq,
      group,
    };
  });
}

export const resultsCited = ({ results }: Proof): DerivationDocument['results'] =>
  results.map((id) => ({ id, title: resultById(id)?.title ?? id }));

/** The errata of a result, and those of the lines of its proof and its parts. */
export function erratumBlocks(proof: Proof, names: Names): readonly ErratumBlock[] {
  return concerning(proof).map(({ id, title, place, severity, printed, right, text }) => {
    const anchor = names.take(id);
    return { id, anchor, title, place, severity: SEVERITY[severity], printed, right, text };
  });
}

function concerning(proof: Proof): readonly Erratum[] {
  const placed = new Set(
    [proof, ...proof.parts].flatMap((script) =>
      [...hypothesesOf(script), ...script.steps].flatMap((line) => errataAt(script.id, line.id)),
    ),
  );
  return errata.filter(({ id, result }) => result === proof.id || placed.has(id));
}

const PAPER = 'Kawaguchi, Huang and Kaelbling (2019), doi 10.1162/neco_a_01234';

export function sourceText({ source }: Result): string {
  if (source.by === 'ours') return 'not in the paper: ours';
  const parts = [`section ${source.section}`];
  if (source.equation) parts.push(`equation (${source.equation})`);
  if (source.page) parts.push(`p. ${source.page}`);
  return `${PAPER}, ${parts.join(', ')}`;
}
