import { type Arithmetic, Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { intervalArithmetic } from '../../src/certified/interval.ts';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import type { Claim, Setting } from '../../src/symbolic/curvature/claim.ts';
import { parseRange } from '../../src/symbolic/curvature/range.ts';
import { type Evaluation, evaluate } from '../../src/symbolic/evaluate.ts';
import type { NodeId } from '../../src/symbolic/graph.ts';
import { oneSided } from '../../src/symbolic/one-sided.ts';

type Point = readonly Rational[];
/** Claims that are tested by one-sided slopes, on a part of the grid. */
const SLOPES = new Set(['smooth', 'differentiable', 'kinks-at-zeros']);
const grid = ['-3', '-1', '-1/2', '0', '1/3', '1', '2'].map((text) => Rational.parse(text)!);

/** Pairs of points whose midpoint is also asked for. */
export function pointPairs(n: number): [Point, Point][] {
  const points: Point[] =
    n === 1
      ? grid.map((value) => [value])
      : grid.flatMap((a, i) => [3].map((shift) => [a, grid[(i * shift + shift) % grid.length]!]));
  return points.flatMap((a, i) => points.slice(i + 1).map((b): [Point, Point] => [a, b]));
}

/** What contradicts a claim at some grid point, for certain (exactly, or in intervals); undefined when nothing does. */
export function contradiction(setting: Setting, y: Point, node: NodeId, claim: Claim): string | undefined {
  return (
    contradictionIn(rationalArithmetic, setting, y, node, claim) ??
    contradictionIn(intervalArithmetic, setting, y, node, claim)
  );
}

const evaluations = new WeakMap<Setting, Map<string, Evaluation<unknown>>>();

/** One evaluation for each point, shared by all nodes. */
function evaluationAt<T>(A: Arithmetic<T>, setting: Setting, y: Point, q: Point): Evaluation<T> {
  let known = evaluations.get(setting);
  if (!known) {
    known = new Map();
    evaluations.set(setting, known);
  }
  const key = `${A.name} ${q.join()} ${y.join()}`;
  let found = known.get(key) as Evaluation<T> | undefined;
  if (!found) {
    found = evaluate(setting.graph, A, { q: q.map(A.rational), y: y.map(A.rational) });
    known.set(key, found as Evaluation<unknown>);
  }
  return found;
}

function contradictionIn<T>(
  A: Arithmetic<T>,
  setting: Setting,
  y: Point,
  node: NodeId,
  claim: Claim,
): string | undefined {
  const n = setting.graph.groups[setting.variables]!;
  const value = (q: Point): T | undefined => told(() => evaluationAt(A, setting, y, q).value(node));
  const half = A.rational(new Rational(1n, 2n));
  const pairs = pointPairs(n);
  for (const [index, [a, b]] of pairs.entries()) {
    if (SLOPES.has(String(claim)) && index % 4 !== 0) continue;
    const m = a.map((entry, k) => entry.add(b[k]!).div(Rational.integer(2)));
    const [u, v, w] = [value(a), value(b), value(m)];
    if (u === undefined || v === undefined || w === undefined) continue;
    const where = `at ${a.join()} and ${b.join()}`;
    const sign = (compute: () => T): -1 | 0 | 1 | undefined => told(() => A.sign(compute()));
    if (typeof claim !== 'string') {
      const { lower, upper } = parseRange(claim.range)!;
      const below = lower && sign(() => A.sub(u, A.rational(lower.value)));
      const above = upper && sign(() => A.sub(u, A.rational(upper.value)));
      if (below === -1 || (below === 0 && lower?.open)) return `below its range ${where}`;
      if (above === 1 || (above === 0 && upper?.open)) return `above its range ${where}`;
      continue;
    }
    const bend = sign(() => A.sub(A.mul(half, A.add(u, v)), w));
    const positive = [u, v, w].every((x) => sign(() => x) !== -1 && sign(() => x) !== 0);
    const logBend = sign(() => A.sub(A.mul(u, v), A.mul(w, w)));
    switch (claim) {
      case 'constant':
        if (sign(() => A.sub(u, v))) return `not constant ${where}`;
        break;
      case 'affine':
        if (bend) return `not affine ${where}`;
        break;
      case 'convex':
        if (bend === -1) return `not convex ${where}`;
        break;
      case 'concave':
        if (bend === 1) return `not concave ${where}`;
        break;
      case 'log-convex':
        if (!positive || logBend === -1) return `not log-convex ${where}`;
        break;
      case 'log-concave':
        if (!positive || logBend === 1) return `not log-concave ${where}`;
        break;
      case 'root-convex': {
        const rootBend = sign(() => A.sub(A.mul(half, A.add(A.sqrt(u), A.sqrt(v))), A.sqrt(w)));
        if (sign(() => u) === -1 || rootBend === -1) return `not root-convex ${where}`;
        break;
      }
      default: {
        const slopes = [1, -1].map((side) =>
          told(() => {
            const S = oneSided(A);
            const q = m.map((entry, k) => ({
              value: A.rational(entry),
              slope: A.rational(b[k]!.sub(a[k]!).mul(Rational.integer(side))),
              bend: A.zero,
            }));
            return evaluate(setting.graph, S, { q, y: y.map(S.rational) }).value(node).slope;
          }),
        );
        const [forward, backward] = slopes;
        if (forward === undefined || backward === undefined) continue;
        const kink = sign(() => A.add(forward, backward));
        if (kink && !(claim === 'kinks-at-zeros' && sign(() => w) === 0)) return `not ${claim} ${where}`;
      }
    }
  }
  return undefined;
}

function told<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof RangeError) return undefined;
    throw error;
  }
}
