import type { Rational } from '../../kernel/rational.ts';

/**
 * A flow of linear changes of θ under which f_X stays as it is on a ball around θ. Layers and units count from 0; indices
 * count all parameters of the model.
 */
export type Symmetry =
  /** units with the same slopes at every sample: `to` gains s times `from`, and `from` is read s times less where `to` is */
  | { readonly kind: 'mix'; readonly layer: number; readonly to: number; readonly from: number }
  /** σ(cz) = c^k σ(z): what enters the unit times e^s, what leaves it times e^(−ks) */
  | { readonly kind: 'scale'; readonly layer: number; readonly unit: number }
  /** a unit with slope 1 at every sample: its bias gains s, and the biases of what reads it lose s times its outgoing weight */
  | { readonly kind: 'shift'; readonly layer: number; readonly unit: number }
  /** a relu whose pre-activation is negative at every sample: its weights, in and out, do nothing */
  | { readonly kind: 'dead'; readonly layer: number; readonly unit: number; readonly index: number }
  /** a direction of the first layer that no input sees: n·(x_i, 1) = 0 for every i */
  | { readonly kind: 'unseen'; readonly unit: number; readonly vector: readonly Rational[] }
  /** θ_k ↦ e^(s·w_k) θ_k: every monomial of every output has Σ w_k a_k = 0 */
  | { readonly kind: 'weights'; readonly vector: readonly Rational[] };

/** Rationals as text, so that a certificate is plain JSON. */
export const plainSymmetry = (symmetry: Symmetry): object =>
  'vector' in symmetry ? { ...symmetry, vector: symmetry.vector.map(String) } : { ...symmetry };

/** Symmetries, and as many places in θ (`fixed`) whose numbers are held as they are: a slice across the orbit of θ. */
export interface Gauge {
  readonly symmetries: readonly Symmetry[];
  readonly fixed: readonly number[];
}

export const plainGauge = ({ symmetries, fixed }: Gauge) => ({
  symmetries: symmetries.map(plainSymmetry),
  fixed: [...fixed],
});
