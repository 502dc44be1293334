import type { BackendProvider } from '../numeric/backend/backend.ts';
import { cpuProvider } from '../numeric/backend/cpu.ts';
import { wasmProvider } from '../numeric/backend/wasm.ts';
import { tensorflowProvider } from './tensorflow.ts';
import { webgpuProvider } from './webgpu.ts';

/** Every backend that Node can have, in order of preference. Nothing is loaded until one is probed or opened. */
export const nodeBackends: readonly BackendProvider[] = [
  webgpuProvider,
  tensorflowProvider,
  wasmProvider(),
  cpuProvider,
];
