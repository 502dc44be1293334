/** What is decided of hypotheses about the model itself, of Examples 1 to 3 and of deep linear networks, where sampling would not do. */
import type { Statement } from '../../theorems/result.ts';
import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import { evaluate } from '../symbolic/evaluate.ts';
import { isLinearIn } from '../symbolic/linear.ts';
import type { CheckContext } from './check-context.ts';
import type { Known } from './evidence.ts';
import { linearActivations } from './linear-activations.ts';
import { rows } from './model-parts.ts';
import { embed } from './point.ts';

const LINEAR = 'linear-activations';

/** By the id of the hypothesis. */
export function exampleFacts(
  context: CheckContext,
  { context: symbols, hypotheses }: Statement,
): ReadonlyMap<string, Known> {
  const names = new Set(symbols.map(({ name }) => name));
  if (names.has('Φ')) return new Map([['model', linearModel(context)]]);
  if (hypotheses.some(({ id }) => id === LINEAR)) return new Map([[LINEAR, linearActivations(context)]]);
  if (!names.has('h') || !names.has('σ') || names.has('t')) return new Map();
  return new Map([
    ['relu', { truth: true, tier: 'symbolic', detail: 'the hidden units of the model are rectifiers' }],
    ['distinct', distinctInputs(context)],
  ]);
}

/** f_i(θ) = Φ_i θ for all θ and some Φ_i */
function linearModel({ problem, instance }: CheckContext): Known {
  const open: Known = {
    truth: 'undecided',
    tier: 'exact',
    detail: 'with Φ_i = ∂f_i(0), which is the only Φ_i that there can be',
  };
  if (!isLinearIn(problem.graph, 'theta')) return open;
  const { model, m } = instance;
  try {
    const A = intervalArithmetic;
    const theta = Array.from(instance.trainableIndices, () => A.one);
    const fixed = embed(A, instance.parameters);
    for (let i = 0; i < m; i++) {
      problem.deadline.check();
      const x = embed(A, instance.inputs, i * model.inputs, model.inputs);
      const evaluation = evaluate(problem.graph, A, { x, theta, fixed });
      for (const output of problem.graph.outputs) evaluation.value(output);
    }
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    return open;
  }
  const detail = 'f is linear in the parameters, without a constant part, by its expression; Φ_i = ∂f_i';
  return { truth: true, tier: 'symbolic', detail };
}

/** x_iᵀx_i′ < 1 − δ for some δ > 0: the same as x_iᵀx_i′ < 1, of finitely many. */
function distinctInputs({ instance, problem }: CheckContext): Known {
  const x = rows(rationalArithmetic, instance);
  let largest: { readonly value: Rational; readonly at: string } | undefined;
  for (let i = 0; i < x.length; i++) {
    problem.deadline.check();
    for (let j = 0; j < i; j++) {
      const value = x[i]!.reduce((sum, entry, k) => sum.add(entry.mul(x[j]![k]!)), Rational.zero);
      if (!largest || largest.value.sub(value).sign < 0)
        largest = { value, at: `i = ${j + 1}, i′ = ${i + 1}` };
    }
  }
  if (!largest) return { truth: true, tier: 'exact', detail: 'there is one sample' };
  const truth = largest.value.sub(Rational.one).sign < 0;
  return { truth, tier: 'exact', detail: `the largest x_iᵀx_i′ is ${largest.value}, at ${largest.at}` };
}
