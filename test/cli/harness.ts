import type { ErratumReport } from '../../src/check/errata/index.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { Output } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run.ts';
import type { Services } from '../../src/cli/services.ts';
import type { ProofReport } from '../../src/derive/proofs/report.ts';
import type { RocqReport } from '../../src/derive/proofs/rocq-report.ts';
import type { CheckRequest } from '../../src/node/check-request.ts';
import { exact } from '../derive/report/fixtures.ts';

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  /** what the check was asked, in order */
  readonly requests: readonly CheckRequest[];
}

export interface Setting {
  readonly services?: Partial<Services>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: readonly (string | Uint8Array)[];
  readonly stdout?: Partial<Output>;
  readonly stderr?: Partial<Output>;
  /** milliseconds that the clock advances at every look */
  readonly tick?: number;
}

/** A proof report without a proof. */
export const proved = (id: string): ProofReport => ({
  result: id,
  title: `what ${id} says`,
  status: 'proved',
  statement: {
    hypotheses: [{ id: 'critical', name: 'critical point', claim: '∇L(θ) = 0' }],
    conclusion: 'L(θ) = 0',
  },
  parts: [],
  steps: [
    {
      id: 'S1',
      kind: 'conclusion',
      claim: 'L(θ) = 0',
      rule: 'logic',
      premises: ['critical'],
      cites: [],
      reason: 'It is given.',
      source: 'A.1',
      hypotheses: ['critical'],
      discharged: [],
      introduces: [],
    },
  ],
  counts: { steps: 1, parts: {}, stepsWithParts: 1 },
  axioms: ['CHAIN'],
  foundations: [],
  results: ['lemma-2'],
  seconds: 0.012,
});

export const erratum = (id: string, status: ErratumReport['status'] = 'confirmed'): ErratumReport => ({
  erratum: {
    id,
    result: 'theorem-4',
    title: 'The block formula',
    severity: 'F',
    place: 'section A.5',
    printed: 'dy × dy',
    right: '|J| × |J|',
    text: 'It is larger.',
  },
  status,
  lines: [{ claim: 'f(x)', printed: '3', right: '4', printedHolds: false }],
  facts: [{ claim: '‖v‖ ≤ 1', value: '1', holds: true }],
  seconds: 0.001,
});

/** What Rocq verified, without Rocq. */
export const rocqReport = (about: readonly string[] = ['theorem-1', 'topic']): RocqReport => ({
  status: 'verified',
  rocq: '8.16.1',
  files: 2,
  lines: 40,
  reused: false,
  seconds: 12.3,
  folder: 'cache/rocq',
  theorems: about.map((each) => ({
    about: each,
    file: 'theorem_1.v',
    name: 'theorem_1',
    says: 'It is least.',
    status: 'verified',
    statement: 'forall n : nat,\n  n = n',
    axioms: ['boolp.propositional_extensionality'],
  })),
  unproved: [],
  errors: [],
});

const statements = [
  { id: 'assumption-1', title: 'convex losses' },
  { id: 'theorem-1', title: 'every critical point' },
  { id: 'theorem-2', title: 'every local minimum' },
];

/** Services that compute nothing: each file gets the exact sample under its own name. */
const stubs: Services = {
  version: () => '1.2.3',
  resultIds: async () => ({
    stated: ['lemma-2', 'theorem-1', 'theorem-2', 'theorem-3'],
    checked: ['lemma-2', 'theorem-1'],
  }),
  words: async () => () => undefined,
  check: async ({ path }) => ({ ...exact, instance: { ...exact.instance, file: path } }),
  checksAtATime: () => 2,
  checks: async () => ({ check: stubs.check, end: async () => {} }),
  read: async () => new Uint8Array(),
  escape: async ({ path }) => ({
    instance: { name: path, file: path },
    escape: { outcome: 'undecided', detail: 'nothing is computed here', timedOut: false },
  }),
  explain: async (id, format, { color, width }) =>
    statements.some((each) => each.id === id) ? `${id} as ${format} ${color} ${width}` : undefined,
  nearestIds: async (id) => (id.startsWith('the') ? ['theorem-1', 'theorem-2'] : []),
  statements: async () => statements,
  doctor: async (format) => `doctor as ${format}`,
  proofIds: async () => ({ proved: ['lemma-2', 'theorem-1'], unproved: ['theorem-3'] }),
  prove: async (id) => proved(id),
  proveOn: async (id) => proved(id),
  proofsInTime: async () => ({
    prove: async (request) => [proved(request.kind === 'file' ? request.path : request.id)],
    end: async () => {},
  }),
  proveFile: async (path) => [{ ...proved('mine'), file: path }],
  errataIds: async () => ['erratum-1', 'erratum-2'],
  erratum: async (id) => erratum(id),
  rocqIds: async () => ['theorem-1', 'topic'],
  rocq: async ({ about }) => rocqReport(about),
  graph: async (format) => `graph as ${format}\n`,
  findings: async ({ path }) => ({
    report: { ...exact, instance: { ...exact.instance, file: path } },
    t: 0,
    picture: null,
    values: { missing: 'nothing is computed here' },
  }),
  canWrite: async () => {},
  derive: async (id, findings, { format, fragment }) => ({
    content: `${id} as ${format}${fragment ? ' fragment' : ''} on ${findings?.report.instance.file ?? 'nothing'}\n`,
    verdict: findings ? 'holds' : null,
  }),
  writeFile: async () => {},
};

/** Runs one command line in this process, with streams that are read back. */
export async function run(argv: readonly string[], setting: Setting = {}): Promise<Ran> {
  const requests: CheckRequest[] = [];
  const services: Services = { ...stubs, ...setting.services };
  const written = { out: '', err: '' };
  let time = 0;
  const check: Services['check'] = (request, onProgress) => {
    requests.push(request);
    return services.check(request, onProgress);
  };
  const code = await runCli(
    argv,
    {
      stdin: (async function* () {
        yield* setting.stdin ?? [];
      })(),
      stdout: { write: (text) => (written.out += text), ...setting.stdout },
      stderr: { write: (text) => (written.err += text), ...setting.stderr },
      env: setting.env ?? {},
      now: () => (time += setting.tick ?? 0),
    },
    {
      ...services,
      check,
      checks: async () => ({ ...(await services.checks()), check }),
    },
  );
  return { code, ...written, requests };
}

/** An error under a name, as it comes from a loader or a thread. */
export function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
