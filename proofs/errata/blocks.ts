/**
 * A network cut into blocks, as section A.5 does it, at one point of B̃(θ, ε₁). Layers are counted from t + 1: layer l here is
 * the paper's layer t + 1 + l, and l = 0..s are hidden, s = H − t − 1. A layer has n_l + e_l units, the first n_l of which are
 * in J_l, W_l = [A_l C_l; ξ_l B_l] takes layer l to layer l + 1, and V = W^(t+1) takes x = h^(t) to layer 0.
 */
import {
  add,
  all,
  and,
  apply,
  arrow,
  arrows,
  delta,
  eq,
  Fin,
  imp,
  inl,
  inr,
  join,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  not,
  pi,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  zeroVec,
} from '../../src/kernel/build.ts';
import { inSet, isSubset } from '../../src/kernel/notions-linear.ts';
import { type Hypothesis, type Result, result } from '../../theorems/result.ts';

export const next = (l: Term): Term => natAdd(l, 1);

/** How the units of a layer are cut. `printed`: n_l = dy and J_l ⊇ {1..dy}. `right`: n_l = |J_l| and J_l = {1..n_l}. */
export type Cut = 'printed' | 'right';

/** The formula of section A.5 as a claim: with these blocks, and σ^(l) coordinatewise or arbitrary. */
export interface Case {
  readonly blocks: Cut;
  readonly σ: 'coordinatewise' | 'arbitrary';
}

export function cut({ blocks, σ: kind }: Case) {
  const m = variable('m', Nat);
  const s = variable('s', Nat);
  const p = variable('p', Nat);
  const size = blocks === 'printed' ? variable('dy', Nat) : variable('n', arrow(Nat, Nat));
  const e = variable('e', arrow(Nat, Nat));
  const n = (l: Term): Term => (blocks === 'printed' ? size : apply(size, l));
  const rest = (l: Term): Term => apply(e, l);
  const width = (l: Term): Term => natAdd(n(l), rest(l));
  const l0 = variable('l', Nat);
  const zero = nat(0);
  const outputs = n(next(s));
  const x = variable('x', arrows(Fin(m), Vec(p)));
  const V = variable('V', Mat(width(zero), p));
  const W = variable('W', pi(l0, Mat(width(next(l0)), width(l0))));
  const h = variable('h', pi(l0, arrows(Fin(m), Vec(width(l0)))));
  const σ = variable('σ', pi(l0, arrow(Vec(width(l0)), Vec(width(l0)))));
  const J = variable('J', pi(l0, Vec(width(l0))));
  const f = variable('f', arrows(Fin(m), Vec(outputs)));
  const others = variable('h̃', pi(l0, arrows(Fin(m), Vec(rest(l0)))));
  const P = variable('P', pi(l0, Mat(outputs, n(l0))));
  const φ = variable('φ', pi(l0, arrows(Fin(m), Vec(outputs))));

  /** the unit a of the first n_l, and the unit b of the others */
  const first = (l: Term, a: Term): Term => inl(n(l), rest(l), a);
  const beyond = (l: Term, b: Term): Term => inr(n(l), rest(l), b);
  const A = (l: Term, a: Term, b: Term): Term => apply(W, l, first(next(l), a), first(l, b));
  const C = (l: Term, a: Term, b: Term): Term => apply(W, l, first(next(l), a), beyond(l, b));
  const ξ = (l: Term, a: Term, b: Term): Term => apply(W, l, beyond(next(l), a), first(l, b));
  const B = (l: Term, a: Term, b: Term): Term => apply(W, l, beyond(next(l), a), beyond(l, b));
  /** (W_l h_l)_a and (V x)_a */
  const pre = (l: Term, i: Term, a: Term): Term =>
    sum('b', width(l), (b) => mul(apply(W, l, a, b), apply(h, l, i, b)));
  const lowest = (i: Term, a: Term): Term => sum('b', p, (b) => mul(apply(V, a, b), apply(x, i, b)));
  const preactivation = (l: Term, i: Term): Term => vec('a', width(next(l)), (a) => pre(l, i, a));
  const lowestPreactivation = (i: Term): Term => vec('a', width(zero), (a) => lowest(i, a));
  /** B_l h̃_l, and [ξ B] x at the lowest layer, at the units beyond n_l of a vector that is 0 at the others */
  const padded = (l: Term, z: (b: Term) => Term): Term =>
    join(n(l), rest(l), zeroVec(n(l)), vec('b', rest(l), z));
  const throughB = (l: Term, i: Term): Term =>
    padded(next(l), (a) => sum('b', rest(l), (b) => mul(B(l, a, b), apply(others, l, i, b))));
  const throughV = (i: Term): Term => padded(zero, (a) => lowest(i, beyond(zero, a)));

  const samples = (body: (i: Term) => Term): Term => all('i', Fin(m), body);
  const results = (body: (c: Term) => Term): Term => all('c', Fin(outputs), body);
  const firsts = (l: Term, body: (a: Term) => Term): Term => all('a', Fin(n(l)), body);
  const beyonds = (l: Term, body: (b: Term) => Term): Term => all('b', Fin(rest(l)), body);
  const units = (l: Term, body: (a: Term) => Term): Term => all('a', Fin(width(l)), body);
  const below = (body: (l: Term) => Term): Term => all('l', Nat, (l) => imp(natLt(l, s), body(l)));
  const hidden = (body: (l: Term) => Term): Term => all('l', Nat, (l) => imp(natLe(l, s), body(l)));

  /** Σ_a P_l(c, a) z_a */
  const through = (l: Term, c: Term, z: (a: Term) => Term): Term =>
    sum('a', n(l), (a) => mul(apply(P, l, c, a), z(a)));
  /** P_{l+1} C_l h̃_l */
  const summand = (l: Term, i: Term, c: Term): Term =>
    through(next(l), c, (a) => sum('b', rest(l), (b) => mul(C(l, a, b), apply(others, l, i, b))));
  /** f = P_{l+1} [A_l C_l] h_l + φ_l */
  const formula = (l: Term): Term =>
    samples((i) =>
      results((c) =>
        eq(
          apply(f, i, c),
          add(
            through(next(l), c, (a) => pre(l, i, first(next(l), a))),
            apply(φ, l, i, c),
          ),
        ),
      ),
    );
  /** the same at the paper's l = t: f = P_0 R^(t+1) x + P_1 C_0 h̃_0 + φ_0 */
  const lowestFormula = samples((i) =>
    results((c) =>
      eq(
        apply(f, i, c),
        add(
          through(zero, c, (a) => lowest(i, first(zero, a))),
          summand(zero, i, c),
          apply(φ, zero, i, c),
        ),
      ),
    ),
  );
  const contained = (l: Term): Term => firsts(l, (a) => inSet(first(l, a), apply(J, l)));
  const excluded = (l: Term): Term => beyonds(l, (b) => eq(apply(J, l, beyond(l, b)), 0));
  const sameBeyond = (l: Term): Term =>
    samples((i) => beyonds(l, (b) => eq(apply(h, l, i, beyond(l, b)), apply(others, l, i, b))));

  const fact = (id: string, name: string, term: Term): Hypothesis => ({ id, name, term });
  const coordinatewise = fact(
    'coordinatewise',
    'σ acts coordinatewise',
    hidden((l) =>
      all('z', Vec(width(l)), (z) =>
        all("z'", Vec(width(l)), (other) =>
          units(l, (a) =>
            imp(eq(apply(z, a), apply(other, a)), eq(apply(σ, l, z, a), apply(σ, l, other, a))),
          ),
        ),
      ),
    ),
  );
  const setting: readonly Hypothesis[] = [
    fact(
      'lowest-layer',
      'layer 0 is σ of V x',
      samples((i) => eq(apply(h, zero, i), apply(σ, zero, lowestPreactivation(i)))),
    ),
    fact(
      'layers',
      'layer l + 1 is σ of W_l h_l',
      below((l) => samples((i) => eq(apply(h, next(l), i), apply(σ, next(l), preactivation(l, i))))),
    ),
    fact(
      'output',
      'f is W_s h_s',
      samples((i) => results((c) => eq(apply(f, i, c), pre(s, i, first(next(s), c))))),
    ),
    fact(
      'lowest-other',
      'h̃_0 is σ of [ξ B] x',
      samples((i) =>
        beyonds(zero, (b) => eq(apply(others, zero, i, b), apply(σ, zero, throughV(i), beyond(zero, b)))),
      ),
    ),
    fact(
      'others',
      'h̃_{l+1} is σ of B_l h̃_l',
      below((l) =>
        samples((i) =>
          beyonds(next(l), (b) =>
            eq(apply(others, next(l), i, b), apply(σ, next(l), throughB(l, i), beyond(next(l), b))),
          ),
        ),
      ),
    ),
    fact(
      'last-product',
      'P_{s+1} = 1',
      results((c) => firsts(next(s), (a) => eq(apply(P, next(s), c, a), delta(c, a)))),
    ),
    fact(
      'products',
      'P_l = P_{l+1} A_l',
      hidden((l) =>
        results((c) =>
          firsts(l, (b) =>
            eq(
              apply(P, l, c, b),
              through(next(l), c, (a) => A(l, a, b)),
            ),
          ),
        ),
      ),
    ),
    fact(
      'last-sum',
      'φ_s = 0',
      samples((i) => results((c) => eq(apply(φ, s, i, c), 0))),
    ),
    fact(
      'sums',
      'φ_l = P_{l+2} C_{l+1} h̃_{l+1} + φ_{l+1}',
      below((l) =>
        samples((i) =>
          results((c) => eq(apply(φ, l, i, c), add(summand(next(l), i, c), apply(φ, next(l), i, c)))),
        ),
      ),
    ),
  ];
  const hypotheses: readonly Hypothesis[] = [
    ...(kind === 'coordinatewise' ? [coordinatewise] : []),
    fact(
      'sets',
      'the J_l are sets of units',
      hidden((l) => isSubset(apply(J, l))),
    ),
    fact('contained', 'the first n_l units are in J_l', hidden(contained)),
    ...(blocks === 'right' ? [fact('excluded', 'and no other is', hidden(excluded))] : []),
    fact(
      'condition-2-lowest',
      'condition 2 at layer 0',
      units(zero, (k) =>
        imp(
          inSet(k, apply(J, zero)),
          samples((i) => eq(apply(h, zero, i, k), lowest(i, k))),
        ),
      ),
    ),
    fact(
      'condition-2',
      'condition 2: the units of J_{l+1} are linear',
      below((l) =>
        units(next(l), (k) =>
          imp(
            inSet(k, apply(J, next(l))),
            samples((i) => eq(apply(h, next(l), i, k), pre(l, i, k))),
          ),
        ),
      ),
    ),
    fact(
      'condition-3',
      'condition 3: no weight leads from J_l to a unit outside J_{l+1}',
      below((l) =>
        units(next(l), (a) =>
          units(l, (b) =>
            imp(not(inSet(a, apply(J, next(l)))), inSet(b, apply(J, l)), eq(apply(W, l, a, b), 0)),
          ),
        ),
      ),
    ),
  ];
  const context = [m, s, p, size, e, x, V, W, h, σ, J, f, others, P, φ];
  const claim = (id: string): Result =>
    result({
      id,
      title: 'The block formula of section A.5',
      kind: 'lemma',
      source: { by: 'paper', section: 'A.5', page: 2318 },
      remarks: [],
      statement: () => ({ context, setting, hypotheses, conclusion: and(hidden(formula), lowestFormula) }),
    });
  return {
    m,
    s,
    x,
    V,
    W,
    h,
    σ,
    J,
    f,
    others,
    P,
    φ,
    n,
    rest,
    width,
    zero,
    outputs,
    first,
    beyond,
    A,
    C,
    ξ,
    B,
    pre,
    lowest,
    preactivation,
    lowestPreactivation,
    throughB,
    throughV,
    samples,
    results,
    firsts,
    beyonds,
    units,
    below,
    hidden,
    through,
    summand,
    formula,
    lowestFormula,
    contained,
    excluded,
    sameBeyond,
    claim,
  };
}
