/** Primes below 2²⁶, largest first: residues multiply exactly in float64 (products < 2⁵²). */
export function modularPrime(index: number): number {
  while (known.length <= index) {
    let candidate = known.length === 0 ? 2 ** 26 - 1 : known[known.length - 1]! - 2;
    while (!isPrime(candidate)) candidate -= 2;
    known.push(candidate);
  }
  return known[index]!;
}

const known: number[] = [];

/** Trial division: exact, at most 4096 steps below 2²⁶. */
export function isPrime(n: number): boolean {
  if (!Number.isInteger(n) || n < 2) return false;
  if (n % 2 === 0) return n === 2;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
}
