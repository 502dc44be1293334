import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { parameterName } from '../gradient.ts';
import type { ObligationReport, ResultReport } from '../report.ts';

/** Evidence of an obligation of a report, to be verified from the instance and these data alone. */
export interface Claim {
  readonly context: CheckContext;
  readonly result: ResultReport;
  readonly obligation: ObligationReport;
  /** the certificate or the witness: untrusted */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether the data prove what the obligation says. Throws Refused, Inexpressible or AtKink where they do not. */
export type Checker = (claim: Claim) => boolean | Promise<boolean>;

/** The data are not of the form that the kind has; the reason is for the reader. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refused(reason);
}

/** Exactly these entries and no others. */
export function onlyEntries(data: Readonly<Record<string, unknown>>, ...keys: readonly string[]): void {
  for (const key of keys) demand(Object.hasOwn(data, key), `there is no ${key}`);
  for (const key of Object.keys(data)) demand(keys.includes(key), `${key} is no entry of this kind`);
}

export const record = (value: unknown): Readonly<Record<string, unknown>> => {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), 'expected an object');
  return value as Readonly<Record<string, unknown>>;
};

export const list = (value: unknown): readonly unknown[] => {
  demand(Array.isArray(value), 'expected a list');
  return value;
};

export function rational(value: unknown): Rational {
  const found = typeof value === 'string' ? Rational.parse(value) : undefined;
  demand(found !== undefined, 'expected an exact number as text');
  return found;
}

export const rationals = (value: unknown, length?: number): readonly Rational[] => {
  const found = list(value).map(rational);
  demand(length === undefined || found.length === length, `expected ${length} numbers`);
  return found;
};

export function float(value: unknown): number {
  demand(typeof value === 'number' && Number.isFinite(value), 'expected a finite number');
  return value;
}

export function index(value: unknown, below: number): number {
  demand(
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below,
    `expected an index below ${below}`,
  );
  return value;
}

/** The place in θ of a parameter named as in the instance file. */
export function parameterIndex(context: CheckContext, name: unknown): number {
  const n = context.instance.trainableIndices.length;
  const found = Array.from({ length: n }, (_, k) => k).find((k) => parameterName(context, k) === name);
  demand(found !== undefined, `θ has no entry ${String(name)}`);
  return found;
}

export const inner = (u: readonly Rational[], v: readonly Rational[]): Rational =>
  u.reduce((sum, entry, k) => sum.add(entry.mul(v[k]!)), Rational.zero);
