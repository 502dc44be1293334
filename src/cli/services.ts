import type { Report } from '../check/report.ts';
import type { ResultWords } from '../derive/report/index.ts';
import type { CheckRequest, Progress } from '../node/check-request.ts';

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
  /** The statement of `id`, ready to print; undefined when there is none. */
  explain(id: string, format: ExplainFormat, style: TextStyle): Promise<string | undefined>;
  /** The ids of statements that are nearest to a misspelt one, best first; none when none is near. */
  nearestIds(id: string): Promise<readonly string[]>;
  /** Everything that `explain` knows. */
  statements(): Promise<readonly StatementTitle[]>;
  doctor(format: DoctorFormat): Promise<string>;
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

export const CHECK_FORMATS = ['text', 'json', 'jsonl'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];
export const EXPLAIN_FORMATS = ['text', 'json', 'latex'] as const;
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];
export const DOCTOR_FORMATS = ['text', 'json'] as const;
export type DoctorFormat = (typeof DOCTOR_FORMATS)[number];

export const TIERS_ACCEPTED = ['exact', 'certified', 'numeric'] as const;
export type TierAccepted = (typeof TIERS_ACCEPTED)[number];
export const BACKENDS = ['auto', 'webgpu', 'tensorflow', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

export const POINTS = ['auto', 'given'] as const;
export type Point = (typeof POINTS)[number];
