/**
 * The hypotheses of a statement and the steps of its proof, on an instance.
 *
 * A step Γ ⊢ P is read as: the local hypotheses in Γ imply P. The hypotheses of the statement are not assumed, so that
 * on an instance which breaks one the first step that rests on it fails, and is named. What a step obtained has the
 * value that the instance gives it (g, γ), or a small radius; where that value is not proved to fit, nothing that rests
 * on it is called false. Variables that stay free range over samples, which can refute and never prove.
 */
import { forall, le, lt, open, real, substitute } from '../kernel/build.ts';
import { freeVariables, type Term } from '../kernel/term.ts';
import { type EvaluableStep, inOrder } from './proof-parts.ts';
import type { Reading } from './proof-reading.ts';
import { type Found, isOpen, NO_LINES, SAMPLED, type StepValues, statusOf } from './proof-step-values.ts';

export function hypothesisValues(reading: Reading, id: string, term: Term): StepValues {
  const { truths, obligations } = reading.facts;
  return reading.guarded(id, 'hypothesis', () => {
    const known = truths.get(term.id) ?? truths.get(term.args[0]?.id ?? -1);
    const [truth, tier, reasons] = reading.truth(term);
    // What a check proved of all values needs no samples beside it.
    const { lines, omitted } =
      known?.truth === true ? NO_LINES : reading.lines(reading.throughout({ claim: term }, []));
    const detail = obligations.get(id)?.detail ?? known?.detail ?? (truth === 'undecided' ? reasons : '');
    const decided = known !== undefined && known.truth !== 'undecided';
    return { status: statusOf(truth), tier: decided ? known.tier : tier, detail, lines, omitted };
  });
}

/** Call it for each step in turn. */
export function stepValues(reading: Reading, step: EvaluableStep): StepValues {
  reading.tell(step);
  return reading.guarded(step.id, step.kind, () => {
    if (step.kind === 'obtain') return obtained(reading, step);
    if (step.kind === 'suppose') {
      return {
        status: 'supposed',
        tier: 'exact',
        detail: '',
        ...reading.lines(reading.throughout(step, [])),
      };
    }
    return claimed(reading, step);
  });
}

function claimed(reading: Reading, step: EvaluableStep): Found {
  const claim = reading.throughout(step, reading.local(step));
  const [truth, tier, reasons] = reading.truth(claim.closed());
  const { lines, omitted } = reading.lines(claim);
  if (truth === false && reading.restsOnProposal(step)) {
    const detail = 'false for the values tried of what was obtained, which are not proved to fit';
    return { status: 'undecided', tier, detail, lines, omitted };
  }
  const detail = truth !== 'undecided' ? '' : lines.some(isOpen) || lines.length === 0 ? reasons : SAMPLED;
  return { status: statusOf(truth), tier, detail, lines, omitted };
}

/** Finds a value for what is obtained, among those of the instance. */
function obtained(reading: Reading, step: EvaluableStep): Found {
  const variable = reading.newVariable(step);
  if (!variable) {
    reading.fits.set(step.claim.id, 'undecided');
    return { status: 'undecided', tier: 'exact', detail: '', ...reading.lines(reading.throughout(step, [])) };
  }
  reading.propose(variable);
  const claim = reading.throughout(step, []);
  const [truth, tier, reasons] = reading.truth(claim.closed());
  const { lines, omitted } = reading.lines(claim);
  const premise = reading.facts.truths.get(reading.premise(step)?.id ?? -1);
  const refuted = truth !== true && (premise?.truth === false || failsAtZero(reading, step, variable));
  // g is the one that an identity gives; of a radius that exists the one that is tried need not be.
  const identity = premise?.truth === true && variable.sort.domain?.kind === 'Pi' && truth !== false;
  const status = refuted ? 'fails' : identity || truth === true ? 'holds' : 'undecided';
  reading.fits.set(step.claim.id, status);
  const detail = {
    fails: `there is no such ${variable.name}; a value that cannot fit stands for it in what follows`,
    undecided: lines.some(isOpen) || lines.length === 0 ? reasons : SAMPLED,
    holds: premise?.detail ?? '',
  }[status];
  const decided = premise !== undefined && (refuted ? premise.truth === false : identity);
  return { status, tier: decided ? premise.tier : tier, detail, lines, omitted };
}

/** Whether 0 < x ∧ ∀ε. 0 ≤ ε ⇒ ε < x ⇒ P(ε) is false for every x, because P(0) is. */
function failsAtZero(reading: Reading, step: EvaluableStep, x: Term): boolean {
  const atZero = claimAtZero(step.claim, x);
  if (!atZero) return false;
  const free = freeVariables(atZero).filter((y) => !reading.isKnown(y));
  return reading.truth(forall(inOrder(free), atZero))[0] === false;
}

/** P(0) of 0 < x ∧ ∀ε. 0 ≤ ε ⇒ ε < x ⇒ P(ε), where P does not mention x. */
function claimAtZero(claim: Term, x: Term): Term | undefined {
  if (x.sort.kind !== 'Real') return undefined;
  const parts = (term: Term | undefined, name: string) =>
    term?.kind === 'operation' && term.name === name ? term.args : [];
  const [positive, rest] = parts(claim, 'and');
  const [f] = parts(rest, 'forall');
  if (positive?.id !== lt(0, x).id || f?.kind !== 'lambda' || f.sort.domain!.kind !== 'Real')
    return undefined;
  const [ε, body] = open(f);
  const [nonnegative, below] = parts(body, 'imp');
  const [small, P] = parts(below, 'imp');
  if (nonnegative?.id !== le(0, ε).id || small?.id !== lt(ε, x).id || !P) return undefined;
  return freeVariables(P).some(({ id }) => id === x.id) ? undefined : substitute(P, [ε], [real(0)]);
}
