import { eliminateModular, type ModularElimination } from '../../exact/modular-elimination.ts';
import type { DenseKernels } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { loadWasmKernels } from './wasm.ts';

/** Kernels that may be missing on this machine: `load` throws an Error whose message says why. */
export interface KernelCandidate {
  readonly name: DenseKernels['name'];
  load(): Promise<{ readonly kernels: DenseKernels; readonly eliminate?: ModularElimination }>;
}

export interface SelectedKernels {
  readonly kernels: DenseKernels;
  readonly eliminate: ModularElimination;
  /** preferred candidates that could not be had, and why */
  readonly unavailable: readonly { readonly name: string; readonly reason: string }[];
}

export const wasmCandidate: KernelCandidate = { name: 'wasm', load: loadWasmKernels };

/**
 * The first of the candidates that loads; `plain` always does. The default prefers wasm; Node's side puts a system
 * LAPACK in front of it. The elimination mod p is that of the wasm kernels wherever they load.
 */
export async function selectKernels(
  candidates: readonly KernelCandidate[] = [wasmCandidate],
): Promise<SelectedKernels> {
  const unavailable: { name: string; reason: string }[] = [];
  let kernels: DenseKernels | undefined;
  let eliminate: ModularElimination | undefined;
  for (const candidate of candidates) {
    if (kernels && eliminate) break;
    try {
      const loaded = await candidate.load();
      kernels ??= loaded.kernels;
      eliminate ??= loaded.eliminate;
    } catch (error) {
      unavailable.push({
        name: candidate.name,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { kernels: kernels ?? plainKernels, eliminate: eliminate ?? eliminateModular, unavailable };
}
