/** Errata 5g, 5h, 11, 14c: the perturbable gradient basis, finite sets S, and V[θ, ε]. */
import { rank } from '../../exact/linear-algebra.ts';
import {
  add,
  columnsOf,
  ExactInstance,
  inSpan,
  one,
  rational,
  scale,
  shapeOf,
  type Vector,
  zero,
  zeros,
} from './exact.ts';
import { compare, type Findings, fact } from './finding.ts';

const epsilon = rational('1/100');

/** f = w_1 w_2 x at two samples. */
const productModel = (w1: number, w2: number): Promise<ExactInstance> =>
  ExactInstance.from({
    model: { type: 'expression', inputs: ['x'], parameters: ['w1', 'w2'], outputs: ['w1*w2*x'] },
    loss: { type: 'squared' },
    data: { inputs: [[1], [2]], targets: [[1], [1]] },
    parameters: { w1, w2 },
  });

/** α_{kj}, a row for each parameter */
type Coefficients = (k: number, j: number) => ReturnType<typeof rational>;

/** f̃_θ(X; α, ε, S) = Σ_k Σ_{j≤points} α_{kj} ∂_k f_X(θ + εS_j) */
function perturbed(model: ExactInstance, S: readonly Vector[], α: Coefficients, points = S.length): Vector {
  let sum: Vector = model.predictions().map(() => zero);
  S.slice(0, points).forEach((v, j) => {
    model.partials(model.moved(v, epsilon)).forEach((partial, k) => {
      sum = add(sum, scale(α(k, j), partial));
    });
  });
  return sum;
}

/** 5g: S′ has two points, S has `points`. */
export async function rangeOfSumFindings(
  { points }: { readonly points: number } = { points: 1 },
): Promise<Findings> {
  const model = await productModel(0, 0);
  const S: readonly Vector[] = [
    [one, zero],
    [zero, one],
  ];
  const α: Coefficients = (k, j) => rational(1 + k + 2 * j);
  const other: Coefficients = (k, j) => rational(3 - k * j);
  const total: Coefficients = (k, j) => α(k, j).add(other(k, j));
  const inside = S.every((v) => model.inV(v, epsilon));
  return {
    comparisons: [
      compare(
        `f̃(X; α′, ε, S′) + f̃(X; ᾱ′, ε, S′) as one sum, |S| = ${points}, |S′| = ${S.length}`,
        perturbed(model, S, total, points),
        perturbed(model, S, total),
        add(perturbed(model, S, α), perturbed(model, S, other)),
      ),
    ],
    facts: [fact('S′ ⊂ V[θ, ε], ε = 1/100', inside, inside)],
  };
}

/** 5h: f̃ at α = g(θ) = (w_1, 0), θ = (w, w). */
export async function originFindings({ w }: { readonly w: number } = { w: 1 }): Promise<Findings> {
  const model = await productModel(w, w);
  const g: Coefficients = (k) => (k === 0 ? model.theta[0]! : zero);
  const origin = scale(zero, model.theta);
  return {
    comparisons: [
      compare(
        'Σ_k g(θ)_k ∂_k f_X(θ) as f̃(X; α, ε, S), S = ∅ and S = {0}',
        perturbed(model, [], g),
        perturbed(model, [origin], g),
        model.predictions(),
      ),
    ],
  };
}

export interface JointCase {
  /** two lines in ℝ², one number for each sample */
  readonly lines: readonly [readonly [number, number], readonly [number, number]];
}

/** 11: two lines that agree at each sample, {(t, t)} and {(t, −t)}. */
export async function jointFindings(
  { lines }: JointCase = {
    lines: [
      [1, 1],
      [1, -1],
    ],
  },
): Promise<Findings> {
  const first: Vector = lines[0].map(rational);
  const second: Vector = lines[1].map(rational);
  // The projection of a line to one sample is {0} or ℝ.
  const pointwise = first.every((entry, i) => entry.isZero === second[i]!.isZero);
  const joint = inSpan(first, [second]) && inSpan(second, [first]);

  const model = await productModel(0, 0);
  const dimension = (span: readonly Vector[]): number => rank(columnsOf(2, span)).rank;
  const S: readonly Vector[] = [[one, zero]];
  const others: readonly Vector[] = [[zero, one]];
  const sum = [...model.perturbedPartials(S, epsilon), ...model.perturbedPartials(others, epsilon)];
  const union = model.perturbedPartials([...S, ...others], epsilon);
  const equal =
    dimension(sum) === dimension([...sum, ...union]) && dimension(union) === dimension([...sum, ...union]);
  return {
    comparisons: [
      compare(
        `two lines that agree at each sample are equal: multiples of (${first.join(', ')}) and (${second.join(', ')})`,
        true,
        false,
        joint,
      ),
    ],
    facts: [
      fact('they agree at each sample', pointwise, pointwise),
      fact('the joint form: f̃ over S plus f̃ over S′ is f̃ over S ∪ S′, in ℝ^{m·dy}', equal, equal),
    ],
  };
}

export interface NullSpaceCase {
  /** d_{l−1}, d_l, d_{l+1} */
  readonly widths: readonly [number, number, number];
  /** the vector (c, −c) of the left null space of h(X) for two equal units */
  readonly size: string;
}

/** 14c: W^(l) h^(l) and W^(l+1) h^(l); and v from the left null space of h(X) for f = w_1 x + w_2 x. */
export async function nullSpaceFindings(
  { widths, size }: NullSpaceCase = { widths: [3, 2, 4], size: '1' },
): Promise<Findings> {
  const [before, width, after] = widths;
  const defined = (rows: number, cols: number): boolean =>
    shapeOf([zeros(rows, cols), zeros(width, 1)]) === `${rows}×1`;
  const model = await ExactInstance.from({
    model: { type: 'expression', inputs: ['x'], parameters: ['w1', 'w2'], outputs: ['w1*x + w2*x'] },
    loss: { type: 'squared' },
    data: { inputs: [[1], [2]], targets: [[1], [1]] },
    parameters: { w1: 1, w2: 1 },
  });
  const c = rational(size);
  const v: Vector = [c, c.neg()];
  const short = scale(rational('1/2').div(c), v); // (1/2, −1/2)
  const kept = model.keepsPredictions(v, epsilon);
  return {
    comparisons: [
      compare(
        `the product with h^(l) is defined, d_{l−1}, d_l, d_{l+1} = ${widths.join(', ')}`,
        defined(width, before),
        defined(after, width),
        true,
      ),
      {
        claim: `v = (${v.join(', ')}) of the left null space is in V[θ, ε]`,
        printed: { text: 'yes', holds: model.inV(v, epsilon) },
        right: { text: `after scaling, as (${short.join(', ')})`, holds: model.inV(short, epsilon) },
      },
    ],
    facts: [fact('v changes no prediction', kept, kept)],
  };
}
