import type { Sides } from '../arithmetic/evaluate.ts';
import type { Quantity } from './report.ts';

const MOST_LINES = 60;

/** One equation or inequality of a claim, with its numbers. */
export interface ValueLine {
  /** the indices, as the paper counts: from 1 */
  readonly at: Readonly<Record<string, number>>;
  /** which sample a variable has that ranges over more than an index set, from 1 */
  readonly samples: Readonly<Record<string, number>>;
  readonly relation: Sides<unknown>['relation'];
  readonly left?: Quantity;
  readonly right?: Quantity;
  /** right − left */
  readonly difference?: Quantity;
  readonly truth: 'true' | 'false' | 'undecided';
}

/** What is false comes first where there are too many. */
export function cut(lines: readonly ValueLine[]): { lines: readonly ValueLine[]; omitted: number } {
  if (lines.length <= MOST_LINES) return { lines, omitted: 0 };
  const ordered = [
    ...lines.filter(({ truth }) => truth === 'false'),
    ...lines.filter(({ truth }) => truth !== 'false'),
  ];
  return { lines: ordered.slice(0, MOST_LINES), omitted: lines.length - MOST_LINES };
}

export function written<T>(line: Sides<T>, quantity: (value: T) => Quantity): ValueLine {
  const { at, candidates, relation, left, right, difference, truth } = line;
  return {
    at: fromOne(at),
    samples: fromOne(candidates),
    relation,
    ...(left === undefined ? {} : { left: quantity(left) }),
    ...(right === undefined ? {} : { right: quantity(right) }),
    ...(difference === undefined ? {} : { difference: quantity(difference) }),
    truth: truth === 'undecided' ? truth : truth ? 'true' : 'false',
  };
}

const fromOne = (at: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(at).map(([name, k]) => [name, k + 1]));
