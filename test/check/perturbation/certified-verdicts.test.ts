import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Dual from '../../../src/arithmetic/dual.ts';
import type { BallMatrix } from '../../../src/certified/ball-matrix.ts';
import type * as Rounding from '../../../src/certified/interval-rounding.ts';
import type * as RankBound from '../../../src/certified/rank-bound.ts';
import { rankLowerBound } from '../../../src/certified/rank-bound.ts';
import type * as Segments from '../../../src/check/perturbation/certified-segments.ts';
import { generator } from '../../random.ts';
import { rowReduce } from '../oracle/elimination.ts';
import { integer } from '../oracle/models.ts';
import { r } from '../oracle/numbers.ts';
import { type SpanEngine, spanCampaign } from '../oracle/segments.ts';

/** Instances; EVERYMIN_SPANS=2000 for a long run. */
const COUNT = Number(process.env.EVERYMIN_SPANS ?? 40);

/** A fresh copy of the program. */
async function engine(): Promise<SpanEngine> {
  const { createContext } = await import('../../../src/check/context.ts');
  const { check } = await import('../../../src/check/index.ts');
  const { certifiedSpan } = await import('../../../src/check/perturbation/certified-span.ts');
  const { epsilonOf } = await import('../../../src/check/perturbation/conclusion.ts');
  const { instanceFromObject } = await import('../../../src/instance/load.ts');
  return {
    async run(spec) {
      const instance = await instanceFromObject(spec as never);
      const context = createContext(instance, { point: 'given' });
      const span = certifiedSpan(context, epsilonOf(context));
      return { span, report: await check(instance, { results: ['lemma-2', 'theorem-2'] }) };
    },
  };
}

describe(`${COUNT} networks with units that nothing reads, against 80 digits`, () => {
  it('says nothing wrong of their spans, and met every case', async () => {
    const { faults, counts } = await spanCampaign(await engine(), COUNT, 1);
    if (process.env.EVERYMIN_SPANS) process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
    expect(faults).toEqual([]);
    for (const met of [
      'rank found',
      'span grew',
      'segment',
      'pulls',
      'constant rank',
      'conclusion fails certified',
      'conclusion holds certified',
    ])
      expect(counts[met] ?? 0, met).toBeGreaterThan(0);
  }, 300_000);
});

/** B of low rank and a larger matrix at the rim of the balls around it: what is said of all inside must be true of B. */
function rimFaults(bound: (a: BallMatrix) => number): number {
  const random = generator(17);
  let faults = 0;
  for (let k = 0; k < 80; k++) {
    const [rows, cols] = [integer(random, 2, 5), integer(random, 2, 5)];
    const inner = integer(random, 1, Math.min(rows, cols) - 1);
    const left = Array.from({ length: rows * inner }, () => integer(random, -3, 3));
    const right = Array.from({ length: inner * cols }, () => integer(random, -3, 3));
    const mid = new Float64Array(rows * cols);
    const rad = new Float64Array(rows * cols);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < cols; j++)
        for (let l = 0; l < inner; l++) mid[i * cols + j]! += left[i * inner + l]! * right[l * cols + j]!;
    const exact = Array.from({ length: rows }, (_, i) => Array.from(mid.slice(i * cols, (i + 1) * cols), r));
    const rank = rowReduce(exact).pivots.length;
    const at = integer(random, 0, rows * cols - 1);
    const step = 2 ** integer(random, -2, 6);
    mid[at]! += step;
    rad[at] = step;
    if (bound({ rows, cols, mid, rad }) > rank) faults++;
  }
  return faults;
}

describe('a matrix of lower rank at the rim of the balls', () => {
  it('is counted', () => {
    expect(rimFaults(rankLowerBound)).toBe(0);
  });

  it('and is not with radii that are too small, or a rank one too many', () => {
    expect(rimFaults((a) => rankLowerBound({ ...a, rad: a.rad.map((x) => x / 16) }))).toBeGreaterThan(10);
    expect(rimFaults((a) => rankLowerBound(a) + 1)).toBeGreaterThan(10);
  });
});

describe('faults that are put in', () => {
  afterEach(() => {
    vi.resetModules();
  });

  const fault = <M>(name: string, module: string, change: (original: M) => Partial<M>) =>
    [name, module, change as (original: never) => object] as const;

  it.each([
    fault<typeof Rounding>('sums are rounded the wrong way', 'certified/interval-rounding', (o) => ({
      addUp: o.addDown,
    })),
    fault<typeof Rounding>('products are rounded the wrong way', 'certified/interval-rounding', (o) => ({
      mulDown: o.mulUp,
    })),
    fault<typeof RankBound>('the rank is one too many', 'certified/rank-bound', (o) => ({
      rankLowerBound: (a) => Math.min(a.rows, a.cols, o.rankLowerBound(a) + 1),
    })),
    fault<typeof Dual>('a derivative along the segment is lost', 'arithmetic/dual', (o) => ({
      dual: (A) => {
        const D = o.dual(A);
        return { ...D, tanh: (a) => ({ ...D.tanh(a), tangent: A.zero }) };
      },
    })),
    fault<typeof Segments>(
      'segments are half as long as said',
      'check/perturbation/certified-segments',
      (o) => ({
        certifiedSegments: (context, epsilon) =>
          o
            .certifiedSegments(context, epsilon)
            .map((each) => ({ ...each, v: each.v.map((entry) => entry.add(entry)) })),
      }),
    ),
    fault<typeof Segments>('every segment pulls', 'check/perturbation/certified-segments', (o) => ({
      certifiedSegments: (context, epsilon) =>
        o.certifiedSegments(context, epsilon).map((each) => ({ ...each, pulls: each.pulls ?? 0 })),
    })),
  ])(
    '%s: noticed',
    async (_, module, change) => {
      const path = `../../../src/${module}.ts`;
      vi.resetModules();
      vi.doMock(path, async (original) => {
        const real = (await original()) as object;
        return { ...real, ...change(real as never) };
      });
      try {
        expect((await spanCampaign(await engine(), 60, 1, 1)).faults).not.toEqual([]);
      } finally {
        vi.doUnmock(path);
      }
    },
    300_000,
  );
});
