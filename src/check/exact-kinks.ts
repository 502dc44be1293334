import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import { AtKink } from '../symbolic/derivative.ts';
import { differentiability } from '../symbolic/directional.ts';
import { evaluate } from '../symbolic/evaluate.ts';
import { lazy } from './lazy.ts';
import { embed, lossAt, type Point, type Problem } from './point.ts';

/**
 * The same exact point, also where θ lies on kinks that cancel (relu(t) − relu(−t) at t = 0): there reverse mode has no
 * slope to take, and the true Jacobian comes from the one-sided derivatives, which are linear in the direction.
 * Where they are not linear it throws AtKink as before.
 */
export function withExactKinks(problem: Problem, point: Point<Rational>): Point<Rational> {
  const { instance, graph } = problem;
  const A = rationalArithmetic;
  const { inputs: dx, outputs: dy } = instance.model;
  const fixed = embed(A, instance.parameters);

  const jacobianAtKinks = lazy((): Rational[][] => {
    const rows: Rational[][] = [];
    for (let i = 0; i < instance.m; i++) {
      problem.deadline.check();
      const x = embed(A, instance.inputs, i * dx, dx);
      const answer = differentiability(graph, A, { x, theta: point.theta, fixed }, 'theta');
      if (answer.kind === 'undecided') throw new Inexpressible(answer.reason);
      if (answer.kind === 'not')
        throw new AtKink(graph.outputs[answer.witness.output]!, 'relu', Rational.zero);
      rows.push(...answer.jacobian);
    }
    return rows;
  });

  const summaryAtKinks = lazy(() => {
    const J = jacobianAtKinks();
    const outputs: Rational[][] = [];
    const force: Rational[][] = [];
    let loss: Rational | Inexpressible = A.zero;
    for (let i = 0; i < instance.m; i++) {
      const x = embed(A, instance.inputs, i * dx, dx);
      const evaluation = evaluate(graph, A, { x, theta: point.theta, fixed });
      const prediction = graph.outputs.map((output) => evaluation.value(output));
      const sample = lossAt(instance, A, prediction, i);
      outputs.push(prediction);
      force.push(sample.gradient());
      try {
        if (!(loss instanceof Inexpressible)) loss = loss.add(sample.value());
      } catch (error) {
        if (!(error instanceof Inexpressible)) throw error;
        loss = error;
      }
    }
    const gradient = point.theta.map((_, k) =>
      J.reduce((sum, row, r) => sum.add(row[k]!.mul(force[Math.floor(r / dy)]![r % dy]!)), Rational.zero),
    );
    return { outputs, force, loss, gradient };
  });

  const orAtKinks = <R>(plain: () => R, careful: () => R): R => {
    try {
      return plain();
    } catch (error) {
      if (error instanceof AtKink) return careful();
      throw error;
    }
  };
  return {
    ...point,
    summary: () => orAtKinks(point.summary, summaryAtKinks),
    jacobian: () => orAtKinks(point.jacobian, jacobianAtKinks),
  };
}
