import type { Arithmetic } from '../../arithmetic/arithmetic.ts';
import type { Curve } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { embed } from '../point.ts';
import { squaredNorm } from './directions.ts';

/** θ + εv */
export const moved = (
  theta: readonly Rational[],
  epsilon: Rational,
  v: readonly Rational[],
): readonly Rational[] => theta.map((entry, k) => (v[k]!.isZero ? entry : entry.add(epsilon.mul(v[k]!))));

/** v ∈ V[θ, ε]: ‖v‖² ≤ 1 and f_X(θ + εv) = f_X(θ), both over Q. False also where f is irrational there. */
export function isMember(context: CheckContext, epsilon: Rational, v: readonly Rational[]): boolean {
  const { exact } = context;
  if (!exact || squaredNorm(v).cmp(Rational.one) > 0) return false;
  const image = imageAt(context, moved(exact.theta, epsilon, v));
  const here = imageHere(context);
  return image !== undefined && here !== undefined && image.every((value, i) => value.equals(here[i]!));
}

const images = new WeakMap<CheckContext, { readonly image: readonly Rational[] | undefined }>();

/** f_X(θ), computed once. */
export function imageHere(context: CheckContext): readonly Rational[] | undefined {
  const known = images.get(context) ?? { image: context.exact && imageAt(context, context.exact.theta) };
  images.set(context, known);
  return known.image;
}

/** f_X(θ′), m·dy numbers; undefined where it is not rational. */
export function imageAt(
  { instance, problem }: CheckContext,
  theta: readonly Rational[],
): readonly Rational[] | undefined {
  const A = rationalArithmetic;
  const dx = instance.model.inputs;
  const fixed = embed(A, instance.parameters);
  return expressed(() =>
    Array.from({ length: instance.m }, (_, i) => {
      const evaluation = evaluate(problem.graph, A, {
        x: embed(A, instance.inputs, i * dx, dx),
        theta,
        fixed,
      });
      return problem.graph.outputs.map((output) => evaluation.value(output));
    }).flat(),
  );
}

/** f_X along the curve θ(s), s > 0 small, minus f_X(θ): m·dy polynomials; undefined where it is no polynomial. */
export function imageAlong(
  { instance, problem, exact }: CheckContext,
  curve: readonly Curve[],
  A: Arithmetic<Curve>,
): readonly Curve[] | undefined {
  if (!exact) return undefined;
  const dx = instance.model.inputs;
  const fixed = embed(A, instance.parameters);
  return expressed(() =>
    Array.from({ length: instance.m }, (_, i) => {
      const x = embed(A, instance.inputs, i * dx, dx);
      const evaluation = evaluate(problem.graph, A, { x, theta: curve, fixed });
      const here = evaluate(problem.graph, A, {
        x,
        theta: exact.theta.map((entry) => A.rational(entry)),
        fixed,
      });
      return problem.graph.outputs.map((output) => A.sub(evaluation.value(output), here.value(output)));
    }).flat(),
  );
}

/** Numerator and denominator have at most so many bits: longer numbers make exact searches slow. */
export const isShort = ({ numerator, denominator }: Rational, bits: number): boolean =>
  numerator.toString(16).length * 4 <= bits && denominator.toString(16).length * 4 <= bits;

/** The value of a polynomial at s. */
export const at = (curve: Curve, s: Rational): Rational =>
  curve.reduceRight((sum, entry) => sum.mul(s).add(entry), Rational.zero);
