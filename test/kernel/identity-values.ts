/**
 * Checks a logged identity at random exact values of its variables (the other implementation: it knows nothing of normal
 * forms). Unknown functions are arbitrary functions of what their argument is at a few places, so that equal functions have
 * equal values; claims are compared part by part, definitions put in.
 */
import type { Identity } from '../../src/kernel/identities.ts';
import { Rational } from '../../src/kernel/rational.ts';
import {
  apply,
  codomainAt,
  definitionRank,
  freeVariables,
  freeVariablesOfSort,
  type Sort,
  type Term,
  unfold,
  variable,
} from '../../src/kernel/term.ts';
import { exactValue, type Meanings, sizeOf, type Value, type Values } from './exact-values.ts';
import { generator } from './normaliser-fuzz.ts';

/** There is no index in an empty set, or a term is too long: no judgement at these values. */
export class NoInstance extends Error {}

const q = (v: Value): Rational => v as Rational;
const hash = (text: string): number => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
};

/** What two values must share to count as equal arguments. */
function keyOf(value: Value, sort: Sort, values: Values): string {
  if (sort.kind !== 'Pi') return `${value}`;
  const f = value as (x: Value) => Value;
  const domain = sort.domain!;
  const x = variable('probe', domain);
  const probes: readonly Value[] =
    domain.kind === 'Fin'
      ? Array.from({ length: sizeOf(domain, values) }, (_, i) => i)
      : [1, 2].map((n) => randomValue(domain, values, `probe${n}`));
  return probes.map((at) => keyOf(f(at), codomainAt(sort, x), new Map(values).set(x.id, at))).join(' ');
}

/** The value of this sort with this name. */
export function randomValue(sort: Sort, values: Values, name: string): Value {
  const below = generator(hash(name));
  switch (sort.kind) {
    case 'Nat':
      return BigInt(below(8) === 0 ? 0 : 1 + below(2));
    case 'Real':
      return new Rational(BigInt(below(13) - 6), BigInt(1 + below(3)));
    case 'Prop':
      return below(2) === 0;
    case 'Fin': {
      const size = sizeOf(sort, values);
      if (size === 0) throw new NoInstance('an empty index set');
      return below(size);
    }
    default: {
      const x = variable('argument', sort.domain!);
      const known = new Map<string, Value>();
      return (at) => {
        const key = keyOf(at, sort.domain!, values);
        let value = known.get(key);
        if (value === undefined) {
          value = randomValue(codomainAt(sort, x), new Map(values).set(x.id, at), `${name}(${key})`);
          known.set(key, value);
        }
        return value;
      };
    }
  }
}

/** Some functional of f, the point and the coordinate: f at the point moved, with f at the point. */
const meanings: Meanings = {
  partial: ([f, point, k]) => {
    const at = f as (x: Value) => Value;
    const x = point as (i: Value) => Value;
    const combined = (a: Value, b: Value): Value =>
      typeof a === 'function' ? (i) => combined(a(i), (b as typeof a)(i)) : q(a).mul(q(a)).sub(q(b));
    return combined(
      at((i) => (i === k ? q(x(i)).add(Rational.one) : x(i))),
      at(x),
    );
  },
};

export class Instance {
  readonly #seed: number;
  readonly #values = new Map<number, Value>();
  #names = 0;
  constructor(seed: number) {
    this.#seed = seed;
  }

  #value(x: Term): void {
    if (this.#values.has(x.id)) return;
    for (const y of freeVariablesOfSort(x.sort)) this.#value(y);
    this.#values.set(x.id, randomValue(x.sort, this.#values, `${this.#seed}/${this.#names++}`));
  }

  value(t: Term): Value {
    for (const x of freeVariables(t)) this.#value(x);
    return exactValue(t, this.#values, meanings);
  }

  /** A new variable, with a value. */
  #arbitrary(sort: Sort): Term {
    const x = variable(`arbitrary${this.#names}`, sort);
    this.#value(x);
    return x;
  }

  /** Whether two terms of one sort have one value here; claims, whether they say the same part by part. */
  agree(a: Term, b: Term): boolean {
    if (a.id === b.id) return true;
    if (a.sort.kind === 'Pi') {
      const x = this.#arbitrary(a.sort.domain!);
      return this.agree(apply(a, x), apply(b, x));
    }
    if (a.sort.kind !== 'Prop') return `${this.value(a)}` === `${this.value(b)}`;
    if (a.kind === b.kind && a.name === b.name && a.args.length === b.args.length) {
      if (a.args.every((arg, i) => this.#agreeArguments(arg, b.args[i]!))) return true;
    }
    const [ra, rb] = [a, b].map((t) => (t.kind === 'operation' ? definitionRank(t.name) : -1)) as [
      number,
      number,
    ];
    if (ra < 0 && rb < 0) return false;
    return this.agree(ra >= rb ? unfold(a) : a, rb >= ra ? unfold(b) : b);
  }

  #agreeArguments(a: Term, b: Term): boolean {
    return a.sort.id === b.sort.id && this.agree(a, b);
  }

  #gap(claim: Term): { readonly strict: boolean; readonly equation: boolean; readonly gap: Rational } {
    if (claim.name === 'false') return { strict: true, equation: false, gap: Rational.zero };
    const [l, r] = claim.args.map((t) => {
      const value = this.value(t);
      return typeof value === 'bigint' ? new Rational(value) : q(value);
    }) as [Rational, Rational];
    const gap = claim.name === 'natLt' ? r.sub(l).sub(Rational.one) : r.sub(l);
    return { strict: claim.name === 'lt', equation: claim.name === 'eq', gap };
  }

  /** Whether the identity is true here. Throws NoInstance. */
  confirms({ kind, claim, premises }: Identity): boolean {
    if (kind === 'equal') return this.agree(claim.args[0]!, claim.args[1]!);
    if (kind === 'convert') return this.agree(premises[0]!.claim, claim);
    const goal = this.#gap(claim);
    let slack = goal.gap;
    let strict = false;
    for (const premise of premises) {
      const given = this.#gap(premise.claim);
      const by = q(this.value(premise.by!));
      if (!given.equation && (goal.equation || by.sign < 0)) return false;
      if (given.strict && by.sign > 0) strict = true;
      slack = slack.sub(by.mul(given.gap));
    }
    if (goal.equation) return slack.isZero;
    return goal.strict && !strict ? slack.sign > 0 : slack.sign >= 0;
  }
}

/** Whether the identity is true at each of some instances; null where it could be judged at none. */
export function confirmed(identity: Identity, instances: number, seed: number): boolean | null {
  let judged = 0;
  for (let i = 0; judged < instances && i < 4 * instances; i++) {
    try {
      if (!new Instance(seed + 1000 * i).confirms(identity)) return false;
      judged++;
    } catch (error) {
      if (!(error instanceof NoInstance)) throw error;
    }
  }
  return judged === 0 ? null : true;
}
