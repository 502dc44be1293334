/**
 * Section A.5 up to its formula for f, in the paper's order. The same lines are run on three claims: with the printed blocks,
 * where the line ξ = 0 is refused; with an arbitrary σ, where the first line on h̃ is refused; and with blocks of size |J| and
 * coordinatewise σ, where every line is accepted.
 */
import {
  all,
  apply,
  eq,
  False,
  Fin,
  imp,
  lambda,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  sub,
  sum,
  type Term,
  variable,
} from '../../src/kernel/build.ts';
import { inSet } from '../../src/kernel/notions-linear.ts';
import { fresh } from '../../src/kernel/term.ts';
import { assume, discharge, equal, type Theorem } from '../../src/kernel/theorem.ts';
import { as, cases, chain, combination, congruent, instance, scaledSum, sym } from '../support/derived.ts';
import { distance, induction, transport } from '../support/naturals.ts';
import { type Script, script } from '../support/script.ts';
import { applying, naturals, summing, supplied, together } from '../support/supply.ts';
import { fixing, tactic } from '../support/tactics.ts';
import { type Case, cut, next } from './blocks.ts';

const PLACE = 'section A.5';

export function blockFormula(id: string, which: Case): Script {
  const net = cut(which);
  const { J, W, A, C, ξ, B, first, beyond, formula, h, lowest, m, n, outputs, pre, rest, s, zero, σ } = net;
  const l = variable('l', Nat);
  const k = variable('k', Nat);
  const i = variable('i', Fin(m));
  const c = variable('c', Fin(outputs));
  const top = (l: Term, name = 'a'): Term => variable(name, Fin(n(l)));
  const other = (l: Term, name = 'b'): Term => variable(name, Fin(rest(l)));
  const unit = (l: Term, name: string): Term => variable(name, Fin(net.width(l)));
  const claim = (count: Term): Term => all('l', Nat, (l) => imp(eq(natAdd(l, count), s), formula(l)));

  return script(net.claim(id), (p) => {
    const contained = p.given('contained');
    const separate = which.σ === 'coordinatewise' ? [p.given('coordinatewise')] : [];
    const exact = which.blocks === 'right' ? [p.given('excluded')] : [];

    const lowestLinear = p.step(
      'A.5.1',
      net.samples((i) =>
        net.firsts(zero, (a) => eq(apply(h, zero, i, first(zero, a)), lowest(i, first(zero, a)))),
      ),
      fixing(
        [i, top(zero)],
        tactic('instance', (_, [linear, contained]) => {
          const a = top(zero);
          return instance(linear!, first(zero, a), supplied(contained!, [zero, a], []), i);
        }),
      ),
      [p.given('condition-2-lowest'), contained],
      'W = [A C; ξ B]. J^(t+1) contains the first n units, so they are linear near θ:',
      PLACE,
    );
    const linear = p.step(
      'A.5.2',
      net.below((l) =>
        net.samples((i) =>
          net.firsts(next(l), (a) =>
            eq(apply(h, next(l), i, first(next(l), a)), pre(l, i, first(next(l), a))),
          ),
        ),
      ),
      fixing(
        [l, i, top(next(l))],
        tactic('instance', (_, [linear, contained, ...rest]) => {
          const a = top(next(l));
          const member = supplied(contained!, [next(l), a], rest);
          return instance(supplied(linear!, [l], rest), first(next(l), a), member, i);
        }),
      ),
      [p.given('condition-2'), contained],
      'those of the layers above too.',
      PLACE,
    );
    const lowestOthers = p.step(
      'A.5.3',
      net.sameBeyond(zero),
      fixing(
        [i, other(zero)],
        tactic('σ acts on each unit', (_, [layer, definition, ...separate]) => {
          const [y, z] = [net.lowestPreactivation(i), net.throughV(i)];
          const unit = beyond(zero, other(zero));
          const same = equal(apply(y, unit), apply(z, unit));
          const value = instance(definition!, i, other(zero));
          return throughσ({ l: zero, a: unit, y, z, same, layer: instance(layer!, i), value, separate });
        }),
      ),
      [p.given('lowest-layer'), p.given('lowest-other'), ...separate],
      'The other units of layer t + 1 are h̃^(t+1) = σ([ξ B] h^(t)).',
      PLACE,
    );
    const b = unit(l, 'b');
    const a1 = unit(next(l), 'a');
    const closed = p.step(
      'A.5.4',
      net.below((l) =>
        net.units(next(l), (a) =>
          net.units(l, (b) => eq(mul(sub(1, apply(J, next(l), a)), apply(W, l, a, b), apply(J, l, b)), 0)),
        ),
      ),
      fixing(
        [l, a1, b],
        tactic('J is 0 or 1', (goal, [closed, sets, ...rest]) =>
          cases(
            supplied(sets!, [next(l), a1], rest),
            (out) =>
              cases(
                supplied(sets!, [l, b], rest),
                (none) =>
                  combination(goal, [[mul(sub(1, apply(J, next(l), a1)), apply(W, l, a1, b)), none]], []),
                (inside) => {
                  const outside = notMember(a1, apply(J, next(l)), out);
                  const member = as(inside, inSet(b, apply(J, l)));
                  const none = supplied(closed!, [l, a1, b], [...rest, outside, member]);
                  return combination(goal, [[mul(sub(1, apply(J, next(l), a1)), apply(J, l, b)), none]], []);
                },
              ),
            (inside) => combination(goal, [[mul(-1, apply(W, l, a1, b), apply(J, l, b)), inside]], []),
          ),
        ),
      ),
      [p.given('condition-3'), p.given('sets')],
      'On B̃(θ, ε₁) no weight leads from a unit of J^(l) to a unit outside J^(l+1).',
      `${PLACE}, by condition 3`,
    );
    const [a2, b2] = [other(next(l), 'a'), top(l, 'b')];
    const noξ = p.step(
      'A.5.5',
      net.below((l) => net.beyonds(next(l), (a) => net.firsts(l, (b) => eq(ξ(l, a, b), 0)))),
      fixing(
        [l, a2, b2],
        tactic('linear combination', (goal, [closed, contained, ...rest]) => {
          const [row, column] = [beyond(next(l), a2), first(l, b2)];
          const weight = apply(W, l, row, column);
          const inside = supplied(contained!, [l, b2], rest);
          const outside = exact.map((th) => supplied(th, [next(l), a2], rest));
          return combination(
            goal,
            [
              supplied(closed!, [l, row, column], rest),
              [mul(-1, sub(1, apply(J, next(l), row)), weight), inside],
              ...outside.map((th) => [weight, th] as const),
            ],
            ['In'],
          );
        }),
      ),
      [closed, contained, ...exact],
      'So ξ^(l) = 0 for l = t+2..H:',
      PLACE,
    );
    const throughB = p.step(
      'A.5.6',
      net.below((l) =>
        net.samples((i) =>
          net.beyonds(next(l), (a) =>
            eq(
              pre(l, i, beyond(next(l), a)),
              sum('b', rest(l), (b) => mul(B(l, a, b), apply(h, l, i, beyond(l, b)))),
            ),
          ),
        ),
      ),
      fixing(
        [l, i, a2],
        summing({ premise: 0, at: [l, a2, b2], by: apply(h, l, i, first(l, b2)), over: [b2] }),
      ),
      [noξ],
      'the other units receive from other units only.',
      PLACE,
    );
    const before = p.suppose(
      'A.5.7a',
      imp(natLe(l, s), net.sameBeyond(l)),
      'Let the other units of layer l be h̃^(l),',
    );
    const place = p.suppose('A.5.7b', natLe(next(l), s), 'and let l + 1 be hidden.');
    const step = p.step(
      'A.5.7c',
      net.sameBeyond(next(l)),
      fixing(
        [i, a2],
        tactic('σ acts on each unit', (_, [layers, definitions, through, before, place, ...separate]) => {
          const b = other(l);
          const there = supplied(before!, [i, b], [place!]);
          const equal = supplied(through!, [l, i, a2], [place!]);
          const [y, z] = [net.preactivation(l, i), net.throughB(l, i)];
          const unit = beyond(next(l), a2);
          const e = combination(
            eq(apply(y, unit), apply(z, unit)),
            [equal, scaledSum(there, B(l, a2, b), [b])],
            [],
          );
          return throughσ({
            l: next(l),
            a: unit,
            y,
            z,
            same: e,
            layer: supplied(layers!, [l, i], [place!]),
            value: supplied(definitions!, [l, i, a2], [place!]),
            separate,
            known: [place!],
          });
        }),
      ),
      [p.given('layers'), p.given('others'), throughB, before, place, ...separate],
      'Those of layer l + 1 are h̃^(l+1) = σ(B h̃^(l)).',
      PLACE,
    );
    const fromZero = p.step(
      'A.5.7d',
      imp(natLe(zero, s), net.sameBeyond(zero)),
      p.introducing(),
      [lowestOthers],
      'At the lowest layer they are.',
    );
    const upwards = p.step(
      'A.5.7e',
      all('l', Nat, (l) =>
        imp(imp(natLe(l, s), net.sameBeyond(l)), imp(natLe(next(l), s), net.sameBeyond(next(l)))),
      ),
      p.introducing(l),
      [step],
      'l was arbitrary.',
    );
    const allOthers = p.step(
      'A.5.7',
      net.hidden(net.sameBeyond),
      induction,
      [fromZero, upwards],
      'By induction they are h̃^(l) in every layer.',
      PLACE,
    );

    const last = p.step(
      'A.5.8a',
      formula(s),
      fixing(
        [i, c],
        summing(
          { premise: 0, at: [i, c] },
          {
            premise: 1,
            at: [c, top(next(s))],
            by: pre(s, i, first(next(s), top(next(s)))),
            over: [top(next(s))],
            sign: -1,
          },
          { premise: 2, at: [i, c], sign: -1 },
        ),
      ),
      [p.given('output'), p.given('last-product'), p.given('last-sum')],
      'For l = H the formula is f = W^(H+1) h^(H).',
      PLACE,
    );
    const atEnd = p.suppose('A.5.8b', eq(natAdd(l, nat(0)), s), 'Let l be that layer.');
    const base = p.step(
      'A.5.8c',
      claim(nat(0)),
      p.introducing(l),
      [p.step('A.5.8d', formula(l), transport(l, s), [last, atEnd], 'It is the last one.')],
      'The claim for l = H.',
    );
    const above = p.suppose('A.5.8e', claim(k), 'Let the formula hold k layers before the last,');
    const lower = p.suppose('A.5.8f', eq(natAdd(l, next(k)), s), 'and let l be the layer before that.');
    const isBelow = p.step('A.5.8g', natLt(l, s), naturals, [lower], 'Then l < H.');
    const there = p.step(
      'A.5.8h',
      formula(next(l)),
      applying(next(l)),
      [above, lower],
      'The formula holds at l + 1.',
    );
    const [u, w] = [top(next(l), 'a'), other(next(l), 'b')];
    const throughA = net.through(next(next(l)), c, (a) => A(next(l), a, u));
    const throughC = net.through(next(next(l)), c, (a) => C(next(l), a, w));
    const here = p.step(
      'A.5.8i',
      formula(l),
      fixing(
        [i, c],
        summing(
          { premise: 0, at: [i, c] },
          { premise: 1, at: [l, i, u], by: throughA, over: [u] },
          { premise: 2, at: [next(l), i, w], by: throughC, over: [w] },
          { premise: 3, at: [next(l), c, u], by: pre(l, i, first(next(l), u)), over: [u], sign: -1 },
          { premise: 4, at: [l, i, c], sign: -1 },
        ),
      ),
      [there, linear, allOthers, p.given('products'), p.given('sums'), isBelow],
      'Its units in the block are A and C of the layer before, and the others are h̃: the formula at l.',
      PLACE,
    );
    const downwards = p.step(
      'A.5.8j',
      all('k', Nat, (k) => imp(claim(k), claim(next(k)))),
      p.introducing(k, l),
      [here],
      'l and k were arbitrary.',
    );
    const every = p.step(
      'A.5.8k',
      all('k', Nat, claim),
      induction,
      [base, downwards],
      'Induction from the last layer down.',
    );
    const formulas = p.step(
      'A.5.8',
      net.hidden(formula),
      distance(s),
      [every],
      'f = A^(H+1)…A^(l+2) [A C] h^(l) + φ^(l) for l = t+1..H.',
      PLACE,
    );
    const [u0, w0] = [top(zero, 'a'), other(zero, 'b')];
    const lowestFormula = p.step(
      'A.5.9',
      net.lowestFormula,
      fixing(
        [i, c],
        summing(
          { premise: 0, at: [zero, i, c] },
          { premise: 1, at: [i, u0], by: net.through(next(zero), c, (a) => A(zero, a, u0)), over: [u0] },
          {
            premise: 2,
            at: [zero, i, w0],
            by: net.through(next(zero), c, (a) => C(zero, a, w0)),
            over: [w0],
          },
          { premise: 3, at: [zero, c, u0], by: lowest(i, first(zero, u0)), over: [u0], sign: -1 },
        ),
      ),
      [formulas, lowestLinear, allOthers, p.given('products')],
      'And for l = t.',
      PLACE,
    );
    p.qed('A.5.10', together, [formulas, lowestFormula], 'The formula of section A.5.', PLACE);

    /** h_l(i)_a = h̃_l(i)_b from h_l(i) = σ_l(y), h̃_l(i)_b = σ_l(z)_a and y_a = z_a; where σ mixes units, only from y = z. */
    function throughσ(by: {
      readonly l: Term;
      readonly a: Term;
      readonly y: Term;
      readonly z: Term;
      readonly same: Theorem;
      readonly layer: Theorem;
      readonly value: Theorem;
      readonly separate: readonly Theorem[];
      readonly known?: readonly Theorem[];
    }): Theorem {
      const { l, a, y, z, same, layer, value: definition, separate, known = [] } = by;
      const value = (z: Term): Term => apply(σ, l, z, a);
      const q = fresh('q', layer.conclusion.args[0]!.sort);
      const middle =
        separate.length === 0
          ? equal(value(y), value(z))
          : supplied(separate[0]!, [l, y, z, a], [...known, same]);
      return chain(congruent(lambda(q, apply(q, a)), layer), middle, sym(definition));
    }
  });
}

/** k ∉ J from J_k = 0 */
function notMember(k: Term, set: Term, zero: Theorem): Theorem {
  const member = assume(inSet(k, set));
  return discharge(member.conclusion, combination(False(), [[-1, member], zero]));
}
