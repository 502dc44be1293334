import type { Model } from './model.ts';

/** A kind of model declares everything about itself here; `models/index.ts` is the one place where kinds are listed. */
export interface ModelKind {
  /** the `type` in the instance file */
  readonly type: string;
  /** JSON Schema (draft 2020-12) of the model object; may refer to "#/$defs/…" of the instance schema */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Loads what `build` needs for this object (the expression parser); absent where nothing is needed. Await it first. */
  prepare?(spec: unknown): Promise<void>;
  /** Builds the model from an object that satisfies `schema`. Throws SpecError with a path below `path`. */
  build(spec: unknown, path: string): Model;
}
