import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { rank } from '../exact/linear-algebra.ts';
import { gramRow, rejudgeRows, spreadRows } from '../numeric/backend/rejudge.ts';
import type { BackendChoice } from '../numeric/backend/select.ts';
import type { DenseKernels } from '../numeric/float64/kernels.ts';
import { jacobianVectorProduct, vectorJacobianProduct } from '../numeric/network/backward.ts';
import { numericalRank, structuredGram } from '../numeric/network/gram.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { networkPass } from './float-network.ts';
import type { BasisReport } from './report.ts';
import { exactJacobian, numericalRankOfJacobian } from './right-hand-side/span.ts';
import { GRAM_ROWS, leastSingularValue } from './wide/surjective.ts';

/** Above this many rows the eigenvalues cost more than a report is worth. */
const EIGENVALUE_ROWS = 1_500;
/** A float32 Gram matrix further from float64 than this is thrown away. */
const FLOAT32_LIMIT = 1e-3;

/** What the float computations of one check run on. */
export interface Numerics {
  readonly choice: BackendChoice;
  readonly kernels: DenseKernels;
}

/**
 * dim range J(θ), the dimension of the gradient basis, and how it is known: exactly over Q, else numerically. For a
 * network JJᵀ is formed by its Kronecker structure, on the backend when there is one (its float32 rows are then
 * compared with float64); else J is factored. Undefined when it is too large, or there is no J.
 */
export function basisDimension(
  context: CheckContext,
  numerics: () => Promise<Numerics>,
): Promise<BasisReport | undefined> {
  return dimension(context, numerics).catch((error: unknown) => {
    if (error instanceof Inexpressible || error instanceof AtKink || error instanceof TimeLimit)
      return undefined;
    throw error;
  });
}

async function dimension(
  context: CheckContext,
  numerics: () => Promise<Numerics>,
): Promise<BasisReport | undefined> {
  context.deadline.check();
  const { instance } = context;
  const of = instance.m * instance.model.outputs;
  const J = exactJacobian(context);
  if (J) return { dimension: rank(J).rank, of, tier: 'exact', detail: 'rank of J(θ) over Q' };
  if (!instance.model.network) {
    const found = numericalRankOfJacobian(context);
    return { dimension: found, of, tier: 'numeric', detail: 'pivoted Gram–Schmidt on J(θ) in float64' };
  }
  if (leastSingularValue(context) !== undefined)
    return {
      dimension: of,
      of,
      tier: 'certified',
      detail: 'JJᵀ is positive definite: a Cholesky factor, its residual bounded',
    };
  if (of > GRAM_ROWS) return undefined;
  const { choice, kernels } = await numerics();
  const { network } = instance.model;
  const pass = networkPass(context.problem);
  if (choice.backend) {
    const proposed = await choice.backend.gram(
      network,
      instance.parameters.floats(),
      instance.inputs.floats(),
      instance.trainable,
    );
    const referee = gramRow(
      {
        rows: of,
        jvp: (direction) => jacobianVectorProduct(pass, direction),
        vjp: (cotangent) => vectorJacobianProduct(pass, cotangent),
      },
      instance.trainableIndices,
    );
    const { largest, compared } = rejudgeRows(proposed, of, spreadRows(of, 8), referee);
    if (largest <= FLOAT32_LIMIT) {
      if (of > EIGENVALUE_ROWS) return undefined;
      const K = Float64Array.from(proposed);
      const scale = Math.max(...Array.from({ length: of }, (_, i) => K[i * of + i]!));
      const found = numericalRank(K, of, kernels, of * 2 ** -23 * scale);
      return {
        dimension: found.rank,
        of,
        tier: 'numeric',
        detail: `eigenvalues of JJᵀ in float32 on ${choice.name}; ${compared} entries agree with float64 to ${largest.toExponential(1)}`,
      };
    }
  }
  if (of > EIGENVALUE_ROWS) return undefined;
  const found = numericalRank(structuredGram(pass, { trainable: instance.trainable }), of, kernels);
  return { dimension: found.rank, of, tier: 'numeric', detail: 'eigenvalues of JJᵀ in float64' };
}
