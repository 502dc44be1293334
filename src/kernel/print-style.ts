/** The marks of one output language. `print.ts` decides what is written; a style decides how. */
export interface Style {
  readonly language: 'text' | 'latex';
  /** a name with indices below and above it */
  symbol(name: string, below: readonly string[], above: readonly string[]): string;
  /** indices after something that is already complete: f(θ)_c */
  indexed(body: string, below: readonly string[]): string;
  parentheses(body: string): string;
  call(head: string, args: readonly string[]): string;
  infix(left: string, mark: Mark, right: string): string;
  prefix(mark: Mark, body: string): string;
  product(left: string, right: string): string;
  fraction(numerator: string, denominator: string): string;
  number(value: string): string;
  sum(index: string, lower: string, upper: string, body: string): string;
  quantified(binders: string, body: string): string;
  /** ∂_k of a function at a point */
  derivative(k: string, f: string, point: string): string;
  brackets(body: string): string;
  sqrt(body: string): string;
  delta(i: string, j: string): string;
  /** x ↦ body */
  maps(x: string, body: string): string;
  /** the vector with entries `body`, index i */
  entries(i: string, body: string): string;
  words(text: string): string;
  /** inf over `range` of `value`, or over a set when the range is not only variables */
  infimum(which: 'inf' | 'min', value: string, range: readonly string[]): string;
  mark(mark: Mark): string;
  range(from: string, to: string): string;
  space(n: string): string;
  matrices(rows: string, columns: string): string;
  /** holes of a notation have been filled; finishes its subscripts */
  template(filled: string): string;
}

export type Mark =
  | 'and'
  | 'or'
  | 'imp'
  | 'iff'
  | 'not'
  | 'eq'
  | 'ne'
  | 'le'
  | 'lt'
  | 'add'
  | 'sub'
  | 'neg'
  | 'forall'
  | 'exists'
  | 'in'
  | 'notin'
  | 'to'
  | 'true'
  | 'false'
  | 'Nat'
  | 'Real'
  | 'Prop';
