import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import type { Tier } from '../report.ts';
import { convexity } from '../strategies/assumption-1.ts';
import { type Outcome, type Strategy, weaker } from '../strategy.ts';
import { forcesAt, forcesCancel } from './forces.ts';
import { signOnBox } from './sign-on-box.ts';

/** The tier at which the loss is proved convex; undefined when it is not. */
export const convexTier = async (context: CheckContext): Promise<Tier | undefined> => {
  const { status, tier } = await convexity(context);
  return status === 'holds' ? tier : undefined;
};

/** Every sample sits at the minimum of its own loss, or the samples of every input pull against each other. */
export const noForce: Strategy = {
  name: 'no force',
  tier: 'exact',
  async run(context) {
    const convex = await convexTier(context);
    if (convex === undefined || context.place().kind !== 'given') return { declined: '' };
    const global = (why: string): Outcome => ({
      status: 'holds',
      tier: weaker('exact', convex),
      detail: `global: ${why}, and the losses are convex`,
    });
    const { exact, exponential, interval } = context;
    const forces = exact && expressed(() => forcesAt(context, exact.arithmetic, exact.theta));
    if (forces?.every((row) => row.every((entry) => entry.isZero))) return global('every ∇ℓ_i(f_i(θ)) is 0');
    const summed = 'the forces λ_i ∇ℓ_i(f_i(θ)) of the samples of each input add up to 0';
    const cancel =
      (exact && expressed(() => forcesCancel(context, exact.arithmetic, exact.theta))) ??
      (exponential && expressed(() => forcesCancel(context, exponential.arithmetic, exponential.theta)));
    if (cancel !== undefined) return cancel ? global(summed) : { declined: '' };
    // An enclosure that is one number is that number.
    return expressed(() => forcesCancel(context, interval.arithmetic, interval.theta)) === true
      ? { ...global(summed), tier: weaker('certified', convex) }
      : { declined: '' };
  },
};

/** On a box around θ every output moves only to where its force does not want it. */
export const signsOnBox: Strategy = {
  name: 'signs on a box',
  tier: 'exact',
  async run(context) {
    if (context.place().kind !== 'given') return { declined: '' };
    const radius = expressed(() => signOnBox(context));
    const convex = radius && (await convexTier(context));
    if (!radius || convex === undefined) return { declined: '' };
    return {
      status: 'holds',
      tier: weaker('exact', convex),
      detail: `while no parameter moves by more than ${radius}, every output moves against its force or stays (rational intervals)`,
      certificate: { kind: 'signs-on-box', radius: `${radius}` },
    };
  },
};
