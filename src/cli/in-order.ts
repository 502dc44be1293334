export interface Lanes {
  /** how many may run at a time */
  readonly jobs: number;
  /** ms before a second one may run beside the first; default 0 */
  readonly alone?: number;
}

/**
 * The outcomes of `run` on every item, in the order of the items, whatever ends first. With one job the next item waits
 * until the last outcome is taken, since it would hold up whoever takes it. `run` must not reject.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  { jobs, alone = 0 }: Lanes,
  run: (item: T, index: number) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const begun: Promise<R>[] = [];
  let running = 0;
  let most = alone > 0 ? 1 : jobs;
  const fill = (): void => {
    while (running < most && begun.length < items.length) {
      running++;
      const index = begun.length;
      begun.push(
        run(items[index]!, index).finally(() => {
          running--;
          if (jobs > 1) fill();
        }),
      );
    }
  };
  const widen = setTimeout(() => {
    most = jobs;
    if (jobs > 1) fill();
  }, alone);
  try {
    for (let k = 0; k < items.length; k++) {
      fill();
      yield await begun[k]!;
    }
  } finally {
    clearTimeout(widen);
  }
}
