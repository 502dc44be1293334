/** What an instance says of the symbols of a statement: m, dθ, dy, λ, ℓ, f and θ, in any arithmetic. */
import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { range } from '../arithmetic/evaluation-value.ts';
import type { Meaning, PointFunction } from '../arithmetic/meaning.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import type { CheckContext, Place } from './check-context.ts';
import { basisFeatures, overparameterizedParts, skipParts } from './example-parts.ts';
import { graphFunction, scalarFunction } from './graph-function.ts';
import { feedforwardParts, OtherModelError, residualParts } from './model-parts.ts';
import { embed, thetaIn } from './point.ts';

/**
 * The meanings of the data of the paper's setting, by name. Functions have values and partial derivatives wherever the
 * arithmetic can write them down, and say whether they are differentiable. The functions throw TimeLimit. At a place that
 * is enclosed θ is its box in intervals, and has no meaning in other arithmetics.
 */
export function settingOf<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  place?: Place,
): Readonly<Record<string, Meaning<T>>> {
  const { instance, problem } = context;
  const { m, loss } = instance;
  const { inputs: dx, outputs: dy } = instance.model;
  const fixed = embed(A, instance.parameters);
  const samples = range(m);
  const beat = (): void => problem.deadline.check();
  return {
    m,
    dθ: instance.trainableIndices.length,
    dy,
    λ: embed(A, instance.weights),
    ...(place?.kind === 'enclosed' ? enclosed(place, A) : { θ: thetaIn(A, instance) }),
    f: samples.map((i) =>
      graphFunction(A, problem.graph, 'theta', { x: embed(A, instance.inputs, i * dx, dx), fixed }, beat),
    ),
    ℓ: samples.map((i) =>
      scalarFunction(graphFunction(A, loss.graph, 'q', { y: embed(A, instance.targets, i * dy, dy) }, beat)),
    ),
  };
}

/** θ stands for θ*, of which only a box is known. */
function enclosed<T>({ point }: Place, A: Arithmetic<T>): Record<string, Meaning<T>> {
  return (A as unknown) === intervalArithmetic ? { θ: point.theta as unknown as readonly T[] } : {};
}

/**
 * The meanings that a statement needs, by the names of its context: the general setting, and for Theorem 3 the parts
 * of (4.1), for Theorem 4 those of (4.3), for Examples 1 to 3 theirs. Throws OtherModelError when the model is not of the
 * kind that it is about.
 */
export function symbolsOf<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  names: ReadonlySet<string>,
  result: string,
  place?: Place,
): Readonly<Record<string, Meaning<T>>> {
  const setting = settingOf(context, A, place);
  if (names.has('z')) return { ...setting, ...residualParts(context, A, result) };
  if (names.has('σ') && names.has('t')) return { ...setting, ...feedforwardParts(context, A, result) };
  if (names.has('Φ'))
    return { ...setting, Φ: basisFeatures(context, A, setting.f as readonly PointFunction<T>[]) };
  if (names.has('σ') && names.has('h')) return { ...setting, ...overparameterizedParts(context, A, result) };
  if (names.has('h') && names.has('q')) return { ...setting, ...skipParts(context, A, result, setting) };
  if (names.has('h')) throw new OtherModelError(`${result} is about a network whose parts no instance names`);
  return setting;
}
