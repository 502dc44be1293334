// Bundles the core for a browser: node scripts/bundle-browser.mjs [ENTRY] [FOLDER]
// Fails when anything in the bundle needs a Node module. Dynamic imports stay separate files.

import { copyFile, mkdir } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const builtins = new Set(builtinModules);

/**
 * A Node module in the repository's own code is an error with its importer's name. In a package it is left to esbuild:
 * packages name the branches that no browser takes in their `browser` field, and what they do not name does not resolve.
 */
const noNodeModules = {
  name: 'no-node-modules',
  setup(bundle) {
    bundle.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      const builtin = path.startsWith('node:') || builtins.has(path);
      if (!builtin || kind === 'entry-point') return undefined;
      if (!path.startsWith('node:') && importer.includes('node_modules')) return undefined;
      return { errors: [{ text: `${relative(root, importer)} imports ${path}, which no browser has` }] };
    });
  },
};

/**
 * Bundles `entry` into `folder` as ES modules, entry.js among them, with tfjs's .wasm files beside them.
 * Returns esbuild's metafile. Throws when something cannot be had in a browser.
 */
export async function bundleForBrowser(entry, folder) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { entry },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    metafile: true,
    logLevel: 'silent',
    plugins: [noNodeModules],
  });
  const require = createRequire(import.meta.url);
  const binaries = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  await mkdir(folder, { recursive: true });
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    await copyFile(join(binaries, name), join(folder, name));
  return metafile;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [entry = join(root, 'src/index.ts'), folder = join(root, 'dist/browser')] = process.argv.slice(2);
  try {
    const { outputs } = await bundleForBrowser(entry, folder);
    for (const [file, { bytes }] of Object.entries(outputs))
      console.log(`${String(bytes).padStart(9)}  ${file}`);
  } catch (error) {
    for (const { text } of error.errors ?? [{ text: String(error) }]) console.error(text);
    process.exit(1);
  }
}
