import { describe, expect, test } from 'vitest';
import { type Axiom, axioms } from '../../src/kernel/axioms.ts';
import { Rational } from '../../src/kernel/rational.ts';
import {
  apply,
  definitionOf,
  freeVariables,
  fresh,
  type Sort,
  type Term,
  unfold,
} from '../../src/kernel/term.ts';
import { changesOf } from '../proofs/mutants.ts';
import { exactValue, type Fn, type Meanings, sizeOf, type Value, type Values } from './exact-values.ts';
import { generator } from './normaliser-fuzz.ts';

/**
 * Each axiom on random exact instances, apart from the evaluator of the program (axiom-instances.test.ts uses that one, and
 * asks that the hypotheses hold). Functions are quadratic polynomials, for which the central difference is the
 * derivative, so nothing is rounded. Quantifiers over index sets are run through; those over other sets take random values,
 * and an ∃ over ℕ the numbers below 8. √ is exact where the instances make it so.
 */
const q = (n: number, d = 1) => new Rational(BigInt(n), BigInt(d));
const half = q(1, 2);

function rationalRoot(x: Rational): Rational {
  if (x.sign <= 0) return Rational.zero;
  const root = (n: bigint): bigint | null => {
    let r = BigInt(Math.round(Math.sqrt(Number(n))));
    while (r * r > n) r--;
    while ((r + 1n) * (r + 1n) <= n) r++;
    return r * r === n ? r : null;
  };
  const p = root(x.numerator);
  const d = root(x.denominator);
  if (p === null || d === null) throw new RangeError('no rational root');
  return new Rational(p, d);
}

const scalar = (v: Value): Rational => v as Rational;
const moved =
  (point: Fn, k: Value, by: number): Fn =>
  (i) =>
    i === k ? scalar(point(i)).add(q(by)) : point(i);
/** (f(θ + e_k) − f(θ − e_k)) / 2, entry by entry where f is a vector. */
function centralDifference(f: Fn, point: Fn, k: Value): Value {
  const a = f(moved(point, k, 1));
  const b = f(moved(point, k, -1));
  const slope = (u: Value, v: Value): Rational => scalar(u).sub(scalar(v)).mul(half);
  return typeof a === 'function' ? (c) => slope((a as Fn)(c), (b as Fn)(c)) : slope(a, b);
}
const meanings: Meanings = {
  partial: ([f, point, k]) => centralDifference(f as Fn, point as Fn, k!),
  sqrt: ([x]) => rationalRoot(scalar(x!)),
};

class Instance {
  readonly below: (n: number) => number;
  constructor(seed: number) {
    this.below = generator(seed);
  }
  rational = (): Rational => q(this.below(9) - 4, 1 + this.below(3));

  /** A random value of a sort; functions of vectors are affine or quadratic. */
  value(sort: Sort, values: Values): Value {
    if (sort.kind === 'Real') return this.rational();
    if (sort.kind === 'Nat') return BigInt(1 + this.below(3));
    if (sort.kind === 'Prop') return this.below(2) === 0;
    if (sort.kind === 'Fin') return this.below(sizeOf(sort, values));
    const known = new Map<unknown, Value>();
    const domain = sort.domain!;
    if (domain.kind === 'Pi') throw new Error(`no random function on ${domain}`);
    return (x) => {
      const key = x instanceof Rational ? `${x}` : x;
      if (!known.has(key)) {
        const variable = fresh('x', domain);
        const range = sort.codomain ?? apply(fresh('f', sort), variable).sort;
        known.set(key, this.value(range, new Map(values).set(variable.id, x)));
      }
      return known.get(key)!;
    };
  }

  /** c + Σ b_i x_i + Σ a_i x_i², with a ≥ 0 when convex, a = 0 when affine. */
  polynomial(size: number, degree: 1 | 2, convex = false): Fn {
    const c = this.rational();
    const linear = Array.from({ length: size }, this.rational);
    const square = Array.from({ length: size }, () =>
      degree === 1 ? q(0) : convex ? q(this.below(4)) : this.rational(),
    );
    return (v) =>
      linear.reduce((s, b, i) => {
        const x = scalar((v as Fn)(i));
        return s.add(b.mul(x)).add(square[i]!.mul(x).mul(x));
      }, c);
  }
}

type Truth = boolean | 'unknown';

/** The truth of a proposition; values of a ∀ over an infinite set are sampled, so a true one is only not refuted. */
function holds(
  p: Term,
  values: Values,
  instance: Instance,
  hypotheses: Readonly<Record<string, boolean>>,
): Truth {
  const sub = (t: Term, more: Values = values): Truth => holds(t, more, instance, hypotheses);
  const hypothesis = hypotheses[p.name];
  if (p.kind === 'operation' && hypothesis !== undefined) return hypothesis;
  const over = (f: Term, samples: number, stop: boolean): Truth => {
    const sort = f.sort.domain!;
    const x = fresh('x', sort);
    const body = apply(f, x);
    const count = sort.kind === 'Fin' ? sizeOf(sort, values) : samples;
    let result: Truth = sort.kind === 'Fin' ? !stop : stop ? 'unknown' : true;
    for (let i = 0; i < count; i++) {
      const value = sort.kind === 'Fin' ? i : sort.kind === 'Nat' ? BigInt(i) : instance.value(sort, values);
      const truth = sub(body, new Map(values).set(x.id, value));
      if (truth === stop) return stop;
      if (truth === 'unknown') result = 'unknown';
    }
    return result;
  };
  const value = (t: Term): Value => exactValue(t, values, meanings);
  const compare = (): number => scalar(value(p.args[0]!)).cmp(scalar(value(p.args[1]!)));
  switch (p.kind === 'operation' ? p.name : '') {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'and': {
      const [a, b] = p.args.map((t) => sub(t)) as [Truth, Truth];
      return a === false || b === false ? false : a === 'unknown' || b === 'unknown' ? 'unknown' : true;
    }
    case 'or': {
      const [a, b] = p.args.map((t) => sub(t)) as [Truth, Truth];
      return a === true || b === true ? true : a === 'unknown' || b === 'unknown' ? 'unknown' : false;
    }
    case 'imp': {
      const a = sub(p.args[0]!);
      if (a === false) return true;
      const b = sub(p.args[1]!);
      return b === true ? true : a === 'unknown' ? 'unknown' : b;
    }
    case 'forall':
      return over(p.args[0]!, 6, false);
    case 'exists':
      return over(p.args[0]!, 8, true);
    case 'le':
      return compare() <= 0;
    case 'lt':
      return compare() < 0;
    case 'natLe':
      return (value(p.args[0]!) as bigint) <= (value(p.args[1]!) as bigint);
    case 'natLt':
      return (value(p.args[0]!) as bigint) < (value(p.args[1]!) as bigint);
    case 'eq': {
      const a = value(p.args[0]!);
      const b = value(p.args[1]!);
      if (typeof a === 'function') throw new Error(`an equation of functions: ${p}`);
      return a instanceof Rational ? a.equals(b as Rational) : a === b;
    }
  }
  if (p.kind === 'operation' && definitionOf(p.name)) return sub(unfold(p));
  return value(p) as boolean;
}

type Choose = (name: string, sort: Sort, values: Values, instance: Instance) => Value | undefined;
const size = (values: Values, sort: Sort): number => sizeOf(sort, values);

/** f : ℝⁿ → ℝᵖ with polynomial entries */
const vectorFunction = (instance: Instance, values: Values, sort: Sort, degree: 1 | 2): Fn => {
  const n = size(values, sort.domain!.domain!);
  const p = size(values, sort.codomain!.domain!);
  const entries = Array.from({ length: p }, () => instance.polynomial(n, degree));
  return (v) => (c) => entries[c as number]!(v);
};

/** Choices of values that make the hypotheses of an axiom true; the others are random. */
const choices: Readonly<Record<string, Choose>> = {
  CHAIN: (name, sort, values, r) => {
    if (name === 'f') return vectorFunction(r, values, sort, 1);
    return name === 'g' ? r.polynomial(size(values, sort.domain!.domain!), 2) : undefined;
  },
  DLIN: (name, sort, values, r) => {
    if (name !== 'F') return undefined;
    const fs = Array.from({ length: size(values, sort.domain!) }, () =>
      r.polynomial(size(values, sort.codomain!.domain!.domain!), 2),
    );
    return (i) => fs[i as number]!;
  },
  FERMAT: (name, sort, values, r) => {
    // Σ a_i (x_i − 1)² with a ≥ 0, at θ = 1
    if (name === 'θ') return () => q(1);
    if (name !== 'F') return undefined;
    const a = Array.from({ length: size(values, sort.domain!.domain!) }, () => q(r.below(3)));
    return (v) =>
      a.reduce((s, c, i) => {
        const x = scalar((v as Fn)(i)).sub(q(1));
        return s.add(c.mul(x).mul(x));
      }, q(2));
  },
  GRADINEQ: (name, sort, values, r) =>
    name === 'F' ? r.polynomial(size(values, sort.domain!.domain!), 2, true) : undefined,
  DIRDERIV: (() => {
    let f: Fn = () => 0;
    let zero: Rational[] = [];
    return (name, sort, values, r) => {
      if (name === 'f') {
        f = vectorFunction(r, values, sort, 1);
        return f;
      }
      if (name === 'δ') {
        zero = Array.from({ length: size(values, sort.domain!) }, r.rational);
        return (k) => zero[k as number]!;
      }
      if (name === 'b')
        return (c) => scalar((f((k) => zero[k as number]!) as Fn)(c)).sub(scalar((f(() => q(0)) as Fn)(c)));
      return name === 'τ' ? q(1) : undefined;
    };
  })(),
  TRI: (name, _sort, _values, r) => {
    // multiples of one vector of rational length
    const c = r.rational();
    return name === 'n' ? 2n : name === 'a' || name === 'b' ? (i) => c.mul(q(i === 0 ? 3 : 4)) : undefined;
  },
  SQRT: (name, _sort, _values, r) => (name === 'a' ? ((x) => x.mul(x))(r.rational()) : undefined),
};
/** Hypotheses of analysis, which the choices above make true. */
const given = { Diff: true, LocalMin: true, Convex: true };

function instanceOf(axiom: Pick<Axiom, 'name' | 'statement'>, seed: number): Truth {
  const r = new Instance(seed);
  let values: Values = new Map();
  let rest = axiom.statement;
  while (rest.kind === 'operation' && rest.name === 'forall') {
    const f = rest.args[0]!;
    const sort = f.sort.domain!;
    const x = fresh('x', sort);
    const choice = choices[axiom.name]?.(f.name, sort, values, r);
    if (sort.kind === 'Pi' && sort.codomain?.kind === 'Prop') {
      const table = new Map<Value, boolean>();
      const set: Fn = (v) => {
        if (!table.has(v)) table.set(v, r.below(4) !== 0);
        return table.get(v)!;
      };
      values = new Map(values).set(x.id, set);
    } else values = new Map(values).set(x.id, choice ?? r.value(sort, values));
    rest = apply(f, x);
  }
  return holds(rest, values, r, given);
}

/** ∃ over functions and vectors, and differentiability: axiom-instances.test.ts has witnesses for them. */
const EXISTENTIAL = ['REC', 'RN', 'AFFINE'];

describe('axioms', () => {
  test('are closed, and each says why, from where, and where it is proved', () => {
    const all = axioms();
    expect(all.length).toBeGreaterThan(20);
    for (const key of ['name', 'rocq', 'statement'] as const) {
      expect(new Set(all.map((a) => (key === 'statement' ? a.statement.id : a[key]))).size).toBe(all.length);
    }
    for (const a of all) {
      expect(freeVariables(a.statement)).toEqual([]);
      expect(a.why).toMatch(/^[A-Z].*\.$/s);
      expect(a.citation.length).toBeGreaterThan(5);
    }
  });

  test.each(
    axioms()
      .filter((a) => !EXISTENTIAL.includes(a.name))
      .map((a) => [a.name, a] as const),
  )('%s holds on random exact instances', (_, axiom) => {
    for (let seed = 1; seed <= 40; seed++) expect(instanceOf(axiom, seed), `seed ${seed}`).toBe(true);
  });

  const sensitive = [
    'CHAIN',
    'DLIN',
    'FERMAT',
    'GRADINEQ',
    'DIRDERIV',
    'TRI',
    'SUMLE',
    'SQRT',
    'INV',
    'MULPOS',
    'DELTA',
  ];
  test.each(sensitive)('%s with a sign or an inequality changed does not', (name) => {
    const axiom = axioms().find((a) => a.name === name)!;
    const changed = changesOf(axiom.statement).filter((c) => c.kind === 'sign' || c.kind === 'inequality');
    const refuted = changed.filter(({ term }) => {
      for (let seed = 1; seed <= 40; seed++)
        if (instanceOf({ name, statement: term }, seed) === false) return true;
      return false;
    });
    expect(changed.length).toBeGreaterThan(0);
    expect(refuted.length).toBeGreaterThan(0);
  });
});
