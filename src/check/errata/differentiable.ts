/** Errata 9, 10, 18: kinks, tangent spaces, and the cross-entropy. */
import { rank } from '../../exact/linear-algebra.ts';
import { quadraticForm } from '../../exact/linear-algebra-inertia.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { differentiability } from '../../symbolic/directional.ts';
import { createContext } from '../context.ts';
import { columnsOf, ExactInstance, inSpan, isZeroVector, one, rational, type Vector, zero } from './exact.ts';
import { compare, type Findings, fact } from './finding.ts';

export interface KinkCase {
  readonly output: string;
}

/** 9: is 0 ∈ Ω, given that points of Ω come arbitrarily close to it? */
export async function kinkFindings({ output }: KinkCase = { output: 'w2*relu(w1*x)' }): Promise<Findings> {
  const { instance } = await ExactInstance.from({
    model: { type: 'expression', inputs: ['x'], parameters: ['w1', 'w2'], outputs: [output] },
    loss: { type: 'squared' },
    data: { inputs: [[1]], targets: [[1]] },
    parameters: { w1: 0, w2: 0 },
  });
  const kindAt = (theta: Vector) =>
    differentiability(instance.model.graph, rationalArithmetic, { x: [one], theta }, 'theta').kind;
  const origin = kindAt([zero, zero]);
  // f(sθ) = s² f(θ) or s f(θ) for s > 0, so with (0, ±1) every (0, w_2), w_2 ≠ 0, is a kink; halves are tried beside it.
  const near = [1, -1, '1/2', '1/1024', '-1/1048576'].map((w2) => kindAt([zero, rational(w2)]));
  const close = near.every((kind) => kind === 'not');
  return {
    comparisons: [compare(`(0, 0) ∈ Ω for f = ${output}, where (0, 0) ∈ Ω̃`, true, false, origin === 'not')],
    facts: [
      fact('(0, w_2) ∈ Ω for w_2 = ±1, 1/2, 1/1024, −1/1048576', close, close),
      fact('decided at (0, 0)', origin, origin !== 'undecided'),
    ],
  };
}

export interface StratumCase {
  readonly outputs: readonly [string, string];
  /** tangent vectors of the stratum of f_X(0) in the image */
  readonly stratum: readonly Vector[];
}

/** 10: T = range J(0) for f_X = (t_1, t_1 t_2), whose image near 0 is {0} and two open cones. */
export async function stratumFindings(
  { outputs, stratum }: StratumCase = { outputs: ['t1', 't1*t2'], stratum: [] },
): Promise<Findings> {
  const model = await ExactInstance.from({
    model: { type: 'expression', inputs: ['x'], parameters: ['t1', 't2'], outputs },
    loss: { type: 'squared' },
    data: { inputs: [[1]], targets: [[0, 0]] },
    parameters: { t1: 0, t2: 0 },
  });
  const tangent = model.partials().filter((partial) => !isZeroVector(partial));
  const within = (span: readonly Vector[]): boolean =>
    tangent.every((vector) => (span.length === 0 ? false : inSpan(vector, span)));
  const dimension = (span: readonly Vector[]): number => rank(columnsOf(2, span)).rank;
  // On the cones J has rank 2 arbitrarily near 0: (s, 0) for s = 1, 1/2, …; J is affine in θ, so two values suffice.
  const cones = ['1', '-1/1024'].map((s) => model.partials([rational(s), zero]));
  const limits = cones.every((partials) => dimension(partials) === 2 && within(partials));
  // The first coordinate of the image vanishes at t_1 = 0 only, and there the second does; it is affine in t_2.
  const isolated = ['0', '1'].every((t2) => isZeroVector(model.predictions([zero, rational(t2)])));
  return {
    comparisons: [
      {
        claim: `T = range J(0), of dimension ${dimension(tangent)}, for f_X = (${outputs.join(', ')})`,
        printed: {
          text: `inside the tangent space of the stratum of f_X(0), of dimension ${stratum.length}`,
          holds: within(stratum),
        },
        right: {
          text: 'inside the limits of tangent spaces of adjacent strata, of dimension 2',
          holds: limits,
        },
      },
    ],
    facts: [fact('the image meets {0} × ℝ in {0} alone', isolated, isolated)],
  };
}

export interface CrossEntropyCase {
  /** what stands before the sum, as printed */
  readonly sign: '' | '-';
}

/** 18: the curvature and the value of Σ_k y_k log softmax(q)_k, with and without the minus sign, at q = 0, y = (1, 0). */
export async function crossEntropyFindings({ sign }: CrossEntropyCase = { sign: '' }): Promise<Findings> {
  const loss = (before: string) => ({
    type: 'expression',
    expression: `${before}(y1*(q1 - log(exp(q1) + exp(q2))) + y2*(q2 - log(exp(q1) + exp(q2))))`,
  });
  const model = (described: Readonly<Record<string, unknown>>) =>
    ExactInstance.from({
      model: { type: 'expression', inputs: ['x'], parameters: ['a', 'b'], outputs: ['a', 'b'] },
      loss: described,
      data: { inputs: [[1]], targets: [[1, 0]] },
      parameters: { a: 0, b: 0 },
    });
  const [printed, right, named] = [
    await model(loss(sign)),
    await model(loss('-')),
    await model({ type: 'cross-entropy' }),
  ];
  const direction: Vector = [one, one.neg()];
  const curvature = (each: ExactInstance) => quadraticForm(each.hessian(), direction);
  const convex = (each: ExactInstance) => ({
    text: curvature(each).toString(),
    holds: curvature(each).sign >= 0,
  });
  const nonnegative = (each: ExactInstance) => {
    const { loss: value } = createContext(each.instance).interval.summary();
    if (value instanceof Error) throw value;
    return { text: value.hi < 0 ? 'negative' : value.lo > 0 ? 'positive' : 'undecided', holds: value.lo > 0 };
  };
  const same = named.gradient().every((entry, k) => entry.equals(right.gradient()[k]!));
  return {
    comparisons: [
      { claim: 'vᵀ∇²ℓ(0)v ≥ 0 (convexity), v = (1, −1)', printed: convex(printed), right: convex(right) },
      { claim: 'ℓ(0) ≥ 0', printed: nonnegative(printed), right: nonnegative(right) },
    ],
    facts: [fact('∇ℓ(0) of the cross-entropy of this package', named.gradient(), same)],
  };
}
