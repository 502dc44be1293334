import type { Rational } from '../../../../src/kernel/rational.ts';
import { integer, pick, type Random } from '../../oracle/models.ts';
import { r } from '../../oracle/numbers.ts';
import type { Case } from '../case.ts';

const one = (
  family: string,
  outputs: string,
  names: readonly string[],
  at: readonly Rational[],
  y: Rational,
  status: Readonly<Record<string, boolean>>,
): Case => ({
  family,
  spec: {
    everymin: 1,
    model: { type: 'expression', inputs: ['x'], parameters: names, outputs: [outputs] },
    loss: { type: 'squared' },
    data: { inputs: [[1]], targets: [[String(y)]] },
    parameters: Object.fromEntries(names.map((name, k) => [name, String(at[k]!)])),
  },
  truth: { status: { 'assumption-1': true, ...status }, conclusion: {}, right: {} },
  point: 'auto',
});

/** f = c + Σ or Π of powers of θ_j − a_j at θ = a, one sample: a minimum iff the force and every power push the same way. */
export function monomials(random: Random): Case {
  const n = integer(random, 1, 3);
  const names = Array.from({ length: n }, (_, j) => `t${j + 1}`);
  const at = names.map(() => r(pick(random, [0, 0, 1, '-1/2'])));
  const powers = names.map(() => pick(random, [2, 2, 3, 4, 4, 6]));
  const b = names.map(() => r(pick(random, [1, 2, '-1/3', 1])));
  const c = r(pick(random, [0, 1, -2]));
  const y = r(pick(random, [0, 1, -3]));
  const G = c.sub(y);
  const power = (j: number) => `(${names[j]} - (${at[j]}))^${powers[j]}`;
  const together = random() < 0.5;
  const body = together
    ? `(${b[0]})*${names.map((_, j) => power(j)).join('*')}`
    : names.map((_, j) => `(${b[j]})*${power(j)}`).join(' + ');
  const even = powers.every((k) => k % 2 === 0);
  const pushes = together
    ? even && G.sign * b[0]!.sign > 0
    : even && b.every((each) => G.sign * each.sign > 0);
  return one('powers at their flat point', `${c} + ${body}`, names, at, y, {
    critical: true,
    differentiable: true,
    'differentiable-nearby': true,
    'local-minimum': G.isZero || pushes,
  });
}

/** The same with abs in place of even powers: minima at kinks, and ridges. */
export function kinks(random: Random): Case {
  const n = integer(random, 1, 3);
  const names = Array.from({ length: n }, (_, j) => `t${j + 1}`);
  const at = names.map(() => r(pick(random, [0, 1, '-1/2'])));
  const b = names.map(() => r(pick(random, [1, 2, '-1/3', 1])));
  const c = r(pick(random, [0, 1, -2]));
  const y = r(pick(random, [0, 1, -3]));
  const G = c.sub(y);
  const body = names.map((name, j) => `(${b[j]})*abs(${name} - (${at[j]}))`).join(' + ');
  return one('kinks at θ', `${c} + ${body}`, names, at, y, {
    differentiable: false,
    'differentiable-nearby': false,
    'local-minimum': G.isZero || b.every((each) => G.sign * each.sign > 0),
  });
}

/**
 * f = (a − c₁b^q)(a − c₂b^q) b^p at 0 with a target of either sign: f takes both signs next to 0 (between the two curves and
 * outside them), so θ is a saddle, though along every straight line f keeps one sign (Peano's example).
 */
export function curvedFibres(random: Random): Case {
  const q = integer(random, 2, 3);
  const p = pick(random, [0, 0, 2]);
  const c1 = integer(random, 1, 2);
  const c2 = c1 + integer(random, 1, 2);
  const factor =
    random() < 0.4
      ? `(a - ${c1}*b^${q})*b^${integer(random, 1, 2)}`
      : `(a - ${c1}*b^${q})*(a - ${c2}*b^${q})${p > 0 ? `*b^${p}` : ''}`;
  return one('curved fibres', factor, ['a', 'b'], [r(0), r(0)], r(pick(random, [1, -1])), {
    critical: true,
    differentiable: true,
    'differentiable-nearby': true,
    'local-minimum': false,
  });
}
