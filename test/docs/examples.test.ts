import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/index.ts';
import { DECLARABLE } from '../../src/instance/schema.ts';
import { lossKinds } from '../../src/losses/index.ts';
import { activationNames } from '../../src/models/activations.ts';
import { modelKinds } from '../../src/models/index.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { UNARY } from '../../src/symbolic/graph.ts';
import { reservedNames } from '../../src/symbolic/parse-expression.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/file-format.md'), 'utf8');

describe.each([
  ['models', modelKinds],
  ['losses', lossKinds],
] as const)('examples/%s', (folder, kinds) => {
  const names = kinds.map(({ type }) => type);

  test('one for each kind, each on the page under its name', () => {
    expect(readdirSync(join(root, 'examples', folder)).sort()).toEqual(
      names.map((name) => `${name}.json`).sort(),
    );
    const section = page.slice(page.indexOf(`## ${folder === 'models' ? 'Models' : 'Losses'}`));
    for (const name of names)
      expect(section).toMatch(
        new RegExp(`### ${name}\n[^#]*<!-- file: examples/${folder}/${name}\\.json -->`),
      );
  });

  test.each(names)('%s: of its kind, and Theorem 1 holds', async (name) => {
    const instance = await loadInstanceFile(join(root, `examples/${folder}/${name}.json`));
    expect(folder === 'models' ? instance.model.kind : instance.loss.kind).toBe(name);
    const { results } = await check(instance, { results: ['theorem-1'] });
    expect(results.map(({ verdict, tier }) => [verdict, tier])).toEqual([
      ['holds', name === 'expression' && folder === 'losses' ? 'certified' : 'exact'],
    ]);
  });
});

test('the page names every key, activation and function', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schema/instance.schema.json'), 'utf8'));
  const keys = Object.keys(schema.properties).filter((key) => key !== '$schema');
  expect(keys.length).toBeGreaterThan(7);
  for (const name of [...keys, ...activationNames, ...UNARY]) expect(page).toContain(`\`${name}\``);
  for (const name of ['max', 'min'])
    expect(reservedNames.has(name) && page.includes(`\`${name}\``)).toBe(true);
});

test('the report page names every obligation that can be declared', () => {
  const reading = readFileSync(join(root, 'docs/reading-a-report.md'), 'utf8');
  for (const id of DECLARABLE)
    for (const word of id.replace('-nearby', '').split('-')) expect(reading, id).toContain(word);
});
