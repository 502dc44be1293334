import { Inexpressible } from './arithmetic.ts';
import type { PointFunction, Truth } from './meaning.ts';
import type { Scalar } from './tagged-dual.ts';

export const ROOT = -1;

/** The value of a term, by the kind of its sort. */
export type Value<T> =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'real'; readonly value: Scalar<T> }
  | { readonly kind: 'truth'; readonly value: Truth }
  | FunctionValue<T>;

/** A function; values at indices are computed once. */
export class FunctionValue<T> {
  readonly kind = 'function';
  readonly source: PointFunction<T> | undefined;
  readonly #apply: (x: Value<T>) => Value<T>;
  readonly #known = new Map<number, Value<T>>();

  constructor(apply: (x: Value<T>) => Value<T>, source?: PointFunction<T>) {
    this.#apply = apply;
    this.source = source;
  }

  at(x: Value<T>): Value<T> {
    if (x.kind !== 'number') return this.#apply(x);
    let value = this.#known.get(x.value);
    if (value === undefined) {
      value = this.#apply(x);
      this.#known.set(x.value, value);
    }
    return value;
  }
}

/** The value of one bound variable, and what has been computed that depends on it and on nothing further in. */
export class Frame<T> {
  readonly variable: number;
  readonly value: Value<T> | undefined;
  readonly parent: Frame<T> | undefined;
  readonly cache = new Map<number, Value<T>>();

  constructor(variable: number, value: Value<T> | undefined, parent: Frame<T> | undefined) {
    this.variable = variable;
    this.value = value;
    this.parent = parent;
  }
}

export const index = <T>(value: number): Value<T> => ({ kind: 'number', value });
export function range(n: number): number[] {
  // Array.from is ten times slower, and this is asked for in the innermost loops.
  const out: number[] = [];
  for (let i = 0; i < n; i++) out.push(i);
  return out;
}

export function numeral<T>(value: Value<T>): number {
  if (value.kind !== 'number') throw new Inexpressible('an index without a number');
  return value.value;
}
export function scalar<T>(value: Value<T>): Scalar<T> {
  if (value.kind !== 'real') throw new Inexpressible('a real without a value');
  return value.value;
}

export function remembered<K extends object, V>(memo: WeakMap<K, V>, key: K, compute: () => V): V {
  let value = memo.get(key);
  if (value === undefined) {
    value = compute();
    memo.set(key, value);
  }
  return value;
}
