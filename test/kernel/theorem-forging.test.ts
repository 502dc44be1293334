import { describe, expect, test } from 'vitest';
import { axiomNamed, axioms } from '../../src/kernel/axioms.ts';
import {
  add,
  all,
  apply,
  eq,
  exists,
  False,
  Fin,
  fun,
  imp,
  le,
  lt,
  mul,
  Nat,
  natAdd,
  op,
  Real,
  real,
  sum,
  type Term,
  True,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { normalise } from '../../src/kernel/normalise.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { define, freeVariables } from '../../src/kernel/term.ts';
import * as K from '../../src/kernel/theorem.ts';

const x = variable('x', Real);
const y = variable('y', Real);
const n = variable('n', Nat);
const u = variable('u', Vec(n));
const genuine = K.assume(op('and', False(), False()));

/** True when some rule takes it for a theorem. */
function accepted(forged: unknown): boolean {
  try {
    K.andLeft(forged as K.Theorem);
    return true;
  } catch {
    return false;
  }
}

describe('no object but a theorem of the rules is a theorem', () => {
  const fields = { conclusion: op('and', False(), False()), hypotheses: [], indices: [], axioms: [] };
  const forgeries: readonly (readonly [string, () => unknown])[] = [
    ['a look-alike', () => ({ ...fields })],
    ['Object.create', () => Object.assign(Object.create(K.Theorem.prototype), fields)],
    ['a changed prototype', () => Object.setPrototypeOf({ ...fields }, K.Theorem.prototype)],
    ['JSON round trip', () => JSON.parse(JSON.stringify(genuine))],
    ['structuredClone', () => structuredClone({ ...fields, conclusion: null })],
    ['spread of a theorem', () => ({ ...genuine })],
    [
      'a proxy without hypotheses',
      () => new Proxy(genuine, { get: (t, k) => (k === 'hypotheses' ? [] : Reflect.get(t, k)) }),
    ],
    ['inheriting from a theorem', () => Object.create(genuine, { hypotheses: { value: [] } })],
  ];
  test.each(forgeries)('%s', (_, forge) => {
    const forged = forge();
    expect(K.Theorem.is(forged)).toBe(false);
    expect(accepted(forged)).toBe(false);
  });

  const construct = K.Theorem as unknown as new (...args: unknown[]) => K.Theorem;
  const parts = [fields.conclusion, [], [], []];
  class Sub extends construct {
    constructor() {
      super(undefined, ...parts);
    }
  }
  const constructions: readonly (readonly [string, () => unknown])[] = [
    ['new with a symbol of the same name', () => new construct(Symbol('theorem'), ...parts)],
    ['new with a registered symbol', () => new construct(Symbol.for('theorem'), ...parts)],
    ['new without a token', () => new construct(undefined, ...parts)],
    ['a subclass', () => new Sub()],
    ['Reflect.construct', () => Reflect.construct(construct, [undefined, ...parts])],
    ['Reflect.construct for another target', () => Reflect.construct(construct, [undefined, ...parts], Sub)],
    ['the constructor of an instance', () => new (genuine.constructor as typeof construct)(null, ...parts)],
  ];
  test.each(constructions)('%s', (_, make) => {
    expect(make).toThrow('Theorem: expected a rule of the kernel');
  });

  test('a theorem cannot be changed', () => {
    const th = genuine as { conclusion: unknown };
    expect(() => {
      th.conclusion = True();
    }).toThrow(TypeError);
    expect(() => (genuine.hypotheses as Term[]).pop()).toThrow(TypeError);
    expect(() => (genuine.axioms as string[]).push('X')).toThrow(TypeError);
    expect(() => Object.defineProperty(genuine, 'hypotheses', { value: [] })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(genuine, null)).toThrow(TypeError);
    expect(() => Object.assign(K.Theorem, { is: () => true })).toThrow(TypeError);
    expect(() => Object.assign(K.Theorem.prototype, { toString: () => '⊢ ⊥' })).toThrow(TypeError);
    expect(genuine.hypotheses).toHaveLength(1);
  });

  test('the list of axioms cannot be changed', () => {
    expect(() => (axioms() as unknown[]).push({})).toThrow(TypeError);
    const fermat = axiomNamed('FERMAT')!;
    expect(() => Object.assign(fermat, { statement: False() })).toThrow(TypeError);
    expect(() => K.axiom({ toString: () => 'FERMAT' } as unknown as string)).toThrow(
      'axiom: expected the name',
    );
  });
});

describe('binders and names', () => {
  test('no capture by ∀-elimination', () => {
    const th = K.forallIntro(
      x,
      K.existsIntro(
        exists('y', Real, (t) => eq(t, add(x, 1))),
        add(x, 1),
        K.equal(add(x, 1), add(x, 1)),
      ),
    );
    const at = K.forallElim(th, y);
    expect(at.conclusion.id).toBe(exists('t', Real, (t) => eq(t, add(y, 1))).id);
  });

  test('no capture by rewriting under a binder of the same name', () => {
    const predicate = fun('z', Real, (z) => exists('y', Real, (t) => lt(z, t)));
    const th = K.rewrite(K.assume(eq(x, y)), predicate, K.assume(apply(predicate, x)));
    expect(th.conclusion.id).toBe(exists('w', Real, (w) => lt(y, w)).id);
    expect(freeVariables(th.conclusion).map(String)).toEqual(['y']);
  });

  test('shadowed binders keep their own variable', () => {
    const claim = all('x', Real, (outer) =>
      all('x', Real, (inner) => imp(lt(outer, inner), lt(outer, inner))),
    );
    const swapped = all('x', Real, (outer) =>
      all('x', Real, (inner) => imp(lt(outer, inner), lt(inner, outer))),
    );
    expect(claim.id).not.toBe(swapped.id);
    expect(() => K.convert(K.assume(claim), swapped, 'all')).toThrow('convert: expected');
  });

  test('definitions cannot be changed, nor made false, nor circular', () => {
    expect(() =>
      define(
        'norm',
        1,
        fun('x', Real, (t) => t),
      ),
    ).toThrow('define: expected a new name but received norm');
    expect(() => define('false', 0, True())).toThrow('define: expected a new name but received false');
    expect(() =>
      define(
        'loose',
        1,
        fun('x', Real, () => y),
      ),
    ).toThrow('expected a closed body');
    expect(() =>
      define(
        'circle',
        1,
        fun('x', Real, (t) => op('circle', t)),
      ),
    ).toThrow('expected a known operation');
  });

  test('dimensions do not follow from hypotheses', () => {
    const m = variable('m', Nat);
    const predicate = () => fun('k', Nat, (k) => eq(apply(u, variable('i', Fin(k))), 0));
    expect(predicate).toThrow('expected an argument in Fin(n)');
    expect(() => eq(u, variable('v', Vec(m)))).toThrow('eq: expected');
  });
});

describe('lists and options that change while they are read', () => {
  const strict = K.assume(lt(x, y));
  test('a multiplier that changes its mind', () => {
    let reads = 0;
    const shifty = {
      theorem: strict,
      get by() {
        return real(reads++ === 0 ? 1 : -1);
      },
    };
    const th = K.linear(lt(x, y), [shifty]);
    expect(reads).toBe(1);
    expect(th.hypotheses.map(String)).toEqual([String(strict.conclusion)]);
    expect(() => K.linear(lt(y, x), [{ theorem: strict, by: real(-1) }])).toThrow(
      'linear: expected a multiplier',
    );
  });

  test('a theorem that changes into another', () => {
    let reads = 0;
    const shifty = {
      by: real(1),
      get theorem() {
        return reads++ === 0 ? strict : K.trueIntro();
      },
    };
    expect(K.linear(lt(x, y), [shifty]).hypotheses).toHaveLength(1);
  });

  test('a list of premises that hides one', () => {
    let length = 1;
    const list = new Proxy([{ theorem: strict, by: real(1) }], {
      get: (t, k) => (k === 'length' ? length-- : Reflect.get(t, k)),
    });
    expect(K.linear(lt(x, y), list).hypotheses).toHaveLength(1);
  });

  test('a rational with other parts', () => {
    const fake = Object.create(Rational.prototype, { numerator: { value: 0n }, denominator: { value: 1n } });
    expect(() => real(fake as Rational)).toThrow('real: expected');
    expect(() => new Rational(1n, 0n)).toThrow(RangeError);
  });
});

/** Runs with a property replaced, and puts it back. */
function patched<T>(target: object, key: PropertyKey, descriptor: PropertyDescriptor, run: () => T): T {
  const before = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, { configurable: true, ...descriptor });
  try {
    return run();
  } finally {
    if (before) Object.defineProperty(target, key, before);
    else Reflect.deleteProperty(target, key);
  }
}

describe('patched intrinsics', () => {
  const hypothesis = lt(x, real(0));
  /** Uses most of the kernel; the terms are new each time, so nothing comes from a cache. */
  const work = (salt: number): K.Theorem => {
    const c = real(salt);
    const body = K.linear(lt(mul(2, x), c), [
      { theorem: K.assume(hypothesis), by: real(2) },
      { theorem: K.linear(lt(real(0), c), []), by: real(1) },
    ]);
    const sums = K.equal(
      sum('i', n, (i) => add(mul(c, apply(u, i)), apply(u, i))),
      sum('j', n, (i) => mul(add(c, 1), apply(u, i))),
    );
    const i = variable('i', Fin(n));
    const somebody = exists('j', Fin(n), () => eq(c, c));
    return K.andIntro(body, K.andIntro(sums, K.existsIntro(somebody, i, K.equal(c, c))));
  };
  const check = (th: K.Theorem) => {
    expect(th.hypotheses.map((t) => t.id)).toEqual([hypothesis.id]);
    expect(th.indices.map(String)).toEqual(['i']);
  };
  /** Only what happens while it is patched may fail; whatever theorem comes out must be right. */
  const survives = (target: object, key: PropertyKey, descriptor: PropertyDescriptor, salt: number) => {
    let th: K.Theorem | undefined;
    let failed: unknown;
    patched(target, key, descriptor, () => {
      try {
        th = work(salt);
      } catch (error) {
        failed = error;
      }
    });
    if (th) check(th);
    else expect(failed).toBeInstanceOf(Error);
    return th !== undefined;
  };
  const empty = function* () {};
  let salt = 1000;
  const attacks: readonly (readonly [string, object, PropertyKey, PropertyDescriptor])[] = [
    ['Map.prototype.get', Map.prototype, 'get', { value: () => undefined }],
    ['Map.prototype.set', Map.prototype, 'set', { value: () => undefined }],
    ['Map.prototype.has', Map.prototype, 'has', { value: () => true }],
    ['Map.prototype[Symbol.iterator]', Map.prototype, Symbol.iterator, { value: empty }],
    ['Array.prototype[Symbol.iterator]', Array.prototype, Symbol.iterator, { value: empty, writable: true }],
    ['Array.prototype.push', Array.prototype, 'push', { value: () => 0 }],
    ['Array.prototype.sort', Array.prototype, 'sort', { value: () => [] }],
    ['Array.prototype.concat', Array.prototype, 'concat', { value: () => [] }],
    ['Array.prototype.filter', Array.prototype, 'filter', { value: () => [] }],
    ['a setter on Array.prototype[0]', Array.prototype, 0, { set: () => undefined, get: () => undefined }],
    ['a setter on Array.prototype[1]', Array.prototype, 1, { set: () => undefined, get: () => undefined }],
    ['a value at Array.prototype[1]', Array.prototype, 1, { value: { id: -1 }, writable: true }],
    ['Object.prototype.hypotheses', Object.prototype, 'hypotheses', { value: [] }],
    ['Object.prototype.bound', Object.prototype, 'bound', { value: u }],
    ['Number.isSafeInteger', Number, 'isSafeInteger', { value: () => true }],
    ['Math.max', Math, 'max', { value: () => 0 }],
    ['BigInt', globalThis, 'BigInt', { value: () => 2n, writable: true }],
    ['Number', globalThis, 'Number', { value: () => 2, writable: true }],
    ['String.prototype.startsWith', String.prototype, 'startsWith', { value: () => false }],
    ['RegExp.prototype.test', RegExp.prototype, 'test', { value: () => true }],
    ['RegExp.prototype.exec', RegExp.prototype, 'exec', { value: () => [] }],
    ['Function.prototype.call', Function.prototype, 'call', { value: () => undefined, writable: true }],
  ];
  test.each(attacks)('%s', (_, target, key, descriptor) => {
    survives(target, key, descriptor, salt++);
    check(work(salt++));
  });

  test('those that the kernel uses are captured: it works while they are broken', () => {
    const broken = attacks.filter(
      ([name]) => name.startsWith('Map') || name.startsWith('Math') || name === 'BigInt',
    );
    expect(broken.length).toBeGreaterThan(4);
    for (const [, target, key, descriptor] of broken) {
      const terms = [real(salt++), real(salt++)];
      patched(target, key, descriptor, () => {
        K.linear(le(mul(2, x), add(x, x)), []);
        normalise(op('add', terms[0]!, terms[1]!));
      });
    }
  });

  test('a square is not seen where a list ends', () => {
    // A list read beyond its end would find x again, and x · x ≥ 0.
    const found = patched(Array.prototype, 1, { value: x, writable: true, enumerable: false }, () => {
      try {
        return K.linear(op('le', real(0), x), []);
      } catch {
        return null;
      }
    });
    expect(found).toBeNull();
  });

  test('dimensions stay different', () => {
    const other = variable(`k${salt++}`, Nat);
    const evil = { key: '', coefficient: 1n, atoms: [] };
    const ids = patched(Array.prototype, 1, { value: evil, writable: true }, () => [
      Fin(natAdd(other, 1)).id,
      Fin(other).id,
    ]);
    expect(ids[0]).not.toBe(ids[1]);
    expect(Fin(natAdd(other, 1)).id).not.toBe(Fin(natAdd(other, 2)).id);
  });

  test('fractions stay in lowest terms', () => {
    const value = patched(
      globalThis,
      'BigInt',
      { value: () => 2n, writable: true },
      () => new Rational(3n, 6n),
    );
    expect(`${value}`).toBe('1/2');
    const iterated = patched(
      Array.prototype,
      Symbol.iterator,
      { value: empty, writable: true },
      () => new Rational(10n ** 30n, 3n * 10n ** 29n),
    );
    expect(`${iterated}`).toBe('10/3');
  });
});

test('0 · (1/0) and the infimum of nothing', () => {
  expect(() => K.equal(mul(real(0), op('inv', real(0))), real(1))).toThrow('equal: expected one normal form');
  // No real number is the infimum of the empty set: ⊢ ¬(c = inf ∅).
  const c = variable('c', Real);
  const empty = fun('y', Real, () => False());
  const isInf = op('IsInf', c, empty);
  const greatest = K.andRight(K.convert(K.assume(isInf), unfolded(isInf), 'all'));
  const vacuous = K.forallIntro(y, K.discharge(False(), K.falseElim(K.assume(False()), le(add(c, 1), y))));
  const above = K.modusPonens(K.forallElim(greatest, add(c, 1)), vacuous);
  const absurd = K.linear(False(), [{ theorem: above, by: real(1) }]);
  const th = K.discharge(isInf, absurd);
  expect(th.hypotheses).toEqual([]);
  expect(th.conclusion.id).toBe(imp(isInf, False()).id);
});

function unfolded(t: Term): Term {
  const [c, P] = t.args as [Term, Term];
  const below = (b: Term) => all('y', Real, (v) => imp(apply(P, v), le(b, v)));
  return op(
    'and',
    below(c),
    all('b', Real, (b) => imp(below(b), le(b, c))),
  );
}
