/** Statements that differ from a given one in a single place: a hypothesis left out, an index exchanged, < for ≤. */
import { apply, lambda, type Term } from '../../src/kernel/build.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { fresh, nat, operate, real } from '../../src/kernel/term.ts';

const OTHER: Readonly<Record<string, string>> = {
  le: 'lt',
  lt: 'le',
  natLe: 'natLt',
  natLt: 'natLe',
  add: 'mul',
  mul: 'add',
  natAdd: 'natMul',
  and: 'or',
  or: 'and',
  forall: 'exists',
  exists: 'forall',
};

/** Each is well-sorted, and differs from the statement by the kernel's own equality. */
export function mutants(statement: Term): readonly Term[] {
  const found = new Map<number, Term>();
  for (const term of variants(statement, [])) if (term.id !== statement.id) found.set(term.id, term);
  return [...found.values()];
}

function variants(term: Term, scope: readonly Term[]): Term[] {
  const out: Term[] = [];
  const attempt = (make: () => Term): void => {
    try {
      const made = make();
      if (made.sort.id === term.sort.id) out.push(made);
    } catch {
      // It has no sort: no mutant.
    }
  };
  switch (term.kind) {
    case 'variable':
      return scope.filter((x) => x.id !== term.id && x.sort.id === term.sort.id);
    case 'number': {
      const next = term.value!.add(Rational.one);
      return [term.sort.kind === 'Nat' ? nat(next.numerator) : real(next)];
    }
    case 'lambda': {
      const x = fresh(term.name || 'x', term.sort.domain!);
      for (const body of variants(apply(term, x), [...scope, x])) attempt(() => lambda(x, body));
      return out;
    }
    case 'apply':
    case 'operation': {
      const { args, name } = term;
      const make = (parts: readonly Term[]): Term =>
        term.kind === 'apply' ? apply(parts[0]!, parts[1]!) : operate(name, parts);
      args.forEach((arg, i) => {
        for (const other of variants(arg, scope)) attempt(() => make(args.with(i, other)));
      });
      if (term.kind === 'apply') return out;
      const other = OTHER[name];
      if (other !== undefined) attempt(() => operate(other, args));
      if (name === 'imp' || name === 'and' || name === 'or') out.push(args[1]!);
      if (name === 'and') out.push(args[0]!);
      if (args.length >= 2) attempt(() => make([...args.slice(0, -2), args.at(-1)!, args.at(-2)!]));
      return out;
    }
    default:
      return out;
  }
}
