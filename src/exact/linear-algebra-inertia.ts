import { Rational } from '../kernel/rational.ts';
import { clearVector, type Matrix, multiplyVector, requireLength } from './linear-algebra-matrix.ts';
import { solveSquare } from './linear-algebra-square.ts';

/** Numbers of positive, negative and zero eigenvalues of a symmetric matrix (Sylvester). */
export interface Inertia {
  readonly positive: number;
  readonly negative: number;
  readonly zero: number;
}

/**
 * Inertia of a symmetric matrix over Q by fraction-free LDLᵀ with diagonal pivots; where every remaining diagonal
 * entry is zero, a congruence e_i ← e_i + e_j makes one. Throws a RangeError unless A = Aᵀ. Cost: O(n³) on minors.
 */
export function inertia(A: Matrix): Inertia {
  const steps = diagonalise(A);
  const positive = steps.filter(({ sign }) => sign > 0).length;
  const negative = steps.length - positive;
  return { positive, negative, zero: A.rows - positive - negative };
}

/** vᵀAv > 0 for all v ≠ 0, decided exactly. */
export function isPositiveDefinite(A: Matrix): boolean {
  return inertia(A).positive === A.rows;
}

/** A vector v with vᵀAv < 0, or undefined when A is positive semidefinite; verified before it is returned. */
export function negativeDirection(A: Matrix): readonly Rational[] | undefined {
  const steps = diagonalise(A);
  const k = steps.findIndex(({ sign }) => sign < 0);
  if (k < 0) return undefined;
  // v = d − P·(PᵀAP)⁻¹PᵀAd with P the earlier pivot directions: vᵀAv is the k-th pivot of the LDLᵀ.
  const earlier = steps.slice(0, k).map(({ direction }) => direction);
  const images = earlier.map((direction) => multiplyVector(A, direction));
  const d = steps[k]!.direction;
  const block = clearVector([
    ...images.flatMap((image) => earlier.map((direction) => inner(image, direction))),
    ...images.map((image) => inner(image, d).neg()),
  ]).numerators;
  const solution = solveSquare(block.slice(0, k * k), k, [block.slice(k * k)])?.[0];
  if (!solution) throw new Error('negativeDirection: a leading block is singular');
  const v = d.map((entry, i) =>
    earlier.reduce(
      (sum, direction, l) =>
        sum.add(direction[i]!.mul(new Rational(solution.numerators[l]!, solution.denominator))),
      entry,
    ),
  );
  if (!(quadraticForm(A, v).sign < 0)) throw new Error('negativeDirection: the direction is not negative');
  return v;
}

/** vᵀAv */
export function quadraticForm(A: Matrix, v: readonly Rational[]): Rational {
  requireLength('quadraticForm: v', v, A.cols);
  return inner(multiplyVector(A, v), v);
}

const inner = (u: readonly Rational[], v: readonly Rational[]): Rational =>
  u.reduce((sum, entry, i) => sum.add(entry.mul(v[i]!)), Rational.zero);

interface Step {
  /** of the pivot of LDLᵀ */
  readonly sign: 1 | -1;
  /** the basis vector eliminated: e_i, or e_i plus others after a congruence */
  readonly direction: readonly Rational[];
}

function diagonalise(A: Matrix): Step[] {
  const n = requireSymmetric(A);
  const { numerators } = clearVector(A.entries); // one positive factor for all entries keeps the inertia
  const M = Array.from({ length: n }, (_, i) => numerators.slice(i * n, (i + 1) * n));
  const basis = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? Rational.one : Rational.zero)),
  );
  let remaining = Array.from({ length: n }, (_, i) => i);
  let previous = 1n;
  const steps: Step[] = [];
  while (remaining.length > 0) {
    let k = remaining.find((i) => M[i]![i] !== 0n);
    if (k === undefined) {
      const pair = offDiagonal(M, remaining);
      if (!pair) break;
      const [i, j] = pair;
      for (const l of remaining) M[i]![l] = M[i]![l]! + M[j]![l]!;
      for (const l of remaining) M[l]![i] = M[l]![i]! + M[l]![j]!;
      basis[i] = basis[i]!.map((entry, l) => entry.add(basis[j]![l]!));
      k = i;
    }
    const pivot = M[k]![k]!;
    remaining = remaining.filter((i) => i !== k);
    for (const i of remaining) {
      for (const j of remaining) M[i]![j] = (M[i]![j]! * pivot - M[i]![k]! * M[k]![j]!) / previous;
    }
    steps.push({ sign: pivot > 0n === previous > 0n ? 1 : -1, direction: basis[k]! });
    previous = pivot;
  }
  return steps;
}

function offDiagonal(M: readonly bigint[][], remaining: readonly number[]): [number, number] | undefined {
  for (const i of remaining) {
    for (const j of remaining) if (M[i]![j] !== 0n) return [i, j];
  }
  return undefined;
}

function requireSymmetric(A: Matrix): number {
  if (A.rows !== A.cols)
    throw new RangeError(`inertia: expected a square matrix, received ${A.rows}×${A.cols}`);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < i; j++) {
      if (!A.entries[i * A.cols + j]!.equals(A.entries[j * A.cols + i]!)) {
        throw new RangeError(`inertia: the matrix is not symmetric at (${i}, ${j})`);
      }
    }
  }
  return A.rows;
}
