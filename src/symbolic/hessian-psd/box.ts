import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { intervalArithmetic as A, type Interval } from '../../certified/interval.ts';
import type { Rational } from '../../kernel/rational.ts';
import { differentiate } from '../differentiate.ts';
import { evaluate } from '../evaluate.ts';
import { argumentsOf, type Graph } from '../graph.ts';
import { reachable } from '../rational-function.ts';

const DELICATE = new Set(['abs', 'relu', 'max', 'min', 'sqrt']);
const MOST_CELLS = 4_096;

/**
 * The largest of a few boxes [−r, r]^n on which interval arithmetic proves ∇²ℓ(·, y) positive definite, by Gershgorin's
 * circles on a subdivision; undefined when it proves none. Says nothing about the rest of R^n. Only for graphs without
 * kinks, n ≤ 3.
 */
export function convexBox(graph: Graph, y: readonly Rational[], deadline: number): number | undefined {
  const n = graph.groups.q ?? 0;
  const hasKinks = reachable(graph, graph.outputs).some((id) => {
    const node = graph.nodes[id]!;
    return DELICATE.has(node.op) && argumentsOf(node).length > 0;
  });
  if (hasKinks || n < 1 || n > 3) return undefined;
  const hessian = Array.from({ length: n }, (_, a) => {
    const slope = differentiate(graph, 'q', a);
    return Array.from({ length: n }, (_, b) => differentiate(slope, 'q', b));
  });
  const targets = y.map(A.rational);
  for (const radius of [8, 4, 2, 1]) {
    const cells: Interval[][] = [Array.from({ length: n }, () => ({ lo: -radius, hi: radius }))];
    let visited = 0;
    for (let cell = cells.pop(); cell; cell = cells.pop()) {
      if (++visited > MOST_CELLS || Date.now() > deadline) break;
      if (!isPositiveDefinite(hessian, cell, targets)) cells.push(...halves(cell));
      else if (cells.length === 0) return radius;
    }
  }
  return undefined;
}

function isPositiveDefinite(
  hessian: readonly (readonly Graph[])[],
  q: readonly Interval[],
  y: readonly Interval[],
): boolean {
  try {
    const entries = hessian.map((row) =>
      row.map((graph) => evaluate(graph, A, { q, y }).value(graph.outputs[0]!)),
    );
    return entries.every((row, a) => {
      const others = row.reduce((sum, entry, b) => (a === b ? sum : A.add(sum, A.abs(entry))), A.zero);
      return A.sign(A.sub(row[a]!, others)) === 1;
    });
  } catch (error) {
    if (error instanceof Inexpressible) return false;
    throw error;
  }
}

/** The two halves along the widest side. */
function halves(cell: readonly Interval[]): Interval[][] {
  const widths = cell.map(({ lo, hi }) => hi - lo);
  const widest = widths.indexOf(Math.max(...widths));
  const { lo, hi } = cell[widest]!;
  const middle = (lo + hi) / 2;
  return [
    { lo, hi: middle },
    { lo: middle, hi },
  ].map((half) => cell.map((side, k) => (k === widest ? half : side)));
}
