import { SpecError } from '../symbolic/spec-error.ts';
import { crossEntropy } from './cross-entropy.ts';
import { expressionLoss } from './expression.ts';
import type { LossKind } from './kind.ts';
import type { Loss } from './loss.ts';
import { smoothedHinge } from './smoothed-hinge.ts';
import { squared } from './squared.ts';

/** Every kind of loss, in the order of the documentation. */
export const lossKinds: readonly LossKind[] = Object.freeze([
  squared,
  crossEntropy,
  smoothedHinge,
  expressionLoss,
]);

/** The kind with this `type`. */
export const lossKind = (type: string): LossKind | undefined => lossKinds.find((kind) => kind.type === type);

/** Prepares and builds a loss from an object that satisfies its kind's schema. Throws SpecError. */
export async function buildLoss(spec: { readonly type: string }, path: string, dy: number): Promise<Loss> {
  const kind = lossKind(spec.type);
  if (!kind)
    throw new SpecError(
      `${path}.type`,
      `there is no loss "${spec.type}"; use one of ${lossKinds.map(({ type }) => type).join(', ')}`,
    );
  await kind.prepare?.(spec);
  return kind.build(spec, path, dy);
}
