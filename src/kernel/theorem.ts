/**
 * The rules: the only code that makes a Theorem Γ ⊢ P (trusted).
 *
 * What this module promises: if a rule returns Γ ⊢ P, then P holds wherever all of Γ holds, for all values of the free
 * variables, in the intended meaning of the terms (see term.ts). Each rule returns a theorem or throws KernelError
 * "rule: expected X but received Y", with the terms printed.
 *
 *   logic      assume discharge modusPonens trueIntro andIntro andLeft andRight orLeft orRight orElim falseElim
 *              forallIntro forallElim existsIntro existsElim
 *   equality   equal convert rewrite extensionality
 *   order      linear
 *   axioms     axiom: the closed sentences of axioms.ts, induction among them
 *
 * Empty index sets: Fin(n) may be empty, and then "for all values of i : Fin(n)" says nothing. So a theorem keeps the
 * variables that it relied on and whose sort may be empty, its `indices`, even when they no longer occur in it; only
 * ∀-introduction and ∃-elimination take one away. A theorem is about all instances when it has none.
 *
 * Theorems are frozen, carry a private field and are made with a token that is not exported: no cast, subclass, proxy,
 * copy or prototype makes one. Lists given to a rule are read once, by index.
 */
import { axiomNamed } from './axioms.ts';
import { note } from './identities.ts';
import { append, concat, contains, distinct, each, freeze, need, refuse, without } from './intrinsics.ts';
import { difference, lowerBound, normalise, numeral, type Unfold } from './normalise.ts';
import {
  apply,
  bind,
  codomainAt,
  expectTerm,
  expectVariable,
  freeVariables,
  freeVariablesOfSort,
  fresh,
  lambda,
  levelVariable,
  operate,
  Prop,
  Real,
  real,
  type Sort,
  specialise,
  Term,
} from './term.ts';

const TOKEN: unique symbol = Symbol('theorem');

/** Γ ⊢ P. */
export class Theorem {
  /** P */
  readonly conclusion: Term;
  /** Γ */
  readonly hypotheses: readonly Term[];
  /** variables that the proof relied on and whose sort may be empty */
  readonly indices: readonly Term[];
  /** the names of the axioms that the proof used, in order */
  readonly axioms: readonly string[];
  readonly #made = true;

  constructor(
    token: typeof TOKEN,
    conclusion: Term,
    hypotheses: readonly Term[],
    indices: readonly Term[],
    axioms: readonly string[],
  ) {
    need(token === TOKEN && new.target === Theorem, () => 'Theorem: expected a rule of the kernel');
    this.conclusion = conclusion;
    this.hypotheses = freeze(hypotheses);
    this.indices = freeze(indices);
    this.axioms = freeze(axioms);
    freeze(this);
  }

  /** A theorem really made by a rule (not a look-alike). */
  static is(value: unknown): value is Theorem {
    return typeof value === 'object' && value !== null && #made in value;
  }

  toString(): string {
    let text = '';
    for (let i = 0; i < this.hypotheses.length; i++) text += `${i > 0 ? ', ' : ''}${this.hypotheses[i]}`;
    return `${text} ⊢ ${this.conclusion}`;
  }
}
const isTheorem = Theorem.is;
const isTerm = Term.is;
freeze(Theorem);
freeze(Theorem.prototype);

// ------------------------------------------------------------------------------------------- making theorems

const byId = (a: Term, b: Term): number => a.id - b.id;
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function mayBeEmpty(sort: Sort): boolean {
  if (sort.kind === 'Fin') {
    const n = sort.dimension!;
    return n.kind !== 'number' || n.value!.numerator === 0n;
  }
  if (sort.kind !== 'Pi') return false;
  return mayBeEmpty(sort.codomain ?? codomainAt(sort, levelVariable(0, sort.domain!)));
}

const NONE: readonly Term[] = freeze([]);

function hypothesesOf(premises: readonly Theorem[]): readonly Term[] {
  let out = NONE;
  for (let i = 0; i < premises.length; i++) out = concat(out, premises[i]!.hypotheses);
  return out;
}

/**
 * The theorem, with the hypotheses given and the axioms of the premises. It relies on the indices of the premises but the
 * variables that are bound now, and on those in the conclusion or in a term that was used on the way. Those in a hypothesis
 * are among them: `assume` relied on them, and no rule binds a variable that is free in a hypothesis that stays.
 */
function make(
  conclusion: Term,
  premises: readonly Theorem[],
  hypotheses: readonly Term[],
  used: readonly Term[] = NONE,
  bound: readonly Term[] = NONE,
  named: string | null = null,
): Theorem {
  const indices: Term[] = [];
  const axioms: string[] = [];
  for (let i = 0; i < premises.length; i++) {
    const premise = premises[i]!;
    for (let j = 0; j < premise.indices.length; j++) {
      if (!contains(bound, premise.indices[j]!)) append(indices, premise.indices[j]!);
    }
    for (let j = 0; j < premise.axioms.length; j++) append(axioms, premise.axioms[j]!);
  }
  if (named !== null) append(axioms, named);
  const rely = (terms: readonly Term[]): void => {
    for (let i = 0; i < terms.length; i++) {
      const free = freeVariables(terms[i]!);
      for (let j = 0; j < free.length; j++) if (mayBeEmpty(free[j]!.sort)) append(indices, free[j]!);
    }
  };
  rely([conclusion]);
  rely(used);
  const assumed = distinct(hypotheses, byId);
  return new Theorem(TOKEN, conclusion, assumed, distinct(indices, byId), distinct(axioms, byName));
}

/** The usual case: the hypotheses of all premises. */
const conclude = (conclusion: Term, premises: readonly Theorem[]): Theorem =>
  make(conclusion, premises, hypothesesOf(premises));

function expectTheorem(rule: string, value: Theorem): Theorem {
  if (!isTheorem(value)) refuse(`${rule}: expected a theorem but received ${typeof value}`);
  return value;
}
function expectProposition(rule: string, value: Term): Term {
  if (expectTerm(rule, value).sort.id !== Prop.id)
    refuse(`${rule}: expected a proposition but received ${value} : ${value.sort}`);
  return value;
}
/** The arguments of a proposition with this head. */
function parts(rule: string, head: string, of: Term): readonly Term[] {
  if (!(of.kind === 'operation' && of.name === head))
    refuse(`${rule}: expected a proposition of the form '${head}' but received ${of}`);
  return of.args;
}
function same(rule: string, expected: Term, received: Term): void {
  if (expected.id !== received.id) refuse(`${rule}: expected ${expected} but received ${received}`);
}
function expectNotFree(rule: string, variable: Term, terms: readonly Term[]): void {
  for (let i = 0; i < terms.length; i++) {
    need(
      !contains(freeVariables(terms[i]!), variable),
      () => `${rule}: expected a variable that is not free but received ${variable}, free in ${terms[i]}`,
    );
  }
}
/** Variables may be bound only when no other index that the proof relied on has a sort that mentions one of them. */
function expectBindable(rule: string, variables: readonly Term[], theorem: Theorem): void {
  for (let i = 0; i < theorem.indices.length; i++) {
    const index = theorem.indices[i]!;
    if (contains(variables, index)) continue;
    const within = freeVariablesOfSort(index.sort);
    for (let j = 0; j < variables.length; j++) {
      need(
        !contains(within, variables[j]!),
        () => `${rule}: expected a proof for every ${variables[j]} but it relied on ${index} : ${index.sort}`,
      );
    }
  }
}

// ------------------------------------------------------------------------------------------- logic

/** `P ⊢ P`. Throws when P is not a proposition. Example: assume(x ≤ 0) is x ≤ 0 ⊢ x ≤ 0. */
export function assume(p: Term): Theorem {
  return make(expectProposition('assume', p), [], [p]);
}

/** From Γ ⊢ Q, `Γ − P ⊢ P ⇒ Q`; P need not be in Γ. Example: from x ≤ 0 ⊢ x ≤ 1, ⊢ x ≤ 0 ⇒ x ≤ 1. */
export function discharge(p: Term, theorem: Theorem): Theorem {
  expectProposition('discharge', p);
  expectTheorem('discharge', theorem);
  return make(operate('imp', [p, theorem.conclusion]), [theorem], without(theorem.hypotheses, p));
}

/** From Γ ⊢ P ⇒ Q and Δ ⊢ P, `Γ, Δ ⊢ Q`. Throws when the premise is not P. */
export function modusPonens(implication: Theorem, premise: Theorem): Theorem {
  const pq = parts('modusPonens', 'imp', expectTheorem('modusPonens', implication).conclusion);
  same('modusPonens', pq[0]!, expectTheorem('modusPonens', premise).conclusion);
  return conclude(pq[1]!, [implication, premise]);
}

/** `⊢ ⊤`. */
export function trueIntro(): Theorem {
  return make(operate('true', []), [], NONE);
}

/** From Γ ⊢ P and Δ ⊢ Q, `Γ, Δ ⊢ P ∧ Q`. */
export function andIntro(left: Theorem, right: Theorem): Theorem {
  expectTheorem('andIntro', left);
  expectTheorem('andIntro', right);
  return conclude(operate('and', [left.conclusion, right.conclusion]), [left, right]);
}

/** From Γ ⊢ P ∧ Q, `Γ ⊢ P`. Throws when the conclusion is not a conjunction. */
export function andLeft(theorem: Theorem): Theorem {
  return conclude(parts('andLeft', 'and', expectTheorem('andLeft', theorem).conclusion)[0]!, [theorem]);
}

/** From Γ ⊢ P ∧ Q, `Γ ⊢ Q`. Throws when the conclusion is not a conjunction. */
export function andRight(theorem: Theorem): Theorem {
  return conclude(parts('andRight', 'and', expectTheorem('andRight', theorem).conclusion)[1]!, [theorem]);
}

/** From Γ ⊢ P, `Γ ⊢ P ∨ Q`. Throws when Q is not a proposition. */
export function orLeft(theorem: Theorem, q: Term): Theorem {
  expectTheorem('orLeft', theorem);
  return conclude(operate('or', [theorem.conclusion, expectProposition('orLeft', q)]), [theorem]);
}

/** From Γ ⊢ Q, `Γ ⊢ P ∨ Q`. Throws when P is not a proposition. */
export function orRight(p: Term, theorem: Theorem): Theorem {
  expectTheorem('orRight', theorem);
  return conclude(operate('or', [expectProposition('orRight', p), theorem.conclusion]), [theorem]);
}

/** From Γ ⊢ P ∨ Q, Δ ⊢ R and Ε ⊢ R, `Γ, Δ − P, Ε − Q ⊢ R`. Throws when the two cases conclude different things. */
export function orElim(either: Theorem, left: Theorem, right: Theorem): Theorem {
  const pq = parts('orElim', 'or', expectTheorem('orElim', either).conclusion);
  expectTheorem('orElim', left);
  same('orElim', left.conclusion, expectTheorem('orElim', right).conclusion);
  const rest = concat(without(left.hypotheses, pq[0]!), without(right.hypotheses, pq[1]!));
  return make(left.conclusion, [either, left, right], concat(either.hypotheses, rest));
}

/** From Γ ⊢ ⊥, `Γ ⊢ P` for any proposition P. */
export function falseElim(theorem: Theorem, p: Term): Theorem {
  parts('falseElim', 'false', expectTheorem('falseElim', theorem).conclusion);
  return conclude(expectProposition('falseElim', p), [theorem]);
}

/**
 * From Γ ⊢ P(x), `Γ ⊢ ∀x. P(x)`; for several variables ∀x₁. ∀x₂. … P. Throws when one is free in Γ, when the proof relied on
 * an index whose sort mentions one, or when the sort of one mentions a later one. Example: from ⊢ x ≤ x, ⊢ ∀x. x ≤ x.
 */
export function forallIntro(x: Term | readonly Term[], theorem: Theorem): Theorem {
  const xs = each(isTerm(x) ? [x] : x, (each) => expectVariable('forallIntro', each));
  expectTheorem('forallIntro', theorem);
  for (let i = 0; i < xs.length; i++) expectNotFree('forallIntro', xs[i]!, theorem.hypotheses);
  expectBindable('forallIntro', xs, theorem);
  return make(bind(xs, theorem.conclusion, 'forall'), [theorem], theorem.hypotheses, NONE, xs);
}

/**
 * From Γ ⊢ ∀x. P(x) and a term t of the sort of x, `Γ ⊢ P(t)`; so for several terms in turn. Throws when there are fewer ∀
 * than terms, or the sort differs.
 */
export function forallElim(theorem: Theorem, ...terms: readonly Term[]): Theorem {
  const at = each(terms, (t) => expectTerm('forallElim', t));
  const { conclusion, hypotheses } = expectTheorem('forallElim', theorem);
  return make(specialise(conclusion, at), [theorem], hypotheses, at);
}

/** From Γ ⊢ P(t), `Γ ⊢ ∃x. P(x)` for the goal ∃x. P(x). Throws when the theorem is not the goal's body at t. */
export function existsIntro(goal: Term, t: Term, theorem: Theorem): Theorem {
  const body = parts('existsIntro', 'exists', expectProposition('existsIntro', goal))[0]!;
  const instance = apply(body, expectTerm('existsIntro', t));
  same('existsIntro', instance, expectTheorem('existsIntro', theorem).conclusion);
  return make(goal, [theorem], theorem.hypotheses, [t]);
}

/**
 * From Γ ⊢ ∃x. P(x) and Δ ⊢ Q, `Γ, Δ − P(x) ⊢ Q`. Throws when x is free in Q, in Γ, in ∃x. P(x) or in the rest of Δ, or when
 * a proof relied on an index whose sort mentions x.
 */
export function existsElim(exists: Theorem, x: Term, theorem: Theorem): Theorem {
  expectVariable('existsElim', x);
  const body = parts('existsElim', 'exists', expectTheorem('existsElim', exists).conclusion)[0]!;
  expectTheorem('existsElim', theorem);
  const hypotheses = concat(exists.hypotheses, without(theorem.hypotheses, apply(body, x)));
  expectNotFree('existsElim', x, hypotheses);
  expectNotFree('existsElim', x, [theorem.conclusion, exists.conclusion]);
  need(!contains(exists.indices, x), () => `existsElim: expected a new variable but received ${x}`);
  expectBindable('existsElim', [x], theorem);
  expectBindable('existsElim', [x], exists);
  return make(theorem.conclusion, [exists, theorem], hypotheses, NONE, [x]);
}

// ------------------------------------------------------------------------------------------- equality

/**
 * `⊢ a = b` for terms with the same normal form, with the named definitions unfolded. Throws with both normal forms.
 * Example: Σ_i (u_i + v_i) = Σ_i v_i + Σ_i u_i.
 */
export function equal(a: Term, b: Term, unfold: Unfold = []): Theorem {
  expectTerm('equal', a);
  const equation = operate('eq', [a, expectTerm('equal', b)]);
  if (a.id !== b.id) {
    const left = normalise(a, unfold);
    const right = normalise(b, unfold);
    need(left.id === right.id, () => `equal: expected one normal form but received ${left} and ${right}`);
    note('equal', equation, []);
  }
  return make(equation, [], NONE);
}

/** From Γ ⊢ P, `Γ ⊢ Q` for a proposition Q with the normal form of P. Throws with both normal forms. */
export function convert(theorem: Theorem, q: Term, unfold: Unfold = []): Theorem {
  expectTheorem('convert', theorem);
  expectProposition('convert', q);
  if (theorem.conclusion.id !== q.id) {
    const received = normalise(theorem.conclusion, unfold);
    const expected = normalise(q, unfold);
    need(expected.id === received.id, () => `convert: expected ${expected} but received ${received}`);
    note('convert', q, [theorem]);
  }
  return conclude(q, [theorem]);
}

/** Leibniz: from Γ ⊢ a = b, a predicate P and Δ ⊢ P(a), `Γ, Δ ⊢ P(b)`. Throws when the theorem is not P(a). */
export function rewrite(equation: Theorem, predicate: Term, theorem: Theorem): Theorem {
  const ab = parts('rewrite', 'eq', expectTheorem('rewrite', equation).conclusion);
  expectTerm('rewrite', predicate);
  same('rewrite', apply(predicate, ab[0]!), expectTheorem('rewrite', theorem).conclusion);
  return make(
    expectProposition('rewrite', apply(predicate, ab[1]!)),
    [equation, theorem],
    hypothesesOf([equation, theorem]),
    [predicate],
  );
}

/** From Γ ⊢ ∀x. f(x) = g(x), `Γ ⊢ (x ↦ f(x)) = (x ↦ g(x))`. Throws when the conclusion is not of that form. */
export function extensionality(theorem: Theorem): Theorem {
  const body = parts('extensionality', 'forall', expectTheorem('extensionality', theorem).conclusion)[0]!;
  const x = fresh('x', body.sort.domain!);
  const sides = parts('extensionality', 'eq', apply(body, x));
  const hint = body.kind === 'lambda' && body.name[0] !== '#' ? body.name : undefined;
  const left = lambda(x, sides[0]!, hint);
  return conclude(operate('eq', [left, lambda(x, sides[1]!, hint)]), [theorem]);
}

// ------------------------------------------------------------------------------------------- order

export type Relation = 'eq' | 'le' | 'lt';
interface Comparison {
  readonly relation: Relation;
  /** right − left, in ℝ; for naturals l < r is l + 1 ≤ r */
  readonly gap: Term;
}

function comparison(rule: string, p: Term): Comparison {
  const relation = p.kind === 'operation' ? p.name : '';
  const side = (i: number): Term => p.args[i]!;
  const natural = (i: number): Term => operate('natToReal', [side(i)]);
  switch (relation) {
    case 'le':
    case 'lt':
      return { relation, gap: difference(side(1), side(0)) };
    case 'natLe':
      return { relation: 'le', gap: difference(natural(1), natural(0)) };
    case 'natLt':
      return { relation: 'le', gap: difference(natural(1), operate('add', [natural(0), real(1)])) };
    case 'false':
      return { relation: 'lt', gap: real(0) };
    case 'eq':
      if (side(0).sort.id === Real.id) return { relation: 'eq', gap: difference(side(1), side(0)) };
      if (side(0).sort.kind === 'Nat') return { relation: 'eq', gap: difference(natural(1), natural(0)) };
  }
  return refuse(`${rule}: expected an equation or inequality of numbers but received ${p}`);
}

/** A premise and its multiplier: any real term for an equation, visibly nonnegative for an inequality. */
export interface Multiple {
  readonly theorem: Theorem;
  readonly by: Term;
}

/**
 * A linear combination: the goal l ≤ r (or <, =, ⊥, read 0 < 0, of reals or naturals) follows when
 * r − l = Σ_j c_j (r_j − l_j) + slack, where the premises are l_j ≤ r_j, l_j < r_j or l_j = r_j. The c_j of inequalities must
 * be nonnegative by their normal form; the slack must be 0 for an equation, and otherwise a nonnegative number plus
 * products of naturals and squares, positive for < unless a strict inequality has a positive number as multiplier.
 * Example: from x < y and y ≤ z, x < z with both multipliers 1. Throws when the certificate does not fit, with the slack.
 */
export function linear(goal: Term, premises: readonly Multiple[], unfold: Unfold = []): Theorem {
  expectProposition('linear', goal);
  const wanted = comparison('linear', goal);
  let slack = wanted.gap;
  let strict = false;
  const theorems: Theorem[] = [];
  const used: Term[] = [];
  const count = premises.length;
  for (let i = 0; i < count; i++) {
    const premise = premises[i]!;
    const theorem = expectTheorem('linear', premise.theorem);
    const by = expectTerm('linear', premise.by);
    const given = comparison('linear', theorem.conclusion);
    if (given.relation !== 'eq') {
      need(
        wanted.relation !== 'eq',
        () => `linear: expected equations for the goal ${goal} but received ${theorem.conclusion}`,
      );
      const bound = lowerBound(by, unfold);
      need(
        bound !== null && bound.sign >= 0,
        () => `linear: expected a multiplier ≥ 0 of ${theorem.conclusion} but received ${by}`,
      );
      if (given.relation === 'lt' && bound.sign > 0) strict = true;
    }
    append(theorems, theorem);
    append(used, by);
    slack = difference(slack, operate('mul', [by, given.gap]));
  }
  if (wanted.relation === 'eq') {
    const rest = numeral(slack, unfold);
    need(
      rest?.isZero === true,
      () => `linear: expected 0 to remain of ${goal} but received ${normalise(slack, unfold)}`,
    );
  } else {
    const rest = lowerBound(slack, unfold);
    need(
      rest !== null && (wanted.relation === 'le' || strict ? rest.sign >= 0 : rest.sign > 0),
      () =>
        `linear: expected a slack ${wanted.relation === 'le' || strict ? '≥' : '>'} 0 of ${goal} but received ` +
        `${normalise(slack, unfold)}`,
    );
  }
  note('linear', goal, theorems, used);
  return make(goal, theorems, hypothesesOf(theorems), used);
}

// ------------------------------------------------------------------------------------------- axioms

/** `⊢ A` for the axiom of this name. Throws when there is none. Example: axiom('FERMAT'). */
export function axiom(name: string): Theorem {
  const known = axiomNamed(name);
  need(known !== undefined, () => `axiom: expected the name of an axiom but received ${name}`);
  return make(known.statement, [], NONE, NONE, NONE, known.name);
}
