/** A proof or one of its parts as blocks: its hypotheses, its claim and its steps. */
import { errataAt } from '../../../proofs/errata-places.ts';
import type { Proof } from '../../../proofs/index.ts';
import type { Step } from '../../../proofs/support/step.ts';
import type { Hypothesis } from '../../../theorems/result.ts';
import { shown } from '../legend.ts';
import type { Formulas } from './formulas.ts';
import type { Annotation, HypothesisBlock, PartBlock, Prose } from './model.ts';
import type { Names } from './names.ts';
import { prose } from './prose.ts';
import { stepBlocks } from './steps.ts';
import type { Legend } from './symbols.ts';

/** The anchors of the hypotheses of a script, by their ids. */
export type Anchors = ReadonlyMap<string, string>;

/** What an instance says of a script; nothing in general. */
export interface ScriptAnnotations {
  hypothesis(hypothesis: Hypothesis, position: number): Annotation | undefined;
  step(step: Step): Annotation | undefined;
  /** of a part: for which values its steps have numbers */
  readonly numbers?: Prose;
}

export const UNANNOTATED: ScriptAnnotations = { hypothesis: () => undefined, step: () => undefined };

export const hypothesesOf = ({ statement }: Proof): readonly Hypothesis[] => [
  ...statement.setting,
  ...statement.hypotheses,
];

/** `prefix` tells the hypotheses of a part from those of the proof. */
export function hypothesisAnchors(script: Proof, names: Names, prefix = ''): Anchors {
  return new Map(hypothesesOf(script).map(({ id }) => [id, names.take(`if-${prefix}${id}`)]));
}

/** Writes the blocks of the proof and its parts with one choice of names and anchors. */
export class ScriptBlocks {
  readonly #names: Names;
  readonly #legend: Legend;
  readonly #partAnchors: Anchors;

  constructor(proof: Proof, names: Names, legend: Legend) {
    this.#names = names;
    this.#legend = legend;
    this.#partAnchors = new Map(proof.parts.map(({ id }) => [id, names.take(`part-${id}`)]));
  }

  hypotheses(
    script: Proof,
    formulas: Formulas,
    anchors: Anchors,
    said: ScriptAnnotations,
  ): HypothesisBlock[] {
    const setting = new Set(script.statement.setting.map(({ id }) => id));
    return hypothesesOf(script).map((hypothesis, position) => {
      const { id, name, term } = hypothesis;
      const annotation = said.hypothesis(hypothesis, position);
      return {
        id,
        anchor: anchors.get(id)!,
        name,
        claim: formulas.formula(shown(term)),
        kind: setting.has(id) ? 'setting' : 'hypothesis',
        errata: errataAt(script.id, id),
        ...(annotation ? { annotation } : {}),
      };
    });
  }

  steps(script: Proof, formulas: Formulas, anchors: Anchors, said: ScriptAnnotations) {
    return stepBlocks(script, {
      formulas,
      names: this.#names,
      anchorOf: (id) => anchors.get(id) ?? this.#partAnchors.get(id) ?? null,
      errataOf: (step) => errataAt(script.id, step),
      annotation: said.step,
    });
  }

  part(script: Proof, said: ScriptAnnotations): PartBlock {
    const formulas = this.#legend.formulasOf(script);
    const anchors = hypothesisAnchors(script, this.#names, `${script.id}-`);
    return {
      id: script.id,
      anchor: this.#partAnchors.get(script.id)!,
      title: script.title,
      sentence: prose(script.sentence ?? ''),
      hypotheses: this.hypotheses(script, formulas, anchors, said),
      conclusion: formulas.formula(script.statement.conclusion),
      ...(said.numbers ? { numbers: said.numbers } : {}),
      steps: this.steps(script, formulas, anchors, said),
    };
  }
}
