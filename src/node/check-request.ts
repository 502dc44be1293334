import type { CheckOptions } from '../check/index.ts';

export type Progress = Parameters<NonNullable<CheckOptions['onProgress']>>[0];

/** One file to check, as plain data: it can be handed to a worker thread. */
export interface CheckRequest {
  /** a path, or `-` when `bytes` holds what came on stdin */
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** whether references may leave the file's folder */
  readonly allowOutside: boolean;
  readonly options: Pick<CheckOptions, 'results' | 'tier' | 'backend' | 'seed' | 'point'>;
  /** seconds from the start of the load to the end of the check */
  readonly timeout?: number;
}
