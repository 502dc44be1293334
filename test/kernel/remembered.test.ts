import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  and,
  apply,
  arrow,
  eq,
  exists,
  Fin,
  fun,
  lambda,
  Mat,
  Nat,
  op,
  Prop,
  Real,
  scoped,
  type Term,
  variable,
} from '../../src/kernel/build.ts';
import { bind, freeVariables, fresh, specialise } from '../../src/kernel/term.ts';

const n = variable('n', Nat);
const x = variable('x', Real);
const named = (name: string): Term => exists(name, Real, (z) => eq(z, z));

describe('what a binder makes is remembered', () => {
  const [a, b] = [named('a'), named('b')];
  const twice = fun('P', Prop, (P) => and(P, P));

  test('for these very terms: what differs in names of bound variables keeps its own', () => {
    expect(a.id).toBe(b.id);
    for (const [argument, name] of [
      [a, 'a'],
      [b, 'b'],
      [a, 'a'],
      [b, 'b'],
    ] as const) {
      const made = apply(twice, argument);
      expect(made.args.map((arg) => arg.args[0]!.name)).toEqual([name, name]);
    }
    expect(apply(twice, a)).toBe(apply(twice, a));
    const P = variable('P', Prop);
    for (const [body, name] of [
      [and(P, a), 'a'],
      [and(P, b), 'b'],
      [and(P, a), 'a'],
    ] as const) {
      const opened = apply(lambda(P, body), op('true'));
      expect(opened.args[1]!.args[0]!.name).toBe(name);
    }
  });

  test('and for these very lists: order and length count', () => {
    const [y, z] = [variable('y', Real), variable('z', Real)];
    const body = add(x, add(y, z));
    expect(bind([x, y], body).id).not.toBe(bind([y, x], body).id);
    expect(apply(bind([x, y], body), z).id).toBe(lambda(y, add(z, add(y, z))).id);
    expect(apply(bind([y, x], body), z).id).toBe(lambda(x, add(x, add(z, z))).id);
    const claim = all('r', Real, (r) => all('s', Real, (s) => eq(add(r, s), x)));
    expect(specialise(claim, [y, z]).id).toBe(eq(add(y, z), x).id);
    expect(specialise(claim, [z, y]).id).toBe(eq(add(z, y), x).id);
    expect(specialise(claim, [z]).id).toBe(all('s', Real, (s) => eq(add(z, s), x)).id);
  });

  test('sorts too', () => {
    const sizes = fun('k', Nat, (k) => fun('M', Mat(k, n), (M) => M));
    for (const size of [n, variable('p', Nat), n]) {
      expect(apply(sizes, size).sort.id).toBe(arrow(Mat(size, n), Mat(size, n)).id);
    }
  });
});

describe('a variable lent for a while', () => {
  test('differs from those in use, and from every other variable', () => {
    const seen: Term[] = [];
    const constant = fun('s', Real, (s) =>
      fun('t', Real, (t) => {
        seen.push(s, t);
        return s;
      }),
    );
    expect(seen[0]!.id).not.toBe(seen[1]!.id);
    expect(apply(constant, x, add(x, x)).id).toBe(x.id);
    for (const other of [variable('s', Real), fresh('s', Real)]) expect(seen[0]!.id).not.toBe(other.id);
    expect(freeVariables(constant)).toEqual([]);
  });

  test('is given back where the work throws, so that equal expressions are equal terms', () => {
    const lent = (): Term => scoped('s', Real, (s) => s);
    const before = lent();
    expect(() =>
      scoped('s', Real, () => {
        throw new Error('refused');
      }),
    ).toThrow('refused');
    expect(lent()).toBe(before);
    const make = (name: string): Term => fun(name, Fin(n), (i) => fun('j', Fin(n), (j) => op('delta', i, j)));
    expect(make('i')).toBe(make('i'));
    expect(make('k').name).toBe('k');
    expect(make('k').id).toBe(make('i').id);
  });
});
