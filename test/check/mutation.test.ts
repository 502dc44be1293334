import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Balls from '../../src/certified/ball-matrix.ts';
import type * as Eigenvalue from '../../src/certified/eigenvalue-bound.ts';
import type * as IntervalModule from '../../src/certified/interval.ts';
import type * as Krawczyk from '../../src/certified/krawczyk.ts';
import type * as Gradient from '../../src/check/gradient.ts';
import type * as Place from '../../src/check/place.ts';
import type * as PointModule from '../../src/check/point.ts';
import type * as QuantityModule from '../../src/check/quantity.ts';
import type * as Verdict from '../../src/check/results/verdict.ts';
import type * as Fenchel from '../../src/check/right-hand-side/fenchel.ts';
import type * as NullVectors from '../../src/check/right-hand-side/null-vectors.ts';
import type * as Robust from '../../src/check/robust.ts';
import type * as Critical from '../../src/check/strategies/critical.ts';
import type * as ExponentialModule from '../../src/exact/exponential.ts';
import type * as LinearAlgebra from '../../src/exact/linear-algebra.ts';
import type * as RationalModule from '../../src/kernel/rational.ts';
import type * as Losses from '../../src/losses/index.ts';
import type * as Assumption2 from '../../src/symbolic/assumption-2.ts';
import type * as Derivative from '../../src/symbolic/derivative.ts';
import type * as Directional from '../../src/symbolic/directional.ts';
import type * as Evaluate from '../../src/symbolic/evaluate.ts';
import type * as Witness from '../../src/symbolic/kink-witness.ts';
import { type Engine, exactCampaign, type Tally } from './oracle/campaign.ts';
import { smoothCampaign } from './oracle/smooth-campaign.ts';

/**
 * Faults that an engine might have, put in by replacing exports of one module. The campaigns of soundness.test.ts and
 * certified.test.ts must notice each; without a fault they notice nothing.
 */
interface Fault {
  readonly fault: string;
  readonly module: string;
  readonly by: 'exact' | 'smooth';
  /** what replaces exports of the module; `rational` is the class that this copy of the engine uses */
  change(original: never, rational: typeof RationalModule): object;
}

/** So that each change names the module that it changes. */
const fault = <M>(
  name: string,
  module: string,
  by: Fault['by'],
  change: (original: M, rational: typeof RationalModule) => Partial<M>,
): Fault => ({ fault: name, module, by, change });

const faults: readonly Fault[] = [
  fault<typeof Derivative>('a Jacobian with one sign wrong', 'symbolic/derivative', 'exact', (original) => ({
    gradient: (evaluation, node, group) => {
      const row = original.gradient(evaluation, node, group);
      return row.length > 1 && group === 'theta'
        ? [evaluation.arithmetic.neg(row[0]!), ...row.slice(1)]
        : row;
    },
  })),
  fault<typeof PointModule>('a sample left out of the gradient', 'check/point', 'exact', (original) => ({
    pointAt: (problem, ...rest) => {
      const { instance } = problem;
      const full = original.pointAt(problem, ...rest);
      const fewer = original.pointAt(
        { ...problem, instance: { ...instance, m: Math.max(1, instance.m - 1) } },
        ...rest,
      );
      return { ...full, summary: () => ({ ...full.summary(), gradient: fewer.summary().gradient }) };
    },
  })),
  fault<typeof Gradient>('a gradient that is small counts as 0', 'check/gradient', 'exact', (original) => ({
    exactGradient: (context) => {
      const found = original.exactGradient(context);
      const small = found.kind === 'nonzero' && found.value && Math.abs(found.value.toNumber()) < 1e-9;
      return small ? { kind: 'zero', arithmetic: 'rational' } : found;
    },
  })),
  fault<typeof IntervalModule>(
    'sums of intervals are rounded inwards',
    'certified/interval',
    'smooth',
    (original) => ({
      intervalArithmetic: {
        ...original.intervalArithmetic,
        add: (a, b) => {
          const { lo, hi } = original.intervalArithmetic.add(a, b);
          return { lo: lo + (hi - lo) * 0.45, hi: hi - (hi - lo) * 0.45 };
        },
      },
    }),
  ),
  fault<typeof Krawczyk>('Krawczyk always succeeds', 'certified/krawczyk', 'smooth', () => ({
    krawczyk: (_value, _slope, _inverse, radii) => radii,
  })),
  fault<typeof Place>(
    'the radii are a thousandth of what was proved',
    'check/place',
    'smooth',
    (original) => ({
      enclosingPlace: (context, mode) => {
        const place = original.enclosingPlace(context, mode);
        return place.kind === 'given'
          ? place
          : { ...place, radii: place.radii.map((each) => each / 1000), radius: place.radius / 1000 };
      },
    }),
  ),
  fault<typeof Directional>('every kink cancels', 'symbolic/directional', 'exact', (original) => ({
    differentiability: (graph, arithmetic, variables, group) => {
      const answer = original.differentiability(graph, arithmetic, variables, group);
      if (answer.kind !== 'not') return answer;
      const row = new Array(graph.groups[group] ?? 0).fill(arithmetic.zero);
      return { kind: 'differentiable', jacobian: graph.outputs.map(() => row) };
    },
  })),
  fault<typeof Evaluate>('no margins to kinks', 'symbolic/evaluate', 'exact', () => ({ margins: () => [] })),
  fault<typeof Witness>('a witness that is none', 'symbolic/kink-witness', 'exact', (original) => ({
    findWitness: (evaluation, ...rest) => {
      const witness = original.findWitness(evaluation, ...rest);
      return witness && { ...witness, direction: witness.direction.map(() => evaluation.arithmetic.zero) };
    },
  })),
  fault<typeof LinearAlgebra>(
    'least squares without weights',
    'exact/linear-algebra',
    'exact',
    (original) => ({
      leastSquares: (A, b) => original.leastSquares(A, b),
    }),
  ),
  fault<typeof LinearAlgebra>(
    'everything is in range',
    'exact/linear-algebra',
    'exact',
    (_, { Rational }) => ({
      inRange: (A) => ({ inRange: true, x: new Array(A.cols).fill(Rational.zero) }),
    }),
  ),
  fault<typeof Eigenvalue>(
    'the least eigenvalue is overstated',
    'certified/eigenvalue-bound',
    'smooth',
    (original) => ({
      leastEigenvalueBound: (...rest) => {
        const bound = original.leastEigenvalueBound(...rest);
        return bound && bound * 8;
      },
    }),
  ),
  fault<typeof Balls>('norms are understated', 'certified/ball-matrix', 'exact', (original) => ({
    normUpperBound: (a) => original.normLowerBound(a) * 0.5,
  })),
  fault<typeof Verdict>('Assumption 2 does not count', 'check/results/verdict', 'exact', (original) => ({
    verdictOf: (obligations) => original.verdictOf(obligations.filter(({ id }) => id !== 'assumption-2')),
  })),
  fault<typeof Assumption2>(
    'Assumption 2 holds for every model',
    'symbolic/assumption-2',
    'exact',
    (original, { Rational }) => ({
      assumption2: async (model, trainable, ...rest) => {
        const answer = await original.assumption2(model, trainable, ...rest);
        return answer.status === 'holds'
          ? answer
          : {
              ...answer,
              status: 'holds',
              certificate: { kind: 'homogeneity', weights: [], degree: '1' },
              g: () => ({
                nodes: [{ op: 'constant', value: Rational.zero }],
                outputs: new Array(trainable.length).fill(0),
                groups: { theta: model.graph.groups.theta ?? 0 },
              }),
            };
      },
    }),
  ),
  fault<typeof Critical>('critical holds too early', 'check/strategies/critical', 'exact', (original) => ({
    critical: {
      ...original.critical,
      strategies: [
        {
          name: 'small',
          tier: 'exact',
          run: (context) =>
            Math.hypot(...context.float.summary().gradient) < 1e-6
              ? { status: 'holds', tier: 'exact', detail: 'small' }
              : { declined: 'not small' },
        },
        ...original.critical.strategies,
      ],
    },
  })),
  fault<typeof NullVectors>(
    'a direction that is not null is dropped',
    'check/right-hand-side/null-vectors',
    'smooth',
    (_, { Rational }) => ({
      structuralNullVectors: ({ instance }) => [
        Array.from(instance.trainableIndices, (_index, k) => (k === 0 ? Rational.one : Rational.zero)),
      ],
    }),
  ),
  fault<typeof Fenchel>(
    'a dual bound that is too high',
    'check/right-hand-side/fenchel',
    'exact',
    (original) => ({
      fenchelLowerBound: (...rest) => {
        const bound = original.fenchelLowerBound(...rest);
        return bound && { lo: bound.lo + 1e-3 * (1 + Math.abs(bound.lo)), hi: bound.hi + 1 };
      },
    }),
  ),
  fault<typeof Losses>('every loss vanishes along every direction', 'losses/index', 'exact', (original) => ({
    buildLoss: async (...rest) => {
      const loss = await original.buildLoss(...rest);
      return { ...loss, vanishesAlong: () => true };
    },
  })),
  fault<typeof Losses>('a loss stated too strongly convex', 'losses/index', 'exact', (original) => ({
    buildLoss: async (...rest) => {
      const loss = await original.buildLoss(...rest);
      return loss.kind === 'squared' ? { ...loss, strongConvexity: 4 } : loss;
    },
  })),
  fault<typeof QuantityModule>(
    'L(θ) is off by a little',
    'check/quantity',
    'exact',
    (original, { Rational }) => ({
      lossValue: (context) => {
        const known = original.lossValue(context);
        return known?.exact
          ? original.exactly(known.exact.mul(Rational.parse('1.0000000000000000001')!))
          : known;
      },
    }),
  ),
  fault<typeof Robust>('bounds where a hypothesis fails', 'check/robust', 'exact', (original) => ({
    robustBounds: (context, right, left, represented) =>
      original.robustBounds(context, right, left, represented, true),
  })),
  fault<typeof ExponentialModule>('exponentials are all 0', 'exact/exponential', 'exact', (original) => ({
    exponentialArithmetic: { ...original.exponentialArithmetic, sign: () => 0 },
  })),
];

const url = (module: string) => `../../src/${module}.ts`;

async function campaign(engine: Engine, by: Fault['by'], stopAt: number): Promise<Tally> {
  return by === 'exact'
    ? exactCampaign(engine, { count: 240, seed: 1, stopAt })
    : smoothCampaign(engine, { count: 600, seed: 7, stopAt });
}

async function freshEngine(): Promise<Engine> {
  const [{ check }, { instanceFromObject }] = await Promise.all([
    import('../../src/check/index.ts'),
    import('../../src/instance/load.ts'),
  ]);
  return { check, instanceFromObject };
}

describe('an engine with a fault is found out', () => {
  afterEach(() => {
    vi.doUnmock(url('check/point'));
    for (const { module } of faults) vi.doUnmock(url(module));
    vi.resetModules();
  });

  it('has enough faults', () => {
    expect(faults.length).toBeGreaterThanOrEqual(20);
    expect(new Set(faults.map((each) => each.fault)).size).toBe(faults.length);
  });

  it.each(faults)('$fault', async ({ module, by, change }) => {
    vi.resetModules();
    vi.doMock(url(module), async (load) => {
      const original = (await load()) as object;
      const rational = await import('../../src/kernel/rational.ts');
      return { ...original, ...change(original as never, rational) };
    });
    const { faults: found } = await campaign(await freshEngine(), by, 1);
    expect(found).not.toEqual([]);
    // A fault that shows only as an exception would be caught by any test.
    expect(found[0]).not.toMatch(/^\w*Error: /);
  });

  it('finds nothing in the engine itself, loaded the same way', async () => {
    vi.resetModules();
    const engine = await freshEngine();
    // soundness.test.ts and certified.test.ts run these campaigns in full.
    expect((await exactCampaign(engine, { count: 60, seed: 1, stopAt: 1 })).faults).toEqual([]);
    expect((await smoothCampaign(engine, { count: 20, seed: 7, stopAt: 1 })).faults).toEqual([]);
  });
});
