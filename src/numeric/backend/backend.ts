import type { Model, ParameterBlock } from '../../models/model.ts';

/**
 * Fast linear algebra on networks in float32, on whatever hardware there is. A backend only proposes: what it returns
 * is compared with float64 (`rejudge.ts`) before anything is concluded from it.
 *
 * Shapes: θ has parameterCount numbers; X is m × dx; outputs and cotangents are m × dy; all row-major. Row (i, j) of
 * the Jacobian J of f_X at θ has index i·dy + j.
 */
export interface Backend {
  readonly name: BackendName;
  readonly precision: 'float32';
  /** the device as its driver names it */
  readonly device: string;
  /** f_X(θ), m × dy */
  forward(network: Network, theta: Float64Array, X: Float64Array): Promise<Float32Array>;
  /** J·direction, m × dy; `direction` has parameterCount numbers */
  jvp(network: Network, theta: Float64Array, X: Float64Array, direction: Float64Array): Promise<Float32Array>;
  /** Jᵀ·cotangent, parameterCount numbers; `cotangent` is m × dy */
  vjp(network: Network, theta: Float64Array, X: Float64Array, cotangent: Float64Array): Promise<Float32Array>;
  /**
   * JJᵀ over the columns of the `trainable` blocks, (m·dy) × (m·dy), as Σ_l (Δ_lΔ_lᵀ)∘(H_{l−1}H_{l−1}ᵀ) without J.
   * Time O((m·dy)²·Σ_l d_l), memory O((m·dy)² + m·dy·max d_l).
   */
  gram(
    network: Network,
    theta: Float64Array,
    X: Float64Array,
    trainable: readonly ParameterBlock[],
  ): Promise<Float32Array>;
  /** Frees the device. The backend cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** The feedforward structure of an `mlp` or `skip` model. */
export type Network = NonNullable<Model['network']>;

/** Order of preference under `auto`. */
export const BACKEND_NAMES = ['webgpu', 'tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** What a provider found on this machine. */
export type Availability =
  | { readonly available: true; readonly device: string; readonly software: boolean }
  | { readonly available: false; readonly reason: string; readonly mend: string };

/** One way to get a backend; each environment (Node, browser) lists the ones it has. */
export interface BackendProvider {
  readonly name: BackendName;
  /**
   * Looks without keeping anything open. With `software` false, a software driver counts as missing: it is slower than
   * wasm, so it is used only when asked for by name.
   */
  probe(options: { readonly software: boolean }): Promise<Availability>;
  /** Throws BackendMissing. */
  open(options: { readonly software: boolean }): Promise<Backend>;
}

/** A backend that was asked for is not on this machine (exit code 3). */
export class BackendMissing extends Error {
  override readonly name = 'BackendMissing';
  readonly backend: string;
  readonly reason: string;
  readonly mend: string;

  constructor(backend: string, reason: string, mend: string) {
    super(`backend ${backend} is missing: ${reason}; ${mend}`);
    this.backend = backend;
    this.reason = reason;
    this.mend = mend;
  }
}
