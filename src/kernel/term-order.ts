/** An order of terms by structure (untrusted: what is proved does not depend on it, what a normal form looks like does). */
import { table } from './intrinsics.ts';
import type { Below, SortShape, TermShape } from './shapes.ts';

const KINDS = 'variable bound number apply operation lambda';
const rankOfKind = table<number>();
for (const [rank, kind] of KINDS.split(' ').entries()) rankOfKind.set(kind, rank);
/** Level variables first, by number, so that raising all levels changes no order; then by length and letters. */
function byText(a: string, b: string): number {
  if ((a[0] === '#') !== (b[0] === '#')) return a[0] === '#' ? -1 : 1;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function orderOf<S extends SortShape<S, T>, T extends TermShape<S, T>>({
  body,
  index,
}: Below<S, T>): (a: T, b: T) => number {
  function compare(a: T, b: T): number {
    if (a.id === b.id) return 0;
    let order = rankOfKind.get(a.kind)! - rankOfKind.get(b.kind)!;
    if (order === 0 && (a.kind === 'variable' || a.kind === 'operation')) order = byText(a.name, b.name);
    if (order === 0 && a.kind === 'number') order = a.value!.cmp(b.value!);
    if (order === 0 && a.kind === 'bound') order = index(a) - index(b);
    if (order === 0 && a.kind === 'lambda') order = compare(body(a), body(b));
    if (order === 0) order = a.args.length - b.args.length;
    for (let i = 0; order === 0 && i < a.args.length; i++) order = compare(a.args[i]!, b.args[i]!);
    return order === 0 ? a.id - b.id : order;
  }
  return compare;
}
