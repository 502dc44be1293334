import { matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import type { CheckContext } from '../check-context.ts';

/** A polynomial curve through θ: Σ coefficient·s^power e_index. */
export type Terms = readonly {
  readonly index: number;
  readonly coefficient: Rational;
  readonly power: number;
}[];

const term = (index: number, coefficient: Rational, power = 1) => ({ index, coefficient, power });
const signs = [Rational.one, Rational.one.neg()];

/**
 * Curves along which L may fall: one, two and three coordinates; paths of rank-one changes through the layers of a network;
 * two coordinates with unequal powers and several slopes; seeded directions, straight and with some coordinates squared.
 */
export function* curves(context: CheckContext): Generator<Terms> {
  const n = context.exact!.theta.length;
  yield* sparse(n);
  yield* paths(context);
  if (n <= 4) yield* parabolas(n);
  const random = randomSource(context.seed ^ 0x9e3779b9);
  for (let round = 0; round < 400; round++) {
    const terms = Array.from({ length: n }, (_, index) =>
      term(index, Rational.integer(Math.floor(random() * 5) - 2), round % 2 === 0 || random() < 0.5 ? 1 : 2),
    ).filter(({ coefficient }) => !coefficient.isZero);
    if (terms.length > 0) yield terms;
  }
}

function* sparse(n: number): Generator<Terms> {
  for (let a = 0; a < n; a++) for (const x of signs) yield [term(a, x)];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++)
      for (const x of signs) for (const y of signs) yield [term(a, x), term(b, y)];
  }
  if (n > 20) return;
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      for (let c = b + 1; c < n; c++) {
        for (const x of signs)
          for (const y of signs) for (const z of signs) yield [term(a, x), term(b, y), term(c, z)];
      }
    }
  }
}

const SLOPES = ['1', '3/2', '5/2', '1/2', '2', '7/2', '3', '1/4', '4', '6'].map(
  (text) => Rational.parse(text)!,
);

/** θ_j + ±s^p, θ_k ± c s^q: between two tangent parabolas, where no straight line stays. */
function* parabolas(n: number): Generator<Terms> {
  for (const [p, q] of [
    [1, 2],
    [1, 3],
    [2, 3],
  ] as const) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) {
        if (j === k) continue;
        for (const x of signs)
          for (const y of signs) for (const slope of SLOPES) yield [term(j, x, p), term(k, y.mul(slope), q)];
      }
    }
  }
}

const MOST_PATHS = 600;

/**
 * W^(l) + s·a_l b_lᵀ on consecutive layers l = p, …, q: a_l is not seen by the layer above, b_l does not see the layer below
 * (both over Q), so that only the whole path reaches the output: where a product of layers has lost rank, f changes by
 * s^(q−p+1) (MATH, T4.8, in the other direction).
 */
function* paths(context: CheckContext): Generator<Terms> {
  const { instance } = context;
  const { network } = instance.model;
  if (!network) return;
  const { layers } = network;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const random = randomSource(context.seed ^ 0x2545f491);
  const rows = (l: number): Rational[][] => {
    const { weight, units, inputs } = layers[l]!;
    return Array.from({ length: units }, (_, i) =>
      Array.from({ length: inputs }, (_, j) => instance.parameters.rational(weight.offset + i * inputs + j)),
    );
  };
  const kernel = (A: readonly (readonly Rational[])[], cols: number): readonly (readonly Rational[])[] =>
    nullSpace(matrix(A.length, cols, A.flat())).vectors;
  const transposed = (A: readonly (readonly Rational[])[]): Rational[][] =>
    A[0]!.map((_, j) => A.map((row) => row[j]!));
  const unseen = layers.map((layer, l) => (l + 1 < layers.length ? kernel(rows(l + 1), layer.units) : []));
  const unseeing = layers.map((layer, l) => (l > 0 ? kernel(transposed(rows(l - 1)), layer.inputs) : []));
  const coordinate = (size: number): readonly Rational[] => {
    const at = Math.floor(random() * size);
    return Array.from({ length: size }, (_, k) => (k === at ? Rational.one : Rational.zero));
  };
  const choice = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  for (let round = 0; round < MOST_PATHS; round++) {
    const first = Math.floor(random() * (layers.length - 1));
    const last = first + 1 + Math.floor(random() * (layers.length - 1 - first));
    const terms: Terms[number][] = [];
    for (let l = first; l <= last; l++) {
      const { weight, units, inputs } = layers[l]!;
      const a = l === last ? coordinate(units) : choice(unseen[l]!);
      const b = l === first ? coordinate(inputs) : choice(unseeing[l]!);
      if (!a || !b) break;
      const sign = l === last ? signs[round % 2]! : Rational.one;
      for (const [i, left] of a.entries()) {
        for (const [j, right] of b.entries()) {
          const k = position.get(weight.offset + i * inputs + j);
          if (k !== undefined && !left.isZero && !right.isZero)
            terms.push(term(k, left.mul(right).mul(sign)));
        }
      }
      if (l === last && terms.length > 0) yield terms;
    }
  }
}
