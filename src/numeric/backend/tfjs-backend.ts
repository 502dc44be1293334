import { type Backend, BackendMissing, type BackendName, type Network } from './backend.ts';
import * as passes from './passes.ts';
import type { Tensor, TensorOps } from './tensor-ops.ts';
import { tensorOps } from './tensor-ops.ts';

/** A started tfjs backend and how many Backends share it. */
interface Started {
  users: number;
  readonly ready: Promise<void>;
}
const started = new Map<BackendName, Started>();

async function start(name: BackendName, register: Registration | undefined, mend: string): Promise<void> {
  const tf = await tensorOps();
  let failure = 'tfjs could not start it';
  const success = await Promise.resolve(register?.(tf))
    .then(() => tf.setBackend(name))
    .catch((error: unknown) => {
      failure = error instanceof Error ? error.message : String(error);
      return false;
    });
  if (success) return;
  started.delete(name);
  throw new BackendMissing(name, failure, mend);
}

/** Forgets the running backend, but not how to start it, as tfjs's removeBackend does. */
function stop(tf: TensorOps, name: BackendName): void {
  started.delete(name);
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory);
}

async function read(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data<'float32'>()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

function gradientOf(
  tf: TensorOps,
  network: Network,
  theta: Float64Array,
  X: Float64Array,
  cotangent: Float64Array,
): Tensor {
  const blocks = passes.vjp(tf, network, theta, X, cotangent);
  blocks.sort((a, b) => a.block.offset - b.block.offset);
  const pieces: Tensor[] = [];
  let end = 0;
  const fill = (until: number): void => {
    if (until > end) pieces.push(tf.fill([until - end], 0));
  };
  for (const { block, gradient } of blocks) {
    fill(block.offset);
    pieces.push(tf.reshape(gradient, [block.length]));
    end = block.offset + block.length;
  }
  fill(theta.length);
  return tf.concat(pieces);
}

/** Tells tfjs how to start a backend whose package does not do so by itself. */
export type Registration = (tf: TensorOps) => void | Promise<void>;

/**
 * A Backend on the tfjs backend of the same name. Its package must be imported already, or `register` given, which is
 * called when the backend is not running yet. Throws BackendMissing when tfjs cannot start it.
 */
export async function openTfjsBackend(
  name: BackendName,
  device: string,
  mend: string,
  register?: Registration,
): Promise<Backend> {
  const shared = started.get(name) ?? { users: 0, ready: start(name, register, mend) };
  started.set(name, shared);
  shared.users++;
  await shared.ready;
  const tf = await tensorOps();
  let live = true;

  /** Runs a pass on this backend; tfjs has one current backend, and a pass has no await inside. */
  const run = async (pass: () => Tensor): Promise<Float32Array> => {
    if (!live) throw new Error(`backend ${name}: used after dispose`);
    if (tf.getBackend() !== name) void tf.setBackend(name);
    return read(tf.tidy(pass));
  };

  return {
    name,
    precision: 'float32',
    device,
    forward: (network, theta, X) => run(() => passes.forward(tf, network, theta, X)),
    jvp: (network, theta, X, direction) => run(() => passes.jvp(tf, network, theta, X, direction)),
    vjp: (network, theta, X, cotangent) => run(() => gradientOf(tf, network, theta, X, cotangent)),
    gram: (network, theta, X, trainable) => run(() => passes.gram(tf, network, theta, X, trainable)),
    async dispose() {
      if (!live) return;
      live = false;
      if (--shared.users === 0) stop(tf, name);
    },
  };
}
