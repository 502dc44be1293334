import { constants, type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { InstanceError, ResourceError } from '../instance/error.ts';
import type { Instance } from '../instance/instance.ts';
import { LIMITS } from '../instance/limits.ts';
import { type LoadOptions, loadInstance } from '../instance/load.ts';
import type { ResourceReader } from '../instance/resources.ts';

/**
 * Reads an instance file and the files it refers to, from the folder it lies in and nowhere else unless `allowOutside`.
 * Throws InstanceError for every fault, also when the file cannot be read.
 */
export async function loadInstanceFile(path: string, options: LoadOptions = {}): Promise<Instance> {
  const text = await readInstanceText(path);
  return loadInstance({ text, name: path }, fileResources(dirname(path), options), options);
}

/** The bytes of an instance file. Throws InstanceError. */
export async function readInstanceText(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, LIMITS.textBytes);
  } catch (error) {
    throw error instanceof ResourceError
      ? new InstanceError('', `cannot read it: ${error.message}`, path)
      : error;
  }
}

/** Files below a folder; links are followed, and refused when they lead out of it. */
export function fileResources(folder: string, options: LoadOptions = {}): ResourceReader {
  return {
    read: async (path) => {
      const target = resolve(folder, path);
      if (options.allowOutside) return readRegularFile(target, LIMITS.fileBytes);
      const [inside, real] = await faults(() => Promise.all([realpath(folder), realpath(target)]));
      const way = relative(inside, real);
      if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
        throw new ResourceError(
          'it is a link out of the folder of the instance; copy the file, or use --allow-outside',
        );
      }
      return readRegularFile(real, LIMITS.fileBytes);
    },
  };
}

/** The bytes of an ordinary file: no folder, pipe or device is opened. Throws ResourceError. */
export async function readRegularFile(path: string, limit: number): Promise<Uint8Array> {
  return faults(async () => {
    requireRegular(await stat(path), limit);
    // what was looked at may have been replaced: O_NONBLOCK keeps a pipe from blocking, and the open file is looked at again
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { size } = requireRegular(await file.stat(), limit);
      return await readBytes(file, size);
    } finally {
      await file.close();
    }
  });
}

interface Stats {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

function requireRegular<S extends Stats>(stats: S, limit: number): S {
  if (stats.isDirectory()) throw new ResourceError('it is a folder; give a file');
  if (!stats.isFile()) throw new ResourceError('it is a pipe or a device; give an ordinary file');
  if (stats.size > limit) {
    const megabytes = Math.ceil(stats.size / 2 ** 20);
    throw new ResourceError(`it has ${megabytes} MiB, at most ${limit / 2 ** 20} are read; use less data`);
  }
  return stats;
}

async function readBytes(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

const CODES = new Map([
  ['ENOENT', 'there is no such file; check the path'],
  ['ENOTDIR', 'a part of its path is not a folder; check the path'],
  ['EACCES', 'permission denied; make it readable'],
  ['EPERM', 'permission denied; make it readable'],
  ['ELOOP', 'its links run in a circle; give the file itself'],
  ['ENAMETOOLONG', 'its path is too long; shorten it'],
  ['EISDIR', 'it is a folder; give a file'],
  ['ENXIO', 'it is a pipe or a device; give an ordinary file'],
  ['EMFILE', 'too many files are open; close some'],
  ['EIO', 'the disk reports an error; try again'],
  ['ERR_INVALID_ARG_VALUE', 'its path contains a zero character; remove it'],
]);

/** Faults of the file system as ResourceError, in words. */
async function faults<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ResourceError || !(error instanceof Error) || !('code' in error)) throw error;
    const code = String(error.code);
    throw new ResourceError(CODES.get(code) ?? `the system reports ${code}; check the file`);
  }
}
