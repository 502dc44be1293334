import { boundText } from '../../arithmetic/decimal.ts';
import { isPositiveDefinite, negativeDirection, quadraticForm } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { whereDefined } from '../defined.ts';
import { expressed } from '../expressed.ts';
import { exactGradient, parameterName } from '../gradient.ts';
import { descentCurve } from '../local-minimum/descent-curve.ts';
import { exactHessian } from '../local-minimum/exact-hessian.ts';
import { fibreDescent } from '../local-minimum/fibre-descent.ts';
import { convexTier, noForce, signsOnBox } from '../local-minimum/force-strategies.ts';
import { symmetricSlice } from '../local-minimum/symmetric-slice.ts';
import { leastCurvature } from '../place.ts';
import { type Obligation, type Outcome, type Strategy, weaker } from '../strategy.ts';
import { affineInParameters } from '../structure/affine.ts';
import { imageSubspace, orthogonalToForces } from '../structure/image-subspace.ts';
import { plainGauge, plainSymmetry } from '../structure/symmetry.ts';
import { critical } from './critical.ts';

/** A gradient that is not 0 points to lower values. */
const gradient: Strategy = {
  name: 'gradient',
  tier: 'exact',
  async run(context) {
    for (const strategy of critical.strategies) {
      if (strategy.tier === 'numeric') continue;
      const found = await attempt(strategy, context);
      if (found?.status === 'fails') {
        return { ...found, detail: `not critical, so L falls along −∇L: ${found.detail}` };
      }
      if (found?.status === 'holds') break;
    }
    return { declined: '' };
  },
};

async function attempt(strategy: Strategy, context: CheckContext): Promise<Outcome | undefined> {
  const answer = await strategy.run(context);
  return 'declined' in answer ? undefined : answer;
}

const isCritical = (context: CheckContext): boolean => exactGradient(context).kind === 'zero';

/** f_X(θ*) = Y: every sample loss is at its least. */
const interpolates: Strategy = {
  name: 'interpolation',
  tier: 'certified',
  run(context) {
    const place = context.place();
    if (place.kind !== 'enclosed' || place.by !== 'interpolation') return { declined: '' };
    return {
      status: 'holds',
      tier: 'certified',
      detail: 'global: θ* fits every target exactly, where every sample loss is least',
    };
  },
};

/** f affine in θ and ℓ convex make L convex. */
const convexObjective: Strategy = {
  name: 'convex objective',
  tier: 'symbolic',
  async run(context) {
    if (!affineInParameters(context.problem.graph)) return { declined: 'f is not affine in θ' };
    const convex = await convexTier(context);
    const enclosed = context.place().kind === 'enclosed';
    if (convex === undefined || !(enclosed || isCritical(context)))
      return { declined: 'L is convex, but θ is not proved critical' };
    return {
      status: 'holds',
      tier: weaker(enclosed ? 'certified' : 'exact', convex),
      detail: `global: f is affine in θ and ℓ convex, so L is convex, and ${enclosed ? 'θ*' : 'θ'} is critical`,
    };
  },
};

/** f_X(B(θ, r)) ⊆ E and G ⊥ E: by the gradient inequality no point of the ball is lower. */
const subspace: Strategy = {
  name: 'image subspace',
  tier: 'exact',
  async run(context) {
    const space = imageSubspace(context);
    if (!space) return { declined: 'no linear space is known to hold the image of f_X near θ' };
    const convex = await convexTier(context);
    if (convex === undefined) return { declined: 'the loss is not proved convex' };
    if (!orthogonalToForces(context, space.samples))
      return { declined: 'the forces are not orthogonal to the space that holds the image of f_X' };
    const dimension = space.samples.length * context.instance.model.outputs;
    return {
      status: 'holds',
      tier: weaker('exact', convex),
      detail: `the image of f_X near θ lies in a linear space of dimension ${dimension} that the forces are orthogonal to (${space.reason})`,
      certificate: { kind: 'image-subspace', samples: space.samples.map((vector) => vector.map(String)) },
    };
  },
};

/** ∇²L(θ) over Q: positive definite, alone or across a known orbit, or with a direction of negative curvature. */
const exactCurvature: Strategy = {
  name: 'exact Hessian',
  tier: 'exact',
  run(context) {
    if (!isCritical(context)) return { declined: '' };
    const H = exactHessian(context);
    if (!H) return { declined: 'the Hessian is too large for exact arithmetic' };
    if (isPositiveDefinite(H)) {
      return {
        status: 'holds',
        tier: 'exact',
        detail: 'strict: ∇L(θ) = 0 and ∇²L(θ) is positive definite over Q',
        strict: true,
      };
    }
    const v = negativeDirection(H);
    if (!v) {
      const slice = expressed(() => symmetricSlice(context, H));
      if (!slice) return { declined: '∇²L(θ) is positive semidefinite and singular' };
      const { symmetries } = slice;
      return {
        status: 'holds',
        tier: 'exact',
        detail: `∇L(θ) = 0, and ∇²L(θ) is positive definite across an orbit of dimension ${symmetries.length} of changes of θ that leave f as it is`,
        certificate: { kind: 'symmetric-slice', symmetries: symmetries.map(plainSymmetry) },
      };
    }
    return {
      status: 'fails',
      tier: 'exact',
      detail: `a saddle: along (${direction(context, v)}) the second derivative of L is ${quadraticForm(H, v)} < 0`,
      witness: {
        kind: 'negative-curvature',
        direction: v.map(String),
        curvature: quadraticForm(H, v).toString(),
      },
    };
  },
};

/** A polynomial curve along which L falls, where second order says nothing. */
const curve: Strategy = {
  name: 'descent curve',
  tier: 'exact',
  run(context) {
    // At the given θ, which is not critical, L falls; that says nothing of θ*.
    if (context.place().kind === 'enclosed') return { declined: 'θ* is known by an enclosure only' };
    const found = descentCurve(context) ?? fibreDescent(context);
    if (!found) return { declined: 'no descent curve was found' };
    const { terms, change } = found;
    const order = change.findIndex((entry) => !entry.isZero);
    const path = terms
      .map(
        ({ index, coefficient, power }) =>
          `${parameterName(context, index)} ${coefficient.sign < 0 ? '−' : '+'} ${coefficient.abs().equals(Rational.one) ? '' : coefficient.abs()}s${power === 1 ? '' : `^${power}`}`,
      )
      .join(', ');
    return {
      status: 'fails',
      tier: 'exact',
      detail: `no local minimum: on ${path} L changes by ${change[order]} s^${order} + …, lower for all small s > 0`,
      witness: {
        kind: 'descent-curve',
        terms: terms.map(({ index, coefficient, power }) => ({
          parameter: parameterName(context, index),
          coefficient: `${coefficient}`,
          power,
        })),
        change: change.map(String),
      },
    };
  },
};

/** ∇²L positive definite on the whole box that holds the critical point θ*, or on a slice across its orbit (`fixesGauge`). */
const certifiedCurvature: Strategy = {
  name: 'certified Hessian',
  tier: 'certified',
  run(context) {
    const place = context.place();
    if (place.kind !== 'enclosed' || place.by !== 'krawczyk') return { declined: '' };
    const { gauge, point } = place;
    const bound = leastCurvature(context, point.theta, gauge?.fixed ?? []);
    if (bound === undefined || !(bound > 0))
      return { declined: '∇²L is not proved positive definite around θ*' };
    const figures = { 'least curvature': { lower: bound } };
    if (gauge)
      return {
        status: 'holds',
        tier: 'certified',
        detail: `θ* is critical, and across an orbit of dimension ${gauge.fixed.length} of changes of θ that leave f as it is the eigenvalues of ∇²L around it are at least ${boundText(bound, 'down')}`,
        certificate: { kind: 'certified-slice', radii: [...place.radii], ...plainGauge(gauge) },
        figures,
      };
    return {
      status: 'holds',
      tier: 'certified',
      detail: `strict: θ* is critical and the eigenvalues of ∇²L around it are at least ${boundText(bound, 'down')}`,
      strict: true,
      figures,
    };
  },
};

const direction = (context: CheckContext, v: readonly Rational[]): string =>
  v
    .flatMap((entry, k) => (entry.isZero ? [] : [`${parameterName(context, k)}: ${entry}`]))
    .slice(0, 6)
    .join(', ');

export const localMinimum: Obligation = {
  id: 'local-minimum',
  strategies: [
    gradient,
    noForce,
    interpolates,
    convexObjective,
    subspace,
    exactCurvature,
    signsOnBox,
    curve,
    certifiedCurvature,
  ].map(whereDefined),
};
