import { expect, test } from 'vitest';
import { checkRank, nullSpace, rank } from '../../../src/exact/linear-algebra.ts';
import { eliminateModular } from '../../../src/exact/modular-elimination.ts';
import { modularPrime } from '../../../src/exact/modular-prime.ts';
import { wasmCandidate } from '../../../src/numeric/float64/select.ts';
import { dyadic, product, randomMatrix } from '../../exact/linear-algebra-samples.ts';
import { stream } from '../network/sample-networks.ts';

const eliminate = (await wasmCandidate.load()).eliminate!;

test('wasm elimination mod p is the plain one, to the last residue', () => {
  let deficient = 0;
  for (let trial = 0; trial < 200; trial++) {
    const random = stream(trial + 1);
    const prime = [modularPrime(0), modularPrime(3), 2, 3, 65537][trial % 5]!;
    const [m, n] = [Math.floor(random() * 12), Math.floor(random() * 12)];
    const pivotable = Math.floor(random() * (n + 1));
    const values = Float64Array.from({ length: m * n }, () =>
      random() < 0.4 ? 0 : random() < 0.3 ? prime - 1 : Math.floor(random() * prime),
    );
    const copy = values.slice();
    const plain = eliminateModular(values, m, n, pivotable, prime, trial % 2 === 0);
    expect(eliminate(copy, m, n, pivotable, prime, trial % 2 === 0)).toEqual(plain);
    expect(copy).toEqual(values);
    if (plain.pivotCols.length < Math.min(m, pivotable)) deficient++;
  }
  expect(deficient).toBeGreaterThan(10);
});

// Where the plain elimination needs its correction of the quotient, the wasm kernel needs it too.
test.each([
  [7753, 7752],
  [7933, 4096],
  [67108597, 15],
  [67108331, 8],
])('multiples of %i reduce to zero', (prime, k) => {
  expect(Math.floor(k * prime * (1 / prime))).toBe(k - 1);
  const rankOne = Float64Array.of(1, k, k, 1, k, k);
  expect(eliminate(rankOne, 2, 3, 3, prime, false).pivotCols).toEqual([0]);
  expect(Array.from(rankOne)).toEqual([1, k, k, 0, 0, 0]);
});

test('exact rank with the wasm elimination', () => {
  const random = stream(8);
  const A = product(randomMatrix(50, 31, random, dyadic), randomMatrix(31, 60, random, dyadic));
  const result = rank(A, { eliminate });
  expect(result.rank).toBe(31);
  expect(checkRank(A, result)).toBe(true);
  expect(nullSpace(A, { eliminate }).vectors.length).toBe(29);
});
