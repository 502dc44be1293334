import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as CurveModule from '../../src/check/local-minimum/descent-curve.ts';
import type * as HessianModule from '../../src/check/local-minimum/exact-hessian.ts';
import type * as SpanModule from '../../src/check/perturbation/span.ts';
import type * as AffineModule from '../../src/check/structure/affine.ts';
import type * as ImageModule from '../../src/check/structure/image-subspace.ts';
import type * as UnitsModule from '../../src/check/structure/linear-units.ts';
import type * as LinearAlgebra from '../../src/exact/linear-algebra.ts';
import type * as PolynomialModule from '../../src/exact/polynomial-arithmetic.ts';
import { generator } from '../random.ts';
import { leastSquaresMinimum } from './oracle/elimination.ts';
import { instanceOf } from './oracle/handmade.ts';
import { falseWitness, lossAt, lowerPoint, type PerturbedReport, thetaAt } from './oracle/local-minima.ts';
import { integer, mlpCase, pick, type Random } from './oracle/models.ts';
import { r } from './oracle/numbers.ts';
import { asObject, type PlainInstance } from './oracle/truth.ts';

type Engine = {
  readonly check: typeof import('../../src/check/index.ts').check;
  readonly instanceFromObject: typeof import('../../src/instance/load.ts').instanceFromObject;
};
const engine = async (): Promise<Engine> => ({
  check: (await import('../../src/check/index.ts')).check,
  instanceFromObject: (await import('../../src/instance/load.ts')).instanceFromObject,
});

const reportsOf = async (
  { check, instanceFromObject }: Engine,
  spec: object,
  results: readonly string[],
  options: object = {},
): Promise<(PerturbedReport & { readonly t?: number; readonly tier: string })[]> =>
  (await check(await instanceFromObject(spec as never), { results, ...options })).results as never;

const statusOf = (report: PerturbedReport, id: string) => report.obligations.find((each) => each.id === id)!;

/** A deep linear network with widths ≥ dy, where a local minimum is a global one (Theorem 4 at t = 0). */
function deepLinear(random: Random): { instance: PlainInstance; best: string } {
  const H = integer(random, 1, 2);
  const dy = pick(random, [1, 1, 2]);
  const dx = integer(random, 1, 2);
  const widths = [...Array.from({ length: H }, () => integer(random, dy, 2)), dy];
  const model = mlpCase(
    dx,
    widths.map((units) => ({
      units,
      activations: Array.from({ length: units }, () => 'identity' as const),
      bias: false,
    })),
  );
  const zeroLayers = random() < 0.4;
  const parameters = new Map(
    model.blocks.map(({ name, shape }) => [
      name,
      Array.from({ length: shape[0]! * shape[1]! }, () =>
        zeroLayers && random() < 0.7 ? r(0) : r(pick(random, [0, 1, -1, 2, '1/2'])),
      ),
    ]),
  );
  const m = integer(random, dx, 3);
  const inputs = Array.from({ length: m }, () =>
    Array.from({ length: dx }, () => r(pick(random, [0, 1, 2, -1]))),
  );
  // The last input is minus the sum of the others, so residuals (1, …, 1) are orthogonal to every linear function.
  inputs.push(Array.from({ length: dx }, (_, j) => inputs.reduce((sum, x) => sum.sub(x[j]!), r(0))));
  const weights = inputs.map(() => r(1));
  const draft: PlainInstance = {
    model,
    loss: { type: 'squared' },
    inputs,
    weights,
    parameters,
    targets: inputs.map(() => widths.slice(-1).flatMap((n) => Array.from({ length: n }, () => r(0)))),
    trainable: model.blocks.map(({ name }) => name),
  };
  const optimal = random() < 0.5;
  const f = inputs.map((x) => model.forward(plainNumbers, (name) => parameters.get(name)!, x));
  const targets = f.map((row) =>
    row.map((value) => (optimal ? value.sub(r(1)) : r(pick(random, [0, 1, -1, 2])))),
  );
  const instance = { ...draft, targets };
  const best = Array.from({ length: dy }, (_, j) =>
    leastSquaresMinimum(
      inputs,
      dx,
      targets.map((row) => row[j]!),
      weights,
    ),
  ).reduce((sum, each) => sum.add(each));
  return { instance, best: best.toString() };
}

const plainNumbers = {
  of: (value: ReturnType<typeof r>) => value,
  add: (a: ReturnType<typeof r>, b: ReturnType<typeof r>) => a.add(b),
  mul: (a: ReturnType<typeof r>, b: ReturnType<typeof r>) => a.mul(b),
} as never;

/** f = w_3 w_2 w_1 x at one sample x = y = 1. */
function chain(values: readonly (number | string)[]): PlainInstance {
  const model = mlpCase(
    1,
    values.map(() => ({ units: 1, activations: ['identity' as const], bias: false })),
  );
  return {
    model,
    loss: { type: 'squared' },
    inputs: [[r(1)]],
    targets: [[r(1)]],
    weights: [r(1)],
    parameters: new Map(values.map((value, l) => [`W${l + 1}`, [r(value)]])),
    trainable: model.blocks.map(({ name }) => name),
  };
}

/** What an engine says wrongly of deep linear networks, where the truth is exact least squares, and of a few by hand. */
async function campaign(
  each: Engine,
  count: number,
): Promise<{ faults: string[]; counts: Record<string, number> }> {
  const random = generator(81);
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  for (let k = 0; k < count; k++) {
    const { instance, best } = deepLinear(random);
    const global = lossAt(instance, thetaAt(instance))!.toString() === best;
    const reports = await reportsOf(each, asObject(instance, `deep ${k}`), ['theorem-2', 'theorem-4']);
    for (const report of reports) {
      const where = `${k}, ${report.result}${report.t === undefined ? '' : ` t = ${report.t}`}`;
      const local = statusOf(report, 'local-minimum');
      counts[`${global ? 'global' : 'not'}: ${local.status}`] =
        (counts[`${global ? 'global' : 'not'}: ${local.status}`] ?? 0) + 1;
      if (local.status === 'holds' && !global)
        faults.push(`${where}: no local minimum, the least value is ${best}`);
      if (local.status === 'fails' && global) faults.push(`${where}: a global minimum is refuted`);
      const wrong = local.status === 'fails' ? falseWitness(instance, local.witness) : undefined;
      if (wrong) faults.push(`${where}: ${wrong}`);
      if (report.verdict === 'contradiction') faults.push(`${where}: a contradiction`);
      if (report.result === 'theorem-4') {
        // Everything is linear, so every unit is in J, and the infimum with h^(0) is that of least squares.
        if (statusOf(report, 'locally-linear').status !== 'holds')
          faults.push(`${where}: not locally linear`);
        const right = report.right as { exact?: string; upper?: number } | undefined;
        if (report.t === 0 && right?.exact !== best)
          faults.push(`${where}: right side ${JSON.stringify(right)}, not ${best}`);
      }
      const conclusion = statusOf(report, 'conclusion').status;
      if (global && conclusion === 'fails') faults.push(`${where}: the conclusion fails at a global minimum`);
      if (report.t === 0 && !global && conclusion === 'holds')
        faults.push(`${where}: the conclusion holds, but some α_x does better`);
    }
  }
  for (const values of [
    [0, 0, 0],
    [0, 0, 3],
    [0, 2, 0],
  ]) {
    const instance = chain(values);
    const [report] = await reportsOf(each, asObject(instance, 'chain'), ['theorem-2']);
    const local = statusOf(report!, 'local-minimum');
    if (local.status !== 'fails') faults.push(`chain ${values}: local minimum ${local.status}`);
    else if (falseWitness(instance, local.witness))
      faults.push(`chain ${values}: ${falseWitness(instance, local.witness)}`);
  }
  for (const [outputs, parameters, y, status] of [
    ['t^2', { t: 0 }, -1, 'holds'],
    ['a*relu(b)', { a: 0, b: 0 }, 1, 'fails'],
    ['a*b*c', { a: 0, b: 0, c: 0 }, 1, 'fails'],
    ['t^3', { t: 0 }, 1, 'fails'],
    ['t^4', { t: 0 }, 1, 'fails'],
    ['t^2*u^2', { t: 0, u: 0 }, -1, 'not fails'],
    ['t^2', { t: 0 }, 1, 'fails'],
    ['abs(t)', { t: 0 }, 1, 'fails'],
    ['abs(t)', { t: 0 }, -1, 'not fails'],
  ] as const) {
    const [report] = await reportsOf(each, instanceOf([outputs], parameters, [[1]], [[y]]), ['theorem-2']);
    const found = statusOf(report!, 'local-minimum').status;
    const right = status === 'not fails' ? found !== 'fails' : found === status;
    if (!right) faults.push(`${outputs}, y = ${y}: local minimum ${found}`);
  }
  const relu = {
    everymin: 1,
    model: { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: ['identity', 'relu'] }, { units: 1 }] },
    loss: { type: 'squared' },
    data: { inputs: [[1], [-1]], targets: [[3], [-1]] },
    parameters: { W1: [[1], [1]], W2: [[1, 1]] },
  };
  const [nonlinear] = await reportsOf(each, { ...relu, t: 0 }, ['theorem-4']);
  const sets = (statusOf(nonlinear!, 'locally-linear') as { certificate?: { sets?: unknown } }).certificate
    ?.sets;
  if (JSON.stringify(sets) !== '[{"layer":1,"units":[0]}]') faults.push(`J^(1) is ${JSON.stringify(sets)}`);
  return { faults, counts };
}

describe('deep linear networks, against exact least squares', () => {
  let found: Awaited<ReturnType<typeof campaign>>;
  beforeAll(async () => {
    found = await campaign(await engine(), 40);
  }, 300_000);

  it('says nothing that is not so', () => {
    expect(found.faults).toEqual([]);
  });

  it('decides', () => {
    const { counts } = found;
    expect(counts['global: holds']).toBeGreaterThan(20);
    expect(counts['not: fails']).toBeGreaterThan(20);
    expect((counts['global: undecided'] ?? 0) + (counts['not: undecided'] ?? 0)).toBeLessThan(10);
  });
});

describe('what a report may not say', () => {
  let each: Engine;
  beforeAll(async () => {
    each = await engine();
  });

  const resnet = (parameters: object, more: object = {}) => ({
    everymin: 1,
    model: {
      type: 'resnet',
      inputs: 1,
      outputs: 1,
      residual: { type: 'expression', inputs: ['x'], parameters: [], outputs: ['x^2'] },
    },
    loss: { type: 'squared' },
    data: { inputs: [[1], [2], [3]], targets: [[1], [0], [0]] },
    parameters,
    ...more,
  });

  it('Theorem 3 is not about networks with W or R held fixed', async () => {
    for (const [fixed, trainable] of [
      ['R', ['W']],
      ['W', ['R']],
    ] as const) {
      const [report] = await reportsOf(each, resnet({ W: [['1/14']], R: [[0]], u: {} }, { trainable }), [
        'theorem-3',
      ]);
      expect(report!.verdict).toBe('not-applicable');
      expect(statusOf(report!, 'dimensions')).toMatchObject({ status: 'fails', witness: { fixed: [fixed] } });
    }
    const [free] = await reportsOf(each, resnet({ W: [['1/14']], R: [[0]], u: {} }), ['theorem-3']);
    expect(statusOf(free!, 'dimensions').status).toBe('holds');
  });

  it('a right-hand side belongs to its ε: beyond the nearest kink Ẽ_ε may hold more', async () => {
    const dead = (epsilon?: string) => ({
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1, activation: 'relu' }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1]] },
      parameters: { W1: [[-1]], W2: [[1]] },
      ...(epsilon ? { epsilon } : {}),
    });
    // At ε = 2, v = (0.85, −0.5) keeps f = 0 and makes ∂f/∂W2 = 0.7, so the infimum is 0.
    for (const epsilon of ['2', '5', undefined, '1/2']) {
      const [report] = await reportsOf(each, dead(epsilon), ['theorem-2']);
      expect(report!.verdict).toBe('holds');
      const small = epsilon === undefined || epsilon === '1/2';
      const { exact } = report!.right as { exact?: string };
      expect(small ? ['1'] : ['0', undefined]).toContain(exact);
      expect(report!.span?.atMost).toBe(small ? 0 : 1);
    }
  });

  it('a right-hand side known only for small ε carries no ε, or is a bound at the one asked for', async () => {
    const [free] = await reportsOf(each, instanceOf(['t^2*x'], { t: 0 }, [[1], [2]], [[-1], [-1]]), [
      'theorem-2',
    ]);
    expect(free).toMatchObject({ verdict: 'holds', right: { exact: '2' } });
    expect(free!.epsilon).toBeUndefined();
    const asked = { ...instanceOf(['t^2*x'], { t: 0 }, [[1], [2]], [[-1], [-1]]), epsilon: '1/3' };
    const [given] = await reportsOf(each, asked, ['theorem-2']);
    expect(given!.epsilon).toBe('1/3');
    expect('upper' in (given!.right as object)).toBe(true);
  });

  it('without Assumption 2 the right side is not L(θ)', async () => {
    const spec = {
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1, bias: true }] },
      loss: { type: 'smoothed-hinge', p: 2 },
      data: { inputs: [[0], [0]], targets: [[1], [1]] },
      trainable: ['W1'],
      parameters: { W1: [[-1]], W2: [[1]], b2: [1] },
    };
    const [report] = await reportsOf(each, spec, ['theorem-2']);
    expect(report!.left).toEqual({ exact: '0' });
    // Ẽ_ε = {0}, where L is 2.
    expect(report!.right).not.toEqual({ exact: '0' });
    expect(statusOf(report!, 'conclusion').status).not.toBe('holds');
  });

  it('an assumed hypothesis leaves nothing proved', async () => {
    const loss = { type: 'expression', expression: '(q1-y1)^2 + sin(q1-y1)^2' };
    const declare = { 'assumption-1': true };
    for (const t of [1, 0]) {
      const spec = instanceOf(['t*x'], { t }, [[1]], [[1]], { loss, declare });
      const [report] = await reportsOf(each, spec, ['theorem-2']);
      const conclusion = statusOf(report!, 'conclusion') as { status: string; tier?: string };
      if (conclusion.status !== 'undecided') expect(conclusion.tier).toBe('assumed');
    }
  });

  it('at a θ* known by an enclosure only, nothing exact is said of θ', async () => {
    const spec = instanceOf(['t*x'], { t: 0.6000000000000001 }, [[1], [2]], [[1], [1]]);
    const [near] = await reportsOf(each, spec, ['theorem-2']);
    expect(near).toMatchObject({ verdict: 'holds', tier: 'certified' });
    expect(near!.right).toBeUndefined();
    const [given] = await reportsOf(each, spec, ['theorem-2'], { point: 'given' });
    expect(given!.verdict).toBe('not-applicable');
    const [exact] = await reportsOf(each, spec, ['theorem-2'], { tier: 'exact' });
    expect(exact!.verdict).toBe('not-applicable');
  });

  it('a large ε of the user does not undo what holds for small ones', async () => {
    // I11 with a strict variable beside it: f = (w t² (1 − t)), at ε = 1 the vector (0, 1) reaches t = 1.
    const spec = { ...instanceOf(['w*t^2*(1-t)'], { w: 1, t: 0 }, [[1]], [[-1]]), epsilon: '1' };
    const [report] = await reportsOf(each, spec, ['theorem-2']);
    expect(report!.right).toEqual({ exact: '0' });
    expect(report).toMatchObject({ verdict: 'holds', tier: 'exact', epsilon: '1' });
  });

  it('numbers beyond float64 do not stop it', async () => {
    const spec = instanceOf(['a*b*x'], { a: 0, b: '1e200' }, [[1], [1]], [['1e250'], ['1']]);
    const [report] = await reportsOf(each, spec, ['theorem-2']);
    expect(report!.verdict).toBe('not-applicable');
  });
});

/** Faults put into one module each; the campaign must notice every one. */
const mutants: readonly (readonly [string, string, (original: never) => object])[] = [
  [
    'every network is affine in θ',
    'check/structure/affine',
    (_: typeof AffineModule) => ({ affineInParameters: () => true }),
  ],
  [
    'the forces are orthogonal to everything',
    'check/structure/image-subspace',
    (o: typeof ImageModule) => ({ ...o, orthogonalToForces: () => true }),
  ],
  [
    'the image subspace is always {0}',
    'check/structure/image-subspace',
    (o: typeof ImageModule) => ({
      ...o,
      imageSubspace: (c: never) => {
        const found = o.imageSubspace(c);
        return found && { ...found, samples: [] };
      },
    }),
  ],
  [
    'one vector is lost from the image subspace',
    'check/structure/image-subspace',
    (o: typeof ImageModule) => ({
      ...o,
      imageSubspace: (c: never) => {
        const found = o.imageSubspace(c);
        return found && { ...found, samples: found.samples.slice(1) };
      },
    }),
  ],
  [
    'no unit is linear',
    'check/structure/linear-units',
    (o: typeof UnitsModule) => ({
      linearStructure: (c: never, t: number) => {
        const found = o.linearStructure(c, t);
        return found.kind === 'holds' && found.structure.sets.length > 0
          ? { kind: 'fails', layer: 1, units: [] }
          : found;
      },
    }),
  ],
  [
    'every unit is linear',
    'check/structure/linear-units',
    () => ({
      linearStructure: (
        c: { instance: { model: { network: { layers: { units: number }[] } } } },
        t: number,
      ) => ({
        kind: 'holds',
        structure: {
          t,
          sets: c.instance.model.network.layers
            .slice(t, -1)
            .map(({ units }, k) => ({ layer: t + 1 + k, units: Array.from({ length: units }, (_, u) => u) })),
        },
      }),
    }),
  ],
  [
    'a Hessian with its sign changed',
    'check/local-minimum/exact-hessian',
    (o: typeof HessianModule) => ({
      exactHessian: (c: never) => {
        const H = o.exactHessian(c);
        return H && { ...H, entries: H.entries.map((entry) => entry.neg()) };
      },
    }),
  ],
  [
    'a Hessian plus the identity',
    'check/local-minimum/exact-hessian',
    (o: typeof HessianModule) => ({
      exactHessian: (c: never) => {
        const H = o.exactHessian(c);
        const one = H?.entries[0]?.sub(H.entries[0]).pow(0);
        return (
          H && {
            ...H,
            entries: H.entries.map((entry, k) => (k % (H.cols + 1) === 0 ? entry.add(one!) : entry)),
          }
        );
      },
    }),
  ],
  [
    'semidefinite is taken for definite',
    'exact/linear-algebra',
    (o: typeof LinearAlgebra) => ({
      ...o,
      isPositiveDefinite: (A: never) => o.inertia(A).negative === 0,
    }),
  ],
  [
    'no descent curve',
    'check/local-minimum/descent-curve',
    (o: typeof CurveModule) => ({ ...o, descentCurve: () => undefined }),
  ],
  [
    'a descent curve whose change is made up',
    'check/local-minimum/descent-curve',
    (o: typeof CurveModule) => ({
      ...o,
      descentCurve: (c: never) => {
        const found = o.descentCurve(c);
        return found && { ...found, change: found.change.map((entry) => entry.add(entry)) };
      },
    }),
  ],
  [
    'a descent curve traversed backwards',
    'check/local-minimum/descent-curve',
    (o: typeof CurveModule) => ({
      ...o,
      descentCurve: (c: never) => {
        const found = o.descentCurve(c);
        return found && { ...found, terms: found.terms.map((each) => ({ ...each, power: each.power + 1 })) };
      },
    }),
  ],
  [
    'Ẽ_ε has a column too many',
    'check/perturbation/span',
    (o: typeof SpanModule) => ({
      ...o,
      perturbedSpan: (...asked: Parameters<typeof o.perturbedSpan>) => {
        const found = o.perturbedSpan(...asked);
        if (!found) return found;
        const { rows, entries } = found.columns;
        const one = entries[0]!.sub(entries[0]!).pow(0);
        const first = Array.from({ length: rows }, (_, i) => (i === 0 ? one : one.sub(one)));
        return { ...found, columns: o.beside(found.columns, { ...found.columns, cols: 1, entries: first }) };
      },
    }),
  ],
  [
    'the larger of two curves is the smaller',
    'exact/polynomial-arithmetic',
    (o: typeof PolynomialModule) => ({
      polynomialArithmetic: (constants: never) => {
        const A = o.polynomialArithmetic(constants);
        return { ...A, max: A.min };
      },
    }),
  ],
] as const as never;

describe('faults that are put in', () => {
  afterEach(() => {
    vi.resetModules();
    vi.doUnmock('../../src/check/index.ts');
  });

  it.each(mutants)(
    '%s: noticed',
    async (_, module, change) => {
      const path = `../../src/${module}.ts`;
      vi.resetModules();
      vi.doMock(path, async (original) => ({
        ...((await original()) as object),
        ...change((await original()) as never),
      }));
      try {
        const { faults } = await campaign(await engine(), 8);
        expect(faults).not.toEqual([]);
      } catch (error) {
        // A checker inside that refuses the fault notices it as well; a failed expectation does not.
        if ((error as Error).name === 'AssertionError') throw error;
      } finally {
        vi.doUnmock(path);
      }
    },
    120_000,
  );

  it('and nothing is noticed without one', async () => {
    vi.resetModules();
    expect((await campaign(await engine(), 8)).faults).toEqual([]);
  });
});

it('the judge itself refuses what is false', () => {
  const random = generator(3);
  const { instance } = deepLinear(random);
  expect(falseWitness(instance, { kind: 'descent-curve', terms: [], change: ['0', '-1'] })).toBeDefined();
  expect(
    falseWitness(instance, {
      kind: 'negative-curvature',
      direction: thetaAt(instance).map(() => '1'),
      curvature: '-1/7',
    }),
  ).toBeDefined();
  expect(falseWitness(instance, { kind: 'nothing' })).toBeDefined();
  expect(lowerPoint(chain([0, 1, 1]), random)).toBeDefined();
  expect(lowerPoint(chain([0, 0, 1]), random)).toBeDefined();
  expect(lowerPoint(chain([1, 1, 1]), random)).toBeUndefined();
});
