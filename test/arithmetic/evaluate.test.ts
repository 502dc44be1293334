import { describe, expect, test } from 'vitest';
import { Evaluator } from '../../src/arithmetic/evaluate.ts';
import { apply, eq, le, lt, Mat, Nat, Real, Vec, variable, vecAdd } from '../../src/kernel/build.ts';
import { norm } from '../../src/kernel/notions.ts';
import type { Rational } from '../../src/kernel/rational.ts';
import { resultById } from '../../theorems/index.ts';
import { Critical, freeData, InducedLoss, inV, Loss, PerturbedLoss } from '../../theorems/setting.ts';
import { byName, interpret, type Polynomial, type Problem } from './support/polynomial-problem.ts';
import { q, rationals } from './support/rationals.ts';

const D = freeData();
const θ = variable('θ', Vec(D.dθ));
const statement = (id: string) => resultById(id)!.statement();

/** a + bx at x */
const affine = (x: number): readonly Polynomial[] => [
  [
    [q(1), [1, 0]],
    [q(x), [0, 1]],
  ],
];
/** I01: f = a + bx, x = 0, 1, 2, y = 0, 1, 1 */
const line = (a: string, b: string): Problem => ({
  model: [0, 1, 2].map(affine),
  targets: [[q(0)], [q(1)], [q(1)]],
  weights: [q(1), q(1), q(1)],
  θ: [q(a), q(b)],
});
const exact = (problem: Problem, ...rest: [more?: object, extra?: object]) =>
  new Evaluator<Rational>(interpret(rationals, 'exact', problem, ...(rest as [])));

describe('I01: a straight line through three points, at the least squares', () => {
  const at = exact(line('1/6', '1/2'));

  test('L(θ) = 1/6, and θ is critical', () => {
    expect(at.real(Loss(D, θ)).toString()).toBe('1/6');
    expect(at.truth(Critical(D, θ))).toBe(true);
    expect(at.truth(statement('lemma-2').hypotheses[0]!.term)).toBe('undecided');
  });

  test('every line of Lemma 2 is 0 = 0', () => {
    const { conclusion } = statement('lemma-2');
    expect(at.truth(conclusion)).toBe(true);
    const sides = at.sides(conclusion);
    expect(sides.map((line) => [line.at, String(line.left), String(line.right), line.truth])).toEqual([
      [{ k: 0 }, '0', '0', true],
      [{ k: 1 }, '0', '0', true],
    ]);
  });

  test('Theorem 1 at given α, and as an infimum', () => {
    const α = variable('α', Vec(D.dθ));
    const value = (a: string, b: string) =>
      exact(line('1/6', '1/2'), { α: [q(a), q(b)] })
        .real(InducedLoss(D, θ, α))
        .toString();
    expect(value('1/6', '1/2')).toBe('1/6');
    expect(value('0', '0')).toBe('2');
    expect(value('1', '-1')).toBe('6');
    const { conclusion } = statement('theorem-1');
    expect(at.truth(conclusion)).toBe('undecided');
    const least = byName({ α: [[q('1/6'), q('1/2')]] });
    const told = (inf: string, candidates = least) =>
      exact(line('1/6', '1/2'), {}, { infimum: () => q(inf), candidates }).truth(conclusion);
    expect(told('1/6')).toBe(true);
    expect(told('1/7')).toBe(false);
    // that it is the infimum does not say that it is attained
    expect(told('1/6', byName({ α: [[q(0), q(0)]] }))).toBe('undecided');
    const samples = byName({
      α: [
        [q(0), q(0)],
        [q('1/6'), q('1/2')],
      ],
    });
    expect(exact(line('1/6', '1/2'), {}, { candidates: samples }).truth(conclusion)).toBe('undecided');
  });

  test('away from it θ is not critical, and a candidate refutes Theorem 1', () => {
    const zero = exact(line('0', '0'), {}, { candidates: byName({ α: [[q('1/6'), q('1/2')]] }) });
    const sides = zero.sides(Critical(D, θ));
    expect(sides.map((line) => [String(line.left), line.truth])).toEqual([
      ['-4', false],
      ['-6', false],
    ]);
    expect(zero.truth(Critical(D, θ))).toBe(false);
    expect(zero.truth(statement('theorem-1').conclusion)).toBe(false);
    expect(zero.sides(statement('theorem-1').conclusion)[0]!.left?.toString()).toBe('2');
  });
});

describe('differentiability', () => {
  const notAt = (k: number): Problem['model'] => [[[[q(k), [1]]]]];
  const base: Problem = { model: notAt(1), targets: [[q(1)]], weights: [q(1)], θ: [q(0)] };

  test('is what the interpretation says, and no derivative is taken where it does not', () => {
    const kinked = {
      f: [{ value: (p: readonly Rational[]) => [p[0]!.abs()], differentiable: () => false as const }],
    };
    const at = exact(base, kinked);
    const { hypotheses } = statement('theorem-1');
    expect(at.truth(hypotheses.find(({ id }) => id === 'differentiable')!.term)).toBe(false);
    expect(at.truth(Critical(D, θ))).toBe('undecided');
    expect(at.reasons.join()).toContain('not known to be differentiable');
    expect(exact(base).truth(hypotheses.find(({ id }) => id === 'differentiable')!.term)).toBe(true);
  });
});

describe('V and the perturbed model', () => {
  /** I05: f = w₃w₂w₁x at 0, x = 1, 2, y = 1, 1 */
  const cubic: Problem = {
    model: [1, 2].map((x) => [[[q(x), [1, 1, 1]]]]),
    targets: [[q(1)], [q(1)]],
    weights: [q(1), q(1)],
    θ: [q(0), q(0), q(0)],
  };
  const ε = variable('ε', Real);
  const v = variable('v', Vec(D.dθ));
  const s = variable('s', Nat);
  const S = variable('S', Mat(s, D.dθ));
  const α = variable('α', Mat(D.dθ, s));

  test('v ∈ V is decided with a norm that is no rational number', () => {
    const at = (entries: string[]) =>
      exact(cubic, { ε: q('1/100'), v: entries.map(q) }).truth(inV(D, θ, ε, v));
    expect(at(['1/2', '1/2', '0'])).toBe(true); // norm √½
    expect(at(['1', '0', '0'])).toBe(true); // norm 1 exactly
    expect(at(['1', '1/1000000', '0'])).toBe(false); // a little longer than 1
    expect(at(['1/2', '1/2', '1/2'])).toBe(false); // moves the prediction
  });

  test('a root is compared with a number of either sign', () => {
    const at = exact(cubic, { ε: q(0), v: ['0', '0', '2'].map(q) });
    const length = norm(v);
    expect([-3, 1, 2, 3].map((bound) => at.truth(le(length, bound)))).toEqual([false, false, true, true]);
    expect([-3, 1, 2, 3].map((bound) => at.truth(lt(bound, length)))).toEqual([true, true, false, false]);
    expect([-2, 2].map((bound) => at.truth(eq(length, bound)))).toEqual([false, true]);
    const longer = exact(cubic, { ε: q(0), v: ['1', '1', '0'].map(q) });
    expect([-3, 1, 2].map((bound) => longer.truth(le(length, bound)))).toEqual([false, false, true]);
    expect(longer.truth(le(length, length))).toBe(true);
    expect(longer.truth(lt(length, norm(vecAdd(v, v))))).toBe(true);
  });

  test('with S = {(1/2, 1/2, 0)} the right side falls to 1/5, and Theorem 2 fails at this ε', () => {
    const symbols = { ε: q('1/100'), s: 1, S: [[q('1/2'), q('1/2'), q(0)]] };
    const weight = q('24000'); // α ∂_3 f = α ε²/4 · x = 3/5 x
    const at = exact(cubic, { ...symbols, α: [[q(0)], [q(0)], [weight]] });
    expect(at.real(PerturbedLoss(D, θ, ε, s, S, α)).toString()).toBe('1/5');
    const { conclusion } = statement('theorem-2');
    const witness = byName<Rational>({
      s: [1],
      S: [[[q('1/2'), q('1/2'), q(0)]]],
      α: [[[q(0)], [q(0)], [weight]]],
      'ε₀': [q(1)],
      ε: [q('1/100')],
    });
    const atEps = (symbols_: object, candidates: ReturnType<typeof byName<Rational>>) => {
      const inner = apply(conclusion.args[0]!, variable('a', Real)).args[1]!.args[0]!;
      const equality = apply(inner, ε).args[1]!.args[1]!;
      expect(equality.name).toBe('IsMin');
      return exact(cubic, symbols_, { candidates }).truth(equality);
    };
    expect(atEps({ ε: q('1/100') }, witness)).toBe(false);
    // The same S with a vector that is too long is outside V, and refutes nothing.
    const outside = byName<Rational>({ s: [1], S: [[[q(2), q(2), q(0)]]], α: [[[q(0)], [q(0)], [q(1500)]]] });
    expect(atEps({ ε: q('1/100') }, outside)).toBe('undecided');
    // ∃ε₀ cannot be refuted by candidates, but the claim at this ε is.
    expect(exact(cubic, {}, { candidates: witness }).truth(conclusion)).toBe('undecided');
  });
});
