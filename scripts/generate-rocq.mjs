// Writes the generated files of proofs/rocq/kernel from the sources. usage: node scripts/generate-rocq.mjs
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outfile = join(root, 'node_modules/.cache/everymin/rocq.mjs');
await build({
  entryPoints: [join(root, 'src/rocq/index.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
});

const { generatedFiles } = await import(pathToFileURL(outfile).href);
for (const { name, text } of generatedFiles()) await writeFile(join(root, 'proofs/rocq/kernel', name), text);
