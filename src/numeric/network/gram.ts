import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import type { ParameterBlock } from '../../models/model.ts';
import type { DenseKernels } from '../float64/kernels.ts';
import { type JacobianFactor, jacobianFactors, outputAdjoints } from './backward.ts';
import type { ForwardPass } from './forward.ts';

export interface GramOptions {
  /** only these blocks count; default all */
  readonly trainable?: readonly ParameterBlock[];
  /** the factors of J, where they are at hand; default those of all blocks that count */
  readonly factors?: readonly JacobianFactor[];
  /** rows of K worked on at a time; bounds the working memory at a few times blockRows·m·dy numbers */
  readonly blockRows?: number;
}

/**
 * K = J·Jᵀ, (m·dy) × (m·dy), without J: row (i, j) of J is ⊕_l δ_l ⊗ h_{l−1}, so that
 * K = Σ_l (Δ_l Δ_lᵀ) ∘ (H_{l−1}H_{l−1}ᵀ + 1 where layer l has a bias), and the same for the skips.
 * Exactly symmetric. Throws Inexpressible when an entry is not finite.
 * Cost: O((m·dy)²·(units of all layers) + m²·(widths)). Memory: K, the adjoints, and two strips of `blockRows` rows.
 */
export function structuredGram(pass: ForwardPass, options: GramOptions = {}): Float64Array {
  const { network, m } = pass;
  const dy = network.outputs;
  const size = m * dy;
  const K = new Float64Array(size * size);
  const samplesPerStrip = Math.max(1, Math.floor((options.blockRows ?? 256) / dy));
  for (const group of byLeft(options.factors ?? jacobianFactors(outputAdjoints(pass), options.trainable))) {
    const { left, units } = group;
    for (let first = 0; first < m; first += samplesPerStrip) {
      const samples = Math.min(samplesPerStrip, m - first);
      // K is symmetric: a strip reaches only as far as its own last sample.
      const upTo = first + samples;
      const strip = network.kernels.multiplyTransposed(
        left.subarray(first * dy * units, upTo * dy * units),
        left.subarray(0, upTo * dy * units),
        samples * dy,
        units,
        upTo * dy,
      );
      const inner = sampleGram(network.kernels, group, first, samples, upTo);
      for (let row = 0; row < samples * dy; row++) {
        const sample = Math.floor(row / dy);
        const target = (first * dy + row) * size;
        for (let other = 0; other < upTo; other++) {
          const factor = inner[sample * upTo + other]!;
          for (let c = other * dy; c < (other + 1) * dy; c++) {
            K[target + c] = K[target + c]! + factor * strip[row * upTo * dy + c]!;
          }
        }
      }
    }
  }
  for (let r = 0; r < size; r++) {
    for (let c = 0; c <= r; c++) {
      const value = K[r * size + c]!;
      if (!Number.isFinite(value)) throw new Inexpressible('the Gram matrix leaves the range of float64');
      K[c * size + r] = value;
    }
  }
  return K;
}

interface FactorGroup {
  readonly left: Float64Array;
  readonly units: number;
  readonly rights: readonly { readonly values: Float64Array; readonly width: number }[];
  readonly biases: number;
}

/** A weight and its bias share their left factor, so Δ Δᵀ is formed once for both. */
function byLeft(factors: readonly JacobianFactor[]): FactorGroup[] {
  const groups = new Map<Float64Array, FactorGroup>();
  for (const { left, units, right, width } of factors) {
    const group = groups.get(left) ?? { left, units, rights: [], biases: 0 };
    groups.set(
      left,
      right
        ? { ...group, rights: [...group.rights, { values: right, width }] }
        : { ...group, biases: group.biases + 1 },
    );
  }
  return [...groups.values()];
}

/** Σ over the right factors of H Hᵀ, samples first … first + samples against samples 0 … upTo, plus 1 for a bias. */
function sampleGram(
  kernels: DenseKernels,
  group: FactorGroup,
  first: number,
  samples: number,
  upTo: number,
): Float64Array {
  const inner = new Float64Array(samples * upTo).fill(group.biases);
  for (const { values, width } of group.rights) {
    const product = kernels.multiplyTransposed(
      values.subarray(first * width, (first + samples) * width),
      values.subarray(0, upTo * width),
      samples,
      width,
      upTo,
    );
    for (let k = 0; k < inner.length; k++) inner[k] = inner[k]! + product[k]!;
  }
  return inner;
}

export interface NumericalRank {
  readonly rank: number;
  /** of the Gram matrix, decreasing: the squares of the singular values of J */
  readonly eigenvalues: Float64Array;
  /** eigenvalues at most this count as zero: size·ε·λ_max unless given */
  readonly tolerance: number;
}

/**
 * The numerical rank of K = J·Jᵀ (size × size) from its eigenvalues. The Gram matrix squares: singular values of J
 * below about √ε·σ_max cannot be told from 0, so this is evidence of tier `numeric` only, and no bound on rank J.
 */
export function numericalRank(
  K: Float64Array,
  size: number,
  kernels: DenseKernels,
  tolerance?: number,
): NumericalRank {
  const eigenvalues = kernels.symmetricEigenvalues(K, size).reverse();
  const used = tolerance ?? size * 2 ** -52 * Math.max(0, eigenvalues[0] ?? 0);
  return { rank: eigenvalues.filter((value) => value > used).length, eigenvalues, tolerance: used };
}
