import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { exponential, floorDivide, ln2, pi } from '../../src/exact/fixed-point.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { random, SEED } from '../certified/interval-samples.ts';

const D = Decimal.clone({ precision: 700, minE: -9e15, maxE: 9e15 });
const E = Decimal.clone({ precision: 220, minE: -9e15, maxE: 9e15 });

/** lower ≤ value·2^bits ≤ upper, the reference being good to all but 20 of its digits */
function encloses(
  { lower, upper }: { lower: bigint; upper: bigint },
  value: Decimal,
  digits: number,
): boolean {
  const slack = value.abs().times(`1e-${digits - 20}`);
  return value.minus(slack).gte(`${lower}`) && value.plus(slack).lte(`${upper}`);
}

describe('fixed point', () => {
  it('encloses ln 2 and π at every precision, within a few units', () => {
    for (const bits of [1, 8, 53, 54, 200, 1000, 1357, 2000, 300, 1001]) {
      const scale = new D(2).pow(bits);
      for (const [enclosure, value] of [
        [ln2(bits), new D(2).ln()],
        [pi(bits), new D(-1).acos()],
      ] as const) {
        expect(encloses(enclosure, value.times(scale), 700)).toBe(true);
        expect(enclosure.upper - enclosure.lower).toBeLessThanOrEqual(2n);
      }
    }
  });

  it('encloses e^q for small, large and negative q, with a narrow relative width', () => {
    const r = random(SEED);
    for (let k = 0; k < 200; k++) {
      const p = (BigInt(r.below(2 ** 32)) - 2n ** 31n) * 2n ** BigInt(r.below(30));
      const d = (BigInt(r.below(2 ** 32)) + 1n) * 2n ** BigInt(r.below(60));
      const q = new Rational(p || 1n, d);
      const bits = [16, 64, 100, 500][k % 4]!;
      const { lower, upper, exponent } = exponential(q, bits);
      const value = new E(`${q.numerator}`).div(`${q.denominator}`).exp();
      expect(encloses({ lower, upper }, value.times(new E(2).pow(bits - Number(exponent))), 220)).toBe(true);
      expect(upper - lower).toBeLessThan(BigInt(4 * bits + 100));
      expect(lower >= 1n << BigInt(bits)).toBe(true);
    }
  });

  it('is exact at 0', () => {
    expect(exponential(Rational.zero, 9)).toEqual({ lower: 512n, upper: 512n, exponent: 0n });
  });

  it('rounds quotients down', () => {
    expect([floorDivide(7n, 2n), floorDivide(-7n, 2n), floorDivide(-8n, 2n), floorDivide(0n, 3n)]).toEqual([
      3n,
      -4n,
      -4n,
      0n,
    ]);
  });
});
