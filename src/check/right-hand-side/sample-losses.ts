import { type Arithmetic, Inexpressible } from '../../arithmetic/arithmetic.ts';
import { dual } from '../../arithmetic/dual.ts';
import { float64Arithmetic } from '../../arithmetic/float64.ts';

import type { Instance } from '../../instance/instance.ts';
import type { ConvexSum } from '../../numeric/convex/newton.ts';
import { AtKink, gradient } from '../../symbolic/derivative.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import { embed, lossAt } from '../point.ts';

/** ∇²(λ_i ℓ_{y_i}) at q in any arithmetic: dy gradients in dual numbers. Row-major dy×dy. */
export function lossHessianAt<T>(instance: Instance, A: Arithmetic<T>, q: readonly T[], i: number): T[] {
  const dy = instance.model.outputs;
  const D = dual(A);
  const { graph } = instance.loss;
  const weight = A.rational(instance.weights.rational(i));
  const y = embed(A, instance.targets, i * dy, dy).map((value) => ({ value, tangent: A.zero }));
  const entries: T[] = [];
  for (let a = 0; a < dy; a++) {
    const point = q.map((value, b) => ({ value, tangent: a === b ? A.one : A.zero }));
    const row = gradient(evaluate(graph, D, { q: point, y }), graph.outputs[0]!, 'q');
    for (const entry of row) entries.push(A.mul(weight, entry.tangent));
  }
  return entries;
}

/** Σ_i λ_i ℓ_{y_i} in float64, for the search of a minimiser; failures count as +∞ or as a zero derivative. */
export function floatLosses(instance: Instance): ConvexSum {
  const A = float64Arithmetic;
  const dy = instance.model.outputs;
  const safely = <R>(compute: () => R, otherwise: R): R => {
    try {
      return compute();
    } catch (error) {
      if (error instanceof Inexpressible || error instanceof AtKink) return otherwise;
      throw error;
    }
  };
  return {
    m: instance.m,
    dy,
    value: (i, q) => safely(() => lossAt(instance, A, [...q], i).value(), Number.POSITIVE_INFINITY),
    gradient: (i, q, into) =>
      into.set(safely(() => lossAt(instance, A, [...q], i).gradient(), new Array(dy).fill(0))),
    hessian: (i, q, into) =>
      into.set(safely(() => lossHessianAt(instance, A, [...q], i), new Array(dy * dy).fill(0))),
  };
}
