import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommands } from '../../scripts/console-blocks.mjs';
import { isBuilt } from '../support/built.ts';
import { sarifFaults } from '../support/sarif.ts';
import { elementsOf } from '../support/xml.ts';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/ci.md'), 'utf8');
const workflow = /^```yaml\n([\s\S]*?)^```$/m.exec(page)![1]!;
const commands = [...workflow.matchAll(/^ +(?:- )?run: (.*)$/gm)].map((match) => match[1]!);
const OUTPUTS = ['cat everymin.xml', 'cat everymin.sarif', 'cat proofs.xml'];

test('the workflow installs, checks, and uploads what it wrote', () => {
  expect(commands[0]).toBe('npm ci');
  expect(commands).toHaveLength(4);
  for (const file of OUTPUTS.map((command) => command.slice(4))) {
    expect(workflow.indexOf(`> ${file}`), file).toBeGreaterThan(0);
    expect(workflow.lastIndexOf(file), file).toBeGreaterThan(workflow.indexOf(`> ${file}`));
  }
  expect(workflow).toContain('sarif_file: everymin.sarif');
  // one step fails the job, and the others still run
  expect(workflow.match(/if: always\(\)/g)).toHaveLength(4);
});

describe.runIf(isBuilt)('its commands', () => {
  test.concurrent('instances that hold: every step succeeds, nothing is found', async () => {
    const files = {
      'models/a.json': 'examples/models/mlp.json',
      'models/b.json': 'examples/losses/squared.json',
    };
    const { results } = await runCommands([...commands, ...OUTPUTS], files);
    expect(results.map(({ code, output }) => (code === 0 ? code : output))).toEqual(results.map(() => 0));
    const [xml, sarif, proofs] = results.slice(-3).map(({ output }) => output);
    expect(elementsOf(xml!).filter((name) => name === 'testsuite')).toHaveLength(2);
    expect(elementsOf(xml!)).not.toContain('failure');
    expect(sarifFaults(sarif!)).toEqual([]);
    expect(JSON.parse(sarif!).runs[0].results).toEqual([]);
    expect(JSON.parse(sarif!).runs[0].artifacts).toHaveLength(2);
    expect(elementsOf(proofs!)).toContain('testcase');
  }, 120_000);

  test.concurrent('one that does not: the steps fail, and say where', async () => {
    const files = { 'models/a.json': 'examples/models/mlp.json', 'models/kink.json': 'examples/kink.json' };
    const { results } = await runCommands([...commands, ...OUTPUTS], files);
    expect(results.map(({ code }) => code)).toEqual([0, 1, 1, 0, 0, 0, 0]);
    const [xml, sarif] = results.slice(-3).map(({ output }) => output);
    expect(elementsOf(xml!).filter((name) => name === 'failure')).toHaveLength(1);
    expect(sarifFaults(sarif!)).toEqual([]);
    const [first] = JSON.parse(sarif!).runs[0].results;
    expect(first.locations[0].physicalLocation.artifactLocation.uri).toBe('models/kink.json');
  }, 120_000);
});
