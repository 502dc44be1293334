import type { Rational } from '../kernel/rational.ts';
import { type ScalarLoss, settingFor } from './assumption-1.ts';
import { type Checked, checkSmoothness } from './curvature/check.ts';
import type { Derivation } from './curvature/claim.ts';
import { Prover } from './curvature/prove.ts';

/**
 * A checked derivation that ℓ(·, y) is differentiable on all of R^dy: for one row of targets, or with null for every row
 * that the rule of the loss allows. Undefined when none was found, which refutes nothing.
 */
export function differentiableLoss(
  loss: ScalarLoss,
  target: readonly Rational[] | null = null,
  deadlineMs = 1_000,
): Derivation | undefined {
  const setting = settingFor(loss, target);
  const options = { analytic: target !== null, deadline: Date.now() + deadlineMs };
  const derivation = new Prover(setting, options).derivation('differentiable');
  return derivation && checkSmoothness(setting, derivation).accepted ? derivation : undefined;
}

/** Re-verifies such a derivation. */
export const checkDifferentiableLoss = (
  loss: ScalarLoss,
  target: readonly Rational[] | null,
  derivation: unknown,
): Checked => checkSmoothness(settingFor(loss, target), derivation);
