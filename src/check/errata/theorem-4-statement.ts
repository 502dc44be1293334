/** Errata 5a–5e: the statement of Theorem 4 and its corollary on deep linear networks, on a network of widths 2-3-2-dy. */
import { add, type ExactInstance, isZeroVector, one, rational, scale, type Vector, zero } from './exact.ts';
import { compare, type Findings, fact, format } from './finding.ts';
import { instanceOf, layerValue, linearNetwork, type Network, widthOf } from './network.ts';

const H = 2;
const WIDTHS = [2, 3, 2, 1];
const WEIGHTS: readonly (readonly (number | string)[])[] = [
  [1, 0, 0, 1, 0, 0],
  [1, 0, 0, 1, 1, 0],
  [0, '2/3'],
];
const INPUTS: readonly Vector[] = [
  [one, zero],
  [zero, one],
  [one, one],
];

/** A global minimum for targets 1: f = (2/3)(x_1 + x_2). */
const network = (): Network => linearNetwork(WIDTHS, (l, at) => rational(WEIGHTS[l - 1]![at]!));
const minimum = (): Promise<ExactInstance> =>
  instanceOf(
    network(),
    INPUTS,
    INPUTS.map(() => [one]),
  );
/** [h^(t); …; h^(H)] at each sample */
const features = (t: number): readonly Vector[] =>
  INPUTS.map((x) => Array.from({ length: H - t + 1 }, (_, k) => layerValue(network(), t + k, x)).flat());

/** 5a: the corollary is Theorem 4 at t = 0. */
export async function rangeOfTFindings({ t }: { readonly t: number } = { t: 0 }): Promise<Findings> {
  const model = await minimum();
  const loss = model.loss();
  const least = model.leastLoss(model.linearIn(features(t)));
  const linear = model.leastLoss(model.linearIn(INPUTS));
  return {
    comparisons: [
      compare(
        `t = ${t} is allowed, where the conclusion holds, H = ${H}`,
        1 <= t && t <= H,
        0 <= t && t <= H,
        least.equals(loss),
      ),
    ],
    facts: [
      fact(`L(θ) = least loss over the features of layers ${t}..${H}`, [loss, least], least.equals(loss)),
      fact('the corollary: L(θ) = least loss of α_x x', [loss, linear], linear.equals(loss)),
    ],
  };
}

/** 5b: (4.3) defines h^(0), …, h^(H); the definition of J reads h^(l) for l = t+1..`last`. */
export async function lastSetFindings(
  { last }: { readonly last: number } = { last: H + 1 },
): Promise<Findings> {
  const t = 0;
  const missing = (top: number): string => {
    const undefinedLayers = Array.from({ length: top - t }, (_, k) => t + 1 + k).filter((l) => l > H);
    return undefinedLayers.length === 0 ? 'none' : undefinedLayers.map((l) => `h^(${l})`).join(', ');
  };
  const model = await minimum();
  const { weights } = network();
  const elsewhere = model.moved(
    model.theta.map(() => one),
    rational('1/100'),
  );
  const moved = linearNetwork(WIDTHS, (l, at) => elsewhere[model.position(`W${l}`) + at]!);
  const f = model.predictions(elsewhere);
  const last2 = INPUTS.flatMap((x) => layerValue(moved, weights.length, x));
  const same = isZeroVector(add(f, scale(one.neg(), last2)));
  const dy = widthOf(network(), H + 1);
  return {
    comparisons: [
      compare(
        `layers of condition 2 that (4.3) does not define, H = ${H}`,
        missing(last),
        missing(H),
        'none',
      ),
    ],
    facts: [
      fact('f(x; θ′) = W^(H+1)(θ′) h^(H)(x; θ′), so h^(H+1) = f adds no condition', same, same),
      fact(
        `sets J^(H+1) ⊆ {1..dy} of dy + 1 units`,
        subsetsOfSize(dy, dy + 1),
        subsetsOfSize(dy, dy + 1) === 0,
      ),
    ],
  };
}

function subsetsOfSize(n: number, size: number): number {
  let count = 0;
  for (let set = 0; set < 2 ** n; set++) {
    const elements = Array.from({ length: n }, (_, k) => (set >> k) & 1).reduce((a, b) => a + b, 0);
    if (elements === size) count++;
  }
  return count;
}

/** 5c: condition 2 at θ′ = θ + step·(1, …, 1), for the first layer at x = (1, 1). */
export async function weightsOfConditionFindings(
  { step }: { readonly step: string } = { step: '1/100' },
): Promise<Findings> {
  const model = await minimum();
  const elsewhere = model.moved(
    model.theta.map(() => one),
    rational(step),
  );
  const moved = linearNetwork(WIDTHS, (l, at) => elsewhere[model.position(`W${l}`) + at]!);
  const x = INPUTS[2]!;
  const first = (net: Network): Vector =>
    Array.from({ length: WIDTHS[1]! }, (_, i) =>
      x.reduce((sum, entry, j) => sum.add(net.weights[0]!.entries[i * x.length + j]!.mul(entry)), zero),
    );
  return {
    comparisons: [
      compare(
        `h^(1)(x, θ′) of linear units, x = (1, 1), θ′ = θ + ${step}·(1, …, 1)`,
        first(network()),
        first(moved),
        layerValue(moved, 1, x),
      ),
    ],
  };
}

/** 5d: the number of coefficients α_h^(l+1), l = t..H. */
export async function dimensionFindings({ t }: { readonly t: number } = { t: 1 }): Promise<Findings> {
  const model = await minimum();
  const dy = WIDTHS.at(-1)!;
  const total = WIDTHS.slice(t, H + 1).reduce((a, b) => a + b, 0) * dy;
  return {
    comparisons: [
      compare(
        `numbers in α_h for widths ${WIDTHS.join('-')}, t = ${t}`,
        WIDTHS[t]!,
        total,
        model.linearIn(features(t)).length,
      ),
    ],
  };
}

/** 5e: how many numbers α_x x has, for a network with dy outputs. */
export async function linearModelFindings({ dy }: { readonly dy: number } = { dy: 2 }): Promise<Findings> {
  const net = linearNetwork([2, 3, 2, dy], (l, at) => rational(l + at));
  const model = await instanceOf(net, INPUTS);
  const dx = widthOf(net, 0);
  const outputs = (rows: number, cols: number): string => (cols === dx ? format(rows) : 'not defined');
  return {
    comparisons: [
      // α_x ∈ ℝ^{dx} acts on x as a row.
      compare(
        `numbers in α_x x, dx = ${dx}, dy = ${dy}`,
        outputs(1, dx),
        outputs(dy, dx),
        model.instance.model.outputs,
      ),
    ],
  };
}
