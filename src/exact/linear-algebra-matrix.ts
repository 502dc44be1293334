import { Rational } from '../kernel/rational.ts';

/** A dense matrix over Q, row-major. A vector is a plain array of Rational. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly entries: readonly Rational[];
}

/** Throws a RangeError unless `entries` has rows·cols numbers. */
export function matrix(rows: number, cols: number, entries: readonly Rational[]): Matrix {
  if (!(Number.isInteger(rows) && rows >= 0 && Number.isInteger(cols) && cols >= 0)) {
    throw new RangeError(`matrix: ${rows}×${cols} is not a shape`);
  }
  if (entries.length !== rows * cols) {
    throw new RangeError(`matrix: ${rows}×${cols} needs ${rows * cols} numbers, received ${entries.length}`);
  }
  return { rows, cols, entries };
}

export function transpose(A: Matrix): Matrix {
  const entries = Array.from(
    { length: A.entries.length },
    (_, k) => A.entries[(k % A.rows) * A.cols + Math.floor(k / A.rows)]!,
  );
  return { rows: A.cols, cols: A.rows, entries };
}

export function requireLength(what: string, vector: readonly unknown[], length: number): void {
  if (vector.length !== length) {
    throw new RangeError(`${what}: expected ${length} numbers, received ${vector.length}`);
  }
}

/** Integers numerators[k]/denominator, denominator > 0: a vector over Q with one common denominator. */
export interface IntegerVector {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

export function toRationals(vector: IntegerVector): Rational[] {
  return vector.numerators.map((numerator) => new Rational(numerator, vector.denominator));
}

export function clearVector(vector: readonly Rational[]): IntegerVector {
  let denominator = 1n;
  for (const entry of vector) denominator = lcm(denominator, entry.denominator);
  return {
    numerators: vector.map((entry) => entry.numerator * (denominator / entry.denominator)),
    denominator,
  };
}

/** Row i of the rational matrix times scales[i] > 0 is row i here: the same rank, null space and solutions. */
export interface IntegerMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly entries: readonly bigint[];
  readonly scales: readonly Rational[];
}

/** Multiplies every row by the least positive rational that makes it integer and primitive. */
export function clearRows(A: Matrix): IntegerMatrix {
  const entries: bigint[] = new Array(A.entries.length);
  const scales: Rational[] = [];
  for (let i = 0; i < A.rows; i++) {
    const row = i * A.cols;
    let multiple = 1n;
    for (let j = 0; j < A.cols; j++) multiple = lcm(multiple, A.entries[row + j]!.denominator);
    let content = 0n;
    for (let j = 0; j < A.cols; j++) {
      const entry = A.entries[row + j]!;
      const value = entry.numerator * (multiple / entry.denominator);
      entries[row + j] = value;
      if (content !== 1n) content = gcd(content, value);
    }
    if (content > 1n) for (let j = 0; j < A.cols; j++) entries[row + j] = entries[row + j]! / content;
    scales.push(new Rational(multiple, content === 0n ? 1n : content));
  }
  return { rows: A.rows, cols: A.cols, entries, scales };
}

/** [A | b] */
export function augment(A: Matrix, b: readonly Rational[]): Matrix {
  requireLength('augment: b', b, A.rows);
  const entries: Rational[] = [];
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.cols; j++) entries.push(A.entries[i * A.cols + j]!);
    entries.push(b[i]!);
  }
  return { rows: A.rows, cols: A.cols + 1, entries };
}

/** A·x over Q; the sums are formed over common denominators, so that no gcd is taken inside them. */
export function multiplyVector(A: Matrix, x: readonly Rational[]): Rational[] {
  requireLength('multiplyVector: x', x, A.cols);
  const cleared = clearVector(x);
  const integer = clearRows(A);
  return Array.from({ length: A.rows }, (_, i) => {
    let sum = 0n;
    for (let j = 0; j < A.cols; j++) sum += integer.entries[i * A.cols + j]! * cleared.numerators[j]!;
    return new Rational(sum, cleared.denominator).div(integer.scales[i]!);
  });
}

/** A·B; throws a RangeError unless the shapes agree. */
export function product(A: Matrix, B: Matrix): Matrix {
  if (A.cols !== B.rows) throw new RangeError(`product: ${A.rows}×${A.cols} times ${B.rows}×${B.cols}`);
  const right = transpose(B);
  const columns = Array.from({ length: B.cols }, (_, j) =>
    multiplyVector(A, right.entries.slice(j * B.rows, (j + 1) * B.rows)),
  );
  return transpose({ rows: B.cols, cols: A.rows, entries: columns.flat() });
}

export function identity(n: number): Matrix {
  const entries = new Array<Rational>(n * n).fill(Rational.zero);
  for (let i = 0; i < n; i++) entries[i * n + i] = Rational.one;
  return { rows: n, cols: n, entries };
}

export function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export function lcm(a: bigint, b: bigint): bigint {
  if (a === b || b === 1n) return a;
  return a === 1n ? b : (a / gcd(a, b)) * b;
}
