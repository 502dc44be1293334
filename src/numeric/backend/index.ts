import type { BackendProvider } from './backend.ts';
import { cpuProvider } from './cpu.ts';
import { wasmProvider } from './wasm.ts';

export { unsupportedActivations } from './activation-ops.ts';
export {
  type Availability,
  BACKEND_NAMES,
  type Backend,
  BackendMissing,
  type BackendName,
  type BackendProvider,
  type Network,
} from './backend.ts';
export {
  type Discrepancy,
  gramRow,
  type JacobianProducts,
  rejudgeRows,
  rejudgeVector,
  spreadRows,
} from './rejudge.ts';
export {
  type BackendChoice,
  type BackendPreference,
  gramWork,
  SMALL_WORK,
  selectBackend,
} from './select.ts';
export { wasmHasSimd } from './wasm.ts';

/** The backends that every runtime has. `binaries`: the address of the folder with tfjs's .wasm files, in a browser. */
export const portableBackends = (binaries?: string): readonly BackendProvider[] => [
  wasmProvider(binaries),
  cpuProvider,
];
