import type * as core from '@tensorflow/tfjs-core';

export type TensorOps = typeof core;
export type Tensor = core.Tensor;
export type Tensor2D = core.Tensor2D;

let loading: Promise<TensorOps> | undefined;

/** tfjs-core, on first use (about 0.1 s). Its engine is one object per process, shared by every copy of the package. */
export function tensorOps(): Promise<TensorOps> {
  loading ??= import('@tensorflow/tfjs-core').then((tf) => {
    // otherwise tfjs prints a line for every kernel that two packages register
    tf.enableProdMode();
    return tf;
  });
  return loading;
}
