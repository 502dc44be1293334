/**
 * The value of a term on an instance, in any arithmetic.
 *
 * Reals are numbers of the arithmetic; claims are true, false or undecided. A comparison is decided only when the sign
 * of the difference is certain. Quantifiers over index sets are run through; over other sets only candidates are
 * tried, so a ∀ without counterexample stays undecided, and an ∃ is true when a candidate is a witness. What the
 * arithmetic cannot express is undecided, with the reason kept.
 *
 * Cost: every subterm is evaluated once per value of the bound variables on which it depends.
 *
 * This file stands with the arithmetics, above the kernel, because it needs `Inexpressible`.
 */
import { openOnce } from '../kernel/build.ts';
import { definitionOf, type Term } from '../kernel/term.ts';
import { Inexpressible } from './arithmetic.ts';
import { Claims, within } from './claims.ts';
import { type Computation, unfoldOnce } from './computation.ts';
import { Frame, type FunctionValue, index, range, scalar } from './evaluation-value.ts';
import type { Interpretation, Truth } from './meaning.ts';
import type { Scalar } from './tagged-dual.ts';

export interface Sides<T> {
  /** the indices (0-based) at which this line of the claim was taken */
  readonly at: Readonly<Record<string, number>>;
  /** which candidate (0-based) a variable was given that ranges over more than an index set */
  readonly candidates: Readonly<Record<string, number>>;
  readonly relation: 'eq' | 'le' | 'lt' | 'inf';
  readonly left: T | undefined;
  readonly right: T | undefined;
  /** right − left */
  readonly difference: T | undefined;
  readonly truth: Truth;
}

type Place = Pick<Sides<unknown>, 'at' | 'candidates'>;

/** The lines so far; beyond `most` none is wanted. */
interface Lines<T> {
  readonly out: Sides<T>[];
  readonly most: number;
}

/** Frames in which a variable has a value, with the place that each is. */
type Instances<T> = readonly (readonly [Frame<T>, Place])[];

export class Evaluator<T> {
  readonly #given: Interpretation<T>;
  readonly #claims: Claims<T>;
  readonly #computation: Computation<T>;
  /** by the frame outside, and the id of the variable */
  readonly #instancesIn = new WeakMap<Frame<T>, Map<number, Instances<T>>>();

  constructor(interpretation: Interpretation<T>) {
    this.#given = interpretation;
    this.#claims = new Claims(interpretation);
    this.#computation = this.#claims.computation;
  }

  /** Why something was undecided so far, in the order in which it was met. */
  get reasons(): readonly string[] {
    return this.#claims.reasons;
  }

  /** Never throws for a well-sorted claim; what cannot be expressed is undecided. */
  truth(claim: Term): Truth {
    return this.#claims.truth(claim, this.#computation.root);
  }
  /** Throws Inexpressible when the arithmetic, or the interpretation, has no such number. */
  real(term: Term): T {
    return this.#computation.numbers.plain(this.#computation.real(term, this.#computation.root));
  }
  /** Of a term of sort ℕ or Fin(n). Throws Inexpressible. */
  number(term: Term): number {
    return this.#computation.number(term, this.#computation.root);
  }
  /** The entries of a vector. Throws Inexpressible. */
  vector(term: Term): readonly T[] {
    return this.#computation.vector(term, this.#computation.root);
  }
  /** The rows of a matrix. Throws Inexpressible. */
  matrix(term: Term): readonly (readonly T[])[] {
    const rows = this.#computation.size(term.sort.domain!, this.#computation.root);
    const columns = this.#computation.size(term.sort.codomain!.domain!, this.#computation.root);
    const f = this.#computation.function(term, this.#computation.root);
    return range(rows).map((i) =>
      this.#computation
        .numbersOf(f.at(index(i)) as FunctionValue<T>, columns)
        .map((x) => this.#computation.numbers.plain(x)),
    );
  }

  /**
   * Both sides and the difference of an equation or inequality, after unfolding: one entry for each index of a ∀ over
   * index sets, each candidate of another ∀, each component of a vector equation, and each part of a conjunction. Of an
   * ∃ the first witness is taken, or the first candidate when none is one. Of p ⇒ q the sides are those of q, none
   * where p is false; where p is not certain, a false line of q is undecided. Other claims have no sides. Of many the first
   * `most` are computed, and no others. `free`: variables that are taken as bound by ∀ around the claim, each after those
   * in its sort.
   */
  sides(claim: Term, most = Number.POSITIVE_INFINITY, free: readonly Term[] = []): readonly Sides<T>[] {
    const out: Sides<T>[] = [];
    this.#everywhere(free, claim, this.#computation.root, { at: {}, candidates: {} }, { out, most });
    return out.slice(0, most);
  }

  // ----------------------------------------------------------------------------------------- sides

  #everywhere(
    [x, ...others]: readonly Term[],
    claim: Term,
    frame: Frame<T>,
    place: Place,
    lines: Lines<T>,
  ): void {
    if (x === undefined) {
      this.#sides(claim, frame, place, lines);
      return;
    }
    for (const [inner, where] of this.#tried(x, frame, place)) {
      if (lines.out.length >= lines.most) return;
      this.#everywhere(others, claim, inner, where, lines);
    }
  }

  /** The frames of a ∀, the same each time, so that what claims have in common is evaluated once. */
  #tried(x: Term, frame: Frame<T>, place: Place): Instances<T> {
    let known = this.#instancesIn.get(frame);
    if (known === undefined) {
      known = new Map();
      this.#instancesIn.set(frame, known);
    }
    let tried = known.get(x.id);
    if (tried === undefined) {
      tried = this.#instances(x, frame, place, 'forall');
      known.set(x.id, tried);
    }
    return tried;
  }

  #sides(claim: Term, frame: Frame<T>, place: Place, lines: Lines<T>): void {
    const { out, most } = lines;
    if (claim.kind !== 'operation' || out.length >= most) return;
    const [a, b] = claim.args as readonly [Term, Term];
    switch (claim.name) {
      case 'and':
        this.#sides(a, frame, place, lines);
        this.#sides(b, frame, place, lines);
        return;
      case 'imp': {
        const given = this.#claims.truth(a, frame);
        if (given === false) return;
        const inner: Sides<T>[] = [];
        this.#sides(b, frame, place, { out: inner, most: most - out.length });
        for (const line of inner) {
          out.push(given === true || line.truth !== false ? line : { ...line, truth: 'undecided' });
        }
        return;
      }
      case 'forall': {
        if (a.kind !== 'lambda') return;
        const [x, body] = openOnce(a);
        this.#everywhere([x], body, frame, place, lines);
        return;
      }
      case 'exists': {
        if (a.kind !== 'lambda') return;
        const [x, body] = openOnce(a);
        const all = this.#instances(x, frame, place, 'exists');
        const found = all.find(([inner]) => this.#claims.truth(body, inner) === true) ?? all[0];
        if (found) this.#sides(body, found[0], found[1], lines);
        return;
      }
      case 'eq':
        if (a.sort.kind === 'Real') this.#line('eq', claim, frame, place, out);
        else if (a.sort.kind === 'Pi' && a.sort.domain!.kind === 'Fin' && a.sort.codomain?.kind === 'Real') {
          this.#components(claim, frame, place, out);
        }
        return;
      case 'le':
      case 'lt':
        this.#line(claim.name, claim, frame, place, out);
        return;
      case 'IsInf':
      case 'LeInf': {
        const right = this.#given.infimum?.(b, this.#computation.scope(frame));
        const left = optional(() => this.#computation.numbers.plain(this.#computation.real(a, frame)));
        const difference = this.#difference(left, right);
        out.push({
          ...place,
          relation: 'inf',
          left,
          right,
          difference,
          truth: this.#claims.truth(claim, frame),
        });
        return;
      }
      default:
        if (definitionOf(claim.name)) this.#sides(unfoldOnce(claim), frame, place, lines);
    }
  }

  /** Frames in which the variable of a quantifier has a value, with the place that each is. */
  #instances(
    x: Term,
    frame: Frame<T>,
    { at, candidates }: Place,
    quantifier: 'forall' | 'exists',
  ): Instances<T> {
    const key = unusedKey(x.name, { ...at, ...candidates });
    if (x.sort.kind === 'Fin') {
      return range(this.#computation.size(x.sort, frame)).map((i) => [
        new Frame(x.id, index(i), frame),
        { at: { ...at, [key]: i }, candidates },
      ]);
    }
    const found = optional(() => this.#claims.candidates(x.sort, x.name, quantifier, frame)) ?? [];
    return found.map((value, n) => [
      new Frame(x.id, value, frame),
      { at, candidates: { ...candidates, [key]: n } },
    ]);
  }

  #line(relation: 'eq' | 'le' | 'lt', claim: Term, frame: Frame<T>, place: Place, out: Sides<T>[]): void {
    const side = (i: number) =>
      optional(() => this.#computation.numbers.plain(this.#computation.real(claim.args[i]!, frame)));
    const [left, right] = [side(0), side(1)];
    const difference = this.#difference(left, right);
    out.push({ ...place, relation, left, right, difference, truth: this.#claims.truth(claim, frame) });
  }

  #components(claim: Term, frame: Frame<T>, place: Place, out: Sides<T>[]): void {
    const [a, b] = claim.args as readonly [Term, Term];
    const key = unusedKey('component', { ...place.at, ...place.candidates });
    const both = optional(() => [this.#computation.function(a, frame), this.#computation.function(b, frame)]);
    for (const i of range(this.#computation.size(a.sort.domain!, frame))) {
      const component = { ...place, at: { ...place.at, [key]: i } };
      this.#pair('eq', () => entries(both, i), component, out);
    }
  }

  #pair(relation: 'eq', compute: () => readonly Scalar<T>[], place: Place, out: Sides<T>[]): void {
    const both = optional(() => compute().map((x) => this.#computation.numbers.plain(x)));
    const [left, right] = both ?? [];
    const difference = this.#difference(left, right);
    const truth = this.#claims.attempt(() => {
      if (difference === undefined) throw new Inexpressible('a component has no value here');
      if (this.#given.rounding === 'nearest') throw new Inexpressible('rounded numbers decide no comparison');
      return within(this.#given.arithmetic.sign(difference), [0]);
    });
    out.push({ ...place, relation, left, right, difference, truth });
  }

  #difference(left: T | undefined, right: T | undefined): T | undefined {
    if (left === undefined || right === undefined) return undefined;
    return optional(() => this.#given.arithmetic.sub(right, left));
  }
}

function optional<V>(compute: () => V): V | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

function entries<T>(both: readonly FunctionValue<T>[] | undefined, i: number): readonly Scalar<T>[] {
  if (!both) throw new Inexpressible('a side has no value here');
  return both.map((f) => scalar(f.at(index(i))));
}

function unusedKey(name: string, at: Readonly<Record<string, number>>): string {
  let key = name;
  while (key in at) key += '′';
  return key;
}
