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

/** The work in float64 multiplications below which opening a float32 backend costs more than it saves: about 0.3 s. */
export const SMALL_WORK = 3e8;

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
