import type { ObligationReport, Quantity, Report, ResultReport } from '../../../src/check/report.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { inner, r } from '../oracle/numbers.ts';
import type { Case, Truth } from './case.ts';

export const nameOf = ({ result, t }: ResultReport): string => (t === undefined ? result : `${result}@${t}`);

/** Everything in a report that the construction contradicts. */
export function faultsOf(subject: Case, report: Report): string[] {
  const truth = truthSpokenOf(subject, report);
  if (typeof truth === 'string') return [truth];
  return report.results.flatMap((result) =>
    resultFaults(result, truth).map((fault) => `${nameOf(result)}: ${fault}`),
  );
}

interface Enclosure {
  readonly kind?: string;
  /** of every number, or of the distance */
  readonly radii?: readonly number[];
  readonly radius?: number;
  /** places in θ that are held as they are */
  readonly fixed?: readonly number[];
}

/** A report that encloses a critical point speaks of that point; it must be the one that is there. */
function truthSpokenOf({ nearest: alone, nearestWith, truth }: Case, report: Report): Truth | string {
  const { kind, radii, radius, fixed } = (report.results
    .flatMap(({ obligations }) => obligations)
    .find(({ id }) => id === 'critical')?.certificate ?? {}) as Enclosure;
  const onSlice = kind === 'krawczyk-slice';
  if (kind !== 'krawczyk' && !onSlice && kind !== 'interpolation') return truth;
  if (truth.status.critical === true) return truth;
  const nearest = onSlice ? nearestWith?.(fixed!) : alone;
  if (!nearest) return 'a critical point is enclosed, and the construction knows of none';
  const away = nearest.theta.map((value, k) => value.sub(nearest.at[k]!));
  const outside =
    kind !== 'interpolation'
      ? away.some((entry, k) => entry.abs().cmp(Rational.fromNumber(radii![k]!)) > 0)
      : inner(away, away).cmp(Rational.fromNumber(radius!).pow(2)) > 0;
  return outside ? 'the enclosure does not hold the critical point' : { ...nearest.truth, loss: truth.loss! };
}

/** What the construction says of an obligation; undefined where it leaves it open. */
export function statusOf(truth: Truth, result: ResultReport, id: string): boolean | undefined {
  if (id === 'locally-linear') return truth.status[`${id}@${result.t}`];
  if (id !== 'conclusion') return truth.status[id];
  const name = nameOf(result);
  const given = truth.conclusion[name];
  if (given !== undefined) return given;
  const { critical, differentiable } = truth.status;
  // Lemma 2 is the statement of criticality; under Assumption 2 Theorem 1's conclusion is too (Lemma 0), and the others have it as a part.
  if (differentiable && name === 'lemma-2') return critical;
  if (truth.status['assumption-2'] === true && critical !== undefined) {
    if (name === 'theorem-1' && differentiable) return critical;
    if (!critical) return false;
  }
  return hypotheses(result).every((each) => statusOf(truth, result, each.id) === true) ? true : undefined;
}

const hypotheses = ({ obligations }: ResultReport): readonly ObligationReport[] =>
  obligations.filter(({ id }) => id !== 'conclusion');

function resultFaults(result: ResultReport, truth: Truth): string[] {
  const faults: string[] = [];
  const known = (id: string) => statusOf(truth, result, id);
  for (const { id, status, detail, strict } of result.obligations) {
    const is = known(id);
    if (status === 'holds' && is === false) faults.push(`${id} holds: ${detail}`);
    if (status === 'fails' && is === true) faults.push(`${id} fails: ${detail}`);
    if (strict === true && truth.strict === false) faults.push(`${id} is said to be strict: ${detail}`);
  }
  const { verdict } = result;
  if (verdict === 'contradiction') faults.push('a contradiction');
  if (verdict === 'holds' && result.obligations.some(({ id }) => known(id) === false))
    faults.push('the verdict is holds');
  if (verdict === 'not-applicable' && hypotheses(result).every(({ id }) => known(id) === true))
    faults.push('the verdict is not-applicable');
  const name = nameOf(result);
  if (truth.loss && !consistent(result.left, truth.loss))
    faults.push(`left is ${JSON.stringify(result.left)}, not ${truth.loss}`);
  const right = truth.right[name] ?? (result.epsilon === undefined ? truth.rightNearby?.[name] : undefined);
  if (right && !consistent(result.right, right))
    faults.push(`right is ${JSON.stringify(result.right)}, not ${right}`);
  if (truth.tangent !== undefined) {
    const { span, basis } = result;
    if (span && span.tangent !== truth.tangent)
      faults.push(`dim range J = ${span.tangent}, not ${truth.tangent}`);
    if (span && span.atMost < truth.tangent)
      faults.push(`at most ${span.atMost}, and range J has ${truth.tangent}`);
    const proved = basis?.tier === 'exact' || basis?.tier === 'certified';
    if (basis && proved && basis.dimension !== truth.tangent)
      faults.push(`the gradient basis has dimension ${basis.dimension}, not ${truth.tangent}`);
  }
  return faults;
}

function consistent(quantity: Quantity | undefined, value: Rational): boolean {
  if (!quantity || 'approx' in quantity) return true;
  if ('exact' in quantity) return r(quantity.exact).equals(value);
  const { lower, upper } = quantity as { lower?: number; upper?: number };
  return (
    (lower === undefined || !Number.isFinite(lower) || Rational.fromNumber(lower).cmp(value) <= 0) &&
    (upper === undefined || !Number.isFinite(upper) || Rational.fromNumber(upper).cmp(value) >= 0)
  );
}
