import { describe, expect, test } from 'vitest';
import { Evaluator } from '../../src/arithmetic/evaluate.ts';
import type { Truth } from '../../src/arithmetic/meaning.ts';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import { axioms } from '../../src/kernel/axioms.ts';
import {
  add,
  apply,
  Diff,
  eq,
  fun,
  lambda,
  Mat,
  mul,
  Nat,
  nat,
  natToReal,
  op,
  partial,
  real,
  substitute,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vec,
} from '../../src/kernel/build.ts';
import type { Rational } from '../../src/kernel/rational.ts';
import { type AxiomInstance, makers, q, Random, type Value } from './axiom-instances.ts';

const SEEDS = 60;
/** of 60 instances, at least so many have true hypotheses */
const NOT_VACUOUS = 15;

interface Peeled {
  /** the variables of the leading ∀s, by name */
  readonly variables: Readonly<Record<string, Term>>;
  readonly hypotheses: readonly Term[];
  readonly conclusion: Term;
}

/** ∀ variables. hypotheses ⇒ conclusion */
function peel(statement: Term): Peeled {
  const variables: Record<string, Term> = {};
  let rest = statement;
  while (rest.name === 'forall') {
    const f = rest.args[0]!;
    const x = variable(f.name, f.sort.domain!);
    expect(variables[x.name]).toBeUndefined();
    variables[x.name] = x;
    rest = apply(f, x);
  }
  const hypotheses: Term[] = [];
  const not = (t: Term): boolean => t.name === 'imp' && t.args[1]!.name === 'false';
  while (rest.name === 'imp' && !not(rest)) {
    hypotheses.push(rest.args[0]!);
    rest = rest.args[1]!;
  }
  return { variables, hypotheses, conclusion: rest };
}
const axiomAt = (name: string): Peeled => peel(axioms().find((a) => a.name === name)!.statement);

const NATURALS = Array.from({ length: 12 }, (_, k) => k);

function evaluator({ values, facts = {} }: AxiomInstance): Evaluator<Rational> {
  return new Evaluator<Rational>({
    arithmetic: rationalArithmetic,
    rounding: 'exact',
    meaning: ({ name }) => values[name],
    candidates: ({ sort }): readonly Value[] =>
      sort.kind === 'Nat' ? NATURALS : 'witness' in values ? [values.witness as Value] : [],
    truth: ({ name }) => facts[name],
  });
}

/**
 * By the one evaluator; a ∀ over ℕ at 0..11, and the ∀ over ℝ of DIRDERIV, whose sides are polynomials in t of degree at most 2,
 * at five t with |t| < τ.
 */
function truthOf(claim: Term, instance: AxiomInstance): Truth {
  const domain = claim.name === 'forall' ? claim.args[0]!.sort.domain!.kind : '';
  const { τ } = instance.values;
  const points =
    domain === 'Nat'
      ? NATURALS.map((k) => nat(k))
      : domain === 'Real'
        ? [-2, -1, 0, 1, 2].map((k) => real((τ as Rational).mul(q(k, 3))))
        : undefined;
  if (!points) return evaluator(instance).truth(claim);
  const truths = points.map((point) => evaluator(instance).truth(apply(claim.args[0]!, point)));
  return truths.includes(false) ? false : truths.every((t) => t === true) ? true : 'undecided';
}

interface Tally {
  readonly notVacuous: number;
  /** false although the hypotheses are true */
  readonly refuted: number;
  /** not shown to be true although the hypotheses are */
  readonly caught: number;
}

function tally(name: string, { hypotheses, conclusion }: Peeled, careless = false): Tally {
  let [notVacuous, refuted, caught] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const instance = makers[name]!(new Random(seed), careless);
    const given = hypotheses.map((h) => truthOf(h, instance));
    expect(given).not.toContain('undecided');
    if (given.includes(false)) continue;
    notVacuous++;
    const truth = truthOf(conclusion, instance);
    if (truth === false) refuted++;
    if (truth !== true) caught++;
  }
  return { notVacuous, refuted, caught };
}

/** A false variant of each axiom: without a hypothesis, or with another conclusion. */
type Planted = { readonly drop: number } | { readonly conclusion: (of: Peeled) => Term };
/** Diff(…) ∧ ∀k. a = −b for Diff(…) ∧ ∀k. a = b */
const opposite = ({ conclusion }: Peeled): Term => {
  const f = conclusion.args[1]!.args[0]!;
  const k = variable('k', f.sort.domain!);
  const [left, right] = apply(f, k).args as readonly [Term, Term];
  return op('forall', lambda(k, eq(left, mul(-1, right))));
};
const reversed = (t: Term): Term => op(t.name, t.args[1]!, t.args[0]!);
const reverse = ({ conclusion }: Peeled): Term => reversed(conclusion);
const reverseFirst = ({ conclusion }: Peeled): Term =>
  op('or', reversed(conclusion.args[0]!), conclusion.args[1]!);
const planted: Readonly<Record<string, Planted>> = {
  CHAIN: { conclusion: opposite },
  DLIN: { conclusion: opposite },
  FERMAT: { drop: 1 },
  GRADINEQ: { drop: 0 },
  DIRDERIV: { drop: 2 },
  TRI: { conclusion: reverse },
  RN: { drop: 1 },
  EM: { conclusion: ({ variables }) => variables.A! },
  TOTAL: { conclusion: reverseFirst },
  ANTISYM: { drop: 0 },
  MULNONNEG: { drop: 0 },
  MULPOS: { drop: 0 },
  INV: { drop: 0 },
  SQRT: { drop: 0 },
  SUMLE: { drop: 0 },
  IND: { drop: 0 },
  NATTOTAL: { conclusion: reverseFirst },
  NATDIFF: { drop: 0 },
  VALLT: { conclusion: reverse },
  VALINJ: { drop: 0 },
  VALSURJ: { drop: 0 },
  DELTA: { drop: 0 },
  FINSUM: { drop: 1 },
  FINPROD: { drop: 0 },
  FINSIGMA: { drop: 0 },
};
const APART = ['AFFINE', 'REC'];
/** Values refute no ∃ over vectors or naturals, and √ of a negative number and 1/0 have none. */
const UNREFUTED = ['RN', 'NATDIFF', 'INV', 'SQRT'];

describe('every axiom on random exact instances', () => {
  test('none is left out', () => {
    const names = axioms().map(({ name }) => name);
    expect(Object.keys(planted).concat(APART).sort()).toEqual([...names].sort());
    for (const name of Object.keys(planted)) expect(makers[name]).toBeDefined();
  });

  test.each(Object.keys(planted))(
    '%s holds where its hypotheses do, and a false variant does not',
    (name) => {
      const axiom = axiomAt(name);
      const { notVacuous, caught } = tally(name, axiom);
      expect(caught).toBe(0);
      expect(notVacuous).toBeGreaterThanOrEqual(NOT_VACUOUS);

      const change = planted[name]!;
      const variant: Peeled =
        'drop' in change
          ? { ...axiom, hypotheses: axiom.hypotheses.filter((_, n) => n !== change.drop) }
          : { ...axiom, conclusion: change.conclusion(axiom) };
      if ('drop' in change) expect(variant.hypotheses.length).toBe(axiom.hypotheses.length - 1);
      const found = tally(name, variant, 'drop' in change);
      expect(UNREFUTED.includes(name) ? found.caught : found.refuted).toBeGreaterThan(0);
    },
  );
});

describe('AFFINE', () => {
  const axiom = axiomAt('AFFINE');
  const { n, θ } = axiom.variables as Readonly<Record<string, Term>>;
  const map = axiom.conclusion.args[0]!;
  const δ = variable('δ', Vec(n!));
  const moved = fun('k', δ.sort.domain!, (k) => add(apply(θ!, k), apply(δ, k)));
  const remainder = (f: Term): Term =>
    eq(
      apply(f, moved),
      fun('c', f.sort.codomain!.domain!, (c) =>
        add(
          apply(f, θ!, c),
          sum('k', n!, (k) => mul(apply(δ, k), apply(partial(f, θ!, k), c))),
        ),
      ),
    );
  const square = (t: Term): Term => sum('k', n!, (k) => mul(apply(t, k), apply(t, k)));
  const changed = (more: (t: Term) => Term): Term =>
    fun('t', Vec(n!), (t) => fun('c', map.sort.codomain!.domain!, (c) => add(apply(map, t, c), more(t))));
  const truths = (claim: Term): readonly Truth[] =>
    Array.from({ length: SEEDS }, (_, seed) =>
      evaluator(makers.AFFINE!(new Random(seed), false)).truth(claim),
    );

  test('an affine map is differentiable, and equals its linear approximation with no remainder', () => {
    expect(axiom.hypotheses).toEqual([]);
    expect(axiom.conclusion.id).toBe(Diff(map, θ!).id);
    expect(new Set(truths(axiom.conclusion))).toEqual(new Set([true]));
    expect(new Set(truths(remainder(map)))).toEqual(new Set([true]));
  });

  test('a square has a remainder, and a root is not said to be differentiable at 0', () => {
    const squared = truths(remainder(changed(square)));
    expect(squared.filter((t) => t === false).length).toBeGreaterThan(NOT_VACUOUS);
    const atZero = changed((t) => op('sqrt', square(t)));
    const instance = { values: { n: 2, p: 1, A: [[q(1), q(2)]], b: [q(0)], θ: [q(0), q(0)] } };
    expect(evaluator(instance).truth(Diff(atZero, θ!))).toBe('undecided');
  });
});

describe('REC', () => {
  const { variables, conclusion } = axiomAt('REC');
  const { p, e, F } = variables as Readonly<Record<'p' | 'e' | 'F', Term>>;
  const l = variable('l', Nat);
  const X = variable('X', Mat(p, apply(e, l)));
  /** a rule for the next matrix, of other width: X² a + Σ_k k X_k + j l + c, entry by entry */
  const rule = (a: Term, c: Term): Term =>
    lambda(
      l,
      lambda(
        X,
        vec('i', p, (i) =>
          vec('j', apply(e, op('natAdd', l, nat(1))), (j) =>
            add(
              sum('k', apply(e, l), (k) =>
                add(mul(a, apply(X, i, k), apply(X, i, k)), mul(natToReal(val(k)), apply(X, i, k))),
              ),
              mul(natToReal(val(j)), natToReal(l)),
              c,
            ),
          ),
        ),
      ),
    );
  const P = variable('P', conclusion.args[0]!.sort.domain!);
  const [start, steps] = apply(conclusion.args[0]!, P).args as readonly [Term, Term];
  const LAYERS = [0, 1, 2, 3, 4];

  interface Recursion {
    readonly widths: readonly number[];
    readonly values: Readonly<Record<string, Value>>;
    readonly step: Term;
  }
  /** The sequence is computed here in plain rationals, from the rule as it reads. */
  function recursion(seed: number): Recursion {
    const r = new Random(seed);
    const rows = r.size(3);
    const widths = [...LAYERS, 5].map(() => r.size(3));
    const [a, c] = [r.rational(), r.rational()];
    const first = r.rows(rows, widths[0]!);
    const sequence = [first];
    for (const l of LAYERS) {
      const total = (row: readonly Rational[]): Rational =>
        row.reduce((s, x, k) => s.add(a.mul(x).mul(x)).add(q(k).mul(x)), q(0));
      sequence.push(
        sequence[l]!.map((row) =>
          Array.from({ length: widths[l + 1]! }, (_, j) =>
            total(row)
              .add(q(j * l))
              .add(c),
          ),
        ),
      );
    }
    return { widths, values: { p: rows, e: widths, b: first, P: sequence }, step: rule(real(a), real(c)) };
  }
  const truths = ({ values, step }: Recursion, parts: readonly Term[]): readonly Truth[] =>
    parts.map((part) => evaluator({ values }).truth(substitute(part, [F], [step])));
  const atLayers = (claim: Term): readonly Term[] => LAYERS.map((l) => apply(claim.args[0]!, nat(l)));

  test('the sequence that a rule makes starts with b and follows the rule', () => {
    expect(conclusion.name).toBe('exists');
    let notEmpty = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const made = recursion(seed);
      expect(new Set(truths(made, [start, ...atLayers(steps)]))).toEqual(new Set([true]));
      if (Number(made.values.p) > 0 && made.widths.every((width) => width > 0)) notEmpty++;
    }
    expect(notEmpty).toBeGreaterThanOrEqual(NOT_VACUOUS / 3);
  });

  test('no sequence starts with b and with b + 1, or takes a step and one more', () => {
    const first = start.args[1]!;
    const more = (M: Term): Term =>
      fun('i', M.sort.domain!, (i) => fun('j', M.sort.codomain!.domain!, (j) => add(apply(M, i, j), 1)));
    const other = fun('l', Nat, (l) => eq(apply(P, op('natAdd', l, nat(1))), more(apply(F, l, apply(P, l)))));
    let caught = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const made = recursion(seed);
      if (Number(made.values.p) === 0 || made.widths.some((width) => width === 0)) continue;
      expect(truths(made, [eq(apply(P, nat(0)), more(first))])).toEqual([false]);
      expect(
        truths(
          made,
          LAYERS.map((l) => apply(other, nat(l))),
        ),
      ).toEqual(LAYERS.map(() => false));
      caught++;
    }
    expect(caught).toBeGreaterThanOrEqual(NOT_VACUOUS / 3);
  });
});
