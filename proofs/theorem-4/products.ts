import { all, and, eq, Fin, imp, mul, natLe, natLt, sub, type Term } from '../../src/kernel/build.ts';
import { cases, combination } from '../support/derived.ts';
import { lastOr } from '../support/naturals.ts';
import { part, script } from '../support/script.ts';
import { applying, summing, supplied, together } from '../support/supply.ts';
import { byCases, fixing, tactic } from '../support/tactics.ts';
import {
  at,
  c,
  chainAt,
  chained,
  concerned,
  dy,
  facts,
  H,
  l,
  M,
  next,
  t,
  through,
  unit,
  units,
  W,
  zeroOrOne,
  θ,
  ψ,
} from './network.ts';

export const idempotentAt = (l: Term): Term =>
  units(l, (a) => eq(mul(at(ψ, l, a), at(ψ, l, a)), at(ψ, l, a)));
export const absorbedAt = (l: Term): Term =>
  all('c', Fin(dy), (c) => units(l, (a) => eq(mul(at(M, l, c, a), at(ψ, l, a)), at(M, l, c, a))));

/** ψ² = ψ and M_l ψ_l = M_l for t ≤ l ≤ H */
export const products = part(
  'network-products',
  'The products end in the units of J',
  'The products M_l see the units in J only, so multiplying by the indicator again changes nothing.',
  chained,
  [facts.sets, facts.last, facts.chain],
  [],
  and(concerned(idempotentAt), concerned(absorbedAt)),
);

export const productsProof = script(products, (p) => {
  const low = p.suppose('T4.0a', natLe(t, l), 'Let t ≤ l ≤ H:');
  const high = p.suppose('T4.0b', natLe(l, H), 'the layer l is concerned.');
  const a = unit(l);
  const idempotent = p.step(
    'T4.0c',
    idempotentAt(l),
    fixing(
      [a],
      byCases(
        zeroOrOne(l, a),
        tactic('0² = 0 and 1² = 1', 1, (goal, [sets, ...rest]) =>
          cases(
            supplied(sets!, [l, a], rest),
            (zero) => combination(goal, [[sub(at(ψ, l, a), 1), zero]], []),
            (one) => combination(goal, [[at(ψ, l, a), one]], []),
          ),
        ),
      ),
    ),
    [p.given('sets'), low, high],
    'ψ is an indicator, so ψ² = ψ.',
  );
  const hidden = p.suppose('T4.0d', natLt(l, H), 'Let l < H.');
  const chain = p.step(
    'T4.0e',
    chainAt(l),
    applying(l),
    [p.given('product'), low, hidden],
    'Then M_l ends in ψ_l,',
  );
  const X = through(next(l), c, (b) => at(W, next(l), θ, b, a));
  const inner = p.step(
    'T4.0f',
    absorbedAt(l),
    fixing(
      [c, a],
      summing(
        { premise: 0, at: [c, a], by: at(ψ, l, a) },
        { premise: 1, at: [a], by: X },
        { premise: 0, at: [c, a], sign: -1 },
      ),
    ),
    [chain, idempotent],
    'which absorbs another ψ_l.',
  );
  const below = p.step('T4.0g', imp(natLt(l, H), absorbedAt(l)), p.introducing(), [inner], 'This for l < H.');
  const end = p.step(
    'T4.0h',
    absorbedAt(H),
    fixing(
      [c, unit(H)],
      tactic('ψ_H = 1', 1, (goal, [last]) =>
        combination(goal, [[at(M, H, c, unit(H)), supplied(last!, [unit(H)], [])]], []),
      ),
    ),
    [p.given('last')],
    'At l = H, ψ is 1.',
  );
  const absorbed = p.step('T4.0i', absorbedAt(l), lastOr(l, H), [below, end, high], 'So M_l ψ_l = M_l.');
  const first = p.step('T4.0j', concerned(idempotentAt), p.introducing(l), [idempotent], 'l was arbitrary,');
  const second = p.step('T4.0k', concerned(absorbedAt), p.introducing(l), [absorbed], 'in both.');
  p.qed('T4.0', together, [first, second], 'Both hold at every layer that is concerned.');
});
