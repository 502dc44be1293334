/**
 * Gaussian elimination modulo a prime p < 2²⁶ on residues held as float64: every product and sum stays below 2⁵³ and
 * is exact. The rank found is at most the rank over Q, since a minor that is non-zero mod p is non-zero.
 */
export interface Pivots {
  /** indices into the matrix as it was given, in the order of elimination */
  readonly pivotRows: readonly number[];
  /** increasing */
  readonly pivotCols: readonly number[];
}

/**
 * Eliminates `residues` (rows × cols, row-major, entries in [0, p)) in place; pivots are sought in the first
 * `pivotable` columns. With `reduced`, ends in reduced row echelon form: row k is the one of pivot k.
 * Cost: O(rows · cols · rank).
 */
export type ModularElimination = (
  residues: Float64Array,
  rows: number,
  cols: number,
  pivotable: number,
  prime: number,
  reduced: boolean,
) => Pivots;

export const eliminateModular: ModularElimination = (residues, rows, cols, pivotable, prime, reduced) => {
  const order = Array.from({ length: rows }, (_, i) => i);
  const pivotCols: number[] = [];
  const inversePrime = 1 / prime;
  for (let c = 0; c < pivotable && pivotCols.length < rows; c++) {
    const r = pivotCols.length;
    let k = r;
    while (k < rows && residues[k * cols + c] === 0) k++;
    if (k === rows) continue;
    if (k !== r) {
      residues.slice(k * cols, (k + 1) * cols).forEach((value, j) => {
        residues[k * cols + j] = residues[r * cols + j]!;
        residues[r * cols + j] = value;
      });
      [order[k], order[r]] = [order[r]!, order[k]!];
    }
    const pivot = r * cols;
    const inverse = inverseModulo(residues[pivot + c]!, prime);
    for (let j = c; j < cols; j++) {
      const x = residues[pivot + j]! * inverse;
      residues[pivot + j] = settle(x - Math.floor(x * inversePrime) * prime, prime);
    }
    for (let i = reduced ? 0 : r + 1; i < rows; i++) {
      const row = i * cols;
      const factor = residues[row + c]!;
      if (factor === 0 || i === r) continue;
      const negative = prime - factor;
      for (let j = c; j < cols; j++) {
        const x = residues[row + j]! + negative * residues[pivot + j]!;
        const y = x - Math.floor(x * inversePrime) * prime;
        residues[row + j] = y >= prime ? y - prime : y < 0 ? y + prime : y;
      }
    }
    pivotCols.push(c);
  }
  return { pivotRows: order.slice(0, pivotCols.length), pivotCols };
};

/** x mod p for each entry, in [0, p). */
export function residuesOf(entries: readonly bigint[], prime: number): Float64Array {
  const residues = new Float64Array(entries.length);
  const p = BigInt(prime);
  for (let k = 0; k < entries.length; k++) {
    const remainder = Number(entries[k]! % p);
    residues[k] = remainder < 0 ? remainder + prime : remainder;
  }
  return residues;
}

/** The floor of a rounded quotient may be one off; both corrections are exact. */
const settle = (y: number, prime: number): number => (y >= prime ? y - prime : y < 0 ? y + prime : y);

/** Inverse of a ≢ 0 modulo a prime, by the extended Euclidean algorithm in exact small integers. */
export function inverseModulo(a: number, prime: number): number {
  let [t, nextT, r, nextR] = [0, 1, prime, a];
  while (nextR !== 0) {
    const quotient = Math.floor(r / nextR);
    [t, nextT] = [nextT, t - quotient * nextT];
    [r, nextR] = [nextR, r - quotient * nextR];
  }
  return t < 0 ? t + prime : t;
}

/** B⁻¹ mod p (r × r), or undefined when B is singular mod p. */
export function invertModular(
  entries: readonly bigint[],
  r: number,
  prime: number,
  eliminate: ModularElimination = eliminateModular,
): Float64Array | undefined {
  const residues = residuesOf(entries, prime);
  const joined = new Float64Array(r * 2 * r);
  for (let i = 0; i < r; i++) {
    joined.set(residues.subarray(i * r, (i + 1) * r), i * 2 * r);
    joined[i * 2 * r + r + i] = 1;
  }
  if (eliminate(joined, r, 2 * r, r, prime, true).pivotCols.length < r) return undefined;
  const inverse = new Float64Array(r * r);
  for (let i = 0; i < r; i++) inverse.set(joined.subarray(i * 2 * r + r, (i + 1) * 2 * r), i * r);
  return inverse;
}
