import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import type { ObligationReport } from '../../src/check/report.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';
import { kinkWitnessHolds } from './oracle/judge.ts';
import { criticalPointNear, movedTo, thetaOf } from './oracle/newton.ts';
import { decimal, inner, r, sumOf } from './oracle/numbers.ts';
import { type Scenario, scenario } from './oracle/scenario.ts';
import {
  asObject,
  coordinates,
  outputsAlong,
  type PlainInstance,
  transposed,
  truthOf,
} from './oracle/truth.ts';

/** Replays of what an obligation leaves as evidence: written here from the mathematics, with nothing of the engine. */

const texts = (value: unknown): Rational[] => (value as string[]).map((text) => r(text));
const width = ({ instance }: Scenario) => coordinates(instance).length;

/** vᵀJ = 0 and vᵀf ≠ 0: f_X(θ) is not in range J(θ). */
function separates(vector: readonly Rational[], { truth, instance }: Scenario): boolean {
  return (
    vector.length === truth.f.length &&
    transposed(truth.J, coordinates(instance).length).every((column) => inner(column, vector).isZero) &&
    !inner(vector, truth.f).isZero
  );
}

/** J·c = f_X(θ). */
const represents = (c: readonly Rational[], { truth }: Scenario): boolean =>
  truth.J.every((row, i) => row.length === c.length && inner(row, c).equals(truth.f[i]!));

/** f_X(θ) = Σ γ_k ∂_k f_X(θ) at this θ, for the γ of a certificate; f'(θ; γ) where f is only directionally differentiable. */
function eulerHolds(instance: PlainInstance, gamma: readonly Rational[]): boolean {
  return outputsAlong(instance, gamma).every(({ value, slope }) => value.equals(slope));
}

/** γ_k = w_k θ_k / d, from weights by position among all parameters. */
function homogeneousGamma(certificate: unknown, instance: PlainInstance): Rational[] {
  const { weights, degree } = certificate as {
    weights: readonly { offset: number; length: number; weight: string }[];
    degree: string;
  };
  const all = instance.model.blocks.flatMap(({ name }) =>
    instance.parameters.get(name)!.map((value, index) => ({ name, index, value })),
  );
  const gamma = all.map(({ value }, k) => {
    const range = weights.find(({ offset, length }) => k >= offset && k < offset + length);
    return range ? r(range.weight).mul(value).div(r(degree)) : Rational.zero;
  });
  // A weight on a parameter that is not trainable is no evidence.
  return all.flatMap(({ name, value }, k) => {
    if (instance.trainable.includes(name)) return [gamma[k]!];
    if (
      !gamma[k]!.isZero ||
      weights.some(({ offset, length }) => k >= offset && k < offset + length && !value.isZero)
    )
      throw new Error('a weight on a constant');
    return [];
  });
}

type Polynomial = readonly (readonly [
  coefficient: string,
  monomial: readonly (readonly [string, number])[],
])[];

/** γ_k = numerator_k(θ)/denominator(θ). */
function identityGamma(certificate: unknown, instance: PlainInstance): Rational[] {
  const { numerators, denominator } = certificate as {
    numerators: readonly Polynomial[];
    denominator: Polynomial;
  };
  const all = instance.model.blocks.flatMap(({ name }) => instance.parameters.get(name)!);
  const at = (polynomial: Polynomial) =>
    sumOf(
      polynomial.map(([coefficient, monomial]) =>
        monomial.reduce(
          (product, [name, power]) => product.mul(all[Number(name.replace('theta:', ''))]!.pow(power)),
          r(coefficient),
        ),
      ),
    );
  return numerators.map((numerator) => at(numerator).div(at(denominator)));
}

interface Collected {
  readonly scenario: Scenario;
  readonly obligation: ObligationReport;
}

const kindOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
const sidesOf = (witness: unknown): boolean =>
  typeof witness === 'object' && witness !== null && 'left' in witness;
const mutate = (values: readonly Rational[], k: number): Rational[] =>
  values.map((value, i) => (i === k ? value.add(r('1/7')) : value));

describe('evidence replayed', () => {
  const found = new Map<string, Collected[]>();
  const of = (kind: string): Collected[] => found.get(kind) ?? [];

  beforeAll(async () => {
    const keep = (kind: string, each: Collected) => {
      const list = found.get(kind) ?? [];
      list.push(each);
      found.set(kind, list);
    };
    for (let k = 0; k < 400; k++) {
      const each = scenario(generator(50_000 + k));
      const report = await check(await instanceFromObject(asObject(each.instance, `${k}`)), {
        point: 'given',
        results: ['theorem-1'],
      });
      for (const obligation of report.results[0]!.obligations) {
        const { id, status, witness, certificate } = obligation;
        if (id === 'differentiable' && status === 'fails') keep('kink', { scenario: each, obligation });
        if (id === 'critical' && status === 'fails') keep('gradient', { scenario: each, obligation });
        if (id === 'conclusion' && status === 'fails' && sidesOf(witness))
          keep('sides', { scenario: each, obligation });
        for (const kind of [kindOf(witness), kindOf(certificate)])
          if (kind !== '') keep(kind, { scenario: each, obligation });
        if (status === 'fails') expect(witness, id).not.toBeNull();
      }
    }
  }, 120_000);

  it('kinks: the one-sided slopes do not match', () => {
    expect(of('kink').length).toBeGreaterThan(10);
    for (const { scenario: each, obligation } of of('kink')) {
      const witness = obligation.witness as Record<string, unknown>;
      expect(kinkWitnessHolds(witness, each)).toBe(true);
      const direction = texts(witness.direction);
      const still = direction.map(() => '0');
      expect(kinkWitnessHolds({ ...witness, direction: still }, each)).toBe(false);
      expect(kinkWitnessHolds({ ...witness, direction: direction.slice(1).map(String) }, each)).toBe(false);
      expect(kinkWitnessHolds({ ...witness, forward: `${r(String(witness.forward)).add(r(1))}` }, each)).toBe(
        false,
      );
      expect(kinkWitnessHolds({ ...witness, sample: 99 }, each)).toBe(false);
    }
  });

  it('left null vectors: orthogonal to J, not to f', () => {
    expect(of('left-null-vector').length).toBeGreaterThan(10);
    for (const { scenario: each, obligation } of of('left-null-vector')) {
      const vector = texts((obligation.witness as { vector: unknown }).vector);
      expect(separates(vector, each)).toBe(true);
      expect(
        separates(
          vector.map(() => Rational.zero),
          each,
        ),
      ).toBe(false);
      const row = each.truth.J.findIndex((entries) => entries.some((entry) => !entry.isZero));
      if (row >= 0) expect(separates(mutate(vector, row), each)).toBe(false);
    }
  });

  it('combinations: J·c = f', () => {
    expect(of('combination').length).toBeGreaterThan(5);
    for (const { scenario: each, obligation } of of('combination')) {
      const c = texts((obligation.certificate as { coefficients: unknown }).coefficients);
      expect(represents(c, each)).toBe(true);
      const column = transposed(each.truth.J, width(each)).findIndex((entries) =>
        entries.some((entry) => !entry.isZero),
      );
      if (column >= 0) expect(represents(mutate(c, column), each)).toBe(false);
    }
  });

  it('homogeneity: Euler’s identity at this θ and at others', () => {
    expect(of('homogeneity').length).toBeGreaterThan(60);
    let refused = 0;
    const random = generator(4);
    for (const { scenario: each, obligation } of of('homogeneity')) {
      const { instance } = each;
      expect(eulerHolds(instance, homogeneousGamma(obligation.certificate, instance))).toBe(true);
      const theta = coordinates(instance).map(() => r(Math.round(random() * 40 - 20) / 8));
      const elsewhere = movedTo(instance, theta);
      expect(eulerHolds(elsewhere, homogeneousGamma(obligation.certificate, elsewhere))).toBe(true);
      const { weights } = obligation.certificate as { weights: { weight: string }[] };
      const wrong = {
        ...(obligation.certificate as object),
        weights: weights.map((range) => ({ ...range, weight: `${r(range.weight).add(r(1))}` })),
      };
      if (!eulerHolds(elsewhere, homogeneousGamma(wrong, elsewhere))) refused++;
    }
    expect(refused).toBeGreaterThan(of('homogeneity').length / 2);
  });

  it('identities: f = Σ g_k ∂_k f at this θ and at others', async () => {
    expect(of('identity').length).toBeGreaterThan(1);
    const random = generator(5);
    for (const { scenario: each, obligation } of of('identity')) {
      const { instance } = each;
      expect(eulerHolds(instance, identityGamma(obligation.certificate, instance))).toBe(true);
      const theta = coordinates(instance).map(() => r(Math.round(random() * 40 - 20) / 8));
      const elsewhere = movedTo(instance, theta);
      const gamma = identityGamma(obligation.certificate, elsewhere);
      expect(eulerHolds(elsewhere, gamma)).toBe(true);
      const { J } = truthOf(elsewhere, random, 0);
      const column = transposed(J, gamma.length).findIndex((entries) =>
        entries.some((entry) => !entry.isZero),
      );
      if (column >= 0) expect(eulerHolds(elsewhere, mutate(gamma, column))).toBe(false);
    }
  });

  it('derivatives of L that are not 0', async () => {
    expect(of('gradient').length).toBeGreaterThan(60);
    let exact = 0;
    for (const { scenario: each, obligation } of of('gradient')) {
      const { parameter, derivative } = obligation.witness as { parameter: string; derivative: string };
      const k = coordinates(each.instance).findIndex(({ block, index }) => {
        const { shape } = each.instance.model.blocks.find(({ name }) => name === block)!;
        const place =
          shape.length === 0
            ? ''
            : shape.length === 1
              ? `[${index}]`
              : `[${Math.floor(index / shape[1]!)}][${index % shape[1]!}]`;
        return parameter === `${block}${place}`;
      });
      expect(k, parameter).toBeGreaterThanOrEqual(0);
      if (each.truth.gradient) {
        exact++;
        expect(each.truth.gradient[k]!.isZero).toBe(false);
        expect(each.truth.gradient[k]!.equals(r(derivative))).toBe(true);
      }
    }
    expect(exact).toBeGreaterThan(40);
  });

  it('two sides that differ', () => {
    expect(of('sides').length).toBeGreaterThan(5);
    for (const { scenario: each, obligation } of of('sides')) {
      const { left, right } = obligation.witness as { left: string | number; right: string | number };
      if (typeof left !== 'string' || typeof right !== 'string') continue;
      expect(r(left).equals(each.truth.loss!)).toBe(true);
      expect(r(right).equals(each.truth.infimum!)).toBe(true);
    }
  });
});

describe('Krawczyk radii replayed by Newton’s method in 80 digits', () => {
  const build = (a: number, b: number): PlainInstance => ({
    model: {
      spec: { type: 'expression', inputs: ['x'], parameters: ['a', 'b'], outputs: ['a*tanh(b*x) + b'] },
      inputs: 1,
      outputs: 1,
      blocks: [
        { name: 'a', shape: [] },
        { name: 'b', shape: [] },
      ],
      forward: (A, parameter, [x]) => [
        A.add(A.mul(parameter('a')[0]!, A.tanh(A.mul(parameter('b')[0]!, x!))), parameter('b')[0]!),
      ],
    },
    loss: { type: 'squared' },
    inputs: [[r(1)], [r(-2)], [r('1/2')]],
    targets: [[r(1)], [r('1/2')], [r(2)]],
    weights: [r(1), r(1), r(2)],
    parameters: new Map([
      ['a', [r(a)]],
      ['b', [r(b)]],
    ]),
    trainable: ['a', 'b'],
  });
  const start = criticalPointNear(build(0.6, 1.1), thetaOf(build(0.6, 1.1)), [], 20)!;
  const report = async (instance: PlainInstance) =>
    (await check(await instanceFromObject(asObject(instance, 'krawczyk')))).results
      .find(({ result }) => result === 'theorem-1')!
      .obligations.find(({ id }) => id === 'critical')!;
  const inside = (instance: PlainInstance, radii: readonly number[]): boolean => {
    const theta = thetaOf(instance);
    const zero = criticalPointNear(instance, theta);
    return (
      zero?.every((value, k) =>
        value
          .sub(theta[k]!)
          .abs()
          .lte(decimal(r(radii[k]!))),
      ) ?? false
    );
  };

  it.each([0, 1e-12, 1e-9, 1e-7])('moved by %s', async (push) => {
    const instance = build(start[0]!.toNumber() + push, start[1]!.toNumber() - push);
    const found = await report(instance);
    expect(found.status).toBe('holds');
    expect(found.tier).toBe('certified');
    const { kind, radii } = found.certificate as { kind: string; radii: number[] };
    expect(kind).toBe('krawczyk');
    expect(radii).toHaveLength(2);
    expect(inside(instance, radii)).toBe(true);
    expect(Math.max(...radii)).toBeLessThan(1e-6);
    // Radii that are too small are refused by the replay.
    expect(
      inside(
        instance,
        radii.map((each) => each * 1e-4),
      ),
    ).toBe(false);
  });

  it.each([1e-3, 0.1])('moved by %s: not critical, and nothing is enclosed', async (push) => {
    const found = await report(build(start[0]!.toNumber() + push, start[1]!.toNumber() - push));
    expect(found.status).toBe('fails');
  });
});
