/** The image of f_X, sampled from the model around θ and wider. */
import type { Geometry } from './geometry.ts';
import type { Vector } from './vector.ts';

export interface Image {
  /** one parameter: the curve; two: lines of a grid; more: lines through f_X(θ) along each parameter */
  readonly curves: readonly (readonly Vector[])[];
  /** two parameters: cells of a grid, four corners each */
  readonly cells: readonly (readonly Vector[])[];
  /** three parameters or more: points of a box around θ */
  readonly points: readonly Vector[];
}

const CURVE = 400;
const CLOUD = 900;
const LINE = 80;

/** θ ± `radius` in every parameter; of two parameters a grid of `grid` × `grid` cells. */
export function imageOf({ theta, outputs }: Geometry, radius: number, grid: number): Image {
  const along = (k: number, s: number): Vector =>
    theta.map((value, j) => (j === k ? value + s * radius : value));
  const curve = (count: number, place: (s: number) => Vector): Vector[][] =>
    unbroken(Array.from({ length: count + 1 }, (_, i) => outputs(place((2 * i) / count - 1))));
  if (theta.length === 1) return { curves: curve(CURVE, (s) => along(0, s)), cells: [], points: [] };
  if (theta.length === 2) {
    const at = (i: number, j: number): Vector | undefined =>
      outputs([theta[0]! + ((2 * i) / grid - 1) * radius, theta[1]! + ((2 * j) / grid - 1) * radius]);
    const places = Array.from({ length: grid + 1 }, (_, i) =>
      Array.from({ length: grid + 1 }, (_, j) => at(i, j)),
    );
    const cells = places.slice(1).flatMap((row, i) =>
      row.slice(1).flatMap((corner, j) => {
        const corners = [places[i]![j], places[i]![j + 1], corner, row[j]];
        return corners.every((each) => each !== undefined) ? [corners as Vector[]] : [];
      }),
    );
    return { curves: [], cells, points: [] };
  }
  return {
    curves: theta.flatMap((_, k) => curve(LINE, (s) => along(k, s))),
    cells: [],
    points: Array.from({ length: CLOUD }, (_, i) =>
      outputs(theta.map((value, k) => value + (2 * radicalInverse(i + 1, k) - 1) * radius)),
    ).filter((point) => point !== undefined),
  };
}

/** Runs of points that float64 could compute. */
function unbroken(points: readonly (Vector | undefined)[]): Vector[][] {
  const runs: Vector[][] = [[]];
  for (const point of points) {
    if (point) runs.at(-1)!.push(point);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19];

/** Halton's sequence: even cover of a box, the same every time. */
function radicalInverse(index: number, dimension: number): number {
  const base = PRIMES[dimension % PRIMES.length]!;
  let result = 0;
  let weight = 1 / base;
  for (let i = index; i > 0; i = Math.floor(i / base)) {
    result += (i % base) * weight;
    weight /= base;
  }
  return result;
}
