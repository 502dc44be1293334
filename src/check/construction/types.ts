import type { Quantity, Tier } from '../evidence.ts';

/**
 * What the proofs of Theorems 3 and 4 construct, on an instance, as data of the report. Exact numbers are texts "p/q";
 * matrices are row-major. `verify.ts` re-verifies all of it from the instance alone.
 */
export interface Construction {
  readonly theorem: 'theorem-3' | 'theorem-4';
  readonly t?: number;
  readonly epsilon: string;
  /** the sets J^(l) of Theorem 4, units from 0 */
  readonly structure?: readonly UnitSet[];
  /** W for Theorem 3; P_{H+2} = I, P_{H+1}, …, P_{t+2} for Theorem 4, and the blocks A^(k) they are products of */
  readonly matrices: readonly RankedMatrix[];
  /** one for each block of features whose multiples the proof puts into Ẽ_ε */
  readonly sets: readonly ConstructedSet[];
  /** features for which there is no construction, and why */
  readonly missing: readonly { readonly feature: string; readonly reason: string }[];
  /** G_X and G_Z, or G_t, …, G_H; the features are optimal exactly when all are 0 (Lemma 0) */
  readonly forces: readonly ForceMatrix[];
  /** the infimum over the features alone, which is the right-hand side when every set is constructed */
  readonly infimum: Infimum | null;
  /** where the construction as printed in the paper fails, with exact data that show it; null where it was not tried */
  readonly printed: readonly PrintedFault[] | null;
  /** when the report speaks of a θ* near θ: the features for which S = {0} is proved to be enough there too */
  readonly fullRankNearby?: readonly string[];
  /** every set is constructed and every check on it passed */
  readonly complete: boolean;
  readonly detail: string;
}

/** Why there is no construction although the hypotheses on the sizes hold: too large, or the time limit. */
export interface NoConstruction {
  readonly omitted: string;
}

export interface UnitSet {
  readonly layer: number;
  readonly units: readonly number[];
}

/** `values` is null where they are too long (shorten.ts): the shape is told, and the report alone cannot be replayed. */
export interface NamedMatrix {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly values: readonly string[] | null;
}

export interface RankedMatrix extends NamedMatrix {
  readonly rank: number;
  readonly certificate: RankCertificate | null;
}

/** A minor that is not 0 modulo a prime, and null vectors (or the shape) against a larger rank. */
export interface RankCertificate {
  readonly lower: {
    readonly prime: number;
    readonly pivotRows: readonly number[];
    readonly pivotCols: readonly number[];
  };
  readonly upper:
    | { readonly kind: 'shape' }
    | {
        readonly kind: 'left' | 'right';
        readonly free: readonly number[];
        readonly vectors: readonly (readonly string[])[];
      };
}

/** left·rightᵀ in one block of parameters. */
export interface OuterProduct {
  readonly block: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/**
 * A finite S ⊆ V[θ, ε] and directions in which the derivatives of f at the points θ + εv, v ∈ S, span every e_r h_c, h the
 * features, r an output. S_0 is `base`; if `step` is given, S_c = S_0 + left·e_cᵀ in its block, c = 1, …, columns. With X
 * the right inverse and u = row/scale: ∂f in the direction X e_r e_cᵀ of the block `moved` at S_0 when there is no step
 * (row is null), else ∂f in the direction X e_r uᵀ at S_c minus the same at S_0, is e_r h_c.
 */
export interface ConstructedSet {
  /** 'x + Rz', 'z', or 'h^(l)' */
  readonly feature: string;
  readonly columns: number;
  /** 'right-inverse': P has full row rank and S = {0}; 'null-vectors': the chain of null vectors */
  readonly kind: 'right-inverse' | 'null-vectors';
  readonly base: readonly OuterProduct[];
  readonly step: { readonly block: string; readonly left: readonly string[] } | null;
  /** the matrix P of `matrices` with P·X = I, or 'I' */
  readonly product: string;
  readonly rightInverse: NamedMatrix;
  readonly moved: string;
  /** v_{l+1}, …, v_{l*−2} of the chain: the last is `row` */
  readonly chain: readonly { readonly layer: number; readonly vector: readonly string[] }[];
  readonly row: readonly string[] | null;
  /** ε‖v‖² for the step as taken; null without a step */
  readonly scale: string | null;
  /** ‖S_0‖² and the others' ‖S_c‖² */
  readonly normSquared: { readonly base: string; readonly others: string | null };
  readonly checks: SetChecks;
}

/**
 * On the samples: `equal` exactly; `enclosed` when the numbers are irrational and the enclosures agree; `not computed`
 * when it is too much work or a derivative does not exist. The other checks are identities of matrices over Q.
 */
export type OnSamples = 'equal' | 'enclosed' | 'not computed' | 'differs';

export interface SetChecks {
  /** ‖v‖ ≤ 1 for every v ∈ S */
  readonly norm: boolean;
  /** f(x; θ + εv) = f(x; θ) for every x at which the units of J are linear, by identities of matrices */
  readonly unchanged: boolean;
  /** f_{x_i}(θ + εv) = f_{x_i}(θ) for all samples and every v ∈ S, evaluated */
  readonly unchangedOnSamples: OnSamples;
  /** the derivatives named above are e_r h_c, by identities of matrices */
  readonly spans: boolean;
  readonly spansOnSamples: OnSamples;
}

export interface ForceMatrix {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly values: readonly Quantity[] | null;
  /** undecided when the enclosures contain 0 and are not exact */
  readonly zero: boolean | null;
  readonly tier: Tier;
}

export interface Infimum {
  readonly value: Quantity;
  readonly tier: Tier;
  readonly method: string;
}

/** With the first dy units of each J^(l) as the paper's {1, …, dy}, and dy × dy blocks A^(l). */
export type PrintedFault =
  /** K ≥ 2 layers are perturbed by unit outer products, so ‖S_c‖² ≥ K − 1 + ‖b‖² > 1 for every b ≠ 0 */
  | { readonly kind: 'norm'; readonly layer: number; readonly perturbed: number; readonly detail: string }
  /** a vector of the printed S^(l) at which f is another */
  | {
      readonly kind: 'leaves-fibre';
      readonly layer: number;
      readonly vector: readonly OuterProduct[];
      readonly sample: number;
      readonly output: number;
      readonly before: string;
      readonly after: string;
      readonly detail: string;
    }
  /** the printed product has rank dy, but the derivatives it stands for span less */
  | {
      readonly kind: 'rank';
      readonly layer: number;
      readonly printed: number;
      readonly actual: number;
      readonly detail: string;
    };
