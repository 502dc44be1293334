// Compiles src/numeric/float64/assembly with AssemblyScript and writes the wasm as base64 into
// src/numeric/float64/kernels.generated.ts, so that the core needs no file system. Does nothing when the sources have
// not changed. Runs as a script, and as vitest's globalSetup (the default export).
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/numeric/float64/assembly');
const target = join(root, 'src/numeric/float64/kernels.generated.ts');
const OPTIONS = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--noAssert',
  '--enable',
  'simd',
  '--runtime',
  'stub',
];

function sourcesHash() {
  const hash = createHash('sha256').update(OPTIONS.join());
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

export default async function buildKernels() {
  const hash = sourcesHash();
  try {
    if (readFileSync(target, 'utf8').includes(hash)) return;
  } catch {
    // not there yet
  }
  const { default: asc } = await import('assemblyscript/asc');
  const scratch = mkdtempSync(join(tmpdir(), 'everymin-kernels-'));
  try {
    const wasm = join(scratch, 'kernels.wasm');
    const { error, stderr } = await asc.main([join(folder, 'index.ts'), '--outFile', wasm, ...OPTIONS]);
    if (error) throw new Error(`build-kernels: ${error.message}\n${stderr.toString()}`);
    const base64 = readFileSync(wasm).toString('base64');
    // Written whole, then renamed: two builds at once cannot leave half a file.
    const half = `${target}.${process.pid}`;
    writeFileSync(half, `// sources ${hash}\nexport const KERNELS_WASM =\n  '${base64}';\n`);
    renameSync(half, target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
