import { leastSquares, type Matrix } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { gradient } from '../../symbolic/derivative.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { embed } from '../point.ts';
import { exactJacobian } from './span.ts';

interface QuadraticInfimum {
  readonly minimum: Rational;
  readonly minimiser: readonly Rational[];
}

/** The infimum over range J(θ); undefined when J(θ) is not rational or the loss is not quadratic. */
export function exactQuadraticInfimum(context: CheckContext): QuadraticInfimum | undefined {
  const J = exactJacobian(context);
  return J && quadraticInfimum(context, J);
}

/**
 * The infimum over the range of a matrix (m·dy rows) by exact least squares, when ℓ(·,y) is quadratic with Hessian μI (strongly convex and smooth with the
 * same constant): then ℓ(q,y) = (μ/2)‖q − c‖² + ℓ(c,y) with c = −∇ℓ(0,y)/μ. Undefined for other losses.
 */
export function quadraticInfimum(context: CheckContext, columns: Matrix): QuadraticInfimum | undefined {
  const { instance } = context;
  const { loss, m } = instance;
  const { strongConvexity: mu, smoothness } = loss;
  if (mu === undefined || mu !== smoothness) return undefined;
  const A = rationalArithmetic;
  const dy = instance.model.outputs;
  const half = Rational.fromNumber(mu / 2);
  const centres: Rational[] = [];
  const weights: Rational[] = [];
  let constant = Rational.zero;
  for (let i = 0; i < m; i++) {
    const y = embed(A, instance.targets, i * dy, dy);
    const at = (q: readonly Rational[]) => evaluate(loss.graph, A, { q, y });
    const output = loss.graph.outputs[0]!;
    const slope = gradient(at(new Array<Rational>(dy).fill(Rational.zero)), output, 'q');
    const centre = slope.map((entry) => entry.neg().div(Rational.fromNumber(mu)));
    const weight = instance.weights.rational(i);
    centres.push(...centre);
    weights.push(...centre.map(() => weight.mul(half)));
    constant = constant.add(weight.mul(at(centre).value(output)));
  }
  const { x, minimum } = leastSquares(columns, centres, weights);
  return { minimum: minimum.add(constant), minimiser: x };
}
