/**
 * In which order the bound indices of a sum are named in its normal form (untrusted: `canonical` in normalise.ts checks that
 * an order names each index once, after those that its sort mentions; a poor choice costs an equation, never a false one).
 */
import { append, concat, contains, each, max, sorted, table, without } from './intrinsics.ts';
import { compareTerms, freeVariablesOfSort, replace, replaceInSort, type Sort, type Term } from './term.ts';

/** Σ over the variables of the product of the atoms. */
interface Sum {
  readonly variables: readonly Term[];
  readonly atoms: readonly Term[];
}

/** What the normaliser lends: its names for indices, and the normal form of an atom that was renamed. */
interface Naming {
  readonly level: (depth: number, sort: Sort) => Term;
  readonly normal: (atom: Term) => Term;
}

const MOST_ORDERS = 720; // above this, indices that look alike keep the order they came in

export function compareLists(a: readonly Term[], b: readonly Term[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compareTerms(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return 0;
}

const sortMentions = (sort: Sort, variable: Term): boolean => contains(freeVariablesOfSort(sort), variable);

/** Orders of the variables that do not depend on their names: by sort, then by where they occur, then every one. */
export function indexOrders(sum: Sum, top: number, naming: Naming): readonly (readonly Term[])[] {
  const all = sum.variables;
  if (all.length < 2) return [all];
  // An index comes after those that its sort mentions.
  const rank = (x: Term): number => {
    let r = 0;
    for (let i = 0; i < all.length; i++) if (sortMentions(x.sort, all[i]!)) r = max(r, 1 + rank(all[i]!));
    return r;
  };
  let classes = partition([all], (a, b) => {
    const order = rank(a) - rank(b);
    return order !== 0 || rank(a) > 0 ? order : compareSorts(a.sort, b.sort);
  });
  for (let round = 0; round < 2 && classes.length < all.length; round++) {
    const signatures = table<number, readonly Term[]>();
    for (let c = 0; c < classes.length; c++) {
      if (classes[c]!.length === 1) continue;
      for (let k = 0; k < classes[c]!.length; k++) {
        const x = classes[c]![k]!;
        signatures.set(x.id, signature(sum, x, classes, top, naming));
      }
    }
    classes = partition(classes, (a, b) => compareLists(signatures.get(a.id)!, signatures.get(b.id)!));
  }
  let count = 1;
  for (let c = 0; c < classes.length; c++) for (let k = 2; k <= classes[c]!.length; k++) count *= k;
  let orders: readonly (readonly Term[])[] = [[]];
  for (let c = 0; c < classes.length; c++) {
    const inner = count <= MOST_ORDERS ? permutations(classes[c]!) : [classes[c]!];
    const out: (readonly Term[])[] = [];
    for (let i = 0; i < orders.length; i++) {
      for (let j = 0; j < inner.length; j++) append(out, concat(orders[i]!, inner[j]!));
    }
    orders = out;
  }
  return orders;
}

const compareSorts = (a: Sort, b: Sort): number =>
  a.id === b.id ? 0 : compareTerms(a.dimension!, b.dimension!) || a.id - b.id;

/** Each class split into runs of equal elements, in order. */
function partition(
  classes: readonly (readonly Term[])[],
  compare: (a: Term, b: Term) => number,
): readonly (readonly Term[])[] {
  const out: Term[][] = [];
  for (let c = 0; c < classes.length; c++) {
    if (classes[c]!.length === 1) {
      append(out, [classes[c]![0]!]);
      continue;
    }
    const ordered = sorted(classes[c]!, compare);
    for (let i = 0; i < ordered.length; i++) {
      if (i > 0 && compare(ordered[i - 1]!, ordered[i]!) === 0) append(out[out.length - 1]!, ordered[i]!);
      else append(out, [ordered[i]!]);
    }
  }
  return out;
}

/** The atoms with x marked and the other variables known by their class only. */
function signature(
  sum: Sum,
  x: Term,
  classes: readonly (readonly Term[])[],
  top: number,
  naming: Naming,
): readonly Term[] {
  const from: Term[] = [];
  const to: Term[] = [];
  for (let c = 0; c < classes.length; c++) {
    for (let k = 0; k < classes[c]!.length; k++) {
      const y = classes[c]![k]!;
      const sort = replaceInSort(y.sort, from, to);
      append(from, y);
      append(to, naming.level(y.id === x.id ? top : top + 1 + c, sort));
    }
  }
  return sorted(
    each(sum.atoms, (a) => naming.normal(replace(a, from, to))),
    compareTerms,
  );
}

function permutations(list: readonly Term[]): readonly (readonly Term[])[] {
  if (list.length < 2) return [list];
  const out: (readonly Term[])[] = [];
  for (let i = 0; i < list.length; i++) {
    const rest = permutations(without(list, list[i]!));
    for (let j = 0; j < rest.length; j++) append(out, concat([list[i]!], rest[j]!));
  }
  return out;
}
