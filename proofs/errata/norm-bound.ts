/**
 * The length of the perturbations S_j of section A.5, at K perturbed layers. S_j has the matrix a_l b_lᵀ at the l-th of them,
 * with unit vectors a_l and b_l, as printed; the factor κ with K κ² = 1 is the mend. The same lines are run on both.
 */
import {
  all,
  apply,
  arrow,
  dot,
  eq,
  Fin,
  le,
  mul,
  Nat,
  natToReal,
  pi,
  Real,
  sum,
  type Term,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { type Hypothesis, result } from '../../theorems/result.ts';
import { type Script, script } from '../support/script.ts';
import { summing } from '../support/supply.ts';
import { calculation, fixing, linearly } from '../support/tactics.ts';

const PLACE = 'section A.5';

export function normBound(id: string, factor: 'printed' | 'right'): Script {
  const K = variable('K', Nat);
  const p = variable('p', arrow(Fin(K), Nat));
  const q = variable('q', arrow(Fin(K), Nat));
  const l = variable('l', Fin(K));
  const a = variable('a', pi(l, Vec(apply(p, l))));
  const b = variable('b', pi(l, Vec(apply(q, l))));
  const κ = variable('κ', Real);
  const scale: readonly Term[] = factor === 'right' ? [κ] : [];
  const entry = (l: Term, i: Term, j: Term): Term => mul(...scale, apply(a, l, i), apply(b, l, j));
  const scale2 = mul(...scale, ...scale);
  /** the squared length of S_j in layer l */
  const squares = (l: Term): Term =>
    sum('i', apply(p, l), (i) => sum('j', apply(q, l), (j) => mul(entry(l, i, j), entry(l, i, j))));
  const length = sum('l', K, squares);
  const layers = (body: (l: Term) => Term): Term => all('l', Fin(K), body);
  const unit = (of: Term) => (l: Term) => eq(dot(apply(of, l), apply(of, l)), 1);
  const fact = (id: string, name: string, term: Term): Hypothesis => ({ id, name, term });
  const scaled = fact('factor', 'K κ² = 1', eq(mul(natToReal(K), κ, κ), 1));

  const claim = result({
    id,
    title: 'The squared length of the perturbations of section A.5 is at most 1',
    kind: 'lemma',
    source: { by: 'paper', section: 'A.5', page: 2319 },
    remarks: [],
    statement: () => ({
      context: factor === 'right' ? [K, p, q, a, b, κ] : [K, p, q, a, b],
      setting: [],
      hypotheses: [
        fact('unit-a', '‖a_l‖ = 1', layers(unit(a))),
        fact('unit-b', '‖b_l‖ = 1, b_l = a_{l−1}', layers(unit(b))),
        ...(factor === 'right' ? [scaled] : []),
      ],
      conclusion: le(length, 1),
    }),
  });
  return script(claim, (p) => {
    const outer = p.step(
      'A.5.a',
      layers((l) =>
        eq(squares(l), mul(...scale, ...scale, dot(apply(a, l), apply(a, l)), dot(apply(b, l), apply(b, l)))),
      ),
      fixing([l], calculation),
      [],
      '‖a bᵀ‖ = ‖a‖ ‖b‖ in every perturbed layer.',
      PLACE,
    );
    const ones = p.step(
      'A.5.b',
      layers((l) => eq(squares(l), scale2)),
      fixing(
        [l],
        summing(
          { premise: 0, at: [l] },
          { premise: 1, at: [l], by: mul(scale2, dot(apply(b, l), apply(b, l))) },
          { premise: 2, at: [l], by: scale2 },
        ),
      ),
      [outer, p.given('unit-a'), p.given('unit-b')],
      'a_l and b_l are unit vectors.',
      PLACE,
    );
    const total = p.step(
      'A.5.c',
      eq(length, mul(natToReal(K), ...scale, ...scale)),
      summing({ premise: 0, at: [l], over: [l] }),
      [ones],
      'The squares of K layers add up.',
      PLACE,
    );
    const mend = factor === 'right' ? [p.given('factor')] : [];
    p.qed('A.5.d', linearly(), [total, ...mend], 'So ‖S_j‖ ≤ 1.', PLACE);
  });
}
