import { constants, copyFile, lstat, rm, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { type Escape, escapeFrom, movedParameters } from '../check/escape.ts';
import type { Instance } from '../instance/instance.ts';
import { decodeText } from '../instance/json.ts';
import { loadInstance } from '../instance/load.ts';
import { replaceParameters } from '../instance/replace-parameters.ts';
import type { ResourceReader } from '../instance/resources.ts';
import type { Tensor } from '../instance/tensor.ts';
import type { Progress } from './check-request.ts';
import { escapeInWorker } from './escape-in-worker.ts';
import type { EscapeRequest } from './escape-request.ts';
import { fileResources, readInstanceText } from './files.ts';
import { symbolicHelpers } from './symbolic-worker.ts';
import { OutputError, outputError, writeWhole } from './write-whole.ts';

export interface EscapeAnswer {
  readonly instance: { readonly name: string; readonly file: string };
  readonly escape: Escape;
  /** the file that was written */
  readonly written?: string;
  /** where the file is that stood there before */
  readonly kept?: string;
}

/**
 * Loads an instance, looks for a way down from θ, and writes the instance moved there. The file is written only after it
 * was read back: an instance of the same model at the point whose loss was computed. Throws InstanceError, OutputError.
 */
export async function escapeFile(
  request: EscapeRequest,
  onProgress: (progress: Progress) => void,
): Promise<EscapeAnswer> {
  const { path, output, seed, timeout, allowOutside } = request;
  const deadline = timeout === undefined ? undefined : Date.now() + timeout * 1000;
  if (output !== undefined) await requireFree(output, request);
  const name = path === '-' ? 'stdin' : path;
  const folder = path === '-' ? '.' : dirname(path);
  const bytes = request.bytes ?? (await readInstanceText(path));
  const references = recorded(fileResources(folder, { allowOutside }));
  const load = (text: string | Uint8Array): Promise<Instance> =>
    loadInstance({ text, name }, references.reader, { allowOutside });
  const instance = await load(bytes);
  const given = request.bytes === undefined ? {} : { bytes: request.bytes };
  const seeded = seed === undefined ? {} : { seed };
  const found =
    deadline === undefined
      ? await escapeFrom(instance, { ...seeded, helpers: symbolicHelpers, onProgress })
      : await escapeInWorker({ path, ...given, allowOutside, deadline, ...seeded }, onProgress);
  const answer = { instance: { name: instance.name, file: name }, escape: found };
  if (output === undefined || found.outcome !== 'moved') return answer;

  const target = movedParameters(instance, found.moves);
  const text = replaceParameters(decodeText(bytes, name), instance.model, instance.parameters, target);
  references.clear();
  requireSame((await load(text)).parameters, target);
  if (resolve(folder) !== resolve(dirname(output))) requireNoReferences(references.paths(), output, folder);
  const kept = await write(output, text, request.force);
  return { ...answer, written: output, ...(kept === undefined ? {} : { kept }) };
}

/** Refused before the search, which may take long: what cannot be written, and what would be lost. */
async function requireFree(output: string, { path, force }: EscapeRequest): Promise<void> {
  const there = await lstat(output).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw outputError(output, error);
  });
  if (there?.isDirectory()) throw outputError(output, Object.assign(new Error(), { code: 'EISDIR' }));
  const folder = await stat(dirname(output)).catch((error: unknown) => {
    throw outputError(output, error);
  });
  if (!folder.isDirectory()) throw outputError(output, Object.assign(new Error(), { code: 'ENOTDIR' }));
  if (there === undefined || force) return;
  throw new OutputError(
    path !== '-' && (await isSameFile(path, output))
      ? `${output} is the input; choose another name, or use --force (the old file is kept beside it)`
      : `${output} is there already; choose another name, or use --force (the old file is kept beside it)`,
  );
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(a), stat(b)]);
    return first.ino === second.ino && first.dev === second.dev;
  } catch {
    // Whoever reads the input says what is wrong with it.
    return false;
  }
}

/** Writes the file; what stood there is copied to `NAME~` first, or to `NAME~2`, … when that is taken. */
async function write(output: string, text: string, force: boolean): Promise<string | undefined> {
  const kept = force ? await keep(output) : undefined;
  try {
    await writeWhole(output, text, { fresh: kept === undefined });
  } catch (error) {
    if (kept !== undefined) await rm(kept, { force: true });
    throw error;
  }
  return kept;
}

async function keep(output: string): Promise<string | undefined> {
  for (let k = 1; ; k++) {
    const kept = `${output}~${k === 1 ? '' : k}`;
    try {
      await copyFile(output, kept, constants.COPYFILE_EXCL);
      return kept;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT') return undefined;
      if (code !== 'EEXIST') throw outputError(kept, error);
    }
  }
}

/** The same files, and which of them were read. */
function recorded(reader: ResourceReader): {
  readonly reader: ResourceReader;
  clear(): void;
  paths(): readonly string[];
} {
  const paths = new Set<string>();
  return {
    reader: {
      read: (path) => {
        paths.add(path);
        return reader.read(path);
      },
    },
    clear: () => paths.clear(),
    paths: () => [...paths],
  };
}

/** A reference is relative to the file it stands in: elsewhere it would name another file, or none. */
function requireNoReferences(paths: readonly string[], output: string, folder: string): void {
  const [first] = paths;
  if (first === undefined) return;
  const others = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
  const place = relative('.', resolve(folder, basename(output)));
  throw new OutputError(
    `${output} would not find ${first}${others}, which the instance refers to by a relative path; write it beside the input, for example to ${place}`,
  );
}

/** What is read back must be the point whose loss was computed. */
function requireSame(read: Tensor, wanted: Tensor): void {
  for (let i = 0; i < wanted.length; i++) {
    if (!read.rational(i).equals(wanted.rational(i)))
      throw new Error(`escape: parameter ${i} was not written as it is`);
  }
}
