import type { Decimal } from 'decimal.js';
import type { ObligationReport, Quantity, Report, ResultReport } from '../../../src/check/report.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { decimalInfimum } from './newton.ts';
import { Digits, decimal, inner, r } from './numbers.ts';
import type { Scenario } from './scenario.ts';
import { coordinates, decimalLoss, outputsAlong, projectedForce } from './truth.ts';

/** The ends of a reported quantity as exact numbers. */
export function bounds(quantity: Quantity): { lower?: Rational; upper?: Rational } {
  if ('exact' in quantity) return { lower: r(quantity.exact), upper: r(quantity.exact) };
  if ('approx' in quantity) return {};
  return {
    ...('lower' in quantity && Number.isFinite(quantity.lower) ? { lower: r(quantity.lower) } : {}),
    ...('upper' in quantity && Number.isFinite(quantity.upper) ? { upper: r(quantity.upper) } : {}),
  };
}

/**
 * A true number: exact, or to 80 digits with the size of what it was computed from, to whose 60th digit it is trusted
 * (the doubt is the reference's; an engine that is right is never blamed for it).
 */
type Real = { readonly exact: Rational } | { readonly digits: Decimal; readonly size: Decimal };

const real = (exact: Rational | undefined, digits: Decimal, size = digits.abs()): Real =>
  exact ? { exact } : { digits, size };
const above = (a: Rational, b: Real): boolean =>
  'exact' in b ? a.cmp(b.exact) > 0 : decimal(a).sub(b.digits).gt(b.size.mul('1e-60'));
const below = (a: Rational, b: Real): boolean =>
  'exact' in b ? a.cmp(b.exact) < 0 : b.digits.sub(decimal(a)).gt(b.size.mul('1e-60'));
const minus = (a: Real, b: Real): Real =>
  'exact' in a && 'exact' in b
    ? { exact: a.exact.sub(b.exact) }
    : { digits: digitsOf(a).sub(digitsOf(b)), size: digitsOf(a).abs().add(digitsOf(b).abs()) };
const digitsOf = (a: Real): Decimal => ('exact' in a ? decimal(a.exact) : a.digits);
const show = (a: Real): string => digitsOf(a).toPrecision(30);

type Verdict = boolean | undefined;

/** What is true of the obligations; undefined where brute force cannot tell. */
function truths({ instance, truth }: Scenario): Record<string, Verdict> {
  const differentiable = truth.kink === undefined;
  const gradientZero = truth.critical;
  return {
    'assumption-1': true,
    'loss-differentiable': true,
    differentiable,
    'assumption-2': differentiable ? truth.gamma !== undefined : undefined,
    critical: differentiable ? gradientZero : undefined,
    conclusion: !differentiable
      ? undefined
      : instance.loss.type === 'squared'
        ? truth.loss!.equals(truth.infimum!)
        : truth.gamma !== undefined
          ? gradientZero
          : undefined,
  };
}

/**
 * Everything in a report at the given θ that contradicts what brute force found, as sentences; empty when nothing does.
 * `undecided` never contradicts.
 */
export function contradictions(report: Report, scenario: Scenario): string[] {
  const found: string[] = [];
  const truth = truths(scenario);
  for (const result of report.results) {
    for (const obligation of result.obligations)
      judgeObligation(result.result, obligation, scenario, truth, found);
    judgeVerdict(result, truth, found);
    if (result.result === 'theorem-1' && scenario.truth.kink === undefined)
      judgeNumbers(result, scenario, found);
  }
  return found;
}

function judgeObligation(
  result: string,
  { id, status, tier }: ObligationReport,
  { truth }: Scenario,
  known: Record<string, Verdict>,
  found: string[],
): void {
  if (status === 'undecided' || tier === 'numeric') return;
  const want = id === 'conclusion' ? conclusionOf(result, known) : known[id];
  if (want !== undefined && (status === 'holds') !== want)
    found.push(`${result} ${id}: ${status} (${tier}), in truth ${want ? 'it holds' : 'it fails'}`);
  if (id === 'critical' && known.critical === undefined && status === 'holds' && truth.kink === undefined)
    found.push('critical holds where nothing is known');
}

/** The conclusion of Lemma 2 is ∇L(θ) = 0 itself; that of Lemma 3 asks for it at v = 0, and for more. */
function conclusionOf(result: string, known: Record<string, Verdict>): Verdict {
  if (result === 'lemma-2') return known.critical;
  if (result === 'lemma-3') return known.critical === false ? false : undefined;
  return known.conclusion;
}

function judgeVerdict(result: ResultReport, known: Record<string, Verdict>, found: string[]): void {
  const statuses = result.obligations.map(({ status }) => status);
  const hypotheses = result.obligations.filter(({ id }) => id !== 'conclusion');
  if (result.verdict === 'contradiction') found.push(`${result.result}: contradiction`);
  if (result.verdict === 'holds') {
    if (!statuses.every((status) => status === 'holds'))
      found.push(`${result.result}: holds with ${statuses.join()}`);
    if (result.tier !== 'numeric') {
      for (const { id } of hypotheses)
        if (known[id] === false) found.push(`${result.result} holds though ${id} fails`);
    }
  }
  if (result.verdict === 'not-applicable' && !hypotheses.some(({ status }) => status === 'fails'))
    found.push(`${result.result}: not-applicable without a failing hypothesis`);
}

function judgeNumbers(result: ResultReport, { instance, truth }: Scenario, found: string[]): void {
  const { left, right, gap, robust } = result;
  const say = (text: string) => found.push(`theorem-1 ${text}`);
  const loss = real(truth.loss, truth.lossDecimal);
  if (left) {
    const { lower, upper } = bounds(left);
    if ('exact' in left && !truth.loss?.equals(r(left.exact))) say(`left ${left.exact} is not ${show(loss)}`);
    if (lower && above(lower, loss)) say(`left ≥ ${lower} but L = ${show(loss)}`);
    if (upper && below(upper, loss)) say(`left ≤ ${upper} but L = ${show(loss)}`);
  }
  const infimum = infimumBounds({ instance, truth });
  if (right) {
    const { lower, upper } = bounds(right);
    if (lower && infimum.upper && above(lower, infimum.upper))
      say(`right ≥ ${lower.toNumber()} but some α gives ${show(infimum.upper)}`);
    if (upper && infimum.lower && below(upper, infimum.lower))
      say(`right ≤ ${upper.toNumber()} but inf ≥ ${show(infimum.lower)}`);
  }
  const most = infimum.lower && minus(loss, infimum.lower);
  const least = infimum.upper && minus(loss, infimum.upper);
  if (gap) {
    if (least && Number.isFinite(gap.upper) && below(r(gap.upper), least))
      say(`gap ≤ ${gap.upper} but it is ${show(least)}`);
    if (most && gap.lower !== undefined && above(r(gap.lower), most))
      say(`gap ≥ ${gap.lower} but it is ${show(most)}`);
    if (least && gap.bound !== null && below(r(gap.bound), least))
      say(`bound ${gap.bound} but the gap is ${show(least)}`);
  }
  for (const { id, bound, tier, constants } of robust ?? []) {
    if (tier === 'numeric') continue;
    if (truth.gamma === undefined) {
      say(`${id} bounds the gap though f_X(θ) is not in range J(θ)`);
      continue;
    }
    const { lower, upper } = bound ? bounds(bound) : {};
    if (upper && least && below(upper, least)) say(`${id} ${upper.toNumber()} < gap ${show(least)}`);
    if (lower && most && above(lower, most)) say(`${id} lower ${lower.toNumber()} > gap ${show(most)}`);
    judgeConstants(id, constants, { instance, truth }, say);
  }
  if (instance.loss.type !== 'cross-entropy' && result.attained === false)
    say('an infimum of squares or of hinges is attained');
}

function judgeConstants(
  id: string,
  constants: Readonly<Record<string, Quantity>>,
  { instance, truth }: Pick<Scenario, 'instance' | 'truth'>,
  say: (text: string) => void,
): void {
  const norm = constants['‖∇L(θ)‖'];
  if (norm) {
    const { lower, upper } = bounds(norm);
    const square = real(
      truth.gradient && inner(truth.gradient, truth.gradient),
      truth.gradientDecimal.reduce((sum, entry) => sum.add(entry.pow(2)), new Digits(0)),
      new Digits(1),
    );
    if (lower && above(lower.mul(lower), square))
      say(`${id}: ‖∇L‖ ≥ ${lower.toNumber()}, ‖∇L‖² = ${show(square)}`);
    if (upper && below(upper.mul(upper), square))
      say(`${id}: ‖∇L‖ ≤ ${upper.toNumber()}, ‖∇L‖² = ${show(square)}`);
  }
  const projected = constants['‖ΠG‖²'];
  if (projected && 'exact' in projected && truth.forces) {
    const square = projectedForce(truth.J, coordinates(instance).length, truth.forces);
    if (!square.equals(r(projected.exact))) say(`${id}: ‖ΠG‖² = ${projected.exact}, it is ${square}`);
  }
}

/**
 * Bounds of inf_α L_θ(α): exactly for a squared loss, and at a critical point in range J (Lemma 0); elsewhere by Newton's
 * method to 80 digits; where that does not converge (an infimum that is not attained), 0 from below and, from above, the
 * end of a float64 descent evaluated to 80 digits.
 */
export function infimumBounds({ instance, truth }: Pick<Scenario, 'instance' | 'truth'>): {
  lower?: Real;
  upper?: Real;
} {
  if (truth.infimum) return { lower: { exact: truth.infimum }, upper: { exact: truth.infimum } };
  if (truth.critical && truth.gamma) {
    const value = real(truth.loss, truth.lossDecimal);
    return { lower: value, upper: value };
  }
  const entries = truth.f.length * coordinates(instance).length;
  const newton =
    entries <= SMALL &&
    decimalInfimum(
      instance,
      truth.J.map((row) => row.map(decimal)),
    );
  if (newton) {
    const { value, slack } = newton;
    const size = value.abs().add(1);
    return {
      lower: { digits: value.sub(slack), size },
      upper: { digits: value, size },
    };
  }
  return { lower: { exact: Rational.zero }, upper: real(undefined, descend({ instance, truth })) };
}

/** Entries of J up to which Newton's method in 80 digits is quick. */
const SMALL = 16;

/** The least value that a crude search over α finds: a rigorous upper bound, whatever the search does. */
function descend({ instance, truth }: Pick<Scenario, 'instance' | 'truth'>): Decimal {
  const n = coordinates(instance).length;
  const J = truth.J.map((row) => row.map((entry) => entry.toNumber()));
  const outputs = (alpha: readonly number[]) =>
    J.map((row) => row.reduce((sum, entry, k) => sum + entry * alpha[k]!, 0));
  const dy = instance.model.outputs;
  const y = instance.targets.flat().map((value) => value.toNumber());
  const weight = instance.weights.map((value) => value.toNumber());
  const { loss } = instance;
  const force = (q: readonly number[]) =>
    q.map((value, k) => {
      const own = weight[Math.floor(k / dy)]!;
      if (loss.type === 'squared') return 2 * own * (value - y[k]!);
      if (loss.type === 'smoothed-hinge')
        return -own * loss.p * y[k]! * Math.max(0, 1 - y[k]! * value) ** (loss.p - 1);
      const from = k - (k % dy);
      const row = q.slice(from, from + dy);
      const top = Math.max(...row);
      const total = row.reduce((sum, each) => sum + Math.exp(each - top), 0);
      return own * (Math.exp(value - top) / total - y[k]!);
    });
  const value = (alpha: readonly number[]) => {
    const exact = alpha.map((entry) => r(entry));
    return decimalLoss(
      instance,
      truth.J.map((row) => decimal(inner(row, exact))),
    );
  };
  let alpha = new Array<number>(n).fill(0);
  let best = value(alpha);
  const norm = J.flat().reduce((sum, entry) => sum + entry * entry, 0) || 1;
  let step = 1 / (norm * Math.max(...weight));
  for (let k = 0; k < 25; k++) {
    const G = force(outputs(alpha));
    const next = alpha.map((entry, j) => entry - step * J.reduce((sum, row, i) => sum + row[j]! * G[i]!, 0));
    if (!next.every(Number.isFinite)) break;
    const reached = value(next);
    if (reached.lt(best)) {
      best = reached;
      alpha = next;
      step *= 3;
    } else step /= 4;
  }
  return best;
}

/** A witness that f is not differentiable, replayed with the rays of this oracle: f'(θ; d) + f'(θ; −d) ≠ 0. */
export function kinkWitnessHolds(witness: unknown, { instance }: Pick<Scenario, 'instance'>): boolean {
  const { sample, output, direction, forward, backward } = witness as Record<string, unknown>;
  const d = (direction as string[]).map((text) => r(text));
  if (d.length !== coordinates(instance).length) return false;
  const row = Number(sample) * instance.model.outputs + Number(output);
  const ahead = outputsAlong(instance, d)[row]?.slope;
  const back = outputsAlong(
    instance,
    d.map((entry) => entry.neg()),
  )[row]?.slope;
  return (
    ahead !== undefined &&
    back !== undefined &&
    ahead.equals(r(String(forward))) &&
    back.equals(r(String(backward))) &&
    !ahead.add(back).equals(Rational.zero)
  );
}
