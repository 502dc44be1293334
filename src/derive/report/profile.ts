import type { Resources } from '../../check/report.ts';

/** Stages below this share of the whole are summed up as the rest. */
const SMALL = 0.01;

/** What a check cost, in one sentence: seconds in all, the share of each stage, the largest first, and the peak memory. */
export function profileText({ seconds, peakMemory }: Resources): string {
  const stages = Object.entries(seconds).sort(([, a], [, b]) => b - a);
  const total = stages.reduce((sum, [, time]) => sum + time, 0);
  const large = stages.filter(([, time]) => time > 0 && time >= SMALL * total);
  const rest = total - large.reduce((sum, [, time]) => sum + time, 0);
  const share = (time: number): string => `${Math.round((100 * time) / total)} %`;
  const parts = large.map(([stage, time]) => `${stage} ${share(time)}`);
  if (rest > 0) parts.push(`the rest ${share(rest)}`);
  const memory = peakMemory === undefined ? '' : `; ${Math.ceil(peakMemory / 2 ** 20)} MiB at the peak`;
  return `${total.toFixed(2)} s${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${memory}`;
}
