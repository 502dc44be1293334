import { randomUUID } from 'node:crypto';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file could not be written; the message names it and the mend. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

const MENDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'its folder is not there; make it first'],
  ['ENOTDIR', 'a part of its path is not a folder; check the path'],
  ['EACCES', 'permission denied; choose another place'],
  ['EPERM', 'permission denied; choose another place'],
  ['EISDIR', 'it is a folder; name a file'],
  ['ENOSPC', 'the disk is full; make room'],
  ['EROFS', 'the disk is read-only; choose another place'],
  ['ENAMETOOLONG', 'its name is too long; shorten it'],
  ['EEXIST', 'a file of that name is there; choose another name, or use --force'],
]);

/**
 * Writes a file as a whole: beside its place first, then renamed over it, so that a reader sees the old text or the new
 * one, and a failure leaves the old one. With `fresh` nothing is replaced, not even a file that came to be meanwhile.
 * Throws OutputError.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<void> {
  // A name of its own, so that a long name of the target stays a legal one.
  const aside = join(dirname(path), `.everymin-${randomUUID()}`);
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (fresh) await renameToFree(aside, path);
    else await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw outputError(path, error);
  }
}

/** A link, unlike a renaming, refuses a name that is taken; where the disk has no links, the name is looked up first. */
async function renameToFree(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!NO_LINKS.has(code)) throw error;
    if (await lstat(to).catch(() => undefined)) throw Object.assign(new Error(), { code: 'EEXIST' });
    await rename(from, to);
    return;
  }
  await rm(from);
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** A fault of the file system as an OutputError; anything else as it is. */
export function outputError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '') return error;
  const mend = MENDS.get(code) ?? `the system reports ${code}; choose another place`;
  return new OutputError(`${basename(path)} cannot be written: ${mend}`, { cause: error });
}
