import { Rational } from '../../kernel/rational.ts';
import { argumentsOf, type Node, type NodeId } from '../graph.ts';

/** An end of a range: `open` says that the value itself is not taken. */
export interface End {
  readonly value: Rational;
  readonly open: boolean;
}

/** The set of reals between two ends; null is an infinite end. */
export interface Range {
  readonly lower: End | null;
  readonly upper: End | null;
}

/** A range as plain data: ["0", "open"]. */
export interface RangeData {
  readonly lower: readonly [string, 'open' | 'closed'] | null;
  readonly upper: readonly [string, 'open' | 'closed'] | null;
}

export const EVERYTHING: Range = { lower: null, upper: null };
const closed = (value: Rational): End => ({ value, open: false });
const open = (value: Rational): End => ({ value, open: true });
const ZERO = closed(Rational.zero);
const ONE = closed(Rational.one);

export const point = (value: Rational): Range => ({ lower: closed(value), upper: closed(value) });
export const between = (lower: Rational, upper: Rational): Range => ({
  lower: closed(lower),
  upper: closed(upper),
});

export const isNonNegative = ({ lower }: Range): boolean => lower !== null && lower.value.sign >= 0;
export const isNonPositive = ({ upper }: Range): boolean => upper !== null && upper.value.sign <= 0;
export const isPositive = ({ lower }: Range): boolean =>
  lower !== null && (lower.value.sign > 0 || (lower.value.sign === 0 && lower.open));
export const isNegative = ({ upper }: Range): boolean =>
  upper !== null && (upper.value.sign < 0 || (upper.value.sign === 0 && upper.open));
export const isZero = (range: Range): boolean => isNonNegative(range) && isNonPositive(range);

/** Every number of `inner` lies in `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  const end = (a: End | null, b: End | null, side: 1 | -1): boolean => {
    if (!a) return true;
    if (!b) return false;
    const order = b.value.cmp(a.value) * side;
    return order > 0 || (order === 0 && (!a.open || b.open));
  };
  return end(outer.lower, inner.lower, 1) && end(outer.upper, inner.upper, -1);
}

/** The numbers in both; each end is the tighter of the two. */
export function meet(a: Range, b: Range): Range {
  const tighter = (x: End | null, y: End | null, side: 1 | -1): End | null => {
    if (!x || !y) return x ?? y;
    const order = x.value.cmp(y.value) * side;
    return order > 0 || (order === 0 && x.open) ? x : y;
  };
  return { lower: tighter(a.lower, b.lower, 1), upper: tighter(a.upper, b.upper, -1) };
}

export function rangeData({ lower, upper }: Range): RangeData {
  const data = (end: End | null) => end && ([end.value.toString(), end.open ? 'open' : 'closed'] as const);
  return { lower: data(lower), upper: data(upper) };
}

/** Reads plain data back; undefined when it is malformed. */
export function parseRange(data: unknown): Range | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { lower, upper } = data as Record<string, unknown>;
  const a = parseEnd(lower);
  const b = parseEnd(upper);
  return a === undefined || b === undefined ? undefined : { lower: a, upper: b };
}

function parseEnd(data: unknown): End | null | undefined {
  if (data === null) return null;
  if (!Array.isArray(data) || data.length !== 2 || typeof data[0] !== 'string') return undefined;
  const value = Rational.parse(data[0]);
  if (!value || (data[1] !== 'open' && data[1] !== 'closed')) return undefined;
  return { value, open: data[1] === 'open' };
}

/**
 * A range of op(arguments) from ranges of the arguments; undefined when the operation may be undefined there (a
 * denominator that may be 0, a logarithm of what may be ≤ 0) or for leaves.
 */
export function rangeOf(node: Node, of: (id: NodeId) => Range): Range | undefined {
  const args = argumentsOf(node);
  const first = args.length > 0 ? of(args[0]!) : EVERYTHING;
  switch (node.op) {
    case 'constant':
      return point(node.value);
    case 'variable':
      return undefined;
    case 'sum':
      return args.map(of).reduce(add);
    case 'dot': {
      let sum = point(Rational.zero);
      for (let k = 0; k < args.length; k += 2) sum = add(sum, product(args[k]!, args[k + 1]!, of));
      return sum;
    }
    case 'product':
      return product(args[0]!, args[1]!, of);
    case 'quotient': {
      const divisor = of(args[1]!);
      return isPositive(divisor) || isNegative(divisor) ? multiply(first, reciprocal(divisor)) : undefined;
    }
    case 'power':
      return node.exponent % 2 === 0
        ? monotone(absolute(first), (x) => x.pow(node.exponent))
        : monotone(first, (x) => x.pow(node.exponent));
    case 'exp':
      return {
        lower: isPositive(first) ? open(Rational.one) : isNonNegative(first) ? ONE : open(Rational.zero),
        upper: isNegative(first) ? open(Rational.one) : isNonPositive(first) ? ONE : null,
      };
    case 'log': {
      if (!isPositive(first)) return undefined;
      const shifted = add(first, point(Rational.integer(-1)));
      return {
        lower: isNonNegative(shifted) ? signEnd(shifted.lower) : null,
        upper: isNonPositive(shifted) ? signEnd(shifted.upper) : null,
      };
    }
    case 'sqrt':
      return isNonNegative(first)
        ? { lower: signEnd(first.lower), upper: isZero(first) ? ZERO : null }
        : undefined;
    case 'sin':
    case 'cos':
      return between(Rational.integer(-1), Rational.one);
    case 'tanh':
      return {
        lower: isNonNegative(first) ? signEnd(first.lower) : open(Rational.integer(-1)),
        upper: isNonPositive(first) ? signEnd(first.upper) : open(Rational.one),
      };
    case 'sigmoid': {
      const half = new Rational(1n, 2n);
      return {
        lower: isPositive(first) ? open(half) : isNonNegative(first) ? closed(half) : open(Rational.zero),
        upper: isNegative(first) ? open(half) : isNonPositive(first) ? closed(half) : open(Rational.one),
      };
    }
    case 'softplus':
      return { lower: open(Rational.zero), upper: null };
    case 'abs':
      return absolute(first);
    case 'relu':
      return extremum(first, point(Rational.zero), 1);
    case 'max':
      return extremum(first, of(args[1]!), 1);
    case 'min':
      return extremum(first, of(args[1]!), -1);
    case 'logsumexp':
      return EVERYTHING;
  }
}

/** An end at a number with a certain sign becomes an end at 0 that keeps whether 0 itself is excluded. */
const signEnd = (end: End | null): End =>
  end !== null && (end.open || end.value.sign !== 0) ? open(Rational.zero) : ZERO;

function add(a: Range, b: Range): Range {
  const end = (x: End | null, y: End | null): End | null =>
    x && y && { value: x.value.add(y.value), open: x.open || y.open };
  return { lower: end(a.lower, b.lower), upper: end(a.upper, b.upper) };
}

const negative = ({ lower, upper }: Range): Range => {
  const flip = (end: End | null): End | null => end && { value: end.value.neg(), open: end.open };
  return { lower: flip(upper), upper: flip(lower) };
};

/** u·v, where u² counts as non-negative. */
function product(left: NodeId, right: NodeId, of: (id: NodeId) => Range): Range {
  return left === right ? monotone(absolute(of(left)), (x) => x.mul(x)) : multiply(of(left), of(right));
}

function multiply(a: Range, b: Range): Range {
  if (isZero(a) || isZero(b)) return point(Rational.zero);
  if (isNonPositive(a)) return negative(multiply(negative(a), b));
  if (isNonPositive(b)) return negative(multiply(a, negative(b)));
  if (isNonNegative(a) && isNonNegative(b))
    return { lower: timesEnd(a.lower!, b.lower!), upper: a.upper && b.upper && timesEnd(a.upper, b.upper) };
  if (isNonNegative(a)) {
    // a ≥ 0 and b of either sign: the extremes are taken at the upper end of a.
    return {
      lower: a.upper && b.lower && timesEnd(a.upper, b.lower),
      upper: a.upper && b.upper && timesEnd(a.upper, b.upper),
    };
  }
  if (isNonNegative(b)) return multiply(b, a);
  if (!a.lower || !a.upper || !b.lower || !b.upper) return EVERYTHING;
  const products = [a.lower, a.upper].flatMap((x) => [b.lower!, b.upper!].map((y) => x.value.mul(y.value)));
  return between(
    products.reduce((x, y) => (x.cmp(y) < 0 ? x : y)),
    products.reduce((x, y) => (x.cmp(y) > 0 ? x : y)),
  );
}

/** The product of two ends; 0 is excluded only when it cannot be reached by either factor. */
function timesEnd(x: End, y: End): End {
  const value = x.value.mul(y.value);
  if (!value.isZero) return { value, open: x.open || y.open };
  return { value, open: (x.open || !x.value.isZero) && (y.open || !y.value.isZero) };
}

/** 1/b for b > 0 or b < 0. */
function reciprocal(b: Range): Range {
  if (isNegative(b)) return negative(reciprocal(negative(b)));
  const end = (e: End | null): End | null =>
    e === null || e.value.isZero ? null : { value: e.value.inv(), open: e.open };
  return { lower: b.upper ? end(b.upper) : open(Rational.zero), upper: end(b.lower) };
}

function monotone(range: Range, image: (x: Rational) => Rational): Range {
  const end = (e: End | null): End | null => e && { value: image(e.value), open: e.open };
  return { lower: end(range.lower), upper: end(range.upper) };
}

function absolute(a: Range): Range {
  if (isNonNegative(a)) return a;
  if (isNonPositive(a)) return negative(a);
  const far = a.lower && a.upper && (a.lower.value.neg().cmp(a.upper.value) >= 0 ? a.lower : a.upper);
  return { lower: ZERO, upper: far && closed(far.value.abs()) };
}

/** max (side 1) or min (side −1). */
function extremum(a: Range, b: Range, side: 1 | -1): Range {
  if (side === -1) return negative(extremum(negative(a), negative(b), 1));
  const larger = (x: End, y: End): End => {
    const order = x.value.cmp(y.value);
    return order > 0 || (order === 0 && x.open) ? x : y;
  };
  const wider = (x: End, y: End): End => {
    const order = x.value.cmp(y.value);
    return order > 0 || (order === 0 && !x.open) ? x : y;
  };
  return {
    lower: a.lower && b.lower ? larger(a.lower, b.lower) : (a.lower ?? b.lower),
    upper: a.upper && b.upper && wider(a.upper, b.upper),
  };
}
