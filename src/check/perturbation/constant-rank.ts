import { matrix, nullSpace, rank } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { velocity, weightsAround } from '../structure/flows.ts';
import { groupsOf, symmetries } from '../structure/symmetries.ts';

/** Entries of the matrix of kernel fields beyond which its rank is not computed. */
const MOST_ENTRIES = 400_000;

/**
 * A number k such that rank J(θ′) ≤ dθ − k for every θ′ in a ball around θ at which f is differentiable: the rank over Q of
 * vectors that are the values at θ of continuous fields n(θ′) with J(θ′)·n(θ′) = 0. The fields are the velocities of the
 * symmetries, and the combinations a of equal-sloped units that the weights above them do not see (W a = 0) when these have
 * full row rank, which stays so near θ. Exact; 0 where nothing is known.
 */
export function kernelDimension(context: CheckContext): number {
  return expressed(() => compute(context)) ?? 0;
}

/**
 * Why rank J(θ′) = rank J(θ) = `tangent` for all θ′ near θ, if f is differentiable there: the rank cannot fall near θ, and
 * J(θ′) has no larger one, by its shape, by the dimension `image` of a linear space that holds f_X near θ, or by
 * `kernelDimension`. By the constant rank theorem range J is then the same at all points of the fibre near θ, so
 * Ẽ_ε = range J(θ) for every small ε. Undefined where this is not shown.
 */
export function constantRank(
  context: CheckContext,
  tangent: number,
  image: number | undefined,
): string | undefined {
  const { m, model, trainableIndices } = context.instance;
  const n = trainableIndices.length;
  if (tangent === n) return 'J(θ) has full column rank';
  if (tangent === m * model.outputs) return 'J(θ) has full row rank';
  if (tangent === image) return 'range J(θ) is the whole space that holds f_X near θ';
  const kernel = kernelDimension(context);
  return kernel > 0 && tangent === n - kernel
    ? `symmetries and weights without effect account for all ${kernel} dimensions of the null space of J(θ)`
    : undefined;
}

function compute(context: CheckContext): number {
  const n = context.instance.trainableIndices.length;
  const rows: (readonly Rational[])[] = [];
  for (const field of fields(context)) {
    if ((rows.length + 1) * n > MOST_ENTRIES) break;
    rows.push(field);
  }
  return rows.length === 0 ? 0 : rank(matrix(rows.length, n, rows.flat())).rank;
}

function* fields(context: CheckContext): Generator<readonly Rational[]> {
  for (const symmetry of symmetries(context)) yield velocity(context, symmetry)!;
  yield* unseenCombinations(context);
}

/** Units of a group get a_k times anything in one incoming weight, where Σ a_k (what reads unit k) = 0. */
function* unseenCombinations(context: CheckContext): Generator<readonly Rational[]> {
  const { instance } = context;
  const groups = expressed(() => groupsOf(context));
  if (!groups) return;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  for (const [l, ofLayer] of groups.entries()) {
    const { incoming, outgoing } = weightsAround(context, l);
    for (const { units, dead } of ofLayer) {
      if (dead) continue;
      const above = units.map((unit) => outgoing(unit).map((index) => instance.parameters.rational(index)));
      const height = above[0]!.length;
      const { rank: seen, vectors } = nullSpace(
        matrix(
          height,
          units.length,
          Array.from({ length: height }, (_, i) => above.map((column) => column[i]!)).flat(),
        ),
      );
      if (seen < height) continue;
      for (const a of vectors) {
        for (let c = 0; c < incoming(0).length; c++) {
          const places = units.map((unit) => position.get(incoming(unit)[c]!));
          if (places.includes(undefined)) continue;
          const field = new Array<Rational>(position.size).fill(Rational.zero);
          for (const [k, place] of places.entries()) field[place!] = a[k]!;
          yield field;
        }
      }
    }
  }
}
