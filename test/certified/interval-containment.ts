import type { Arithmetic } from '../../src/arithmetic/arithmetic.ts';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import type { Interval } from '../../src/certified/interval.ts';
import {
  compare,
  type Dyadic,
  dyadic,
  minus,
  plus,
  pointOf,
  random,
  sampleInterval,
  times,
} from './interval-samples.ts';

export interface Outcome {
  /** operations whose result was checked against the exact value */
  readonly checked: number;
  /** the first wrong result */
  readonly failure: string | undefined;
}

type Binary = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min';
type UnaryExact = 'sqrt' | 'pow' | 'abs' | 'neg';
const OPERATIONS: readonly (Binary | UnaryExact)[] = [
  'add',
  'sub',
  'mul',
  'div',
  'mul',
  'div',
  'sqrt',
  'pow',
  'abs',
  'neg',
  'max',
  'min',
];
const HUGE = dyadic(2 ** 1023);

/** Random operations with exact reference values (BigInt dyadics), until `count` results were checked or one is wrong. */
export function checkArithmetic(I: Arithmetic<Interval>, count: number, seed: number): Outcome {
  const r = random(seed);
  let checked = 0;
  while (checked < count) {
    const op = OPERATIONS[r.below(OPERATIONS.length)]!;
    const a = sampleInterval(r);
    const b = sampleInterval(r);
    const n = op === 'pow' ? r.below(10) : 0;
    const x = pointOf(r, a);
    const y = pointOf(r, b);
    const where = () => `${op}(${show(a)}, ${op === 'pow' ? n : show(b)}) at ${x}, ${y}`;
    let result: Interval;
    try {
      result =
        op === 'pow' ? I.pow(a, n) : op === 'sqrt' || op === 'abs' || op === 'neg' ? I[op](a) : I[op](a, b);
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      if (!mayFail(op, a, b, n)) return { checked, failure: `${where()} was refused` };
      continue;
    }
    checked++;
    const { lo, hi } = result;
    if (!(Number.isFinite(lo) && Number.isFinite(hi) && lo <= hi))
      return { checked, failure: `${where()}: ${show(result)}` };
    if (!holds(op, dyadic(lo), dyadic(hi), x, y, n, b))
      return { checked, failure: `${where()} is not in ${show(result)}` };
  }
  return { checked, failure: undefined };
}

const show = (a: Interval): string => `[${a.lo}, ${a.hi}]`;

/** lo ≤ x op y ≤ hi, without rounding */
function holds(
  op: Binary | UnaryExact,
  lo: Dyadic,
  hi: Dyadic,
  x: number,
  y: number,
  n: number,
  b: Interval,
): boolean {
  const p = dyadic(x);
  const q = dyadic(y);
  const within = (value: Dyadic): boolean => compare(lo, value) <= 0 && compare(value, hi) <= 0;
  switch (op) {
    case 'add':
      return within(plus(p, q));
    case 'sub':
      return within(plus(p, minus(q)));
    case 'mul':
      return within(times(p, q));
    case 'div': {
      if (b.lo <= 0 && b.hi >= 0) return false;
      // lo ≤ p/q ≤ hi ⇔ lo·q ≤ p ≤ hi·q for q > 0
      const lower = compare(times(lo, q), p);
      const upper = compare(p, times(hi, q));
      return y > 0 ? lower <= 0 && upper <= 0 : lower >= 0 && upper >= 0;
    }
    case 'sqrt':
      return x >= 0 && lo.m >= 0n && compare(times(lo, lo), p) <= 0 && compare(p, times(hi, hi)) <= 0;
    case 'pow': {
      let power: Dyadic = { m: 1n, e: 0 };
      for (let k = 0; k < n; k++) power = times(power, p);
      return within(power) && (n % 2 === 1 || lo.m >= 0n);
    }
    case 'abs':
      return within(dyadic(Math.abs(x))) && lo.m >= 0n;
    case 'neg':
      return within(minus(p));
    case 'max':
      return within(dyadic(Math.max(x, y)));
    case 'min':
      return within(dyadic(Math.min(x, y)));
  }
}

/** Whether an end of the exact result is at least 2^1023 (overflow), or the operation is undefined somewhere. */
function mayFail(op: Binary | UnaryExact, a: Interval, b: Interval, n: number): boolean {
  const largest = (x: Interval): Dyadic => dyadic(Math.max(-x.lo, x.hi));
  const huge = (value: Dyadic): boolean => compare(value, HUGE) >= 0;
  switch (op) {
    case 'add':
    case 'sub':
      return huge(plus(largest(a), largest(b)));
    case 'mul':
      return huge(times(largest(a), largest(b)));
    case 'div':
      return (
        (b.lo <= 0 && b.hi >= 0) ||
        compare(largest(a), times(HUGE, dyadic(Math.min(Math.abs(b.lo), Math.abs(b.hi))))) >= 0
      );
    case 'pow': {
      let power: Dyadic = { m: 1n, e: 0 };
      for (let k = 0; k < n; k++) power = times(power, largest(a));
      return huge(power);
    }
    case 'sqrt':
      return a.lo < 0;
    default:
      return false;
  }
}
