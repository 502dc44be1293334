import type { RocqTheorem } from '../../rocq/theorems.ts';

export interface TheoremReport extends RocqTheorem {
  /** verified: it compiles, and it rests on no axiom but the classical ones of the library */
  readonly status: 'verified' | 'failed';
  /** as Rocq prints it; absent where it could not be read */
  readonly statement?: string;
  /** what it rests on; where the axioms were asked for together, what all theorems rest on together */
  readonly axioms?: readonly string[];
  /** why it failed */
  readonly message?: string;
}

/** A command in a source that takes something for true without a proof. */
export interface Unproved {
  readonly file: string;
  readonly line: number;
  /** such as "Admitted" */
  readonly command: string;
}

export interface RocqReport {
  readonly status: 'verified' | 'failed';
  /** the version of Rocq */
  readonly rocq: string;
  readonly files: number;
  readonly lines: number;
  /** nothing had to be compiled: an earlier build of the same sources was found */
  readonly reused: boolean;
  readonly seconds: number;
  /** where the compiled files are */
  readonly folder: string;
  readonly theorems: readonly TheoremReport[];
  readonly unproved: readonly Unproved[];
  /** what the build said of files that do not compile */
  readonly errors: readonly string[];
}
