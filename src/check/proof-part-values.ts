/** The steps of a part of a proof on an instance: a few lines of each, where what it speaks of has values that fit. */
import { freeVariables, type Term } from '../kernel/term.ts';
import type { EvaluableStep, PlacedPart } from './proof-parts.ts';
import type { Reading } from './proof-reading.ts';
import { type Found, NO_LINES, type PartValues, type StepValues } from './proof-step-values.ts';

/** After what cites it. Its own hypotheses are assumed: of what is false only where they hold is a line false. */
export function partValues(
  reading: Reading,
  { id, cited, root, context, hypotheses, steps }: PlacedPart,
): PartValues {
  reading.enterPart(hypotheses);
  const before = reading.cut.length;
  const fixed = (term: Term): boolean => freeVariables(term).every(reading.isKnown);
  const fails = (each: PlacedPart['hypotheses'][number]): boolean =>
    reading.guarded(`${each.id} of ${id}`, 'hypothesis', () => reading.found(each.term)).status === 'fails';
  const failing = hypotheses.filter((each) => fixed(each.term) && fails(each));
  const sampled = context.flatMap(({ name, value }) => (fixed(value) ? [] : [name]));
  const values = failing.length > 0 ? [] : steps.map((step) => partStep(reading, step));
  const cut = reading.cut.slice(before);
  return {
    id,
    cited,
    root,
    sampled,
    failing: failing.map((each) => each.id),
    steps: values,
    ...(cut.length > 0 ? { cut } : {}),
  };
}

const open: Found = { status: 'undecided', tier: 'exact', detail: '', ...NO_LINES };

function partStep(reading: Reading, step: EvaluableStep): StepValues {
  reading.tell(step);
  return reading.guarded(step.id, step.kind, () => {
    if (step.kind === 'suppose') return { ...open, status: 'supposed' };
    if (step.kind === 'obtain') return obtained(reading, step);
    const claim = reading.throughout(step, reading.local(step));
    const lines = reading.fewLines(claim);
    if (lines.every(({ truth }) => truth !== 'false')) return { ...open, lines };
    // A line of ∃x. P(x) is false where x is no witness.
    const [truth, tier, detail] = reading.truth(claim.closed());
    return truth === false && !reading.restsOnProposal(step)
      ? { ...open, status: 'fails', tier, detail, lines }
      : open;
  });
}

/** What it obtains has a value unless that is seen not to fit; then it is any that fits. */
function obtained(reading: Reading, step: EvaluableStep): Found {
  const variable = reading.newVariable(step);
  if (!variable) return open;
  reading.propose(variable);
  const lines = reading.fewLines(reading.throughout(step, []));
  if (lines.length > 0 && lines.every(({ truth }) => truth !== 'false')) {
    reading.fits.set(step.claim.id, 'undecided');
    return { ...open, lines };
  }
  reading.withdraw(variable);
  return open;
}
