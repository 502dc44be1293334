/** What the symbols of a statement are on an instance: their sizes, and their values where these are numbers. */
import { Inexpressible } from '../arithmetic/arithmetic.ts';
import type { Evaluator } from '../arithmetic/evaluate.ts';
import type { Meaning } from '../arithmetic/meaning.ts';
import { Rational } from '../kernel/rational.ts';
import type { Sort, Term } from '../kernel/term.ts';

export interface SymbolValue {
  readonly name: string;
  /** by the instance; else it is a sample, and what is said of it is said of that sample */
  readonly given: boolean;
  /** "3", "3 × 2", "{1..4} → ℝ^3 → ℝ"; empty where a size depends on what is bound */
  readonly shape: string;
  /** of a number or an array, in order, row by row; null for a function */
  readonly entries: readonly string[] | null;
  /** entries that were left out */
  readonly omitted: number;
}

const MOST_ENTRIES = 64;

/** A symbol and its meaning, which the instance gives, or which is a sample. */
export function symbolValue(
  variable: Term,
  meaning: Meaning<Rational>,
  { evaluator, given }: { readonly evaluator: Evaluator<Rational>; readonly given: boolean },
): SymbolValue {
  const entries = numbers(meaning);
  return {
    name: variable.name,
    given,
    shape: shapeOf(variable.sort, evaluator),
    entries: entries?.slice(0, MOST_ENTRIES) ?? null,
    omitted: Math.max(0, (entries?.length ?? 0) - MOST_ENTRIES),
  };
}

/** Numbers of nested arrays, row by row; undefined for a function. */
function numbers(meaning: Meaning<Rational>): readonly string[] | undefined {
  if (typeof meaning === 'number') return [String(meaning)];
  if (meaning instanceof Rational) return [meaning.toString()];
  if (!Array.isArray(meaning)) return undefined;
  const parts = meaning.map((part: Meaning<Rational>) => numbers(part));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function shapeOf(sort: Sort, evaluator: Evaluator<Rational>): string {
  if (sort.kind === 'Real' || sort.kind === 'Nat') return '';
  try {
    const sizes = arraySizes(sort, evaluator);
    return sizes ? sizes.join(' × ') : spelled(sort, evaluator);
  } catch (error) {
    if (error instanceof Inexpressible) return '';
    throw error;
  }
}

/** [3, 2] for a matrix of numbers; undefined for what is no array of numbers. */
function arraySizes(sort: Sort, evaluator: Evaluator<Rational>): readonly number[] | undefined {
  if (sort.kind === 'Real') return [];
  if (sort.kind !== 'Pi' || sort.domain!.kind !== 'Fin' || !sort.codomain) return undefined;
  const inner = arraySizes(sort.codomain, evaluator);
  return inner && [evaluator.number(sort.domain!.dimension!), ...inner];
}

function spelled(sort: Sort, evaluator: Evaluator<Rational>): string {
  switch (sort.kind) {
    case 'Nat':
      return 'ℕ';
    case 'Real':
      return 'ℝ';
    case 'Prop':
      return 'Prop';
    case 'Fin':
      return `{1..${evaluator.number(sort.dimension!)}}`;
    default: {
      const sizes = arraySizes(sort, evaluator);
      if (sizes) return `ℝ^${sizes.length === 1 ? sizes[0] : `{${sizes.join('×')}}`}`;
      if (!sort.codomain) throw new Inexpressible('a sort that depends on an index');
      return `${spelled(sort.domain!, evaluator)} → ${spelled(sort.codomain, evaluator)}`;
    }
  }
}
