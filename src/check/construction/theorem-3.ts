import { identity } from '../../exact/linear-algebra.ts';
import type { CheckContext } from '../check-context.ts';
import { epsilonOf } from '../perturbation/conclusion.ts';
import { blockMatrix, inner, named, ranked, rightInverse, shortNullVector, texts } from './matrices.ts';
import type { Proposal, ProposedSet } from './proposal.ts';
import { requireSmall } from './size.ts';

/**
 * The proof of Theorem 3 (A.4, in the form of MATH T3.5–T3.9) on an instance f = W(x + Rz). ∂f in the direction e_r e_cᵀ of
 * W is e_r (x + Rz)_c. If rank W = dy, ∂f in the direction X e_r e_cᵀ of R, WX = I, is e_r z_c, and S = {0}. If rank W < dx,
 * Wa = 0 for some a ≠ 0, ‖a‖ ≤ 1, and at S_c = (0, a e_cᵀ, 0) the derivative of f in the direction e_r aᵀ/(ε aᵀa) of W is
 * e_r z_c more than at 0. If rank W = dx < dy neither is possible. Exact whatever z is. Throws Inexpressible when W is
 * beyond the sizes of size.ts.
 */
export function proposeTheorem3(context: CheckContext): Proposal {
  const { instance } = context;
  const { W: blockW, R } = instance.model.residual!;
  requireSmall([blockW]);
  const epsilon = epsilonOf(context);
  const W = blockMatrix(instance, blockW);
  const [dy, dx] = [W.rows, W.cols];
  const dz = R.shape[1]!;
  const shown = ranked('W', W);
  const still = {
    base: [],
    step: null,
    chain: [],
    row: null,
    scale: null,
    normSquared: { base: '0', others: null },
  };
  const inputs: ProposedSet = {
    ...still,
    feature: 'x + Rz',
    columns: dx,
    kind: 'right-inverse',
    product: 'I',
    rightInverse: named('X', identity(dy)),
    moved: blockW.name,
  };
  const common = {
    theorem: 'theorem-3' as const,
    epsilon: epsilon.toString(),
    matrices: [shown],
    printed: null,
  };
  if (shown.rank === dy) {
    const branch: ProposedSet = {
      ...still,
      feature: 'z',
      columns: dz,
      kind: 'right-inverse',
      product: 'W',
      rightInverse: named('X', rightInverse(W)),
      moved: R.name,
    };
    return {
      ...common,
      sets: [inputs, branch],
      missing: [],
      detail: `rank W = dy = ${dy}: S′ = {0}, and R moves Wδ over every matrix`,
    };
  }
  if (shown.rank === dx) {
    return {
      ...common,
      sets: [inputs],
      missing: [{ feature: 'z', reason: `rank W = dx = ${dx} < dy = ${dy}: W has no null vector` }],
      detail: `rank W = dx = ${dx} < dy = ${dy}: neither case of the proof applies`,
    };
  }
  const a = shortNullVector(W);
  const square = inner(a, a);
  const branch: ProposedSet = {
    feature: 'z',
    columns: dz,
    kind: 'null-vectors',
    base: [],
    step: { block: R.name, left: texts(a) },
    product: 'I',
    rightInverse: named('X', identity(dy)),
    moved: blockW.name,
    chain: [{ layer: 1, vector: texts(a) }],
    row: texts(a),
    scale: epsilon.mul(square).toString(),
    normSquared: { base: '0', others: square.toString() },
  };
  return {
    ...common,
    sets: [inputs, branch],
    missing: [],
    detail: `rank W = ${shown.rank} < dx = ${dx}: Wa = 0, and S′ = {0} ∪ {(0, a·e_cᵀ, 0) : c = 1, …, ${dz}}`,
  };
}
