/** The statements of the networks, evaluated exactly on small instances with known truth. */
import { describe, expect, test } from 'vitest';
import { Evaluator } from '../../src/arithmetic/evaluate.ts';
import type { Interpretation, Meaning, PointFunction } from '../../src/arithmetic/meaning.ts';
import { apply, Fin, fun, Real, sum, Vec, variable } from '../../src/kernel/build.ts';
import type { Rational } from '../../src/kernel/rational.ts';
import { unfold } from '../../src/kernel/term.ts';
import { feedforwardData, freeFeedforward } from '../../theorems/feedforward.ts';
import { resultById } from '../../theorems/index.ts';
import { freeResidual, residualData } from '../../theorems/residual.ts';
import { Critical, Loss } from '../../theorems/setting.ts';
import { byName, squaredLoss } from './support/polynomial-problem.ts';
import { q, rationals } from './support/rationals.ts';

type Symbols = Readonly<Record<string, Meaning<Rational>>>;
const evaluator = (symbols: Symbols, extra: Partial<Interpretation<Rational>> = {}) =>
  new Evaluator<Rational>({
    arithmetic: rationals,
    rounding: 'exact',
    meaning: (x) => (Object.hasOwn(symbols, x.name) ? symbols[x.name] : undefined),
    ...extra,
  });
const losses = (targets: readonly (readonly (string | number)[])[]) =>
  targets.map((row) => squaredLoss(rationals, row.map(q)));
const ones = (m: number) => Array.from({ length: m }, () => q(1));

describe('Theorem 3, its network (4.1)', () => {
  const net = freeResidual();
  const D = residualData(net);
  const θ = variable('θ', Vec(D.dθ));
  /** I16: f = W(x + Rz), x = 1, 2, 3, z = 1, 4, 9; one value of u, which z does not use */
  const instance = (targets: number[], point: readonly (string | number)[]): Symbols => ({
    m: 3,
    dx: 1,
    dz: 1,
    dy: 1,
    du: 1,
    x: [1, 2, 3].map((x) => [q(x)]),
    z: [1, 4, 9].map((z) => ({ value: () => [q(z)], partial: () => [q(0)], differentiable: () => true })),
    λ: ones(3),
    ℓ: losses(targets.map((y) => [y])),
    θ: [...point, 0].map(q),
  });

  test('L and its derivatives, by the chain rule through W(x + Rz)', () => {
    const at = evaluator(instance([5, 3, 13], [1, 1]));
    expect(at.real(Loss(D, θ)).toString()).toBe('19');
    expect(at.truth(Critical(D, θ))).toBe(true);
    expect(at.sides(Critical(D, θ)).length).toBe(3);
    const moved = evaluator(instance([5, 3, 13], [1, 2]));
    expect(moved.truth(Critical(D, θ))).toBe(false);
    // W = 1, R = 2: f = x + 2z = 3, 10, 21, residuals −2, 7, 8
    const slopes = moved.sides(Critical(D, θ)).map((line) => String(line.left));
    expect(slopes).toEqual([String(2 * (-2 * 3 + 7 * 10 + 8 * 21)), String(2 * (-2 + 7 * 4 + 8 * 9)), '0']);
  });

  test('I18: a saddle, where a candidate refutes the conclusion at every ε₀ that is tried', () => {
    const { conclusion, hypotheses } = resultById('theorem-3')!.statement();
    const symbols = instance([1, 0, 0], [0, -1]);
    const dimensions = hypotheses.find(({ id }) => id === 'dimensions')!;
    expect(evaluator(symbols).truth(dimensions.term)).toBe(true);
    expect(
      evaluator({
        ...symbols,
        dy: 2,
        ℓ: losses([
          [1, 0],
          [0, 0],
          [0, 0],
        ]),
        θ: [0, 0, -1, 0].map(q),
      }).truth(dimensions.term),
    ).toBe(false);
    // S = ∅ and the best α_w x + α_r z: normal equations 14 w + 36 r = 1, 36 w + 98 r = 1
    const [w, r] = [q('31/38'), q('-11/38')];
    const candidates = byName<Rational>({
      'ε₀': [q(1)],
      ε: [q('1/2')],
      s: [0],
      S: [[]],
      α: [[[], [], []]],
      α_w: [[[w]]],
      α_r: [[[r]]],
    });
    const at = evaluator(symbols, { candidates });
    expect(at.real(Loss(D, θ)).toString()).toBe('1');
    expect(at.truth(conclusion)).toBe('undecided'); // an ∃ without witness
    const ε = variable('ε', Real);
    // The equality at ε = 1/2 alone: ∃ε₀ (0 < ε₀ ∧ ∀ε (0 < ε ⇒ ε < ε₀ ⇒ L(θ) = inf …))
    const forEps = apply(conclusion.args[0]!, variable('ε₀', Real)).args[1]!;
    const equality = apply(forEps.args[0]!, ε).args[1]!.args[1]!;
    expect(equality.name).toBe('IsMin');
    expect(evaluator({ ...symbols, ε: q('1/2') }, { candidates }).truth(equality)).toBe(false);
    expect(evaluator({ ...symbols, ε: q('1/2') }, { infimum: () => q('9/19') }).truth(equality)).toBe(false);
    // Were it 1, α_w = α_r = 0 would attain it; without a point that does, nobody says that it is attained.
    const told = { infimum: () => q(1) };
    const zero = byName<Rational>({ s: [0], S: [[]], α: [[[], [], []]], α_w: [[[q(0)]]], α_r: [[[q(0)]]] });
    const atHalf = (extra: object) =>
      evaluator({ ...symbols, ε: q('1/2') }, { ...told, ...extra }).truth(equality);
    expect(atHalf({})).toBe('undecided');
    expect(atHalf({ candidates: zero })).toBe(true);
    expect(atHalf({ candidates })).toBe('undecided');
  });
});

describe('Theorem 4, its network (4.3)', () => {
  const net = freeFeedforward();
  const D = feedforwardData(net);
  const θ = variable('θ', Vec(D.dθ));
  const { setting, hypotheses, conclusion } = resultById('theorem-4')!.statement();
  const claim = (id: string) => [...setting, ...hypotheses].find((each) => each.id === id)!.term;

  /** Layers of a deep network in exact rationals, from the blocks of θ; activation by layer and unit. */
  function layers(widths: number[], inputs: number[][], activation: (z: Rational) => Rational, fault = 0) {
    const offsets = widths
      .slice(0, -1)
      .map((_, l) => widths.slice(0, l).reduce((total, d, k) => total + d * widths[k + 1]!, 0));
    const at = (l: number, i: number, point: readonly Rational[]): readonly Rational[] => {
      if (l === 0) return inputs[i]!.map(q);
      const below = at(l - 1, i, point);
      return Array.from({ length: widths[l]! }, (_, row) => {
        const z = below.reduce(
          (total, h, column) => total.add(point[offsets[l - 1]! + row * widths[l - 1]! + column]!.mul(h)),
          q(0),
        );
        return activation(z).add(q(l === 1 ? fault : 0));
      });
    };
    return (l: number) =>
      (i: number): PointFunction<Rational> => ({ value: (point) => at(l, i, point) });
  }
  const identity = (z: Rational) => z;
  const relu = (z: Rational) => (z.sign > 0 ? z : q(0));
  const pointwise = (f: (z: Rational) => Rational) => (): PointFunction<Rational> => ({
    value: (z) => z.map(f),
  });

  /** I27: a deep linear network 2-3-2-1 at a local minimum */
  const I27 = {
    m: 3,
    t: 0,
    r: 2,
    d: [2, 3, 2, 1],
    x: [
      [1, 0],
      [0, 1],
      [1, 1],
    ].map((row) => row.map(q)),
    λ: ones(3),
    ℓ: losses([[1], [1], [1]]),
    θ: ['1', '0', '0', '1', '0', '0', '1', '0', '0', '1', '1', '1', '0', '2/3'].map(q),
  };
  const inputs = [
    [1, 0],
    [0, 1],
    [1, 1],
  ];
  const linear: Symbols = {
    ...I27,
    h: layers(I27.d, inputs, identity),
    σ: pointwise(identity),
  };
  const points = [I27.θ, I27.θ.map((x, k) => x.add(q(k)))];

  test('L(θ) = 1/3 through W^(3) h^(2)', () => {
    expect(evaluator(linear).real(Loss(D, θ)).toString()).toBe('1/3');
    expect(evaluator(linear).number(D.dθ)).toBe(14);
    expect(evaluator(linear).number(D.dy)).toBe(1);
  });

  test('the equations of the network hold at every θ tried, and a fault in a layer is found', () => {
    const candidates = byName<Rational>({ θ: points, z: [[q(1), q(-2), q(3)]], "z'": [[q(1), q(5), q(3)]] });
    expect(evaluator(linear, { candidates }).truth(claim('network'))).toBe('undecided');
    const faulty = { ...linear, h: layers(I27.d, inputs, identity, 1) };
    expect(evaluator(faulty, { candidates }).truth(claim('network'))).toBe(false);
    const rectified = { ...linear, h: layers(I27.d, inputs, relu), σ: pointwise(relu) };
    const negative = { candidates: byName<Rational>({ θ: [I27.θ.map((x) => x.neg())] }) };
    expect(evaluator(rectified, negative).truth(claim('network'))).toBe('undecided');
    expect(evaluator({ ...rectified, σ: pointwise(identity) }, negative).truth(claim('network'))).toBe(false);
  });

  test('σ that mixes coordinates is found', () => {
    const width = (n: number) => ({ length: n });
    const candidates = ({ name, sizes }: { name: string; sizes: readonly number[] }) =>
      name === 'z' || name === "z'"
        ? [Array.from(width(sizes[0]!), () => q(1)), Array.from(width(sizes[0]!), (_, k) => q(k + 1))]
        : [];
    expect(evaluator(linear, { candidates }).truth(claim('coordinatewise'))).toBe('undecided');
    const mixing = () => ({ value: (z: readonly Rational[]) => z.map(() => z.reduce((a, b) => a.add(b))) });
    expect(evaluator({ ...linear, σ: mixing }, { candidates }).truth(claim('coordinatewise'))).toBe(false);
  });

  test('θ ∈ Θ_{dy,t} with every unit linear; a condition 3 that fails is found', () => {
    const full = [[], [q(1), q(1), q(1)], [q(1), q(1)]];
    const parts = (J: Meaning<Rational>) => {
      const member = apply(
        claim('locally-linear').args[0]!,
        variable('J', claim('locally-linear').args[0]!.sort.domain!),
      );
      const at = evaluator({ ...linear, J }, { candidates: byName<Rational>({ ε: [q(1)], "θ'": points }) });
      const [large, rest] = member.args as readonly [typeof member, typeof member];
      return [large, ...rest.args].map((part) => at.truth(part));
    };
    // The condition on a whole ball is sampled, so it stays undecided; the other two are decided.
    expect(parts(full)).toEqual([true, 'undecided', true]);
    expect(parts([[], [q(0), q(0), q(0)], [q(1), q(1)]])).toEqual([false, 'undecided', true]);
    expect(parts([[], [q(2), q(1), q(1)], [q(1), q(1)]])[0]).toBe(false);
    // Unit 1 of layer 2 outside J, all of layer 1 inside: W^(2)_11 = 1 ≠ 0.
    expect(parts([[], [q(1), q(1), q(1)], [q(0), q(1)]])).toEqual([true, 'undecided', false]);
  });

  test('the conclusion binds what the paper binds', () => {
    expect(conclusion.name).toBe('exists');
    const equality = apply(
      apply(conclusion.args[0]!, variable('a', Real)).args[1]!.args[0]!,
      variable('ε', Real),
    );
    expect(equality.args[1]!.args[1]!.name).toBe('IsMin');
  });
});

test('Assumption 2 on I01, with g(θ) = θ as witness, and refuted where no g helps', () => {
  const { conclusion } = resultById('assumption-2')!.statement();
  const model = (constant: number) =>
    [0, 1, 2].map(
      (x): PointFunction<Rational> => ({
        value: ([a, b]) => [a!.add(b!.mul(q(x))).add(q(constant))],
        partial: (_, k) => [q(k === 0 ? 1 : x)],
        differentiable: () => true,
      }),
    );
  const g: PointFunction<Rational> = { value: (θ) => θ };
  const candidates = byName<Rational>({ g: [g], θ: [[q(3), q(5)]] });
  const at = (constant: number) => {
    const symbols = { m: 3, dθ: 2, dy: 1, f: model(constant) };
    // Without the ∃, so that g = id is the one that is judged.
    const body = apply(conclusion.args[0]!, variable('g', conclusion.args[0]!.sort.domain!));
    return evaluator({ ...symbols, g }, { candidates }).truth(body);
  };
  expect(at(0)).toBe('undecided');
  expect(at(1)).toBe(false);
});

test('definitions evaluate as their unfoldings', () => {
  const n = variable('n', residualData(freeResidual()).m.sort);
  const v = variable('v', Vec(n));
  const term = sum('k', n, (k) => apply(v, k));
  expect(
    evaluator({ n: 2, v: [q(1), q(2)] })
      .real(term)
      .toString(),
  ).toBe('3');
  const θ = variable('θ', Vec(residualData(freeResidual()).dθ));
  const D = residualData(freeResidual());
  const symbols = {
    m: 1,
    dx: 1,
    dz: 1,
    dy: 1,
    du: 0,
    x: [[q(2)]],
    z: [{ value: () => [q(5)] }],
    λ: ones(1),
    ℓ: losses([[1]]),
    θ: [q(3), q(7)],
  };
  const at = evaluator(symbols);
  expect(at.real(Loss(D, θ)).equals(at.real(unfold(Loss(D, θ))))).toBe(true);
  expect(at.real(Loss(D, θ)).toString()).toBe(String((3 * (2 + 7 * 5) - 1) ** 2));
  expect(at.vector(fun('k', Fin(D.dθ), (k) => apply(θ, k))).map(String)).toEqual(['3', '7']);
});
