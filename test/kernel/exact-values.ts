/**
 * A small exact evaluator for tests of the kernel. Operations that the normaliser must treat as unknown functions of their
 * arguments (partial, sqrt) get arbitrary meanings here; that is a stronger test than their true meaning.
 */
import { Rational } from '../../src/kernel/rational.ts';
import { apply, definitionOf, fresh, type Sort, type Term, unfold } from '../../src/kernel/term.ts';

/** ℝ: Rational; ℕ: bigint; Fin(n): number; Prop: boolean; functions. */
export type Value = Rational | bigint | number | boolean | ((x: Value) => Value);
export type Fn = (x: Value) => Value;
export type Values = ReadonlyMap<number, Value>;

const opened = new Map<Term, readonly [Term, Term]>();
function open(f: Term): readonly [Term, Term] {
  let known = opened.get(f);
  if (!known) {
    const x = fresh('x', f.sort.domain!);
    known = [x, apply(f, x)];
    opened.set(f, known);
  }
  return known;
}

export function sizeOf(sort: Sort, values: Values): number {
  return Number(exactValue(sort.dimension!, values) as bigint);
}

const fn = (v: Value): Fn => v as Fn;
const q = (v: Value): Rational => v as Rational;

/** Replaces the meaning of an operation. */
export type Meanings = Readonly<Record<string, (args: readonly Value[]) => Value>>;

export function exactValue(t: Term, values: Values, meanings: Meanings = {}): Value {
  const at = (i: number): Value => exactValue(t.args[i]!, values, meanings);
  switch (t.kind) {
    case 'variable': {
      const value = values.get(t.id);
      if (value === undefined) throw new Error(`no value for ${t} : ${t.sort}`);
      return value;
    }
    case 'number':
      return t.sort.kind === 'Nat' ? t.value!.numerator : t.value!;
    case 'apply':
      return fn(at(0))(at(1));
    case 'lambda': {
      const [x, body] = open(t);
      const known = new Map<Value, Value>();
      return (value) => {
        if (typeof value === 'function') return exactValue(body, new Map(values).set(x.id, value), meanings);
        const key = value instanceof Rational ? (`${value}` as unknown as Value) : value;
        let result = known.get(key);
        if (result === undefined) {
          result = exactValue(body, new Map(values).set(x.id, value), meanings);
          known.set(key, result);
        }
        return result;
      };
    }
  }
  if (definitionOf(t.name)) return exactValue(unfold(t), values, meanings);
  const meaning = meanings[t.name];
  if (meaning) return meaning(t.args.map((_, i) => at(i)));
  const each = (): number[] => Array.from({ length: sizeOf(t.args[0]!.sort.domain!, values) }, (_, i) => i);
  switch (t.name) {
    case 'add':
      return q(at(0)).add(q(at(1)));
    case 'mul':
      return q(at(0)).mul(q(at(1)));
    case 'inv': {
      const x = q(at(0));
      return x.isZero ? x : x.inv();
    }
    case 'sqrt': {
      const x = q(at(0));
      return x.mul(x).add(Rational.one);
    }
    case 'natAdd':
      return (at(0) as bigint) + (at(1) as bigint);
    case 'natMul':
      return (at(0) as bigint) * (at(1) as bigint);
    case 'natToReal':
      return new Rational(at(0) as bigint);
    case 'val':
      return BigInt(at(0) as number);
    case 'sum': {
      const f = fn(at(0));
      return each().reduce((s, i) => s.add(q(f(i))), Rational.zero);
    }
    case 'natSum': {
      const f = fn(at(0));
      return each().reduce((s, i) => s + (f(i) as bigint), 0n);
    }
    case 'delta':
      return at(0) === at(1) ? Rational.one : Rational.zero;
    case 'index':
      return Number(at(1) as bigint);
    case 'inl':
      return at(2);
    case 'inr':
      return Number(at(0) as bigint) + (at(2) as number);
    case 'pair':
      return (at(2) as number) * Number(at(1) as bigint) + (at(3) as number);
    case 'sigma': {
      const sizes = fn(at(0));
      let before = 0;
      for (let l = 0; l < (at(1) as number); l++) before += Number(sizes(l) as bigint);
      return before + (at(2) as number);
    }
    case 'join': {
      const left = Number(at(0) as bigint);
      const u = fn(at(2));
      const v = fn(at(3));
      return (i) => ((i as number) < left ? u(i) : v((i as number) - left));
    }
    case 'unpair': {
      const f = fn(at(0));
      const columns = sizeOf(t.args[0]!.sort.codomain!.domain!, values);
      return (i) => fn(f(Math.floor((i as number) / columns)))((i as number) % columns);
    }
    case 'unsigma': {
      const sizes = fn(at(0));
      const f = fn(at(1));
      return (i) => {
        let rest = i as number;
        let l = 0;
        while (rest >= Number(sizes(l) as bigint)) rest -= Number(sizes(l++) as bigint);
        return fn(f(l))(rest);
      };
    }
    case 'partial': {
      // Some functional of f, the point and the coordinate that depends on the values of f only.
      const f = fn(at(0));
      const point = fn(at(1));
      const k = at(2);
      const moved = (i: Value): Value => (i === k ? q(point(i)).add(Rational.one) : point(i));
      const x = q(f(moved));
      return x.mul(x).sub(q(f(point)));
    }
    default:
      throw new Error(`no value for the operation ${t.name}`);
  }
}
