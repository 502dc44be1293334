/** Erratum 3: how long the perturbations of section A.5 are when K layers are perturbed at once. */
import type { Rational } from '../../kernel/rational.ts';
import { ExactInstance, inner, one, rational, type Vector, zero } from './exact.ts';
import { type Comparison, type Fact, type Findings, fact } from './finding.ts';

export interface NormBoundCase {
  /** numbers H of hidden layers of width 1; for each, K = H layers are perturbed */
  readonly depths: readonly number[];
}

/**
 * f = w_{H+1} ⋯ w_1 x with w_1 = 1 and the other weights 0: every A^(k) = 0, so l = 0 has l* = H + 2 and K = H, and all
 * a_k = ±1. The printed S has b_{k} = a_{k−1} = 1 for k = 2..H and b_1 free (here 1).
 */
export async function normBoundFindings(
  { depths }: NormBoundCase = { depths: [2, 3, 4] },
): Promise<Findings> {
  const comparisons: Comparison[] = [];
  const facts: Fact[] = [];
  for (const H of depths) {
    const model = await zeroTop(H);
    const printed = perturbation(H, one, one);
    const length = inner(printed, printed);
    const formula = rational(H - 1).add(one); // K − 1 + ‖b_1‖²
    // The entries are scaled by κ = K^{−1/2}: the squares of the entries by 1/K.
    const scaled = length.div(rational(H));
    comparisons.push({
      claim: `‖S_j‖² for K = ${H} perturbed layers, b_{l+1} = 1`,
      printed: { text: 'at most 1', holds: length.cmp(one) <= 0 },
      right: { text: scaled.toString(), holds: scaled.cmp(one) <= 0 },
    });
    facts.push(fact(`K − 1 + ‖b_{l+1}‖², printed, K = ${H}`, length, length.equals(formula)));
    const kept = await keeps(model, H);
    facts.push(fact(`with the factor κ no prediction changes, K = ${H}`, kept, kept));
  }
  return { comparisons, facts };
}

const epsilon = rational('1/100');

/** v: entry `top` for the layers 2..H, `first` for layer 1, nothing for layer H + 1. */
const perturbation = (H: number, top: Rational, first: Rational): Vector => [
  first,
  ...new Array<Rational>(H - 1).fill(top),
  zero,
];

/** f at θ + εv is a polynomial of degree ≤ H + 1 in κ: equal at H + 2 values of κ, equal for every κ. */
async function keeps(model: ExactInstance, H: number): Promise<boolean> {
  for (let k = 1; k <= H + 2; k++) {
    const κ = rational(`1/${k}`);
    if (!model.keepsPredictions(perturbation(H, κ, κ), epsilon)) return false;
  }
  return true;
}

const zeroTop = (H: number): Promise<ExactInstance> =>
  ExactInstance.from({
    model: { type: 'mlp', inputs: 1, layers: Array.from({ length: H + 1 }, () => ({ units: 1 })) },
    loss: { type: 'squared' },
    data: { inputs: [[1], [-1]], targets: [[1], [1]] },
    parameters: Object.fromEntries(
      Array.from({ length: H + 1 }, (_, k) => [`W${k + 1}`, [[k === 0 ? 1 : 0]]]),
    ),
  });
