import { InstanceError, quote, ResourceError } from './error.ts';

/** Gives the files that an instance refers to: from a disk, by fetch, or from memory. */
export interface ResourceReader {
  /** The bytes of a file, its path relative to the instance. Throws ResourceError when it cannot be read. */
  read(relativePath: string): Promise<Uint8Array>;
}

/** For instances that refer to no file. */
export const noResources: ResourceReader = {
  read: async () => {
    throw new ResourceError(
      'this instance was given without a folder; put the numbers in place of the reference',
    );
  },
};

/** Files in memory, by path. */
export function memoryResources(files: ReadonlyMap<string, Uint8Array>): ResourceReader {
  return {
    read: async (path) => {
      const bytes = files.get(path);
      if (bytes === undefined) throw new ResourceError('there is no such file');
      return bytes;
    },
  };
}

/**
 * The path without empty parts and ".". Throws InstanceError for one that leaves the folder of the instance by what it
 * says; links are the reader's to check.
 */
export function checkedPath(path: string, place: string, allowOutside: boolean): string {
  const fail = (fault: string): never => {
    throw new InstanceError(place, `names the file ${quote(path)}, ${fault}`);
  };
  if (path.includes('\0')) fail('which contains a zero character');
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) fail('which is an address; save the file beside the instance');
  if (allowOutside) return path;
  if (path.includes('\\')) fail('which contains a backslash; separate folders by "/"');
  if (path.startsWith('/') || path.startsWith('~') || /^[a-z]:/i.test(path)) {
    fail(
      'which is not relative to the instance; move it into the folder of the instance, or use --allow-outside',
    );
  }
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  let depth = 0;
  for (const part of parts) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) fail('outside the folder of the instance; move it inside, or use --allow-outside');
  }
  return parts.join('/') || '.';
}
