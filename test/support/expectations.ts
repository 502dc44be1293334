import type { Quantity, Report } from '../../src/check/report.ts';

/** expected.json of test/instances: by instance, by result. The rules of comparison are those of its check.mjs. */
export interface Expectation {
  readonly verdict: string | readonly string[];
  readonly left?: ExpectedNumber;
  readonly right?: ExpectedNumber;
  readonly obligations?: Readonly<Record<string, string | readonly string[]>>;
  readonly t?: number;
}
type ExpectedNumber =
  | { readonly exact: string }
  | { readonly near: number }
  | { readonly atMost: string | number };
export type Expected = Readonly<Record<string, Readonly<Record<string, Expectation>>>>;

type Fraction = readonly [numerator: bigint, denominator: bigint];

/** "p/q", "0.1", "1e-3" or a JSON number, which is a dyadic rational. */
function fraction(value: string | number): Fraction {
  if (typeof value === 'string') {
    const [p, q] = value.split('/');
    if (q !== undefined) return [BigInt(p!), BigInt(q)];
    const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(value);
    if (!match) throw new Error(`not a number: ${value}`);
    const places = match[3]!;
    const exponent = Number(match[4] ?? 0) - places.length;
    const digits = BigInt(match[1]! + (match[2]! + places || '0'));
    return exponent >= 0 ? [digits * 10n ** BigInt(exponent), 1n] : [digits, 10n ** BigInt(-exponent)];
  }
  if (!Number.isFinite(value)) throw new Error(`not finite: ${value}`);
  let scaled = value;
  let shifts = 0n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shifts++;
  }
  return [BigInt(scaled), 2n ** shifts];
}

function order(a: string | number, b: string | number): number {
  const [p, q] = fraction(a);
  const [r, s] = fraction(b);
  const difference = p * s - r * q;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const size = (value: string | number): number => {
  const [p, q] = fraction(value);
  return Number(p) / Number(q);
};

/** '' when the reported quantity satisfies the expectation, otherwise what is wrong with it. */
export function difference(got: Quantity | undefined, want: ExpectedNumber): string {
  if (got === undefined) return 'missing';
  const ends = got as { exact?: string; lower?: number; upper?: number; approx?: number };
  const upper = ends.exact ?? ends.upper ?? ends.approx;
  const lower = ends.exact ?? ends.lower ?? ends.approx;
  const text = JSON.stringify(got);
  if ('exact' in want) {
    if (ends.exact !== undefined)
      return order(ends.exact, want.exact) === 0 ? '' : `${text}, expected ${want.exact}`;
    if (ends.lower === undefined || ends.upper === undefined)
      return `${text} is no enclosure of ${want.exact}`;
    if (ends.upper - ends.lower > 1e-6 * (1 + Math.abs(size(want.exact)))) return `${text} is too wide`;
    return order(ends.lower, want.exact) <= 0 && order(ends.upper, want.exact) >= 0
      ? ''
      : `${text} does not contain ${want.exact}`;
  }
  if ('near' in want) {
    const close = (end: string | number | undefined) =>
      end !== undefined && Math.abs(size(end) - want.near) <= 1e-9;
    return close(upper) && close(lower) ? '' : `${text}, expected ${want.near} to 1e-9`;
  }
  return upper !== undefined && (order(upper, want.atMost) <= 0 || size(upper) - size(want.atMost) <= 1e-9)
    ? ''
    : `${text}, expected at most ${want.atMost}`;
}

/** Compares one result of a report; every comparison that was made, with '' for those that agree. */
export function comparisons(report: Report, result: string, want: Expectation): string[] {
  const got = report.results.find(
    (each) =>
      each.result === result &&
      (want.t === undefined || !('t' in each) || (each as { t?: unknown }).t === want.t),
  );
  if (!got) return [`${result} is not reported`];
  const among = (value: string | undefined, allowed: string | readonly string[]) =>
    value !== undefined && [allowed].flat().includes(value);
  const made = [among(got.verdict, want.verdict) ? '' : `verdict ${got.verdict}, expected ${want.verdict}`];
  for (const side of ['left', 'right'] as const) {
    const expected = want[side];
    if (!expected) continue;
    const wrong = difference(got[side], expected);
    made.push(wrong && `${side} ${wrong}`);
  }
  for (const [id, status] of Object.entries(want.obligations ?? {})) {
    const found = got.obligations.find((each) => each.id === id)?.status;
    made.push(among(found, status) ? '' : `${id} ${found ?? 'missing'}, expected ${status}`);
  }
  return made;
}
