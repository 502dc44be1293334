import { matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import { unit } from './directions.ts';
import { isShort } from './fibre.ts';
import type { FibreSearch, JacobianRows } from './search.ts';

const ROUNDS = 24;
/** Rounds without a new dimension after which nothing more is expected. */
const IDLE = 5;
const MOST_STEPS = 4;
/** Null vectors with longer numbers than this are not followed. */
const MOST_BITS = 1_000;
const MOST_KERNELS = 200;

/**
 * Points of the fibre reached in a few steps from θ, each along a random kernel direction of ∂_b f_X at the point reached,
 * b one group of parameters: where f is affine in b the step stays on the fibre. One step gives N with N h^(l)(X) = 0, a e_cᵀ
 * with W a = 0, dead units; several give the chains of Theorem 4's proof. A random element of a linear space of steps is
 * worth a basis of it, since the rank is largest at almost all of them.
 */
export function walks(
  search: FibreSearch,
  J: JacobianRows,
  groups: readonly (readonly number[])[],
  seed: number,
): void {
  const random = randomSource(seed ^ 0x5bd1e995);
  const kernels = new Map<string, readonly (readonly Rational[])[]>();
  /** Null vectors of the columns of a group. */
  const kernelOf = (rows: JacobianRows, b: number, place: string) => {
    const key = `${place}:${b}`;
    const known = kernels.get(key);
    if (known) return known;
    const group = groups[b]!;
    search.spend(1);
    const found = nullSpace(
      matrix(
        rows.length,
        group.length,
        rows.flatMap((row) => group.map((k) => row[k]!)),
      ),
    ).vectors.filter((vector) => vector.every((entry) => isShort(entry, MOST_BITS)));
    if (kernels.size < MOST_KERNELS) kernels.set(key, found);
    return found;
  };
  const depth = Math.min(MOST_STEPS, groups.length + 1);
  let idle = 0;
  for (let round = 0; round < ROUNDS && idle < IDLE && !search.done; round++) {
    const before = search.dimension;
    let v: readonly Rational[] = new Array<Rational>(J[0]?.length ?? 0).fill(Rational.zero);
    let rows = J;
    let place = 'θ';
    for (let step = 0; step < depth && !search.done; step++) {
      // Every group once as the first step, then any.
      const b = step === 0 ? round % groups.length : Math.floor(random() * groups.length);
      const vectors = kernelOf(rows, b, place);
      if (vectors.length === 0) continue;
      const direction = unit(combination(vectors, random));
      const share = new Rational(1n, 2n ** BigInt(step + 1));
      let arrived = false;
      // A kink, or a curved fibre, may lie closer than the whole step.
      for (const part of [share, share.mul(new Rational(1n, 64n))]) {
        const next = [...v];
        groups[b]!.forEach((k, i) => {
          next[k] = next[k]!.add(part.mul(direction[i]!));
        });
        const found = search.offer({ kind: step === 0 ? 'kernel of a block' : 'walk on the fibre', v: next });
        if (!found) continue;
        [v, rows, place, arrived] = [next, found, `${round}.${step}`, true];
        break;
      }
      if (!arrived && step === 0) break;
    }
    idle = search.dimension > before ? 0 : idle + 1;
    // Each group gets its first step before the search gives up.
    if (round < groups.length) idle = Math.min(idle, IDLE - 1);
  }
}

/** Σ c_k·vector_k with small random integers, at least one of them not 0. */
function combination(vectors: readonly (readonly Rational[])[], random: () => number): readonly Rational[] {
  const factors = vectors.map(() => Rational.integer(Math.floor(random() * 7) - 3));
  if (factors.every((factor) => factor.isZero)) factors[Math.floor(random() * factors.length)] = Rational.one;
  const lengths = vectors.map((vector) => vector.reduce((sum, entry) => sum.add(entry.abs()), Rational.zero));
  return vectors[0]!.map((_, i) =>
    vectors.reduce(
      // null vectors come in integers of any size: equal weight for each
      (sum, vector, k) => (vector[i]!.isZero ? sum : sum.add(factors[k]!.mul(vector[i]!).div(lengths[k]!))),
      Rational.zero,
    ),
  );
}
