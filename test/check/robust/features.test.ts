import { expect, it } from 'vitest';
import { createContext } from '../../../src/check/context.ts';
import { perturbedBounds } from '../../../src/check/robust/perturbed-bounds.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import type { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { leastSquaresMinimum } from '../oracle/elimination.ts';
import { bounds } from '../oracle/judge.ts';
import { integer, pick } from '../oracle/models.ts';
import { r, sumOf } from '../oracle/numbers.ts';

const number = (next: () => number): Rational => r(pick(next, [-2, -1, 0, 0, 1, 2, '1/2']));

/** f = W(x + Rz) at dy = 1: J(θ) and the features by hand, the infimum by elimination. */
it('R4 and R4′ bound the gap to the features with J(θ), and a wrong reference does not', async () => {
  const next = generator(641);
  const found = { R4: 0, "R4'": 0, sharp: 0, wrong: 0 };
  for (let k = 0; k < 120; k++) {
    const dx = integer(next, 1, 2);
    const m = integer(next, 2, 4);
    const x = Array.from({ length: m }, () => Array.from({ length: dx }, () => number(next)));
    const z = x.map((row) => row[0]!.mul(row[0]!));
    const W = Array.from({ length: dx }, () => number(next));
    const R = Array.from({ length: dx }, () => number(next));
    const y = x.map(() => number(next));
    const weights = x.map(() => r(pick(next, [1, 2, '1/3'])));
    const p = x.map((row, i) => row.map((value, a) => value.add(R[a]!.mul(z[i]!))));
    const f = p.map((row) => sumOf(row.map((value, a) => value.mul(W[a]!))));
    const WR = sumOf(W.map((value, a) => value.mul(R[a]!)));
    const loss = sumOf(f.map((value, i) => weights[i]!.mul(value.sub(y[i]!).pow(2))));
    // Columns: x, z, ∂W, ∂R.
    const rows = x.map((row, i) => [...row, z[i]!, ...p[i]!, ...W.map((value) => value.mul(z[i]!))]);
    const gap = loss.sub(leastSquaresMinimum(rows, rows[0]!.length, y, weights));
    const instance = await instanceFromObject({
      everymin: 1,
      model: {
        type: 'resnet',
        inputs: dx,
        outputs: 1,
        residual: {
          type: 'expression',
          inputs: ['x1', 'x2'].slice(0, dx),
          parameters: [],
          outputs: ['x1^2'],
        },
      },
      loss: { type: 'squared' },
      data: {
        inputs: x.map((row) => row.map(String)),
        targets: y.map((value) => [`${value}`]),
        weights: weights.map(String),
      },
      parameters: { W: [W.map(String)], R: R.map((value) => [`${value}`]), u: {} },
    } as never);
    const context = createContext(instance, { point: 'given' });
    const asked = (reference: readonly Rational[]) =>
      perturbedBounds(context, {
        id: 'R4',
        set: [],
        epsilon: r('1/100'),
        gamma: undefined,
        features: [
          {
            name: 'G_X',
            coefficients: 'α_w',
            reference: 'W',
            samples: x[0]!.map((_, a) => x.map((row) => row[a]!)),
            values: reference,
          },
          { name: 'G_Z', coefficients: 'α_r', reference: 'WR', samples: [z], values: [WR] },
        ],
      });
    for (const { id, bound } of asked(W)) {
      const { lower, upper } = bounds(bound!);
      expect(upper!.cmp(gap), `${k}: ${id}`).toBeGreaterThanOrEqual(0);
      if (id === "R4'") expect(lower!.cmp(gap)).toBeLessThanOrEqual(0);
      found[id as 'R4' | "R4'"]++;
      if (gap.sign > 0 && id === 'R4' && upper!.mul(r('0.49')).cmp(gap) < 0) found.sharp++;
    }
    // A reference that does not give f_X(θ): the minimiser found, so that no distance is left.
    const [first] = asked(W.map((value) => value.add(r(1))));
    if (first?.bound && bounds(first.bound).upper!.cmp(gap) < 0) found.wrong++;
  }
  expect(found.R4).toBe(120);
  expect(found["R4'"]).toBeGreaterThan(60);
  expect(found.sharp).toBeGreaterThan(0);
  expect(found.wrong).toBeGreaterThan(0);
}, 60_000);
