/**
 * A proof with the numbers of one instance in it: every claim of every step through the one evaluator, in exact
 * rationals where they can be had, else in intervals.
 */
import type { Instance } from '../instance/instance.ts';
import type { SymbolicHelpers } from './check-context.ts';
import { createContext } from './context.ts';
import { check } from './index.ts';
import { atSameLayer, factsOf, resultsFor } from './proof-facts.ts';
import { partValues } from './proof-part-values.ts';
import { type EvaluableProof, placedParts } from './proof-parts.ts';
import { Reading } from './proof-reading.ts';
import { witnessOf } from './proof-samples.ts';
import type { PartValues, StepValues } from './proof-step-values.ts';
import { hypothesisValues, stepValues } from './proof-steps.ts';
import type { Report, ResultReport } from './report.ts';
import type { SymbolValue } from './symbol-values.ts';

export type { ValueLine } from './proof-lines.ts';
export type { PartValues, StepValues } from './proof-step-values.ts';
export type { SymbolValue } from './symbol-values.ts';

export interface ProofValues {
  readonly result: string;
  readonly hypotheses: readonly StepValues[];
  readonly steps: readonly StepValues[];
  readonly parts: readonly PartValues[];
  /** the symbols of the statement; those that the instance does not name stand for a sample */
  readonly symbols: readonly SymbolValue[];
  /** evaluated at a θ* this near to θ, in every number; null: at θ itself */
  readonly radius: number | null;
  /** the first hypothesis, and the first step, whose claim fails here */
  readonly failing: { readonly hypothesis: string | null; readonly step: string | null };
  /** the time limit was reached, so something may be undecided for want of time */
  readonly timedOut?: true;
  /** ids of the hypotheses and steps, those of parts too, that the time limit cut off; absent when there are none */
  readonly cut?: readonly string[];
}

export interface ProofValuesOptions {
  /** milliseconds since the epoch; default: a minute from now. What it cuts off is undecided. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  readonly helpers?: SymbolicHelpers;
  /**
   * `auto`: where a true critical point θ* is proved to lie next to θ, the proof is evaluated there, in intervals; `given`
   * (default): at θ
   */
  readonly point?: 'auto' | 'given';
  /** what a check of the instance with the same `point` says of `resultsFor(proof)`; without it they are checked here */
  readonly checked?: Pick<Report, 'results'>;
  /** whether the parts of the proof are evaluated too, where it uses them; default: no */
  readonly parts?: boolean;
}

const DEFAULT_TIME = 60_000;

/** Every claim of a proof on an instance. Throws OtherModelError when its statement is about another kind of model. */
export async function evaluateProof(
  proof: EvaluableProof,
  instance: Instance,
  options: ProofValuesOptions = {},
): Promise<ProofValues> {
  const limit = { deadline: options.deadline ?? Date.now() + DEFAULT_TIME };
  const shared = {
    ...limit,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.helpers === undefined ? {} : { helpers: options.helpers }),
    point: options.point ?? ('given' as const),
  };
  const wanted = resultsFor(proof);
  const { results } =
    options.checked ?? (await check(instance, { ...shared, results: wanted, tier: 'certified' }));
  const found = results.filter(({ result }) => wanted.includes(result));
  const moved = found.some((each) => radiusOf(each) !== undefined);
  const context = createContext(instance, { ...shared, point: moved ? 'auto' : 'given' });
  const place = context.place();
  const facts = factsOf(context, proof.statement, found.filter(atSameLayer(instance)), place);
  const witness = await witnessOf(context, facts.obligations.get('assumption-2'));
  const reading = new Reading(context, proof, facts, witness);
  const { setting, hypotheses } = proof.statement;
  const given = [...setting, ...hypotheses].map(({ id, term }) => hypothesisValues(reading, id, term));
  const steps = proof.steps.map((step) => stepValues(reading, step));
  const symbols = reading.symbols(proof.statement.context);
  const placed = options.parts ? placedParts({ ...proof, parts: proof.parts ?? [] }) : [];
  const parts = placed.map((part) => partValues(reading, part));
  const firstOf = (list: readonly StepValues[]) => list.find(({ status }) => status === 'fails')?.id ?? null;
  return {
    result: proof.id,
    hypotheses: given,
    steps,
    parts,
    symbols,
    radius: place.kind === 'enclosed' ? place.radius : null,
    failing: { hypothesis: firstOf(given), step: firstOf(steps) },
    ...(context.deadline.expired() ? { timedOut: true } : {}),
    ...(reading.cut.length > 0 ? { cut: reading.cut } : {}),
  };
}

/** Of the box around θ* that a result speaks of; undefined: it speaks of θ. */
function radiusOf({ obligations }: ResultReport): unknown {
  return obligations.find(({ id }) => id === 'critical')?.figures?.radius;
}
