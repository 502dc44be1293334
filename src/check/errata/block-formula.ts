/** Erratum 1: the block formula of section A.5, with blocks of size dy × dy and with blocks of size |J^(l)| × |J^(l−1)|. */
import { type Matrix, matrix, rank } from '../../exact/linear-algebra.ts';
import type { Rational } from '../../kernel/rational.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import {
  add,
  identity,
  isZeroVector,
  one,
  product,
  rational,
  scale,
  submatrix,
  type Vector,
  zero,
} from './exact.ts';
import { type Comparison, compare, type Findings, fact } from './finding.ts';
import {
  activate,
  hiddenLayers,
  instanceOf,
  layerValue,
  linearNetwork,
  type Network,
  partlyLinearNetwork,
  randomIntegers,
  widthOf,
} from './network.ts';

/** How many rows the block A^(l) has. */
type BlockSize = (net: Network, l: number) => number;

const outputs = (net: Network): number => widthOf(net, hiddenLayers(net) + 1);
const printedSize: BlockSize = (net) => outputs(net);
const rightSize: BlockSize = (net, l) => net.linear[l]!;

/**
 * f(x) = A^(H+1)…A^(l+2) R^(l+1) h^(l) + Σ_{k=l}^{H−1} A^(H+1)…A^(k+3) C^(k+2) h̃^(k+1), with blocks of the given sizes:
 * W^(l) = [A C; ξ B], R = [A C], h̃^(l) = σ^(l)(B^(l) h̃^(l−1)), h̃^(t+1) = σ^(t+1)([ξ^(t+1) B^(t+1)] h^(t)).
 */
export function blockFormula(net: Network, x: Vector, t: number, l: number, size: BlockSize): Vector {
  const H = hiddenLayers(net);
  const W = (k: number): Matrix => net.weights[k - 1]!;
  const A = (k: number): Matrix => submatrix(W(k), 0, size(net, k), 0, size(net, k - 1));
  const C = (k: number): Matrix => submatrix(W(k), 0, size(net, k), size(net, k - 1), W(k).cols);
  const B = (k: number): Matrix => submatrix(W(k), size(net, k), W(k).rows, size(net, k - 1), W(k).cols);
  const chain = (from: number): Matrix => {
    let P = identity(outputs(net));
    for (let k = H + 1; k >= from; k--) P = product(P, A(k));
    return P;
  };
  const column = (v: Vector): Matrix => matrix(v.length, 1, v);
  const outside = (k: number, z: Matrix): Matrix =>
    column(z.entries.map((value, i) => activate(net, k, size(net, k) + i, value)));
  const lowest = submatrix(W(t + 1), size(net, t + 1), W(t + 1).rows, 0, W(t + 1).cols);
  const others: Matrix[] = []; // h̃^(t+1), …, h̃^(H)
  for (let k = t + 1; k <= H; k++) {
    const input =
      k === t + 1 ? product(lowest, column(layerValue(net, t, x))) : product(B(k), others.at(-1)!);
    others.push(outside(k, input));
  }
  const R = submatrix(W(l + 1), 0, size(net, l + 1), 0, W(l + 1).cols);
  let f: Vector = product(product(chain(l + 2), R), column(layerValue(net, l, x))).entries;
  for (let k = l; k < H; k++) f = add(f, product(product(chain(k + 3), C(k + 2)), others[k - t]!).entries);
  return f;
}

export interface BlockFormulaCase {
  /** units of each hidden layer beyond dy */
  readonly spare: number;
  /** random networks */
  readonly networks: number;
  readonly printed: BlockSize;
}

const PUBLISHED: BlockFormulaCase = { spare: 1, networks: 40, printed: printedSize };

export async function blockFormulaFindings(options: Partial<BlockFormulaCase> = {}): Promise<Findings> {
  const { spare, networks, printed } = { ...PUBLISHED, ...options };
  const comparisons: Comparison[] = [];

  const unit = linearNetwork([1, 1 + spare, 1 + spare, 1], () => one);
  const [f] = (await instanceOf(unit, [[one]])).predictions();
  for (const l of [0, 1, 2]) {
    const at = (size: BlockSize): Rational => blockFormula(unit, [one], 0, l, size)[0]!;
    const name = `f(1) for widths 1-${1 + spare}-${1 + spare}-1, unit weights, t = 0, l = ${l}`;
    comparisons.push(compare(name, at(printed), at(rightSize), f!));
  }

  const [linear, nonlinear] = [
    await tally(spare, networks, printed, false),
    await tally(spare, networks, printed, true),
  ];
  const says = (kind: string) => `of ${networks} random ${kind}, those with formula = f at every l`;
  comparisons.push(compare(says('deep linear networks'), linear.printed, linear.right, linear.count));
  comparisons.push(
    compare(says('networks with squares outside J'), nonlinear.printed, nonlinear.right, nonlinear.count),
  );

  const escaped = await perturbationOfA5(spare, printed);
  comparisons.push(escaped.comparison);
  const shallow = await tally(spare, networks, printed, false, 1);
  return {
    comparisons,
    facts: [
      ...escaped.facts,
      fact('with H = t + 1 the printed formula is right', shallow.printed, shallow.printed === shallow.count),
    ],
  };
}

/** How many of `count` random networks have f equal to the formula for every l = t..H. */
async function tally(
  spare: number,
  count: number,
  printed: BlockSize,
  squares: boolean,
  layersAbove?: number,
): Promise<{ readonly count: number; readonly printed: number; readonly right: number }> {
  const tallied = { count, printed: 0, right: 0 };
  for (let seed = 1; seed <= count; seed++) {
    const { net, t } = randomNetwork(seed, spare, squares, layersAbove);
    const integers = randomIntegers(seed + 1000, 9);
    const x = Array.from({ length: widthOf(net, 0) }, () => integers());
    const f = (await instanceOf(net, [x])).predictions();
    const agrees = (size: BlockSize): boolean => {
      for (let l = t; l <= hiddenLayers(net); l++)
        if (!isZeroVector(add(f, scale(one.neg(), blockFormula(net, x, t, l, size))))) return false;
      return true;
    };
    if (agrees(printed)) tallied.printed++;
    if (agrees(rightSize)) tallied.right++;
  }
  return tallied;
}

/** A network with θ ∈ Θ_{dy,t}: |J^(l)| ≥ dy, and W^(l)_{ij} = 0 for i ∉ J^(l), j ∈ J^(l−1), l = t+2..H. */
function randomNetwork(
  seed: number,
  spare: number,
  squares: boolean,
  above?: number,
): { net: Network; t: number } {
  const next = randomSource(seed);
  const pick = (n: number): number => Math.floor(next() * n);
  const [t, r] = [pick(2), above ?? 2 + pick(2)];
  const [dx, dy] = [1 + pick(3), 1 + pick(2)];
  const hidden = Array.from({ length: t + r }, () => dy + spare * (1 + pick(2)));
  const widths = [dx, ...hidden, dy];
  const linear = widths.map((width, l) =>
    squares && l > t && l <= t + r ? Math.max(dy + Math.min(spare, 1), width - 1) : width,
  );
  const integers = randomIntegers(seed, 9);
  const inside = (l: number, unit: number): boolean => unit < linear[l]!;
  const net = partlyLinearNetwork(widths, linear, (l, at) => {
    const [i, j] = [Math.floor(at / widths[l - 1]!), at % widths[l - 1]!];
    const mustVanish = l >= t + 2 && l <= t + r && !inside(l, i) && inside(l - 1, j);
    return mustVanish ? zero : integers();
  });
  return { net, t };
}

/**
 * The set S^(0) of section A.5 for W^(3) = [0, 1], W^(2) = 1, W^(1) = 1 of widths 2: its blocks say A^(3)A^(2) = 0, so row 1
 * of W^(1) is perturbed by εb, and f is claimed to stay.
 */
async function perturbationOfA5(
  spare: number,
  printed: BlockSize,
): Promise<{ comparison: Comparison; facts: readonly ReturnType<typeof fact>[] }> {
  const width = 1 + spare;
  const [epsilon, b] = [rational('1/100'), one];
  const weights = (first: Rational): Network =>
    linearNetwork([1, width, width, 1], (l, at) =>
      l === 3 ? (at === width - 1 ? one : zero) : l === 1 && at === 0 ? first : one,
    );
  const net = weights(one);
  const block = (l: number): Matrix =>
    submatrix(net.weights[l - 1]!, 0, printed(net, l), 0, printed(net, l - 1));
  const P = product(block(3), block(2));
  const degenerate = rank(P).rank < 1;
  const moved = weights(degenerate ? one.add(epsilon.mul(b)) : one);
  const [before] = (await instanceOf(net, [[one]])).predictions();
  const [after] = (await instanceOf(moved, [[one]])).predictions();
  const repaired = blockFormula(moved, [one], 0, 0, rightSize)[0]!;
  const whole = product(net.weights[2]!, net.weights[1]!);
  return {
    comparison: compare(
      'f(1) after the perturbation of section A.5, ε = 1/100, b = 1',
      before!,
      repaired,
      after!,
    ),
    facts: [
      fact(
        'with the larger blocks rank A^(3)A^(2) = dy there, so S = {0}',
        rank(whole).rank,
        rank(whole).rank === 1,
      ),
    ],
  };
}
