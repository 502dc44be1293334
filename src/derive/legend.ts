import { apply } from '../kernel/build.ts';
import { notationOf } from '../kernel/notation.ts';
import { Printer } from '../kernel/print.ts';
import { textStyle } from '../kernel/print-text.ts';
import { definitionOf, op, type Sort, type Term, unfold, variable } from '../kernel/term.ts';

/** A definition with its parameters as variables: symbol means value. */
export interface DefinitionEntry {
  readonly name: string;
  readonly symbol: Term;
  readonly value: Term;
  readonly meaning: string;
}

/** Every definition that occurs in the terms or, in turn, in their definitions, in the order of first occurrence. */
export function definitionsUsed(terms: readonly Term[]): readonly DefinitionEntry[] {
  const entries = new Map<string, DefinitionEntry>();
  let queue = terms;
  while (queue.length > 0) {
    const found = queue.flatMap((term) => [...namesIn(term)]).filter((name) => !entries.has(name));
    const fresh = [...new Set(found)].map(definitionEntry);
    for (const entry of fresh) entries.set(entry.name, entry);
    queue = fresh.map(({ value }) => value);
  }
  return [...entries.values()];
}

/** A hypothesis that is a defined predicate is shown by what it means, unless it reads x ∈ A. */
export function shown(term: Term): Term {
  if (term.kind !== 'operation' || !definitionOf(term.name)) return term;
  return notationOf(term.name)?.member ? term : unfold(term);
}

function namesIn(root: Term): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<number>();
  const visit = (term: Term): void => {
    if (seen.has(term.id)) return;
    seen.add(term.id);
    if (term.kind === 'operation' && definitionOf(term.name)) names.add(term.name);
    if (term.kind === 'lambda') visit(apply(term, parameter(term)));
    else term.args.forEach(visit);
  };
  visit(root);
  return names;
}

/** The definition of this name. Each call makes variables of its own for the parameters. */
export function definitionEntry(name: string): DefinitionEntry {
  const { arity, body } = definitionOf(name)!;
  const parameters: Term[] = [];
  let rest = body;
  for (let i = 0; i < arity; i++) {
    const x = parameter(rest);
    parameters.push(x);
    rest = apply(rest, x);
  }
  let symbol = op(name, ...parameters);
  let value = unfold(symbol);
  // A function, and an array that has no short form, are shown at an argument.
  while (value.sort.kind === 'Pi' && (!isArray(value.sort) || !short(value))) {
    const x = parameter(value);
    symbol = apply(symbol, x);
    value = apply(value, x);
  }
  return { name, symbol, value, meaning: notationOf(name)?.meaning ?? '' };
}

const parameter = (f: Term): Term => variable(f.name || f.sort.hint || 'x', f.sort.domain!);

function isArray(sort: Sort): boolean {
  if (sort.kind === 'Real') return true;
  return sort.domain?.kind === 'Fin' && sort.codomain !== null && isArray(sort.codomain);
}

const short = (vector: Term): boolean => new Printer(textStyle, [vector]).readsWithoutIndex(vector);
