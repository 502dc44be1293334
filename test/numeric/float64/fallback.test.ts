import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.resetModules();
  vi.unstubAllGlobals();
  vi.doUnmock('../../../src/numeric/float64/kernels.generated.ts');
});

async function selected() {
  const { selectKernels } = await import('../../../src/numeric/float64/select.ts');
  return selectKernels();
}

test('without the built kernels the plain ones are used, and the reason is given', async () => {
  vi.doMock('../../../src/numeric/float64/kernels.generated.ts', () => {
    throw new Error('no such file');
  });
  const { kernels, eliminate, unavailable } = await selected();
  expect(kernels.name).toBe('plain');
  expect(unavailable).toEqual([
    { name: 'wasm', reason: 'the kernels were not built (node scripts/build-kernels.mjs)' },
  ]);
  expect(eliminate(Float64Array.of(2, 4, 1, 2), 2, 2, 2, 7, false).pivotCols).toEqual([0]);
});

test('an engine that refuses the module (no SIMD) leaves its own reason', async () => {
  const refusal = new WebAssembly.CompileError('invalid value type v128');
  vi.stubGlobal('WebAssembly', { instantiate: () => Promise.reject(refusal) });
  const { kernels, unavailable } = await selected();
  expect(kernels.name).toBe('plain');
  expect(unavailable).toEqual([{ name: 'wasm', reason: 'invalid value type v128' }]);
});
