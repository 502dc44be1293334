import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { Inexpressible } from '../arithmetic/arithmetic.ts';
import type { Instance } from '../instance/instance.ts';
import type { Tensor } from '../instance/tensor.ts';
import { gradient, pullback } from '../symbolic/derivative.ts';
import { type Evaluation, evaluate, type Margin, margins } from '../symbolic/evaluate.ts';
import type { Graph } from '../symbolic/graph.ts';
import type { Deadline } from './deadline.ts';
import { lazy } from './lazy.ts';

/** Everything about a point that one arithmetic can say in a single pass over the samples. */
export interface PointSummary<T> {
  /** f_{x_i}(θ): m rows of dy */
  readonly outputs: readonly (readonly T[])[];
  /** G_i = λ_i ∇ℓ_{y_i}(f_{x_i}(θ)): m rows of dy */
  readonly force: readonly (readonly T[])[];
  /** L(θ), or why this arithmetic cannot write it down */
  readonly loss: T | Inexpressible;
  /** ∇L(θ) = J(θ)ᵀG(θ), dθ numbers */
  readonly gradient: readonly T[];
}

/** The model and loss of an instance at one point (or box) in one arithmetic. */
export interface Point<T> {
  readonly arithmetic: Arithmetic<T>;
  readonly theta: readonly T[];
  /** Throws Inexpressible, AtKink or TimeLimit; computed once. */
  summary(): PointSummary<T>;
  /** L alone, also where f has no derivative. Throws Inexpressible and TimeLimit; computed once. */
  loss(): T;
  /** J(θ): m·dy rows of dθ partial derivatives; throws as `summary`. Computed once; memory m·dy·dθ numbers. */
  jacobian(): readonly (readonly T[])[];
  /** Conditions for f_{x_i} to be differentiable in θ, sample by sample. */
  margins(): readonly { readonly sample: number; readonly margin: KinkMargin<T> }[];
}

/** A margin of f, whichever way it was computed. */
export type KinkMargin<T> = Omit<Margin<T>, 'node'>;

/** Everything of an instance that does not depend on θ, as graphs and numbers. */
export interface Problem {
  readonly instance: Instance;
  /** groups x, theta (trainable), fixed */
  readonly graph: Graph;
  readonly deadline: Deadline;
  readonly progress: (phase: string, done: number, total: number) => void;
}

export const embed = <T>(A: Arithmetic<T>, tensor: Tensor, from = 0, count = tensor.length): T[] =>
  Array.from({ length: count }, (_, k) => A.rational(tensor.rational(from + k)));

/** θ itself in an arithmetic: the trainable numbers. */
export function thetaIn<T>(A: Arithmetic<T>, instance: Instance): T[] {
  return Array.from(instance.trainableIndices, (index) => A.rational(instance.parameters.rational(index)));
}

export function pointAt<T>(problem: Problem, A: Arithmetic<T>, theta: readonly T[], phase: string): Point<T> {
  const { instance, graph } = problem;
  const { m } = instance;
  const dx = instance.model.inputs;
  const fixed = embed(A, instance.parameters);
  const forEachSample = (visit: (evaluation: Evaluation<T>, i: number) => void, label: string): void => {
    for (let i = 0; i < m; i++) {
      problem.deadline.check();
      visit(evaluate(graph, A, { x: embed(A, instance.inputs, i * dx, dx), theta, fixed }), i);
      problem.progress(`${phase}: ${label}`, i + 1, m);
    }
  };
  return {
    arithmetic: A,
    theta,
    summary: lazy(() => {
      const outputs: T[][] = [];
      const force: T[][] = [];
      let loss: T | Inexpressible = A.zero;
      const total = new Array<T>(theta.length).fill(A.zero);
      forEachSample((evaluation, i) => {
        const prediction = graph.outputs.map((output) => evaluation.value(output));
        const sample = lossAt(instance, A, prediction, i);
        outputs.push(prediction);
        force.push(sample.gradient());
        if (!(loss instanceof Inexpressible)) {
          try {
            loss = A.add(loss, sample.value());
          } catch (error) {
            if (!(error instanceof Inexpressible)) throw error;
            loss = error;
          }
        }
        const share = pullback(evaluation, graph.outputs, force[i]!, 'theta');
        share.forEach((entry, k) => {
          if (!A.isZero(entry)) total[k] = A.add(total[k]!, entry);
        });
      }, 'loss and gradient');
      return { outputs, force, loss, gradient: total };
    }),
    loss: lazy(() => lossOf(problem, A, theta)),
    jacobian: lazy(() => {
      const rows: T[][] = [];
      forEachSample((evaluation) => {
        for (const output of graph.outputs) rows.push(gradient(evaluation, output, 'theta'));
      }, 'Jacobian');
      return rows;
    }),
    margins: lazy(() => {
      const found: { sample: number; margin: Margin<T> }[] = [];
      forEachSample((evaluation, sample) => {
        for (const margin of margins(evaluation, 'theta')) found.push({ sample, margin });
      }, 'kinks');
      return found;
    }),
  };
}

/** λ_i ℓ(q, y_i) and its gradient in q, each computed when asked for. */
export function lossAt<T>(
  instance: Instance,
  A: Arithmetic<T>,
  q: readonly T[],
  i: number,
): { value(): T; gradient(): T[] } {
  const { loss } = instance;
  const dy = instance.model.outputs;
  const weight = A.rational(instance.weights.rational(i));
  const evaluation = evaluate(loss.graph, A, { q, y: embed(A, instance.targets, i * dy, dy) });
  const output = loss.graph.outputs[0]!;
  return {
    value: () => A.mul(weight, evaluation.value(output)),
    gradient: () => gradient(evaluation, output, 'q').map((entry) => A.mul(weight, entry)),
  };
}

/** L alone, also where f has no derivative. Throws Inexpressible and TimeLimit. */
export function lossOf<T>(problem: Problem, A: Arithmetic<T>, theta: readonly T[]): T {
  const { instance, graph } = problem;
  const dx = instance.model.inputs;
  const fixed = embed(A, instance.parameters);
  let sum = A.zero;
  for (let i = 0; i < instance.m; i++) {
    problem.deadline.check();
    const evaluation = evaluate(graph, A, { x: embed(A, instance.inputs, i * dx, dx), theta, fixed });
    const q = graph.outputs.map((output) => evaluation.value(output));
    sum = A.add(sum, lossAt(instance, A, q, i).value());
  }
  return sum;
}
