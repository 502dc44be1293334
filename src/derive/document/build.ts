/** A derivation document from a checked proof, and from what was found of it on an instance. Pure. */
import type { Proof } from '../../../proofs/index.ts';
import type { Result } from '../../../theorems/result.ts';
import { version } from '../../version.ts';
import { constructionBlocks } from './constructions.ts';
import { axiomBlocks, erratumBlocks, resultsCited, sourceText } from './foundations.ts';
import type { DerivationDocument } from './model.ts';
import { Names } from './names.ts';
import { type DerivationOn, OnInstance, valuesOf } from './on-instance.ts';
import { prose } from './prose.ts';
import { hypothesisAnchors, ScriptBlocks, UNANNOTATED } from './scripts.ts';
import { Legend } from './symbols.ts';

export interface DerivationInput {
  readonly result: Result;
  /** of this result */
  readonly proof: Proof;
  /** absent: the general derivation */
  readonly on?: DerivationOn;
}

/** Throws UnexplainedSymbols when a symbol of the document has no meaning. */
export function buildDerivation({ result, proof, on }: DerivationInput): DerivationDocument {
  const names = new Names();
  const legend = new Legend(proof, valuesOf(on)?.symbols);
  // The proof itself comes first, so that its symbols have the plain ids.
  const formulas = legend.formulasOf(proof);
  const blocks = new ScriptBlocks(proof, names, legend);
  const errata = erratumBlocks(proof, names);
  const anchors = hypothesisAnchors(proof, names);
  const here = on ? new OnInstance(proof, on, anchors) : undefined;
  const said = here ?? UNANNOTATED;
  const annotation = here?.conclusion;
  const hypotheses = blocks.hypotheses(proof, formulas, anchors, said);
  const claim = formulas.formula(proof.statement.conclusion);
  const steps = blocks.steps(proof, formulas, anchors, said);
  const places = new Map(steps.map(({ id, anchor }) => [id, anchor]));
  const document = {
    everymin: version,
    result: { id: result.id, title: result.title, kind: result.kind, source: sourceText(result) },
    instance: here?.block() ?? null,
    verdict: here?.verdict() ?? null,
    hypotheses,
    conclusion: { claim, ...(annotation ? { annotation } : {}) },
    steps,
    parts: proof.parts.map((part) => blocks.part(part, here?.part(part, places) ?? UNANNOTATED)),
    constructions: on?.report?.construction ? constructionBlocks(on.report.construction) : [],
    axioms: axiomBlocks(proof, names, legend),
    results: resultsCited(proof),
    errata,
    remarks: [
      ...(here?.remarks() ?? []),
      ...result.remarks.map(({ place, text }) => prose(`${place}: ${text}`)),
    ],
    graph: null,
    picture: on?.picture ?? null,
  };
  // Last, when every formula has been written.
  return { ...document, symbols: legend.entries() };
}
