import type { Rational } from '../kernel/rational.ts';
import type { Loss } from '../losses/loss.ts';
import type { Model, ParameterBlock } from '../models/model.ts';
import type { Tensor } from './tensor.ts';

/** A model, a loss, data and a point θ: everything that a check needs, validated. */
export interface Instance {
  readonly name: string;
  /** as given on the command line; absent when the instance was built in memory */
  readonly file?: string;
  /** of the instance file's bytes, hexadecimal */
  readonly sha256?: string;
  readonly model: Model;
  readonly loss: Loss;
  /** number of samples */
  readonly m: number;
  /** m × dx */
  readonly inputs: Tensor;
  /** m × dy; labels are already turned into one-hot rows */
  readonly targets: Tensor;
  /** λ, m numbers > 0 */
  readonly weights: Tensor;
  /** all parameters of the model, trainable or not, parameterCount numbers in θ order */
  readonly parameters: Tensor;
  /** blocks of θ in the sense of the paper: the trainable ones, in model order; the others are constants */
  readonly trainable: readonly ParameterBlock[];
  /** indices into `parameters` of the trainable numbers, increasing; its length is dθ */
  readonly trainableIndices: Int32Array;
  readonly epsilon?: Rational;
  readonly t?: number;
  /** obligations that the user asserts (tier `assumed`) */
  readonly declared: ReadonlyMap<string, boolean>;
}
