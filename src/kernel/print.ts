/**
 * Terms as a reader of the paper writes them, in any style (untrusted).
 *
 * Precedence: 0 quantifier, 1 ⇔, 2 ⇒, 3 ∨, 4 ∧, 5 relation, 6 sum, 7 product, 8 unary, 9 atom.
 * Binders keep their suggested names; a name that would clash with a variable of the body gets a prime. Indices of
 * Fin(n) run over 1..n, and over 0..n−1 where the body uses their number (`val`).
 */
import { dimensionOf, natAdd, open, val } from './build.ts';
import { type Notation, notationOf } from './notation.ts';
import type { Style } from './print-style.ts';
import { setBuilder } from './set-builder.ts';
import {
  codomainAt,
  Fin,
  freeVariables,
  freeVariablesOfSort,
  fresh,
  nat,
  real,
  type Sort,
  type Term,
} from './term.ts';

/** A name for a natural number of the statement: H for t + r. */
export interface Abbreviation {
  readonly name: string;
  readonly term: Term;
}

export function printWith(style: Style, term: Term): string {
  return new Printer(style, [term]).print(term, 0);
}

/** One printer for several terms, so that they share the names of their free variables. */
export class Printer {
  readonly #style: Style;
  readonly #names = new Map<number, string>();
  /** indices that are being left out: k in θ_k + ε v_k, written θ + εv */
  readonly #silent = new Set<number>();
  /** definitions whose data must be written, because two values of them occur */
  readonly #explicit: ReadonlySet<string>;
  readonly #free: ReadonlySet<number>;

  /** naturals that have a name, by the sort Fin(n): equal modulo arithmetic */
  readonly #abbreviations = new Map<number, string>();

  constructor(style: Style, terms: readonly Term[], abbreviations: readonly Abbreviation[] = []) {
    this.#style = style;
    for (const { name, term } of abbreviations) this.#abbreviations.set(Fin(term).id, name);
    const free = new Map<number, Term>();
    for (const term of terms) for (const x of freeVariables(term)) free.set(x.id, x);
    this.#free = new Set(free.keys());
    const used = new Set<string>();
    for (const x of free.values()) this.#names.set(x.id, unused(x.name, used));
    this.#explicit = ambiguous(terms);
  }

  print(t: Term, precedence: number): string {
    if (t.sort.kind === 'Nat' && t.kind !== 'variable' && this.#abbreviations.size > 0) {
      const name = this.#abbreviations.get(Fin(t).id);
      if (name !== undefined) return this.#style.symbol(name, [], []);
    }
    const [written, own] = this.#write(t);
    return own < precedence ? this.#style.parentheses(written) : written;
  }

  sort(sort: Sort): string {
    const s = this.#style;
    switch (sort.kind) {
      case 'Nat':
      case 'Real':
      case 'Prop':
        return s.mark(sort.kind);
      case 'Fin':
        return s.range('1', this.print(sort.dimension!, 0));
      default: {
        const inner = sort.codomain;
        if (sort.domain!.kind === 'Fin' && inner?.kind === 'Real') {
          return s.space(this.print(sort.domain!.dimension!, 0));
        }
        if (
          sort.domain!.kind === 'Fin' &&
          inner?.kind === 'Pi' &&
          inner.domain!.kind === 'Fin' &&
          inner.codomain?.kind === 'Real'
        ) {
          return s.matrices(this.print(sort.domain!.dimension!, 8), this.print(inner.domain!.dimension!, 8));
        }
        const left = sort.domain!.kind === 'Pi' && !isArray(sort.domain!);
        let domain = left ? s.parentheses(this.sort(sort.domain!)) : this.sort(sort.domain!);
        if (inner) return s.infix(domain, 'to', this.sort(inner));
        const x = fresh(sort.hint || 'x', sort.domain!);
        const codomain = codomainAt(sort, x);
        this.#names.set(
          x.id,
          unused(x.name, new Set(freeVariablesOfSort(codomain).map((y) => this.#names.get(y.id) ?? ''))),
        );
        if (sort.domain!.kind === 'Fin' && sortUsesNumber(codomain, x)) {
          domain = s.range('0', this.#last(sort.domain!.dimension!, true));
        }
        const binder = s.parentheses(s.infix(this.print(x, 9), 'in', domain));
        return s.infix(binder, 'to', this.sort(codomain));
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
    const used = new Set<string>();
    for (const body of bodies) {
      for (const y of freeVariables(body)) {
        const name = this.#names.get(y.id);
        if (y.id !== x.id && name !== undefined && !this.#silent.has(y.id)) used.add(name);
      }
    }
    this.#names.set(x.id, unused(x.name, used));
    return x;
  }

  #open(f: Term): readonly [Term, Term] {
    const [x, body] = open(f);
    this.bind(x, [body]);
    return [x, body];
  }

  #write(t: Term): readonly [string, number] {
    const s = this.#style;
    switch (t.kind) {
      case 'variable':
        return [s.symbol(this.#name(t), [], []), 9];
      case 'number': {
        const text = t.value!.toString();
        return [s.number(text), /[-/]/.test(text) ? 7 : 9];
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
    let name = this.#names.get(x.id);
    if (name === undefined) {
      name = x.name;
      this.#names.set(x.id, name);
    }
    return name;
  }

  // ----------------------------------------------------------------------------------------- functions

  #application(t: Term): readonly [string, number] {
    const spine: Term[] = [];
    let head = t;
    while (head.kind === 'apply') {
      const argument = head.args[1]!;
      if (!(argument.kind === 'variable' && this.#silent.has(argument.id))) spine.unshift(argument);
      head = head.args[0]!;
    }
    if (spine.length === 0) return this.#write(head);
    const s = this.#style;
    let at = 0;
    const below: string[] = [];
    const above: string[] = [];
    while (at < spine.length && isIndex(spine[at]!)) {
      const argument = spine[at++]!;
      const family = argument.sort.kind === 'Nat' && at < spine.length;
      (family || (argument.sort.kind === 'Nat' && isFamily(head)) ? above : below).push(
        this.print(argument, 0),
      );
    }
    let out: string;
    if (head.kind === 'variable') out = s.symbol(this.#name(head), below, above);
    else out = s.indexed(this.print(head, 9), [...above, ...below]);
    while (at < spine.length) {
      const points: string[] = [];
      while (at < spine.length && !isIndex(spine[at]!)) points.push(this.print(spine[at++]!, 0));
      out = s.call(out, points);
      const after: string[] = [];
      while (at < spine.length && isIndex(spine[at]!)) after.push(this.print(spine[at++]!, 0));
      if (after.length > 0) out = s.indexed(out, after);
    }
    return [out, 9];
  }

  #abstraction(t: Term): readonly [string, number] {
    const s = this.#style;
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
      return [this.#template(body, named, named.asFunction[s.language]), 9];
    }
    if (x.sort.kind === 'Fin') {
      if (this.#linear(body, x)) {
        this.#silent.add(x.id);
        const written = this.#write(body);
        this.#silent.delete(x.id);
        return written;
      }
      return [s.entries(this.#name(x), this.print(body, 0)), 9];
    }
    return [s.maps(s.symbol(this.#name(x), [], []), this.print(body, 0)), 0];
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
    if (body.name === 'sum') return this.#linear(open(a)[1], k);
    if (body.name === 'add') return this.#linear(a, k) && this.#linear(b, k);
    if (body.name === 'mul') {
      return (this.#linear(b, k) && !mentions(a, k)) || (this.#linear(a, k) && !mentions(b, k));
    }
    return false;
  }

  // ----------------------------------------------------------------------------------------- operations

  #operation(t: Term): readonly [string, number] {
    const s = this.#style;
    const [a, b, c] = t.args as readonly [Term, Term, Term];
    switch (t.name) {
      case 'true':
      case 'false':
        return [s.mark(t.name), 9];
      case 'imp':
        if (b.name === 'false' && b.kind === 'operation') return this.#negation(a);
        return [s.infix(this.print(a, 3), 'imp', this.print(b, 2)), 2];
      case 'and':
        if (isEquivalence(t)) {
          return [s.infix(this.print(a.args[0]!, 2), 'iff', this.print(a.args[1]!, 2)), 1];
        }
        return [s.infix(this.print(a, 5), 'and', this.print(b, 4)), 4];
      case 'or':
        return [s.infix(this.print(a, 4), 'or', this.print(b, 3)), 3];
      case 'forall':
      case 'exists':
        return [this.#quantifier(t), 0];
      case 'eq':
        return [s.infix(this.print(a, 6), 'eq', this.print(b, 6)), 5];
      case 'le':
      case 'natLe':
        return [s.infix(this.print(a, 6), 'le', this.print(b, 6)), 5];
      case 'lt':
      case 'natLt':
        return [s.infix(this.print(a, 6), 'lt', this.print(b, 6)), 5];
      case 'add':
        return this.#sum(a, b);
      case 'mul':
        return this.#product(a, b);
      case 'natAdd': {
        if (a.kind === 'number' && b.kind === 'number') return [plus(a, b), 9];
        if (b.kind === 'number' && b.value!.isZero) return this.#write(a);
        if (a.kind === 'number' && a.value!.isZero) return this.#write(b);
        return [s.infix(this.print(a, 6), 'add', this.print(b, 6)), 6];
      }
      case 'natMul':
        return [s.product(this.print(a, 7), this.print(b, 8)), 7];
      case 'inv':
        return [s.fraction('1', this.print(a, s.language === 'latex' ? 0 : 8)), 7];
      case 'sqrt':
        return [s.sqrt(this.print(a, 0)), 9];
      case 'natToReal':
        return this.#write(a);
      case 'val':
        return this.#write(a);
      case 'index':
        return [plus(b, nat(1)), 9];
      case 'sum':
      case 'natSum':
        return this.#bigSum(a);
      case 'delta':
        return [s.delta(this.print(a, 0), this.print(b, 0)), 9];
      case 'Diff':
        return [`${this.#head(a)}${s.words(' is differentiable at ')}${this.print(b, 6)}`, 5];
      case 'partial':
        return [s.derivative(this.print(c, 0), this.#head(a), this.print(b, 0)), 9];
      case 'inl':
      case 'inr':
        return [s.call(s.words(t.name), [this.print(c, 0)]), 9];
      case 'pair':
      case 'sigma':
        return [
          s.parentheses(
            t.args
              .slice(t.name === 'pair' ? 2 : 1)
              .map((x) => this.print(x, 0))
              .join(', '),
          ),
          9,
        ];
      case 'join':
        return [s.brackets([c, t.args[3]!].map((x) => this.#part(x)).join('; ')), 9];
      case 'IsInf':
      case 'IsMin':
      case 'LeInf': {
        const infimum = this.#infimum(b, t.name === 'IsMin' ? 'min' : 'inf');
        if (!infimum) break;
        return [s.infix(this.print(a, 6), t.name === 'LeInf' ? 'le' : 'eq', infimum), 5];
      }
    }
    const written = notationOf(t.name);
    if (written) return [this.#template(t, written, written[s.language]), written.precedence ?? 9];
    const head = s.words(t.name);
    return [
      t.args.length === 0
        ? head
        : s.call(
            head,
            t.args.map((x) => this.print(x, 0)),
          ),
      9,
    ];
  }

  /** One side of a join; a constant vector is written as its entry. */
  #part(v: Term): string {
    if (v.kind === 'lambda') {
      const [, body] = open(v);
      if (body.kind === 'number') return this.print(body, 0);
    }
    return this.print(v, 0);
  }

  /** The function of a derivative: f_i, or [θ ↦ …]. */
  #head(f: Term): string {
    const [written, own] = this.#write(f);
    return own < 9 ? this.#style.brackets(written) : written;
  }

  #negation(a: Term): readonly [string, number] {
    const s = this.#style;
    if (a.kind === 'operation' && a.name === 'eq') {
      return [s.infix(this.print(a.args[0]!, 6), 'ne', this.print(a.args[1]!, 6)), 5];
    }
    const member = this.#member(a);
    if (member) return [s.infix(this.print(member.element, 6), 'notin', member.set), 5];
    return [s.prefix('not', this.print(a, 8)), 5];
  }

  #member(t: Term): { readonly element: Term; readonly set: string } | undefined {
    const written = t.kind === 'operation' ? notationOf(t.name) : undefined;
    if (!written?.member) return undefined;
    const element = t.args[written.member.argument]!;
    return { element, set: this.#template(t, written, written.member[this.#style.language]) };
  }

  #sum(a: Term, b: Term): readonly [string, number] {
    const s = this.#style;
    const negated = negation(b);
    if (negated) return [s.infix(this.print(a, 6), 'sub', this.print(negated, 7)), 6];
    return [s.infix(this.print(a, 6), 'add', this.print(b, 6)), 6];
  }

  #product(a: Term, b: Term): readonly [string, number] {
    const s = this.#style;
    if (isMinusOne(a)) return [s.prefix('neg', this.print(b, 7)), 6];
    if (b.kind === 'operation' && b.name === 'inv') {
      const loose = s.language === 'latex';
      return [s.fraction(this.print(a, loose ? 0 : 7), this.print(b.args[0]!, loose ? 0 : 8)), 7];
    }
    // A big sum takes everything to its right, so it stands bare only as the last factor.
    const left = endsInSum(a) ? s.parentheses(this.print(a, 0)) : this.print(a, 7);
    return [s.product(left, this.print(b, endsInSum(b) ? 7 : 8)), 7];
  }

  #bigSum(f: Term): readonly [string, number] {
    const s = this.#style;
    const n = dimensionOf(f);
    const [i, body] = this.#open(f);
    const zeroBased = usesNumber(body, i);
    const upper = this.#last(n, zeroBased);
    return [s.sum(s.symbol(this.#name(i), [], []), zeroBased ? '0' : '1', upper, this.print(body, 7)), 7];
  }

  /** n, or n − 1 */
  #last(n: Term, zeroBased: boolean): string {
    if (!zeroBased) return this.print(n, 0);
    if (n.kind === 'number') return this.print(nat(n.value!.numerator - 1n), 0);
    if (n.kind === 'operation' && n.name === 'natAdd' && n.args[1]!.kind === 'number') {
      return this.print(natAdd(n.args[0]!, nat(n.args[1]!.value!.numerator - 1n)), 0);
    }
    return this.#style.infix(this.print(n, 6), 'sub', '1');
  }

  // ----------------------------------------------------------------------------------------- binders

  #quantifier(t: Term): string {
    const s = this.#style;
    const binders: string[] = [];
    let rest = t;
    while (rest.kind === 'operation' && (rest.name === 'forall' || rest.name === 'exists')) {
      const universal = rest.name === 'forall';
      const [x, body] = this.#open(rest.args[0]!);
      const [range, inner] = this.#range(x, body, universal);
      binders.push(`${s.mark(universal ? 'forall' : 'exists')}${range}`);
      rest = inner;
    }
    return s.quantified(binders.join(' '), this.print(rest, 0));
  }

  /** `x ∈ A`, or a bound taken from the first conditions: ε ∈ (0, ε₀), v ∈ V[θ, ε]. */
  #range(x: Term, body: Term, universal: boolean): readonly [string, Term] {
    const s = this.#style;
    const name = s.symbol(this.#name(x), [], []);
    const step = (t: Term): readonly [Term, Term] | undefined =>
      t.kind === 'operation' &&
      t.name === (universal ? 'imp' : 'and') &&
      !(universal && t.args[1]!.kind === 'operation' && t.args[1]!.name === 'false')
        ? [t.args[0]!, t.args[1]!]
        : undefined;
    const first = step(body);
    if (first) {
      const member = this.#member(first[0]);
      if (member && member.element.id === x.id) return [s.infix(name, 'in', member.set), first[1]];
      const lower = bound(first[0], x, 1);
      const second = step(first[1]);
      const upper = second ? bound(second[0], x, 0) : undefined;
      if (lower && upper) {
        const left = first[0].name === 'lt' ? '(' : '[';
        const right = second![0].name === 'lt' ? ')' : ']';
        const interval = `${left}${this.print(lower, 0)}, ${this.print(upper, 0)}${right}`;
        return [s.infix(name, 'in', interval), second![1]];
      }
      if (lower) {
        const greater = first[0].name === 'lt' ? '>' : s.language === 'latex' ? '\\ge' : '≥';
        return [`${name} ${greater} ${this.print(lower, 6)}`, first[1]];
      }
    }
    if (x.sort.kind === 'Fin') {
      const zeroBased = usesNumber(body, x);
      const set = s.range(zeroBased ? '0' : '1', this.#last(x.sort.dimension!, zeroBased));
      return [s.infix(name, 'in', set), body];
    }
    return [s.infix(name, 'in', this.sort(x.sort)), body];
  }

  #infimum(set: Term, which: 'inf' | 'min'): string | undefined {
    const built = setBuilder(set);
    if (!built) return undefined;
    const s = this.#style;
    const all = [...built.steps.map((step) => step.term), built.value];
    const range = built.steps.map((step, i) => {
      if (step.kind === 'condition') return this.print(step.term, 0);
      this.bind(step.term, all.slice(i + 1));
      return s.infix(this.print(step.term, 9), 'in', this.sort(step.term.sort));
    });
    return s.infimum(which, this.print(built.value, 7), range);
  }

  #template(t: Term, written: Notation, template: string): string {
    const s = this.#style;
    const filled = template.replace(/#(\d+)(?::(\d))?(\+1)?/g, (_, i: string, p?: string, next?: string) => {
      const argument = t.args[Number(i)]!;
      if (next) return this.print(natAdd(argument.sort.kind === 'Fin' ? val(argument) : argument, 1), 0);
      return this.print(argument, Number(p ?? 0));
    });
    // Data that vary, with a bound variable or between two places, are written out.
    const varies = (i: number) =>
      this.#explicit.has(t.name)
        ? t.args[i]!.sort.kind !== 'Nat'
        : freeVariables(t.args[i]!).some((x) => !this.#free.has(x.id));
    const data = (written.ambient ?? []).filter(varies);
    const out = s.template(filled);
    return data.length === 0 ? out : out + s.brackets(data.map((i) => this.print(t.args[i]!, 0)).join(', '));
  }
}

// ------------------------------------------------------------------------------------------- questions about terms

const isIndex = (t: Term): boolean => t.sort.kind === 'Fin' || t.sort.kind === 'Nat';
/** Nat → something that is not a number: h^(l), not d_l */
const isFamily = (head: Term): boolean => {
  const codomain = head.sort.codomain;
  return codomain === null || (codomain.kind !== 'Nat' && codomain.kind !== 'Real');
};
const mentions = (t: Term, x: Term): boolean => freeVariables(t).some((y) => y.id === x.id);
const isMinusOne = (t: Term): boolean => t.kind === 'number' && t.value!.toString() === '-1';
const plus = (a: Term, b: Term): string => `${a.value!.numerator + b.value!.numerator}`;

function isArray(sort: Sort): boolean {
  return (
    sort.kind === 'Real' || (sort.domain?.kind === 'Fin' && sort.codomain !== null && isArray(sort.codomain))
  );
}

function negation(t: Term): Term | undefined {
  if (t.kind === 'number' && t.value!.sign < 0) return real(t.value!.neg());
  if (t.kind === 'operation' && t.name === 'mul' && isMinusOne(t.args[0]!)) return t.args[1]!;
  return undefined;
}

/** (p ⇒ q) ∧ (q ⇒ p), written p ⇔ q. */
export function isEquivalence(t: Term): boolean {
  if (t.kind !== 'operation' || t.name !== 'and') return false;
  const [p, q] = [t.args[0]!, t.args[1]!];
  if ([p, q].some((side) => side.kind !== 'operation' || side.name !== 'imp')) return false;
  return p.args[0]!.id === q.args[1]!.id && p.args[1]!.id === q.args[0]!.id;
}

function endsInSum(t: Term): boolean {
  if (t.kind !== 'operation') return false;
  if (t.name === 'sum' || t.name === 'natSum') return true;
  return t.name === 'mul' && endsInSum(t.args[1]!);
}

/** The other side when t bounds x with x on the given side. */
function bound(t: Term, x: Term, side: 0 | 1): Term | undefined {
  if (t.kind !== 'operation' || (t.name !== 'lt' && t.name !== 'le') || t.args[side]!.id !== x.id)
    return undefined;
  const other = t.args[1 - side]!;
  return mentions(other, x) ? undefined : other;
}

/** Whether the number of index i is used in t: then i counts from 0. */
function usesNumber(t: Term, i: Term): boolean {
  if (!mentions(t, i)) return false;
  if (t.kind === 'operation' && t.name === 'val') return t.args[0]!.id === i.id;
  const parts = t.kind === 'lambda' ? [open(t)[1]] : t.args;
  if (parts.some((part) => usesNumber(part, i))) return true;
  return (
    t.kind === 'operation' && (notationOf(t.name)?.numbered?.some((k) => t.args[k]!.id === i.id) ?? false)
  );
}

function sortUsesNumber(sort: Sort, i: Term): boolean {
  if (sort.kind === 'Fin') return usesNumber(sort.dimension!, i);
  if (sort.kind !== 'Pi') return false;
  const codomain = sort.codomain ?? codomainAt(sort, fresh('x', sort.domain!));
  return sortUsesNumber(sort.domain!, i) || sortUsesNumber(codomain, i);
}

function unused(name: string, used: Set<string>): string {
  let out = name;
  while (used.has(out)) out += '′';
  used.add(out);
  return out;
}

/** Definitions that occur with two values of their data in these terms. */
function ambiguous(terms: readonly Term[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const out = new Set<string>();
  const visited = new Set<number>();
  const visit = (t: Term): void => {
    if (visited.has(t.id)) return;
    visited.add(t.id);
    if (t.kind === 'operation') {
      const ambient = notationOf(t.name)?.ambient;
      if (ambient) {
        const data = ambient.map((i) => t.args[i]!.id).join();
        const before = seen.get(t.name);
        if (before !== undefined && before !== data) out.add(t.name);
        seen.set(t.name, data);
      }
    }
    if (t.kind === 'lambda') visit(open(t)[1]);
    else t.args.forEach(visit);
  };
  terms.forEach(visit);
  return out;
}
