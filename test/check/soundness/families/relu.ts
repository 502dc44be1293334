import type { Rational } from '../../../../src/kernel/rational.ts';
import { integer, pick, type Random } from '../../oracle/models.ts';
import { r } from '../../oracle/numbers.ts';
import {
  build,
  hadamard,
  isZero,
  minus,
  plus,
  type Rows,
  randomRows,
  scaled,
  text,
  times,
  transpose,
  unpulled,
  weightedSquares,
  weightsFor,
} from '../algebra.ts';
import { type Case, specOf, type Truth } from '../case.ts';

const KINDS = ['relu', 'relu', 'leaky-relu', 'abs', 'identity'] as const;
type Kind = (typeof KINDS)[number];
const SLOPE = r('1/4');

interface Hidden {
  readonly W: Rational[][];
  readonly b: Rational[] | undefined;
  readonly kinds: readonly Kind[];
}

interface Pass {
  /** h^(0), h^(1), …, each d_l × m */
  readonly values: Rows[];
  /** σ′ of every unit at every sample */
  readonly slopes: Rows[];
  readonly output: Rows;
}

/** undefined where a pre-activation is 0 */
function forward(hidden: readonly Hidden[], last: Rows, X: Rows): Pass | undefined {
  const values: Rows[] = [X];
  const slopes: Rows[] = [];
  for (const { W, b, kinds } of hidden) {
    const z = times(W, values.at(-1)!).map((row, k) => (b ? row.map((entry) => entry.add(b[k]!)) : row));
    if (z.some((row, k) => kinds[k] !== 'identity' && row.some((entry) => entry.isZero))) return undefined;
    const slope = z.map((row, k) =>
      row.map((entry) => {
        if (entry.sign > 0 || kinds[k] === 'identity') return r(1);
        return kinds[k] === 'relu' ? r(0) : kinds[k] === 'abs' ? r(-1) : SLOPE;
      }),
    );
    slopes.push(slope);
    values.push(hadamard(slope, z));
  }
  return { values, slopes, output: times(last, values.at(-1)!) };
}

/** Every partial derivative of L, by backward propagation; the flat list of all gradients. */
function gradients(
  hidden: readonly Hidden[],
  last: Rows,
  { values, slopes, output }: Pass,
  Y: Rows,
  weights: readonly Rational[],
) {
  let delta = scaled(
    hadamard(
      minus(output, Y),
      build(Y.length, weights.length, (_, i) => weights[i]!),
    ),
    r(2),
  );
  const all: Rational[][][] = [times(delta, transpose(values.at(-1)!))];
  let above = last;
  for (let l = hidden.length - 1; l >= 0; l--) {
    delta = hadamard(times(transpose(above), delta), slopes[l]!);
    all.push(times(delta, transpose(values[l]!)));
    if (hidden[l]!.b) all.push(delta);
    above = hidden[l]!.W;
  }
  // A bias takes the sum over the samples.
  return all.map((block, k) =>
    isBias(hidden, k) ? block.map((row) => [row.reduce((s, e) => s.add(e), r(0))]) : block,
  );
}

function isBias(hidden: readonly Hidden[], position: number): boolean {
  const order = ['W', ...[...hidden].reverse().flatMap(({ b }) => (b ? ['W', 'b'] : ['W']))];
  return order[position] === 'b';
}

/** A space that holds f_X near θ: patterns of slopes, layer by layer. */
function imageSpace(hidden: readonly Hidden[], { slopes, values }: Pass): Rows {
  let space: Rows = values[0]!;
  const ones = values[0]![0]!.map(() => r(1));
  for (const [l, { b }] of hidden.entries()) {
    const inner = b ? [...space, ones] : space;
    space = slopes[l]!.flatMap((slope) => inner.map((u) => u.map((entry, i) => entry.mul(slope[i]!))));
  }
  return space;
}

/** #J^(l) of 4.2.3 from the top, by the definition, for a network without biases. */
function locallyLinear(hidden: readonly Hidden[], { slopes }: Pass, dy: number): Record<string, boolean> {
  const linear = hidden.map((_, l) => slopes[l]!.map((row) => row.every((slope) => slope.equals(r(1)))));
  const status: Record<string, boolean> = {};
  let above: readonly boolean[] | undefined;
  let enough = true;
  status[`locally-linear@${hidden.length}`] = true;
  for (let l = hidden.length - 1; l >= 0; l--) {
    const next = hidden[l + 1]?.W;
    const own = linear[l]!.map(
      (is, k) => is && (above === undefined || next!.every((row, i) => above![i] || row[k]!.isZero)),
    );
    enough &&= own.filter((is) => is).length >= dy;
    status[`locally-linear@${l}`] = enough;
    above = own;
  }
  return status;
}

/** A network with units away from their kinks, targets f + N with N ⊥ a space that holds the image near θ; or moved off. */
function network(random: Random, family: string, move: boolean): Case | undefined {
  const H = integer(random, 1, 2);
  const dx = integer(random, 1, 3);
  const dy = integer(random, 1, 2);
  const m = integer(random, 2, 6);
  const X = randomRows(random, dx, m);
  let below = dx;
  const biased = random() < 0.4;
  const hidden: Hidden[] = Array.from({ length: H }, () => {
    const units = integer(random, 1, 3);
    const W = randomRows(random, units, below);
    const b = biased ? W.map(() => r(pick(random, ['1/7', '-1/5', '9/4', '-3']))) : undefined;
    below = units;
    return { W, b, kinds: W.map(() => pick(random, KINDS)) };
  });
  const last = randomRows(random, dy, below);
  const first = forward(hidden, last, X);
  if (!first) return undefined;
  const weights = weightsFor(random, m);
  const noise = unpulled(random, imageSpace(hidden, first), weights, dy);
  const Y = plus(first.output, noise);
  const at = { hidden, last: last.map((row) => [...row]) };
  if (move) {
    const size = r(pick(random, ['1', '1e-3', '1e-10', '1e-16', '1e-30']));
    if (random() < 0.4) Y[0]![0] = Y[0]![0]!.add(size);
    else {
      const rows = random() < 0.5 ? pick(random, at.hidden).W : at.last;
      const row = pick(random, rows);
      const j = integer(random, 0, row.length - 1);
      row[j] = row[j]!.add(size);
    }
  }
  const pass = forward(at.hidden, at.last, X);
  if (!pass) return undefined;
  const critical = gradients(at.hidden, at.last, pass, Y, weights).every(isZero);
  const pulled = minus(Y, pass.output);
  const space = imageSpace(at.hidden, pass);
  const free = pulled.every((row) =>
    space.every((u) => u.reduce((sum, e, i) => sum.add(e.mul(row[i]!).mul(weights[i]!)), r(0)).isZero),
  );
  if (free && !critical) throw new Error('relu: orthogonal to the image and not critical');
  const loss = weightedSquares(pulled, weights);
  const minimum = free ? true : critical ? undefined : false;
  const truth: Truth = {
    loss,
    status: {
      'assumption-1': true,
      'assumption-2': true,
      'loss-differentiable': true,
      differentiable: true,
      'differentiable-nearby': true,
      critical,
      ...(minimum === undefined ? {} : { 'local-minimum': minimum }),
      ...(biased ? {} : locallyLinear(at.hidden, pass, dy)),
    },
    conclusion: {},
    right: critical ? { 'theorem-1': loss } : {},
    rightNearby: free ? { 'theorem-2': loss } : {},
    strict: false, // every hidden unit has a scale that moves
  };
  const layers = [
    ...at.hidden.map(({ W, b, kinds }) => ({
      units: W.length,
      activation: [...kinds],
      ...(kinds.includes('leaky-relu') ? { slope: '1/4' } : {}),
      ...(b ? { bias: true } : {}),
    })),
    { units: dy },
  ];
  const parameters = Object.fromEntries([
    ...at.hidden.flatMap(({ W, b }, l) => [
      [`W${l + 1}`, text(W)],
      ...(b ? [[`b${l + 1}`, b.map(String)]] : []),
    ]),
    [`W${H + 1}`, text(at.last)],
  ]);
  const spec = specOf({ type: 'mlp', inputs: dx, layers }, { X, Y, weights }, parameters);
  return { family, spec, truth, point: move ? 'given' : 'auto' };
}

const again = (random: Random, make: (random: Random) => Case | undefined): Case => {
  for (;;) {
    const found = make(random);
    if (found) return found;
  }
};

export const reluMinimum = (random: Random): Case =>
  again(random, (each) => network(each, 'ReLU at image-subspace minima', false));
export const reluMoved = (random: Random): Case =>
  again(random, (each) => network(each, 'ReLU moved off, down to 1e-30', true));
