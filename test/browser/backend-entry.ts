import { cpuProvider } from '../../src/numeric/backend/cpu.ts';
import { wasmProvider } from '../../src/numeric/backend/wasm.ts';
import { CASES, numbers, uniform } from '../numeric/backend/networks.ts';

/** What the page and Node both compute: the passes of the last case through one backend. */
export async function passes(name: 'wasm' | 'cpu', binaries?: string): Promise<Record<string, number[]>> {
  const backend = await (name === 'wasm' ? wasmProvider(binaries) : cpuProvider).open({ software: false });
  const { model, m } = CASES.at(-1)!;
  const next = uniform(1);
  const theta = numbers(model.parameterCount, next);
  const X = numbers(m * model.inputs, next);
  const network = model.network!;
  const results = {
    forward: await backend.forward(network, theta, X),
    jvp: await backend.jvp(network, theta, X, numbers(model.parameterCount, next)),
    vjp: await backend.vjp(network, theta, X, numbers(m * model.outputs, next)),
    gram: await backend.gram(network, theta, X, model.blocks),
  };
  await backend.dispose();
  return Object.fromEntries(Object.entries(results).map(([pass, values]) => [pass, Array.from(values)]));
}
