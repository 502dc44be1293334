import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/check/context.ts';
import type { RobustBound } from '../../../src/check/report.ts';
import { layerBounds } from '../../../src/check/robust/layer-bounds.ts';
import {
  forcesByCurvature,
  forcesByFullRank,
  residualPoint,
} from '../../../src/check/robust/residual-bounds.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import type { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { bounds } from '../oracle/judge.ts';
import { integer, pick, type Random } from '../oracle/models.ts';
import { inner, r, sumOf } from '../oracle/numbers.ts';

type Rows = Rational[][];
const product = (a: Rows, b: Rows): Rows =>
  a.map((row) => b[0]!.map((_, j) => sumOf(row.map((value, k) => value.mul(b[k]![j]!)))));
const column = (v: readonly Rational[]): Rows => v.map((value) => [value]);
const random = (next: Random, rows: number, cols: number, zeros = 0.2): Rows =>
  Array.from({ length: rows }, () =>
    Array.from({ length: cols }, () =>
      next() < zeros ? r(0) : r(pick(next, [-2, -1, 1, 2, '1/2', '-1/3'])),
    ),
  );
const texts = (rows: Rows) => rows.map((row) => row.map(String));
const upper = ({ bound }: RobustBound): Rational => bounds(bound!).upper!;
const frobenius = (rows: Rows): Rational => sumOf(rows.flat().map((value) => value.mul(value)));

/** σ_max(G) ≤ b, exactly: b²I − GGᵀ is positive semidefinite (at most 2 rows). */
function spectralAtMost(G: Rows, b: Rational): boolean {
  const gram = G.map((row) => G.map((other) => inner(row, other)));
  const M = gram.map((row, i) => row.map((value, j) => (i === j ? b.mul(b).sub(value) : value.neg())));
  if (M.some((row, i) => row[i]!.sign < 0)) return false;
  return M.length === 1 || M[0]![0]!.mul(M[1]![1]!).sub(M[0]![1]!.mul(M[1]![0]!)).sign >= 0;
}

/** What must hold of a bound and of a share of it. */
interface Tally {
  checked: number;
  /** half of the bound was passed by the true norm */
  sharp: number;
}
const tally = (): Tally => ({ checked: 0, sharp: 0 });

describe('R4a and R4b on random residual networks, against exact G_Z', () => {
  it('bound ‖G_Z‖, and half of them does not', async () => {
    const next = generator(611);
    const full = tally();
    const curved = tally();
    for (let k = 0; k < 160; k++) {
      const dx = integer(next, 1, 2);
      const dy = integer(next, 1, 2);
      const m = integer(next, 1, 3);
      const x = random(next, m, dx);
      const squares = x.map((row) => [row[0]!.mul(row[0]!)]);
      const W = random(next, dy, dx, k % 3 === 0 ? 0.7 : 0.2);
      const R = random(next, dx, 1);
      const y = random(next, m, dy);
      const weights = Array.from({ length: m }, () => r(pick(next, [1, 2, '1/3'])));
      const G: Rows = x.map((row, i) => {
        const p = row.map((value, a) => value.add(R[a]![0]!.mul(squares[i]![0]!)));
        const f = product(W, column(p)).map(([value]) => value!);
        return f.map((value, j) => value.sub(y[i]![j]!).mul(weights[i]!).mul(r(2)));
      });
      const GZ: Rows = Array.from({ length: dy }, (_, j) => [
        sumOf(G.map((row, i) => row[j]!.mul(squares[i]![0]!))),
      ]);
      const names = ['x1', 'x2'].slice(0, dx);
      const instance = await instanceFromObject({
        everymin: 1,
        model: {
          type: 'resnet',
          inputs: dx,
          outputs: dy,
          residual: { type: 'expression', inputs: names, parameters: [], outputs: ['x1^2'] },
        },
        loss: { type: 'squared' },
        data: { inputs: texts(x), targets: texts(y), weights: weights.map(String) },
        parameters: { W: texts(W), R: texts(R), u: {} },
      } as never);
      const context = createContext(instance, { point: 'given' });
      const point = residualPoint(context)!;
      const first = forcesByFullRank(context, point);
      const second = forcesByCurvature(context, point);
      if (first) {
        full.checked++;
        const b = upper(first);
        expect(b.mul(b).cmp(frobenius(GZ))).toBeGreaterThanOrEqual(0);
        if (b.mul(b).div(r(4)).cmp(frobenius(GZ)) < 0) full.sharp++;
      }
      if (second) {
        curved.checked++;
        expect(spectralAtMost(GZ, upper(second)), `${k}`).toBe(true);
        if (!spectralAtMost(GZ, upper(second).div(r(2)))) curved.sharp++;
      }
    }
    expect(full.checked).toBeGreaterThan(60);
    expect(curved.checked).toBeGreaterThan(120);
    expect(full.sharp).toBeGreaterThan(10);
    expect(curved.sharp).toBeGreaterThan(3);
  }, 60_000);
});

describe('R5a and R5b on random deep linear networks, against exact G_l', () => {
  it('bound ‖G_l‖, and half of them does not', async () => {
    const next = generator(612);
    const counts: Record<string, Tally> = { R5a: tally(), R5b: tally() };
    for (let k = 0; k < 60; k++) {
      const dy = integer(next, 1, 2);
      const H = integer(next, 1, 3);
      const dx = integer(next, 1, 2);
      const widths = [dx, ...Array.from({ length: H }, () => integer(next, dy, 3)), dy];
      const zeros = k % 2 === 0 ? 0.75 : 0.2;
      const W = widths.slice(1).map((units, l) => random(next, units, widths[l]!, zeros));
      const m = integer(next, 1, 3);
      const x = random(next, m, dx);
      const y = random(next, m, dy);
      // h^(l) of every sample
      const h = x.map((row) => {
        const layers = [row];
        for (const weight of W) layers.push(product(weight, column(layers.at(-1)!)).map(([value]) => value!));
        return layers;
      });
      const G = h.map((layers, i) => layers.at(-1)!.map((value, j) => value.sub(y[i]![j]!).mul(r(2))));
      const forcesAt = (l: number): Rows =>
        Array.from({ length: dy }, (_, j) =>
          Array.from({ length: widths[l]! }, (_, c) => sumOf(G.map((row, i) => row[j]!.mul(h[i]![l]![c]!)))),
        );
      const instance = await instanceFromObject({
        everymin: 1,
        model: { type: 'mlp', inputs: dx, layers: widths.slice(1).map((units) => ({ units })) },
        loss: { type: 'squared' },
        data: { inputs: texts(x), targets: texts(y) },
        parameters: Object.fromEntries(W.map((weight, l) => [`W${l + 1}`, texts(weight)])),
      } as never);
      const found = layerBounds(createContext(instance, { point: 'given' }), 0);
      for (const bound of found) {
        const l = Number(/‖G_(\d+)‖/.exec(bound.formula)![1]);
        const square = frobenius(forcesAt(l));
        const b = upper(bound);
        expect(b.mul(b).cmp(square), `${k}: ${bound.formula}`).toBeGreaterThanOrEqual(0);
        counts[bound.id]!.checked++;
        if (b.mul(b).div(r(4)).cmp(square) < 0) counts[bound.id]!.sharp++;
      }
    }
    expect(counts.R5a!.checked).toBeGreaterThan(60);
    expect(counts.R5b!.checked).toBeGreaterThan(30);
    expect(counts.R5a!.sharp).toBeGreaterThan(10);
    expect(counts.R5b!.sharp).toBeGreaterThan(3);
  }, 60_000);
});
