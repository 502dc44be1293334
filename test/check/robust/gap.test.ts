import { describe, expect, it } from 'vitest';
import { intervalArithmetic as A } from '../../../src/certified/interval.ts';
import { createContext } from '../../../src/check/context.ts';
import { perturbedSpan } from '../../../src/check/perturbation/span.ts';
import { type Family, gapAt, gapOnUnitBall } from '../../../src/check/robust/gradient-inequality.ts';
import { perturbedBounds } from '../../../src/check/robust/perturbed-bounds.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { leastSquaresMinimum } from '../oracle/elimination.ts';
import { bounds } from '../oracle/judge.ts';
import { lossAt, outputsAt, thetaAt } from '../oracle/local-minima.ts';
import { integer, pick } from '../oracle/models.ts';
import { movedTo } from '../oracle/newton.ts';
import { inner, r } from '../oracle/numbers.ts';
import { scenario } from '../oracle/scenario.ts';
import { asObject, exactForces, exactLoss, outputsAlong, type PlainInstance } from '../oracle/truth.ts';

type Vector = readonly Rational[];
const enclose = (value: Rational) => A.rational(value);
/** EVERYMIN_CHECK_FUZZ widens the search. */
const COUNT = Number(process.env.EVERYMIN_CHECK_FUZZ ?? 36);

/** ∂_k f_X(θ), one row for each entry of f_X, by brute force. */
function jacobian(instance: PlainInstance, theta: Vector): Rational[][] {
  const there = movedTo(instance, theta);
  const columns = theta.map((_, k) =>
    outputsAlong(
      there,
      theta.map((_, j) => r(j === k ? 1 : 0)),
    ).map(({ slope }) => slope),
  );
  return columns[0]!.map((_, row) => columns.map((column) => column[row]!));
}

const times = (rows: readonly Vector[], x: Vector): Rational[] => rows.map((row) => inner(row, x));
const transposedTimes = (rows: readonly Vector[], y: Vector): Rational[] =>
  rows[0]!.map((_, j) => rows.reduce((sum, row, i) => sum.add(row[j]!.mul(y[i]!)), Rational.zero));
const shifted = (theta: Vector, s: Rational, v: Vector): Rational[] =>
  theta.map((value, k) => value.add(s.mul(v[k]!)));

describe('gapAt bounds L(θ) − L̃(α) for any S, on the fibre or off it (R2 in full)', () => {
  const random = generator(501);
  interface Trial {
    readonly gap: Rational;
    readonly bound: (mutate?: Mutation) => number;
  }
  interface Mutation {
    readonly pull?: number;
    readonly slack?: number;
    readonly offset?: number;
  }
  const trials: Trial[] = [];
  for (let k = 0; trials.length < 300 && k < 3000; k++) {
    const { instance, truth } = scenario(random);
    if (instance.loss.type !== 'squared' || truth.kink || truth.f.length > 8) continue;
    const theta = thetaAt(instance);
    const G = exactForces(instance, truth.f)!;
    const n = theta.length;
    // γ with or without a remainder ρ; S of any vectors, whether or not f stays.
    const kind = k % 4;
    const gamma = kind !== 1 && truth.gamma ? truth.gamma : theta.map(() => r(0));
    const rho = truth.f.map((value, i) => value.sub(inner(truth.J[i]!, gamma)));
    // A short step down the gradient is where the bound is sharp.
    const gradient = transposedTimes(truth.J, G);
    const short = r(pick(random, ['1e-9', '1/1000']));
    const alpha0 = kind === 0 ? shifted(gamma, short.neg(), gradient) : gamma;
    const S = kind >= 2 ? [theta.map(() => r(pick(random, ['0', '1/3', '-1/2'])))] : [];
    const epsilon = r(pick(random, ['1/100', '1']));
    const beta = r(2).mul(instance.weights.reduce((a, b) => (a.cmp(b) > 0 ? a : b)));
    const families: Family[] = [{ name: '‖∇L‖', pull: gradient.map(enclose), reference: gamma.map(enclose) }];
    const alpha: Vector[] = [alpha0];
    let model = times(truth.J, alpha0);
    for (const v of S) {
      const there = shifted(theta, epsilon, v);
      const J = jacobian(instance, there);
      const f = outputsAt(instance, there);
      const pull = transposedTimes(J, exactForces(instance, f)!);
      const delta = Math.sqrt(f.reduce((sum, value, i) => sum + value.sub(truth.f[i]!).toNumber() ** 2, 0));
      const size = Math.sqrt(J.flat().reduce((sum, value) => sum + value.toNumber() ** 2, 0));
      const slack = beta.toNumber() * size * delta * (1 + 1e-12);
      families.push({ name: 'g', pull: pull.map(enclose), slack });
      // Along what the forces G pull on, where the drift of the forces matters.
      const direction = transposedTimes(J, G);
      alpha.push(direction.map((value) => value.mul(short).neg()));
      model = model.map((value, i) => value.add(inner(J[i]!, alpha.at(-1)!)));
    }
    const gap = lossAt(instance, theta)!.sub(exactLoss(instance, model)!);
    const norm = (v: Vector) => Math.sqrt(v.reduce((sum, value) => sum + value.toNumber() ** 2, 0));
    const offset = norm(G) * norm(rho) * (1 + 1e-12);
    if (!Number.isFinite(offset) || n === 0 || gap.abs().toNumber() > 1e12) continue;
    trials.push({
      gap,
      bound: ({ pull = 1, slack = 1, offset: part = 1 } = {}) =>
        gapAt(
          families.map((family) => ({
            ...family,
            pull: family.pull.map((entry) => A.mul(entry, A.float(pull))),
            slack: (family.slack ?? 0) * slack,
          })),
          alpha.map((each) => each.map(enclose)),
          offset * part,
        ),
    });
  }

  it('on every instance', () => {
    expect(trials.length).toBe(300);
    expect(trials.filter(({ gap }) => gap.sign > 0).length).toBeGreaterThan(60);
    for (const { gap, bound } of trials) expect(r(bound()).cmp(gap)).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['‖∇L‖ halved', { pull: 0.5 }],
    ['βλ_max‖J‖δ left out', { slack: 0 }],
    ['‖G‖‖ρ‖ left out', { offset: 0 }],
  ] as const)('is no bound with %s', (_, mutation) => {
    expect(trials.some(({ gap, bound }) => r(bound(mutation)).cmp(gap) < 0)).toBe(true);
  });
});

describe('the bounds of a report against the exact gap', () => {
  const random = generator(502);
  const seen = { R2: 0, "R2'": 0, fibre: 0 };
  const sharp: Record<string, boolean> = {};

  it(`R2 and R2′ hold on ${COUNT} instances, S as it was found`, async () => {
    for (let k = 0; k < COUNT * 4 && seen.R2 < COUNT; k++) {
      const { instance, truth } = scenario(random);
      if (instance.loss.type !== 'squared' || truth.kink || !truth.gamma) continue;
      const context = createContext(await instanceFromObject(asObject(instance, 'robust') as never));
      const epsilon = r('1/100');
      const set = perturbedSpan(context, epsilon, truth.f.length)?.set ?? [];
      const gamma = truth.gamma.map(enclose);
      const found = perturbedBounds(context, { id: 'R2', set, epsilon, features: [], gamma });
      if (found.length === 0) continue;
      const theta = thetaAt(instance);
      const blocks = [theta, ...set.map((v) => shifted(theta, epsilon, v))].map((at) =>
        jacobian(instance, at),
      );
      const rows = blocks[0]!.map((_, i) => blocks.flatMap((block) => block[i]!));
      const dy = instance.model.outputs;
      const weights = instance.targets.flatMap((row, i) => row.map(() => instance.weights[i]!));
      const least = leastSquaresMinimum(rows, rows[0]!.length, instance.targets.flat(), weights);
      const gap = lossAt(instance, theta)!.sub(least);
      expect(dy * instance.targets.length).toBe(rows.length);
      for (const { id, bound } of found) {
        // ‖q − y‖² written as an expression has no minimiser that is known.
        if (!bound) continue;
        seen[id as keyof typeof seen]++;
        if (set.length > 0) seen.fibre++;
        const { lower, upper } = bounds(bound);
        expect(upper!.cmp(gap)).toBeGreaterThanOrEqual(0);
        if (lower && id === "R2'") expect(lower.cmp(gap)).toBeLessThanOrEqual(0);
        // A quadratic loses half of what its gradient promises, so R2 is sharp up to the factor 2.
        const factor = id === 'R2' ? '0.49' : '0.99';
        if (gap.sign > 0 && upper!.mul(r(factor)).cmp(gap) < 0) sharp[id] = true;
      }
    }
    expect(seen.R2).toBeGreaterThanOrEqual(COUNT);
    expect(seen["R2'"]).toBeGreaterThan(COUNT / 4);
    expect(seen.fibre).toBeGreaterThan(0);
    expect(sharp).toEqual({ R2: true, "R2'": true });
  }, 120_000);
});

it('gapOnUnitBall is attained by a linear loss, and half of it is passed', () => {
  const random = generator(503);
  for (let k = 0; k < 50; k++) {
    const pulls = Array.from({ length: integer(random, 1, 3) }, () =>
      Array.from({ length: integer(random, 1, 4) }, () => integer(random, -5, 5)),
    );
    const families = pulls.map((pull) => ({ name: 'g', pull: pull.map((value) => A.float(value)) }));
    const norm = Math.hypot(...pulls.flat());
    expect(gapOnUnitBall(families)).toBeGreaterThanOrEqual(norm * (1 - 1e-15));
    expect(gapOnUnitBall(families)).toBeLessThanOrEqual(norm * (1 + 1e-12) + 1e-150);
  }
});
