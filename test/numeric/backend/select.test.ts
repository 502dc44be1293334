import { describe, expect, it } from 'vitest';
import {
  type Backend,
  BackendMissing,
  type BackendName,
  type BackendProvider,
} from '../../../src/numeric/backend/backend.ts';
import { cpuProvider } from '../../../src/numeric/backend/cpu.ts';
import { gramWork, SMALL_WORK, selectBackend } from '../../../src/numeric/backend/select.ts';
import { wasmProvider } from '../../../src/numeric/backend/wasm.ts';
import { CASES, numbers, uniform } from './networks.ts';

type Kind = 'hardware' | 'software' | 'missing';

function fake(name: BackendName, kind: Kind, opened: string[]): BackendProvider {
  const there = (software: boolean) => kind === 'hardware' || (kind === 'software' && software);
  return {
    name,
    probe: async ({ software }) =>
      there(software)
        ? { available: true, device: kind, software: kind === 'software' }
        : { available: false, reason: `no ${name}`, mend: 'mend it' },
    async open({ software }) {
      opened.push(name);
      if (!there(software)) throw new BackendMissing(name, `no ${name}`, 'mend it');
      return { name, precision: 'float32', device: kind } as Backend;
    },
  };
}

const providers = (kinds: Partial<Record<BackendName, Kind>>, opened: string[] = []) =>
  (Object.entries(kinds) as [BackendName, Kind][]).map(([name, kind]) => fake(name, kind, opened));

describe('selecting a backend', () => {
  it('prefers webgpu, tensorflow, wasm, cpu, in that order, whatever order they are listed in', async () => {
    const all: BackendName[] = ['webgpu', 'tensorflow', 'wasm', 'cpu'];
    for (const [k, first] of all.entries()) {
      const listed = Object.fromEntries(
        all.map((name, i) => [name, i < k ? 'missing' : 'hardware']).reverse(),
      );
      const chosen = await selectBackend('auto', providers(listed), SMALL_WORK);
      expect(chosen.name).toBe(first);
      expect(chosen.precision).toBe('float32');
      expect(chosen.passedOver.map(({ name }) => name)).toEqual(all.slice(0, k));
    }
  });

  it('takes a software driver by name only', async () => {
    const there = providers({ webgpu: 'software', wasm: 'hardware' });
    const auto = await selectBackend('auto', there, SMALL_WORK);
    expect(auto.name).toBe('wasm');
    expect(auto.passedOver).toEqual([{ name: 'webgpu', reason: 'no webgpu' }]);
    expect((await selectBackend('webgpu', there, 0)).device).toBe('software');
  });

  it('opens nothing for small work, or work that is not a number', async () => {
    const opened: string[] = [];
    for (const work of [0, SMALL_WORK - 1, Number.NaN]) {
      const chosen = await selectBackend('auto', providers({ webgpu: 'hardware' }, opened), work);
      expect([chosen.name, chosen.precision, chosen.backend]).toEqual(['float64', 'float64', undefined]);
    }
    expect(opened).toEqual([]);
    await selectBackend('webgpu', providers({ webgpu: 'hardware' }, opened), 0);
    expect(opened).toEqual(['webgpu']);
  });

  it('falls back to float64 when nothing starts, and says why', async () => {
    const chosen = await selectBackend('auto', providers({ webgpu: 'missing', cpu: 'missing' }), 1e12);
    expect(chosen.name).toBe('float64');
    expect(chosen.passedOver).toEqual([
      { name: 'webgpu', reason: 'no webgpu' },
      { name: 'cpu', reason: 'no cpu' },
    ]);
  });

  it('throws BackendMissing with the reason and the mend for a backend asked for by name', async () => {
    await expect(
      selectBackend('tensorflow', providers({ tensorflow: 'missing' }), 1e12),
    ).rejects.toMatchObject({
      name: 'BackendMissing',
      backend: 'tensorflow',
      reason: 'no tensorflow',
      mend: 'mend it',
    });
    await expect(selectBackend('webgpu', [], 0)).rejects.toBeInstanceOf(BackendMissing);
  });

  it('lets a fault that is not a missing backend through', async () => {
    const broken: BackendProvider = {
      ...fake('webgpu', 'hardware', []),
      open: () => Promise.reject(new TypeError('a bug')),
    };
    await expect(selectBackend('auto', [broken], 1e12)).rejects.toThrow(TypeError);
  });

  it('counts the work of a Gram matrix', () => {
    const { network } = CASES[0]!.model; // 3-5-4-2
    const layers = [15, 20, 8];
    const rows = 12;
    const units = 5 + 4 + 2;
    const inputs = 3 + 5 + 4;
    const sweeps = rows * layers.reduce((a, b) => a + b);
    expect(gramWork(6, 2, network!)).toBe(rows * rows * units + 36 * inputs + sweeps);
  });
});

describe('backends of one process', () => {
  const { model, m } = CASES[3]!;
  const next = uniform(3);
  const theta = numbers(model.parameterCount, next);
  const X = numbers(m * model.inputs, next);
  const network = model.network!;

  it('do not disturb each other when their calls interleave', async () => {
    const wasm = await wasmProvider().open({ software: false });
    const cpu = await cpuProvider.open({ software: false });
    const alone = [
      await wasm.gram(network, theta, X, model.blocks),
      await cpu.gram(network, theta, X, model.blocks),
    ];
    const together = await Promise.all(
      Array.from({ length: 10 }, (_, i) => (i % 2 ? cpu : wasm).gram(network, theta, X, model.blocks)),
    );
    together.forEach((gram, i) => {
      expect(gram).toEqual(alone[i % 2]);
    });
    await wasm.dispose();
    await cpu.dispose();
  });

  it('can be disposed of, one user at a time, and opened again', async () => {
    const first = await wasmProvider().open({ software: false });
    const second = await wasmProvider().open({ software: false });
    const before = await first.forward(network, theta, X);
    await first.dispose();
    await first.dispose();
    await expect(first.forward(network, theta, X)).rejects.toThrow('used after dispose');
    expect(await second.forward(network, theta, X)).toEqual(before);
    await second.dispose();
    const third = await wasmProvider().open({ software: false });
    expect(await third.forward(network, theta, X)).toEqual(before);
    await third.dispose();
  });

  it('refuse shapes that do not fit', async () => {
    const cpu = await cpuProvider.open({ software: false });
    await expect(cpu.forward(network, theta.subarray(1), X)).rejects.toThrow(RangeError);
    await expect(cpu.forward(network, theta, X.subarray(1))).rejects.toThrow(RangeError);
    await expect(cpu.forward(network, theta, new Float64Array())).rejects.toThrow(RangeError);
    await expect(cpu.jvp(network, theta, X, theta.subarray(1))).rejects.toThrow(RangeError);
    await expect(cpu.vjp(network, theta, X, new Float64Array(model.outputs))).rejects.toThrow(RangeError);
    await cpu.dispose();
  });
});
