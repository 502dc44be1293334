import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { boundText } from '../../arithmetic/decimal.ts';
import { Rational } from '../../kernel/rational.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { blockMatrix } from '../construction/matrices.ts';
import { TimeLimit } from '../deadline.ts';
import { epsilonOf, exactSpaces } from '../perturbation/conclusion.ts';
import type { ObligationReport, RobustBound } from '../report.ts';
import { coefficientsAt } from '../strategies/representation.ts';
import { columns, inputColumns } from '../structure/image-subspace.ts';
import { exactLayers, exactOutputs } from '../structure/network-values.ts';
import { fibreBound } from './fibre-bound.ts';
import { layerBounds } from './layer-bounds.ts';
import { type FeatureBlock, perturbedBounds } from './perturbed-bounds.ts';
import { forcesByCurvature, forcesByFullRank, residualPoint } from './residual-bounds.ts';

/** What cannot be written down, or not in time, gives no bound. */
function attempt(compute: () => readonly (RobustBound | undefined)[]): RobustBound[] {
  try {
    return compute().filter((bound) => bound !== undefined);
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof AtKink || error instanceof TimeLimit) return [];
    throw error;
  }
}

const proved = (...reports: readonly ObligationReport[]): boolean =>
  reports.every(({ status, tier }) => status === 'holds' && tier !== 'numeric' && tier !== 'assumed');

/** Where all forces vanish exactly the other bounds say nothing more. */
const isZero = ([first]: readonly RobustBound[]): boolean =>
  first?.bound !== undefined && first.bound !== null && 'exact' in first.bound && first.bound.exact === '0';

/** R3 for Lemma 3. */
export const boundsOfLemma3 = (context: CheckContext, localMinimum: ObligationReport): RobustBound[] =>
  attempt(() => [fibreBound(context, localMinimum)]);

/** R2 for Theorem 2; f_X(θ) = J(θ)γ by Assumption 2. */
export async function boundsOfTheorem2(
  context: CheckContext,
  convex: ObligationReport,
  represented: ObligationReport,
  localMinimum: ObligationReport,
): Promise<RobustBound[]> {
  if (!proved(convex, represented)) return [];
  let gamma: Awaited<ReturnType<typeof coefficientsAt>>;
  try {
    gamma = await coefficientsAt(context, represented);
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
  }
  const epsilon = epsilonOf(context);
  const exact = attempt(() =>
    perturbedBounds(context, { id: 'R2', set: found(context), epsilon, features: [], gamma }),
  );
  return exact.length > 0 ? exact : attempt(() => [forEverySet(fibreBound(context, localMinimum))]);
}

/** R2 for every finite S ⊆ V[θ, ε] at once, the gradients on the fibre bounded by R3. */
function forEverySet(onFibre: RobustBound | undefined): RobustBound | undefined {
  if (!onFibre?.bound || !('upper' in onFibre.bound)) return undefined;
  const { '‖∇L(θ)‖': here, ε } = onFibre.constants;
  if (!here || !ε || !('upper' in here)) return undefined;
  const most = Math.max(here.upper, onFibre.bound.upper);
  return {
    id: 'R2',
    formula: 'L(θ) − L̃_θ(α, ε, S) ≤ max{‖∇L(θ)‖, B} · (‖α₀ − γ‖ + Σ_j ‖α_j‖)',
    bound: null,
    tier: onFibre.tier,
    constants: { '‖∇L(θ)‖': here, B: onFibre.bound, ε },
    detail: `for every finite S ⊆ V[θ, ε] the gap is at most ${boundText(most, 'up')} · (‖α₀ − γ‖ + Σ_j ‖α_j‖), by R3`,
  };
}

/** R4 for Theorem 3: f_X(θ) = W x + (WR) z. */
export function boundsOfTheorem3(context: CheckContext, convex: ObligationReport): RobustBound[] {
  const { residual } = context.instance.model;
  if (!residual || !proved(convex)) return [];
  const gap = attempt(() => {
    const W = blockMatrix(context.instance, residual.W);
    const R = blockMatrix(context.instance, residual.R);
    const WR = Array.from({ length: W.rows * R.cols }, (_, k) => {
      const [i, c] = [Math.floor(k / R.cols), k % R.cols];
      let sum = Rational.zero;
      for (let j = 0; j < W.cols; j++)
        sum = sum.add(W.entries[i * W.cols + j]!.mul(R.entries[j * R.cols + c]!));
      return sum;
    });
    return perturbedBounds(context, {
      id: 'R4',
      set: found(context),
      epsilon: epsilonOf(context),
      gamma: undefined,
      features: [
        {
          name: 'G_X',
          coefficients: 'α_w',
          reference: 'W',
          samples: inputColumns(context),
          values: W.entries,
        },
        {
          name: 'G_Z',
          coefficients: 'α_r',
          reference: 'WR',
          samples: columns(exactOutputs(context, residual.branch())),
          values: WR,
        },
      ],
    });
  });
  if (isZero(gap)) return gap;
  const forces = attempt(() => {
    const point = residualPoint(context);
    return point ? [forcesByFullRank(context, point)] : [];
  });
  const second = attempt(() => {
    const point = residualPoint(context);
    return point ? [forcesByCurvature(context, point)] : [];
  });
  return [...gap, ...forces, ...second];
}

/** R5 for Theorem 4: f_X(θ) = W^(H+1) h^(H). */
export function boundsOfTheorem4(context: CheckContext, t: number, convex: ObligationReport): RobustBound[] {
  const { network } = context.instance.model;
  if (!network || !proved(convex)) return [];
  const H = network.layers.length - 1;
  const gap = attempt(() => {
    const last = blockMatrix(context.instance, network.layers[H]!.weight);
    const features = exactLayers(context)
      .slice(t)
      .map((rows, k): FeatureBlock => {
        const top = t + k === H;
        return {
          name: `G_${t + k}`,
          coefficients: `α_h^(${t + k + 1})`,
          reference: top ? `W${H + 1}` : '',
          samples: columns(rows),
          ...(top ? { values: last.entries } : {}),
        };
      });
    return perturbedBounds(context, {
      id: 'R5',
      set: found(context),
      epsilon: epsilonOf(context),
      gamma: undefined,
      features,
    });
  });
  return isZero(gap) ? gap : [...gap, ...attempt(() => layerBounds(context, t))];
}

/** S without 0, as the check of the conclusion found it; S = {0} where it found none. */
const found = (context: CheckContext): readonly (readonly Rational[])[] =>
  exactSpaces(context, [], epsilonOf(context))?.found.set ?? [];
