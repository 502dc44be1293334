/** Errata 13, 14a, 14b: Examples 2 and 3. */
import { rank } from '../../exact/linear-algebra.ts';
import {
  add,
  columnsOf,
  ExactInstance,
  inner,
  isZeroVector,
  rational,
  scale,
  type Vector,
  zero,
} from './exact.ts';

import { type Comparison, compare, type Fact, type Findings, fact, valued } from './finding.ts';

/** Raw inputs of length 1 whose inner products are less than 1 − δ, δ = 1/10. */
const RAW: readonly (readonly string[])[] = [
  ['1', '0'],
  ['3/5', '4/5'],
  ['0', '1'],
  ['-3/5', '4/5'],
];

const overparameterized = (diagonal: number): Promise<ExactInstance> =>
  ExactInstance.from({
    model: {
      type: 'mlp',
      inputs: 3,
      layers: [{ units: 4, activation: 'relu' }, { units: 4, activation: 'relu' }, { units: 1 }],
    },
    loss: { type: 'squared' },
    data: { inputs: RAW.map((row) => [...row, 1]), targets: [[1], [2], [3], [4]] },
    parameters: {
      W1: RAW.map((row) => [...row, '-9/10']), // [(x_i^raw)ᵀ, ε − 1] with ε = δ
      W2: RAW.map((_, i) => RAW.map((_row, j) => (i === j ? diagonal : 0))),
      W3: [[1, 2, 3, 4]],
    },
    trainable: ['W3'],
  });

/** 13: the footnote with W^(2) = c·I; c ≠ 0 is what it prints. */
export async function footnoteFindings(
  { diagonal }: { readonly diagonal: number } = { diagonal: -1 },
): Promise<Findings> {
  const m = RAW.length;
  const comparisons: Comparison[] = [];
  const facts: Fact[] = [firstLayer()];
  for (const c of [diagonal, 1]) {
    const model = await overparameterized(c);
    const φ = model.partials(); // f = Wφ: ∂f_X/∂W_k = (φ(x_i)_k)_i
    const found = rank(columnsOf(m, φ)).rank;
    comparisons.push({
      claim: `rank of [φ(x_i)] with W^(2) = ${c === -1 ? '−I' : c === 1 ? 'I' : `${c}·I`}`,
      printed: valued(m, found),
      right: c > 0 ? valued(m, found) : { text: `${found}: not covered`, holds: found < m },
    });
    if (c < 0) {
      const critical = isZeroVector(model.gradient());
      const [loss, least] = [
        model.loss(),
        model.leastLoss(RAW.map((_, i) => RAW.map((_r, k) => rational(i === k ? 1 : 0)))),
      ];
      facts.push(
        fact(
          'W is critical, and L(θ) and the infimum over all predictions are',
          [loss, least],
          critical && loss.cmp(least) > 0,
        ),
      );
    }
  }
  return { comparisons, facts };
}

/** (W^(1) x_i)_k = ⟨x_k^raw, x_i^raw⟩ + ε − 1 is ε = 1/10 for k = i, and negative elsewhere. */
function firstLayer(): Fact {
  const raw = RAW.map((row) => row.map(rational));
  const entries = raw.flatMap((x, i) =>
    raw.map((w, k) => ({ same: i === k, z: inner(w, x).sub(rational('9/10')) })),
  );
  const right = entries.every(({ same, z }) => (same ? z.equals(rational('1/10')) : z.sign < 0));
  return fact('the first layer of the footnote: W^(1) x_i is ε at i and negative elsewhere', right, right);
}

export interface SkipCase {
  /** the weights of the last layer and of the skip connection */
  readonly last: number;
  readonly skip: number;
}

/** a (U_2 (U_1 x)²)² + b (U_1 x)² with U = 1: h^(1) = x², h^(2) = x⁴. */
const skipNetwork = ({ last, skip }: SkipCase): Promise<ExactInstance> =>
  ExactInstance.from({
    model: {
      type: 'skip',
      inputs: 1,
      layers: [{ units: 1, activation: 'square' }, { units: 1, activation: 'square' }, { units: 1 }],
      skips: [1],
    },
    loss: { type: 'squared' },
    data: { inputs: [[1], [2], [3]], targets: [[17], [14], [91]] },
    parameters: { W1: [[1]], W2: [[1]], W3: [[last]], S1: [[skip]] },
  });

const UNIT: SkipCase = { last: 1, skip: 1 };

/** 14a: Σ over a block of entry × partial derivative, for the last layer alone and with the skip. */
export async function representationFindings(weights: SkipCase = UNIT): Promise<Findings> {
  const model = await skipNetwork(weights);
  const partials = model.partials();
  const along = (block: string): Vector => {
    const k = model.position(block);
    return scale(model.theta[k]!, partials[k]!);
  };
  return {
    comparisons: [
      compare(
        'f_X(θ) for x = 1, 2, 3 from the partial derivatives',
        along('W3'),
        add(along('W3'), along('S1')),
        model.predictions(),
      ),
    ],
  };
}

/** 14b: the output from the layers l ∈ I = {1, 2}, and from the layers l − 1. */
export async function skipSourceFindings(weights: SkipCase = UNIT): Promise<Findings> {
  const model = await skipNetwork(weights);
  const samples = model.inputs().flat();
  const layer = (l: number): Vector => samples.map((x) => x.pow(2 ** l));
  const output = (shift: number): Vector => {
    const coefficients: readonly (readonly [number, ReturnType<typeof rational>])[] = [
      [2, rational(weights.last)],
      [1, rational(weights.skip)],
    ];
    return coefficients.reduce<Vector>(
      (sum, [l, c]) => add(sum, scale(c, layer(l - shift))),
      samples.map(() => zero),
    );
  };
  return {
    comparisons: [
      compare(
        'Σ_{l∈I} W^(l+1) h for x = 1, 2, 3, h of layer l − 1 or l',
        output(1),
        output(0),
        model.predictions(),
      ),
    ],
  };
}
