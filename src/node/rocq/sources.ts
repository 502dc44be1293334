import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** proofs/rocq, beside the compiled package as in the repository. */
export const SOURCES = fileURLToPath(new URL('../../../proofs/rocq', import.meta.url));

export interface Sources {
  readonly folder: string;
  /** the files of _CoqProject, in its order */
  readonly files: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
  /** of every text and of _CoqProject */
  readonly digest: string;
}

/** Reads every source that _CoqProject lists. */
export async function readSources(folder: string = SOURCES): Promise<Sources> {
  const project = await readFile(join(folder, '_CoqProject'), 'utf8');
  const files = project.split('\n').filter((line) => line.endsWith('.v'));
  const texts = new Map<string, string>();
  for (const file of files) texts.set(file, await readFile(join(folder, file), 'utf8'));
  const hash = createHash('sha256').update(project);
  for (const [file, text] of texts) hash.update(`\0${file}\0${text}`);
  return { folder, files, texts, digest: hash.digest('hex') };
}

/** Where builds are kept: EVERYMIN_CACHE, or the user's cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.EVERYMIN_CACHE) return join(env.EVERYMIN_CACHE, 'rocq');
  const base = env.XDG_CACHE_HOME || env.LOCALAPPDATA || join(homedir(), '.cache');
  return join(base, 'everymin', 'rocq');
}

/**
 * A folder with these sources, for one version of Rocq: named by the digest, so that what was compiled from other sources
 * is never taken for theirs. Builds of other sources are removed, so the cache must be held (see lock.ts).
 */
export async function buildFolder(sources: Sources, version: string, cache: string): Promise<string> {
  const name = `${version}-${sources.digest.slice(0, 16)}`;
  const folder = join(cache, name);
  for (const other of await readdir(cache)) {
    if (other !== name && /^[\w.]+-[0-9a-f]{16}$/.test(other))
      await rm(join(cache, other), { recursive: true });
  }
  if ((await readdir(folder).catch(() => [])).length > 0) return folder;
  const aside = join(cache, `.${name}-${process.pid}`);
  for (const file of ['_CoqProject', ...sources.files]) {
    await mkdir(dirname(join(aside, file)), { recursive: true });
    await cp(join(sources.folder, file), join(aside, file));
  }
  await rename(aside, folder);
  return folder;
}
