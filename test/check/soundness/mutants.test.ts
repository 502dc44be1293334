import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CheckContext } from '../../../src/check/check-context.ts';
import type * as LinearAlgebra from '../../../src/exact/linear-algebra.ts';
import { type Campaign, campaign, type Engine, families } from './campaign.ts';

/** Faults put into one module of the checker each: the suite must notice every one, and nothing without one. */
type Change = (original: never) => object;

const holds = (detail: string) => ({ status: 'holds', tier: 'exact', detail });
const always = (id: string) => ({
  id,
  strategies: [{ name: id, tier: 'exact', run: () => holds('planted') }],
});

const mutants: readonly (readonly [name: string, module: string, family: RegExp, change: Change])[] = [
  [
    'a small gradient is 0',
    'check/gradient',
    /AwayFromLeastSquares/i,
    (o: { exactGradient: (context: never) => { kind: string; value?: { toNumber(): number } } }) => ({
      ...o,
      exactGradient: (context: never) => {
        const found = o.exactGradient(context);
        return Math.abs(found.value?.toNumber() ?? 1) < 1e-9
          ? { kind: 'zero', arithmetic: 'rational' }
          : found;
      },
    }),
  ],
  [
    'a saddle without curvature is a local minimum',
    'exact/linear-algebra',
    /singularDirections/,
    (o: typeof LinearAlgebra) => ({ ...o, isPositiveDefinite: (A: never) => o.inertia(A).negative === 0 }),
  ],
  [
    'forces are orthogonal to every space',
    'check/structure/image-subspace',
    /everyRank/,
    (o: object) => ({ ...o, orthogonalToForces: () => true }),
  ],
  [
    'forces are cancelled by other inputs',
    'check/local-minimum/forces',
    /awayFromLeastSquares/,
    (o: object) => ({ ...o, forcesCancel: () => true }),
  ],
  [
    'every box is pushed back',
    'check/local-minimum/sign-on-box',
    /monomials/,
    (o: object) => ({ ...o, signOnBox: () => ({ toString: () => '1/4' }) }),
  ],
  [
    'a slice across too few symmetries',
    'check/local-minimum/symmetric-slice',
    /curvedFibres|monomials/,
    (o: object) => ({ ...o, symmetricSlice: () => ({ symmetries: [] }) }),
  ],
  [
    'Theorem 3 for any dimensions',
    'check/strategies/dimensions',
    /moreOutputs/,
    () => ({ dimensions: always('dimensions') }),
  ],
  [
    'every unit is linear near θ',
    'check/structure/linear-units',
    /reluM/,
    (o: { linearStructure: (context: CheckContext, t: number) => object }) => ({
      ...o,
      linearStructure: (context: CheckContext, t: number) => {
        const { network, outputs } = context.instance.model;
        const sets = network!.layers.slice(t, -1).map(({ units }, k) => ({
          layer: t + 1 + k,
          units: Array.from({ length: units }, (_, unit) => unit),
        }));
        return sets.every(({ units }) => units.length >= outputs)
          ? { kind: 'holds', structure: { t, sets } }
          : o.linearStructure(context, t);
      },
    }),
  ],
  [
    'a rank that is one too large',
    'check/basis-dimension',
    /design/,
    (o: { basisDimension: (...asked: never[]) => Promise<{ dimension: number } | undefined> }) => ({
      ...o,
      basisDimension: async (...asked: never[]) => {
        const found = await o.basisDimension(...asked);
        return found && { ...found, dimension: found.dimension + 1 };
      },
    }),
  ],
  [
    'a kink is no kink',
    'check/strategies/differentiable',
    /balanced|kinks/,
    () => ({ differentiable: always('differentiable') }),
  ],
  [
    'differentiable at θ is differentiable nearby',
    'check/strategies/differentiable-nearby',
    /balanced|kinks/,
    () => ({ differentiableNearby: always('differentiable-nearby') }),
  ],
  [
    'least squares of something else',
    'check/right-hand-side/quadratic',
    /design|LeastSquares/i,
    (o: {
      quadraticInfimum: (...asked: never[]) => { minimum: { add(other: unknown): unknown } } | undefined;
    }) => ({
      ...o,
      quadraticInfimum: (...asked: never[]) => {
        const found = o.quadraticInfimum(...asked);
        return found && { ...found, minimum: found.minimum.add(found.minimum) };
      },
    }),
  ],
];

const engine = async (): Promise<Engine> => ({
  check: (await import('../../../src/check/index.ts')).check,
  instanceFromObject: (await import('../../../src/instance/load.ts')).instanceFromObject as never,
});

/** The families of one mutant, by the names of their makers. */
const of = (family: RegExp) =>
  families.filter((each) => family.test(each.name === '' ? 'design' : each.name));

const run = async (family: RegExp): Promise<Campaign> => campaign(await engine(), 16, 3, of(family), 1);

describe('faults that are put in', () => {
  afterEach(() => {
    vi.resetModules();
  });

  it.each(mutants)(
    '%s: noticed',
    async (_, module, family, change) => {
      expect(of(family).length).toBeGreaterThan(0);
      const path = `../../../src/${module}.ts`;
      vi.resetModules();
      vi.doMock(path, async (original) => {
        const real = (await original()) as object;
        return { ...real, ...change(real as never) };
      });
      try {
        expect((await run(family)).faults).not.toEqual([]);
      } finally {
        vi.doUnmock(path);
      }
    },
    120_000,
  );

  it('and nothing is noticed without one', async () => {
    vi.resetModules();
    expect((await run(/./)).faults).toEqual([]);
  }, 120_000);
});
