import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, parse, resolve, sep } from 'node:path';
import { UsageError } from './faults.ts';
import { isPattern, matchesSegment } from './wildcard.ts';

/** One FILE argument: the paths it stands for, or what is wrong with it. */
export interface Expanded {
  readonly paths: readonly string[];
  readonly errors: readonly UsageError[];
}

/**
 * The files that the arguments name, each once, in the order given; a pattern's files are sorted. `-` is stdin. A name that
 * exists is that file even when it holds * or ?. `**` stands for any number of folders and follows no symbolic link.
 */
export async function expandFiles(args: readonly string[]): Promise<Expanded> {
  const paths = new Map<string, string>();
  const errors: UsageError[] = [];
  for (const argument of args) {
    try {
      for (const path of await expand(argument)) {
        const key = path === '-' ? '-' : resolve(path);
        if (!paths.has(key)) paths.set(key, path);
      }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      errors.push(error);
    }
  }
  return { paths: [...paths.values()], errors };
}

const SEPARATORS = sep === '\\' ? /[\\/]+/ : /\/+/;

async function expand(argument: string): Promise<string[]> {
  if (argument === '-') return ['-'];
  if (argument === '') throw new UsageError('a file name is empty');
  const kind = await kindOf(argument);
  if (kind === 'folder') {
    const pattern = `${argument.replace(/[\\/]+$/, '')}/*.json`;
    throw new UsageError(`${argument} is a folder; name its files, for example '${pattern}'`);
  }
  if (kind === 'file' || !isPattern(argument)) return [argument];
  const found = await glob(argument);
  if (found.length === 0) throw new UsageError(`${argument} matches no file`);
  return found;
}

async function glob(pattern: string): Promise<string[]> {
  const { root } = parse(pattern);
  const segments = pattern
    .slice(root.length)
    .split(SEPARATORS)
    .filter((segment, i, all) => segment !== '' && !(segment === '**' && all[i - 1] === '**'));
  const found = new Set<string>();
  await walk(root, segments, found);
  return [...found].sort();
}

/** Adds to `found` the files below `folder` ('' is the working folder) that the segments lead to. */
async function walk(folder: string, segments: readonly string[], found: Set<string>): Promise<void> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  if (segment === '**') {
    await walk(folder, rest.length === 0 ? ['*'] : rest, found);
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) {
        await walk(join(folder, entry.name), segments, found);
      }
    }
    return;
  }
  const names = isPattern(segment)
    ? (await entriesOf(folder)).map(({ name }) => name).filter((name) => matchesSegment(segment, name))
    : [segment];
  for (const name of names) {
    const path = join(folder, name);
    if (rest.length > 0) await walk(path, rest, found);
    else if ((await kindOf(path)) === 'file') found.add(path);
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder === '' ? '.' : folder, { withFileTypes: true });
  } catch {
    // Not a folder, or not ours to read: nothing in it matches.
    return [];
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'absent'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'absent';
  }
}
