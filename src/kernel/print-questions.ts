/** Questions that laying out asks about terms (untrusted). */
import { openOnce, val } from './build.ts';
import { notationOf } from './notation.ts';
import { codomainAt, Fin, freeVariables, fresh, real, type Sort, type Term } from './term.ts';

export const isIndex = (t: Term): boolean => t.sort.kind === 'Fin' || t.sort.kind === 'Nat';
/** Nat → something that is not a number: h^(l), not d_l */
export const isFamily = (head: Term): boolean => {
  const codomain = head.sort.codomain;
  return codomain === null || (codomain.kind !== 'Nat' && codomain.kind !== 'Real');
};
export const mentions = (t: Term, x: Term): boolean => freeVariables(t).some((y) => y.id === x.id);
export const isMinusOne = (t: Term): boolean => t.kind === 'number' && t.value!.toString() === '-1';
export const plus = (a: Term, b: Term): string => `${a.value!.numerator + b.value!.numerator}`;

export function isArray(sort: Sort): boolean {
  return (
    sort.kind === 'Real' || (sort.domain?.kind === 'Fin' && sort.codomain !== null && isArray(sort.codomain))
  );
}

export function negation(t: Term): Term | undefined {
  if (t.kind === 'number' && t.value!.sign < 0) return real(t.value!.neg());
  if (t.kind === 'operation' && t.name === 'mul' && isMinusOne(t.args[0]!)) return t.args[1]!;
  return undefined;
}

/** (p ⇒ q) ∧ (q ⇒ p), written p ⇔ q. */
export function isEquivalence(t: Term): boolean {
  if (t.kind !== 'operation' || t.name !== 'and') return false;
  const [p, q] = [t.args[0]!, t.args[1]!];
  if ([p, q].some((side) => side.kind !== 'operation' || side.name !== 'imp')) return false;
  return p.args[0]!.id === q.args[1]!.id && p.args[1]!.id === q.args[0]!.id;
}

export function endsInSum(t: Term): boolean {
  if (t.kind !== 'operation') return false;
  if (t.name === 'sum' || t.name === 'natSum') return true;
  return t.name === 'mul' && endsInSum(t.args[1]!);
}

/** The other side when t bounds x with x on the given side. */
export function bound(t: Term, x: Term, side: 0 | 1): Term | undefined {
  if (t.kind !== 'operation' || (t.name !== 'lt' && t.name !== 'le') || t.args[side]!.id !== x.id)
    return undefined;
  const other = t.args[1 - side]!;
  return mentions(other, x) ? undefined : other;
}

/** Whether the number of index i is used in t: then i counts from 0. */
export function usesNumber(t: Term, i: Term): boolean {
  if (!mentions(t, i)) return false;
  if (t.kind === 'operation' && t.name === 'val') return t.args[0]!.id === i.id;
  if (t.kind === 'operation' && t.name === 'delta') {
    const [x, y] = comparedBy(t.args[0]!, t.args[1]!);
    return usesNumber(x, i) || usesNumber(y, i);
  }
  const parts = t.kind === 'lambda' ? [openOnce(t)[1]] : t.args;
  if (parts.some((part) => usesNumber(part, i))) return true;
  return (
    t.kind === 'operation' && (notationOf(t.name)?.numbered?.some((k) => t.args[k]!.id === i.id) ?? false)
  );
}

export function sortUsesNumber(sort: Sort, i: Term): boolean {
  if (sort.kind === 'Fin') return usesNumber(sort.dimension!, i);
  if (sort.kind !== 'Pi') return false;
  const codomain = sort.codomain ?? codomainAt(sort, fresh('x', sort.domain!));
  return sortUsesNumber(sort.domain!, i) || sortUsesNumber(codomain, i);
}

/** Names that differ in the kind of their primes only look alike. */
export const look = (name: string): string => name.replaceAll("'", '′');

const INDICES = ['ijkl', 'abcepq'];

/** A name that no other has: of an index, another letter of its kind; else with primes. */
export function unused(name: string, used: Set<string>, index = false): string {
  const letters = index ? (INDICES.find((kind) => kind.includes(name)) ?? '') : '';
  let out = used.has(look(name)) ? ([...letters].find((letter) => !used.has(letter)) ?? name) : name;
  while (used.has(look(out))) out += name.endsWith("'") ? "'" : '′';
  used.add(look(out));
  return out;
}

/** The summands of a natural number. */
export function summandsOf(terms: readonly Term[]): readonly Term[] {
  return terms.flatMap((t) => (t.kind === 'operation' && t.name === 'natAdd' ? summandsOf(t.args) : [t]));
}

/** What i = j says of indices in blocks: that the indices inside the blocks, or their numbers, are equal. */
export function comparedBy(i: Term, j: Term): readonly [Term, Term] {
  const placed = (t: Term): boolean => t.kind === 'operation' && (t.name === 'inl' || t.name === 'inr');
  if (!placed(i) && !placed(j)) return [i, j];
  const inner = (t: Term): Term => (t.name === 'inl' ? t.args[2]! : t);
  const [x, y] = placed(i) && placed(j) ? [inner(i), inner(j)] : [i, j];
  return placed(x) || placed(y) || x.kind !== y.kind ? [val(x), val(y)] : [x, y];
}

/** What the definitions in some terms ask of those who write these terms. */
export interface Ambiguities {
  /** definitions that occur with two values of their data */
  readonly explicit: ReadonlySet<string>;
  /** letters that definitions are written with like functions: W for W^(l)(θ) */
  readonly letters: ReadonlySet<string>;
}

const answered = new WeakMap<readonly Term[], Ambiguities>();

/** Asked again of the same list, it is not computed again. */
export function ambiguities(terms: readonly Term[]): Ambiguities {
  const known = answered.get(terms) ?? ambiguitiesOf(terms);
  answered.set(terms, known);
  return known;
}

function ambiguitiesOf(terms: readonly Term[]): Ambiguities {
  const seen = new Map<string, string>();
  const explicit = new Set<string>();
  const letters = new Set<string>();
  const visited = new Set<number>();
  const key = dataKeys();
  const visit = (t: Term): void => {
    if (visited.has(t.id)) return;
    visited.add(t.id);
    const written = t.kind === 'operation' ? notationOf(t.name) : undefined;
    const letter = written && /^(\p{L})(?:_\{[^}]*\}|\^\([^)]*\))?\(#\d\)$/u.exec(written.written);
    if (letter) letters.add(letter[1]!);
    if (written?.ambient) {
      const data = written.ambient.map((i) => key(t.args[i]!)).join();
      const before = seen.get(t.name);
      if (before !== undefined && before !== data) explicit.add(t.name);
      seen.set(t.name, data);
    }
    if (t.kind === 'lambda') visit(openOnce(t)[1]);
    else t.args.forEach(visit);
  };
  terms.forEach(visit);
  return { explicit, letters };
}

/** Equal keys for terms that are equal but for the arithmetic of naturals in them, as sorts compare naturals. */
function dataKeys(): (t: Term) => string {
  const keys = new Map<number, string>();
  const key = (t: Term): string => {
    let made = keys.get(t.id);
    if (made === undefined) {
      if (t.sort.kind === 'Nat') made = `n${Fin(t).id}`;
      else if (t.kind === 'operation' || t.kind === 'apply') made = `${t.name}(${t.args.map(key).join()})`;
      else made = String(t.id);
      keys.set(t.id, made);
    }
    return made;
  };
  return key;
}

/** Whether a variable of this sort is applied to points: W^(l)(v). */
export function takesPoints(sort: Sort): boolean {
  if (sort.kind !== 'Pi') return false;
  if (sort.domain!.kind === 'Pi') return true;
  return takesPoints(sort.codomain ?? codomainAt(sort, fresh('x', sort.domain!)));
}
