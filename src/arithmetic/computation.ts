/** Values of terms that are numbers, indices and functions; what is claimed is left to `claims.ts`. */
import { openOnce } from '../kernel/build.ts';
import {
  codomainAt,
  definitionOf,
  freeVariables,
  fresh,
  type Sort,
  type Term,
  unfold,
} from '../kernel/term.ts';
import { Inexpressible } from './arithmetic.ts';
import {
  Frame,
  FunctionValue,
  index,
  numeral,
  ROOT,
  range,
  remembered,
  scalar,
  type Value,
} from './evaluation-value.ts';
import type { Interpretation, Meaning, Nested, PointFunction, Scope, Truth } from './meaning.ts';
import { Dual, DualNumbers, type Scalar } from './tagged-dual.ts';

const unfolded = new WeakMap<Term, Term>();
const freeIds = new WeakMap<Term, ReadonlySet<number>>();

export const unfoldOnce = (t: Term) => remembered(unfolded, t, () => unfold(t));
const idsOf = (t: Term) => remembered(freeIds, t, () => new Set(freeVariables(t).map((x) => x.id)));

export class Computation<T> {
  readonly #given: Interpretation<T>;
  readonly #claim: (term: Term, frame: Frame<T>) => Truth;
  readonly #symbols = new Map<number, Value<T>>();
  readonly root = new Frame<T>(ROOT, undefined, undefined);
  readonly numbers: DualNumbers<T>;

  constructor(interpretation: Interpretation<T>, claim: (term: Term, frame: Frame<T>) => Truth) {
    this.#given = interpretation;
    this.#claim = claim;
    this.numbers = new DualNumbers(interpretation.arithmetic);
  }

  // ----------------------------------------------------------------------------------------- dispatch

  /** The value in the outermost frame that binds a variable of the term, so that it is shared by all frames within. */
  evaluate(term: Term, frame: Frame<T>): Value<T> {
    if (term.kind === 'variable') return this.#lookup(term, frame);
    if (term.kind === 'number') {
      return term.sort.kind === 'Nat'
        ? index(Number(term.value!.numerator))
        : this.#makeReal(this.#given.arithmetic.rational(term.value!));
    }
    const free = idsOf(term);
    let home = frame;
    while (home.variable !== ROOT && !free.has(home.variable)) home = home.parent!;
    const known = home.cache.get(term.id);
    if (known !== undefined) return known;
    const value = this.#compute(term, home);
    home.cache.set(term.id, value);
    return value;
  }

  #lookup(variable: Term, frame: Frame<T>): Value<T> {
    for (let at: Frame<T> | undefined = frame; at !== undefined; at = at.parent) {
      if (at.variable === variable.id) return at.value!;
    }
    const known = this.#symbols.get(variable.id);
    if (known !== undefined) return known;
    const meaning = this.#given.meaning(variable);
    if (meaning === undefined) throw new Inexpressible(`${variable.name} has no value here`);
    const value = this.read(meaning, variable.sort, frame);
    this.#symbols.set(variable.id, value);
    return value;
  }

  #compute(term: Term, frame: Frame<T>): Value<T> {
    if (term.kind === 'lambda') {
      const [x, body] = openOnce(term);
      return new FunctionValue((v) => this.evaluate(body, new Frame(x.id, v, frame)));
    }
    if (term.kind === 'apply') {
      return this.function(term.args[0]!, frame).at(this.evaluate(term.args[1]!, frame));
    }
    if (term.sort.kind === 'Prop') return { kind: 'truth', value: this.#claim(term, frame) };
    if (definitionOf(term.name)) return this.evaluate(unfoldOnce(term), frame);
    return this.#operation(term, frame);
  }

  #operation(term: Term, frame: Frame<T>): Value<T> {
    const N = this.numbers;
    const A = this.#given.arithmetic;
    const real = (i: number) => this.real(term.args[i]!, frame);
    const number = (i: number) => this.number(term.args[i]!, frame);
    const f = (i: number) => this.function(term.args[i]!, frame);
    switch (term.name) {
      case 'add':
        return this.#makeReal(N.add(real(0), real(1)));
      case 'mul':
        return this.#makeReal(N.mul(real(0), real(1)));
      case 'inv':
        return this.#makeReal(N.inv(real(0)));
      case 'sqrt':
        return this.#makeReal(N.sqrt(real(0)));
      case 'natToReal':
        return this.#makeReal(A.float(number(0)));
      case 'delta':
        return this.#makeReal(number(0) === number(1) ? A.one : A.zero);
      case 'sum': {
        let total: Scalar<T> = A.zero;
        for (const i of range(this.size(term.args[0]!.sort.domain!, frame))) {
          total = N.add(total, scalar(f(0).at(index(i))));
        }
        return this.#makeReal(total);
      }
      case 'natSum':
        return index(this.#offset(f(0), this.size(term.args[0]!.sort.domain!, frame)));
      case 'natAdd':
        return index(number(0) + number(1));
      case 'natMul':
        return index(number(0) * number(1));
      case 'val':
        return index(number(0));
      case 'index':
        return index(number(1));
      case 'inl':
        return index(number(2));
      case 'inr':
        return index(number(0) + number(2));
      case 'pair':
        return index(number(2) * number(1) + number(3));
      case 'sigma':
        return index(this.#offset(f(0), number(1)) + number(2));
      case 'join': {
        const [n, left, right] = [number(0), f(2), f(3)];
        return new FunctionValue((i) => (numeral(i) < n ? left.at(i) : right.at(index(numeral(i) - n))));
      }
      case 'unpair': {
        const rows = f(0);
        const columns = this.size(term.args[0]!.sort.codomain!.domain!, frame);
        return new FunctionValue((i) => {
          const row = rows.at(index(Math.floor(numeral(i) / columns))) as FunctionValue<T>;
          return row.at(index(numeral(i) % columns));
        });
      }
      case 'unsigma': {
        const [sizes, blocks] = [f(0), f(1)];
        return new FunctionValue((i) => {
          let [l, rest] = [0, numeral(i)];
          for (let size = numeral(sizes.at(index(0))); rest >= size; size = numeral(sizes.at(index(l)))) {
            rest -= size;
            l++;
          }
          return (blocks.at(index(l)) as FunctionValue<T>).at(index(rest));
        });
      }
      case 'partial':
        return this.partial(f(0), f(1), number(2), this.size(term.args[2]!.sort, frame));
      default:
        throw new Inexpressible(`the operation ${term.name} has no value here`);
    }
  }

  // ----------------------------------------------------------------------------------------- derivatives

  partial(f: FunctionValue<T>, point: FunctionValue<T>, k: number, n: number): Value<T> {
    const seeded = this.numbers.seed(scalar(point.at(index(k))));
    const moved = range(n).map((j): Value<T> => (j === k ? this.#makeReal(seeded) : point.at(index(j))));
    const value = f.at(new FunctionValue((j) => moved[numeral(j)]!));
    return this.#slope(value, seeded.tag);
  }

  #slope(value: Value<T>, tag: number): Value<T> {
    if (value.kind === 'real') return this.#makeReal(this.numbers.slope(value.value, tag));
    if (value.kind === 'function') return new FunctionValue((i) => this.#slope(value.at(i), tag));
    throw new Inexpressible('a derivative of something that is not a number or a vector');
  }

  /** A symbol at a point that may carry slopes: the chain rule, one tag at a time, innermost first. */
  #applySymbol(f: PointFunction<T>, point: readonly Scalar<T>[], values: Sort, frame: Frame<T>): Value<T> {
    const tag = Math.max(0, ...point.map((x) => (x instanceof Dual ? x.tag : 0)));
    if (tag === 0) return this.#readNested(f.value(point as readonly T[]), values, frame);
    const N = this.numbers;
    const base = point.map((x) => N.without(x, tag));
    const atBase = this.#applySymbol(f, base, values, frame);
    const terms: (readonly [Scalar<T>, Value<T>])[] = [];
    point.forEach((x, k) => {
      // Even where the slope is 0 the derivative must exist: √|x| at x = θ² has none in θ at 0.
      if (!(x instanceof Dual && x.tag === tag)) return;
      terms.push([x.slope, this.#derivativeOfSymbol(f, base, k, values, frame)]);
    });
    return this.#withSlope(tag, atBase, terms);
  }

  #derivativeOfSymbol(
    f: PointFunction<T>,
    point: readonly Scalar<T>[],
    k: number,
    values: Sort,
    frame: Frame<T>,
  ): Value<T> {
    if (!point.some((x) => x instanceof Dual)) {
      const partial = f.partial?.(point as readonly T[], k);
      if (partial === undefined)
        throw new Inexpressible('a function is not known to be differentiable there');
      return this.#readNested(partial, values, frame);
    }
    const derivative = f.derivative?.(k);
    if (!derivative) throw new Inexpressible('the second derivatives of a function are not given');
    return this.#applySymbol(derivative, point, values, frame);
  }

  /** value + ε_tag Σ slope · derivative, entry by entry. */
  #withSlope(tag: number, value: Value<T>, terms: readonly (readonly [Scalar<T>, Value<T>])[]): Value<T> {
    const N = this.numbers;
    if (value.kind === 'real') {
      const total = terms.reduce<Scalar<T>>(
        (sum, [slope, derivative]) => N.add(sum, N.mul(slope, scalar(derivative))),
        this.#given.arithmetic.zero,
      );
      return this.#makeReal(new Dual(tag, value.value, total));
    }
    if (value.kind !== 'function')
      throw new Inexpressible('a derivative of something that is not a number or a vector');
    return new FunctionValue((i) =>
      this.#withSlope(
        tag,
        value.at(i),
        terms.map(([slope, derivative]) => [slope, (derivative as FunctionValue<T>).at(i)] as const),
      ),
    );
  }

  // ----------------------------------------------------------------------------------------- reading

  scope(frame: Frame<T>): Scope<T> {
    return {
      number: (term) => this.number(term, frame),
      real: (term) => this.numbers.plain(this.real(term, frame)),
      vector: (term) => this.vector(term, frame),
    };
  }

  real(term: Term, frame: Frame<T>): Scalar<T> {
    return scalar(this.evaluate(term, frame));
  }
  number(term: Term, frame: Frame<T>): number {
    return numeral(this.evaluate(term, frame));
  }
  function(term: Term, frame: Frame<T>): FunctionValue<T> {
    const value = this.evaluate(term, frame);
    if (value.kind !== 'function') throw new Inexpressible('something that is not a function was applied');
    return value;
  }
  vector(term: Term, frame: Frame<T>): readonly T[] {
    const n = this.size(term.sort.domain!, frame);
    return this.numbersOf(this.function(term, frame), n).map((x) => this.numbers.plain(x));
  }
  numbersOf(f: FunctionValue<T>, n: number): readonly Scalar<T>[] {
    return range(n).map((i) => scalar(f.at(index(i))));
  }
  #makeReal(value: Scalar<T>): Value<T> {
    return { kind: 'real', value };
  }
  /** n of Fin(n) */
  size(sort: Sort, frame: Frame<T>): number {
    return this.number(sort.dimension!, frame);
  }
  #offset(sizes: FunctionValue<T>, blocks: number): number {
    return range(blocks).reduce((total, l) => total + numeral(sizes.at(index(l))), 0);
  }

  /** A meaning as a value of the sort. A shape that does not fit the sort is the caller's fault: RangeError. */
  read(meaning: Meaning<T>, sort: Sort, frame: Frame<T>): Value<T> {
    switch (sort.kind) {
      case 'Nat':
      case 'Fin': {
        const bound = sort.kind === 'Fin' ? this.size(sort, frame) : Number.MAX_SAFE_INTEGER;
        if (!(Number.isInteger(meaning) && (meaning as number) >= 0 && (meaning as number) < bound)) {
          throw new RangeError(`evaluate: expected an element of ${sort} but received ${String(meaning)}`);
        }
        return index(meaning as number);
      }
      case 'Real':
        return this.#makeReal(meaning as T);
      case 'Prop':
        return { kind: 'truth', value: meaning as Truth };
      default:
        return this.#readFunction(meaning, sort, frame);
    }
  }

  #readFunction(meaning: Meaning<T>, sort: Sort, frame: Frame<T>): Value<T> {
    const domain = sort.domain!;
    if (domain.kind === 'Fin' || domain.kind === 'Nat') {
      if (Array.isArray(meaning) && domain.kind === 'Fin' && meaning.length !== this.size(domain, frame)) {
        throw new RangeError(
          `evaluate: expected ${this.size(domain, frame)} entries but received ${meaning.length}`,
        );
      }
      // A new variable is a new term for ever: only a sort that depends on the index needs one.
      const variable = sort.codomain ? undefined : fresh('i', domain);
      const codomain = variable ? codomainAt(sort, variable) : sort.codomain!;
      return new FunctionValue((i) => {
        const at = numeral(i);
        const entry = Array.isArray(meaning) ? meaning[at] : (meaning as (index: number) => Meaning<T>)(at);
        if (entry === undefined) throw new RangeError(`evaluate: no entry ${at} for the sort ${sort}`);
        return this.read(entry, codomain, variable ? new Frame(variable.id, i, frame) : frame);
      });
    }
    const f = meaning as PointFunction<T>;
    const values = sort.codomain;
    if (typeof f?.value !== 'function' || values === null) {
      throw new RangeError(`evaluate: expected a function of a vector for the sort ${sort}`);
    }
    const known = new WeakMap<object, Value<T>>();
    return new FunctionValue((x) => {
      if (x.kind === 'function') {
        return remembered(known, x, () =>
          this.#applySymbol(f, this.#pointOf(x, domain, frame), values, frame),
        );
      }
      return this.#applySymbol(f, [scalar(x)], values, frame);
    }, f);
  }

  /** A vector, or a matrix row by row, as one list of numbers. */
  #pointOf(x: FunctionValue<T>, sort: Sort, frame: Frame<T>): readonly Scalar<T>[] {
    const n = this.size(sort.domain!, frame);
    if (sort.codomain?.kind === 'Real') return this.numbersOf(x, n);
    return range(n).flatMap((i) => this.#pointOf(x.at(index(i)) as FunctionValue<T>, sort.codomain!, frame));
  }

  #readNested(value: Nested<T> | Truth, sort: Sort, frame: Frame<T>): Value<T> {
    return this.read(value as Meaning<T>, sort, frame);
  }
}
