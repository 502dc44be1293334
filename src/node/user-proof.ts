import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire, register } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { ProofReport } from '../derive/proofs/report.ts';
import { ProofFileError, proveModule } from '../derive/proofs/user.ts';
import { readRegularFile } from './files.ts';

const MOST_BYTES = 2 ** 22;

/**
 * Runs a module of the user's and checks the scripts that it exports. The module is a program, and runs with the rights
 * of the command; what it says counts only as far as the kernel made it. Throws ProofFileError or ResourceError.
 */
export async function proveUserFile(path: string): Promise<readonly ProofReport[]> {
  await readRegularFile(path, MOST_BYTES);
  // The kernel is loaded (above) and what it uses is captured before any of the module runs.
  shareThisKernel();
  return proveModule(await load(resolve(path)), path);
}

let shared = false;
/** `everymin` in the module means this very copy: theorems of another copy would be strangers to this kernel. */
function shareThisKernel(): void {
  if (shared) return;
  shared = true;
  const own = (from: string): string => new URL(from + extname(import.meta.url), import.meta.url).href;
  const copies = { everymin: own('../index'), 'everymin/proofs': own('../../proofs/api') };
  register(`data:text/javascript,${encodeURIComponent(RESOLVER)}`, { data: copies });
}
const RESOLVER = `
let copies = {};
export const initialize = (data) => { copies = data; };
export const resolve = (specifier, context, next) =>
  Object.hasOwn(copies, specifier) ? { url: copies[specifier], shortCircuit: true } : next(specifier, context);
`;

async function load(path: string): Promise<unknown> {
  switch (extname(path)) {
    case '.mjs':
    case '.js':
      return imported(path);
    case '.ts':
    case '.mts':
      return 'typescript' in process.features && process.features.typescript
        ? imported(path)
        : withEsbuild(path);
    default:
      throw new ProofFileError('a proof is a module of JavaScript or TypeScript: .mjs, .js, .mts or .ts');
  }
}

async function imported(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new ProofFileError(`it cannot be loaded: ${message.split('\n')[0]}`, { cause: error });
  }
}

interface Esbuild {
  build(
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>;
}

/** This Node reads no TypeScript; an esbuild that is installed beside the proof, or here, translates it. */
async function withEsbuild(path: string): Promise<unknown> {
  const esbuild = findEsbuild(path);
  if (!esbuild) {
    throw new ProofFileError(
      `Node ${process.versions.node} reads no TypeScript; compile it to .mjs, install esbuild beside it, or use Node 22.18 or newer`,
    );
  }
  const folder = await mkdtemp(join(dirname(path), '.everymin-'));
  try {
    const built = await esbuild.build({
      entryPoints: [path],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'silent',
    });
    const target = join(folder, `${basename(path)}.mjs`);
    await writeFile(target, built.outputFiles[0]!.text);
    return await imported(target);
  } catch (error) {
    if (error instanceof ProofFileError) throw error;
    throw new ProofFileError(
      `esbuild cannot translate it: ${String(error).split('\n').slice(0, 2).join(' ')}`,
      {
        cause: error,
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findEsbuild(path: string): Esbuild | undefined {
  for (const from of [pathToFileURL(path).href, import.meta.url]) {
    try {
      return createRequire(from)('esbuild') as Esbuild;
    } catch {
      // not there: the next place is asked
    }
  }
  return undefined;
}
