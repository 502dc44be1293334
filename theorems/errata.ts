/**
 * Where the printed paper (doi 10.1162/neco_a_01234) is false, has a gap, or is misprinted: plain data. Each entry has a
 * check in src/check/errata, by the same id, that computes what is printed and what is right.
 *
 * A letter tells apart the misprints of one kind. Sharper forms of what is printed are remarks of the results.
 */
import type { Remark, Severity } from './result.ts';

export interface Erratum extends Remark {
  readonly id: string;
  /** the result that it concerns, an id of theorems/index.ts */
  readonly result: string;
  readonly title: string;
  readonly severity: Exclude<Severity, 'S'>;
  readonly printed: string;
  readonly right: string;
}

const all: readonly Erratum[] = [
  {
    id: 'erratum-1',
    result: 'theorem-4',
    severity: 'F',
    title: 'The block formula of f',
    place: 'section A.5',
    printed: 'blocks of size dy × dy with J^(l) ⊇ {1..dy}',
    right: 'blocks of size |J^(l)| × |J^(l−1)|',
    text:
      'Condition 3 does not make ξ^(l) vanish when |J^(l)| > dy: with H = 2, t = 0, dx = dy = 1, widths 2 and every ' +
      'weight 1, f = 4 and the printed formula gives 3. The proof then leaves V[θ, ε]. The theorem is right, with ' +
      'the larger blocks. The defect appears when H ≥ t + 2.',
  },
  {
    id: 'erratum-2',
    result: 'theorem-4',
    severity: 'F',
    title: 'Activations that mix coordinates',
    place: 'section 4.2.1',
    printed: 'σ^(l) : ℝ^{d_l} → ℝ^{d_l} is arbitrary',
    right: 'σ^(l) acts coordinatewise for l = t+1..H',
    text:
      'The proof uses it, and without it the theorem is false: σ(z_1, z_2) = (z_1, z_1²). It is enough that the ' +
      'coordinates of σ^(l)(z) outside J^(l) depend only on the coordinates of z outside J^(l).',
  },
  {
    id: 'erratum-3',
    result: 'theorem-4',
    severity: 'G',
    title: 'The length of the perturbations',
    place: 'section A.5',
    printed: '‖a_{l′}‖ = 1, b_{l′} = a_{l′−1}',
    right: 'scaled by K^{−1/2} for K perturbed layers',
    text:
      'With K ≥ 2 the printed perturbations have length √(K − 1 + ‖b_{l+1}‖²) > 1 as soon as b_{l+1} ≠ 0. The factor ' +
      'is compensated in α.',
  },
  {
    id: 'erratum-4a',
    result: 'theorem-4',
    severity: 'I',
    title: 'The range of the chain of null vectors',
    place: 'section A.5',
    printed: 'b_{l,j} = a_{l−1} for all l = l*−2, …, l',
    right: 'b_{l′,j} = a_{l′−1} for all l′ = l*−2, …, l+2',
    text: 'The printed range overwrites b_{l+1}, which is to stay free, and reaches a_l, which is not defined.',
  },
  {
    id: 'erratum-4b',
    result: 'theorem-4',
    severity: 'I',
    title: 'Shapes of blocks and coefficients',
    place: 'section A.5',
    printed:
      'α_j ∈ ℝ^{d_{l*}×d_{l*−1}}, α′_j ∈ ℝ^{dy×d_{l*−1}}, α_R^(l+1) ∈ ℝ^{d_{l+1}×d_l}, α_h^(l) ∈ ℝ^{dθ×d_l}, α ∈ ℝ^{dθ}, ' +
      'h̃^(t+1) = σ^(t+1)([ξ^(l) B^(l)] h^(t))',
    right:
      'α_j ∈ ℝ^{n_{l*−1}×n_{l*−2}}, α′_j ∈ ℝ^{dy×n_{l*−2}}, α_R^(l+1) ∈ ℝ^{n_{l+1}×d_l}, α_h^(l+1) ∈ ℝ^{dy×d_l}, ' +
      'α ∈ ℝ^{dθ×|S|}, h̃^(t+1) = σ^(t+1)([ξ^(t+1) B^(t+1)] h^(t))',
    text: 'Here n_l = |J^(l)|. With the printed shapes the products are not defined, or are no predictions.',
  },
  {
    id: 'erratum-4c',
    result: 'theorem-4',
    severity: 'I',
    title: 'The exponent of ε named t',
    place: 'section A.5',
    printed: 'α′_j = ε^{−t} q_j a_{l*−2}ᵀ, t being the layer of the theorem',
    right: 'α′_j = ε^{−(l*−l−3)} q_j a_{l*−2}ᵀ',
    text: 'The number t of factors is (l* − 2) − (l + 2) + 1, and is not the t of Theorem 4.',
  },
  {
    id: 'erratum-5a',
    result: 'theorem-4',
    severity: 'I',
    title: 'The range of t',
    place: 'Theorem 4',
    printed: 't ∈ {1, …, H}',
    right: 't ∈ {0, …, H}',
    text: 'The proof and the corollary on deep linear networks use t = 0. Here H = t + r, so t runs over 0..H.',
  },
  {
    id: 'erratum-5b',
    result: 'theorem-4',
    severity: 'I',
    title: 'The set J^(H+1)',
    place: 'section 4.2.3',
    printed: 'condition 2 for l = t+1, …, H+1',
    right: 'h^(H+1) = f, or l = t+1, …, H',
    text:
      'h^(H+1) is not defined: put h^(H+1) = f. Then J^(H+1) ⊆ {1..dy} with |J^(H+1)| ≥ dy is everything and adds no ' +
      'condition, so J^(t+1), …, J^(H) are stated. For n > dy, J_{n,t}[θ] is empty.',
  },
  {
    id: 'erratum-5c',
    result: 'theorem-4',
    severity: 'I',
    title: 'The weights of condition 2',
    place: 'section 4.2.3',
    printed: 'h^(l)(x_i, θ′)_k = (W^(l) h^(l−1)(x_i, θ′))_k',
    right: 'h^(l)(x_i, θ′)_k = (W^(l)(θ′) h^(l−1)(x_i, θ′))_k',
    text: 'W^(l) is that of θ′. With the weights of θ no linear unit with a nonzero input satisfies the condition.',
  },
  {
    id: 'erratum-5d',
    result: 'theorem-4',
    severity: 'I',
    title: 'Two meanings of d_t',
    place: 'Theorem 4',
    printed: 'α_h ∈ ℝ^{d_t} with d_t the width of layer t',
    right: 'α_h ∈ ℝ^{D_t} with D_t = dy Σ_{l=t}^H d_l',
    text: 'd_t names both. The features also read h^(l)(x; u) for h^(l)(x; θ): (4.3) has no u.',
  },
  {
    id: 'erratum-5e',
    result: 'theorem-4',
    severity: 'I',
    title: 'The coefficients of the linear model',
    place: 'section 4.2.3, deep linear networks',
    printed: 'α_x ∈ ℝ^{dx}',
    right: 'α_x ∈ ℝ^{dy×dx}',
    text: 'α_x x is a prediction, a vector of dy numbers.',
  },
  {
    id: 'erratum-5f',
    result: 'proposition-1',
    severity: 'I',
    title: 'The shape of V in the decoupled model',
    place: 'section 4.1.1',
    printed: 'W x + V z(x; u) with R ∈ ℝ^{dx×dz}',
    right: 'V ∈ ℝ^{dy×dz}',
    text: 'W x has dy numbers, and so must the other summand.',
  },
  {
    id: 'erratum-5g',
    result: 'lemma-1',
    severity: 'I',
    title: 'The range of a sum',
    place: 'section A.3',
    printed: 'Σ_{j=1}^{|S|} (α′_{kj} + ᾱ′_{kj}) ∂_k f_x(θ + εS′_j)',
    right: 'Σ_{j=1}^{|S′|} (α′_{kj} + ᾱ′_{kj}) ∂_k f_x(θ + εS′_j)',
    text: 'The sum over the coefficients α′ runs to |S′|. The prime may have been lost in the scan that was read.',
  },
  {
    id: 'erratum-5h',
    result: 'theorem-2',
    severity: 'I',
    title: 'S = {0}',
    place: 'section A.2',
    printed: 'S = 0',
    right: 'S = {0}',
    text: 'S is a set of vectors. The empty set would give the prediction 0, and {0} gives f at α = g(θ).',
  },
  {
    id: 'erratum-6',
    result: 'theorem-3',
    severity: 'U',
    title: 'The condition on dimensions',
    place: 'Theorem 3',
    printed: 'dy ≤ min{dx, dz}',
    right: 'rank W = dy or rank W < dx',
    text:
      'dy ≤ dz is never used, and dy ≤ dx once, for a null vector of W. The condition on the right is what is needed. ' +
      'For dy > dx and rank W = dx the theorem is false: dx = dz = 1, dy = 2, x = (1, 0), z = (0, 1), ' +
      'y = diag(2, 1), W = (2, 0)ᵀ, R = 0 is a global minimum with L = 1, and the right side is 0.',
  },
  {
    id: 'erratum-8',
    result: 'theorem-3',
    severity: 'F',
    title: 'No improvement through f̃',
    place: 'section 4.2',
    printed: 'further improvement is guaranteed through a nonnegligible f̃',
    right: 'f̃ never improves the value',
    text:
      'f_X(θ) = W X + (W R) Z is itself of the form α_w x + α_r z, so the features alone attain L(θ). Nor is the value ' +
      'strictly better than that of W x "as long as z or f̃ is nonnegligible": take z(x; u) = Ux.',
  },
  {
    id: 'erratum-9',
    result: 'assumption-2',
    severity: 'F',
    title: 'Ω and its closure',
    place: 'section 3.1',
    printed: 'Ω = Ω̃ for models with rectified linear units',
    right: 'Ω̃ is the closure of Ω, and may be larger',
    text:
      'f = w_2 · relu(w_1 x) is differentiable at (0, 0), since |f| ≤ |x| ‖θ‖² / 2, and has a kink at every (0, w_2) ' +
      'with w_2 ≠ 0. So 0 ∈ Ω̃ \\ Ω. Both sets have measure zero.',
  },
  {
    id: 'erratum-10',
    result: 'theorem-1',
    severity: 'F',
    title: 'Tangent spaces of strata',
    place: 'section 3.2.1',
    printed: 'T_{f_X(θ)} ⊂ {T_p M : p = f_X(θ), M ∈ 𝓜}',
    right: 'limits of the tangent spaces of adjacent strata are needed',
    text:
      'f_X = (t_1, t_1 t_2) at 0: the image near 0 is {0} and two open cones. The stratum {0} has tangent space {0}, and ' +
      'T = span(e_1). Nothing depends on it.',
  },
  {
    id: 'erratum-11',
    result: 'lemma-1',
    severity: 'G',
    title: 'One sample at a time is not all at once',
    place: 'Lemma 1',
    printed: 'for any x, the two sets of values at x agree',
    right: 'the two sets of predictions on all samples at once agree',
    text:
      'Sections A.4 and A.5 need the equality of subsets of ℝ^{m·dy}, and it does not follow from equality at each ' +
      'x, as {(t, t)} and {(t, −t)} show. The joint form is stated here; the same proof gives it.',
  },
  {
    id: 'erratum-12',
    result: 'theorem-3',
    severity: 'G',
    title: 'The order of choice of b_j and S′',
    place: 'sections A.4 and A.5',
    printed: 'S′ with dy dz + 1 points is fixed, and then b_j is arbitrary',
    right: 'b_c = e_c first, then S′ has dz + 1 points',
    text:
      'With S′ the b_j are fixed too, and Σ_j q_j b_jᵀ reaches every matrix only if they span ℝ^dz. In Theorem 4, ' +
      'd_l + 1 points suffice. The inclusions of predictions must be read on all samples jointly (Lemma 1).',
  },
  {
    id: 'erratum-13',
    result: 'example-2',
    severity: 'F',
    title: 'The diagonal of the later layers',
    place: 'footnote 1',
    printed: 'W^(l)_{jj} ≠ 0 for l ≥ 2',
    right: 'W^(l)_{jj} > 0 for l ≥ 2',
    text:
      'With W^(2) = −I every unit dies, φ = 0, and every W is critical with L above the infimum. The first layer of ' +
      'the footnote is right, with strict inequalities. "Rank ≥ m" means rank m, and rows beyond m are free.',
  },
  {
    id: 'erratum-14a',
    result: 'example-3',
    severity: 'F',
    title: 'Assumption 2 with skip connections',
    place: 'Example 3',
    printed: 'f = (∂_{vec W^(H+1)} f) vec W^(H+1)',
    right: 'f = Σ_{l∈I} (∂_{vec W^(l+1)} f) vec W^(l+1)',
    text: 'False with other skips: a(U_2(U_1 x)²)² + b(U_1 x)² at 1 gives (1, 16, 81) for f = (2, 20, 90).',
  },
  {
    id: 'erratum-14b',
    result: 'example-3',
    severity: 'I',
    title: 'Where a skip connection starts',
    place: 'Example 3',
    printed: 'a skip connection from the (l − 1)th layer',
    right: 'a skip connection from the l-th layer',
    text: 'The output is Σ_l W^(l+1) h^(l), and W^(l+1) for l < H collides with the hidden weights inside u.',
  },
  {
    id: 'erratum-14c',
    result: 'theorem-2',
    severity: 'I',
    title: 'The weights above h^(l)',
    place: 'section 3.3',
    printed: 'f(x; θ) = g(W^(l) h^(l)(x; u); u)',
    right: 'f(x; θ) = g(W^(l+1) h^(l)(x; u); u)',
    text: 'The vector of the left null space must also be scaled to ‖v‖ ≤ 1.',
  },
  {
    id: 'erratum-18',
    result: 'assumption-1',
    severity: 'I',
    title: 'The sign of the cross-entropy',
    place: 'section 3.1, after Assumption 1',
    printed: 'Σ_k y_k log(exp q_k / Σ_k′ exp q_k′)',
    right: '−Σ_k y_k log(exp q_k / Σ_k′ exp q_k′)',
    text:
      'With the minus sign it satisfies the assumption when every y_k ≥ 0 (usually Σ_k y_k = 1); the sign may have been ' +
      'lost in the scan that was read. For a one-hot y its infimum 0 is not attained.',
  },
];

/** In the order of the audit of the paper: Theorem 4 first. */
export const errata: readonly Erratum[] = Object.freeze(all.map((each) => Object.freeze(each)));

export function erratumById(id: string): Erratum | undefined {
  return errata.find((each) => each.id === id);
}

/** The errata that concern a result. */
export function errataOf(result: string): readonly Erratum[] {
  return errata.filter((each) => each.result === result);
}
