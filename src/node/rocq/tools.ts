import { runProgram } from './program.ts';

/** Rocq, or a library or program that its build needs, is not on this machine. The message says what, and the mend. */
export class RocqMissing extends Error {
  override readonly name = 'RocqMissing';
}

const PROGRAMS = ['coqc', 'coq_makefile', 'make'] as const;

/** A library that proofs/rocq imports, found by compiling one line. */
const LIBRARIES = [
  { name: 'MathComp', line: 'From mathcomp Require mxalgebra.' },
  { name: 'mathcomp-analysis', line: 'From mathcomp.analysis Require derive.' },
] as const;

const MEND =
  'on Debian 12: apt-get install --no-install-recommends make coq libcoq-mathcomp-analysis libcoq-mathcomp-algebra ' +
  '(Coq 8.16, MathComp 1.15, mathcomp-analysis 0.6; MathComp 2 is another library)';

/** "8.16.1". Throws RocqMissing when a program is not on the path. */
export async function rocqVersion(): Promise<string> {
  const missing: string[] = [];
  let version = '';
  for (const name of PROGRAMS) {
    const ended = await runProgram(name, ['--version']);
    if (ended === undefined) missing.push(name);
    else if (name === 'coqc') version = /version (\S+)/.exec(ended.stdout)?.[1] ?? 'unknown';
  }
  if (missing.length > 0) {
    throw new RocqMissing(`${listed(missing)} ${are(missing)} not on the path; ${MEND}`);
  }
  return version;
}

/** Throws RocqMissing when a library cannot be imported. `compile` compiles a text, and answers whether it could. */
export async function requireLibraries(compile: (text: string) => Promise<boolean>): Promise<void> {
  if (await compile(LIBRARIES.map(({ line }) => line).join('\n'))) return;
  const missing: string[] = [];
  for (const { name, line } of LIBRARIES) if (!(await compile(line))) missing.push(name);
  throw new RocqMissing(`Rocq finds no ${missing.join(' and no ')}; ${MEND}`);
}

const listed = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');
const are = (names: readonly unknown[]): string => (names.length === 1 ? 'is' : 'are');
