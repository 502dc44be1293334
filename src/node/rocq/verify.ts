import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RocqReport, TheoremReport } from '../../derive/proofs/rocq-report.ts';
import { type RocqTheorem, rocqTheorems } from '../../rocq/theorems.ts';
import type { Progress } from '../check-request.ts';
import { ALLOWED, type Assumptions, assumptionsSource, moduleOf, readAssumptions } from './assumptions.ts';
import { withLock } from './lock.ts';
import { runProgram } from './program.ts';
import { unprovedIn } from './scan.ts';
import { buildFolder, cacheFolder, readSources, SOURCES } from './sources.ts';
import { requireLibraries, rocqVersion } from './tools.ts';

export interface RocqRequest {
  /** ids of results and errata; absent for all, and for what is of neither */
  readonly about?: readonly string[];
  /** where _CoqProject is */
  readonly sources?: string;
  /** where builds are kept */
  readonly cache?: string;
  readonly theorems?: readonly RocqTheorem[];
  /** the axioms of every theorem by itself, two seconds for each, rather than those of all together */
  readonly each?: boolean;
}

const LIBRARY_FLAGS = ['-w', 'none'];

/**
 * Builds proofs/rocq where it is not built yet (some minutes on two cores), and asks Rocq for the axioms of each theorem.
 * Throws RocqMissing when Rocq or a library is not there.
 */
export async function verifyRocq(
  {
    about,
    sources: from = SOURCES,
    cache = cacheFolder(),
    theorems: known = rocqTheorems,
    each = false,
  }: RocqRequest,
  onProgress: (progress: Progress) => void = () => {},
): Promise<RocqReport> {
  const start = performance.now();
  const version = await rocqVersion();
  const scratch = await mkdtemp(join(tmpdir(), 'everymin-rocq-'));
  try {
    await requireLibraries(async (text) => (await compile(scratch, text)).code === 0);
    const sources = await readSources(from);
    const wanted = known.filter((theorem) => about === undefined || about.includes(theorem.about));
    await mkdir(cache, { recursive: true });
    const { folder, compiled, errors } = await withLock(join(cache, 'lock'), async () => {
      const at = await buildFolder(sources, version, cache);
      return { folder: at, ...(await build(at, sources.files, targets(about, wanted), onProgress)) };
    });
    const answers = await assumptionsOf(folder, scratch, sources.files, wanted, each);
    const theorems = wanted.map((theorem, index) => reportOf(theorem, answers[index]!));
    const unproved = sources.files.flatMap((file) => unprovedIn(file, sources.texts.get(file)!));
    const fine =
      errors.length === 0 && unproved.length === 0 && theorems.every(({ status }) => status === 'verified');
    const lines = [...sources.texts.values()].reduce((sum, text) => sum + text.split('\n').length - 1, 0);
    return {
      status: fine ? 'verified' : 'failed',
      rocq: version,
      files: sources.files.length,
      lines,
      reused: compiled === 0,
      seconds: (performance.now() - start) / 1000,
      folder,
      theorems,
      unproved,
      errors,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Everything, or what the named theorems need. */
const targets = (about: readonly string[] | undefined, wanted: readonly RocqTheorem[]): readonly string[] =>
  about === undefined ? ['all'] : [...new Set(wanted.map(({ file }) => `${file}o`))];

async function build(
  folder: string,
  files: readonly string[],
  goals: readonly string[],
  onProgress: (progress: Progress) => void,
): Promise<{ readonly compiled: number; readonly errors: readonly string[] }> {
  const made = await runProgram('coq_makefile', ['-f', '_CoqProject', '-o', 'Makefile.coq'], { cwd: folder });
  if (made?.code !== 0) return { compiled: 0, errors: [tail(made?.stderr ?? 'no coq_makefile')] };
  const before = files.filter((file) => existsSync(join(folder, `${file}o`))).length;
  let compiled = 0;
  const make = ['-f', 'Makefile.coq', '-k', `-j${availableParallelism()}`, ...goals];
  const ended = await runProgram('make', make, {
    cwd: folder,
    onLine(line) {
      const file = /^COQC (\S+\.v)$/.exec(line)?.[1];
      if (file === undefined) return;
      onProgress({ phase: `Rocq: ${file}`, done: before + compiled, total: files.length });
      compiled += 1;
    },
  });
  const said = ended?.stderr ?? '';
  return { compiled, errors: ended?.code === 0 ? [] : [tail(said === '' ? 'make failed' : said)] };
}

/** A build that fails says where at its end. */
const tail = (text: string): string => text.trimEnd().split('\n').slice(-40).join('\n');

type Answer = Assumptions | { readonly message: string };

/**
 * Asks for all theorems together. Rocq stops at one that it does not find, so the rest is asked again without it; where an
 * axiom is not allowed, or `each` is wanted, every theorem is asked for by itself.
 */
async function assumptionsOf(
  folder: string,
  scratch: string,
  files: readonly string[],
  theorems: readonly RocqTheorem[],
  wantEach: boolean,
): Promise<readonly Answer[]> {
  const answers = theorems.map(({ file }): Answer | undefined =>
    existsSync(join(folder, `${file}o`)) ? undefined : { message: `${file} does not compile` },
  );
  const modules = modulesIn(folder, files);
  let each = wantEach;
  for (;;) {
    const open = theorems.flatMap((_, index) => (answers[index] === undefined ? [index] : []));
    if (open.length === 0) return answers as readonly Answer[];
    const asked = open.map((index) => theorems[index]!);
    const source = assumptionsSource(asked, modules, each);
    const ended = await compile(scratch, source, ['-Q', folder, 'everymin']);
    if (ended.code !== 0) {
      const at = asked.findIndex((theorem) => isMissing(theorem, ended.stderr));
      if (at < 0 && !each) each = true;
      else if (at < 0) for (const index of open) answers[index] = { message: tail(ended.stderr) };
      else answers[open[at]!] = { message: tail(ended.stderr) };
      continue;
    }
    const read = readAssumptions(ended.stdout, asked.length, each);
    if (!each && read.some((answer) => answer === undefined || notAllowed(answer).length > 0)) {
      each = true;
      continue;
    }
    for (const [at, index] of open.entries()) {
      answers[index] = read[at] ?? { message: 'Rocq printed nothing for it' };
    }
  }
}

const isMissing = ({ file, name }: RocqTheorem, stderr: string): boolean =>
  stderr.includes(`The reference ${moduleOf(file)}.${name} was not found`);

const notAllowed = ({ axioms }: Assumptions): readonly string[] =>
  axioms.filter((name) => !ALLOWED.has(name));

/** What is compiled, in the order of _CoqProject. */
const modulesIn = (folder: string, files: readonly string[]): readonly string[] =>
  files.filter((file) => existsSync(join(folder, `${file}o`))).map(moduleOf);

async function compile(folder: string, text: string, flags: readonly string[] = []) {
  await writeFile(join(folder, 'ask.v'), text);
  const ended = await runProgram('coqc', ['-q', ...LIBRARY_FLAGS, ...flags, 'ask.v'], { cwd: folder });
  return ended ?? { code: null, stdout: '', stderr: 'no coqc' };
}

function reportOf(theorem: RocqTheorem, answer: Answer): TheoremReport {
  if ('message' in answer) return { ...theorem, status: 'failed', message: answer.message };
  const more = notAllowed(answer);
  if (more.length === 0) return { ...theorem, status: 'verified', ...answer };
  return { ...theorem, status: 'failed', ...answer, message: `it rests on ${more.join(', ')}` };
}
