/**
 * Lays terms out as a reader of the paper writes them (untrusted).
 *
 * Precedence: 0 quantifier, 1 ⇔, 2 ⇒, 3 ∨, 4 ∧, 5 relation, 6 sum, 7 product, 8 unary, 9 atom.
 * Binders keep their suggested names; a name that would clash with a variable of the body gets a prime. Indices of
 * Fin(n) run over 1..n, and over 0..n−1 where the body uses their number (`val`).
 */
import { dimensionOf, natAdd, open, openOnce, val } from './build.ts';
import {
  type Binder,
  brackets,
  call,
  indexed,
  infix,
  type Layout,
  mark,
  name,
  number,
  parentheses,
  prefix,
  product,
  range,
  withIndices,
} from './layout.ts';
import { type Notation, notationOf } from './notation.ts';
import { instanceOf } from './pattern.ts';
import {
  type Ambiguities,
  ambiguities,
  bound,
  comparedBy,
  endsInSum,
  isArray,
  isEquivalence,
  isFamily,
  isIndex,
  isMinusOne,
  look,
  mentions,
  negation,
  plus,
  sortUsesNumber,
  summandsOf,
  takesPoints,
  unused,
  usesNumber,
} from './print-questions.ts';
import { setBuilder } from './set-builder.ts';
import { definitionId, variableId } from './symbol-id.ts';
import { template } from './template.ts';
import {
  codomainAt,
  Fin,
  freeVariables,
  freeVariablesOfSort,
  fresh,
  lambda,
  nat,
  type Sort,
  type Term,
} from './term.ts';

/** A name for a term, of which variables may be left open: H for t + r, v_k for the vector v with k in it. */
export interface Abbreviation {
  readonly name: string;
  readonly term: Term;
  readonly parameters?: readonly Term[];
}

/** Which symbols a legend explains, and the id of each there; null for one that it does not. */
export interface SymbolIds {
  /** `printed`: its name in these terms; `bound`: by a quantifier, a sum or a map */
  variable(x: Term, printed: string, bound: boolean): string | null;
  definition(name: string): string | null;
  abbreviation(name: string): string | null;
}

/** v-theta for θ, d-norm for the definition of the norm; none for bound variables. */
export const plainIds: SymbolIds = {
  variable: (_, printed, bound) => (bound ? null : variableId(printed)),
  definition: definitionId,
  abbreviation: variableId,
};

/** Lays out several terms that share the names of their free variables. */
export class Composer {
  readonly #names = new Map<number, string>();
  /** indices that are being left out: k in θ_k + ε v_k, written θ + εv */
  readonly #silent = new Set<number>();
  /** letters of the indices that are bound around what is being laid out */
  readonly #scope: string[] = [];
  readonly #ambiguities: Ambiguities;
  readonly #free: ReadonlySet<number>;

  /** no abbreviations now, and sums of naturals as they stand */
  #literal = false;
  /** naturals that have a name, by the sort Fin(n): equal modulo arithmetic */
  readonly #abbreviations = new Map<number, string>();
  readonly #named: Abbreviation[] = [];
  /** the names of both, as they look */
  readonly #taken: ReadonlySet<string>;

  readonly #ids: SymbolIds;

  constructor(
    terms: readonly Term[],
    abbreviations: readonly Abbreviation[] = [],
    ids: SymbolIds = plainIds,
  ) {
    this.#ids = ids;
    for (const abbreviation of abbreviations) {
      const { name, term, parameters = [] } = abbreviation;
      if (term.sort.kind === 'Nat' && parameters.length === 0) this.#abbreviations.set(Fin(term).id, name);
      else this.#named.push(abbreviation);
    }
    this.#taken = new Set(abbreviations.map(({ name }) => look(name)));
    const free = new Map<number, Term>();
    for (const term of terms) for (const x of freeVariables(term)) free.set(x.id, x);
    this.#free = new Set(free.keys());
    this.#ambiguities = ambiguities(terms);
    const used = new Set(this.#taken);
    for (const x of free.values()) this.#names.set(x.id, this.#unused(x, used));
  }

  compose(t: Term, precedence = 0): Layout {
    const [written, own] = this.#bare(t);
    return own < precedence ? parentheses(written) : written;
  }

  sort(sort: Sort): Layout {
    switch (sort.kind) {
      case 'Nat':
      case 'Real':
      case 'Prop':
        return mark(sort.kind);
      case 'Fin':
        return range(number('1'), this.compose(sort.dimension!, 0));
      default: {
        const inner = sort.codomain;
        if (sort.domain!.kind === 'Fin' && inner?.kind === 'Real') {
          return { kind: 'space-of', dimensions: [this.compose(sort.domain!.dimension!)] };
        }
        if (
          sort.domain!.kind === 'Fin' &&
          inner?.kind === 'Pi' &&
          inner.domain!.kind === 'Fin' &&
          inner.codomain?.kind === 'Real'
        ) {
          const sizes = [sort.domain!.dimension!, inner.domain!.dimension!];
          return { kind: 'space-of', dimensions: sizes.map((n) => this.compose(n, 8)) };
        }
        const left = sort.domain!.kind === 'Pi' && !isArray(sort.domain!);
        let domain = left ? parentheses(this.sort(sort.domain!)) : this.sort(sort.domain!);
        if (inner) return infix(domain, 'to', this.sort(inner));
        const x = fresh(sort.hint || 'x', sort.domain!);
        const codomain = codomainAt(sort, x);
        this.#names.set(
          x.id,
          unused(x.name, new Set(freeVariablesOfSort(codomain).map((y) => this.#names.get(y.id) ?? ''))),
        );
        if (sort.domain!.kind === 'Fin' && sortUsesNumber(codomain, x)) {
          domain = range(number('0'), this.#last(sort.domain!.dimension!, true));
        }
        const binder = parentheses(infix(this.compose(x, 9), 'in', domain));
        return { kind: 'dependent', binder, codomain: this.sort(codomain) };
      }
    }
  }

  /** Whether a vector is written without an index: θ + εv, and not (σ(z_k))_k. */
  readsWithoutIndex(vector: Term): boolean {
    if (vector.kind !== 'lambda' || vector.sort.domain!.kind !== 'Fin') return true;
    const [k, body] = open(vector);
    return this.#linear(body, k);
  }

  /** Gives a variable a name that no other variable of `bodies` has. */
  bind(x: Term, bodies: readonly Term[]): Term {
    const used = new Set(x.sort.kind === 'Fin' ? [...this.#taken, ...this.#scope] : this.#taken);
    for (const body of bodies) {
      for (const y of freeVariables(body)) {
        const name = this.#names.get(y.id);
        if (y.id !== x.id && name !== undefined && !this.#silent.has(y.id)) used.add(look(name));
      }
    }
    this.#names.set(x.id, this.#unused(x, used));
    return x;
  }

  #unused(x: Term, used: Set<string>): string {
    const { letters } = this.#ambiguities;
    const taken = letters.has(x.name) && takesPoints(x.sort) ? new Set([...used, x.name]) : used;
    const out = unused(x.name, taken, x.sort.kind === 'Fin');
    used.add(look(out));
    return out;
  }

  #open(f: Term): readonly [Term, Term] {
    const [x, body] = openOnce(f);
    this.bind(x, [body]);
    if (x.sort.kind === 'Fin') this.#scope.push(look(this.#name(x)));
    return [x, body];
  }

  #variable(x: Term, below: readonly Layout[] = [], above: readonly Layout[] = []): Layout {
    const called = this.#name(x);
    return name(called, this.#ids.variable(x, called, !this.#free.has(x.id)), below, above);
  }

  /** Without parentheses, and its own precedence. */
  #bare(t: Term): readonly [Layout, number] {
    const called = this.#abbreviated(t);
    if (called !== undefined) return [name(called, this.#ids.abbreviation(called)), 9];
    for (const { name: short, term, parameters = [] } of this.#named) {
      const values = instanceOf(term, parameters, t);
      if (values) return [this.#applied(short, values), 9];
    }
    return this.#write(t);
  }

  /** A name of a term, with what its open variables are here: v_k, E(B). */
  #applied(short: string, values: readonly Term[]): Layout {
    const of = (kinds: readonly string[]) =>
      values.filter(({ sort }) => kinds.includes(sort.kind)).map((each) => this.compose(each));
    const points = values.filter((each) => !isIndex(each)).map((each) => this.compose(each));
    const head = name(short, this.#ids.abbreviation(short), of(['Fin']), of(['Nat']));
    return points.length === 0 ? head : call(head, points);
  }

  #abbreviated(t: Term): string | undefined {
    if (this.#literal || t.sort.kind !== 'Nat' || t.kind === 'variable' || this.#abbreviations.size === 0)
      return undefined;
    return this.#abbreviations.get(Fin(t).id);
  }

  #write(t: Term): readonly [Layout, number] {
    const depth = this.#scope.length;
    const written = this.#writeKind(t);
    this.#scope.length = depth;
    return written;
  }

  #writeKind(t: Term): readonly [Layout, number] {
    switch (t.kind) {
      case 'variable':
        return [this.#variable(t), 9];
      case 'number': {
        const text = t.value!.toString();
        return [number(text), /[-/]/.test(text) ? 7 : 9];
      }
      case 'apply':
        return this.#application(t);
      case 'lambda':
        return this.#abstraction(t);
      default:
        return this.#operation(t);
    }
  }

  #name(x: Term): string {
    let called = this.#names.get(x.id);
    if (called === undefined) {
      called = x.name;
      this.#names.set(x.id, called);
    }
    return called;
  }

  // ----------------------------------------------------------------------------------------- functions

  #application(t: Term): readonly [Layout, number] {
    const spine: Term[] = [];
    let head = t;
    while (head.kind === 'apply') {
      const argument = head.args[1]!;
      if (!(argument.kind === 'variable' && this.#silent.has(argument.id))) spine.unshift(argument);
      head = head.args[0]!;
    }
    if (spine.length === 0) return this.#bare(head);
    let at = 0;
    const below: Layout[] = [];
    const above: Layout[] = [];
    while (at < spine.length && isIndex(spine[at]!)) {
      const argument = spine[at++]!;
      const family = argument.sort.kind === 'Nat' && at < spine.length;
      (family || (argument.sort.kind === 'Nat' && isFamily(head)) ? above : below).push(
        this.compose(argument, 0),
      );
    }
    let out: Layout;
    if (head.kind === 'variable') out = this.#variable(head, below, above);
    else out = withIndices(this.compose(head, 9), [...above, ...below]);
    while (at < spine.length) {
      const points: Layout[] = [];
      while (at < spine.length && !isIndex(spine[at]!)) points.push(this.compose(spine[at++]!, 0));
      out = call(out, points);
      const after: Layout[] = [];
      while (at < spine.length && isIndex(spine[at]!)) after.push(this.compose(spine[at++]!, 0));
      if (after.length > 0) out = indexed(out, after);
    }
    return [out, 9];
  }

  #abstraction(t: Term): readonly [Layout, number] {
    const [x, body] = this.#open(t);
    // x ↦ g(x) is g
    if (body.kind === 'apply' && body.args[1]!.id === x.id && !mentions(body.args[0]!, x)) {
      return this.#write(body.args[0]!);
    }
    const named = body.kind === 'operation' ? notationOf(body.name) : undefined;
    if (
      named?.asFunction &&
      body.args.every((arg, i) => (i === named.asFunction!.argument ? arg.id === x.id : !mentions(arg, x)))
    ) {
      return [this.#template(body, named, named.asFunction.written), 9];
    }
    if (x.sort.kind === 'Fin') {
      if (this.#linear(body, x)) {
        this.#scope.pop();
        this.#silent.add(x.id);
        const written = this.#write(body);
        this.#silent.delete(x.id);
        return written;
      }
      return [this.#entries(x, body), 9];
    }
    return [{ kind: 'maps', x: this.#variable(x), body: this.compose(body) }, 0];
  }

  /** (m_{ij})_{ij}: what has these entries, with one index for each binder. */
  #entries(x: Term, body: Term): Layout {
    const indices = [this.#variable(x)];
    let rest = body;
    while (rest.kind === 'lambda' && rest.sort.domain!.kind === 'Fin') {
      const [y, inner] = this.#open(rest);
      if (this.#linear(inner, y)) {
        this.#scope.pop();
        break;
      }
      indices.push(this.#variable(y));
      rest = inner;
    }
    return { kind: 'entries', body: this.compose(rest), indices };
  }

  /** Whether the vector with entries `body` at index k may be written without k. */
  #linear(body: Term, k: Term): boolean {
    if (body.kind === 'number') return body.value!.isZero;
    if (body.kind === 'lambda' && body.sort.domain!.kind === 'Fin') {
      const [c, inner] = open(body);
      this.#silent.add(c.id);
      const linear = this.#linear(inner, k) && this.#linear(inner, c);
      this.#silent.delete(c.id);
      return linear;
    }
    if (body.kind === 'apply') {
      const [f, x] = [body.args[0]!, body.args[1]!];
      if (x.id === k.id) return !mentions(f, k);
      return x.kind === 'variable' && this.#silent.has(x.id) && this.#linear(f, k);
    }
    if (body.kind !== 'operation') return false;
    const [a, b] = [body.args[0]!, body.args[1]!];
    if (body.name === 'sum') return this.#linear(openOnce(a)[1], k);
    if (body.name === 'add') return this.#linear(a, k) && this.#linear(b, k);
    if (body.name === 'mul') {
      return (this.#linear(b, k) && !mentions(a, k)) || (this.#linear(a, k) && !mentions(b, k));
    }
    return false;
  }

  // ----------------------------------------------------------------------------------------- operations

  #operation(t: Term): readonly [Layout, number] {
    const [a, b, c] = t.args as readonly [Term, Term, Term];
    switch (t.name) {
      case 'true':
      case 'false':
        return [mark(t.name), 9];
      case 'imp':
        if (b.name === 'false' && b.kind === 'operation') return this.#negation(a);
        return [infix(this.compose(a, 3), 'imp', this.compose(b, 2)), 2];
      case 'and':
        if (isEquivalence(t)) {
          return [infix(this.compose(a.args[0]!, 2), 'iff', this.compose(a.args[1]!, 2)), 1];
        }
        return [infix(this.compose(a, 5), 'and', this.compose(b, 4)), 4];
      case 'or':
        return [infix(this.compose(a, 4), 'or', this.compose(b, 3)), 3];
      case 'forall':
      case 'exists':
        return [this.#quantifier(t), 0];
      case 'eq':
        return [this.#equation(a, b), 5];
      case 'le':
      case 'natLe':
        return [infix(this.compose(a, 6), 'le', this.compose(b, 6)), 5];
      case 'lt':
      case 'natLt':
        return [infix(this.compose(a, 6), 'lt', this.compose(b, 6)), 5];
      case 'add':
        return this.#sum(a, b);
      case 'mul':
        return this.#product(a, b);
      case 'natAdd':
        return this.#naturals(a, b);
      case 'natMul':
        return [product(this.compose(a, 7), this.compose(b, 8)), 7];
      case 'inv':
        return [this.#fraction(number('1'), false, a), 7];
      case 'sqrt':
        return [{ kind: 'root', body: this.compose(a) }, 9];
      case 'natToReal':
        return this.#write(a);
      case 'val':
        return this.#write(a);
      case 'index':
        return [number(plus(b, nat(1))), 9];
      case 'sum':
      case 'natSum':
        return this.#bigSum(a);
      case 'delta':
        return [this.#delta(a, b), 9];
      case 'Diff':
        return [{ kind: 'differentiable', f: this.#head(a), point: this.compose(b, 6) }, 5];
      case 'partial':
        return [{ kind: 'derivative', k: this.compose(c), f: this.#head(a), point: this.compose(b) }, 9];
      // Index i of the first block is index i of the whole; index j of the second is a + j.
      case 'inl':
        return this.#bare(c);
      case 'inr':
        return [infix(this.compose(a, 6), 'add', this.compose(c, 7)), 6];
      case 'unpair':
        return [{ kind: 'vec', body: this.compose(a) }, 9];
      case 'unsigma':
        return [{ kind: 'vec', body: this.#blocks(b) }, 9];
      case 'pair':
      case 'sigma':
        return [
          { kind: 'pair', parts: t.args.slice(t.name === 'pair' ? 2 : 1).map((x) => this.compose(x)) },
          9,
        ];
      case 'join':
        return [{ kind: 'stack', parts: this.#parts(t) }, 9];
      case 'IsInf':
      case 'IsMin':
      case 'LeInf': {
        const infimum = this.#infimum(b, t.name === 'IsMin' ? 'min' : 'inf');
        if (!infimum) break;
        return [infix(this.compose(a, 6), t.name === 'LeInf' ? 'le' : 'eq', infimum), 5];
      }
    }
    const written = notationOf(t.name);
    if (written) return [this.#template(t, written, written.written), written.precedence ?? 9];
    return [{ kind: 'operation', name: t.name, args: t.args.map((x) => this.compose(x, 0)) }, 9];
  }

  /** [u; v; w], as one column */
  #parts(v: Term): readonly Layout[] {
    const joined = v.kind === 'operation' && v.name === 'join';
    return joined ? [...this.#parts(v.args[2]!), ...this.#parts(v.args[3]!)] : [this.#part(v)];
  }

  /** The matrices that are laid out one after the other: B for the blocks vec(B_l). */
  #blocks(f: Term): Layout {
    if (f.kind !== 'lambda') return this.compose(f);
    const [l, body] = open(f);
    const stacked = body.kind === 'operation' && body.name === 'unpair';
    return this.compose(stacked ? lambda(l, body.args[0]!) : f);
  }

  /** δ_{ij}; [x = y] where x and y are numbers of indices of blocks of different sizes. */
  #delta(i: Term, j: Term): Layout {
    const [x, y] = comparedBy(i, j);
    if (x.id === i.id && y.id === j.id) return { kind: 'delta', i: this.compose(i), j: this.compose(j) };
    return { kind: 'iverson', left: this.compose(x, 6), right: this.compose(y, 6) };
  }

  /** Sides that would read alike are written without abbreviations, as they stand. */
  #equation(a: Term, b: Term): Layout {
    const sides = (): readonly [Layout, Layout] => [this.compose(a, 6), this.compose(b, 6)];
    let [left, right] = sides();
    if (a.sort.kind === 'Nat' && a.id !== b.id && JSON.stringify(left) === JSON.stringify(right)) {
      this.#literal = true;
      [left, right] = sides();
      this.#literal = false;
    }
    return infix(left, 'eq', right);
  }

  /** Numbers come last, as one: l + 2 for (l + 1) + 1. */
  #naturals(a: Term, b: Term): readonly [Layout, number] {
    if (this.#literal) return [infix(this.compose(a, 6), 'add', this.compose(b, 7)), 6];
    const summands = summandsOf([a, b]);
    const total = summands.reduce((sum, t) => (t.kind === 'number' ? sum + t.value!.numerator : sum), 0n);
    const others = summands.filter((t) => t.kind !== 'number');
    const short = others.length > 1 ? this.#abbreviated(natAdd(...others)) : undefined;
    const parts =
      short === undefined
        ? others.map((t) => this.compose(t, 6))
        : [name(short, this.#ids.abbreviation(short))];
    if (total !== 0n || parts.length === 0) parts.push(number(`${total}`));
    const [first, ...rest] = parts as [Layout, ...Layout[]];
    return rest.length === 0
      ? [first, 9]
      : [rest.reduce((left, right) => infix(left, 'add', right), first), 6];
  }

  /** One side of a join; a constant vector is written as its entry. */
  #part(v: Term): Layout {
    if (v.kind === 'lambda') {
      const [, body] = open(v);
      if (body.kind === 'number') return this.compose(body, 0);
    }
    return this.compose(v, 0);
  }

  /** The function of a derivative: f_i, or [θ ↦ …]. */
  #head(f: Term): Layout {
    const [written, own] = this.#write(f);
    return own < 9 ? brackets(written) : written;
  }

  #negation(a: Term): readonly [Layout, number] {
    if (a.kind === 'operation' && a.name === 'eq') {
      return [infix(this.compose(a.args[0]!, 6), 'ne', this.compose(a.args[1]!, 6)), 5];
    }
    const member = this.#member(a);
    if (member) return [infix(this.compose(member.element, 6), 'notin', member.set), 5];
    return [prefix('not', this.compose(a, 8)), 5];
  }

  #member(t: Term): { readonly element: Term; readonly set: Layout } | undefined {
    const written = t.kind === 'operation' ? notationOf(t.name) : undefined;
    if (!written?.member) return undefined;
    const element = t.args[written.member.argument]!;
    return { element, set: this.#template(t, written, written.member.written) };
  }

  #sum(a: Term, b: Term): readonly [Layout, number] {
    const negated = negation(b);
    if (negated) return [infix(this.compose(a, 6), 'sub', this.compose(negated, 7)), 6];
    return [infix(this.compose(a, 6), 'add', this.compose(b, 6)), 6];
  }

  #product(a: Term, b: Term): readonly [Layout, number] {
    if (isMinusOne(a)) return [prefix('neg', this.compose(b, 7)), 6];
    if (b.kind === 'operation' && b.name === 'inv') {
      const [numerator, own] = this.#bare(a);
      return [this.#fraction(numerator, own < 7, b.args[0]!), 7];
    }
    // A big sum takes everything to its right, so it stands bare only as the last factor.
    const left = endsInSum(a) ? parentheses(this.compose(a, 0)) : this.compose(a, 7);
    return [product(left, this.compose(b, endsInSum(b) ? 7 : 8)), 7];
  }

  #fraction(numerator: Layout, wrap: boolean, below: Term): Layout {
    const [denominator, own] = this.#bare(below);
    return { kind: 'fraction', numerator, denominator, wrap: [wrap, own < 8] };
  }

  #bigSum(f: Term): readonly [Layout, number] {
    const n = dimensionOf(f);
    const [i, body] = this.#open(f);
    const zeroBased = usesNumber(body, i);
    const upper = this.#last(n, zeroBased);
    const lower = number(zeroBased ? '0' : '1');
    return [{ kind: 'sum', index: this.#variable(i), lower, upper, body: this.compose(body, 7) }, 7];
  }

  /** n, or n − 1 */
  #last(n: Term, zeroBased: boolean): Layout {
    if (!zeroBased) return this.compose(n, 0);
    if (n.kind === 'number') return this.compose(nat(n.value!.numerator - 1n), 0);
    if (n.kind === 'operation' && n.name === 'natAdd' && n.args[1]!.kind === 'number') {
      return this.compose(natAdd(n.args[0]!, nat(n.args[1]!.value!.numerator - 1n)), 0);
    }
    return infix(this.compose(n, 6), 'sub', number('1'));
  }

  // ----------------------------------------------------------------------------------------- binders

  #quantifier(t: Term): Layout {
    const binders: Binder[] = [];
    let rest = t;
    while (rest.kind === 'operation' && (rest.name === 'forall' || rest.name === 'exists')) {
      const universal = rest.name === 'forall';
      const [x, body] = this.#open(rest.args[0]!);
      const [over, inner] = this.#range(x, body, universal);
      binders.push({ mark: universal ? 'forall' : 'exists', range: over });
      rest = inner;
    }
    return { kind: 'quantified', binders, body: this.compose(rest) };
  }

  /** `x ∈ A`, or a bound taken from the first conditions: ε ∈ (0, ε₀), v ∈ V[θ, ε]. */
  #range(x: Term, body: Term, universal: boolean): readonly [Layout, Term] {
    const variable = this.#variable(x);
    const step = (t: Term): readonly [Term, Term] | undefined =>
      t.kind === 'operation' &&
      t.name === (universal ? 'imp' : 'and') &&
      !(universal && t.args[1]!.kind === 'operation' && t.args[1]!.name === 'false')
        ? [t.args[0]!, t.args[1]!]
        : undefined;
    const first = step(body);
    if (first) {
      const member = this.#member(first[0]);
      if (member && member.element.id === x.id) return [infix(variable, 'in', member.set), first[1]];
      const lower = bound(first[0], x, 1);
      const second = step(first[1]);
      const upper = second ? bound(second[0], x, 0) : undefined;
      if (lower && upper) {
        const interval: Layout = {
          kind: 'interval',
          open: first[0].name === 'lt' ? '(' : '[',
          lower: this.compose(lower),
          upper: this.compose(upper),
          close: second![0].name === 'lt' ? ')' : ']',
        };
        return [infix(variable, 'in', interval), second![1]];
      }
      if (lower) {
        const greater = first[0].name === 'lt' ? 'gt' : 'ge';
        return [infix(variable, greater, this.compose(lower, 6)), first[1]];
      }
    }
    if (x.sort.kind === 'Fin') {
      const zeroBased = usesNumber(body, x);
      const set = range(number(zeroBased ? '0' : '1'), this.#last(x.sort.dimension!, zeroBased));
      return [infix(variable, 'in', set), body];
    }
    return [infix(variable, 'in', this.sort(x.sort)), body];
  }

  #infimum(set: Term, which: 'inf' | 'min'): Layout | undefined {
    const built = setBuilder(set);
    if (!built) return undefined;
    const all = [...built.steps.map((step) => step.term), built.value];
    const conditions = built.steps.map((step, i) => {
      if (step.kind === 'condition') return this.compose(step.term, 0);
      this.bind(step.term, all.slice(i + 1));
      return infix(this.compose(step.term, 9), 'in', this.sort(step.term.sort));
    });
    return { kind: 'infimum', which, value: this.compose(built.value, 7), range: conditions };
  }

  #template(t: Term, written: Notation, source: string): Layout {
    const out = template(
      source,
      this.#ids.definition(t.name),
    )(({ argument: i, precedence, next }) => {
      const argument = t.args[i]!;
      if (next) return this.compose(natAdd(argument.sort.kind === 'Fin' ? val(argument) : argument, 1));
      return this.compose(argument, precedence);
    });
    // Data that vary, with a bound variable or between two places, are written out.
    const varies = (i: number) =>
      this.#ambiguities.explicit.has(t.name)
        ? t.args[i]!.sort.kind !== 'Nat'
        : freeVariables(t.args[i]!).some((x) => !this.#free.has(x.id));
    const data = (written.ambient ?? []).filter(varies);
    if (data.length === 0) return out;
    return { kind: 'with-data', body: out, data: data.map((i) => this.compose(t.args[i]!)) };
  }
}
