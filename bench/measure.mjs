// Timing and tables for the benchmarks.

/** Milliseconds of the fastest of several runs, after one that warms up; stops after about a second. */
export function fastest(run, { least = 3, budget = 1000 } = {}) {
  run();
  let best = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let k = 0; k < least || performance.now() - start < budget; k++) {
    const before = performance.now();
    run();
    best = Math.min(best, performance.now() - before);
    if (performance.now() - start > 10 * budget) break;
  }
  return best;
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

export const milliseconds = (value) =>
  value === undefined
    ? ''
    : value >= 100
      ? `${value.toFixed(0)} ms`
      : value >= 1
        ? `${value.toFixed(1)} ms`
        : `${value.toFixed(3)} ms`;

export const ratio = (value, reference) =>
  value === undefined || reference === undefined ? '' : `${(value / reference).toPrecision(2)}×`;

/** Aligned columns: the first to the left, the others to the right. */
export function table(header, rows) {
  const all = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, k) => Math.max(...all.map((row) => [...(row[k] ?? '')].length)));
  const line = (row) =>
    row
      .map((cell, k) => {
        const gap = ' '.repeat(widths[k] - [...cell].length);
        return k === 0 ? cell + gap : gap + cell;
      })
      .join('   ')
      .trimEnd();
  return [line(all[0]), widths.map((width) => '─'.repeat(width)).join('   '), ...all.slice(1).map(line)].join(
    '\n',
  );
}

/** Deterministic numbers in [−1, 1). */
export function uniform(length, seed) {
  let state = seed >>> 0 || 1;
  return Float64Array.from({ length }, () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 31 - 1;
  });
}
