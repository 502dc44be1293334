/**
 * What the trusted modules use of JavaScript itself, captured when they are loaded (trusted).
 *
 * A program that later replaces Map.prototype.get, puts a setter on Array.prototype[0], or swaps an iterator, must not
 * be able to forge a term or a theorem. So trusted code reads lists by index, appends through own properties, keeps
 * its tables in maps that carry their methods with them, and never iterates with for-of or spread.
 */
import { Rational } from './rational.ts';

export class KernelError extends Error {
  override readonly name = 'KernelError';
}

export const freeze = Object.freeze;
freeze(Rational);
freeze(Rational.prototype);
export const max = Math.max;
export const { isSafeInteger } = Number;
export const toBigInt = BigInt;
const defineOwn = Object.defineProperty;
export const isRational = Rational.is;
const mapMethods = { get: Map.prototype.get, set: Map.prototype.set, has: Map.prototype.has };
const call = Function.prototype.call;
export const sortStrings = call.bind(Array.prototype.sort) as unknown as (list: string[]) => string[];
export const joinStrings = call.bind(Array.prototype.join) as unknown as (
  list: string[],
  by: string,
) => string;

/** A map whose methods are those that Map was born with. */
class Table<K, V> extends Map<K, V> {}
for (const name of ['get', 'set', 'has'] as const) {
  defineOwn(Table.prototype, name, { value: mapMethods[name] });
}
freeze(Table);
freeze(Table.prototype);

export function table<V>(): Map<string, V>;
export function table<K, V>(): Map<K, V>;
export function table<V>(): Map<string, V> {
  return new Table<string, V>();
}

const arrayPrototype: object = Array.prototype;
const objectPrototype = Object.prototype;
const { getPrototypeOf } = Reflect;

/** list.push(value) that no setter on Array.prototype, nor a prototype put above it, can intercept. */
export function append<V>(list: V[], value: V): void {
  const at = list.length;
  if (!(at in arrayPrototype) && getPrototypeOf(arrayPrototype) === objectPrototype) {
    list[at] = value;
    return;
  }
  const own: PropertyDescriptor & { __proto__: null } = {
    __proto__: null,
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  };
  defineOwn(list, at, own);
}

/** [f(list[0]), f(list[1]), …]; the short cases are literals because they are fast and cannot be intercepted. */
export function each<A, B>(list: readonly A[], f: (item: A) => B): readonly B[] {
  switch (list.length) {
    case 0:
      return [];
    case 1:
      return [f(list[0]!)];
    case 2:
      return [f(list[0]!), f(list[1]!)];
    case 3:
      return [f(list[0]!), f(list[1]!), f(list[2]!)];
    default: {
      const out: B[] = [];
      for (let i = 0; i < list.length; i++) append(out, f(list[i]!));
      return out;
    }
  }
}

/** Where a rule runs often: the message is made only when it is wanted, without a closure. */
export function refuse(message: string): never {
  throw new KernelError(message);
}

export function need(holds: boolean, message: () => string): asserts holds {
  if (!holds) throw new KernelError(message());
}

/** The list in order; stable. */
export function sorted<V>(list: readonly V[], compare: (a: V, b: V) => number): readonly V[] {
  let ordered = true;
  for (let i = 1; ordered && i < list.length; i++) ordered = compare(list[i - 1]!, list[i]!) <= 0;
  if (ordered) return list;
  const left: V[] = [];
  const right: V[] = [];
  const middle = list.length >> 1;
  for (let i = 0; i < list.length; i++) append(i < middle ? left : right, list[i]!);
  const a = sorted(left, compare);
  const b = sorted(right, compare);
  const out: V[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (j === b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0)) append(out, a[i++]!);
    else append(out, b[j++]!);
  }
  return out;
}

/** In order, each once. */
export function distinct<V>(list: readonly V[], compare: (a: V, b: V) => number): readonly V[] {
  const ordered = sorted(list, compare);
  const out: V[] = [];
  for (let i = 0; i < ordered.length; i++) {
    const item = ordered[i]!;
    if (out.length === 0 || compare(out[out.length - 1]!, item) !== 0) append(out, item);
  }
  return out;
}

export function concat<V>(a: readonly V[], b: readonly V[]): readonly V[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out: V[] = [];
  for (let i = 0; i < a.length; i++) append(out, a[i]!);
  for (let i = 0; i < b.length; i++) append(out, b[i]!);
  return out;
}

/** Sorts and terms are the same when their ids are. */
interface Identified {
  readonly id: number;
}

export function contains(list: readonly Identified[], item: Identified): boolean {
  for (let i = 0; i < list.length; i++) if (list[i]!.id === item.id) return true;
  return false;
}

/** The list without the item, wherever it occurs. */
export function without<V extends Identified>(list: readonly V[], item: Identified): readonly V[] {
  const out: V[] = [];
  for (let i = 0; i < list.length; i++) if (list[i]!.id !== item.id) append(out, list[i]!);
  return out;
}
