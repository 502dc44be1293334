/** A derivation document from a checked proof, and from what was found of it on an instance. Pure. */

import { errataAt } from '../../../proofs/errata-places.ts';
import type { Proof } from '../../../proofs/index.ts';
import { type Erratum, errata } from '../../../theorems/errata.ts';
import { resultById } from '../../../theorems/index.ts';
import type { Result } from '../../../theorems/result.ts';
import { boundText } from '../../arithmetic/decimal.ts';
import type { ProofValues } from '../../check/proof-values.ts';
import type { Report, ResultReport } from '../../check/report.ts';
import { axiomNamed } from '../../kernel/axioms.ts';
import { version } from '../../version.ts';
import { shown } from '../legend.ts';
import { SEVERITY } from '../severity.ts';
import { constructionBlocks } from './constructions.ts';
import type {
  Annotation,
  DerivationDocument,
  HypothesisBlock,
  PartBlock,
  Picture,
  VerdictBlock,
} from './model.ts';
import { Names } from './names.ts';
import { prose } from './prose.ts';
import { brokenBy, hypothesisAnnotation, standings, stepAnnotation } from './standing.ts';
import { type StepContext, stepBlocks } from './steps.ts';
import { Legend } from './symbols.ts';
import { derivedVerdict, otherModel, reportedVerdict } from './verdict.ts';

export interface DerivationInput {
  readonly result: Result;
  /** of this result */
  readonly proof: Proof;
  /** absent: the general derivation */
  readonly on?: DerivationOn;
}

/** What was found on an instance. */
export interface DerivationOn {
  readonly instance: Report['instance'];
  /** what `check` says of the result, when it knows it */
  readonly report?: ResultReport;
  /** a sentence when the statement is about another kind of model, or when the steps were not evaluated */
  readonly values: ProofValues | { readonly otherModel: string } | { readonly missing: string };
  /** Figures 1–4 of the instance, where they can be drawn */
  readonly picture: Picture | null;
}

/** Throws UnexplainedSymbols when a symbol of the document has no meaning. */
export function buildDerivation({ result, proof, on }: DerivationInput): DerivationDocument {
  const { statement } = proof;
  const names = new Names();
  const values = on && 'steps' in on.values ? on.values : undefined;
  const missing = on && 'missing' in on.values ? on.values.missing : undefined;
  const legend = new Legend(proof, values?.symbols);
  const applies = on !== undefined && !('otherModel' in on.values);
  const all = applies ? standings(proof, values, on.report) : undefined;

  const formulas = legend.formulasOf(proof);
  const partAnchors = new Map(proof.parts.map(({ id }) => [id, names.take(`part-${id}`)]));
  const concerned = concerning(proof).map((erratum) => ({ erratum, anchor: names.take(erratum.id) }));
  const anchorsOf = (script: Proof): ReadonlyMap<string, string> =>
    new Map(
      [...script.statement.setting, ...script.statement.hypotheses].map(({ id }) => [
        id,
        names.take(script === proof ? `if-${id}` : `if-${script.id}-${id}`),
      ]),
    );
  const given = anchorsOf(proof);
  const annotations = new Map<string, Annotation>();
  proof.steps.forEach((step, k) => {
    if (all) annotations.set(step.id, stepAnnotation(step, values?.steps[k], all, given));
  });
  const stepsOf = (script: Proof, anchors: ReadonlyMap<string, string>, written: typeof formulas) => {
    const context: StepContext = {
      formulas: written,
      names,
      anchorOf: (id) => anchors.get(id) ?? partAnchors.get(id) ?? null,
      errataOf: (step) => errataAt(script.id, step),
      annotation: (step) => (script === proof ? annotations.get(step.id) : undefined),
    };
    return stepBlocks(script, context);
  };
  const hypothesesOf = (
    script: Proof,
    anchors: ReadonlyMap<string, string>,
    written: typeof formulas,
  ): HypothesisBlock[] => {
    const setting = new Set(script.statement.setting.map(({ id }) => id));
    return [...script.statement.setting, ...script.statement.hypotheses].map(({ id, name, term }, k) => {
      const standing = script === proof ? all?.get(id) : undefined;
      return {
        id,
        anchor: anchors.get(id)!,
        name,
        claim: written.formula(shown(term)),
        kind: setting.has(id) ? 'setting' : 'hypothesis',
        errata: errataAt(script.id, id),
        ...(standing ? { annotation: hypothesisAnnotation(standing, values?.hypotheses[k]) } : {}),
      };
    });
  };
  // The proof itself comes first, so that its symbols have the plain ids.
  const hypotheses = hypothesesOf(proof, given, formulas);
  const claim = formulas.formula(statement.conclusion);
  const steps = stepsOf(proof, given, formulas);
  const parts = proof.parts.map((script): PartBlock => {
    const written = legend.formulasOf(script);
    const own = anchorsOf(script);
    return {
      id: script.id,
      anchor: partAnchors.get(script.id)!,
      title: script.title,
      sentence: prose(script.sentence ?? ''),
      hypotheses: hypothesesOf(script, own, written),
      conclusion: written.formula(script.statement.conclusion),
      steps: stepsOf(script, own, written),
    };
  });
  const last = proof.steps.at(-1)!;
  const conclusion = annotations.get(last.id);
  const broken = all ? brokenBy(proof.steps, all, annotations) : null;
  const document = {
    everymin: version,
    result: { id: result.id, title: result.title, kind: result.kind, source: sourceText(result) },
    instance: on ? instanceBlock(on.instance) : null,
    verdict: on ? verdictOf() : null,
    hypotheses,
    conclusion: {
      claim,
      ...(conclusion ? { annotation: conclusion } : {}),
    },
    steps,
    parts,
    constructions: on?.report?.construction ? constructionBlocks(on.report.construction) : [],
    axioms: [...proof.axioms, ...proof.foundations].map((name) => {
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
    }),
    results: proof.results.map((id) => ({ id, title: resultById(id)?.title ?? id })),
    errata: concerned.map(({ anchor, erratum }) => {
      const { id, title, place, severity, printed, right, text } = erratum;
      return { id, anchor, title, place, severity: SEVERITY[severity], printed, right, text };
    }),
    remarks: [
      ...(values && values.radius !== null
        ? [
            prose(
              `The numbers at the steps are enclosures at θ*, a critical point within ${boundText(values.radius, 'up')} of every given number; the values in the table of symbols are the given ones.`,
            ),
          ]
        : []),
      ...(missing ? [prose(`There are no numbers at the steps: ${missing}.`)] : []),
      ...result.remarks.map(({ place, text }) => prose(`${place}: ${text}`)),
    ],
    graph: null,
    picture: on?.picture ?? null,
  };
  // Last, when every formula has been written.
  return { ...document, symbols: legend.entries() };

  function verdictOf(): VerdictBlock {
    if (on?.report) return reportedVerdict(on.report, broken);
    if (on && 'otherModel' in on.values) return otherModel(on.values.otherModel);
    return derivedVerdict(all!, conclusion!, broken);
  }
}

/** The errata of a result, and those of the lines of its proof and its parts. */
function concerning(proof: Proof): readonly Erratum[] {
  const placed = new Set(
    [proof, ...proof.parts].flatMap(({ id, statement, steps }) =>
      [...statement.setting, ...statement.hypotheses, ...steps].flatMap((line) => errataAt(id, line.id)),
    ),
  );
  return errata.filter(({ id, result }) => result === proof.id || placed.has(id));
}

function instanceBlock({ name, file, sha256, m, dx, dy, parameters, model, loss }: Report['instance']) {
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  const description = [
    count(m, 'sample'),
    `dx = ${dx}`,
    `dy = ${dy}`,
    count(parameters, 'parameter'),
    `${model} with ${loss} loss`,
  ].join(', ');
  return { name, file, sha256, description };
}

const PAPER = 'Kawaguchi, Huang and Kaelbling (2019), doi 10.1162/neco_a_01234';

function sourceText({ source }: Result): string {
  if (source.by === 'ours') return 'not in the paper: ours';
  const parts = [`section ${source.section}`];
  if (source.equation) parts.push(`equation (${source.equation})`);
  if (source.page) parts.push(`p. ${source.page}`);
  return `${PAPER}, ${parts.join(', ')}`;
}
