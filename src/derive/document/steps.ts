/** The steps of a checked proof as blocks of a document. */
import type { Proof } from '../../../proofs/index.ts';
import type { Step } from '../../../proofs/support/step.ts';
import type { Formulas } from './formulas.ts';
import type { Annotation, Premise, StepBlock } from './model.ts';
import type { Names } from './names.ts';
import { prose } from './prose.ts';

export interface StepContext {
  readonly formulas: Formulas;
  readonly names: Names;
  /** the anchor of what a premise names that is no step: a hypothesis, a part; null: it is in no place of this document */
  readonly anchorOf: (id: string) => string | null;
  readonly errataOf: (step: string) => readonly string[];
  readonly annotation: (step: Step) => Annotation | undefined;
}

export function stepBlocks({ statement, steps }: Proof, context: StepContext): readonly StepBlock[] {
  const { formulas, names } = context;
  const anchors = new Map(steps.map(({ id }) => [id, names.take(id)]));
  const claims = new Map(steps.map(({ id, claim }) => [id, claim]));
  const hypotheses = new Set([...statement.setting, ...statement.hypotheses].map(({ id }) => id));
  const premise = (id: string, step: Step): Premise => {
    const from = step.cites.find((cited) => cited.id === id)?.premises ?? [];
    return {
      id,
      anchor: anchors.get(id) ?? context.anchorOf(id),
      ...(from.length > 0 ? { from: from.map((each) => premise(each, step)) } : {}),
    };
  };
  const made = (id: string) => ({ id, anchor: anchors.get(id)!, claim: formulas.formula(claims.get(id)!) });
  let before: ReadonlySet<string> = new Set();
  return steps.map((step) => {
    const local = step.hypotheses.filter((id) => !hypotheses.has(id) && id !== step.id && claims.has(id));
    const inForce = local.map((id) => ({
      ...made(id),
      change: before.has(id) ? ('kept' as const) : ('new' as const),
    }));
    before = new Set(local);
    const annotation = context.annotation(step);
    return {
      id: step.id,
      anchor: anchors.get(step.id)!,
      kind: step.kind,
      claim: formulas.formula(step.claim),
      rule: step.rule,
      premises: [...new Set(step.premises)].map((id) => premise(id, step)),
      ...(step.split
        ? { split: { by: step.split.by, cases: step.split.cases.map((each) => formulas.formula(each)) } }
        : {}),
      reason: prose(step.reason),
      source: placeText(step.source),
      introduces: step.introduces.flatMap(({ variable }) => formulas.idOf(variable) ?? []),
      restsOn: step.hypotheses.filter((id) => hypotheses.has(id)),
      inForce,
      discharged: step.discharged.filter((id) => claims.has(id)).map(made),
      errata: context.errataOf(step.id),
      ...(annotation ? { annotation } : {}),
    };
  });
}

/** "A.1" is section A.1. */
const placeText = (source: string): string => (/^A\.\d/.test(source) ? `section ${source}` : source);
