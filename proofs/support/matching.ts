/** First-order matching of terms, and what can be done with it (untrusted). */
import { scoped } from '../../src/kernel/build.ts';
import { apply, freeVariables, fresh, type Sort, type Term } from '../../src/kernel/term.ts';

export type Binding = ReadonlyMap<number, Term>;

/** The binding of the holes (variables, by id) that makes the pattern the target; null when there is none. */
export function match(
  pattern: Term,
  target: Term,
  holes: ReadonlySet<number>,
  binding: Binding = new Map(),
): Binding | null {
  if (pattern.kind === 'variable' && holes.has(pattern.id)) {
    if (pattern.sort.id !== target.sort.id && !pattern.sort.domain && !pattern.sort.dimension) return null;
    const known = binding.get(pattern.id);
    if (known) return known.id === target.id ? binding : null;
    return new Map(binding).set(pattern.id, target);
  }
  if (pattern.kind === 'lambda' && target.kind === 'lambda') {
    if (pattern.id === target.id) return binding;
    if (pattern.sort.domain!.id !== target.sort.domain!.id) return null;
    return scoped('x', pattern.sort.domain!, (x) => {
      const inner = match(apply(pattern, x), apply(target, x), holes, binding);
      // A bound variable must not escape into a hole.
      return inner && [...inner.values()].every((t) => !mentions(t, x)) ? inner : null;
    });
  }
  if (pattern.kind !== target.kind || pattern.name !== target.name) return null;
  if (pattern.kind === 'variable' || pattern.kind === 'number') {
    return pattern.id === target.id ? binding : null;
  }
  if (pattern.args.length !== target.args.length) return null;
  const along = (targets: readonly Term[]): Binding | null => {
    let current: Binding | null = binding;
    for (let i = 0; i < pattern.args.length && current; i++) {
      current = match(pattern.args[i]!, targets[i]!, holes, current);
    }
    return current;
  };
  const direct = along(target.args);
  if (direct || pattern.name !== 'delta') return direct;
  return along([target.args[1]!, target.args[0]!]);
}

const pool = new Map<string, Term>();
/** Hole number n of this sort in a pattern. It is free in no goal and no hypothesis: what is proved of it is said for all. */
export function hole(n: number, sort: Sort, name = 'h'): Term {
  const key = `${name}${n}:${sort.id}`;
  const known = pool.get(key) ?? fresh(name, sort);
  pool.set(key, known);
  return known;
}

export const mentions = (t: Term, x: Term): boolean => freeVariables(t).some((y) => y.id === x.id);
