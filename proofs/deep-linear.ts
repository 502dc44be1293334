import {
  all,
  and,
  apply,
  delta,
  div,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  index,
  inl,
  inr,
  lambda,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  real,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { hasAtLeast, inSet, isSubset, matVec } from '../src/kernel/notions-linear.ts';
import { fresh } from '../src/kernel/term.ts';
import {
  andIntro,
  assume,
  axiom,
  discharge,
  equal,
  falseElim,
  forallIntro,
  modusPonens,
  orRight,
  rewrite,
  type Theorem,
} from '../src/kernel/theorem.ts';
import { deepLinear } from '../theorems/deep-linear.ts';
import { feedforwardData, freeFeedforward, hiddenWeight, Weight } from '../theorems/feedforward.ts';
import { Loss } from '../theorems/setting.ts';
import { theorem4 } from '../theorems/theorem-4.ts';
import {
  argsOf,
  as,
  chain,
  congruent,
  generalise,
  instance,
  isOp,
  refl,
  scaledSum,
  sym,
  witnessed,
} from './support/derived.ts';
import { difference, equalityIndicator, fromNumber, induction, noIndex } from './support/naturals.ts';
import { script } from './support/script.ts';
import { applying, supplied } from './support/supply.ts';
import { definition, exhibited, fixing, linearly, logic, tactic } from './support/tactics.ts';
import { entrywise, equalPredictions } from './support/vectors.ts';
import { picking } from './theorem-4/coordinates.ts';

const net = freeFeedforward();
const D = feedforwardData(net);
const { m, H, d, h, σ, x } = net;
const { dθ, dy } = D;
const θ = variable('θ', Vec(dθ));
const width = (l: Term): Term => apply(d, l);
const next = (l: Term): Term => natAdd(l, 1);

/** The deep linear corollary: Theorem 4 at t = 0 with every unit of every layer in J. */
export const deepLinearProof = script(deepLinear, (p) => {
  const zero = nat(0);
  // Theorem 4 at t = 0 and r = H
  const at4 = [m, zero, H, d, x, σ, h, D.λ, D.ℓ, θ];
  const general = theorem4.statement();
  const here = (id: string): Term => {
    const found = [...general.setting, ...general.hypotheses].find((each) => each.id === id)!;
    return apply(
      general.context.reduceRight((t, v) => lambda(v, t), found.term),
      ...at4,
    );
  };
  const ρ = variable('ρ', Fin(H));
  const i = variable('i', Fin(m));
  const v = variable('v', Vec(dθ));
  const linear = p.given('linear-activations');
  const preactivation = (l: Term, i: Term, v: Term): Term =>
    matVec(hiddenWeight(net, v, l), apply(h, val(l), i, v));
  const layers = p.step(
    'P2.1',
    all('l', Fin(H), (l) =>
      all('i', Fin(m), (i) =>
        all('θ', Vec(dθ), (v) => eq(apply(h, next(val(l)), i, v), preactivation(l, i, v))),
      ),
    ),
    fixing(
      [ρ, i, v],
      tactic('substitution', 2, (_, [equations, linear]) => {
        const layer = instance(equations!, ρ, i, v);
        return chain(layer, instance(linear!, ρ, preactivation(ρ, i, v)));
      }),
    ),
    [p.part(p.given('network'), 1), linear],
    'With σ = id every layer is h_{l+1} = W h_l.',
  );
  const coordinatewise = p.step(
    'P2.2',
    here('coordinatewise'),
    tactic('substitution', 1, (goal, [linear]) => {
      const body = argsOf(goal, 'forall')[0]!;
      const ρ = fresh('ρ', body.sort.domain!);
      const [z, u] = ['z', "z'"].map((name) => fresh(name, Vec(width(next(val(ρ)))))) as [Term, Term];
      const k = fresh('k', Fin(width(next(val(ρ)))));
      const at = (z: Term): Theorem => {
        const e = instance(linear!, ρ, z);
        const f = fresh('f', z.sort);
        return congruent(lambda(f, apply(f, k)), e);
      };
      const same = assume(eq(apply(z, k), apply(u, k)));
      const th = discharge(same.conclusion, chain(at(z), same, sym(at(u))));
      return as(generalise(th, ρ, z, u, k), goal, []);
    }),
    [linear],
    'The identity acts coordinatewise.',
  );
  // all units
  const ones = (n: Term): Term => vec('k', n, () => real(1));
  const l = variable('l', Nat);
  const J = lambda(l, ones(width(l)));
  const n = variable('n', Nat);
  const many = p.step(
    'P2.3',
    forall([n], imp(natLe(dy, n), and(isSubset(ones(n)), hasAtLeast(dy, ones(n))))),
    fixing([n], allUnits(dy, n)),
    [],
    'All of n ≥ dy units are at least dy units.',
  );
  // θ ∈ Θ_{dy,0}, with J all units
  const locallyLinear = here('locally-linear');
  const [large, nearbyClosed] = argsOf(apply(argsOf(locallyLinear, 'exists')[0]!, J), 'and') as [Term, Term];
  const [nearby, closed] = argsOf(nearbyClosed, 'and') as [Term, Term];
  const largeJ = p.step(
    'P2.4',
    large,
    tactic('instance', 2, (goal, [many, wide]) => {
      const th = supplied(many!, [width(next(val(ρ)))], [instance(wide!, ρ)]);
      return as(forallIntro(ρ, th), goal, []);
    }),
    [many, p.given('no-bottleneck')],
    'Take all units of every hidden layer: at least dy.',
    'section 4.2.3',
  );
  const one = real(1);
  const linearJ = p.step(
    'P2.5',
    apply(argsOf(nearby, 'exists')[0]!, one),
    tactic('σ = id', 2, (goal, [layers, positive]) => {
      const [, near] = argsOf(goal, 'and') as [Term, Term];
      const v = fresh('v', dθSort);
      const [ball, claim] = argsOf(apply(argsOf(near, 'forall')[0]!, v), 'imp') as [Term, Term];
      const ρ = fresh('ρ', Fin(H));
      const units = apply(argsOf(claim, 'forall')[0]!, ρ);
      const k = fresh('k', argsOf(units, 'forall')[0]!.sort.domain!);
      const [member, equation] = argsOf(apply(argsOf(units, 'forall')[0]!, k), 'imp') as [Term, Term];
      const i = fresh('i', Fin(m));
      const goalAt = apply(argsOf(equation, 'forall')[0]!, i);
      const e = entryAt(sameBlock(instance(layers!, ρ, i, v), ρ, i, v), k);
      const th = discharge(member, forallIntro(i, as(e, goalAt, ['matVec'])));
      const everywhere = forallIntro(v, discharge(ball, generalise(th, ρ, k)));
      return andIntro(positive!, as(everywhere, near, []));
    }),
    [layers, p.step('P2.6', lt(0, one), linearly(), [], '0 < 1.')],
    'They are linear everywhere.',
  );
  const nearbyJ = p.step(
    'P2.7',
    nearby,
    tactic('witness', 1, (goal, [th]) => witnessed(goal, one, th!)),
    [linearJ],
    'So they are near θ,',
  );
  const closedJ = p.step(
    'P2.8',
    closed,
    tactic('1 = 1', (goal) => vacuous(goal)),
    [],
    'and no row is outside J.',
  );
  const inΘ = p.step(
    'P2.9',
    locallyLinear,
    tactic('witness', 3, (goal, [large, nearby, closed]) =>
      witnessed(goal, J, andIntro(large!, andIntro(nearby!, closed!))),
    ),
    [largeJ, nearbyJ, closedJ],
    'So θ ∈ Θ_{dy,0}.',
  );
  const [ε0, h0] = p.obtain(
    'P2.10',
    'ε₀',
    p.cite('theorem-4', at4, [
      p.given('weights'),
      p.given('network'),
      coordinatewise,
      p.given('assumption-1'),
      inΘ,
      p.given('differentiable-nearby'),
      p.given('local-minimum'),
    ]),
    'Theorem 4 holds at t = 0.',
    'Theorem 4',
  );
  const ε = div(ε0, 2);
  const half = p.step('P2.11', lt(0, ε), linearly(div(one, 2)), [p.part(h0, 0)], 'Let ε := ε₀/2,');
  const below = p.step('P2.12', lt(ε, ε0), linearly(div(one, 2)), [p.part(h0, 0)], 'which is below ε₀.');
  const every = p.part(h0, 1);
  const claimAt = apply(argsOf(every.conclusion, 'forall')[0]!, ε).args[1]!.args[1]!;
  const least = p.step(
    'P2.13',
    claimAt,
    applying(ε),
    [every, half, below],
    'So L(θ) is the infimum at this ε.',
    'Theorem 4',
  );

  // every network is a linear map of the inputs
  const linearMap = (l: Term): Term =>
    exists('P', Mat(width(l), width(zero)), (P) =>
      all('i', Fin(m), (i) => eq(apply(h, l, i, v), matVec(P, apply(x, i)))),
    );
  const identity = vec('a', width(zero), (a) => vec('b', width(zero), (b) => delta(a, b)));
  const inputs = p.step(
    'P2.14',
    all('i', Fin(m), (i) => eq(apply(h, zero, i, v), matVec(identity, apply(x, i)))),
    fixing(
      [i],
      tactic('the input', 1, (goal, [input]) => {
        const e = instance(input!, i, v);
        return chain(e, as(refl(apply(x, i)), eq(apply(x, i), argsOf(goal, 'eq')[1]!)));
      }),
    ),
    [p.part(p.given('network'), 0)],
    'Layer 0 is the input,',
  );
  const first = p.step(
    'P2.15',
    linearMap(zero),
    tactic('witness', 1, (goal, [th]) => witnessed(goal, identity, th!)),
    [inputs],
    'a linear map of it.',
  );
  const base = p.step(
    'P2.16',
    imp(natLe(zero, H), linearMap(zero)),
    p.introducing(),
    [first],
    'This for l = 0.',
  );
  const stepMap = (l: Term): Term =>
    exists('V', Mat(width(next(l)), width(l)), (V) =>
      all('i', Fin(m), (i) => eq(apply(h, next(l), i, v), matVec(V, apply(h, l, i, v)))),
    );
  const blockMaps = p.step(
    'P2.17',
    all('λ', Fin(H), (λ) => stepMap(val(λ))),
    fixing(
      [ρ],
      tactic('witness', 1, (goal, [layers]) =>
        witnessed(goal, hiddenWeight(net, v, ρ), forallIntro(i, instance(layers!, ρ, i, v))),
      ),
    ),
    [layers],
    'Each layer is a linear map of the one before.',
  );
  const before = p.suppose('P2.18', imp(natLe(l, H), linearMap(l)), 'Let layer l be a linear map,');
  const more = p.suppose('P2.19', natLe(next(l), H), 'and l + 1 ≤ H.');
  const [P, hP] = p.obtain(
    'P2.20',
    'P',
    p.step('P2.21', linearMap(l), applying(), [before, more], 'So it is one,'),
    'say P.',
  );
  const [V, hV] = p.obtain(
    'P2.22',
    'V',
    p.step('P2.23', stepMap(l), fromNumber(H, l), [blockMaps, more], 'The next layer is a map of it,'),
    'say V.',
  );
  const product = vec('a', width(next(l)), (a) =>
    vec('b', width(zero), (b) => sum('k', width(l), (k) => mul(apply(V, a, k), apply(P, k, b)))),
  );
  const composed = p.step(
    'P2.24',
    all('i', Fin(m), (i) => eq(apply(h, next(l), i, v), matVec(product, apply(x, i)))),
    fixing(
      [i],
      tactic('substitution', 2, (goal, [outer, inner]) => {
        const e = instance(outer!, i);
        const z = fresh('z', Vec(width(l)));
        const f = congruent(lambda(z, matVec(V, z)), instance(inner!, i));
        return as(chain(e, f), goal, ['matVec']);
      }),
    ),
    [hV, hP],
    'Then it is VP.',
  );
  const nextMap = p.step(
    'P2.25',
    linearMap(next(l)),
    tactic('witness', 1, (goal, [th]) => witnessed(goal, product, th!)),
    [composed],
    'So it is a linear map.',
  );
  const step = p.step(
    'P2.26',
    all('l', Nat, (l) => imp(imp(natLe(l, H), linearMap(l)), imp(natLe(next(l), H), linearMap(next(l))))),
    p.introducing(l),
    [nextMap],
    'l was arbitrary.',
  );
  const maps = p.step(
    'P2.27',
    all('l', Nat, (l) => imp(natLe(l, H), linearMap(l))),
    induction,
    [base, step],
    'Induction on l.',
  );
  const [P0, hP0] = p.obtain(
    'P2.28',
    'P',
    p.step('P2.29', linearMap(H), applying(H), [maps], 'Layer H is a linear map,'),
    'say P.',
  );
  const lastBlock = inr(H, 1, index(1, 0));
  const Q = p.name(
    'Q',
    vec('c', dy, (c) =>
      vec('b', width(zero), (b) =>
        sum('k', width(H), (k) => mul(apply(Weight(H, d, v, lastBlock), c, k), apply(P0, k, b))),
      ),
    ),
  );
  const output = p.step(
    'P2.30',
    all('i', Fin(m), (i) => eq(apply(D.f, i, v), matVec(Q, apply(x, i)))),
    fixing(
      [i],
      tactic('substitution', 1, (goal, [inner]) => {
        const z = fresh('z', Vec(width(H)));
        const f = congruent(lambda(z, matVec(Weight(H, d, v, lastBlock), z)), instance(inner!, i));
        return as(f, goal, ['matVec', 'FeedforwardOutput']);
      }),
    ),
    [hP0],
    'and f(x_i; θ′) = Q x_i.',
  );

  // the value of A = B: B_0 = Q, the others 0, without f̃
  const blocks = natAdd(H, 1);
  const firstBlock = inl(1, H, index(1, 0));
  const μ = variable('μ', Fin(blocks));
  const same = (b: Term, k: Term): Term =>
    delta(inl(width(zero), width(val(μ)), b), inl(width(val(μ)), width(zero), k));
  const A = lambda(
    μ,
    vec('c', dy, (c) =>
      vec('k', width(val(μ)), (k) =>
        mul(
          equalityIndicator(val(firstBlock), val(μ)),
          sum('b', width(zero), (b) => mul(apply(Q, c, b), same(b, k))),
        ),
      ),
    ),
  );
  p.name('B', apply(A, μ), μ);
  const values = argsOf(least.conclusion, 'IsMin')[1]!;
  const noRows = fun('j', Fin(zero), () => θ);
  const noCoefficients = fun('k', Fin(dθ), (k) => fun('j', Fin(zero), () => apply(θ, k)));
  const noPerturbation = apply(argsOf(apply(values, Loss(D, v)), 'exists')[0]!, zero);
  const [rows, coefficients] = argsOf(apply(argsOf(noPerturbation, 'exists')[0]!, noRows), 'and') as [
    Term,
    Term,
  ];
  const noCoefficient = apply(argsOf(coefficients, 'exists')[0]!, noCoefficients);
  const value = apply(argsOf(noCoefficient, 'exists')[0]!, A);
  const prediction = (i: Term): Term => {
    const term = apply(argsOf(argsOf(value, 'eq')[1]!, 'sum')[0]!, i); // λ_i ℓ_i(prediction)
    return argsOf(term, 'mul')[1]!.args[1]!;
  };
  const c = variable('c', Fin(dy));
  const b0 = variable('b', Fin(width(zero)));
  const term = (i: Term, c: Term): Term =>
    fun('μ', Fin(blocks), (μ) =>
      sum('k', width(val(μ)), (k) =>
        mul(
          sum('b', width(zero), (b) =>
            mul(
              apply(Q, c, b),
              delta(inl(width(zero), width(val(μ)), b), inl(width(val(μ)), width(zero), k)),
            ),
          ),
          apply(h, natAdd(zero, val(μ)), i, θ, k),
        ),
      ),
    );
  const entries = p.step(
    'P2.31',
    forall([i, c], eq(apply(D.f, i, v, c), apply(prediction(i), c))),
    fixing(
      [i, c],
      tactic('sum over the layers', 3, (goal, [output, input, picking]) => {
        const picked = instance(picking!, blocks, term(i, c), firstBlock);
        const [left, right] = argsOf(goal, 'eq') as [Term, Term];
        const sums = equal(right, argsOf(picked.conclusion, 'eq')[0]!, 'all');
        const atInput = scaledSum(entryAt(instance(input!, i, θ), b0), apply(Q, c, b0), [b0]);
        const through = chain(sums, picked);
        const one = as(through, eq(right, argsOf(atInput.conclusion, 'eq')[0]!), []);
        const linearMapOf = entryAt(instance(output!, i), c);
        const goalSide = as(linearMapOf, eq(left, argsOf(atInput.conclusion, 'eq')[1]!), ['matVec']);
        return chain(goalSide, sym(chain(one, atInput)));
      }),
    ),
    [output, p.part(p.given('network'), 0), p.cite(picking.id, [], [])],
    'With A_0 = Q, the other A_l = 0 and S = ∅ the prediction is f(x_i; θ′).',
  );
  const predictions = p.step(
    'P2.32',
    all('i', Fin(m), (i) => eq(apply(D.f, i, v), prediction(i))),
    entrywise(linearly(1), true),
    [entries],
    'This for all outputs,',
  );
  const sameValue = p.step(
    'P2.33',
    value,
    equalPredictions(D.λ, D.ℓ),
    [predictions],
    'so L(θ′) is a value of Theorem 4.',
  );
  const empty = p.step('P2.34', rows, noIndex, [], '(∅ has no rows.)');
  const isValue = p.step(
    'P2.35',
    apply(values, Loss(D, v)),
    tactic('witness', (goal, premises) => exhibited(goal, [zero, noRows, noCoefficients, A], premises)),
    [empty, sameValue],
    'It is among them,',
  );
  const noSmaller = p.step(
    'P2.36',
    le(Loss(D, θ), Loss(D, v)),
    logic,
    [least, isValue],
    'and not below L(θ).',
  );
  const global = p.step(
    'P2.37',
    all("θ'", Vec(dθ), (v) => le(Loss(D, θ), Loss(D, v))),
    p.introducing(v),
    [noSmaller],
    'θ′ was arbitrary.',
  );
  p.qed('P2.38', definition, [global], 'θ is a global minimum.', 'section 4.2.3');
});

/** {1..n} as a set of at least dy elements: the first dy indices. */
const allUnits = (dy: Term, n: Term) =>
  tactic('the first indices', (goal, premises) => {
    const enough = premises[premises.length - 1]!;
    return difference(enough, (k, equation) => {
      const P = lambda(n, goal);
      const size = natAdd(dy, k);
      const ones = vec('k', size, () => real(1));
      const [a, b] = ['a', 'b'].map((name) => fresh(name, Fin(dy))) as [Term, Term];
      const image = (a: Term): Term => inl(dy, k, a);
      const same = assume(eq(image(a), image(b)));
      const z = fresh('z', image(a).sort);
      const numbers = congruent(lambda(z, val(z)), same);
      const injective = generalise(
        discharge(same.conclusion, instance(axiom('VALINJ'), dy, a, b, numbers)),
        a,
        b,
      );
      const subset = trivialSubset(ones);
      const map = fun('a', Fin(dy), image);
      const inside = forallIntro(a, as(refl(real(1)), inSet(image(a), ones)));
      const enough = exhibited(hasAtLeast(dy, ones), [map], [injective, inside]);
      return rewrite(sym(equation), P, andIntro(subset, enough));
    });
  });
function trivialSubset(ones: Term): Theorem {
  const k = fresh('k', ones.sort.domain!);
  const th = forallIntro(k, orRight(eq(apply(ones, k), 0), refl(real(1))));
  return as(th, isSubset(ones));
}

const dθSort = Vec(dθ);
/** An equation of vectors at an index. */
function entryAt(e: Theorem, k: Term): Theorem {
  const z = fresh('z', e.conclusion.args[0]!.sort);
  return congruent(lambda(z, apply(z, k)), e);
}
/** The weights of layer l as block 0 + l of H + 1: the same index. */
function sameBlock(layer: Theorem, ρ: Term, i: Term, v: Term): Theorem {
  const [from, to] = [inl(H, 1, ρ), inr(0, natAdd(H, 1), inl(H, 1, ρ))];
  const number = as(refl(val(from)), eq(val(from), val(to)), []);
  const equal = instance(axiom('VALINJ'), natAdd(H, 1), from, to, number);
  const λ = fresh('λ', from.sort);
  const P = lambda(λ, eq(apply(h, next(val(λ)), i, v), matVec(Weight(H, d, v, λ), apply(h, val(λ), i, v))));
  return rewrite(equal, P, as(layer, apply(P, from), []));
}
/** A claim that assumes ¬(1 = 1) on the way. */
function vacuous(goal: Term): Theorem {
  if (isOp(goal, 'forall')) {
    const body = argsOf(goal, 'forall')[0]!;
    const x = fresh(body.name || 'x', body.sort.domain!);
    return forallIntro(x, vacuous(apply(body, x)));
  }
  const [antecedent, rest] = argsOf(goal, 'imp') as [Term, Term];
  if (!isOp(antecedent, 'imp')) return discharge(antecedent, vacuous(rest));
  const member = as(refl(real(1)), antecedent.args[0]!);
  return discharge(antecedent, falseElim(modusPonens(assume(antecedent), member), rest));
}
