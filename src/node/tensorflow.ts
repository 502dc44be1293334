import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Availability, BackendMissing, type BackendProvider } from '../numeric/backend/backend.ts';
import { tensorOps } from '../numeric/backend/tensor-ops.ts';
import { openTfjsBackend } from '../numeric/backend/tfjs-backend.ts';
import { withNativeVariable } from './native-env.ts';

/** The variable that names a folder whose node_modules has @tensorflow/tfjs-node, as scripts/install-libtensorflow.sh makes it. */
export const TFJS_NODE_FOLDER = 'EVERYMIN_TFJS_NODE';

const MEND =
  'npm install @tensorflow/tfjs-node; where its download fails, run scripts/install-libtensorflow.sh FOLDER and set ' +
  `${TFJS_NODE_FOLDER}=FOLDER`;

interface Addon {
  readonly version: { readonly 'tfjs-core': string };
  backend(): { readonly binding: { readonly TF_Version?: string } };
}

let loading: Promise<string> | undefined;

/** Loads the addon, once; resolves to the device's name. Throws an Error that says why not. */
async function load(): Promise<string> {
  const folder = process.env[TFJS_NODE_FOLDER];
  if (folder && !existsSync(join(folder, 'node_modules', '@tensorflow', 'tfjs-node')))
    throw new Error(`${TFJS_NODE_FOLDER} names ${folder}, which has no node_modules/@tensorflow/tfjs-node`);
  const tf = await tensorOps();
  const require = createRequire(folder ? join(resolve(folder), 'package.json') : import.meta.url);
  // TensorFlow writes about its build to stderr below level 2.
  const level = process.env.TF_CPP_MIN_LOG_LEVEL ?? '2';
  const addon = await withNativeVariable(
    'TF_CPP_MIN_LOG_LEVEL',
    level,
    async () => require('@tensorflow/tfjs-node') as Addon,
  );
  if (addon.version['tfjs-core'] !== tf.version_core)
    throw new Error(
      `@tensorflow/tfjs-node is for tfjs ${addon.version['tfjs-core']}, and tfjs-core is ${tf.version_core}`,
    );
  return `CPU, TensorFlow ${addon.backend().binding.TF_Version ?? '(version unknown)'}`;
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'MODULE_NOT_FOUND') return '@tensorflow/tfjs-node is not installed';
  return error instanceof Error ? error.message.split('\n')[0]!.trim() : String(error);
}

async function loadOnce(): Promise<string> {
  loading ??= load();
  return loading;
}

/** TensorFlow's C library through @tensorflow/tfjs-node, an optional dependency. */
export const tensorflowProvider: BackendProvider = {
  name: 'tensorflow',
  async probe(): Promise<Availability> {
    try {
      return { available: true, device: await loadOnce(), software: false };
    } catch (error) {
      return { available: false, reason: reason(error), mend: MEND };
    }
  },
  async open() {
    try {
      return await openTfjsBackend('tensorflow', await loadOnce(), MEND);
    } catch (error) {
      if (error instanceof BackendMissing) throw error;
      throw new BackendMissing('tensorflow', reason(error), MEND);
    }
  },
};
