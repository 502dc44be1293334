import type { IntegerVector } from './linear-algebra-matrix.ts';
import { invertModular, type ModularElimination } from './modular-elimination.ts';
import { reconstructVector } from './modular-reconstruction.ts';

/**
 * Solves B·x = c for a square integer matrix that is non-singular mod p, by p-adic lifting (Dixon 1982) with early
 * termination: a candidate is returned only after B·x = c was verified in integers. Returns one vector for each
 * column of `right`, or undefined when B is singular mod p.
 * Cost: one inverse mod p, then O(r²) float operations for each p-adic digit of each solution.
 */
export function liftSolve(
  entries: readonly bigint[],
  r: number,
  right: readonly (readonly bigint[])[],
  prime: number,
  eliminate?: ModularElimination,
): IntegerVector[] | undefined {
  const inverse = invertModular(entries, r, prime, eliminate);
  if (!inverse) return undefined;
  const product = limbProduct(entries, r);
  return right.map((c) => liftColumn(entries, r, c, prime, inverse, product));
}

function liftColumn(
  entries: readonly bigint[],
  r: number,
  right: readonly bigint[],
  prime: number,
  inverse: Float64Array,
  product: (digits: Float64Array) => bigint[],
): IntegerVector {
  const p = BigInt(prime);
  const limit = digitLimit(entries, r, right, prime);
  let residual = [...right];
  const solution: bigint[] = new Array(r).fill(0n);
  const remainders = new Float64Array(r);
  let modulus = 1n;
  let attempt = 2;
  for (let digit = 1; ; digit++) {
    for (let i = 0; i < r; i++) {
      const remainder = Number(residual[i]! % p);
      remainders[i] = remainder < 0 ? remainder + prime : remainder;
    }
    const digits = multiplyModular(inverse, remainders, r, prime);
    const reached = product(digits);
    residual = residual.map((value, i) => (value - reached[i]!) / p);
    for (let i = 0; i < r; i++)
      if (digits[i] !== 0) solution[i] = solution[i]! + BigInt(digits[i]!) * modulus;
    modulus *= p;
    if (digit < attempt && digit < limit) continue;
    attempt = Math.ceil(digit * 1.4) + 1;
    const candidate = reconstructVector(solution, modulus);
    if (candidate && solves(entries, r, right, candidate)) return candidate;
    if (digit >= limit) throw new Error('liftSolve: no solution below the Hadamard bound'); // impossible by Cramer's rule
  }
}

function solves(
  entries: readonly bigint[],
  r: number,
  right: readonly bigint[],
  { numerators, denominator }: IntegerVector,
): boolean {
  for (let i = 0; i < r; i++) {
    let sum = 0n;
    for (let j = 0; j < r; j++) sum += entries[i * r + j]! * numerators[j]!;
    if (sum !== denominator * right[i]!) return false;
  }
  return true;
}

/** Digits after which Cramer's rule and Hadamard's bound on [B | c] guarantee the reconstruction. */
function digitLimit(entries: readonly bigint[], r: number, right: readonly bigint[], prime: number): number {
  let bits = 1;
  for (let i = 0; i < r; i++) {
    let largest = bitLength(right[i]!);
    for (let j = 0; j < r; j++) largest = Math.max(largest, bitLength(entries[i * r + j]!));
    bits += largest + Math.log2(r + 1) / 2 + 1;
  }
  return Math.ceil((2 * bits + 4) / Math.log2(prime)) + 1;
}

/** An upper bound of the number of binary digits. */
const bitLength = (x: bigint): number => x.toString(16).length * 4;

/** M·v mod p; the partial sums stay below 2⁵³. */
function multiplyModular(M: Float64Array, v: Float64Array, r: number, prime: number): Float64Array {
  const cap = prime * Math.floor(2 ** 52 / prime);
  const result = new Float64Array(r);
  for (let i = 0; i < r; i++) {
    let sum = 0;
    const row = i * r;
    for (let j = 0; j < r; j++) {
      sum += M[row + j]! * v[j]!;
      if (sum >= cap) sum -= cap;
    }
    result[i] = sum % prime;
  }
  return result;
}

/**
 * x ↦ B·x for digits x < 2²⁶, in floats: B is split into limbs below 2²⁴ and x into halves of 13 bits, so that a sum
 * of up to 2¹⁵ products is exact.
 */
function limbProduct(entries: readonly bigint[], r: number): (digits: Float64Array) => bigint[] {
  if (r > 2 ** 15) throw new RangeError(`liftSolve: ${r} rows are more than 2¹⁵`);
  const limbs: Float64Array[] = [];
  entries.forEach((entry, k) => {
    const sign = entry < 0n ? -1 : 1;
    let rest = entry < 0n ? -entry : entry;
    for (let l = 0; rest !== 0n; l++) {
      limbs[l] ??= new Float64Array(entries.length);
      limbs[l]![k] = sign * Number(rest & 0xffffffn);
      rest >>= 24n;
    }
  });
  return (digits) => {
    const low = digits.map((digit) => digit % 8192);
    const high = digits.map((digit) => Math.floor(digit / 8192));
    return Array.from({ length: r }, (_, i) => {
      let value = 0n;
      for (let l = limbs.length - 1; l >= 0; l--) {
        const limb = limbs[l]!;
        const row = i * r;
        let lowSum = 0;
        let highSum = 0;
        for (let j = 0; j < r; j++) {
          const entry = limb[row + j]!;
          lowSum += entry * low[j]!;
          highSum += entry * high[j]!;
        }
        value = (value << 24n) + BigInt(lowSum) + (BigInt(highSum) << 13n);
      }
      return value;
    });
  };
}
