/** Erratum 2: Theorem 4 with an activation σ : ℝ² → ℝ² that mixes coordinates. */
import { isPositiveDefinite } from '../../exact/linear-algebra.ts';
import { ExactInstance, isZeroVector, leadingMinors, type Vector } from './exact.ts';
import { type Comparison, type Fact, type Findings, fact, valued } from './finding.ts';

/** One hidden layer and dy = 1, written out, with h^(0) and h^(1) as further outputs of the same parameters. */
export interface ActivationCase {
  readonly name: string;
  readonly coordinatewise: boolean;
  readonly model: { readonly inputs: readonly string[]; readonly parameters: readonly string[] };
  readonly output: string;
  readonly features: readonly string[];
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (number | string)[];
  readonly parameters: Readonly<Record<string, number | string>>;
  /** coordinates of θ on which the Hessian is to be positive definite, when the others are a gauge */
  readonly slice?: readonly string[];
}

/**
 * f = a z + c z², z = rᵀx, with J^(1) = {1}: the first unit is linear, and for H = 1 condition 3 is empty. The scaling (a, c, r) → (a/s, c/s², s r) leaves f as it is and moves c, so a minimum that is
 * strict on the slice of constant c is a local minimum.
 */
export const MIXED: ActivationCase = {
  name: 'σ(z_1, z_2) = (z_1, z_1²)',
  coordinatewise: false,
  model: { inputs: ['x1', 'x2'], parameters: ['a', 'c', 'r1', 'r2'] },
  output: 'a*(r1*x1+r2*x2) + c*(r1*x1+r2*x2)^2',
  features: ['x1', 'x2', 'r1*x1+r2*x2', '(r1*x1+r2*x2)^2'],
  inputs: [
    [1, 0],
    [-1, 0],
    [1, 1],
    [0, 1],
  ],
  targets: [1, 1, 1, -1],
  parameters: { a: 0, c: 1, r1: 1, r2: 0 },
  slice: ['a', 'r1', 'r2'],
};

/**
 * Two units that rectify. Off the kinks f_X moves within the span of ∂_k f_X(θ), so a critical point is a local minimum.
 */
export const COORDINATEWISE: ActivationCase = {
  name: 'σ(z_1, z_2) = (relu z_1, relu z_2)',
  coordinatewise: true,
  model: { inputs: ['x1', 'x2'], parameters: ['a', 'c', 'r1', 'r2', 's1', 's2'] },
  output: 'a*relu(r1*x1+r2*x2) + c*relu(s1*x1+s2*x2)',
  features: ['x1', 'x2', 'relu(r1*x1+r2*x2)', 'relu(s1*x1+s2*x2)'],
  inputs: [
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
  ],
  targets: [1, '7/2', '5/2', '15/2'],
  parameters: { a: 1, c: 1, r1: 1, r2: 1, s1: 1, s2: '-1/2' },
};

export async function activationFindings(counterexample: ActivationCase = MIXED): Promise<Findings> {
  const found = [await examine(counterexample), await examine(COORDINATEWISE)];
  return {
    comparisons: found.flatMap(({ comparisons }) => comparisons),
    facts: found.flatMap(({ facts }) => facts),
  };
}

async function examine(
  example: ActivationCase,
): Promise<{ comparisons: readonly Comparison[]; facts: readonly Fact[] }> {
  const { name, slice, coordinatewise } = example;
  const model = await build(example, [example.output]);
  const hidden = await build(example, example.features);
  const width = example.features.length;
  const all = hidden.predictions();
  const features: readonly Vector[] = example.inputs.map((_, i) => all.slice(i * width, (i + 1) * width));
  const loss = model.loss();
  const span = model.linearIn(features);
  const right = model.leastLoss([...span, ...model.partials()]); // S = {0}
  const minimal: Fact[] = [];
  if (slice) {
    const hessian = model.hessian(slice.map((parameter) => model.position(parameter)));
    const minors = leadingMinors(hessian);
    minimal.push(
      fact(
        `∇²L(θ) is positive definite in ${slice.join(', ')}: its minors`,
        minors,
        isPositiveDefinite(hessian),
      ),
    );
  } else {
    const margins = model.at().margins();
    const apart = margins.every(({ margin }) => !margin.argument.isZero);
    minimal.push(fact('no preactivation is 0', apart, apart));
  }
  return {
    comparisons: [
      {
        claim: `Theorem 4 at t = 0 with ${name}: L(θ) = ${loss}, right side (S = {0})`,
        printed: valued(loss, right),
        right: coordinatewise
          ? valued(loss, right)
          : { text: `${right}: nothing is claimed`, holds: right.cmp(loss) < 0 },
      },
    ],
    facts: [
      fact(`∇L(θ) = 0 with ${name}`, isZeroVector(model.gradient()), isZeroVector(model.gradient())),
      ...minimal,
      fact(
        'the least loss over the features alone',
        model.leastLoss(span),
        model.leastLoss(span).cmp(right) >= 0,
      ),
    ],
  };
}

const build = (example: ActivationCase, outputs: readonly string[]): Promise<ExactInstance> =>
  ExactInstance.from({
    model: { type: 'expression', ...example.model, outputs },
    loss: { type: 'squared' },
    data: {
      inputs: example.inputs,
      targets: example.targets.map((target) => outputs.map((_, c) => (c === 0 ? target : 0))),
    },
    parameters: example.parameters,
  });
