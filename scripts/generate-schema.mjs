// Writes schema/*.schema.json from the sources. usage: node scripts/generate-schema.mjs
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The exports of a module of src, bundled below node_modules so that the packages it imports are found from there. */
async function load(path) {
  const outfile = join(root, 'node_modules/.cache/everymin', path.replace(/[^a-z]/g, '-') + '.mjs');
  await build({
    entryPoints: [join(root, path)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  return import(pathToFileURL(outfile).href);
}

async function write(name, schema) {
  await writeFile(join(root, 'schema', `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}

const { instanceSchema } = await load('src/instance/schema.ts');
const { reportSchema } = await load('src/check/report-schema.ts');
await mkdir(join(root, 'schema'), { recursive: true });
await write('instance', instanceSchema());
await write('report', reportSchema());
