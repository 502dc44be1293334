import { accessSync, constants } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import type { BackendProvider } from '../numeric/backend/backend.ts';
import { tensorOps } from '../numeric/backend/tensor-ops.ts';
import { wasmHasSimd } from '../numeric/backend/wasm.ts';
import type { KernelCandidate } from '../numeric/float64/select.ts';

/** One thing that was looked for. */
export interface Finding {
  readonly topic: 'machine' | 'float32 backends' | 'float64 kernels' | 'optional parts';
  readonly name: string;
  readonly present: boolean;
  /** nothing works without it */
  readonly needed?: boolean;
  /** what it is, or why it is missing */
  readonly detail: string;
  readonly precision?: 'float32' | 'float64';
  readonly device?: string;
  /** it runs, but only when asked for by name */
  readonly byNameOnly?: boolean;
  /** milliseconds to the first product, tfjs-core being loaded */
  readonly startMs?: number;
  /** what to do about it; only where something is missing */
  readonly mend?: string;
}

export interface DoctorReport {
  /** false when everymin cannot work on this machine */
  readonly usable: boolean;
  readonly findings: readonly Finding[];
}

const OLDEST_NODE = [20, 19] as const;

/** What this machine can compute with. Every backend is started and multiplies once; about a second in all. */
export async function doctor(): Promise<DoctorReport> {
  const [{ nodeBackends }, { wasmCandidate }, { lapackCandidate }] = await Promise.all([
    import('./backends.ts'),
    import('../numeric/float64/select.ts'),
    import('./lapack.ts'),
  ]);
  const findings = [...machine()];
  await tensorOps();
  for (const provider of nodeBackends) findings.push(await backend(provider));
  findings.push({
    topic: 'float64 kernels',
    name: 'plain',
    present: true,
    detail: 'JavaScript',
    precision: 'float64',
  });
  findings.push(await kernels(wasmCandidate, 'WebAssembly with SIMD', 'use a runtime with WebAssembly SIMD'));
  findings.push(
    await kernels(lapackCandidate, 'the system library', 'install OpenBLAS (libopenblas0) and koffi'),
  );
  findings.push(await typst(), ...PROGRAMS.map(program));
  const usable = findings.every(({ needed, present }) => present || !needed);
  return { usable, findings };
}

function machine(): Finding[] {
  const version = process.versions.node.split('.').map(Number);
  const [major, minor] = [version[0]!, version[1]!];
  const recent = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const topic = 'machine';
  const processor = cpus()[0]?.model.trim() || 'unknown processor';
  return [
    {
      topic,
      name: 'Node.js',
      present: recent,
      needed: true,
      detail: `${process.versions.node}, ${process.platform} ${process.arch}`,
      ...(recent ? {} : { mend: `install Node.js ${OLDEST_NODE.join('.')} or newer` }),
    },
    { topic, name: 'cores', present: true, detail: `${availableParallelism()} × ${processor}` },
    { topic, name: 'memory', present: true, detail: `${(memory() / 2 ** 30).toFixed(1)} GiB` },
    {
      topic,
      name: 'WebAssembly SIMD',
      present: wasmHasSimd(),
      detail: wasmHasSimd() ? 'yes' : 'no',
      ...(wasmHasSimd() ? {} : { mend: 'nothing: slower kernels take its place' }),
    },
  ];
}

/** What this process may use: a container's limit where there is one. */
function memory(): number {
  const limited = process.constrainedMemory?.() ?? 0;
  return limited > 0 ? Math.min(limited, totalmem()) : totalmem();
}

/** f(x) = 2x + 3y in one linear layer: exact in float32 */
const LAYER = {
  units: 1,
  inputs: 2,
  activations: [{ name: 'identity', value: (z: number) => z, derivative: () => 1 }],
  weight: { name: 'W1', shape: [1, 2], offset: 0, length: 2 },
  bias: undefined,
};

async function backend(provider: BackendProvider): Promise<Finding> {
  const topic = 'float32 backends';
  const { name } = provider;
  const begin = performance.now();
  const hardware = await provider.probe({ software: false });
  const found = hardware.available ? hardware : await provider.probe({ software: true });
  if (!found.available)
    return { topic, name, present: false, detail: found.reason, mend: found.mend, precision: 'float32' };
  try {
    const opened = await provider.open({ software: true });
    const network = { layers: [LAYER], skips: new Map() };
    const [five] = await opened.forward(network, Float64Array.of(2, 3), Float64Array.of(1, 1));
    const startMs = Math.round(performance.now() - begin);
    await opened.dispose();
    const works = five === 5;
    return {
      topic,
      name,
      present: works,
      detail: works ? found.device : `${found.device} answers 2 + 3 = ${five}`,
      precision: opened.precision,
      device: opened.device,
      startMs,
      ...(found.software ? { byNameOnly: true } : {}),
      ...(works ? {} : { mend: 'update its driver, or use --backend wasm' }),
    };
  } catch (error) {
    const detail = `${found.device}: ${message(error)}`;
    return { topic, name, present: false, detail, precision: 'float32', mend: 'use --backend wasm' };
  }
}

async function kernels(candidate: KernelCandidate, device: string, mend: string): Promise<Finding> {
  const topic = 'float64 kernels';
  const { name } = candidate;
  try {
    await candidate.load();
    return { topic, name, present: true, detail: device, precision: 'float64', device };
  } catch (error) {
    return { topic, name, present: false, detail: message(error), precision: 'float64', mend };
  }
}

const message = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

interface Program {
  readonly name: string;
  /** the executables that may be it; all of `also` must be there too */
  readonly commands: readonly string[];
  readonly also?: readonly string[];
  readonly purpose: string;
  /** how to get it; default: install it */
  readonly get?: string;
}

/** Not needed by any check. */
const PROGRAMS: readonly Program[] = [
  {
    name: 'pdflatex',
    commands: ['pdflatex'],
    purpose: 'compiling what derive --format latex writes',
    get: 'TeX Live, for example texlive-latex-base and texlive-latex-recommended of Debian',
  },
  {
    name: 'poppler',
    commands: ['pdftotext'],
    also: ['pdftoppm'],
    purpose: 'the tests that read PDF files, and looking at pages as pictures',
    get: 'poppler-utils of Debian',
  },
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    purpose: 'the browser tests, and a software WebGPU driver',
  },
  { name: 'Rocq', commands: ['rocq', 'coqc'], purpose: 'checking the proofs from foundations' },
];

/** The compiler behind `derive --format pdf`. */
async function typst(): Promise<Finding> {
  const topic = 'optional parts';
  const name = 'Typst';
  const { TYPST_PACKAGE, typstVersion } = await import('./pdf.ts');
  try {
    return { topic, name, present: true, detail: `${TYPST_PACKAGE} ${await typstVersion()}` };
  } catch (error) {
    const mend = `npm install ${TYPST_PACKAGE}, for documents as PDF (derive --format pdf)`;
    return { topic, name, present: false, detail: message(error).split(': npm')[0]!, mend };
  }
}

function program({ name, commands, also = [], purpose, get }: Program): Finding {
  const path = commands.map(which).find((found) => found !== undefined);
  const topic = 'optional parts';
  const lacking = path === undefined ? [commands.join(' or ')] : also.filter((each) => !which(each));
  return path === undefined || lacking.length > 0
    ? {
        topic,
        name,
        present: false,
        detail: `no ${lacking.join(' and no ')} on the path`,
        mend: `install ${get ?? 'it'}, for ${purpose}`,
      }
    : { topic, name, present: true, detail: path };
}

/** The first executable of that name on the path. */
function which(command: string): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const suffix of suffixes) {
      const path = join(folder, command + suffix);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // the next one
      }
    }
  }
  return undefined;
}

/** The report as lines of text, without colour. */
export function renderDoctor({ usable, findings }: DoctorReport): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines: string[] = [];
  let topic = '';
  for (const finding of findings) {
    if (finding.topic !== topic) {
      if (lines.length > 0) lines.push('');
      topic = finding.topic;
      lines.push(topic);
    }
    const { name, present, detail, startMs, byNameOnly, mend } = finding;
    const start = startMs === undefined ? '' : `, starts in ${startMs} ms`;
    const only = byNameOnly ? '; runs on the CPU, so only with --backend ' + name : '';
    lines.push(`  ${present ? '✓' : '✗'} ${name.padEnd(width)}  ${detail}${start}${only}`);
    if (!present && mend) lines.push(`    ${''.padEnd(width)}  → ${mend}`);
  }
  lines.push('', usable ? 'everymin works here.' : 'everymin does not work here: see the first ✗.');
  return lines.join('\n');
}
