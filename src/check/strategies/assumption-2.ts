import { boundText } from '../../arithmetic/decimal.ts';
import {
  exactBalls,
  multiply,
  normLowerBound,
  normUpperBound,
  transpose,
} from '../../certified/ball-matrix.ts';
import { leastEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import { inRange } from '../../exact/linear-algebra.ts';
import { whereDefined } from '../defined.ts';
import { column } from '../gradient.ts';
import { exactJacobian, span } from '../right-hand-side/span.ts';
import type { Obligation, Strategy } from '../strategy.ts';
import { representation } from './representation.ts';

/** An identity f = Σ g_k ∂_k f, from structure or by linear algebra on expressions. */
const identity: Strategy = {
  name: 'identity f = Σ g_k ∂_k f',
  tier: 'symbolic',
  async run(context) {
    const found = await representation(context);
    return found.status === 'holds'
      ? { status: 'holds', tier: found.tier, detail: found.detail, certificate: found.certificate }
      : { declined: found.detail };
  },
};

/** f_X(θ) ∈ range J(θ), decided over Q. */
const exactRange: Strategy = {
  name: 'exact range',
  tier: 'exact',
  run(context) {
    const J = exactJacobian(context);
    if (!J || !context.exact || context.place().kind !== 'given')
      return { declined: 'J(θ) is not rational here' };
    const f = context.exact.summary().outputs.flat();
    const answer = inRange(J, f);
    if (answer.inRange) {
      return {
        status: 'holds',
        tier: 'exact',
        detail: `f_X(θ) ∈ range J(θ) at this θ, which is all that the theorem uses`,
        certificate: { kind: 'combination', coefficients: answer.x.map(String) },
      };
    }
    return {
      status: 'fails',
      tier: 'exact',
      detail:
        'f_X(θ) is not in range J(θ): a vector orthogonal to every ∂_k f_X(θ) is not orthogonal to f_X(θ)',
      witness: { kind: 'left-null-vector', vector: answer.leftNullVector.map(String) },
    };
  },
};

/** J(θ) of full row rank, or a distance of f_X(θ) from range J(θ) that is proved positive. */
const certifiedRange: Strategy = {
  name: 'certified range',
  tier: 'certified',
  run(context) {
    if (context.instance.loss.shiftInvariant)
      return { declined: 'the projected Jacobian decides nothing here' };
    const { basis, rank, proof } = span(context, context.place().point);
    if (proof === undefined) return { declined: 'no proved basis of range J(θ)' };
    const gram = multiply(transpose(basis), basis);
    const least = leastEigenvalueBound(gram, inverseCholesky(rank, gram.mid));
    if (least === undefined || !(least > 0))
      return { declined: 'the basis of range J(θ) is not proved independent' };
    if (rank === basis.rows) {
      return {
        status: 'holds',
        tier: 'certified',
        detail: `J(θ) has full row rank ${rank}, so f_X(θ) ∈ range J(θ) at this θ`,
      };
    }
    // dist(f, range B) ≥ ‖r‖ − ‖Bᵀr‖/σ_min(B) for r = f − Bz with any z.
    const f = column(context.place().point.summary().outputs.flat());
    const z = multiply(transpose(basis), f).mid;
    const fitted = multiply(basis, exactBalls(rank, 1, z));
    const residual = {
      rows: f.rows,
      cols: 1,
      mid: f.mid.map((entry, i) => entry - fitted.mid[i]!),
      rad: f.rad.map(
        (entry, i) =>
          (entry + fitted.rad[i]! + 2 ** -52 * (Math.abs(f.mid[i]!) + Math.abs(fitted.mid[i]!))) *
          (1 + 2 ** -49),
      ),
    };
    const distance =
      normLowerBound(residual) -
      (normUpperBound(multiply(transpose(basis), residual)) / Math.sqrt(least)) * (1 + 2 ** -48);
    if (distance > 0) {
      return {
        status: 'fails',
        tier: 'certified',
        detail: `f_X(θ) is at least ${boundText(distance, 'down')} away from range J(θ)`,
        witness: { kind: 'distance', distance },
        figures: { distance: { lower: distance } },
      };
    }
    return {
      declined: `f_X(θ) is too close to range J(θ) for floats to exclude it (${boundText(normUpperBound(residual), 'up')})`,
    };
  },
};

export const assumption2Obligation: Obligation = {
  id: 'assumption-2',
  strategies: [identity, exactRange, certifiedRange].map(whereDefined),
};
