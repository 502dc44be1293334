/** What an instance says of the steps of a part of a proof, for the values at which the proof uses it first. */
import type { Step } from '../../../proofs/support/step.ts';
import type { PartValues, StepValues } from '../../check/proof-values.ts';
import type { Annotation, Inline, Prose } from './model.ts';
import { cutOff, listed, prose, words } from './prose.ts';
import type { Anchors } from './scripts.ts';
import { type Standing, stepAnnotation } from './standing.ts';
import { briefLine, lineText } from './values.ts';

/**
 * A step of a part is derived from the hypotheses of the part, and these, where it is used, from what `root` rests on: the
 * step of the proof itself that the use belongs to. So it stands as `root` does; its numbers can contradict that. Call it
 * for each step in turn: a line that was shown before is not shown again.
 */
export function partSteps(
  root: Step,
  all: ReadonlyMap<string, Standing>,
  anchors: Anchors,
): (step: Step, value: StepValues | undefined) => Annotation {
  const shown = new Set<string>();
  return (step, value) => {
    const said = stepAnnotation({ ...step, hypotheses: root.hypotheses }, value, all, anchors);
    // Why it holds, or is open, is said once for the part.
    const detail = said.status === 'fails' ? said.detail : [];
    const lines = (value?.lines ?? []).map(briefLine).filter((line) => !shown.has(lineText(line)));
    for (const line of lines) shown.add(lineText(line));
    return { ...said, detail, lines, brief: true };
  };
}

/** Sentences above the steps of a part. `place`: the anchor of the step of the proof that uses it. */
export function partNumbers(
  { root, cited, sampled, failing, steps, cut = [] }: PartValues,
  place: string | undefined,
): Prose {
  const link: Inline = place === undefined ? words(root) : { kind: 'reference', to: place, text: root };
  const stands = [words('Its steps stand as '), link, words(' does, which uses it. ')];
  const say = (...sentences: readonly string[]): Prose => [...stands, ...prose(sentences.join(' '))];
  if (failing.length > 0) {
    const fail = failing.length > 1 ? 'fail' : 'fails';
    return say(`They have no numbers: ${listed(failing)} of its hypotheses ${fail} there.`);
  }
  const verb = sampled.length > 1 ? 'are' : 'is';
  const loose = sampled.length === 0 ? '' : `${listed(sampled)} ${verb} not fixed by the instance`;
  const late = cut.length === 0 ? [] : [`The time was up before ${cutOff(cut)} computed.`];
  if (steps.every(({ lines }) => lines.length === 0)) {
    if (cut.length > 0) return say('They have no numbers.', ...late);
    const tried = 'none of the values tried was seen to satisfy what is supposed';
    return say(`They have no numbers: ${loose === '' ? tried : `${loose}, and ${tried}`}.`);
  }
  const use = cited.step === root ? '' : `, at ${cited.step} of ${cited.script}`;
  const samples =
    loose === '' ? '' : `; ${loose} and ${sampled.length > 1 ? 'range' : 'ranges'} over samples`;
  return say(
    `The numbers are those of its first use${use}${samples}.`,
    'Of each claim two lines are shown at most, and those only that no step above shows; a claim without numbers was seen for no values tried, or has no sides.',
    ...late,
  );
}
