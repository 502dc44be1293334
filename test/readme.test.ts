import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { check } from '../src/check/index.ts';
import { renderText, resultWords } from '../src/derive/report/index.ts';
import { loadInstanceFile } from '../src/node/files.ts';
import { results } from '../theorems/index.ts';

/** What stands in the console block after `$ command`. */
async function block(command: string): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const from = readme.indexOf(`$ ${command}\n`);
  expect(from, command).toBeGreaterThan(0);
  const start = from + command.length + 3;
  return readme.slice(start, readme.indexOf('```', start));
}

test.each([
  ['npm ci && npm start', 'examples/iris/iris.json', 'theorem-1'],
  [
    'npx everymin check examples/almost-critical.json --result theorem-1',
    'examples/almost-critical.json',
    'theorem-1',
  ],
  ['npx everymin check examples/saddle.json --result theorem-2', 'examples/saddle.json', 'theorem-2'],
])('the README shows what %s prints', async (command, file, result) => {
  const report = await check(await loadInstanceFile(file), { results: [result] });
  const printed = renderText(report, { width: 100, words: resultWords(results) });
  expect((await block(command)).trim()).toBe(printed.trim());
});

test('the files and commands that the README names are there', async () => {
  const readme = await readFile('README.md', 'utf8');
  const named = [...readme.matchAll(/`((?:docs|examples|schema)\/[\w./-]+)`/g)].map((match) => match[1]!);
  expect(named.length).toBeGreaterThan(5);
  for (const path of named) await expect(readFile(path), path).resolves.toBeDefined();
});
