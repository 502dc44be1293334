import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForBrowser } from '../../scripts/bundle-browser.mjs';
import type { Report } from '../../src/index.ts';
import { requireOrSkip } from '../require.ts';
import { passes } from './backend-entry.ts';
import { reportOf } from './check-entry.ts';
import { serve } from './serve.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everymin-bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the bundle for a browser', () => {
  it('has the core, nothing of node/ or cli/, and imports nothing from outside itself', async () => {
    const { inputs, outputs } = await bundleForBrowser(join(root, 'src/index.ts'), join(folder, 'core'));
    const files = Object.keys(inputs);
    expect(files).toContain('src/check/index.ts');
    expect(files.filter((file) => /^src\/(node|cli)\//.test(file))).toEqual([]);
    const imports = Object.values(outputs).flatMap((output) => output.imports);
    expect(imports.filter(({ external }) => external)).toEqual([]);
    // what a package's `browser` field leaves out is an empty file; nothing of ours may be left out
    const importers = Object.entries(inputs).filter(([, { imports: all }]) =>
      all.some(({ path }) => path.startsWith('(disabled):')),
    );
    expect(importers.filter(([file]) => !file.startsWith('node_modules/'))).toEqual([]);
  });

  it.each([
    ["import { readFileSync } from 'node:fs'; export default readFileSync;", 'imports node:fs'],
    ["import { readFileSync } from 'fs'; export default readFileSync;", 'imports fs'],
    ["export default () => import('node:worker_threads');", 'imports node:worker_threads'],
  ])('is refused for %s', async (source, message) => {
    const entry = join(folder, 'planted.ts');
    await writeFile(entry, source);
    await expect(bundleForBrowser(entry, join(folder, 'planted'))).rejects.toThrow(message);
  });
});

const executablePath = process.env.EVERYMIN_CHROMIUM ?? '/usr/bin/chromium';
const executable = (() => {
  try {
    accessSync(executablePath, constants.X_OK);
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(requireOrSkip('chromium', executable, `${executablePath} cannot be run`))(
  'in Chromium',
  () => {
    let browser: Browser | undefined;
    let site: Awaited<ReturnType<typeof serve>> | undefined;
    let page: Page;

    beforeAll(async () => {
      await bundleForBrowser(join(root, 'test/browser/backend-entry.ts'), join(folder, 'backend'));
      await bundleForBrowser(join(root, 'test/browser/check-entry.ts'), join(folder, 'check'));
      site = await serve(folder);
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
      page = await browser.newPage();
      await page.goto(site.url);
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    /** Calls an export of a bundled entry in the page; as text, since vitest rewrites an import() in a function. */
    const call = (entry: string, name: string, ...args: readonly unknown[]): Promise<unknown> => {
      const given = args.map((arg) => JSON.stringify(arg)).join(', ');
      return page.evaluate(`import('/${entry}/entry.js').then((module) => module.${name}(${given}))`);
    };

    it.each(['wasm', 'cpu'] as const)('%s has the numbers that it has in Node', async (name) => {
      const there = (await call('backend', 'passes', name, '/backend/')) as Awaited<
        ReturnType<typeof passes>
      >;
      const here = await passes(name);
      expect(Object.keys(here)).toEqual(['forward', 'jvp', 'vjp', 'gram']);
      for (const pass of Object.keys(here)) expect(there[pass], pass).toEqual(here[pass]);
    });

    it('a network with tanh has its gradient basis counted on wasm, as in Node', async () => {
      // More samples than parameters: no bound proves the rank, so it is counted.
      const inputs = Array.from({ length: 10 }, (_, i) => [i / 2 - 2]);
      const text = JSON.stringify({
        everymin: 1,
        model: {
          type: 'mlp',
          inputs: 1,
          layers: [{ units: 3, activation: 'tanh', bias: true }, { units: 1 }],
        },
        loss: { type: 'squared' },
        data: { inputs, targets: inputs.map((_, i) => [i % 2]) },
        parameters: { W1: [[1], [-0.5], [0.25]], b1: [0, 0.5, -1], W2: [[1, 2, -1]] },
      });
      const reports = [await reportOf(text), (await call('check', 'reportOf', text)) as string].map(
        (json) => JSON.parse(json) as Report,
      );
      for (const { backend, results } of reports) {
        expect(backend).toEqual({ name: 'wasm', precision: 'float32' });
        const { basis } = results.find(({ result }) => result === 'theorem-1')!;
        expect(basis).toMatchObject({ of: 10, tier: 'numeric' });
        expect(basis!.dimension).toBeLessThanOrEqual(9);
        expect(basis!.dimension).toBeGreaterThanOrEqual(5);
        expect(basis!.detail).toContain('float32 on wasm');
      }
      // V8's Math.tanh may differ in the last place between versions, so the figures are not compared
      const [here, there] = reports.map(({ results }) =>
        results.map(({ result, verdict }) => [result, verdict]),
      );
      expect(there).toEqual(here);
    });

    it('the exact example has the report that it has in Node', async () => {
      const text = await readFile(join(root, 'examples/exact.json'), 'utf8');
      const here = await reportOf(text);
      expect(await call('check', 'reportOf', text)).toBe(here);
      expect(JSON.parse(here)).toMatchObject({
        backend: { name: 'wasm', precision: 'float32' },
        results: expect.arrayContaining([
          expect.objectContaining({ result: 'theorem-1', verdict: 'holds', tier: 'exact' }),
        ]),
      });
    });
  },
);
