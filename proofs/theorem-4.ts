import {
  all,
  and,
  apply,
  eq,
  exists,
  False,
  Fin,
  imp,
  index,
  inl,
  inr,
  lambda,
  lt,
  mul,
  natAdd,
  natLe,
  natLt,
  not,
  or,
  Real,
  sub,
  substitute,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { inBall } from '../src/kernel/notions.ts';
import { hasAtLeast, inSet, isSubset, matVec } from '../src/kernel/notions-linear.ts';
import { fresh } from '../src/kernel/term.ts';
import type { Theorem } from '../src/kernel/theorem.ts';
import { andIntro, assume, discharge, forallIntro, orRight, rewrite } from '../src/kernel/theorem.ts';
import { aboveT, feedforwardData, freeFeedforward, hiddenWeight, Weight } from '../theorems/feedforward.ts';
import { theorem4 } from '../theorems/theorem-4.ts';
import {
  abstracted,
  as,
  cases,
  chain,
  combination,
  congruent,
  generalise,
  instance,
  scaledSum,
  sym,
  witnessed,
} from './support/derived.ts';
import { fromIndices, fromNumber, lastOr } from './support/naturals.ts';
import { script } from './support/script.ts';
import { applying, naturals, supplied } from './support/supply.ts';
import { byCases, definition, fixing, tactic } from './support/tactics.ts';
import { chains, indicators } from './theorem-4/chain.ts';
import { blocks, linearCoordinates } from './theorem-4/coordinates.ts';
import { parts } from './theorem-4/index.ts';
import * as network from './theorem-4/network.ts';
import { optimal } from './theorem-4/optimal.ts';

/** Theorem 4 (A.5): the network of (4.3) is a network in coordinates, for which parts of theorem-4/ prove the claim. */
export const theorem4Proof = script(
  theorem4,
  (p) => {
    const net = freeFeedforward();
    const D = feedforwardData(net);
    const { m, t, r, H, d, h, σ } = net;
    const { dθ, dy } = D;
    const θ = variable('θ', Vec(dθ));
    const at = network.at;
    const next = network.next;
    const width = (l: Term) => apply(d, l);

    const [J, hJ] = p.obtain(
      'T4.d1',
      'J',
      p.given('locally-linear'),
      'Let J^(t+1), …, J^(H) be as in θ ∈ Θ_{dy,t}.',
      'section 4.2.3',
    );
    const [large, nearby, closed] = [p.part(hJ, 0), p.part(hJ, 1), p.part(hJ, 2)];
    const [ε1, hε] = p.obtain('T4.d2', 'ε₁', nearby, 'The units in J are linear on B(θ, ε₁).');
    const [C, hC] = p.obtain(
      'T4.d3',
      'C',
      p.cite(blocks.id, [H, d], []),
      'The weights of a layer are coordinates of θ,',
    );
    const [W, hW] = p.obtain(
      'T4.d4',
      'W',
      p.cite(linearCoordinates.id, [dθ, H, d, C], [p.part(hC, 1), p.part(hC, 2)]),
      'W_l(θ), linear in θ,',
    );
    const [E, hE] = p.obtain(
      'T4.d5',
      'E',
      p.part(hW, 1),
      'and E_l(B) is the direction with the weights B at layer l.',
    );
    const depth = p.step('T4.d6', natLe(t, H), naturals, [], 't ≤ H = t + r.');
    const [ψ, hψ] = p.obtain(
      'T4.d7',
      'ψ',
      p.cite(indicators.id, [H, d, t, J], []),
      'ψ_l is the indicator of J^(l+1), and ψ_H = 1.',
    );
    const [M, hM] = p.obtain(
      'T4.d8',
      'M',
      p.cite(chains.id, [dθ, H, d, W, t, ψ, θ], [depth]),
      'M_l are the chained products.',
    );
    const parameters = [...network.whole.filter((x) => x.id !== network.ε.id)];
    const values = new Map<number, Term>([
      [network.m.id, m],
      [network.N.id, dθ],
      [network.H.id, H],
      [network.d.id, d],
      [network.h.id, h],
      [network.σ.id, σ],
      [network.W.id, W],
      [network.t.id, t],
      [network.f.id, D.f],
      [network.ψ.id, ψ],
      [network.M.id, M],
      [network.θ.id, θ],
      [network.E.id, E],
      [network.λ.id, D.λ],
      [network.ℓ.id, D.ℓ],
    ]);
    const images = parameters.map((x) => values.get(x.id)!);
    const put = (claim: Term): Term => substitute(claim, parameters, images);
    const fact = (name: keyof typeof network.facts): Term => put(network.facts[name].term);

    const l = network.l;
    const i = variable('i', Fin(m));
    const v = variable('v', Vec(dθ));
    const pre = (l: Term, i: Term, v: Term, a: Term): Term =>
      sum('b', width(l), (b) => mul(at(W, l, v, a, b), at(h, l, i, v, b)));
    const unit = (l: Term) => variable('a', Fin(width(next(l))));
    const source = (l: Term) => variable('b', Fin(width(l)));

    const blocksOfW = p.step(
      'T4.d9',
      all('λ', Fin(natAdd(H, 1)), (λ) =>
        all('v', Vec(dθ), (v) =>
          all('a', Fin(width(next(val(λ)))), (a) =>
            all('b', Fin(width(val(λ))), (b) => eq(at(W, val(λ), v, a, b), apply(Weight(H, d, v, λ), a, b))),
          ),
        ),
      ),
      tactic('W reads the blocks of θ', 2, (_, [reads, entries]) => {
        const λ = variable('λ', Fin(natAdd(H, 1)));
        const [a, b] = [unit(val(λ)), source(val(λ))];
        const e = chain(instance(reads!, val(λ), v, a, b), instance(entries!, λ, v, a, b));
        return [λ, v, a, b].reduceRight((th, x) => forallIntro(x, th), e);
      }),
      [p.part(hW, 0), p.part(hC, 0)],
      'W_l(θ) is W^(l+1).',
    );
    /** (W^(l+1)(v) h_l)_a = (W_l(v) h_l)_a, for the block λ with number l */
    const sameSum = (link: Theorem, λ: Term, number: Term, i: Term, v: Term, a: Term): Theorem => {
      const b = variable('b', Fin(width(number)));
      return scaledSum(instance(link, λ, v, a, b), at(h, number, i, v, b), [b]);
    };

    // ---------------------------------------------------------------- (4.3)
    const input = p.step(
      'T4.d10',
      fact('input'),
      tactic('layer 0', 1, (_, [equations]) => {
        const u = variable("v'", Vec(dθ));
        const e = chain(instance(equations!, i, v), sym(instance(equations!, i, u)));
        return [i, v, u].reduceRight((th, x) => forallIntro(x, th), e);
      }),
      [p.part(p.given('network'), 0)],
      'Layer 0 is the input.',
      'section 4.2.1, equation (4.3)',
    );
    const preactivation = (l: Term, i: Term, v: Term): Term =>
      vec('a', width(next(l)), (a) => pre(l, i, v, a));
    const layerAt = (l: Term): Term =>
      all('i', Fin(m), (i) =>
        all('v', Vec(dθ), (v) => eq(at(h, next(l), i, v), at(σ, next(l), preactivation(l, i, v)))),
      );
    const λ = variable('λ', Fin(H));
    const blockLayers = p.step(
      'T4.d11',
      all('λ', Fin(H), (λ) => layerAt(val(λ))),
      fixing(
        [λ, i, v],
        tactic('W reads the blocks of θ', 2, (goal, [equations, link]) => {
          const equation = instance(equations!, λ, i, v);
          const a = unit(val(λ));
          const block = matVec(hiddenWeight(net, v, λ), at(h, val(λ), i, v));
          const sums = combination(
            eq(apply(block, a), pre(val(λ), i, v, a)),
            [[-1, sameSum(link!, inl(H, 1, λ), val(λ), i, v, a)]],
            ['matVec', 'Weight'],
          );
          const vectors = as(abstracted(a, sums), eq(block, preactivation(val(λ), i, v)), []);
          const z = fresh('z', block.sort);
          return as(chain(equation, congruent(lambda(z, at(σ, next(val(λ)), z)), vectors)), goal, []);
        }),
      ),
      [p.part(p.given('network'), 1), blocksOfW],
      'Layer l + 1 is σ of W_l h_l,',
      'section 4.2.1, equation (4.3)',
    );
    const layer = p.step(
      'T4.d12',
      fact('layer'),
      fixing([l], fromNumber(H, l)),
      [blockLayers],
      'for every l < H.',
    );
    const output = p.step(
      'T4.d13',
      fact('output'),
      tactic('W reads the blocks of θ', 1, (_, [link]) => {
        const c = variable('c', Fin(dy));
        const last = inr(H, 1, index(1, 0));
        const sums = sameSum(link!, last, val(last), i, v, c);
        const e = combination(
          eq(apply(D.f, i, v, c), pre(H, i, v, c)),
          [[-1, sums]],
          ['FeedforwardOutput', 'matVec', 'Weight'],
        );
        return generalise(e, i, v, c);
      }),
      [blocksOfW],
      'f is W_H h_H.',
      'section 4.2.1, equation (4.3)',
    );
    const coordinatewise = p.step(
      'T4.d14',
      fact('coordinatewise'),
      fromIndices(t, r),
      [p.given('coordinatewise')],
      'σ acts coordinatewise.',
    );

    // ---------------------------------------------------------------- the sets J
    const hidden = (claim: (l: Term) => Term): Term =>
      all('l', l.sort, (l) => imp(natLe(t, l), natLt(l, H), claim(l)));
    const largeSets = p.step(
      'T4.d15',
      hidden((l) => and(isSubset(at(J, next(l))), hasAtLeast(dy, at(J, next(l))))),
      fromIndices(t, r),
      [large],
      'The J^(l+1) have at least dy elements,',
      'section 4.2.3, condition 1',
    );
    const indicator = p.part(hψ, 0);
    const ofψ = p.step(
      'T4.d16',
      hidden((l) => and(isSubset(at(ψ, l)), hasAtLeast(dy, at(ψ, l)))),
      fixing(
        [l],
        tactic('substitution', 2, (goal, [sets, same, ...rest]) => {
          const e = supplied(same!, [l], rest);
          const z = fresh('z', at(ψ, l).sort);
          return as(
            rewrite(sym(e), lambda(z, and(isSubset(z), hasAtLeast(dy, z))), supplied(sets!, [l], rest)),
            goal,
            [],
          );
        }),
      ),
      [largeSets, indicator],
      'which is to say of ψ:',
    );
    const largeψ = p.step('T4.d17', fact('large'), fixing([l], applying(l)), [ofψ], 'it is large,');
    const a = unit(l);
    const zeroOne = (l: Term): Term =>
      all('a', Fin(width(next(l))), (a) => or(eq(at(ψ, l, a), 0), eq(at(ψ, l, a), 1)));
    const low = p.suppose('T4.d18', natLe(t, l), 'Let t ≤ l');
    const high = p.suppose('T4.d19', natLe(l, H), 'and l ≤ H.');
    const belowH = p.suppose('T4.d20', natLt(l, H), 'If l < H,');
    const subset = p.step(
      'T4.d21',
      isSubset(at(ψ, l)),
      applying(l),
      [ofψ, low, belowH],
      'ψ_l is an indicator,',
    );
    const subsetBelow = p.step(
      'T4.d22',
      imp(natLt(l, H), zeroOne(l)),
      p.introducing(),
      [p.step('T4.d23', zeroOne(l), definition, [subset], 'with values 0 and 1;')],
      'so for l < H;',
    );
    const lastOne = p.part(hψ, 1);
    const atEnd = p.step(
      'T4.d24',
      zeroOne(H),
      tactic('logic', 1, (_, [one]) => {
        const a = unit(H);
        return generalise(orRight(eq(at(ψ, H, a), 0), instance(one!, a)), a);
      }),
      [lastOne],
      'at l = H it is 1.',
    );
    const zeroOneHere = p.step(
      'T4.d25',
      zeroOne(l),
      lastOr(l, H),
      [subsetBelow, atEnd, high],
      'So ψ is 0 or 1.',
    );
    const sets = p.step('T4.d26', fact('sets'), p.introducing(l), [zeroOneHere], 'l was arbitrary.');
    const last = p.step('T4.d27', fact('last'), applying(), [lastOne], 'ψ_H = 1.');

    // ---------------------------------------------------------------- conditions 2 and 3
    const linearUnits = (l: Term, v: Term): Term =>
      all('k', Fin(width(next(l))), (k) =>
        imp(
          inSet(k, at(J, next(l))),
          all('i', Fin(m), (i) => eq(at(h, next(l), i, v, k), pre(l, i, v, k))),
        ),
      );
    const near = p.suppose('T4.d28', inBall(v, θ, ε1), 'Let v be in B(θ, ε₁).');
    const ρ = variable('ρ', Fin(r));
    const above = natAdd(t, val(ρ));
    const unitsInJ = p.step(
      'T4.d29',
      all('ρ', Fin(r), (ρ) => linearUnits(natAdd(t, val(ρ)), v)),
      fixing(
        [ρ, unit(above)],
        tactic('W reads the blocks of θ', 4, (goal, [linear, link, near, member]) => {
          const a = unit(above);
          const equation = instance(supplied(linear!, [v], [near!]), ρ, a, member!, i);
          const sums = sameSum(link!, aboveT(net, ρ), above, i, v, a);
          const [left] = equation.conclusion.args as [Term, Term];
          const e = combination(eq(left, pre(above, i, v, a)), [equation, [-1, sums]], ['matVec', 'Weight']);
          return as(forallIntro(i, e), goal, []);
        }),
      ),
      [p.part(hε, 1), blocksOfW, near],
      'The units of J^(t+ρ+1) are linear at v:',
      'section 4.2.3, condition 2',
    );
    const inLayers = p.step(
      'T4.d30',
      hidden((l) => linearUnits(l, v)),
      fromIndices(t, r),
      [unitsInJ],
      'those of every J^(l+1).',
    );
    const linearψ = p.step(
      'T4.d31',
      linearAtOf(v),
      fixing(
        [l, i, a],
        byCases(
          network.zeroOrOne(l, a, ψ),
          tactic('ψ is 0 or 1', 3, (goal, [linear, same, sets, ...rest]) =>
            cases(
              supplied(sets!, [l, a], rest),
              (zero) => combination(goal, [[sub(at(h, next(l), i, v, a), pre(l, i, v, a)), zero]], []),
              (one) => {
                const member = memberOf(supplied(same!, [l], rest), a, one);
                const equation = instance(supplied(linear!, [l], rest), a, member, i);
                return combination(goal, [[at(ψ, l, a), equation]], []);
              },
            ),
          ),
        ),
      ),
      [inLayers, indicator, sets],
      'So ψ h_{l+1} = ψ W_l h_l.',
    );
    const linearEverywhere = p.step(
      'T4.d32',
      all('v', Vec(dθ), (v) => imp(inBall(v, θ, ε1), linearAtOf(v))),
      p.introducing(v),
      [linearψ],
      'v was arbitrary.',
    );
    const linearBall = p.step(
      'T4.d33',
      exists('ε₁', Real, (e) =>
        and(
          lt(0, e),
          all('v', Vec(dθ), (v) => imp(inBall(v, θ, e), linearAtOf(v))),
        ),
      ),
      tactic('witness', 2, (goal, [positive, linear]) => witnessed(goal, ε1, andIntro(positive!, linear!))),
      [p.part(hε, 0), linearEverywhere],
      'This on a ball.',
    );

    const zeros = (l: Term): Term =>
      imp(
        natLe(next(t), l),
        all('i', Fin(width(next(l))), (x) =>
          all('j', Fin(width(l)), (y) =>
            imp(not(inSet(x, at(J, next(l)))), inSet(y, at(J, l)), eq(at(W, l, θ, x, y), 0)),
          ),
        ),
      );
    const zerosAt = p.step(
      'T4.d34',
      all('ρ', Fin(r), (ρ) => zeros(natAdd(t, val(ρ)))),
      fixing(
        [ρ, unit(above), source(above)],
        tactic('W reads the blocks of θ', 2, (_, [closed, link, ...rest]) => {
          const [x, y] = [unit(above), source(above)];
          const zero = supplied(closed!, [ρ, x, y], rest);
          return chain(instance(link!, aboveT(net, ρ), θ, x, y), zero);
        }),
      ),
      [closed, blocksOfW],
      'W_l(θ) is 0 in the columns of J^(l) outside the rows of J^(l+1), l = t + ρ,',
      'section 4.2.3, condition 3',
    );
    const zerosIn = p.step('T4.d35', hidden(zeros), fromIndices(t, r), [zerosAt], 'for all these layers.');
    const [x, y] = [unit(next(l)), source(next(l))];
    const off = sub(1, at(ψ, next(l), x));
    const closedψ = p.step(
      'T4.d36',
      fact('closed'),
      fixing(
        [l, x, y],
        byCases(
          network.zeroOrOne(next(l), x, ψ),
          tactic('ψ is 0 or 1', 3, (goal, [zeros, same, sets, ...rest]) =>
            cases(
              supplied(sets!, [next(l), x], rest),
              (zero) =>
                cases(
                  supplied(sets!, [l, y], rest),
                  (out) => combination(goal, [[mul(off, at(W, next(l), θ, x, y)), out]], []),
                  (one) => {
                    const member = memberOf(supplied(same!, [l], rest), y, one);
                    const outside = notMember(supplied(same!, [next(l)], rest), x, zero);
                    const vanishes = supplied(zeros!, [next(l), x, y], [...rest, outside, member]);
                    return combination(goal, [[mul(off, at(ψ, l, y)), vanishes]], []);
                  },
                ),
              (one) => combination(goal, [[mul(-1, at(W, next(l), θ, x, y), at(ψ, l, y)), one]], []),
            ),
          ),
        ),
      ),
      [zerosIn, indicator, sets],
      'So (1 − ψ_{l+1}) W_{l+1}(θ) ψ_l = 0.',
    );

    // ---------------------------------------------------------------- the network in coordinates
    const count = p.step('T4.d37', eq(natAdd(t, r), H), naturals, [], 'H = t + r.');
    const setting: Readonly<Record<string, Theorem>> = {
      depth,
      input,
      layer,
      output,
      coordinatewise,
      sets,
      large: largeψ,
      last,
      closed: closedψ,
      'product-last': p.part(hM, 0),
      product: p.part(hM, 1),
      'weights-linear': p.part(hE, 0),
      own: p.part(hE, 1),
      apart: p.part(hE, 2),
      length: p.part(hE, 3),
    };
    const premises = optimal.statement().setting.map(({ id }) => setting[id] ?? p.given(id));
    p.qed(
      'T4.17',
      applying(),
      [
        p.cite(
          optimal.id,
          [...images, r],
          [
            ...premises,
            count,
            p.given('assumption-1'),
            linearBall,
            p.given('differentiable-nearby'),
            p.given('local-minimum'),
          ],
        ),
      ],
      'The theorem for the network in coordinates.',
      'section 4.2.3, Theorem 4',
    );

    /** k ∈ J from ψ_k = 1, and k ∉ J from ψ_k = 0, where ψ_l = J^(l+1). */
    function entryOf(same: Theorem, k: Term): Theorem {
      const z = fresh('z', same.conclusion.args[0]!.sort);
      return congruent(lambda(z, apply(z, k)), same);
    }
    function memberOf(same: Theorem, k: Term, one: Theorem): Theorem {
      const set = same.conclusion.args[1]!;
      return as(chain(sym(entryOf(same, k)), one), inSet(k, set));
    }
    function notMember(same: Theorem, k: Term, zero: Theorem): Theorem {
      const set = same.conclusion.args[1]!;
      const member = assume(inSet(k, set));
      const value = as(member, eq(apply(set, k), 1));
      return discharge(
        member.conclusion,
        combination(
          False(),
          [entryOf(same, k), value, zero].map((th, n) => [n === 0 ? -1 : n === 1 ? -1 : 1, th] as const),
          [],
        ),
      );
    }
    function linearAtOf(v: Term): Term {
      return hidden((l) =>
        all('i', Fin(m), (i) =>
          all('a', Fin(width(next(l))), (a) =>
            eq(mul(at(ψ, l, a), at(h, next(l), i, v, a)), mul(at(ψ, l, a), pre(l, i, v, a))),
          ),
        ),
      );
    }
  },
  parts,
);
