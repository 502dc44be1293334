import { describe, expect, it } from 'vitest';
import { cpuProvider } from '../../../src/numeric/backend/cpu.ts';
import {
  gramRow,
  type JacobianProducts,
  rejudgeRows,
  rejudgeVector,
  spreadRows,
} from '../../../src/numeric/backend/rejudge.ts';
import { CASES, numbers, uniform } from './networks.ts';
import { Reference } from './reference.ts';

function products(reference: Reference): JacobianProducts {
  const J = reference.jacobian().map((row) => row.map(({ v }) => v));
  return {
    rows: J.length,
    jvp: (d) => Float64Array.from(J, (row) => row.reduce((total, v, k) => total + v * d[k]!, 0)),
    vjp: (c) => Float64Array.from(J[0]!, (_, k) => J.reduce((total, row, i) => total + row[k]! * c[i]!, 0)),
  };
}

describe('rejudging', () => {
  it('accepts a Gram matrix from float32 and sees one entry that is off by a thousandth', async () => {
    const backend = await cpuProvider.open({ software: false });
    for (const { title, model, m } of CASES) {
      const next = uniform(7);
      const theta = numbers(model.parameterCount, next);
      const X = numbers(m * model.inputs, next);
      const n = m * model.outputs;
      const trainable = model.blocks.slice(0, 2);
      const indices = trainable.flatMap(({ offset, length }) => Array.from({ length }, (_, k) => offset + k));
      const proposed = await backend.gram(model.network!, theta, X, trainable);
      const row = gramRow(products(new Reference(model.network!, theta, X)), indices);
      const rows = spreadRows(n, 2);
      const honest = rejudgeRows(proposed, n, rows, row);
      expect(honest.largest, title).toBeLessThan(1e-5);
      expect(honest.compared).toBe(2 * n * rows.length);

      const scale = proposed.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      const at = (n - 1) * n; // last row, first column
      const planted = proposed.with(at, proposed[at]! + scale / 1000);
      expect(rejudgeRows(planted, n, [n - 1], row).largest, title).toBeGreaterThan(1e-4);
      expect(rejudgeRows(planted, n, [0], row).largest, title).toBeGreaterThan(1e-4);
    }
    await backend.dispose();
  });

  it('rejects what is not finite, wherever it stands, and what has the wrong size', () => {
    const referee = (r: number) => Float64Array.of(r, 1, 2);
    const right = Float32Array.of(0, 1, 2, 1, 1, 2, 2, 1, 2);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (let i = 0; i < 9; i++)
        expect(rejudgeRows(right.with(i, wrong), 3, [0], referee).largest).toBe(Number.POSITIVE_INFINITY);
      expect(rejudgeVector([wrong, 0], Float64Array.of(0, 0)).largest).toBe(Number.POSITIVE_INFINITY);
      expect(rejudgeVector([0, 0], Float64Array.of(wrong, 0)).largest).toBe(Number.POSITIVE_INFINITY);
    }
    expect(rejudgeRows(right.subarray(1), 3, [0], referee).largest).toBe(Number.POSITIVE_INFINITY);
    expect(rejudgeRows(right, 3, [], referee).largest).toBe(Number.POSITIVE_INFINITY);
    expect(rejudgeVector([1], Float64Array.of(1, 1)).largest).toBe(Number.POSITIVE_INFINITY);
  });

  it('measures relative to the referee', () => {
    expect(rejudgeVector([1, 10.5], Float64Array.of(1, 10)).largest).toBe(0.05);
    expect(rejudgeVector([0, 0], Float64Array.of(0, 0)).largest).toBe(0);
    expect(rejudgeVector([0, 1e-30], Float64Array.of(0, 0)).largest).toBe(Number.POSITIVE_INFINITY);
  });

  it('spreads rows over the whole range', () => {
    expect(spreadRows(10, 4)).toEqual([0, 3, 6, 9]);
    expect(spreadRows(3, 8)).toEqual([0, 1, 2]);
    expect(spreadRows(5, 1)).toEqual([0]);
    expect(spreadRows(0, 3)).toEqual([]);
    for (const n of [1, 2, 7, 100])
      for (const count of [1, 2, 5, 200]) expect(new Set(spreadRows(n, count)).size).toBe(Math.min(n, count));
  });
});
