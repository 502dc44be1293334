import { type Availability, BackendMissing, type BackendProvider } from './backend.ts';
import { tensorOps } from './tensor-ops.ts';
import { openTfjsBackend } from './tfjs-backend.ts';

/** A module whose one function uses a SIMD instruction (i8x16.splat and i8x16.popcnt). */
const SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15],
  ...[253, 98, 11],
);

export const wasmHasSimd = (): boolean =>
  typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE);

function wasmAvailability(): Availability {
  if (typeof WebAssembly !== 'object')
    return {
      available: false,
      reason: 'this runtime has no WebAssembly',
      mend: 'use a runtime that has it, or --backend cpu',
    };
  return {
    available: true,
    device: wasmHasSimd() ? 'WebAssembly with SIMD' : 'WebAssembly without SIMD',
    software: false,
  };
}

/**
 * WebAssembly with XNNPACK kernels. `binaries` is the address of the folder with tfjs's three .wasm files, for a
 * browser; in Node the package finds its own. One thread: the threaded build needs a page that is cross-origin
 * isolated, and does not start in Node.
 */
export function wasmProvider(binaries?: string): BackendProvider {
  return {
    name: 'wasm',
    probe: async () => wasmAvailability(),
    async open() {
      const found = wasmAvailability();
      if (!found.available) throw new BackendMissing('wasm', found.reason, found.mend);
      const [tf, wasm] = await Promise.all([tensorOps(), import('@tensorflow/tfjs-backend-wasm')]);
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (binaries !== undefined) wasm.setWasmPaths(binaries);
      return openTfjsBackend(
        'wasm',
        found.device,
        'serve the .wasm files of @tensorflow/tfjs-backend-wasm beside the page, or reinstall the package',
      );
    },
  };
}
