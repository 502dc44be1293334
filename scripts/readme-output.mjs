#!/usr/bin/env node
// Puts what the built command prints into the README's console blocks; a test holds them equal.
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

const report = (file, result = 'theorem-1') =>
  spawnSync(process.execPath, ['dist/src/cli/main.js', 'check', file, '--result', result], {
    encoding: 'utf8',
  }).stdout;

/** The console block that starts with `command`, with everything after its first lines replaced. */
function fill(text, command, lines) {
  const start = text.indexOf(`$ ${command}\n`);
  if (start < 0) throw new Error(`the README has no block for ${command}`);
  const from = start + command.length + 3;
  return `${text.slice(0, from)}${lines}${text.slice(text.indexOf('```', from))}`;
}

let readme = readFileSync('README.md', 'utf8');
readme = fill(readme, 'npm ci && npm start', report('examples/iris/iris.json'));
readme = fill(
  readme,
  'npx everymin check examples/almost-critical.json --result theorem-1',
  report('examples/almost-critical.json'),
);
readme = fill(
  readme,
  'npx everymin check examples/saddle.json --result theorem-2',
  report('examples/saddle.json', 'theorem-2'),
);
writeFileSync('README.md.partial', readme);
renameSync('README.md.partial', 'README.md');
