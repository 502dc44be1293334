/** What was found of a proof on an instance, as annotations of its blocks. */
import type { Proof } from '../../../proofs/index.ts';
import { boundText } from '../../arithmetic/decimal.ts';
import type { ProofValues } from '../../check/proof-values.ts';
import type { Report, ResultReport } from '../../check/report.ts';
import type { Annotation, Broken, DerivationDocument, Picture, Prose, VerdictBlock } from './model.ts';
import { partNumbers, partSteps } from './part-numbers.ts';
import { cutOff, prose } from './prose.ts';
import { type Anchors, type ScriptAnnotations, UNANNOTATED } from './scripts.ts';
import { brokenBy, hypothesisAnnotation, type Standing, standings, stepAnnotation } from './standing.ts';
import { derivedVerdict, otherModel, reportedVerdict } from './verdict.ts';

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

export const valuesOf = (on: DerivationOn | undefined): ProofValues | undefined =>
  on && 'steps' in on.values ? on.values : undefined;

/** How the hypotheses stand and what the steps are worth there; a statement about another kind of model has none of it. */
export class OnInstance implements ScriptAnnotations {
  readonly #proof: Proof;
  readonly #on: DerivationOn;
  readonly #standings: ReadonlyMap<string, Standing> | undefined;
  readonly #steps: ReadonlyMap<string, Annotation>;
  readonly #anchors: Anchors;

  /** `anchors`: of the hypotheses of the proof */
  constructor(proof: Proof, on: DerivationOn, anchors: Anchors) {
    const values = valuesOf(on);
    const all = 'otherModel' in on.values ? undefined : standings(proof, values, on.report);
    this.#proof = proof;
    this.#on = on;
    this.#standings = all;
    this.#anchors = anchors;
    this.#steps = new Map(
      proof.steps.flatMap((step, k) =>
        all ? [[step.id, stepAnnotation(step, values?.steps[k], all, anchors)] as const] : [],
      ),
    );
  }

  readonly hypothesis: ScriptAnnotations['hypothesis'] = ({ id }, position) => {
    const standing = this.#standings?.get(id);
    return standing && hypothesisAnnotation(standing, valuesOf(this.#on)?.hypotheses[position]);
  };

  readonly step: ScriptAnnotations['step'] = ({ id }) => this.#steps.get(id);

  /** Of a part, where the proof uses it first; `places`: the anchors of the steps of the proof. */
  part({ id, steps }: Proof, places: Anchors): ScriptAnnotations {
    const values = valuesOf(this.#on)?.parts.find((part) => part.id === id);
    const all = this.#standings;
    const root = this.#proof.steps.find((step) => step.id === values?.root);
    if (!values || !all || !root) return UNANNOTATED;
    const annotate = partSteps(root, all, this.#anchors);
    const annotations = new Map(steps.map((step, k) => [step.id, annotate(step, values.steps[k])] as const));
    return {
      hypothesis: () => undefined,
      step: (step) => annotations.get(step.id),
      numbers: partNumbers(values, places.get(root.id)),
    };
  }

  /** of the last step */
  get conclusion(): Annotation | undefined {
    return this.#steps.get(this.#proof.steps.at(-1)!.id);
  }

  verdict(): VerdictBlock {
    const { report, values } = this.#on;
    const broken: Broken | null = this.#standings
      ? brokenBy(this.#proof.steps, this.#standings, this.#steps)
      : null;
    if ('otherModel' in values && !report) return otherModel(values.otherModel);
    const found = report
      ? reportedVerdict(report, broken)
      : derivedVerdict(this.#standings!, this.conclusion!, broken);
    const late = outOfTime(values);
    return late === undefined ? found : { ...found, meaning: [...found.meaning, ...prose(` ${late}`)] };
  }

  /** What a reader of the numbers has to know. */
  remarks(): readonly Prose[] {
    const { values } = this.#on;
    if ('missing' in values) return [prose(`There are no numbers at the steps: ${values.missing}.`)];
    if ('otherModel' in values || values.radius === null) return [];
    const near = boundText(values.radius, 'up');
    return [
      prose(
        `The numbers at the steps are enclosures at θ*, a critical point within ${near} of every given number; the values in the table of symbols are the given ones.`,
      ),
    ];
  }

  block(): NonNullable<DerivationDocument['instance']> {
    const { name, file, sha256, m, dx, dy, parameters, model, loss } = this.#on.instance;
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
}

/** That numbers are missing for want of time, which of them, and what gives more. */
function outOfTime(values: DerivationOn['values']): string | undefined {
  if ('missing' in values)
    return 'The time was up before the numbers at the steps were computed; a larger --timeout gives more.';
  const cut = 'cut' in values ? (values.cut ?? []) : [];
  if (cut.length === 0) return undefined;
  return `The time was up before ${cutOff(cut)} computed, and what they would decide is undecided: without --timeout the steps have a minute; --timeout SECONDS gives more.`;
}
