import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { Rational } from '../kernel/rational.ts';

/**
 * ℓ*(ν; y) = sup_q ν·q − ℓ(q, y), exactly enclosed, for an exact ν; undefined where it is +∞.
 * With it a ν orthogonal to E bounds an infimum from below: dist(f) ≥ −Σ λ_i ℓ*(ν_i/λ_i) for every f ∈ E
 * (Fenchel–Young; Rockafellar, Convex Analysis, §31).
 */
export type Conjugate = (nu: readonly Rational[], y: readonly Rational[]) => Interval | undefined;

const A = intervalArithmetic;
const quarter = new Rational(1n, 4n);

/** ‖q−y‖²: ν·y + ‖ν‖²/4 */
export const squaredConjugate: Conjugate = (nu, y) =>
  A.rational(
    nu.reduce((sum, entry, k) => sum.add(entry.mul(y[k]!)).add(entry.mul(entry).mul(quarter)), Rational.zero),
  );

/** log Σ e^{q_k} − y·q: Σ p_k log p_k with p = ν + y, if p is a distribution (0 log 0 = 0) */
export const crossEntropyConjugate: Conjugate = (nu, y) => {
  const p = nu.map((entry, k) => entry.add(y[k]!));
  if (p.some((entry) => entry.sign < 0)) return undefined;
  if (!p.reduce((sum, entry) => sum.add(entry), Rational.zero).equals(Rational.one)) return undefined;
  return p.reduce<Interval>((sum, entry) => {
    if (entry.isZero) return sum;
    const value = A.rational(entry);
    return A.add(sum, A.mul(value, A.log(value)));
  }, A.zero);
};

/** max(0, 1−yq)² with y = ±1: t + t²/4 with t = yν, if t ≤ 0 */
export const squaredHingeConjugate: Conjugate = (nu, y) => {
  const t = nu[0]!.mul(y[0]!);
  return t.sign > 0 ? undefined : A.rational(t.add(t.mul(t).mul(quarter)));
};
