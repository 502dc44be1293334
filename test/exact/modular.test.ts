import { describe, expect, test } from 'vitest';
import { bareissSolve } from '../../src/exact/linear-algebra-bareiss.ts';
import { eliminateModular, inverseModulo, invertModular } from '../../src/exact/modular-elimination.ts';
import { liftSolve } from '../../src/exact/modular-lifting.ts';
import { isPrime, modularPrime } from '../../src/exact/modular-prime.ts';
import { reconstructVector, squareRoot } from '../../src/exact/modular-reconstruction.ts';
import { stream } from './linear-algebra-samples.ts';

const integer = (random: () => number, bits: number): bigint => {
  let value = 0n;
  for (let k = 0; k < bits; k += 24) value = (value << 24n) + BigInt(Math.floor(random() * 2 ** 24));
  return random() < 0.5 ? -value : value;
};

describe('arithmetic modulo primes', () => {
  test('the primes are prime, distinct and below 2²⁶', () => {
    const primes = Array.from({ length: 20 }, (_, k) => modularPrime(k));
    expect(primes[0]).toBe(67108859);
    expect(new Set(primes).size).toBe(20);
    expect(primes.every((p) => isPrime(p) && p < 2 ** 26)).toBe(true);
    expect([0, 1, 2, 3, 4, 9, 25, 67108857, 67108861, 2.5].map(isPrime)).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test('elimination agrees with BigInt elimination at extreme residues', () => {
    const prime = modularPrime(0);
    const p = BigInt(prime);
    const random = stream(5);
    for (let trial = 0; trial < 60; trial++) {
      const [m, n] = [1 + (trial % 7), 1 + (trial % 5)];
      const values = Float64Array.from({ length: m * n }, () =>
        random() < 0.3
          ? 0
          : random() < 0.5
            ? prime - 1 - Math.floor(random() * 2)
            : Math.floor(random() * prime),
      );
      const reference = Array.from(values, BigInt);
      const { pivotRows, pivotCols } = eliminateModular(values, m, n, n, prime, true);
      let r = 0;
      for (let c = 0; c < n && r < m; c++) {
        let k = r;
        while (k < m && reference[k * n + c] === 0n) k++;
        if (k === m) continue;
        for (let j = 0; j < n; j++) {
          [reference[k * n + j], reference[r * n + j]] = [reference[r * n + j]!, reference[k * n + j]!];
        }
        const inverse = BigInt(inverseModulo(Number(reference[r * n + c]), prime));
        expect((inverse * reference[r * n + c]!) % p).toBe(1n);
        for (let j = 0; j < n; j++) reference[r * n + j] = (reference[r * n + j]! * inverse) % p;
        for (let i = 0; i < m; i++) {
          const factor = reference[i * n + c]!;
          if (i === r) continue;
          for (let j = 0; j < n; j++) {
            reference[i * n + j] = (((reference[i * n + j]! - factor * reference[r * n + j]!) % p) + p) % p;
          }
        }
        expect(pivotCols[r]).toBe(c);
        r++;
      }
      expect(pivotCols.length).toBe(r);
      expect(new Set(pivotRows).size).toBe(r);
      expect(Array.from(values, BigInt)).toEqual(reference);
    }
  });

  // Here floor(x·(1/p)) is one too small at x = k·p, so that p itself would stay behind as a residue.
  test.each([
    [7753, 7752],
    [7933, 4096],
    [67108597, 15],
    [67108331, 8],
  ])('multiples of %i reduce to zero', (prime, k) => {
    expect(Math.floor(k * prime * (1 / prime))).toBe(k - 1);
    for (const reduced of [false, true]) {
      const rankOne = Float64Array.of(1, k, 1, k);
      expect(eliminateModular(rankOne, 2, 2, 2, prime, reduced).pivotCols).toEqual([0]);
      expect(Array.from(rankOne)).toEqual([1, k, 0, 0]);
    }
  });

  test('a matrix singular mod p has no inverse', () => {
    const p = BigInt(modularPrime(0));
    expect(invertModular([p], 1, modularPrime(0))).toBeUndefined();
    expect(liftSolve([p, 0n, 0n, 1n], 2, [[1n, 1n]], modularPrime(0))).toBeUndefined();
    expect(liftSolve([p, 0n, 0n, 1n], 2, [[1n, 1n]], modularPrime(1))).toEqual([
      { numerators: [1n, p], denominator: p },
    ]);
  });
});

describe('p-adic lifting', () => {
  test('agrees with fraction-free elimination', () => {
    for (let trial = 0; trial < 40; trial++) {
      const random = stream(trial + 1);
      const r = 1 + (trial % 12);
      const bits = [1, 20, 53, 120, 300][trial % 5]!;
      const B = Array.from({ length: r * r }, () => integer(random, bits));
      const right = [0, 1, 2].map((k) =>
        Array.from({ length: r }, () => (k === 0 ? 0n : integer(random, bits))),
      );
      const fractionFree = bareissSolve(B, r, right);
      const lifted = liftSolve(B, r, right, modularPrime(trial % 3));
      expect(lifted !== undefined).toBe(fractionFree !== undefined);
      lifted?.forEach((vector, k) => {
        const other = fractionFree![k]!;
        vector.numerators.forEach((numerator, i) => {
          expect(numerator * other.denominator).toBe(other.numerators[i]! * vector.denominator);
        });
      });
    }
  });

  test('reconstruction finds planted fractions and refuses what does not fit', () => {
    const modulus = 1_000_003n ** 8n;
    const invert = (a: bigint): bigint => {
      let [t, nt, r, nr] = [0n, 1n, modulus, a % modulus];
      while (nr !== 0n) [t, nt, r, nr] = [nt, t - (r / nr) * nt, nr, r % nr];
      return ((t % modulus) + modulus) % modulus;
    };
    const random = stream(3);
    for (let trial = 0; trial < 50; trial++) {
      const factors = [1n, 6n, 35n, 12n];
      const fractions = factors.map((d) => [integer(random, 24), d] as const);
      const residues = fractions.map(([n, d]) => (((n * invert(d)) % modulus) + modulus) % modulus);
      const found = reconstructVector(residues, modulus)!;
      fractions.forEach(([n, d], i) => {
        expect(found.numerators[i]! * d).toBe(n * found.denominator);
      });
    }
    const noise = Array.from({ length: 6 }, () => ((integer(random, 160) % modulus) + modulus) % modulus);
    expect(reconstructVector(noise, modulus)).toBeUndefined();
  });

  test('integer square roots', () => {
    for (let n = 0n; n < 300n; n++) {
      const root = squareRoot(n);
      expect(root * root <= n && (root + 1n) * (root + 1n) > n).toBe(true);
    }
    const big = 12345678901234567890123456789n;
    expect([squareRoot(big * big), squareRoot(big * big - 1n)]).toEqual([big, big - 1n]);
  });
});
