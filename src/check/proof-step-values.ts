/** What evaluating a proof on an instance says of one step, and of one part. */
import type { Step } from '../../proofs/support/step.ts';
import type { Truth } from '../arithmetic/meaning.ts';
import type { ValueLine } from './proof-lines.ts';
import type { PlacedPart } from './proof-parts.ts';
import type { Status, Tier } from './report.ts';

export interface StepValues {
  readonly id: string;
  readonly kind: 'hypothesis' | Step['kind'];
  /** `supposed`: a local hypothesis, which need not hold */
  readonly status: Status | 'supposed';
  readonly tier: Tier;
  /** why it is undecided, or how a hypothesis was decided */
  readonly detail: string;
  readonly lines: readonly ValueLine[];
  /** lines that were left out */
  readonly omitted: number;
}

/** A part of a proof, with the values that its context has where it is first cited. */
export interface PartValues {
  readonly id: string;
  readonly cited: PlacedPart['cited'];
  /** the step of the proof itself that rests on it there */
  readonly root: string;
  /** symbols of its context of which the instance fixes no value: they stand for samples */
  readonly sampled: readonly string[];
  /** hypotheses of it that are false here; then its steps are not evaluated */
  readonly failing: readonly string[];
  readonly steps: readonly StepValues[];
  /** its steps and hypotheses that the time limit cut off, as in `ProofValues`; absent when there are none */
  readonly cut?: readonly string[];
}

/** What was found of a step, before it is told which. */
export type Found = Omit<StepValues, 'id' | 'kind'>;

export const NO_LINES = { lines: [], omitted: 0 };
export const SAMPLED = 'no sample that was tried refutes it, which is no proof';
export const isOpen = ({ truth }: ValueLine): boolean => truth !== 'true';

export const statusOf = (truth: Truth): Status =>
  truth === 'undecided' ? 'undecided' : truth ? 'holds' : 'fails';
