import {
  BACKEND_NAMES,
  type Backend,
  BackendMissing,
  type BackendName,
  type BackendProvider,
} from './backend.ts';

export type BackendPreference = 'auto' | BackendName;

/** What a check computes with, in the report's terms. */
export interface BackendChoice {
  readonly name: BackendName | 'float64';
  readonly precision: 'float32' | 'float64';
  readonly device: string;
  /** absent when everything runs in float64 */
  readonly backend: Backend | undefined;
  /** under `auto`: the preferred backends that were passed over, and why */
  readonly passedOver: readonly { readonly name: BackendName; readonly reason: string }[];
}

/**
 * Multiplications below which float64 is done before a float32 backend has paid for its start: float64 kernels take about
 * 0.35 s for 10⁹, tfjs on wasm 0.17 s to start and then 0.1 s (docs/backends.md).
 */
export const SMALL_WORK = 1e9;

/**
 * Multiplications of one structured Gram matrix, which is the dearest single pass: (m·dy)² for every unit and every
 * parameter's input, and the passes themselves.
 */
export function gramWork(
  m: number,
  dy: number,
  network: { readonly layers: readonly { readonly units: number; readonly inputs: number }[] },
): number {
  const rows = m * dy;
  return network.layers.reduce(
    (work, { units, inputs }) => work + rows * rows * units + m * m * inputs + rows * units * inputs,
    0,
  );
}

const FLOAT64: Omit<BackendChoice, 'passedOver'> = {
  name: 'float64',
  precision: 'float64',
  device: 'CPU',
  backend: undefined,
};

/**
 * Opens a backend. By name: that one, software driver or not, or BackendMissing with the reason and the mend. Under
 * `auto`: float64 alone when `work` is small, so that a small instance pays for no start-up; otherwise the first
 * provider, in the order webgpu, tensorflow, wasm, cpu, that has hardware and starts, or float64 when none does.
 */
export async function selectBackend(
  preference: BackendPreference,
  providers: readonly BackendProvider[],
  work: number,
): Promise<BackendChoice> {
  if (preference !== 'auto') {
    const provider = providers.find(({ name }) => name === preference);
    if (!provider)
      throw new BackendMissing(preference, 'this runtime has no such backend', 'use --backend wasm or cpu');
    return choice(await provider.open({ software: true }), []);
  }
  if (!(work >= SMALL_WORK)) return { ...FLOAT64, passedOver: [] };
  const passedOver: { name: BackendName; reason: string }[] = [];
  for (const name of BACKEND_NAMES) {
    const provider = providers.find((candidate) => candidate.name === name);
    if (!provider) continue;
    try {
      return choice(await provider.open({ software: false }), passedOver);
    } catch (error) {
      if (!(error instanceof BackendMissing)) throw error;
      passedOver.push({ name, reason: error.reason });
    }
  }
  return { ...FLOAT64, passedOver };
}

function choice(backend: Backend, passedOver: BackendChoice['passedOver']): BackendChoice {
  const { name, precision, device } = backend;
  return { name, precision, device, backend, passedOver };
}
