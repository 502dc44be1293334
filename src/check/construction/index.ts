import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { TimeLimit } from '../deadline.ts';
import { expressed } from '../expressed.ts';
import { epsilonOf } from '../perturbation/conclusion.ts';
import { linearStructure } from '../structure/linear-units.ts';
import { featureInfimum, forceMatrices, layerBlocks, residualBlocks } from './forces.ts';
import { fullRankNearby } from './nearby.ts';
import { Fault } from './parse.ts';
import { printedFaults } from './printed.ts';
import type { Proposal } from './proposal.ts';
import { shortened } from './shorten.ts';
import { proposeTheorem3 } from './theorem-3.ts';
import { proposeTheorem4 } from './theorem-4.ts';
import type { Construction, NoConstruction, SetChecks } from './types.ts';
import { passed, setChecks } from './verify.ts';

/** ε is halved this often in search of one at which the units of J stay linear, unless the user chose it. */
const HALVINGS = 60;

/**
 * The sets that the proof of Theorem 3 (no `t`) or of Theorem 4 constructs at the given θ, verified, with both sides of
 * the conclusion. Undefined where the proof constructs nothing: θ ∉ Θ_{dy,t}, or a block that it moves is held fixed.
 * `convex`: Assumption 1 holds. Cost: exact products and null spaces up to the sizes of size.ts, once for each ε tried,
 * and the evaluations that on-samples.ts allows.
 */
export function construction(
  context: CheckContext,
  t: number | undefined,
  convex: boolean,
): Construction | NoConstruction | undefined {
  try {
    if (!constructible(context, t)) return undefined;
    return shortened(construct(context, t, convex));
  } catch (error) {
    if (error instanceof TimeLimit || error instanceof Inexpressible) return { omitted: error.message };
    throw error;
  }
}

function constructible(context: CheckContext, t: number | undefined): boolean {
  const { residual, network } = context.instance.model;
  if (t === undefined) {
    const own = context.instance.trainable.map(({ offset }) => offset);
    return residual !== undefined && [residual.W, residual.R].every(({ offset }) => own.includes(offset));
  }
  if (!network) return false;
  const found = expressed(() => linearStructure(context, t, 'given'));
  return found?.kind === 'holds';
}

function construct(context: CheckContext, t: number | undefined, convex: boolean): Construction {
  const half = new Rational(1n, 2n);
  let epsilon = epsilonOf(context);
  for (let k = 0; ; k++) {
    const proposal = t === undefined ? proposeTheorem3(context) : proposeTheorem4(context, t, epsilon);
    const checks = verified(context, proposal);
    const kinked = checks.some(({ unchanged, spans }) => !unchanged || !spans);
    if (!kinked || t === undefined || context.instance.epsilon !== undefined || k === HALVINGS)
      return reported(context, proposal, checks, convex, epsilon);
    epsilon = epsilon.mul(half);
  }
}

/** Throws Inexpressible should the checker find fault with what was proposed. */
function verified(context: CheckContext, proposal: Proposal): SetChecks[] {
  try {
    return setChecks(context, proposal);
  } catch (error) {
    if (error instanceof Fault)
      throw new Inexpressible(`the construction was not verified: ${error.message}`);
    throw error;
  }
}

function reported(
  context: CheckContext,
  proposal: Proposal,
  checks: readonly SetChecks[],
  convex: boolean,
  epsilon: Rational,
): Construction {
  const { theorem, t, structure } = proposal;
  const sets = proposal.sets.map((set, k) => ({ ...set, checks: checks[k]! }));
  const blocks = theorem === 'theorem-3' ? residualBlocks(context) : layerBlocks(context, t!);
  const forces = forceMatrices(context, blocks);
  const nearby = fullRankNearby(context, structure, sets);
  return {
    ...proposal,
    sets,
    forces,
    infimum: featureInfimum(context, blocks, forces, convex),
    printed: structure === undefined ? null : printedFaults(context, t!, structure, epsilon),
    ...(nearby === undefined ? {} : { fullRankNearby: nearby }),
    complete: proposal.missing.length === 0 && checks.every(passed),
  };
}
