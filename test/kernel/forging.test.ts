import { describe, expect, test } from 'vitest';
import {
  add,
  and,
  apply,
  eq,
  Fin,
  fun,
  lambda,
  mul,
  Nat,
  nat,
  op,
  Prop,
  Real,
  real,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { freeVariables, Sort, Term } from '../../src/kernel/term.ts';

const x = variable('x', Real);
const y = variable('y', Real);
const falsehood = op('false');

/** Accepted by every constructor only when it is a genuine term. */
const accepted = (forged: unknown): boolean => {
  try {
    op('and', forged as Term, op('true'));
    return true;
  } catch {
    return false;
  }
};

describe('nothing outside makes a term or a sort', () => {
  const fields = { id: falsehood.id, kind: 'operation', name: 'true', sort: Prop, args: [], value: null };
  const forgeries: readonly (readonly [string, () => unknown])[] = [
    ['a look-alike', () => ({ ...fields })],
    ['Object.create', () => Object.assign(Object.create(Term.prototype), fields)],
    ['a changed prototype', () => Object.setPrototypeOf({ ...fields }, Term.prototype)],
    ['JSON round trip', () => JSON.parse(JSON.stringify(falsehood))],
    ['structuredClone', () => structuredClone(falsehood)],
    ['a proxy', () => new Proxy(falsehood, { get: (t, k) => (k === 'name' ? 'true' : Reflect.get(t, k)) })],
    ['spread', () => ({ ...falsehood })],
  ];
  test.each(forgeries)('%s is not a term', (_, forge) => {
    const forged = forge();
    expect(Term.is(forged)).toBe(false);
    expect(accepted(forged)).toBe(false);
  });

  const construct = Term as unknown as new (...args: unknown[]) => Term;
  const parts = [0, 'operation', Prop, 'true', 0, null, [], null, 0];
  const constructions: readonly (readonly [string, () => unknown])[] = [
    ['new', () => new construct(Symbol('kernel'), ...parts)],
    ['no token', () => new construct(undefined, ...parts)],
    ['Reflect.construct', () => Reflect.construct(construct, [undefined, ...parts])],
    ['constructor of an instance', () => new (falsehood.constructor as typeof construct)(null, ...parts)],
    [
      'a subclass',
      () =>
        new (class extends construct {
          constructor() {
            super(Symbol('kernel'), ...parts);
          }
        })(),
    ],
    ['a sort', () => new (Sort as unknown as new (...args: unknown[]) => Sort)(Symbol('kernel'), 0, 'Real')],
  ];
  test.each(constructions)('%s is refused', (_, make) => {
    expect(make).toThrow();
  });

  test('a forged sort is refused', () => {
    const forged = Object.assign(Object.create(Sort.prototype), { id: Real.id, kind: 'Real' });
    expect(Sort.is(forged)).toBe(false);
    expect(() => variable('z', forged)).toThrow('expected a sort of the kernel');
  });
});

describe('what is made does not change', () => {
  test('terms, sorts, their lists and the classes are frozen', () => {
    const t = add(x, y);
    const write = (target: object, key: string, value: unknown) => () => {
      (target as Record<string, unknown>)[key] = value;
    };
    for (const attack of [
      write(t, 'name', 'mul'),
      write(t, 'id', 0),
      write(t.args, '0', falsehood),
      write(Fin(nat(1)), 'dimension', nat(2)),
      write(Term, 'is', () => true),
      write(Sort, 'is', () => true),
      write(Term.prototype, 'toString', () => 'x'),
      write(Rational, 'is', () => true),
      write(Rational.prototype, 'add', () => Rational.zero),
      write(freeVariables(t), '0', falsehood),
    ]) {
      expect(attack).toThrow(TypeError);
    }
    expect(() => (t.args as Term[]).push(x)).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(t, null)).toThrow(TypeError);
  });

  test('a list that lies when it is read twice', () => {
    let reads = 0;
    const lying = new Proxy([x, y], {
      get: (list, key) => (key === '0' ? (reads++ === 0 ? x : falsehood) : Reflect.get(list, key)),
    });
    const t = op('add', ...lying);
    expect(t.args.map((arg) => arg.sort.id)).toEqual([Real.id, Real.id]);
  });
});

describe('patched intrinsics forge nothing', () => {
  /** Replaces a method while `attack` runs. */
  function patched<R>(target: object, key: PropertyKey, value: unknown, attack: () => R): R {
    const before = Object.getOwnPropertyDescriptor(target, key);
    Object.defineProperty(target, key, { value, configurable: true, writable: true });
    try {
      return attack();
    } finally {
      if (before) Object.defineProperty(target, key, before);
      else Reflect.deleteProperty(target, key);
    }
  }
  const two = nat(2);
  const three = nat(3);

  test('Map.prototype.get cannot make two terms one', () => {
    const known = add(x, y);
    const made = patched(
      Map.prototype,
      'get',
      () => known,
      () => mul(x, y),
    );
    expect(made.name).toBe('mul');
    expect(made.id).not.toBe(known.id);
  });

  test('Map.prototype.get and has cannot bring an operation', () => {
    const rule = { serial: 0, arity: 1, rule: () => Prop, definition: null };
    expect(() =>
      patched(
        Map.prototype,
        'get',
        () => rule,
        () => op('anything', x),
      ),
    ).toThrow('expected a known operation');
  });

  test('Array.prototype[Symbol.iterator] cannot skip a check', () => {
    const v = variable('v', Vec(two));
    const none = function* () {};
    expect(() =>
      patched(Array.prototype, Symbol.iterator, none, () => op('join', three, two, v, v)),
    ).toThrow();
    expect(() => patched(Array.prototype, Symbol.iterator, none, () => op('index', two, three))).toThrow();
  });

  test('Array.prototype.sort and join cannot make two dimensions one', () => {
    const n = variable('n', Nat);
    const m = variable('m', Nat);
    const flat = () => 'same';
    const a = patched(Array.prototype, 'join', flat, () => Fin(op('natMul', n, n)));
    const b = patched(Array.prototype, 'join', flat, () => Fin(op('natMul', m, m)));
    expect(a.id).not.toBe(b.id);
    const erase = function (this: unknown[]) {
      return this.fill('0');
    };
    const c = patched(Array.prototype, 'sort', erase, () => Fin(op('natMul', n, op('natMul', n, m))));
    const d = patched(Array.prototype, 'sort', erase, () => Fin(op('natMul', m, op('natMul', m, n))));
    expect(c.id).not.toBe(d.id);
  });

  test('a setter on Array.prototype[0] cannot change arguments', () => {
    const n = variable('n', Nat);
    const many = Array.from({ length: 6 }, (_, k) => variable(`a${'bcdefg'[k]}`, Real));
    const body = many.reduceRight(
      (t, a) => lambda(a, t),
      many.reduce((s, a) => op('add', s, a)),
    );
    const setter = { set() {}, get: () => falsehood, configurable: true };
    Object.defineProperty(Array.prototype, '0', setter);
    const j = variable('j', Fin(n));
    let t: Term;
    let paired: Term;
    let free: readonly Term[];
    try {
      paired = op('pair', n, n, j, j);
      free = freeVariables(eq(variable('fa', Real), variable('fb', Real)));
      t = apply(body, x, x, x, x, x, y);
    } finally {
      Reflect.deleteProperty(Array.prototype, '0');
    }
    expect(t!.id).toBe(add(x, x, x, x, x, y).id);
    expect(
      freeVariables(t!)
        .map((z) => z.name)
        .sort(),
    ).toEqual(['x', 'y']);
    expect(freeVariables(op('natMul', n, n))).toEqual([n]);
    expect(paired!.args.map((arg) => arg.name)).toEqual(['n', 'n', 'j', 'j']);
    expect(free!.map((z) => z.name).sort()).toEqual(['fa', 'fb']);
  });

  test('Object.freeze, Array.prototype.map and Math.max do not matter', () => {
    const t = patched(
      Object,
      'freeze',
      (o: unknown) => o,
      () => op('or', falsehood, op('true')),
    );
    expect(Object.isFrozen(t)).toBe(true);
    expect(Object.isFrozen(t.args)).toBe(true);
    const u = patched(
      Array.prototype,
      'map',
      () => [falsehood, falsehood],
      () => op('and', eq(x, 0), eq(y, 1)),
    );
    expect(u.id).toBe(and(eq(x, 0), eq(y, 1)).id);
    const f = patched(
      Math,
      'max',
      () => 0,
      () => fun('z', Real, (z) => fun('w', Real, (w) => add(z, w))),
    );
    expect(apply(f, x, y).id).toBe(add(x, y).id);
  });

  test('a Rational with other getters is refused', () => {
    const forged = Object.create(Rational.prototype, {
      numerator: { get: () => 1n },
      denominator: { value: 1n },
    });
    expect(() => real(forged)).toThrow('expected a Rational');
  });
});
