/** How long each stage of a check takes, in seconds by name: a stage inside another is not counted in the outer one. */
export interface Stages {
  /** Runs a stage; a promise counts until it settles. Stages follow each other or nest, they never overlap. */
  during<R>(stage: string, compute: () => R): R;
  seconds(): Readonly<Record<string, number>>;
}

const MILLISECONDS = 1000;

export function stages(before: Readonly<Record<string, number>> = {}): Stages {
  const spent = new Map(Object.entries(before).map(([stage, seconds]) => [stage, seconds * MILLISECONDS]));
  const running: string[] = [];
  let since = Date.now();
  /** Books the time since the last change on the innermost stage. */
  const book = (): void => {
    const now = Date.now();
    const stage = running.at(-1);
    if (stage !== undefined) spent.set(stage, (spent.get(stage) ?? 0) + now - since);
    since = now;
  };
  const end = (depth: number): void => {
    book();
    running.length = depth;
  };
  return {
    during(stage, compute) {
      book();
      const depth = running.length;
      running.push(stage);
      let settles = false;
      try {
        const found = compute();
        if (found instanceof Promise) {
          settles = true;
          return found.finally(() => end(depth)) as typeof found;
        }
        return found;
      } finally {
        if (!settles) end(depth);
      }
    },
    seconds() {
      book();
      return Object.fromEntries([...spent].map(([stage, time]) => [stage, time / MILLISECONDS]));
    },
  };
}
