import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { float64Arithmetic } from '../arithmetic/float64.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import { evaluate } from './evaluate.ts';
import { argumentsOf, type Graph, type NodeId } from './graph.ts';
import { randomSource } from './random-source.ts';
import { reachable } from './rational-function.ts';
import { attempt, type Refutation, type Replayed, replayRefutation } from './refutation.ts';

export interface Found {
  readonly refutation: Refutation;
  readonly replayed: Replayed;
}

/** What is worth looking for: a claim that is proved needs no refutation. */
export interface Hunt {
  readonly convexity: boolean;
  readonly differentiability: boolean;
  /** milliseconds since the epoch */
  readonly deadline: number;
  /** points at which to begin, e.g. where a second derivative is known to be negative */
  readonly hints?: readonly (readonly Rational[])[];
}

type Point = readonly Rational[];
const HALF = new Rational(1n, 2n);

/**
 * Looks for a point where ℓ(·, y) is not defined, a chord below the graph, or a kink. Every answer was replayed. Float64
 * guides the search; it never decides. Deterministic but for the deadline.
 */
export function searchRefutation(graph: Graph, y: Point, hunt: Hunt): Found | undefined {
  const search = new Search(graph, y, hunt);
  return (
    search.undefinedPoint() ??
    (hunt.differentiability ? search.kink() : undefined) ??
    (hunt.convexity ? search.chord() : undefined)
  );
}

class Search {
  readonly #graph: Graph;
  readonly #y: Point;
  readonly #hunt: Hunt;
  readonly #n: number;
  readonly #points: Point[];
  readonly #random = randomSource(1);

  constructor(graph: Graph, y: Point, hunt: Hunt) {
    this.#graph = graph;
    this.#y = y;
    this.#hunt = hunt;
    this.#n = graph.groups.q ?? 0;
    this.#points = this.#startingPoints();
  }

  /** log of what is not positive, sqrt of what is negative, or a denominator that is 0. */
  undefinedPoint(): Found | undefined {
    const partial = reachable(this.#graph, this.#graph.outputs).filter((id) => {
      const { op } = this.#graph.nodes[id]!;
      return op === 'log' || op === 'sqrt' || op === 'quotient';
    });
    for (const node of partial) {
      const args = argumentsOf(this.#graph.nodes[node]!);
      const denominator = this.#graph.nodes[node]!.op === 'quotient';
      const argument = args[denominator ? 1 : 0]!;
      for (const point of denominator ? this.#zerosOf(argument) : this.#points) {
        const found = this.#replay({ kind: 'not defined', y: texts(this.#y), point: texts(point), node });
        if (found) return found;
        if (Date.now() > this.#hunt.deadline) return undefined;
      }
    }
    return undefined;
  }

  /** A point on the zero set of an argument of relu, abs, max, min or sqrt, with slopes that do not match. */
  kink(): Found | undefined {
    for (const point of this.#kinkCandidates()) {
      for (const direction of this.#directions()) {
        if (Date.now() > this.#hunt.deadline) return undefined;
        const found = this.#replay({
          kind: 'not differentiable',
          y: texts(this.#y),
          point: texts(point),
          direction: texts(direction),
        });
        if (found) return found;
      }
    }
    return undefined;
  }

  /** A chord whose midpoint lies below the graph. */
  chord(): Found | undefined {
    const starts = [...(this.#hunt.hints ?? []), ...this.#points];
    for (const point of starts) {
      for (const direction of this.#directions()) {
        for (const h of STEPS) {
          const found = this.#tryChord(point, direction, h);
          if (found) return found;
        }
        if (Date.now() > this.#hunt.deadline) return undefined;
      }
    }
    return this.#descend();
  }

  #tryChord(point: Point, direction: Point, h: Rational): Found | undefined {
    const [a, b] = [-1, 1].map((side) => shift(point, direction, h.mul(Rational.integer(side)))) as [
      Point,
      Point,
    ];
    if (!(this.#bend(a, point, b) < 0)) return undefined;
    return this.#replay({
      kind: 'not convex',
      y: texts(this.#y),
      a: texts(a),
      b: texts(b),
      t: HALF.toString(),
    });
  }

  /** (ℓ(a) + ℓ(b))/2 − ℓ(m), relative to the size of the numbers; NaN where ℓ cannot be evaluated. */
  #bend(a: Point, m: Point, b: Point): number {
    const [left, middle, right] = [a, m, b].map((q) => this.#float(q)) as [number, number, number];
    return (left + right - 2 * middle) / (Math.abs(left) + Math.abs(right) + Math.abs(middle) + 1e-300);
  }

  #float(q: Point): number {
    return (
      attempt(() =>
        evaluate(this.#graph, float64Arithmetic, {
          q: q.map((value) => value.toNumber()),
          y: this.#y.map((value) => value.toNumber()),
        }).value(this.#graph.outputs[0]!),
      ) ?? Number.NaN
    );
  }

  /** Random local search for the most negative bend, for small regions that the fixed points miss. */
  #descend(): Found | undefined {
    for (let start = 0; start < 24; start++) {
      let point = this.#randomPoint(start % 3 === 0 ? 1 : start % 3 === 1 ? 4 : 16);
      let direction = this.#randomPoint(1);
      const h = new Rational(1n, 16n);
      const value = (p: Point, d: Point): number => {
        const bend = this.#bend(shift(p, d, h.neg()), p, shift(p, d, h));
        return Number.isNaN(bend) ? Number.POSITIVE_INFINITY : bend;
      };
      let best = value(point, direction);
      for (let turn = 0; turn < 120; turn++) {
        if (Date.now() > this.#hunt.deadline) return undefined;
        const scale = new Rational(1n, BigInt(1 << (turn % 8)));
        const nextPoint = shift(point, this.#randomPoint(2), scale);
        const nextDirection = shift(direction, this.#randomPoint(1), scale);
        const next = value(nextPoint, nextDirection);
        if (!(next < best)) continue;
        [point, direction, best] = [nextPoint, nextDirection, next];
        if (best < 0) {
          const found = this.#tryChord(point, direction, h);
          if (found) return found;
        }
      }
    }
    return undefined;
  }

  #kinkCandidates(): Point[] {
    const candidates: Point[] = [];
    for (const id of reachable(this.#graph, this.#graph.outputs)) {
      const node = this.#graph.nodes[id]!;
      if (node.op === 'relu' || node.op === 'abs' || node.op === 'sqrt')
        candidates.push(...this.#zerosOf(node.args[0]));
      if (node.op === 'max' || node.op === 'min')
        candidates.push(...this.#zerosOf(node.args[0], node.args[1]));
    }
    return unique(candidates);
  }

  /** Rational points where u (or u − v) is exactly 0: by the secant rule along random lines, exact for affine pieces. */
  #zerosOf(u: NodeId, v?: NodeId): Point[] {
    const value = (q: Point): Rational | undefined =>
      attempt(() => {
        const evaluation = evaluate(this.#graph, rationalArithmetic, { q, y: this.#y });
        return v === undefined ? evaluation.value(u) : evaluation.value(u).sub(evaluation.value(v));
      });
    const zeros = this.#points.filter((point) => value(point)?.isZero);
    for (let line = 0; line < 24 && zeros.length < 16; line++) {
      const from = line % 2 === 0 ? this.#points[line % this.#points.length]! : this.#randomPoint(4);
      const zero = secant(value, from, this.#randomPoint(4));
      if (zero) zeros.push(zero);
    }
    return zeros;
  }

  #directions(): Point[] {
    const n = this.#n;
    const axes = Array.from({ length: Math.min(n, 8) }, (_, k) => unit(n, k));
    const pairs =
      n > 1
        ? [
            unit(n, 0).map((value, k) => (k === 1 ? Rational.one : value)),
            unit(n, 0).map((value, k) => (k === 1 ? Rational.integer(-1) : value)),
          ]
        : [];
    return n > 1 ? [...axes, ...pairs, this.#randomPoint(2), this.#randomPoint(2)] : axes;
  }

  #startingPoints(): Point[] {
    const n = this.#n;
    const origin = Array.from({ length: n }, () => Rational.zero);
    const points: Point[] = [origin];
    if (this.#y.length === n) points.push(this.#y);
    for (const size of [
      '1',
      '-1',
      '1/2',
      '-1/2',
      '2',
      '-2',
      '3',
      '-3',
      '5',
      '-5',
      '10',
      '-10',
      '1/10',
      '100',
      '-100',
    ])
      for (let k = 0; k < Math.min(n, 4); k++)
        points.push(unit(n, k).map((value) => value.mul(Rational.parse(size)!)));
    for (let k = 0; k < 40; k++) points.push(this.#randomPoint(k < 20 ? 2 : 8));
    return unique(points);
  }

  #randomPoint(size: number): Point {
    return Array.from(
      { length: this.#n },
      () => new Rational(BigInt(Math.round((this.#random() * 2 - 1) * size * 16)), 16n),
    );
  }

  #replay(refutation: Refutation): Found | undefined {
    try {
      const replayed = replayRefutation(this.#graph, refutation);
      return replayed && { refutation, replayed };
    } catch (error) {
      if (error instanceof Inexpressible) return undefined;
      throw error;
    }
  }
}

const STEPS = ['1', '1/4', '4', '1/32', '16'].map((text) => Rational.parse(text)!);

const texts = (point: Point): string[] => point.map(String);
const unit = (n: number, k: number): Point =>
  Array.from({ length: n }, (_, j) => (j === k ? Rational.one : Rational.zero));
const shift = (point: Point, direction: Point, by: Rational): Point =>
  point.map((value, k) => value.add(direction[k]!.mul(by)));
const unique = (points: readonly Point[]): Point[] => [
  ...new Map(points.map((point) => [point.join(), point])).values(),
];

function secant(value: (q: Point) => Rational | undefined, from: Point, to: Point): Point | undefined {
  const direction = to.map((end, k) => end.sub(from[k]!));
  let [s, t] = [Rational.zero, Rational.one];
  for (let turn = 0; turn < 8; turn++) {
    const [left, right] = [value(shift(from, direction, s)), value(shift(from, direction, t))];
    if (!left || !right || left.equals(right)) return undefined;
    const next = s.sub(left.mul(t.sub(s)).div(right.sub(left)));
    if (next.numerator.toString().length > 40) return undefined;
    const point = shift(from, direction, next);
    const there = value(point);
    if (!there) return undefined;
    if (there.isZero) return point;
    if (there.sign === left.sign) s = next;
    else t = next;
  }
  return undefined;
}
