import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './faults.ts';
import {
  CHECK_HELP,
  DERIVE_HELP,
  DOCTOR_HELP,
  ESCAPE_HELP,
  EXPLAIN_HELP,
  GRAPH_HELP,
  MAIN_HELP,
  PROVE_HELP,
} from './help.ts';
import type { ColorChoice, Io } from './io.ts';
import {
  BACKENDS,
  type Backend,
  CHECK_FORMATS,
  type CheckFormat,
  DERIVE_FORMATS,
  type DeriveFormat,
  DOCTOR_FORMATS,
  type DoctorFormat,
  ESCAPE_FORMATS,
  type EscapeFormat,
  EXPLAIN_FORMATS,
  type ExplainFormat,
  GRAPH_FORMATS,
  type GraphFormat,
  POINTS,
  type Point,
  PROVE_FORMATS,
  type ProveFormat,
  type Services,
  TIERS_ACCEPTED,
  type TierAccepted,
} from './services.ts';

const HELP_WIDTH = 100;
const PASSES = 'with --format sarif: list what holds as well';

/** Parses the command line (without node and script) and runs the command. Throws a UsageError on a wrong one. */
export async function runProgram(argv: readonly string[], io: Io, services: Services): Promise<ExitCode> {
  let code: ExitCode = EXIT.usage;
  const run = async (command: Promise<ExitCode>): Promise<void> => {
    code = await command;
  };
  const program = new Command('everymin')
    .description(
      'Every local minimum, explained: checks the theory of local minima on a model that you bring.',
    )
    .version(services.version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help, of a command too')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      // Told by the caller, in one line like every other error.
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText('after', MAIN_HELP);
  addCheck(program, io, services, run);
  addEscape(program, io, services, run);
  addExplain(program, io, services, run);
  addProve(program, io, services, run);
  addDerive(program, io, services, run);
  addGraph(program, io, services, run);
  addDoctor(program, io, services, run);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.holds;
    // Nothing was asked: the help is on stderr already.
    if (error.code === 'commander.help') return EXIT.usage;
    throw new UsageError(oneLine(error.message));
  }
  return code;
}

type Run = (command: Promise<ExitCode>) => Promise<void>;

interface CheckFlags {
  readonly result?: readonly string[];
  readonly format: CheckFormat;
  readonly tier?: TierAccepted;
  readonly backend?: Backend;
  readonly seed?: number;
  readonly point?: Point;
  readonly timeout?: number;
  readonly jobs?: number;
  readonly allowOutside?: true;
  readonly profile?: true;
  readonly passes?: true;
  readonly quiet?: true;
  readonly color: ColorChoice;
}

function addCheck(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('check')
    .description('check hypotheses and conclusions on an instance, and report the evidence')
    .usage('FILE... [options]')
    .argument('[FILE...]', 'instance files, patterns, or - for stdin')
    .option('-r, --result <ID...>', 'only these results (default: all that can be checked)')
    .addOption(format(CHECK_FORMATS))
    .addOption(new Option('--tier <tier>', 'the weakest evidence to accept').choices(TIERS_ACCEPTED))
    .addOption(new Option('--backend <name>', 'where float32 work runs (default: auto)').choices(BACKENDS))
    .addOption(point())
    .option('--seed <n>', 'seed of every random choice (default: 0)', wholeNumber)
    .option('--timeout <seconds>', 'stop after this long, for each file', positiveNumber)
    .option('-j, --jobs <n>', 'check so many files at a time (default: one for each core)', jobCount)
    .option('--allow-outside', 'let an instance refer to files outside its folder')
    .option('--profile', 'end with the time of each stage and the peak memory (always in JSON)')
    .option('--passes', PASSES)
    .option('-q, --quiet', 'no progress on stderr')
    .addOption(color())
    .addHelpText('after', CHECK_HELP)
    .action(async (args: readonly string[], flags: CheckFlags) => {
      const {
        result = [],
        allowOutside = false,
        quiet = false,
        profile = false,
        passes = false,
        ...rest
      } = flags;
      // `--result ID... FILE`: the option takes every word that follows, and an id has no dot and no slash.
      const files = [...args, ...result.filter((value) => !isIds(value))];
      if (files.length === 0) throw new UsageError('check: no FILE was named; see everymin check --help');
      const results = result.filter(isIds).flatMap((value) => value.split(','));
      const { checkCommand } = await import('./check.ts');
      await run(
        checkCommand({ ...rest, files, results, allowOutside, quiet, profile, passes }, io, services),
      );
    });
}

interface EscapeFlags {
  readonly output?: string;
  readonly force?: true;
  readonly format: EscapeFormat;
  readonly seed?: number;
  readonly timeout?: number;
  readonly allowOutside?: true;
  readonly quiet?: true;
}

function addEscape(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('escape')
    .description('move off a point that is no local minimum, to a lower loss')
    .usage('FILE [-o OUT] [options]')
    .argument('<FILE>', 'an instance file, or - for stdin')
    .option('-o, --output <OUT>', 'write the moved instance there (default: only say what would be written)')
    .option('--force', 'replace the file OUT; the old one is kept as OUT~')
    .addOption(format(ESCAPE_FORMATS))
    .option('--seed <n>', 'seed of every random choice (default: 0)', wholeNumber)
    .option('--timeout <seconds>', 'stop looking after this long', positiveNumber)
    .option('--allow-outside', 'let the instance refer to files outside its folder')
    .option('-q, --quiet', 'no progress on stderr')
    .addHelpText('after', ESCAPE_HELP)
    .action(async (path: string, flags: EscapeFlags) => {
      const { force = false, allowOutside = false, quiet = false, ...rest } = flags;
      const { escapeCommand } = await import('./escape.ts');
      await run(escapeCommand({ path, force, allowOutside, quiet, ...rest }, io, services));
    });
}

function addExplain(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('explain')
    .description('print a statement: hypotheses, conclusion, source and remarks')
    .usage('ID [options]')
    .argument('[ID]', 'such as theorem-1 or assumption-2; without it, a list of all')
    .addOption(format(EXPLAIN_FORMATS))
    .addOption(color())
    .addHelpText('after', EXPLAIN_HELP)
    .action(
      async (
        id: string | undefined,
        flags: { readonly format: ExplainFormat; readonly color: ColorChoice },
      ) => {
        const { explainCommand } = await import('./explain.ts');
        await run(explainCommand({ id, ...flags }, io, services));
      },
    );
}

interface ProveFlags {
  readonly format: ProveFormat;
  readonly steps?: true;
  readonly on?: string;
  readonly timeout?: number;
  readonly errata?: true;
  readonly rocq?: true;
  readonly passes?: true;
  readonly color: ColorChoice;
}

function addProve(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('prove')
    .description('check the proofs of results, or a proof of your own')
    .usage('[ID|FILE...] [options]')
    .argument('[ID|FILE...]', 'such as theorem-1, or a module such as my-proof.mjs (default: every result)')
    .addOption(format(PROVE_FORMATS))
    .option('--steps', 'print each step: claim, rule, premises and reason')
    .option('--errata', 'run the errata of the paper (those named, or all)')
    .option('--rocq', 'build the proofs from foundations in Rocq, and list the axioms of each theorem')
    .option('--on <FILE>', 'print each step with its numbers on this instance')
    .option('--timeout <seconds>', 'stop after this long, for all proofs together', positiveNumber)
    .option('--passes', PASSES)
    .addOption(color())
    .addHelpText('after', PROVE_HELP)
    .action(
      async (targets: readonly string[], { steps, errata, rocq, passes: listed, ...flags }: ProveFlags) => {
        const passes = listed === true;
        if (errata) {
          const { errataCommand } = await import('./errata.ts');
          await run(errataCommand({ ids: targets, passes, ...flags }, io, services));
          return;
        }
        if (rocq) {
          const { rocqCommand } = await import('./rocq.ts');
          await run(rocqCommand({ ids: targets, steps: steps === true, passes, ...flags }, io, services));
          return;
        }
        const { proveCommand } = await import('./prove.ts');
        await run(proveCommand({ targets, steps: steps === true, passes, ...flags }, io, services));
      },
    );
}

interface DeriveFlags {
  readonly format?: DeriveFormat;
  readonly output?: string;
  readonly fragment?: true;
  readonly point?: Point;
  readonly seed?: number;
  readonly timeout?: number;
  readonly allowOutside?: true;
  readonly quiet?: true;
}

function addDerive(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('derive')
    .description('write the proof of a result step by step, in general or with the numbers of an instance')
    .usage('ID [FILE] [-o OUT] [options]')
    .argument('<ID>', 'such as theorem-1')
    .argument('[FILE]', 'an instance file, or - for stdin')
    .addOption(
      new Option('--format <format>', 'of the document (default: by the ending of OUT, else md)').choices(
        DERIVE_FORMATS,
      ),
    )
    .option('-o, --output <OUT>', 'a file, written as a whole (default: stdout)')
    .option('--fragment', 'of html and latex: without page or preamble, for inclusion')
    .addOption(point())
    .option('--seed <n>', 'seed of every random choice (default: 0)', wholeNumber)
    .option('--timeout <seconds>', 'stop after this long; the document has what was found', positiveNumber)
    .option('--allow-outside', 'let the instance refer to files outside its folder')
    .option('-q, --quiet', 'no progress on stderr')
    .addHelpText('after', DERIVE_HELP)
    .action(async (id: string, path: string | undefined, flags: DeriveFlags) => {
      const { fragment = false, allowOutside = false, quiet = false, ...rest } = flags;
      const { deriveCommand } = await import('./derive.ts');
      const file = path === undefined ? {} : { path };
      await run(deriveCommand({ id, ...file, ...rest, fragment, allowOutside, quiet }, io, services));
    });
}

function addGraph(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('graph')
    .description('draw what rests on what, computed from the proofs')
    .addOption(
      new Option('--format <format>', 'of the answer (default: by the ending of OUT, else svg)').choices(
        GRAPH_FORMATS,
      ),
    )
    .option('-o, --output <OUT>', 'a file, written as a whole (default: stdout)')
    .addHelpText('after', GRAPH_HELP)
    .action(async (flags: { readonly format?: GraphFormat; readonly output?: string }) => {
      const { graphCommand } = await import('./graph.ts');
      await run(graphCommand(flags, io, services));
    });
}

function addDoctor(program: Command, io: Io, services: Services, run: Run): void {
  program
    .command('doctor')
    .description('list what this machine can compute with, and why something is missing')
    .addOption(format(DOCTOR_FORMATS))
    .addHelpText('after', DOCTOR_HELP)
    .action(async (flags: { readonly format: DoctorFormat }) => {
      const { doctorCommand } = await import('./doctor.ts');
      await run(doctorCommand(flags.format, io, services));
    });
}

const format = (choices: readonly string[]): Option =>
  new Option('--format <format>', 'of the answer').choices(choices).default('text');

const point = (): Option =>
  new Option(
    '--point <which>',
    'speak of a true critical point proved to lie next to θ, or of θ only',
  ).choices(POINTS);

const color = (): Option =>
  new Option('--color <when>', 'colour the text').choices(['auto', 'always', 'never']).default('auto');

/** "theorem-1" or "lemma-2,theorem-1" */
const isIds = (value: string): boolean => /^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/i.test(value);

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value >= 2 ** 32) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.');
  }
  return value;
}

function jobCount(text: string): number {
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < 1 || value > MOST_JOBS) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_JOBS}.`);
  }
  return value;
}

/** Each job is a thread with a heap of its own. */
const MOST_JOBS = 256;

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || !(value > 0 && value <= LONGEST)) {
    throw new InvalidArgumentError(`It must be a number of seconds, above 0 and at most ${LONGEST}.`);
  }
  return value;
}

/** A timer takes at most 2³¹ ms; 20 days is below it. */
const LONGEST = 20 * 24 * 3600;

/** "error: unknown option '--fromat'\n(Did you mean --format?)" on one line. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean/g, ' (did you mean')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
