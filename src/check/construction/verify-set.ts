import { identity, type Matrix, matrix, multiplyVector, product } from '../../exact/linear-algebra.ts';
import type { Instance } from '../../instance/instance.ts';
import { Rational } from '../../kernel/rational.ts';
import type { ParameterBlock } from '../../models/model.ts';
import type { Deadline } from '../deadline.ts';
import { columnOf, indices, inner, scaled } from './matrices.ts';
import {
  type Change,
  type Features,
  linearOnSamples,
  type Slope,
  spansOnSamples,
  unchangedOnSamples,
} from './on-samples.ts';
import { demand, matrixOf, numberOf, sameMatrix, vectorOf } from './parse.ts';
import type { ProposedSet } from './proposal.ts';
import type { SetChecks, UnitSet } from './types.ts';

/**
 * A model as the proof sees it from one block of features h: f = P·M·h + terms that the moved blocks leave alone, where
 * M = A^(last)⋯A^(first)·R. `stages` are the matrices from R upwards; each stage's output has the units `rows` of its layer.
 */
export interface View {
  readonly instance: Instance;
  readonly epsilon: Rational;
  readonly features: Features;
  readonly columns: number;
  /** R first, then A^(l+2), …, up to and with the last matrix before the output */
  readonly stages: readonly Stage[];
  /** the units that must stay linear, layer by layer */
  readonly linear: readonly UnitSet[];
  readonly deadline: Deadline;
}

export interface Stage {
  readonly block: ParameterBlock;
  readonly layer: number;
  /** rows and columns of the block that the proof may change */
  readonly rows: readonly number[];
  readonly cols: readonly number[];
  /** the block in these rows and columns at θ */
  readonly matrix: Matrix;
  /** the product of all stages above this one, dy rows */
  readonly above: Matrix;
  /** how that product is called */
  readonly product: string;
}

interface Term {
  readonly stage: number;
  readonly left: Rational[];
  readonly right: Rational[];
}

/**
 * Re-verifies one set from the instance; throws a Fault at data that contradict themselves or the instance, and returns
 * the checks otherwise. Cost: a product of the stages, and the evaluations of on-samples.ts.
 */
export function verifySet(view: View, set: ProposedSet): SetChecks {
  const { instance, epsilon, stages } = view;
  const where = set.feature;
  demand(set.columns === view.columns, `${where}: it has ${view.columns} columns`);
  const dy = instance.model.outputs;
  const stageNamed = (name: string): number => {
    const found = stages.findIndex(({ block }) => block.name === name);
    demand(found >= 0, `${where}: ${name} is not one of the matrices above it`);
    return found;
  };
  const moved = stageNamed(set.moved);
  const { above, rows: movedRows, product: movedProduct } = stages[moved]!;
  demand(set.product === movedProduct, `${where}: ${set.moved} is multiplied by ${movedProduct}`);
  const X = matrixOf(set.rightInverse, 'X', above.cols, dy);
  demand(sameMatrix(product(above, X), identity(dy)), `${where}: ${set.product}·X is not I`);

  const terms = set.base.map(({ block, left, right }): Term => {
    const stage = stageNamed(block);
    const { block: whole, rows, cols } = stages[stage]!;
    const [height, width] = whole.shape as readonly [number, number];
    return {
      stage,
      left: within(vectorOf(left, height, `${where}: S_0`), rows, `${where}: S_0 in ${block}`),
      right: within(vectorOf(right, width, `${where}: S_0`), cols, `${where}: S_0 in ${block}`),
    };
  });
  demand(
    terms.every(({ stage }, k) => stage > 0 && stage < moved && (k === 0 || stage > terms[k - 1]!.stage)),
    `${where}: S_0 changes a matrix that it may not`,
  );
  const baseNorm = sum(terms.map(({ left, right }) => inner(left, left).mul(inner(right, right))));
  demand(set.normSquared.base === baseNorm.toString(), `${where}: ‖S_0‖² = ${baseNorm}`);

  if (set.kind === 'right-inverse') {
    demand(moved === 0, `${where}: the block of the features is moved`);
    demand(
      set.base.length === 0 &&
        set.step === null &&
        set.row === null &&
        set.scale === null &&
        set.chain.length === 0 &&
        set.normSquared.others === null,
      `${where}: S = {0} has nothing more`,
    );
    const claims = indices(dy).flatMap((r) =>
      indices(view.columns).map((c) => ({
        r,
        c,
        plus: {
          at: new Map(),
          along: outer(stages[0]!, onto(columnOf(X, r), movedRows, stages[0]!), unitAt(view.columns, c)),
        },
      })),
    );
    return {
      norm: true,
      unchanged: true,
      unchangedOnSamples: 'equal',
      spans: linearOnSamples(instance, view.linear, [new Map()], view.deadline),
      spansOnSamples: spansOnSamples(instance, view.features, claims, view.deadline),
    };
  }
  demand(set.kind === 'null-vectors' && moved > 0, `${where}: a matrix above the features is moved`);
  demand(set.step !== null && set.row !== null && set.scale !== null, `${where}: no step`);
  demand(stageNamed(set.step.block) === 0, `${where}: the step is in the block of the features`);
  const first = stages[0]!;
  const [height] = first.block.shape as readonly [number, number];
  const left = within(vectorOf(set.step.left, height, `${where}: step`), first.rows, `${where}: step`);
  demand(
    left.some((entry) => !entry.isZero),
    `${where}: the step is 0`,
  );
  const norm = baseNorm.add(inner(left, left));
  demand(set.normSquared.others === norm.toString(), `${where}: ‖S_c‖² = ${norm}`);

  // The matrices at θ + εS_0, from the features to the one that is moved.
  const perturbed = stages.map(({ matrix: A, rows, cols }, k) => {
    const term = terms.find(({ stage }) => stage === k);
    if (!term) return A;
    return matrix(
      A.rows,
      A.cols,
      A.entries.map((entry, at) => {
        const i = rows[Math.floor(at / A.cols)]!;
        const j = cols[at % A.cols]!;
        return entry.add(epsilon.mul(term.left[i]!).mul(term.right[j]!));
      }),
    );
  });
  const kept =
    unchangedProducts(stages, perturbed) && vanishes(multiplyVector(first.above, at(left, first.rows)));
  const chain = chainOf(stages, perturbed, moved, set, where);
  const row = chain.at(-1)!;
  const { layer } = stages[moved - 1]!;
  demand(set.chain.at(-1)!.layer === layer, `${where}: the chain ends below ${set.moved}`);
  demand(sameTexts(set.row, set.chain.at(-1)!.vector), `${where}: the row is not the end of the chain`);
  // (row/scale)·A^(l*−2)⋯A^(l+2)·ε·left = 1
  let carried: Rational[] = at(left, first.rows);
  for (let k = 1; k < moved; k++) carried = multiplyVector(perturbed[k]!, carried);
  const scale = numberOf(set.scale, `${where}: scale`);
  demand(!scale.isZero, `${where}: scale 0`);
  const seen = inner(row, carried).mul(epsilon).div(scale);

  const basePoint = change(
    terms.map(({ stage, left: l, right }) => [stages[stage]!, l, right]),
    epsilon,
  );
  const points = indices(view.columns).map((c) =>
    change(
      [
        ...terms.map(({ stage, left: l, right }) => [stages[stage]!, l, right] as const),
        [first, left, unitAt(view.columns, c)] as const,
      ],
      epsilon,
    ),
  );
  const movedStage = stages[moved]!;
  const u = scaled(scale.inv(), vectorOf(set.row, movedStage.block.shape[1]!, `${where}: row`));
  const claims = indices(dy).flatMap((r) => {
    const along = outer(movedStage, onto(columnOf(X, r), movedRows, movedStage), u);
    const minus: Slope = { at: basePoint, along };
    return points.map((point, c) => ({ r, c, plus: { at: point, along }, minus }));
  });
  const everyPoint = [new Map(), basePoint, ...points];
  const linear = linearOnSamples(instance, view.linear, everyPoint, view.deadline);
  return {
    norm: norm.cmp(Rational.one) <= 0,
    unchanged: kept && linear,
    unchangedOnSamples: unchangedOnSamples(instance, [basePoint, ...points], view.deadline),
    spans: linear && seen.equals(Rational.one),
    spansOnSamples: spansOnSamples(instance, view.features, claims, view.deadline),
  };
}

/** v_{l+1} ∝ the step, and v_k = A^(k)(θ + εS_0) v_{k−1}, in the units of the stages. */
function chainOf(
  stages: readonly Stage[],
  perturbed: readonly Matrix[],
  moved: number,
  set: ProposedSet,
  where: string,
): Rational[][] {
  demand(set.chain.length === moved, `${where}: the chain has ${moved} vectors`);
  const chain = set.chain.map(({ layer, vector }, k) => {
    const stage = stages[k]!;
    demand(layer === stage.layer, `${where}: the chain skips a layer`);
    const whole = vectorOf(vector, stage.block.shape[0]!, `${where}: chain`);
    return at(within(whole, stage.rows, `${where}: chain`), stage.rows);
  });
  for (let k = 1; k < moved; k++) {
    const next = multiplyVector(perturbed[k]!, chain[k - 1]!);
    demand(
      next.every((entry, i) => entry.equals(chain[k]![i]!)),
      `${where}: the chain does not follow A^(${stages[k]!.layer})`,
    );
  }
  // κ = 1/⌈√K⌉ for K = moved layers that may be changed
  const kappa = new Rational(1n, BigInt(ceilingRoot(moved)));
  const first = vectorOf(set.step!.left, stages[0]!.block.shape[0]!, where);
  demand(
    at(first, stages[0]!.rows).every((entry, i) => entry.equals(chain[0]![i]!.mul(kappa))),
    `${where}: the step is not κ·v_${stages[0]!.layer}`,
  );
  return chain;
}

function ceilingRoot(n: number): number {
  let root = 1;
  while (root * root < n) root++;
  return root;
}

/** Every product of stages down to each one above R is what it is at θ. */
function unchangedProducts(stages: readonly Stage[], perturbed: readonly Matrix[]): boolean {
  let P = stages.at(-1)!.above;
  for (let k = stages.length - 1; k > 0; k--) {
    P = product(P, perturbed[k]!);
    if (!sameMatrix(P, stages[k - 1]!.above)) return false;
  }
  return true;
}

const vanishes = (v: readonly Rational[]): boolean => v.every((entry) => entry.isZero);
const sum = (values: readonly Rational[]): Rational => values.reduce((a, b) => a.add(b), Rational.zero);
const at = (v: readonly Rational[], positions: readonly number[]): Rational[] => positions.map((k) => v[k]!);
const unitAt = (n: number, c: number): Rational[] =>
  indices(n).map((k) => (k === c ? Rational.one : Rational.zero));
const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, k) => text === b[k]);

/** v, which must vanish outside `positions`. */
function within(v: Rational[], positions: readonly number[], where: string): Rational[] {
  const allowed = new Set(positions);
  demand(
    v.every((entry, k) => entry.isZero || allowed.has(k)),
    `${where}: it leaves the units of J`,
  );
  return v;
}

/** v at the rows of a block, 0 elsewhere. */
function onto(v: readonly Rational[], rows: readonly number[], { block }: Stage): Rational[] {
  const whole = new Array<Rational>(block.shape[0]!).fill(Rational.zero);
  rows.forEach((row, k) => {
    whole[row] = v[k]!;
  });
  return whole;
}

/** left·rightᵀ as entries of θ. */
const outer = (stage: Stage, left: readonly Rational[], right: readonly Rational[]): Change =>
  change([[stage, left, right]], Rational.one);

function change(
  terms: readonly (readonly [Stage, readonly Rational[], readonly Rational[]])[],
  factor: Rational,
): Change {
  const entries = new Map<number, Rational>();
  for (const [{ block }, left, right] of terms) {
    left.forEach((a, i) => {
      if (a.isZero) return;
      right.forEach((b, j) => {
        if (b.isZero) return;
        const k = block.offset + i * right.length + j;
        const amount = factor.mul(a).mul(b);
        entries.set(k, (entries.get(k) ?? Rational.zero).add(amount));
      });
    });
  }
  return entries;
}
