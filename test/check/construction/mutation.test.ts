import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../src/check/check-context.ts';
import { construction } from '../../../src/check/construction/index.ts';
import type { Construction, RankedMatrix } from '../../../src/check/construction/types.ts';
import { constructionFaults } from '../../../src/check/construction/verify.ts';
import { createContext } from '../../../src/check/context.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';

/** Words for a reader, which no checker can check. */
const PROSE = new Set(['detail', 'reason', 'method']);

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Other values of the same shape. */
function otherValues(value: Json, key: string): Json[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, -1 - value];
  if (value === null) return key === 'zero' ? [true, false] : key === 'printed' ? [] : ['1'];
  if (typeof value === 'string') {
    const number = Rational.parse(value);
    if (!number) return ['?', `${value}0`, ...(KINDS[value] ?? [])];
    const moved = number.add(Rational.one);
    return [moved, number.neg().sub(Rational.one), number.mul(new Rational(2n, 3n))]
      .filter((other) => !other.equals(number))
      .map(String)
      .concat(`${value}/1`);
  }
  if (Array.isArray(value)) return value.length > 0 ? [value.slice(0, -1), [...value, value[0]!]] : [];
  return [];
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  'right-inverse': ['null-vectors'],
  'null-vectors': ['right-inverse'],
  'theorem-3': ['theorem-4'],
  'theorem-4': ['theorem-3'],
  left: ['right', 'shape'],
  right: ['left', 'shape'],
  shape: ['left', 'right'],
  equal: ['enclosed', 'not computed', 'differs'],
  exact: ['certified', 'numeric'],
  'leaves-fibre': ['norm', 'rank'],
  norm: ['rank', 'leaves-fibre'],
};

function mutants(value: Json, path: readonly (string | number)[] = []): { path: typeof path; value: Json }[] {
  const key = String(path.at(-1) ?? '');
  if (PROSE.has(key)) return [];
  const own = otherValues(value, key).map((other) => ({ path, value: other }));
  if (typeof value !== 'object' || value === null) return own;
  const inside = Object.entries(value).flatMap(([name, child]) =>
    mutants(child as Json, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [...own, ...inside];
}

function replaced(value: Json, path: readonly (string | number)[], other: Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return other;
  if (Array.isArray(value))
    return value.map((child, k) => (k === first ? replaced(child, rest, other) : child));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, child]) => [
      name,
      name === first ? replaced(child, rest, other) : child,
    ]),
  );
}

const det = (M: readonly (readonly Rational[])[]): Rational =>
  M.length === 0
    ? Rational.one
    : M[0]!.reduce((sum, entry, j) => {
        const minor = M.slice(1).map((row) => row.filter((_, k) => k !== j));
        const term = entry.mul(det(minor));
        return j % 2 === 0 ? sum.add(term) : sum.sub(term);
      }, Rational.zero);

/** A certificate may have another true form: an equally good minor or prime, or other null vectors. Judged by definitions. */
function stillProves({ rows, cols, values, rank, certificate }: RankedMatrix): boolean {
  const A = Array.from({ length: rows }, (_, i) =>
    values!.slice(i * cols, (i + 1) * cols).map((text) => Rational.parse(text)!),
  );
  const { lower, upper } = certificate!;
  const distinct = (list: readonly number[], below: number) =>
    list.length === rank && new Set(list).size === rank && list.every((k) => k >= 0 && k < below);
  const isPrime =
    lower.prime > 1 &&
    !Array.from({ length: 10_000 }, (_, k) => k + 2).some((d) => d < lower.prime && lower.prime % d === 0);
  if (!isPrime || !distinct(lower.pivotRows, rows) || !distinct(lower.pivotCols, cols)) return false;
  if (det(lower.pivotRows.map((i) => lower.pivotCols.map((j) => A[i]![j]!))).isZero) return false;
  if (upper.kind === 'shape') return rank === Math.min(rows, cols);
  const vectors = upper.vectors.map((vector) => vector.map((text) => Rational.parse(text)!));
  const M = upper.kind === 'right' ? A : A[0]!.map((_, j) => A.map((row) => row[j]!));
  const n = upper.kind === 'right' ? cols : rows;
  return (
    vectors.length === n - rank &&
    new Set(upper.free).size === vectors.length &&
    vectors.every(
      (v, k) =>
        v.length === n &&
        upper.free.every((f, l) => v[f] !== undefined && v[f]!.isZero === (l !== k)) &&
        M.every((row) => row.reduce((sum, entry, j) => sum.add(entry.mul(v[j]!)), Rational.zero).isZero),
    )
  );
}

const matrixOf = (values: readonly string[], cols: number): Rational[][] =>
  Array.from({ length: values.length / cols }, (_, i) =>
    values.slice(i * cols, (i + 1) * cols).map((text) => Rational.parse(text)!),
  );

/** Where P has a kernel, X may be another right inverse. */
function isRightInverse({ sets, matrices }: Construction, k: number): boolean {
  const { product, rightInverse } = sets[k]!;
  const P = matrices.find(({ name }) => name === product);
  if (!P) return false;
  const [A, X] = [matrixOf(P.values!, P.cols), matrixOf(rightInverse.values!, rightInverse.cols)];
  return A.every((row, i) =>
    X[0]!.every((_, j) =>
      row
        .reduce((sum, entry, n) => sum.add(entry.mul(X[n]![j]!)), Rational.zero)
        .equals(i === j ? Rational.one : Rational.zero),
    ),
  );
}

function isMultiple(found: Construction, data: Construction, path: readonly (string | number)[]): boolean {
  const [a, b] = [found, data].map((each) => {
    const fault = each.printed![Number(path[1])]!;
    return fault.kind === 'leaves-fibre'
      ? fault.vector[Number(path[3])]!.left.map((text) => Rational.parse(text)!)
      : [];
  });
  return a!.every((x, i) => a!.every((y, j) => x.mul(b![j]!).equals(y.mul(b![i]!))));
}

const residual = (W: number[][], R: number[][], dx: number) => ({
  everymin: 1,
  model: {
    type: 'resnet',
    inputs: dx,
    outputs: W.length,
    residual: {
      type: 'expression',
      inputs: Array.from({ length: dx }, (_, j) => `x${j + 1}`),
      parameters: [],
      outputs: ['x1^2', '1-x1'].slice(0, R[0]!.length),
    },
  },
  loss: { type: 'squared' },
  data: {
    inputs: Array.from({ length: 3 }, (_, i) => Array.from({ length: dx }, (_, j) => 1 + 2 * i - j * i)),
    targets: Array.from({ length: 3 }, (_, i) => W.map((_, k) => i - k)),
  },
  parameters: { W, R, u: {} },
});

const network = (weights: number[][][]) => ({
  everymin: 1,
  model: { type: 'mlp', inputs: weights[0]![0]!.length, layers: weights.map((W) => ({ units: W.length })) },
  loss: { type: 'squared' },
  data: {
    inputs: Array.from({ length: 3 }, (_, i) => weights[0]![0]!.map((_, j) => 1 + 2 * i - j * i)),
    targets: Array.from({ length: 3 }, (_, i) => weights.at(-1)!.map((_, k) => i - k)),
  },
  parameters: Object.fromEntries(weights.map((W, k) => [`W${k + 1}`, W])),
});

const CASES: readonly (readonly [string, object, number | undefined])[] = [
  [
    'Theorem 3, rank W = dy',
    residual(
      [[1, 2]],
      [
        [1, 3],
        [2, 1],
      ],
      2,
    ),
    undefined,
  ],
  [
    'Theorem 3, rank W < dx',
    residual(
      [
        [1, 2],
        [2, 4],
      ],
      [
        [1, 3],
        [2, 1],
      ],
      2,
    ),
    undefined,
  ],
  ['Theorem 3, rank W = dx < dy', residual([[1], [2]], [[1, 3]], 1), undefined],
  [
    'Theorem 4, a chain of two with S_0 ≠ 0',
    network([
      [
        [1, 2],
        [3, 1],
      ],
      [
        [1, -1],
        [2, -2],
      ],
      [[2, -1]],
    ]),
    0,
  ],
  [
    'Theorem 4, the printed proof fails',
    network([
      [[1], [1]],
      [
        [1, 1],
        [1, 1],
      ],
      [[0, 1]],
    ]),
    0,
  ],
  ['Theorem 4, zero layers', network([[[1, 2]], [[0]], [[0]], [[0]]]), 0],
  [
    'Theorem 4, two outputs',
    network([
      [
        [1, 2],
        [2, 4],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [1, 2],
        [2, 4],
      ],
    ]),
    0,
  ],
];

describe.each(CASES)('%s', (_name, file, t) => {
  const build = async (): Promise<{ context: CheckContext; found: Construction }> => {
    const context = createContext(await instanceFromObject(file as never));
    const found = construction(context, t, true);
    if (!found || 'omitted' in found) throw new Error('no construction');
    return { context, found: JSON.parse(JSON.stringify(found)) };
  };

  it('each field of the data changed: refused', async () => {
    const { context, found } = await build();
    expect(constructionFaults(context, found, true)).toEqual([]);
    const all = mutants(found as unknown as Json);
    expect(all.length).toBeGreaterThan(60);
    let excused = 0;
    const accepted: string[] = [];
    for (const { path, value } of all) {
      const data = replaced(found as unknown as Json, path, value) as unknown as Construction;
      if (constructionFaults(context, data, true).length > 0) continue;
      const certificate = path[0] === 'matrices' && path[2] === 'certificate';
      if (certificate && stillProves(data.matrices[Number(path[1])]!)) excused++;
      else if (path[0] === 'printed' && path.length === 1)
        excused++; // fewer faults are said, none wrongly
      else if (path[3] === 'values' && isRightInverse(data, Number(path[1]))) excused++;
      // a null vector of another length is a null vector
      else if (path[2] === 'vector' && path[4] === 'left' && isMultiple(found, data, path)) excused++;
      else accepted.push(`${path.join('.')} = ${JSON.stringify(value)}`);
    }
    expect(accepted).toEqual([]);
    expect(excused).toBeLessThan(all.length / 4);
  });

  it('another instance: refused', async () => {
    const { found } = await build();
    const other = structuredClone(file) as { parameters: Record<string, number[][]> };
    const name = 'W' in other.parameters ? 'W' : `W${Object.keys(other.parameters).length}`;
    other.parameters[name]![0]![0]! += 1;
    const context = createContext(await instanceFromObject(other as never));
    expect(constructionFaults(context, found, true)).not.toEqual([]);
  });
});

it('the cases hold every kind of data', async () => {
  const seen = new Set<string>();
  for (const [, file, t] of CASES) {
    const found = construction(
      createContext(await instanceFromObject(file as never)),
      t,
      true,
    ) as Construction;
    for (const set of found.sets) {
      seen.add(set.kind);
      if (set.base.length > 0) seen.add('base');
      if (set.chain.length > 1) seen.add('chain');
    }
    for (const fault of found.printed ?? []) seen.add(fault.kind);
    for (const { certificate } of found.matrices) seen.add(certificate!.upper.kind);
    if (found.missing.length > 0) seen.add('missing');
    if (found.forces.some(({ zero }) => zero === false)) seen.add('force');
  }
  expect([...seen].sort()).toEqual(
    [
      'base',
      'chain',
      'force',
      'leaves-fibre',
      'left',
      'missing',
      'norm',
      'null-vectors',
      'rank',
      'right',
      'right-inverse',
      'shape',
    ].sort(),
  );
});
