import type { Activation } from '../../../src/models/model.ts';

/**
 * Running error analysis: a float64 value `v` and a bound `e` on how far a float32 computation of the same number can be
 * from it, whatever the order of summation (Higham, Accuracy and Stability of Numerical Algorithms, §3.1, §3.3).
 */
export interface Bounded {
  readonly v: number;
  readonly e: number;
}

/** unit roundoff of float32 */
const U = 2 ** -24;
/** a result below the normal range may be flushed to zero */
const TINY = 2 ** -126;
/**
 * Absolute error of a library's tanh, sigmoid, softplus, in units of U·(1 + |value|). WGSL's exp may be off by
 * 3 + 2|x| ulp and a division by 2.5; e^(−2|x|)(3 + 4|x|) ≤ 4 bounds what that does to tanh.
 */
const FUNCTION_ERROR = 16;

export const input = (x: number): Bounded => ({ v: x, e: U * Math.abs(x) + TINY });
export const exactly = (x: number): Bounded => ({ v: x, e: 0 });

export function sum(a: Bounded, b: Bounded): Bounded {
  const v = a.v + b.v;
  const e = a.e + b.e;
  return { v, e: e + U * (Math.abs(v) + e) + TINY };
}

export function product(a: Bounded, b: Bounded): Bounded {
  const v = a.v * b.v;
  const e = Math.abs(a.v) * b.e + Math.abs(b.v) * a.e + a.e * b.e;
  return { v, e: e + U * (Math.abs(v) + e) + TINY };
}

export function dot(a: readonly Bounded[], b: readonly Bounded[]): Bounded {
  let v = 0;
  let e = 0;
  let magnitude = 0;
  a.forEach((x, i) => {
    const y = b[i]!;
    v += x.v * y.v;
    const term = Math.abs(x.v) * y.e + Math.abs(y.v) * x.e + x.e * y.e;
    e += term;
    magnitude += Math.abs(x.v * y.v) + term;
  });
  const n = a.length;
  return { v, e: e + ((n * U) / (1 - n * U)) * magnitude + n * TINY };
}

const KINKED = new Set(['relu', 'leaky-relu', 'abs']);

/** sup |σ′| and sup |σ″| over |x| ≤ r, away from kinks */
function slopes({ name, slope = 0 }: Activation, r: number): readonly [number, number] {
  switch (name) {
    case 'square':
      return [2 * r, 2];
    case 'cube':
      return [3 * r * r, 6 * r];
    case 'leaky-relu':
      return [Math.max(1, Math.abs(slope)), 0];
    case 'identity':
    case 'relu':
    case 'abs':
      return [1, 0];
    default:
      return [1, 1]; // tanh, sigmoid, softplus
  }
}

/** σ(z) and σ′(z). Throws when the float32 z may lie on the other side of a kink, where σ′ has no bound. */
export function activation(of: Activation, z: Bounded): readonly [Bounded, Bounded] {
  if (KINKED.has(of.name) && !(Math.abs(z.v) > z.e)) throw new Error(`${of.name} at ${z.v} ± ${z.e}`);
  const [first, second] = slopes(of, Math.abs(z.v) + z.e);
  const value = of.value(z.v);
  const derivative = of.derivative(z.v);
  const own = (x: number): number => (of.name === 'identity' ? 0 : FUNCTION_ERROR * U * (1 + Math.abs(x)));
  return [
    { v: value, e: first * z.e + own(value) },
    { v: derivative, e: second * z.e + own(derivative) },
  ];
}
