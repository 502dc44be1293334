/** Errata 5f and 6: the dimensions of residual models. */
import { isPositiveDefinite, matrix, rank } from '../../exact/linear-algebra.ts';
import { columnsOf, isZeroVector, rational, shapeOf, zeros } from './exact.ts';
import { type Comparison, compare, type Fact, type Findings, fact } from './finding.ts';
import { features, type ResidualCase, residual } from './residual.ts';

export interface DecoupledCase {
  readonly dx: number;
  readonly dy: number;
}

/** 5f: V z(x; u) is added to W x; dz = 3. */
export function decoupledFindings({ dx, dy }: DecoupledCase = { dx: 2, dy: 1 }): Findings {
  const dz = 3;
  const z = zeros(dz, 1);
  return {
    comparisons: [
      compare(
        `V z has the shape of W x, dx = ${dx}, dy = ${dy}, dz = ${dz}`,
        shapeOf([zeros(dx, dz), z]),
        shapeOf([zeros(dy, dz), z]),
        shapeOf([zeros(dy, dx), zeros(dx, 1)]),
      ),
    ],
  };
}

/** dy = 2 > dz = 1, at a strict local minimum. */
const FEW_FEATURES: ResidualCase = {
  x: [
    [1, 0],
    [0, 1],
    [0, 0],
    [0, 0],
  ],
  z: [[0], [0], [1], [0]],
  y: [
    [1, 0],
    [0, 1],
    [0, 0],
    [1, 0],
  ],
  W: [
    [1, 0],
    [0, 1],
  ],
  R: [[0], [0]],
};

/** dy = 2 > dx = 1 and rank W = dx, at a strict local minimum (a global one, by Eckart and Young). */
const MANY_OUTPUTS: ResidualCase = {
  x: [[1], [0]],
  z: [[0], [1]],
  y: [
    [2, 0],
    [0, 1],
  ],
  W: [[2], [0]],
  R: [[0]],
};

export async function dimensionConditionFindings(
  cases: readonly ResidualCase[] = [FEW_FEATURES, MANY_OUTPUTS],
): Promise<Findings> {
  const comparisons: Comparison[] = [];
  const facts: Fact[] = [];
  for (const each of cases) {
    const model = await residual(each);
    const [dy, dx, dz] = [each.W.length, each.R.length, each.R[0]!.length];
    const rankW = rank(matrix(dy, dx, each.W.flat().map(rational))).rank;
    const loss = model.loss();
    const least = model.leastLoss([...features(model), ...model.partials()]); // S = {0}
    const name = `dx = ${dx}, dy = ${dy}, dz = ${dz}, rank W = ${rankW}`;
    comparisons.push(
      compare(
        `the condition allows ${name}, where L(θ) = ${loss} and the right side (S = {0}) is ${least}`,
        dy <= Math.min(dx, dz),
        rankW === dy || rankW < dx,
        least.equals(loss),
      ),
    );
    if (least.equals(loss)) {
      // f_X is injective near θ, so S = {0} is every S.
      const independent = rank(columnsOf(model.targets().length, model.partials())).rank;
      facts.push(
        fact(
          `rank J(θ) = dθ, so V[θ, ε] = {0} for small ε, ${name}`,
          independent,
          independent === model.theta.length,
        ),
      );
    }
    const strict = isZeroVector(model.gradient()) && isPositiveDefinite(model.hessian());
    facts.push(
      fact(`strict local minimum, ${name}: ∇L(θ) = 0 and ∇²L(θ) is positive definite`, strict, strict),
    );
  }
  return { comparisons, facts };
}
