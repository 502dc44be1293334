// Writes schema/instance.schema.json from src/instance/schema.ts. usage: node scripts/generate-schema.mjs
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// below node_modules, so that the packages it imports are found from there
const outfile = join(root, 'node_modules/.cache/everymin/schema.mjs');
await build({
  entryPoints: [join(root, 'src/instance/schema.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
});
const { instanceSchema } = await import(pathToFileURL(outfile).href);
await mkdir(join(root, 'schema'), { recursive: true });
await writeFile(join(root, 'schema/instance.schema.json'), `${JSON.stringify(instanceSchema(), null, 2)}\n`);
