/** Every formula of every proof of ours, as a document writes them. */
import { type Proof, prove, scripts } from '../../proofs/index.ts';
import { type Formulas, formulasOf, termsOf } from '../../src/derive/document/formulas.ts';
import type { Formula } from '../../src/derive/document/model.ts';
import type { Term } from '../../src/kernel/term.ts';

export const LANGUAGES = ['text', 'latex', 'typst', 'mathml'] as const;

export interface Claim {
  readonly where: string;
  readonly term: Term;
  readonly formula: Formula;
}

export interface ProofFormulas {
  readonly proof: Proof;
  readonly formulas: Formulas;
  readonly claims: readonly Claim[];
  /** of sorts */
  readonly sorts: readonly Formula[];
}

let known: readonly ProofFormulas[] | undefined;

/** Of the results and the parts, each once. */
export function everyProof(): readonly ProofFormulas[] {
  known ??= [
    ...new Set(scripts.map(({ result }) => prove(result.id)).flatMap((proof) => [...proof.parts, proof])),
  ].map((proof) => {
    const { statement, steps } = proof;
    const formulas = formulasOf(termsOf(statement, steps), statement.abbreviations);
    const claim = (where: string, term: Term): Claim => ({ where, term, formula: formulas.formula(term) });
    const introduced = steps.flatMap((step) => step.introduces.map(({ variable }) => variable));
    return {
      proof,
      formulas,
      claims: [
        ...statement.context.map((x) => claim(`${proof.id} ${x.name}`, x)),
        ...[...statement.setting, ...statement.hypotheses].map((h) => claim(`${proof.id} ${h.id}`, h.term)),
        claim(`${proof.id} conclusion`, statement.conclusion),
        ...steps.map((step) => claim(`${proof.id} ${step.id}`, step.claim)),
        ...introduced.map((x) => claim(`${proof.id} ${x.name}`, x)),
      ],
      sorts: [...statement.context, ...introduced].map(({ sort }) => formulas.sort(sort)),
    };
  });
  return known;
}
