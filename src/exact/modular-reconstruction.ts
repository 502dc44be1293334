import type { IntegerVector } from './linear-algebra-matrix.ts';

/**
 * Rational reconstruction (Wang 1981): numerators and one common denominator, all at most √(M/2), whose quotients are
 * congruent to the residues mod M. Undefined when there are none. At most one vector fits, but that it solves
 * anything is for the caller to verify.
 */
export function reconstructVector(residues: readonly bigint[], modulus: bigint): IntegerVector | undefined {
  const bound = squareRoot(modulus >> 1n);
  let denominator = 1n;
  const numerators: bigint[] = [];
  for (const residue of residues) {
    const scaled = symmetric((residue * denominator) % modulus, modulus);
    if (magnitude(scaled) <= bound) {
      numerators.push(scaled);
      continue;
    }
    const fraction = reconstruct(scaled, modulus, bound);
    if (!fraction) return undefined;
    const [numerator, factor] = fraction;
    denominator *= factor;
    if (denominator > bound) return undefined;
    for (let k = 0; k < numerators.length; k++) {
      numerators[k] = numerators[k]! * factor;
      if (magnitude(numerators[k]!) > bound) return undefined;
    }
    numerators.push(numerator);
  }
  return { numerators, denominator };
}

/** n/d ≡ residue (mod M) with |n|, d ≤ bound, by the half extended Euclidean algorithm. */
function reconstruct(residue: bigint, modulus: bigint, bound: bigint): [bigint, bigint] | undefined {
  let [r, nextR] = [modulus, residue < 0n ? residue + modulus : residue];
  let [t, nextT] = [0n, 1n];
  while (nextR > bound) {
    const quotient = r / nextR;
    [r, nextR] = [nextR, r - quotient * nextR];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  if (nextT === 0n || magnitude(nextT) > bound) return undefined;
  return nextT < 0n ? [-nextR, -nextT] : [nextR, nextT];
}

const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);

function symmetric(x: bigint, modulus: bigint): bigint {
  const positive = x < 0n ? x + modulus : x;
  return positive > modulus >> 1n ? positive - modulus : positive;
}

/** ⌊√n⌋ by Newton's iteration from above. */
export function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  x <<= 1n;
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
