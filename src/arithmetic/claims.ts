/** Truth of claims: connectives, comparisons, quantifiers, infima. */
import { openOnce } from '../kernel/build.ts';
import { setBuilder } from '../kernel/set-builder.ts';
import { codomainAt, definitionOf, fresh, type Sort, type Term } from '../kernel/term.ts';
import { Inexpressible } from './arithmetic.ts';
import { Computation, unfoldOnce } from './computation.ts';
import { Frame, FunctionValue, index, numeral, range, type Value } from './evaluation-value.ts';
import type { Interpretation, Truth } from './meaning.ts';

/** Functions between index sets are run through up to this many. */
const MOST_FUNCTIONS = 4096;

export class Claims<T> {
  readonly #given: Interpretation<T>;
  readonly #computation: Computation<T>;
  readonly #reasons = new Set<string>();

  constructor(interpretation: Interpretation<T>) {
    this.#given = interpretation;
    this.#computation = new Computation(interpretation, (term, frame) => this.claim(term, frame));
  }

  get computation(): Computation<T> {
    return this.#computation;
  }
  get reasons(): readonly string[] {
    return [...this.#reasons];
  }

  // ----------------------------------------------------------------------------------------- claims

  truth(claim: Term, frame: Frame<T>): Truth {
    return this.attempt(() => {
      const value = this.#computation.evaluate(claim, frame);
      if (value.kind !== 'truth') throw new Inexpressible('a claim without a truth');
      return value.value;
    });
  }

  attempt(decide: () => Truth): Truth {
    try {
      return decide();
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      this.#reasons.add(error.message);
      return 'undecided';
    }
  }

  /** The truth of a claim that is an operation; asked by the computation. */
  claim(term: Term, frame: Frame<T>): Truth {
    const [a, b] = term.args as readonly [Term, Term];
    switch (term.name) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'and':
        return conjunction(this.truth(a, frame), () => this.truth(b, frame));
      case 'or':
        return negated(conjunction(negated(this.truth(a, frame)), () => negated(this.truth(b, frame))));
      case 'imp':
        return negated(conjunction(this.truth(a, frame), () => negated(this.truth(b, frame))));
      case 'forall':
        return this.#quantified(a, frame, true);
      case 'exists':
        return this.#quantified(a, frame, false);
      case 'eq':
        return a.id === b.id ? true : this.#equal(a, b, frame);
      case 'le':
        return this.attempt(() => within(this.#compare(a, b, frame), [-1, 0]));
      case 'lt':
        return this.attempt(() => within(this.#compare(a, b, frame), [-1]));
      case 'natLe':
        return this.attempt(() => this.#computation.number(a, frame) <= this.#computation.number(b, frame));
      case 'natLt':
        return this.attempt(() => this.#computation.number(a, frame) < this.#computation.number(b, frame));
      case 'Diff':
        return this.attempt(() => this.#differentiable(a, b, frame));
    }
    const decided = this.#given.truth?.(term, this.#computation.scope(frame));
    if (decided !== undefined) return decided;
    if (term.name === 'IsInf') return this.attempt(() => this.#infimum(a, b, frame, [0]));
    if (term.name === 'LeInf') return this.attempt(() => this.#infimum(a, b, frame, [-1, 0]));
    return this.truth(unfoldOnce(term), frame);
  }

  /** The sign of a − b, where it is certain. */
  #compare(a: Term, b: Term, frame: Frame<T>): -1 | 0 | 1 | undefined {
    if (this.#given.rounding === 'nearest') {
      throw new Inexpressible('rounded numbers decide no comparison');
    }
    const A = this.#given.arithmetic;
    const N = this.#computation.numbers;
    const number = (t: Term) => N.plain(this.#computation.real(t, frame));
    const sign = (x: T, y: T) => A.sign(A.sub(x, y));
    // √x against y is x against y²: a norm need not be a number of the arithmetic.
    const root = (t: Term): T | undefined => {
      const inside = underRoot(t);
      const value = inside && number(inside);
      return value !== undefined && isNonnegative(A.sign(value)) ? value : undefined;
    };
    const [x, y] = [root(a), root(b)];
    if (x !== undefined && y !== undefined) return sign(x, y);
    const rootAgainst = (square: T, other: T): -1 | 0 | 1 | undefined => {
      const side = A.sign(other);
      if (side === undefined) return undefined;
      return side === -1 ? 1 : sign(square, A.mul(other, other));
    };
    if (x !== undefined) return rootAgainst(x, number(b));
    if (y !== undefined) {
      const reversed = rootAgainst(y, number(a));
      return reversed === undefined ? undefined : ((0 - reversed) as -1 | 0 | 1);
    }
    return sign(number(a), number(b));
  }

  #equal(a: Term, b: Term, frame: Frame<T>): Truth {
    return this.attempt(() => {
      switch (a.sort.kind) {
        case 'Real':
          return within(this.#compare(a, b, frame), [0]);
        case 'Nat':
        case 'Fin':
          return this.#computation.number(a, frame) === this.#computation.number(b, frame);
        case 'Prop': {
          const [p, q] = [this.truth(a, frame), this.truth(b, frame)];
          return p === 'undecided' || q === 'undecided' ? 'undecided' : p === q;
        }
        default:
          return this.#equalValues(
            this.#computation.evaluate(a, frame),
            this.#computation.evaluate(b, frame),
            a.sort,
            frame,
          );
      }
    });
  }

  #equalValues(a: Value<T>, b: Value<T>, sort: Sort, frame: Frame<T>): Truth {
    if (a.kind === 'real' && b.kind === 'real') {
      if (this.#given.rounding === 'nearest') throw new Inexpressible('rounded numbers decide no comparison');
      const A = this.#given.arithmetic;
      return within(
        A.sign(A.sub(this.#computation.numbers.plain(a.value), this.#computation.numbers.plain(b.value))),
        [0],
      );
    }
    if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
    if (a.kind === 'truth' && b.kind === 'truth') {
      return a.value === 'undecided' || b.value === 'undecided' ? 'undecided' : a.value === b.value;
    }
    if (a.kind !== 'function' || b.kind !== 'function') throw new Inexpressible('values of different kinds');
    return this.#throughout(sort.domain!, 'x', 'forall', frame, (x, inner) =>
      this.attempt(() => {
        const variable = fresh('x', sort.domain!);
        const codomain = sort.codomain ?? codomainAt(sort, variable);
        return this.#equalValues(a.at(x), b.at(x), codomain, new Frame(variable.id, x, inner));
      }),
    );
  }

  #quantified(f: Term, frame: Frame<T>, universal: boolean): Truth {
    const [x, body] = f.kind === 'lambda' ? openOnce(f) : [undefined, undefined];
    const at = (value: Value<T>): Truth => {
      if (x && body) return this.truth(body, new Frame(x.id, value, frame));
      const applied = this.#computation.function(f, frame).at(value);
      return applied.kind === 'truth' ? applied.value : 'undecided';
    };
    const name = x?.name ?? 'x';
    const domain = f.sort.domain!;
    if (universal) return this.#throughout(domain, name, 'forall', frame, at);
    return negated(this.#throughout(domain, name, 'exists', frame, (v) => negated(at(v))));
  }

  /** Whether a claim holds for all elements of a sort; undecided, at best, when they cannot be run through. */
  #throughout(
    sort: Sort,
    name: string,
    quantifier: 'forall' | 'exists',
    frame: Frame<T>,
    claim: (x: Value<T>, frame: Frame<T>) => Truth,
  ): Truth {
    const all = this.#elements(sort, frame);
    let answer: Truth = all ? true : 'undecided';
    for (const x of all ?? this.candidates(sort, name, quantifier, frame)) {
      const here = this.attempt(() => claim(x, frame));
      if (here === false) return false;
      if (here === 'undecided') answer = 'undecided';
    }
    if (!all)
      this.#reasons.add(`${name} ranges over infinitely many values, and candidates do not decide it`);
    return answer;
  }

  /** All elements of an index set, or of a small set of functions between index sets. */
  #elements(sort: Sort, frame: Frame<T>): readonly Value<T>[] | undefined {
    if (sort.kind === 'Fin') return range(this.#computation.size(sort, frame)).map((i) => index<T>(i));
    if (sort.kind !== 'Pi' || sort.domain!.kind !== 'Fin' || sort.codomain?.kind !== 'Fin') return undefined;
    const [from, to] = [
      this.#computation.size(sort.domain!, frame),
      this.#computation.size(sort.codomain, frame),
    ];
    const count = to ** from;
    if (count > MOST_FUNCTIONS) return undefined;
    return range(count).map(
      (code) => new FunctionValue((i) => index(Math.floor(code / to ** numeral(i)) % to)),
    );
  }

  /** What is tried where the elements of a sort cannot be run through. */
  candidates(
    sort: Sort,
    name: string,
    quantifier: 'forall' | 'exists' | 'infimum',
    frame: Frame<T>,
  ): readonly Value<T>[] {
    const found = this.#given.candidates?.({ quantifier, name, sort, sizes: this.#sizes(sort, frame) }) ?? [];
    return found.map((meaning) => this.#computation.read(meaning, sort, frame));
  }

  #sizes(sort: Sort, frame: Frame<T>): readonly number[] {
    if (sort.kind !== 'Pi' || sort.domain!.kind !== 'Fin') return [];
    return [
      this.#computation.size(sort.domain!, frame),
      ...(sort.codomain ? this.#sizes(sort.codomain, frame) : []),
    ];
  }

  /** c against inf { … }: by the value that the interpretation has, else refuted by a candidate below c. */
  #infimum(c: Term, set: Term, frame: Frame<T>, signs: readonly (-1 | 0 | 1)[]): Truth {
    const A = this.#given.arithmetic;
    const left = this.#computation.numbers.plain(this.#computation.real(c, frame));
    if (this.#given.rounding === 'nearest') throw new Inexpressible('rounded numbers decide no comparison');
    const value = this.#given.infimum?.(set, this.#computation.scope(frame));
    if (value !== undefined) return within(A.sign(A.sub(left, value)), signs);
    const built = setBuilder(set);
    if (!built) throw new Inexpressible('an infimum over a set that is not listed by formulas');
    const isBelow = (step: number, at: Frame<T>): boolean => {
      const next = built.steps[step];
      if (next === undefined) {
        return (
          this.attempt(
            () =>
              A.sign(
                A.sub(left, this.#computation.numbers.plain(this.#computation.real(built.value, at))),
              ) === 1,
          ) === true
        );
      }
      if (next.kind === 'condition') return this.truth(next.term, at) === true && isBelow(step + 1, at);
      const { id, name, sort } = next.term;
      return this.candidates(sort, name, 'infimum', at).some((x) => isBelow(step + 1, new Frame(id, x, at)));
    };
    if (isBelow(0, frame)) return false;
    throw new Inexpressible('the infimum is not known, and no candidate lies below');
  }

  /** Diff(f, θ): by what is said of a symbol, or, for a formula, from the symbols and operations in it. */
  #differentiable(f: Term, point: Term, frame: Frame<T>): Truth {
    const value = this.#computation.function(f, frame);
    const at = this.#computation.function(point, frame);
    const n = this.#computation.size(point.sort.domain!, frame);
    if (value.source) {
      const plain = this.#computation.numbersOf(at, n).map((x) => this.#computation.numbers.plain(x));
      return value.source.differentiable?.(plain) ?? 'undecided';
    }
    // A formula is differentiable where everything that it applies to the variable is; `partial` throws elsewhere.
    for (const k of range(n))
      this.#force(this.#computation.partial(value, at, k, n), f.sort.codomain!, frame);
    return true;
  }

  #force(value: Value<T>, sort: Sort, frame: Frame<T>): void {
    if (value.kind !== 'function') return;
    for (const i of range(this.#computation.size(sort.domain!, frame)))
      this.#force(value.at(index(i)), sort.codomain!, frame);
  }
}

function conjunction(p: Truth, q: () => Truth): Truth {
  if (p === false) return false;
  const second = q();
  return second === false ? false : p === true && second === true ? true : 'undecided';
}
const negated = (p: Truth): Truth => (p === 'undecided' ? p : !p);

export function within(sign: -1 | 0 | 1 | undefined, allowed: readonly (-1 | 0 | 1)[]): Truth {
  if (sign === undefined) throw new Inexpressible('a difference whose sign is not certain');
  return allowed.includes(sign);
}
const isNonnegative = (sign: -1 | 0 | 1 | undefined): boolean => sign === 0 || sign === 1;

/** x of √x, through definitions. */
function underRoot(term: Term): Term | undefined {
  let t = term;
  while (t.kind === 'operation' && definitionOf(t.name)) t = unfoldOnce(t);
  return t.kind === 'operation' && t.name === 'sqrt' ? t.args[0]! : undefined;
}
