import type { Loss } from './loss.ts';

/** A kind of loss; `losses/index.ts` is the one place where kinds are listed. */
export interface LossKind {
  /** the `type` in the instance file */
  readonly type: string;
  /** JSON Schema (draft 2020-12) of the loss object */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Loads what `build` needs for this object (the expression parser); absent where nothing is needed. Await it first. */
  prepare?(spec: unknown): Promise<void>;
  /** Builds the loss for predictions in R^dy. Throws SpecError with a path below `path`. */
  build(spec: unknown, path: string, dy: number): Loss;
}
