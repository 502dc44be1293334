import { describe, expect, it } from 'vitest';
import { rankLowerBound } from '../../../src/certified/rank-bound.ts';
import { createContext } from '../../../src/check/context.ts';
import { constantRank } from '../../../src/check/perturbation/constant-rank.ts';
import { isMember } from '../../../src/check/perturbation/fibre.ts';
import { fibreCurve } from '../../../src/check/perturbation/fibre-curve.ts';
import { columnsAt, FibreSearch } from '../../../src/check/perturbation/search.ts';
import { perturbedSpan } from '../../../src/check/perturbation/span.ts';
import { exactJacobian } from '../../../src/check/right-hand-side/span.ts';
import { imageSubspace } from '../../../src/check/structure/image-subspace.ts';
import { ColumnSpan } from '../../../src/exact/column-span.ts';
import { rank } from '../../../src/exact/linear-algebra.ts';
import { modularPrime } from '../../../src/exact/modular-prime.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { rowReduce } from '../oracle/elimination.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { fibre, jacobianAt, outputsAt, thetaAt } from '../oracle/local-minima.ts';
import { integer, mlpCase, pick, type Random, skipCase } from '../oracle/models.ts';
import { inner, r } from '../oracle/numbers.ts';
import { asObject, type PlainInstance } from '../oracle/truth.ts';

/** EVERYMIN_CHECK_FUZZ widens the search. */
const COUNT = Number(process.env.EVERYMIN_CHECK_FUZZ ?? 30);
const EPSILON = r('1/100');
const contextOf = async (spec: object) => createContext(await instanceFromObject(spec as never));

/** Networks with many zeros, so that V[θ, ε] is large: deep linear, ReLU, with skips. */
function network(random: Random): PlainInstance {
  const dx = integer(random, 1, 2);
  const dy = integer(random, 1, 2);
  const H = integer(random, 1, 3);
  const name = pick(random, ['identity', 'relu'] as const);
  const widths = [...Array.from({ length: H }, () => integer(random, 1, 3)), dy];
  const layers = widths.map((units, l) => ({
    units,
    activations: Array.from({ length: units }, () => (l === H ? ('identity' as const) : name)),
    bias: random() < 0.2,
  }));
  const model = random() < 0.3 ? skipCase(dx, layers, [1]) : mlpCase(dx, layers);
  const parameters = new Map(
    model.blocks.map(({ name: block, shape }) => {
      const zero = random() < 0.4;
      const length = shape.reduce((a, b) => a * b, 1);
      const entry = () => r(zero && random() < 0.8 ? 0 : pick(random, [1, -1, 2, '1/2', -3]));
      return [block, Array.from({ length }, entry)] as const;
    }),
  );
  const m = integer(random, 1, 4);
  const row = (n: number) => Array.from({ length: n }, () => r(pick(random, [0, 1, -1, 2, 3])));
  return {
    model,
    loss: { type: 'squared' },
    inputs: Array.from({ length: m }, () => row(dx)),
    targets: Array.from({ length: m }, () => row(dy)),
    weights: Array.from({ length: m }, () => r(1)),
    parameters,
    trainable: model.blocks.map((block) => block.name),
  };
}

const movedBy = (theta: readonly Rational[], epsilon: Rational, v: readonly Rational[]): Rational[] =>
  theta.map((value, k) => value.add(epsilon.mul(v[k]!)));

describe('S on random networks, against a plain forward pass and elimination', () => {
  it('every member is in V[θ, ε]; the span is what its points span, reaches what brute force finds, and keeps its bound', async () => {
    const random = generator(71);
    const kinds = new Set<string>();
    const counts = { grown: 0, members: 0, constant: 0, short: 0, compared: 0 };
    for (let k = 0; k < COUNT; k++) {
      const instance = network(random);
      const context = await contextOf(asObject(instance, `net ${k}`));
      const theta = thetaAt(instance);
      const f = outputsAt(instance, theta);
      const J = jacobianAt(instance, theta, random);
      if (!J) continue;
      const found = perturbedSpan(context, EPSILON, f.length);
      if (!found) continue;
      const tangent = rowReduce(J).pivots.length;
      expect(found.tangent).toBe(tangent);
      let all = J.map((row) => [...row]);
      for (const { v, kind } of found.members) {
        kinds.add(kind);
        counts.members++;
        expect(inner(v, v).cmp(Rational.one)).toBeLessThanOrEqual(0);
        const there = movedBy(theta, EPSILON, v);
        expect(outputsAt(instance, there).map(String)).toEqual(f.map(String));
        const added = jacobianAt(instance, there, random);
        expect(added).toBeDefined();
        all = all.map((row, i) => [...row, ...added![i]!]);
      }
      expect(rowReduce(all).pivots.length).toBe(found.perturbed);
      expect(found.columns.cols).toBe(found.perturbed);
      if (found.members.length > 0) counts.grown++;

      // Brute force: what random vectors of the fibre reach beyond S.
      let wide = all;
      for (const v of fibre(instance, EPSILON, random)) {
        const added = jacobianAt(instance, movedBy(theta, EPSILON, v), random);
        if (added) wide = wide.map((row, i) => [...row, ...added[i]!]);
      }
      counts.compared++;
      if (rowReduce(wide).pivots.length > found.perturbed) counts.short++;

      // Where the rank is said to be constant, no point close to θ has another one, and S = {0} is all.
      const image = imageSubspace(context);
      const reason = constantRank(context, tangent, image && image.samples.length * instance.model.outputs);
      if (reason === undefined) continue;
      counts.constant++;
      for (let trial = 0; trial < 3; trial++) {
        const near = theta.map((value) => value.add(r('1e-20').mul(r(integer(random, -9, 9)))));
        const there = jacobianAt(instance, near, random);
        if (there) expect(rowReduce(there).pivots.length, reason).toBe(tangent);
      }
    }
    expect(counts.grown).toBeGreaterThan(COUNT / 8);
    expect(counts.members).toBeGreaterThan(COUNT / 5);
    expect(counts.constant).toBeGreaterThan(COUNT / 8);
    expect(counts.compared).toBeGreaterThan(COUNT / 3);
    expect(counts.short).toBe(0);
    expect(kinds.size).toBeGreaterThan(1);
  });
});

describe('planted generators', () => {
  const spec = {
    everymin: 1,
    model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }, { units: 1 }] },
    loss: { type: 'squared' },
    data: { inputs: [[1], [2]], targets: [[1], [1]] },
    parameters: { W1: [[0]], W2: [[0]], W3: [[0]] },
  };

  it('what leaves the fibre or is longer than 1 is refused, whatever kind it says it is', async () => {
    const context = await contextOf(spec);
    const J = exactJacobian(context)!;
    const search = new FibreSearch(context, EPSILON, J.rows, columnsAt(J, rank(J).lower.pivotCols), J.rows);
    for (const v of [
      ['1/2', '1/2', '1/2'],
      ['1', '1/100', '0'],
      ['1e-30', '1e-30', '1e-30'],
    ]) {
      expect(search.offer({ kind: 'symmetry', v: v.map(r) })).toBeUndefined();
    }
    expect(search.dimension).toBe(0);
    expect(search.members).toEqual([]);
    expect(search.offer({ kind: 'symmetry', v: ['3/5', '3/5', '0'].map(r) })).toBeDefined();
    expect(search.members.map(({ gained }) => gained)).toEqual([1]);
    // Nothing new in the same direction.
    expect(search.offer({ kind: 'symmetry', v: ['1/5', '1/5', '0'].map(r) })).toBeDefined();
    expect(search.members.length).toBe(1);
    expect(search.generators).toEqual([{ kind: 'symmetry', tried: 5, members: 2, chosen: 1, gained: 1 }]);
  });

  it('a curved fibre is followed order by order: I12', async () => {
    const context = await contextOf(instanceOf(['(a-b^2)*b^2'], { a: 0, b: 0 }, [[1]], [[1]]));
    const curve = fibreCurve(context, [r(0), r(1)]);
    expect(curve).toBeDefined();
    for (const s of ['1/7', '1e-5', '3'].map(r)) {
      const [a, b] = curve!.map((terms) => terms.reduceRight((sum, c) => sum.mul(s).add(c), Rational.zero));
      expect(a!.sub(b!.mul(b!)).mul(b!).isZero).toBe(true);
      expect(b!.isZero).toBe(false);
    }
    const found = perturbedSpan(context, EPSILON, 1)!;
    expect(found.perturbed).toBe(1);
    expect(found.members[0]!.kind).toBe('fibre curve');
    expect(isMember(context, EPSILON, found.set[0]!)).toBe(true);
  });

  it('no curve where θ is alone on its fibre', async () => {
    const context = await contextOf(instanceOf(['a^2+b^2'], { a: 0, b: 0 }, [[1]], [[1]]));
    for (const w of [
      ['1', '0'],
      ['1', '2'],
    ])
      expect(fibreCurve(context, w.map(r))).toBeUndefined();
    expect(perturbedSpan(context, EPSILON, 1)!.perturbed).toBe(0);
  });
});

describe('independence', () => {
  it('is never claimed of dependent vectors, and a prime that divides a minor is passed over', () => {
    const random = generator(81);
    for (let k = 0; k < 60; k++) {
      const rows = integer(random, 1, 5);
      const span = ColumnSpan.of(rows, []);
      const offered: Rational[][] = [];
      for (let j = 0; j < 8; j++) {
        const vector = Array.from({ length: rows }, () => r(pick(random, [0, 0, 1, -2, '1/3', '5/7'])));
        const before = offered.length === 0 ? 0 : rowReduce(offered).pivots.length;
        offered.push(vector);
        expect(span.add(vector)).toBe(rowReduce(offered).pivots.length > before);
      }
    }
    const p = Rational.integer(modularPrime(0));
    const columns = [
      [r(1), r(1)],
      [r(1), r(1).add(p)],
    ];
    expect(ColumnSpan.of(2, columns).dimension).toBe(2);
  });

  it('the rank of a matrix of balls is bounded by that of every matrix inside', () => {
    const random = generator(91);
    let positive = 0;
    for (let k = 0; k < 60; k++) {
      const rows = integer(random, 1, 5);
      const cols = integer(random, 1, 6);
      const inner = integer(random, 0, Math.min(rows, cols));
      const left = Array.from({ length: rows * inner }, () => integer(random, -3, 3));
      const right = Array.from({ length: inner * cols }, () => integer(random, -3, 3));
      const mid = new Float64Array(rows * cols);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < cols; j++)
          for (let l = 0; l < inner; l++) mid[i * cols + j]! += left[i * inner + l]! * right[l * cols + j]!;
      const exact = rowReduce(
        Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => r(mid[i * cols + j]!))),
      ).pivots.length;
      const tight = rankLowerBound({ rows, cols, mid, rad: new Float64Array(rows * cols) });
      expect(tight).toBe(exact);
      if (exact > 0) positive++;
      // The zero matrix is inside.
      expect(rankLowerBound({ rows, cols, mid, rad: mid.map(Math.abs) })).toBe(0);
    }
    expect(positive).toBeGreaterThan(20);
  });
});
