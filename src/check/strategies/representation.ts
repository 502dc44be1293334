import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { Rational } from '../../kernel/rational.ts';
import { assumption2 } from '../../symbolic/assumption-2.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { embed } from '../point.ts';
import type { ObligationReport } from '../report.ts';

export type Representation = Awaited<ReturnType<typeof assumption2>>;

const known = new WeakMap<CheckContext, Promise<Representation>>();

/** The symbolic answer to Assumption 2 for this instance, computed once. */
export function representation(context: CheckContext): Promise<Representation> {
  const before = known.get(context);
  if (before) return before;

  const { instance } = context;
  const dx = instance.model.inputs;
  const rows = Array.from({ length: instance.m }, (_, i) =>
    Array.from({ length: dx }, (_, j) => instance.inputs.rational(i * dx + j)),
  );
  const answer = assumption2(instance.model, instance.trainableIndices, rows, {
    deadlineMs: Math.min(context.deadline.left(), 20_000),
    ...(context.helpers.proposer === undefined ? {} : { proposer: context.helpers.proposer }),
    // Parameters that are not trainable are constants, and their values may matter.
    ...(instance.trainableIndices.length < instance.parameters.length
      ? { parameters: instance.parameters.rationals() }
      : {}),
  });
  known.set(context, answer);
  return answer;
}

/** γ = g(θ) in intervals, at the given θ; undefined when Assumption 2 is known without a closed form of g. */
export async function coefficientsAt(
  context: CheckContext,
  represented: ObligationReport,
): Promise<Interval[] | undefined> {
  const found = await representation(context);
  if (found.status === 'holds') {
    const g = found.g();
    const evaluation = evaluate(g, intervalArithmetic, {
      theta: embed(intervalArithmetic, context.instance.parameters),
    });
    return g.outputs.map((output) => evaluation.value(output));
  }
  const { certificate } = represented;
  if (isCombination(certificate)) {
    return certificate.coefficients.map((text) => intervalArithmetic.rational(Rational.parse(text)!));
  }
  return undefined;
}

/** What the exact strategy leaves when it finds f_X(θ) in range J(θ). */
interface Combination {
  readonly kind: 'combination';
  readonly coefficients: readonly string[];
}

const isCombination = (value: unknown): value is Combination =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'combination';
