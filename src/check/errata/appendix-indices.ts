/** Errata 4a, 4b, 4c: indices, shapes and an exponent of section A.5. */
import { type Matrix, matrix } from '../../exact/linear-algebra.ts';
import { product, rational, scale, shapeOf, unitVector, type Vector, zeros } from './exact.ts';
import { compare, type Findings } from './finding.ts';

export interface ChainCase {
  readonly l: number;
  /** l*, at least l + 3 */
  readonly top: number;
  /** the least index of the printed range of l′ */
  readonly from: number;
}

/** The a_k are chosen for k = l+1, …, l*−2, and b_{l+1} is to be free. */
export function chainFindings(options: Partial<ChainCase> = {}): Findings {
  const l = options.l ?? 1;
  const top = options.top ?? l + 5;
  const printed = range(options.from ?? l, top - 2);
  const right = range(l + 2, top - 2);
  const defined = range(l + 1, top - 2);
  const undefinedIndices = (indices: readonly number[]): string =>
    listed(indices.map((k) => k - 1).filter((k) => !defined.includes(k)));
  const overwritten = (indices: readonly number[]): boolean => indices.includes(l + 1);
  const set = (indices: readonly number[]): string => listed(indices.filter((k) => k >= l + 2));
  const at = `l = ${l}, l* = ${top}`;
  return {
    comparisons: [
      compare(
        `a_{l′−1} used without being chosen, ${at}`,
        undefinedIndices(printed),
        undefinedIndices(right),
        'none',
      ),
      compare(`the free b_{l+1} is overwritten, ${at}`, overwritten(printed), overwritten(right), false),
      // Each A^(l′) that is perturbed, l′ = l+2..l*−2, needs its b.
      compare(
        `layers above l + 1 whose b is set, ${at}`,
        set(printed),
        set(right),
        listed(range(l + 2, top - 2)),
      ),
    ],
  };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
const listed = (values: readonly (number | string)[]): string =>
  values.length === 0 ? 'none' : values.join(', ');

export interface ShapeCase {
  /** d_0, …, d_{H+1} */
  readonly widths: readonly number[];
  /** |J^(l)|, l = 0..H+1 */
  readonly linear: readonly number[];
  /** number of parameters, and of points in S */
  readonly parameters: number;
  readonly points: number;
}

/** H = 4, l = 0, l* = H + 1: the weights A^(5) | α | Ã^(3) Ã^(2) | R^(1), dy = 2. */
const SHAPES: ShapeCase = {
  widths: [3, 6, 7, 8, 9, 2],
  linear: [3, 5, 4, 3, 4, 2],
  parameters: 3 * 6 + 6 * 7 + 7 * 8 + 8 * 9 + 9 * 2,
  points: 5,
};

/** Matrices of zeros of the shapes in question: a product that is not defined throws. */
export function shapeFindings({ widths: d, linear: n, parameters, points }: ShapeCase = SHAPES): Findings {
  const [l, top] = [0, 5];
  const dy = d.at(-1)!;
  const A = (k: number): Matrix => zeros(n[k]!, n[k - 1]!);
  const h = (k: number): Matrix => zeros(d[k]!, 1);
  const below = [A(3), A(2), zeros(n[l + 1]!, d[l]!), h(l)];
  const output = `${dy}×1`;
  return {
    comparisons: [
      compare(
        'A^(l*) α_j Ã^(l*−2)…Ã^(l+2) R^(l+1) h^(l)',
        shapeOf([A(top), zeros(d[top]!, d[top - 1]!), ...below]),
        shapeOf([A(top), zeros(n[top - 1]!, n[top - 2]!), ...below]),
        output,
      ),
      compare(
        'α′_j Ã^(l*−2)…Ã^(l+2) R^(l+1) h^(l)',
        shapeOf([zeros(dy, d[top - 1]!), ...below]),
        shapeOf([zeros(dy, n[top - 2]!), ...below]),
        output,
      ),
      compare(
        'A^(H+1)…A^(l+2) α_R^(l+1) h^(l)',
        shapeOf([A(5), A(4), A(3), A(2), zeros(d[l + 1]!, d[l]!), h(l)]),
        shapeOf([A(5), A(4), A(3), A(2), zeros(n[l + 1]!, d[l]!), h(l)]),
        output,
      ),
      compare(
        'α_h^(l+1) h^(l), a prediction',
        shapeOf([zeros(parameters, d[l]!), h(l)]),
        shapeOf([zeros(dy, d[l]!), h(l)]),
        output,
      ),
      compare('[ξ B] h^(t) in h̃^(t+1), t = 0, for layer l = 2 as printed', ...outsideShapes(d, n)),
      compare(
        `coefficients of f̃_θ for |S| = ${points}`,
        parameters,
        parameters * points,
        range(1, points).flatMap(() => range(1, parameters)).length, // ∂_k f(θ + εS_j) for each j and k
      ),
    ],
  };
}

/** [ξ^(l) B^(l)] is the rows outside J^(l) of W^(l): printed with the layer's l, and needed for t + 1. */
function outsideShapes(d: readonly number[], n: readonly number[]): [string, string, string] {
  const rows = (k: number): Matrix => zeros(d[k]! - n[k]!, d[k - 1]!);
  const input = zeros(d[0]!, 1);
  return [shapeOf([rows(2), input]), shapeOf([rows(1), input]), `${d[1]! - n[1]!}×1`];
}

export interface ExponentCase {
  readonly l: number;
  readonly top: number;
  /** the t of the theorem */
  readonly t: number;
}

/**
 * With A^(k) = 0 and b_k = a_{k−1}, Ã^(k) = ε a_k a_{k−1}ᵀ: α′ Ã^(l*−2)…Ã^(l+2) a_{l+1} is to be q, for ε = 1/100, q = 7 and
 * a_k the first or the second unit vector of ℝ² in turn.
 */
export function exponentFindings({ l, top, t }: ExponentCase = { l: 0, top: 5, t: 0 }): Findings {
  const epsilon = rational('1/100');
  const q = rational(7);
  const a = (k: number): Vector => unitVector(2, k % 2);
  const outer = (u: Vector, v: Vector): Matrix =>
    matrix(
      2,
      2,
      u.flatMap((entry) => scale(entry, v)),
    );
  let image: Matrix = matrix(2, 1, a(l + 1));
  for (let k = l + 2; k <= top - 2; k++) {
    const A = outer(a(k), scale(epsilon, a(k - 1)));
    image = product(A, image);
  }
  const result = (exponent: number) =>
    product(matrix(1, 2, scale(epsilon.pow(-exponent).mul(q), a(top - 2))), image).entries[0]!;
  return {
    comparisons: [
      compare(
        `α′_j Ã^(l*−2)…Ã^(l+2) a_{l+1} for q_j = 7, l = ${l}, l* = ${top}, t = ${t}`,
        result(t),
        result(top - l - 3),
        q,
      ),
    ],
  };
}
