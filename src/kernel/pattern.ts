/** Terms that have the form of another one, for printers (untrusted). */
import { apply, lambdas, open, type Term } from './build.ts';
import { freeVariables } from './term.ts';

/** The values of `parameters` at which `pattern` is t; undefined when it is not. Linear in the size of the pattern. */
export function instanceOf(pattern: Term, parameters: readonly Term[], t: Term): readonly Term[] | undefined {
  if (parameters.length === 0) return pattern.id === t.id ? [] : undefined;
  if (pattern.kind !== t.kind) return undefined;
  const values = new Map<number, Term>();
  const opened = new Map<number, Term>();
  if (!matches(pattern, t, new Set(parameters.map(({ id }) => id)), values, opened)) return undefined;
  const inner = new Set([...opened.values()].map(({ id }) => id));
  const found: Term[] = [];
  let rest = lambdas(parameters, pattern);
  for (const { id } of parameters) {
    const value = values.get(id);
    if (value?.sort.id !== rest.sort.domain!.id) return undefined;
    if (freeVariables(value).some((x) => inner.has(x.id))) return undefined;
    rest = apply(rest, value);
    found.push(value);
  }
  return rest.id === t.id ? found : undefined;
}

function matches(
  p: Term,
  t: Term,
  parameters: ReadonlySet<number>,
  values: Map<number, Term>,
  opened: Map<number, Term>,
): boolean {
  if (p.kind === 'variable') {
    if (!parameters.has(p.id)) return (opened.get(p.id) ?? p).id === t.id;
    const known = values.get(p.id);
    values.set(p.id, t);
    return known === undefined || known.id === t.id;
  }
  if (p.kind !== t.kind || p.args.length !== t.args.length) return false;
  if (p.kind === 'number') return p.id === t.id;
  if (p.kind === 'lambda') {
    const [x, left] = open(p);
    const [y, right] = open(t);
    opened.set(x.id, y);
    return matches(left, right, parameters, values, opened);
  }
  if (p.kind === 'operation' && p.name !== t.name) return false;
  return p.args.every((each, k) => matches(each, t.args[k]!, parameters, values, opened));
}
