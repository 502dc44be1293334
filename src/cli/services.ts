import type { ErratumReport } from '../check/errata/index.ts';
import type { Report, Verdict } from '../check/report.ts';
import type { Findings } from '../derive/derive.ts';
import type { ProofReport } from '../derive/proofs/report.ts';
import type { RocqReport } from '../derive/proofs/rocq-report.ts';
import type { ResultWords } from '../derive/report/index.ts';
import type { CheckRequest, Progress } from '../node/check-request.ts';
import type { DeriveRequest } from '../node/derive-request.ts';
import type { EscapeAnswer } from '../node/escape-file.ts';
import type { EscapeRequest } from '../node/escape-request.ts';
import type { ProveRequest } from '../node/prove-here.ts';
import type { RocqRequest } from '../node/rocq/verify.ts';

/**
 * What the commands call. Each part is loaded when it is first needed, since `--help` must not wait for a solver; a test
 * hands in its own.
 */
export interface Services {
  version(): string;
  /** ids of every result that is stated, and of those that `check` can decide */
  resultIds(): Promise<ResultIds>;
  words(): Promise<(result: string) => ResultWords | undefined>;
  check(request: CheckRequest, onProgress: (progress: Progress) => void): Promise<Report>;
  /** How many files may be checked at a time: for each core, as far as the memory goes. */
  checksAtATime(): number;
  /** Checks of several files at a time, each in a thread. */
  checks(): Promise<Checks>;
  /** The bytes of an instance file. */
  read(path: string): Promise<Uint8Array>;
  /** Looks for a way down from θ, and writes the instance moved there. */
  escape(request: EscapeRequest, onProgress: (progress: Progress) => void): Promise<EscapeAnswer>;
  /** The statement of `id`, ready to print; undefined when there is none. */
  explain(id: string, format: ExplainFormat, style: TextStyle): Promise<string | undefined>;
  /** The ids of statements that are nearest to a misspelt one, best first; none when none is near. */
  nearestIds(id: string): Promise<readonly string[]>;
  /** Everything that `explain` knows. */
  statements(): Promise<readonly StatementTitle[]>;
  doctor(format: DoctorFormat): Promise<string>;
  /** ids of the results with a proof, in the order of the registry, and of those stated without one */
  proofIds(): Promise<ProofIds>;
  /** Checks the proof of a result. */
  prove(id: string, written?: { readonly steps: boolean }): Promise<ProofReport>;
  /** The same, with every claim evaluated on the instance of a file. */
  proveOn(id: string, path: string): Promise<ProofReport>;
  /** The same within a time for all of them together; what it cuts off is undecided. */
  proofsInTime(seconds: number): Promise<ProofsInTime>;
  /** Runs a module of the user's and checks its scripts. */
  proveFile(path: string): Promise<readonly ProofReport[]>;
  /** ids of the errata, in order */
  errataIds(): Promise<readonly string[]>;
  /** Computes what an erratum says is printed and what is right. */
  erratum(id: string): Promise<ErratumReport>;
  /** ids of what has a theorem in Rocq: results, errata, and topics of their own */
  rocqIds(): Promise<readonly string[]>;
  /** Builds the Rocq development where it is not built, and lists the axioms of its theorems. */
  rocq(request: RocqRequest, onProgress: (progress: Progress) => void): Promise<RocqReport>;
  /** What rests on what, as a document. */
  graph(format: GraphFormat): Promise<string>;
  /** What a result and its proof say of the instance of a file. */
  findings(request: DeriveRequest, onProgress: (progress: Progress) => void): Promise<Findings>;
  /** Throws where this machine cannot write the format, which is better known before the work. */
  canWrite(format: DeriveFormat): Promise<void>;
  /** The derivation of a result, in general or with findings: a text, or the bytes of a PDF. */
  derive(id: string, findings: Findings | undefined, style: DeriveStyle): Promise<Derived>;
  /** Writes a file as a whole or not at all. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
}

export interface Checks {
  readonly check: Services['check'];
  /** Ends the threads. */
  end(): Promise<void>;
}

export interface ProofsInTime {
  prove(request: ProveRequest): Promise<readonly ProofReport[]>;
  /** Ends the thread. */
  end(): Promise<void>;
}

export interface ProofIds {
  readonly proved: readonly string[];
  readonly unproved: readonly string[];
}

export interface TextStyle {
  readonly color: boolean;
  readonly width: number;
}

export interface ResultIds {
  readonly stated: readonly string[];
  readonly checked: readonly string[];
}

export interface StatementTitle {
  readonly id: string;
  readonly title: string;
}

export const CHECK_FORMATS = ['text', 'json', 'jsonl', 'junit', 'sarif'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];
export const EXPLAIN_FORMATS = ['text', 'json', 'latex'] as const;
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];
export const PROVE_FORMATS = ['text', 'json', 'jsonl', 'junit', 'sarif'] as const;
export type ProveFormat = (typeof PROVE_FORMATS)[number];
export const DERIVE_FORMATS = ['md', 'html', 'latex', 'pdf'] as const;
export type DeriveFormat = (typeof DERIVE_FORMATS)[number];
export interface DeriveStyle {
  readonly format: DeriveFormat;
  readonly fragment: boolean;
}
export interface Derived {
  readonly content: string | Uint8Array;
  /** null: the general derivation */
  readonly verdict: Verdict | null;
}
export const GRAPH_FORMATS = ['svg', 'dot', 'json'] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];
export const ESCAPE_FORMATS = ['text', 'json'] as const;
export type EscapeFormat = (typeof ESCAPE_FORMATS)[number];
export const DOCTOR_FORMATS = ['text', 'json'] as const;
export type DoctorFormat = (typeof DOCTOR_FORMATS)[number];

export const TIERS_ACCEPTED = ['exact', 'certified', 'numeric'] as const;
export type TierAccepted = (typeof TIERS_ACCEPTED)[number];
export const BACKENDS = ['auto', 'webgpu', 'tensorflow', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

export const POINTS = ['auto', 'given'] as const;
export type Point = (typeof POINTS)[number];
