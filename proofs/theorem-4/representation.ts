import {
  add,
  all,
  Diff,
  eq,
  fun,
  imp,
  lt,
  mul,
  not,
  partial,
  Real,
  real,
  scale,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecAdd,
} from '../../src/kernel/build.ts';
import { Assumption2, inΩ } from '../../theorems/setting.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, summing } from '../support/supply.ts';
import { byAxiom, classical, fixing, linearly, witness } from '../support/tactics.ts';
import { entrywise } from '../support/vectors.ts';
import { below } from './below.ts';
import {
  agreeBelow,
  at,
  c,
  D,
  dy,
  E,
  entries,
  f,
  facts,
  H,
  h,
  i,
  layers,
  N,
  sameLayer,
  samples,
  source,
  unit,
  v,
  W,
  λ,
  ℓ,
} from './network.ts';

export const representation = part(
  'network-assumption-2',
  'f is its own derivative along the last weights, so Assumption 2 holds',
  'The output is linear in the last weights, so the derivative along them is f itself.',
  [...layers, f, E, λ, ℓ],
  [facts.input, facts.layer, facts.output, facts.linear, facts.own, facts.apart],
  [],
  Assumption2(D),
);

/** T4.4: f = W_H h_H is linear in W_H. */
export const representationProof = script(representation, (p) => {
  const s = variable('s', Real);
  const B = at(W, H, v);
  const δ = at(E, H, B);
  const there = vecAdd(v, scale(s, δ));
  const [a, b] = [unit(H), source(H)];
  const k = variable('l', H.sort);
  const own = p.step(
    'T4.4b',
    entries(H, (a, b) => eq(at(W, H, there, a, b), add(at(W, H, v, a, b), mul(s, at(B, a, b))))),
    fixing([a, b], summing({ premise: 0, at: [H, v, δ, s, a, b] }, { premise: 1, at: [H, B, a, b], by: s })),
    [p.given('weights-linear'), p.given('own')],
    'Along E_H(W_H) the last weights are scaled,',
  );
  const [x, y] = [variable('a', unit(k).sort), source(k)];
  const others = p.step(
    'T4.4c',
    agreeBelow(H, there, v),
    fixing(
      [k, x, y],
      summing({ premise: 0, at: [k, v, δ, s, x, y] }, { premise: 1, at: [H, k, B, x, y], by: s }),
    ),
    [p.given('weights-linear'), p.given('apart')],
    'and the others do not move.',
  );
  const layer = p.step(
    'T4.4d',
    sameLayer(H, there, v),
    applying(H),
    [citing(p, below, [], [...layers, there, v]), others],
    'So layer H does not,',
  );
  const affine = (i: Term, s: Term, c: Term): Term =>
    eq(at(f, i, vecAdd(v, scale(s, δ)), c), add(at(f, i, v, c), mul(s, at(f, i, v, c))));
  const line = p.step(
    'T4.4e',
    samples((i) => all('c', c.sort, (c) => affine(i, s, c))),
    fixing(
      [i, c],
      summing(
        { premise: 0, at: [i, there, c] },
        { premise: 1, at: [c, b], by: at(h, H, i, there, b), over: [b] },
        { premise: 2, at: [i, b], by: mul(add(1, s), at(B, c, b)), over: [b] },
        { premise: 0, at: [i, v, c], by: add(1, s), sign: -1 },
      ),
    ),
    [p.given('output'), own, layer],
    'and f is scaled.',
  );
  const lines = p.step(
    'T4.4f',
    all('s', Real, (s) => samples((i) => all('c', c.sort, (c) => affine(i, s, c)))),
    p.introducing(s),
    [line],
    's was arbitrary.',
  );
  const outside = p.suppose('T4.4g', not(inΩ(D, v)), 'Let v ∉ Ω.');
  const smooth = p.step(
    'T4.4h',
    samples((i) => Diff(at(f, i), v)),
    classical,
    [outside],
    'f is differentiable at v.',
  );
  const one = p.step('T4.4i', lt(0, 1), linearly(), [], 'Take |s| < 1.');
  const sumOver = (i: Term, c: Term): Term =>
    sum('k', N, (k) => mul(at(δ, k), at(partial(at(f, i), v, k), c)));
  const derivative = p.step(
    'T4.4j',
    samples((i) => all('c', c.sort, (c) => eq(sumOver(i, c), at(f, i, v, c)))),
    fixing([i], byAxiom('DIRDERIV', N, dy, at(f, i), v, δ, at(f, i, v), real(1))),
    [lines, smooth, one],
    'Its derivative along E_H(W_H) is f itself.',
  );
  const equal = p.step(
    'T4.4k',
    eq(
      at(f, i, v),
      vec('c', dy, (c) => sumOver(i, c)),
    ),
    entrywise(linearly(-1), true),
    [
      p.step(
        'T4.4l',
        all('c', c.sort, (c) => eq(sumOver(i, c), at(f, i, v, c))),
        applying(i),
        [derivative],
        'For one sample.',
      ),
    ],
    'So f is a combination of its partial derivatives.',
  );
  const represented = p.step(
    'T4.4m',
    samples((i) =>
      all('θ', Vec(N), (point) => {
        const direction = at(E, H, at(W, H, point));
        const combination = vec('c', dy, (c) =>
          sum('k', N, (k) => mul(at(direction, k), at(partial(at(f, i), point, k), c))),
        );
        return imp(not(inΩ(D, point)), eq(at(f, i, point), combination));
      }),
    ),
    p.introducing(i, v),
    [equal],
    'i and v were arbitrary.',
  );
  p.qed(
    'T4.4',
    witness(fun('θ', Vec(N), (point) => at(E, H, at(W, H, point)))),
    [represented],
    'Assumption 2 holds with g(θ) := E_H(W_H(θ)).',
    'section A.5',
  );
});
