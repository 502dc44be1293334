/**
 * How defined operations are written (untrusted: it changes what is read, never what is meant). One template serves
 * every output language: see template.ts.
 */
export interface Notation {
  readonly written: string;
  /** precedence of the whole (see print.ts); 9, an atom, when absent */
  readonly precedence?: number;
  /**
   * Arguments that the text leaves out because a statement has one value of them throughout: the data. A printer
   * that meets two values in one term writes them after the name, in brackets.
   */
  readonly ambient?: readonly number[];
  /** How x ↦ op(…, x) is written, when x is argument `argument` and occurs nowhere else: `L` for θ ↦ L(θ). */
  readonly asFunction?: { readonly argument: number; readonly written: string };
  /** A predicate that reads "argument ∈ set"; the template is the set. */
  readonly member?: { readonly argument: number; readonly written: string };
  /** arguments that are indices written by their number */
  readonly numbered?: readonly number[];
  /** what the symbol means, for a legend */
  readonly meaning: string;
}

const notations = new Map<string, Notation>();

export function notation(name: string, written: Notation): void {
  notations.set(name, written);
}

export function notationOf(name: string): Notation | undefined {
  return notations.get(name);
}
