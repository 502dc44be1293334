/** Questions that laying out asks about terms (untrusted). */
import { open } from './build.ts';
import { notationOf } from './notation.ts';
import { codomainAt, freeVariables, fresh, real, type Sort, type Term } from './term.ts';

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
  const parts = t.kind === 'lambda' ? [open(t)[1]] : t.args;
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

export function unused(name: string, used: Set<string>): string {
  let out = name;
  while (used.has(out)) out += '′';
  used.add(out);
  return out;
}

/** Definitions that occur with two values of their data in these terms. */
export function ambiguous(terms: readonly Term[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const out = new Set<string>();
  const visited = new Set<number>();
  const visit = (t: Term): void => {
    if (visited.has(t.id)) return;
    visited.add(t.id);
    if (t.kind === 'operation') {
      const ambient = notationOf(t.name)?.ambient;
      if (ambient) {
        const data = ambient.map((i) => t.args[i]!.id).join();
        const before = seen.get(t.name);
        if (before !== undefined && before !== data) out.add(t.name);
        seen.set(t.name, data);
      }
    }
    if (t.kind === 'lambda') visit(open(t)[1]);
    else t.args.forEach(visit);
  };
  terms.forEach(visit);
  return out;
}
