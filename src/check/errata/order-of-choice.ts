/** Erratum 12: S′ and the b_j of section A.4. */
import { inSpan, one, rational, scale, type Vector, zero } from './exact.ts';
import { type Findings, fact } from './finding.ts';
import { features, type Numbers, residual } from './residual.ts';

export interface OrderCase {
  readonly dz: number;
}

/**
 * W = 0 ∈ ℝ^{2×2}, a = e_1, S′ = {0} ∪ {(0, a b_jᵀ)}. "Arbitrary" allows b_j = e_1 for every j; the theorem needs b_c = e_c.
 */
export async function orderFindings({ dz }: OrderCase = { dz: 2 }): Promise<Findings> {
  const epsilon = rational('1/100');
  const [dx, dy] = [2, 2];
  const m = dx + dz;
  const rows = (from: number, to: number): Numbers[] =>
    Array.from({ length: m }, (_, i) =>
      Array.from({ length: to - from }, (_u, k) => (i === from + k ? 1 : 0)),
    );
  const model = await residual({
    x: rows(0, dx),
    z: rows(dx, m),
    y: Array.from({ length: m }, () => [0, 0]),
    W: [
      [0, 0],
      [0, 0],
    ],
    R: Array.from({ length: dx }, () => new Array(dz).fill(0)),
  });
  /** (0, a e_bᵀ): R stands after the dy·dx entries of W, and a = e_1 is its first row. */
  const point = (b: number): Vector => model.theta.map((_, k) => (k === dx * dy + b ? one : zero));
  const origin = scale(zero, model.theta);
  const same = [origin, ...Array.from({ length: dy * dz }, () => point(0))];
  const different = [origin, ...Array.from({ length: dz }, (_, c) => point(c))];
  const contains = (S: readonly Vector[]): boolean => {
    const span = model.perturbedPartials(S, epsilon);
    return features(model).every((feature) => inSpan(feature, span));
  };
  const inside = [...same, ...different].every((v) => model.inV(v, epsilon));
  return {
    comparisons: [
      {
        claim: `every α_w x + α_r z is some f̃(X; α′, ε, S′), dy = ${dy}, dz = ${dz}`,
        printed: {
          text: `yes, for ${same.length} points with any b_j, such as b_j = e_1`,
          holds: contains(same),
        },
        right: { text: `yes, for ${different.length} points with b_c = e_c`, holds: contains(different) },
      },
    ],
    facts: [fact('S′ ⊂ V[θ, ε], ε = 1/100', inside, inside)],
  };
}
