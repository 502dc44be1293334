import type { Instance } from '../instance/instance.ts';
import { Tensor } from '../instance/tensor.ts';
import type { Rational } from '../kernel/rational.ts';
import { selectKernels } from '../numeric/float64/select.ts';
import { type ContextOptions, createContext } from './context.ts';
import { TimeLimit } from './deadline.ts';
import { lineSearch } from './escape/line-search.ts';
import { pathsOf } from './escape/paths.ts';
import { parameterName, reasonOf } from './gradient.ts';
import type { ObligationReport, Quantity, Tier } from './report.ts';
import { localMinimum } from './strategies/local-minimum.ts';
import { discharge } from './strategy.ts';

/** One number of θ that was moved, both values exact. */
export interface Move {
  /** as in the instance file: `W1[0][2]` */
  readonly parameter: string;
  /** into the parameters of the instance */
  readonly index: number;
  readonly from: Rational;
  readonly to: Rational;
}

export type Escape =
  /** θ is no local minimum, and L is proved lower at the point moved to */
  | {
      readonly outcome: 'moved';
      /** of the weaker of the refutation and the two losses */
      readonly tier: Tier;
      /** the refutation in words */
      readonly detail: string;
      readonly witness: unknown;
      /** s of the point θ(s) that was chosen */
      readonly step: Rational;
      readonly before: Quantity;
      readonly after: Quantity;
      readonly moves: readonly Move[];
    }
  /** there is nothing to escape from */
  | { readonly outcome: 'local-minimum'; readonly tier: Tier; readonly detail: string }
  | { readonly outcome: 'undecided'; readonly detail: string; readonly timedOut: boolean };

export type EscapeOptions = Omit<ContextOptions, 'point'>;

/**
 * Moves off a point that is proved to be no local minimum, along what refuted it: −∇L, a direction of negative curvature,
 * or a descent curve. The step is the one of 1, 1/2, 1/4, … with the lowest loss, and the loss there is proved lower, in
 * rationals or by enclosures. θ counts as a local minimum also when one is proved to lie next to it, as in a check.
 */
export async function escapeFrom(instance: Instance, options: EscapeOptions = {}): Promise<Escape> {
  try {
    const { kernels } = await selectKernels();
    const near = createContext(instance, { kernels, ...options, point: 'auto' });
    const found = await discharge(near, localMinimum, 'certified');
    if (found.status === 'holds' && found.tier !== 'assumed') {
      return { outcome: 'local-minimum', tier: found.tier, detail: found.detail };
    }
    // A check speaks of the critical point next to θ where there is one; what is moved is θ itself.
    const atTheta = near.place().kind === 'given';
    const context = atTheta ? near : createContext(instance, { kernels, ...options, point: 'given' });
    const refuted = atTheta ? found : await discharge(context, localMinimum, 'certified');
    context.deadline.check();
    if (refuted.status !== 'fails' || refuted.tier === 'assumed') return undecided(refuted.detail);
    return moved(context, refuted);
  } catch (error) {
    if (error instanceof TimeLimit) return undecided(error.message, true);
    throw error;
  }
}

const undecided = (detail: string, timedOut = false): Escape => ({ outcome: 'undecided', detail, timedOut });

function moved(
  context: ReturnType<typeof createContext>,
  { detail, witness, tier }: ObligationReport,
): Escape {
  let lower: ReturnType<typeof lineSearch>;
  try {
    lower = lineSearch(context, pathsOf(context, witness));
  } catch (error) {
    return undecided(`${detail}; but ${reasonOf(error)}`);
  }
  if (!lower) return undecided(`${detail}; but at no step that was tried is L proved lower`);
  const { before, after, step, theta } = lower;
  const { instance } = context;
  const moves = theta.flatMap((to, k): Move[] => {
    const index = instance.trainableIndices[k]!;
    const from = instance.parameters.rational(index);
    return from.equals(to) ? [] : [{ parameter: parameterName(context, k), index, from, to }];
  });
  const exact = tier === 'exact' && before.exact !== undefined && after.exact !== undefined;
  return {
    outcome: 'moved',
    tier: exact ? 'exact' : 'certified',
    detail,
    witness,
    step,
    before: before.quantity,
    after: after.quantity,
    moves,
  };
}

/** The parameters of the instance after the moves, in θ order. */
export function movedParameters({ parameters }: Instance, moves: readonly Move[]): Tensor {
  const values = parameters.rationals();
  for (const { index, to } of moves) values[index] = to;
  return Tensor.ofRationals(parameters.shape, values);
}
