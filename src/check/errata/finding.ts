/** What the check of an erratum finds, and when it confirms the erratum. */
import { Rational } from '../../kernel/rational.ts';

/** A value or a relation as one side has it, and whether the computation bears it out. */
export interface Assertion {
  readonly text: string;
  readonly holds: boolean;
}

/** The same quantity as the paper prints it and as it should be. */
export interface Comparison {
  readonly claim: string;
  readonly printed: Assertion;
  readonly right: Assertion;
}

/** What must be true for the comparisons to mean anything: θ is critical, v lies in V[θ, ε]. */
export interface Fact {
  readonly claim: string;
  readonly value: string;
  readonly holds: boolean;
}

export interface Findings {
  readonly comparisons: readonly Comparison[];
  readonly facts?: readonly Fact[];
}

export type ErratumStatus = 'confirmed' | 'refuted';

/**
 * Confirmed: every fact and every right side is borne out, and some printed side is not. An erratum whose printed side
 * agrees everywhere is refuted, and so is one whose mend is wrong.
 */
export function statusOf({ comparisons, facts = [] }: Findings): ErratumStatus {
  const sound = facts.every(({ holds }) => holds) && comparisons.every(({ right }) => right.holds);
  const defect = comparisons.some(({ printed }) => !printed.holds);
  return sound && defect ? 'confirmed' : 'refuted';
}

export type Value = Rational | number | boolean | string | readonly (Rational | number)[];

/** The side has this value; it is borne out when the computed value is equal, exactly. */
export function valued(value: Value, computed: Value): Assertion {
  const text = format(value);
  return { text, holds: text === format(computed) };
}

/** Both sides as values against one computed value. */
export function compare(claim: string, printed: Value, right: Value, computed: Value): Comparison {
  return { claim, printed: valued(printed, computed), right: valued(right, computed) };
}

export const fact = (claim: string, value: Value, holds: boolean): Fact => ({
  claim,
  value: format(value),
  holds,
});

/** Canonical: equal values, and only those, have the same text. */
export function format(value: Value): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Rational.fromNumber(value).toString();
  if (Rational.is(value)) return value.toString();
  return `(${value.map((each) => format(each)).join(', ')})`;
}
