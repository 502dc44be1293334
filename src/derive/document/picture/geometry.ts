/** What Figures 1–4 of the paper show, in the output space of an instance: f_X, its tangent spaces, the target. */
import { Inexpressible } from '../../../arithmetic/arithmetic.ts';
import { float64Arithmetic } from '../../../arithmetic/float64.ts';
import type { CheckContext } from '../../../check/check-context.ts';
import { createContext } from '../../../check/context.ts';
import type { Point } from '../../../check/point.ts';
import { numericalRankOfJacobian } from '../../../check/right-hand-side/span.ts';
import { rank } from '../../../exact/linear-algebra.ts';
import { matrix } from '../../../exact/linear-algebra-matrix.ts';
import { rationalArithmetic } from '../../../exact/rational-arithmetic.ts';
import type { Instance } from '../../../instance/instance.ts';
import { Rational } from '../../../kernel/rational.ts';
import { AtKink } from '../../../symbolic/derivative.ts';
import { evaluate } from '../../../symbolic/evaluate.ts';
import { orthonormal, type Vector } from './vector.ts';

/** A span of partial derivatives, by an orthonormal basis; its dimension is known over Q, or only in float64. */
export interface Space {
  readonly basis: readonly Vector[];
  readonly tier: 'exact' | 'numeric';
}

export interface Geometry {
  /** m·dy */
  readonly dimension: number;
  /** m; when it is more than 1, dy is 1 or the picture is not drawn */
  readonly samples: number;
  readonly theta: Vector;
  /** f_X at a point; undefined where float64 cannot say */
  outputs(theta: Vector): Vector | undefined;
  /** f_X(θ) */
  readonly at: Vector;
  /** Y */
  readonly target: Vector;
  /** range J(θ); undefined when f_X has no derivative at θ */
  readonly tangent: Space | undefined;
  /** range J(θ + εv) for unit vectors v along one parameter with θ + εv in the fibre of f_X(θ), decided exactly */
  readonly perturbed: readonly { readonly along: string; readonly space: Space }[];
  readonly epsilon: Rational;
  /** of each output, when L(θ) = Σ λ_i ‖f_i − y_i‖²; undefined for other losses */
  readonly weights: Vector | undefined;
}

/** Undefined when f_X(θ) cannot be computed. */
export function geometryOf(instance: Instance): Geometry | undefined {
  const context = createContext(instance, { point: 'given' });
  const outputs = outputMap(context);
  const { m, model } = instance;
  const dimension = m * model.outputs;
  const theta = Array.from(instance.trainableIndices, (index) => instance.parameters.float(index));
  const at = outputs(theta);
  if (!at) return undefined;
  const epsilon = instance.epsilon ?? Rational.one;
  const exact = context.exact;
  return {
    dimension,
    samples: m,
    theta,
    outputs,
    at,
    target: Array.from(instance.targets.floats()),
    tangent: (exact && spaceAt(exact, dimension)) ?? numericSpace(context),
    perturbed: exact ? perturbations(context, exact, epsilon, dimension) : [],
    epsilon,
    weights:
      instance.loss.kind === 'squared'
        ? Array.from({ length: dimension }, (_, k) => instance.weights.float(Math.floor(k / model.outputs)))
        : undefined,
  };
}

/** The model in float64 over all samples. */
function outputMap({ instance, problem }: CheckContext): (theta: Vector) => Vector | undefined {
  const { graph } = problem;
  const { inputs } = instance.model;
  const rows = Array.from({ length: instance.m }, (_, i) =>
    Array.from({ length: inputs }, (_, k) => instance.inputs.float(i * inputs + k)),
  );
  const fixed = [...instance.parameters.floats()];
  return (theta) => {
    try {
      return rows.flatMap((x) => {
        const { value } = evaluate(graph, float64Arithmetic, { x, theta, fixed });
        return graph.outputs.map(value);
      });
    } catch (error) {
      if (error instanceof Inexpressible) return undefined;
      throw error;
    }
  };
}

function spaceAt(point: Point<Rational>, dimension: number): Space | undefined {
  try {
    const J = point.jacobian();
    const cols = J[0]?.length ?? 0;
    const found = rank(matrix(dimension, cols, J.flat())).rank;
    const columns = Array.from({ length: cols }, (_, k) => J.map((row) => row[k]!.toNumber()));
    return { basis: orthonormal(columns, found), tier: 'exact' };
  } catch (error) {
    if (error instanceof AtKink || error instanceof Inexpressible) return undefined;
    throw error;
  }
}

function numericSpace(context: CheckContext): Space | undefined {
  try {
    const J = context.float.jacobian();
    const columns = Array.from({ length: J[0]?.length ?? 0 }, (_, k) => J.map((row) => row[k]!));
    return { basis: orthonormal(columns, numericalRankOfJacobian(context)), tier: 'numeric' };
  } catch (error) {
    if (error instanceof AtKink || error instanceof Inexpressible) return undefined;
    throw error;
  }
}

function perturbations(context: CheckContext, here: Point<Rational>, epsilon: Rational, dimension: number) {
  const { instance } = context;
  const given = exactOutputs(here);
  if (!given) return [];
  const names = parameterNames(instance);
  return names.flatMap((name, k) => {
    const theta = here.theta.map((value, j) => (j === k ? value.add(epsilon) : value));
    const there = context.over(rationalArithmetic, theta, 'picture');
    const outputs = exactOutputs(there);
    if (!outputs?.every((value, j) => value.equals(given[j]!))) return [];
    const space = spaceAt(there, dimension);
    return space ? [{ along: name, space }] : [];
  });
}

function exactOutputs(point: Point<Rational>): readonly Rational[] | undefined {
  try {
    return point.summary().outputs.flat();
  } catch (error) {
    if (error instanceof AtKink || error instanceof Inexpressible) return undefined;
    throw error;
  }
}

/** The block and the place in it of each trainable number: W1[0], or b for a scalar. */
function parameterNames({ trainable }: Instance): readonly string[] {
  return trainable.flatMap(({ name, length, shape }) =>
    Array.from({ length }, (_, k) => (shape.length === 0 ? name : `${name}[${k}]`)),
  );
}
