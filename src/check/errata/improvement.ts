/** Erratum 8: the perturbable gradient basis never improves on the features in Theorem 3. */
import { rank } from '../../exact/linear-algebra.ts';
import type { Rational } from '../../kernel/rational.ts';
import { columnsOf, ExactInstance, inSpan, isZeroVector, one, rational, type Vector, zero } from './exact.ts';
import { type Assertion, type Findings, fact, format, valued } from './finding.ts';
import { features, type ResidualCase, residual } from './residual.ts';

/** A local minimum at which f̃ spans more than the gradient basis: W = 0, so R is free. */
const FREE_R: ResidualCase = {
  x: [[1], [2], [3]],
  z: [[1], [4], [9]],
  y: [[3], [-3], [1]],
  W: [[0]],
  R: [['7/3']],
};

/** f = W(x + R z(x; u)), dy = dx = dz = 1, as expressions in x, W, R, u. */
export interface ImprovementCase {
  readonly z: string;
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly parameters: {
    readonly W: number | string;
    readonly R: number | string;
    readonly u: number | string;
  };
}

const LINEAR_Z: ImprovementCase = {
  z: 'u*x',
  inputs: [1, 2],
  targets: [1, 1],
  parameters: { W: '3/10', R: 1, u: 1 },
};

const less = (value: Rational, than: Rational): Assertion => ({
  text: `less than ${format(than)}`,
  holds: value.cmp(than) < 0,
});
export async function improvementFindings(example: ImprovementCase = LINEAR_Z): Promise<Findings> {
  const epsilon = rational('1/100');
  const model = await residual(FREE_R);
  const S: readonly Vector[] = [
    [zero, zero],
    [zero, one],
  ];
  const basis = model.perturbedPartials(S, epsilon);
  const alone = model.leastLoss(features(model));
  const both = model.leastLoss([...features(model), ...basis]);
  const dimension = (span: readonly Vector[]) => rank(columnsOf(span[0]!.length, span)).rank;
  const [plain, perturbed] = [dimension(model.partials()), dimension(basis)];
  const inside = S.every((v) => model.inV(v, epsilon));

  const { z, inputs, targets, parameters } = example;
  const written = (output: string) =>
    ExactInstance.from({
      model: { type: 'expression', inputs: ['x'], parameters: ['W', 'R', 'u'], outputs: [output] },
      loss: { type: 'squared' },
      data: { inputs: inputs.map((x) => [x]), targets: targets.map((y) => [y]) },
      parameters,
    });
  const net = await written(`W*(x + R*(${z}))`);
  const zs = (await written(`${z} + 0*W`)).predictions();
  const linear = net.leastLoss([net.inputs().flat()]);
  const featureLoss = net.leastLoss([net.inputs().flat(), zs]);
  const withPartials = net.leastLoss([net.inputs().flat(), zs, ...net.partials()]);
  const attained = inSpan(net.predictions(), [net.inputs().flat(), zs]);
  const nonnegligible = net.partials().some((partial) => !isZeroVector(partial)) && !isZeroVector(zs);
  return {
    comparisons: [
      {
        claim: `least loss with f̃, S of 2 points, where the features alone give ${alone}`,
        printed: less(both, alone),
        right: valued(alone, both),
      },
      {
        claim: `least loss with f̃, S = {0}, z = ${z}, where the features alone give ${featureLoss}`,
        printed: less(withPartials, featureLoss),
        right: valued(featureLoss, withPartials),
      },
      {
        claim: `L(θ) for z = ${z}, where inf_W Σ ℓ(W x_i) = ${linear}`,
        printed: less(net.loss(), linear),
        right: valued(linear, net.loss()),
      },
    ],
    facts: [
      fact(
        'f̃ is nonnegligible: dimensions of the gradient basis and the perturbed one',
        [plain, perturbed],
        perturbed > plain,
      ),
      fact('S ⊂ V[θ, ε], ε = 1/100', inside, inside),
      fact(`z and f̃ are nonnegligible for z = ${z}`, nonnegligible, nonnegligible),
      fact('f_X(θ) is of the form α_w x + α_r z', attained, attained),
      fact('both points are critical', true, isZeroVector(model.gradient()) && isZeroVector(net.gradient())),
    ],
  };
}
