import type { Graph } from '../symbolic/graph.ts';

/** A named array of parameters; θ is the concatenation of all blocks, each in row-major order. */
export interface ParameterBlock {
  /** the name in the instance file: `W1`, `b1`, `S1`, `W`, `R`, `u.W1`, or an expression's own name */
  readonly name: string;
  /** [] for a scalar, [units] for a bias, [units, inputs] for a weight */
  readonly shape: readonly number[];
  /** position of the first entry in θ */
  readonly offset: number;
  readonly length: number;
}

/** One layer of a feedforward network, for the fast paths that use its structure. */
export interface Layer {
  readonly units: number;
  readonly inputs: number;
  /** one activation per unit */
  readonly activations: readonly Activation[];
  readonly weight: ParameterBlock;
  readonly bias: ParameterBlock | undefined;
}

export interface Activation {
  readonly name: string;
  /** slope for negative arguments; leaky-relu only */
  readonly slope?: number;
  /** k with σ(cz) = c^k σ(z) for every c > 0; absent when there is none */
  readonly degree?: number;
  /** value at z (float64) */
  value(z: number): number;
  /** derivative at z (float64; at a kink any one-sided slope) */
  derivative(z: number): number;
}

/** f(x; θ) with x ∈ R^inputs, θ ∈ R^parameterCount, f ∈ R^outputs. */
export interface Model {
  readonly kind: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly blocks: readonly ParameterBlock[];
  readonly parameterCount: number;
  /** groups `x` (inputs) and `theta` (parameterCount); one output node per component of f */
  readonly graph: Graph;
  /** present for `mlp` and `skip`: the layers, and for `skip` the blocks S<l> by hidden layer l (1-based) */
  readonly network?: {
    readonly layers: readonly Layer[];
    readonly skips: ReadonlyMap<number, ParameterBlock>;
  };
  /** for `mlp` and `skip`: the hidden layers h^(1), …, h^(H), one output node per unit, layer by layer; same groups as `graph` */
  readonly hidden?: Graph;
  /** for `resnet`: W and R of f = W(x + R z(x; u)), and the graph of z, one output node per component */
  readonly residual?: {
    readonly W: ParameterBlock;
    readonly R: ParameterBlock;
    readonly branch: () => Graph;
  };
  /**
   * Blocks in which f is linear with no constant part, by construction (f = Σ over these of block entry × partial
   * derivative): the last layer with its bias and skips, W of a residual network, W of a basis. Empty when not known.
   */
  readonly linearBlocks: readonly ParameterBlock[];
}
