/** The time limit was reached; whatever was established before stands. */
export class TimeLimit extends Error {
  override readonly name = 'TimeLimit';
  constructor() {
    super('the time limit was reached');
  }
}

/** A clock that long computations ask between steps. */
export interface Deadline {
  /** milliseconds left; Infinity without a limit */
  left(): number;
  expired(): boolean;
  /** Throws TimeLimit when the time is over. */
  check(): void;
}

export function deadline(at: number | undefined, signal?: AbortSignal): Deadline {
  const expired = (): boolean => signal?.aborted === true || (at !== undefined && Date.now() >= at);
  return {
    left: () =>
      signal?.aborted ? 0 : at === undefined ? Number.POSITIVE_INFINITY : Math.max(0, at - Date.now()),
    expired,
    check() {
      if (expired()) throw new TimeLimit();
    },
  };
}
