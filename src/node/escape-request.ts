/** One search for a way down from the point of a file, as plain data. */
export interface EscapeRequest {
  /** a path, or `-` when `bytes` holds what came on stdin */
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** where the moved instance goes; without it nothing is written */
  readonly output?: string;
  /** replace what stands at `output`, which is kept beside it */
  readonly force: boolean;
  readonly allowOutside: boolean;
  readonly seed?: number;
  /** seconds, after which the search is stopped */
  readonly timeout?: number;
}
