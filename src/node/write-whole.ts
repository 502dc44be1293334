import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
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
]);

/**
 * Writes a file as a whole: beside its place first, then renamed over it, so that a reader sees the old text or the new
 * one, and a failure leaves the old one. Throws OutputError.
 */
export async function writeWhole(path: string, content: string): Promise<void> {
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
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    const mend = MENDS.get(code) ?? `the system reports ${code}; choose another place`;
    throw new OutputError(`${basename(path)} cannot be written: ${mend}`, { cause: error });
  }
}
