import { SpecError } from '../symbolic/spec-error.ts';
import { basis } from './basis.ts';
import { expression } from './expression.ts';
import type { ModelKind } from './kind.ts';
import { mlp } from './mlp.ts';
import type { Model } from './model.ts';
import { resnet } from './resnet.ts';
import { skip } from './skip.ts';

/** Every kind of model, in the order of the documentation. */
export const modelKinds: readonly ModelKind[] = Object.freeze([basis, mlp, skip, resnet, expression]);

/** The kind with this `type`. */
export const modelKind = (type: string): ModelKind | undefined =>
  modelKinds.find((kind) => kind.type === type);

/** Prepares and builds a model from an object that satisfies its kind's schema. Throws SpecError. */
export async function buildModel(spec: { readonly type: string }, path: string): Promise<Model> {
  const kind = modelKind(spec.type);
  if (!kind)
    throw new SpecError(
      `${path}.type`,
      `there is no model "${spec.type}"; use one of ${modelKinds.map(({ type }) => type).join(', ')}`,
    );
  await kind.prepare?.(spec);
  return kind.build(spec, path);
}
