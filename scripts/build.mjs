#!/usr/bin/env node
// Builds dist/: kernels in WebAssembly, JavaScript and types, the published schemas, an executable command.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

function run(what, script, args = []) {
  const { status, signal, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail(`${what} failed (${error?.message ?? signal ?? `exit ${status}`})`);
}

function fail(message) {
  console.error(`build: ${message}`);
  process.exit(1);
}

const kernels = at('scripts', 'build-kernels.mjs');
if (existsSync(kernels)) run('the build of the kernels', kernels);

// Built aside and moved at the end, so that dist/ is always whole: a failed build leaves the last good one.
const aside = at('node_modules', '.cache', 'everymin', `build-${process.pid}`);
process.on('exit', () => rmSync(aside, { recursive: true, force: true }));
const built = join(aside, 'dist');

// TypeScript exports no path to its compiler but names it as a command of its package.
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
const { bin } = JSON.parse(readFileSync(typescript, 'utf8'));
run('tsc', join(dirname(typescript), bin.tsc), ['-p', 'tsconfig.build.json', '--outDir', built]);

// mathjs comes in hundreds of modules; its parser alone, tree-shaken into one file, loads several times faster.
const parser = join(built, 'src', 'symbolic', 'mathjs-parse.js');
await bundle({
  entryPoints: [parser],
  outfile: parser,
  allowOverwrite: true,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2022',
  legalComments: 'inline',
  logLevel: 'warning',
});

for (const name of ['instance.schema.json', 'report.schema.json']) {
  if (!existsSync(at('schema', name))) fail(`schema/${name} is missing`);
}
cpSync(at('schema'), join(built, 'schema'), { recursive: true });
// The sources of the Rocq development, without what a build leaves among them.
cpSync(at('proofs', 'rocq'), join(built, 'proofs', 'rocq'), {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || /(\.v|\.md|_CoqProject)$/.test(path),
});

const main = join(built, 'src', 'cli', 'main.js');
if (!existsSync(main)) fail('tsc wrote no src/cli/main.js');
if (!readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n')) fail('src/cli/main.js has no #! line');
chmodSync(main, 0o755);

if (existsSync(at('dist'))) renameSync(at('dist'), join(aside, 'before'));
renameSync(built, at('dist'));
