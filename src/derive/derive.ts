/** Derivation documents of any result, in general or on an instance. */
import { prove } from '../../proofs/index.ts';
import { type Result, resultById } from '../../theorems/index.ts';
import { type CheckOptions, check } from '../check/index.ts';
import { OtherModelError } from '../check/model-parts.ts';
import { resultsFor } from '../check/proof-facts.ts';
import { evaluateProof } from '../check/proof-values.ts';
import type { Report } from '../check/report.ts';
import type { Instance } from '../instance/instance.ts';
import { buildDerivation } from './document/build.ts';
import { drawDependencies } from './document/graph.ts';
import type { DerivationDocument, Picture } from './document/model.ts';
import type { DerivationOn } from './document/on-instance.ts';
import { drawPicture } from './document/picture/index.ts';

/** As for `check`; `results` is the one that is derived. */
export type DeriveOptions = Omit<CheckOptions, 'results' | 'onResult'>;

/** What was found of a result on an instance, as plain data. */
export interface Findings {
  readonly report: Report;
  /** the layer of Theorem 4 that is shown */
  readonly t: number;
  readonly values: DerivationOn['values'];
  readonly picture: Picture | null;
}

/**
 * The derivation of a result, on an instance when one is given. Throws a RangeError for an id without a proof, and what
 * `check` throws. What the time limit cuts off is undecided in the document.
 */
export async function derive(
  id: string,
  instance?: Instance,
  options: DeriveOptions = {},
): Promise<DerivationDocument> {
  const findings = instance ? await findingsOf(id, instance, options) : undefined;
  return withDependencies(derivation(id, findings));
}

/** The document with the drawing of what the result rests on. */
export async function withDependencies(document: DerivationDocument): Promise<DerivationDocument> {
  return { ...document, graph: await drawDependencies(document.result.id) };
}

/** The document from what was found; without findings, the general one. Throws a RangeError for an id without a proof. */
export function derivation(id: string, findings?: Findings): DerivationDocument {
  const result = derivable(id);
  const proof = prove(id);
  if (!findings) return buildDerivation({ result, proof });
  const { report, t, values, picture } = findings;
  const found = report.results.find((each) => each.result === id && (each.t === undefined || each.t === t));
  const on = { instance: report.instance, ...(found ? { report: found } : {}), values, picture };
  return buildDerivation({ result, proof, on });
}

/** Checks a result on an instance and evaluates its proof there. */
export async function findingsOf(
  id: string,
  instance: Instance,
  options: DeriveOptions = {},
): Promise<Findings> {
  derivable(id);
  const report = await check(instance, { ...options, results: resultsToCheck(id) });
  return { report: ofResult(id, report), ...(await valuesOn(id, instance, report, options)) };
}

/** What `check` is asked for a derivation: the result, if it knows it, and what decides the hypotheses of its proof. */
export const resultsToCheck = (id: string): readonly string[] => resultsFor(prove(id));

/** The part of such a report that is about the result itself. */
export const ofResult = (id: string, report: Report): Report => ({
  ...report,
  results: report.results.filter(({ result }) => result === id),
});

/** What the proof of a result says on an instance beside the report, which is one of `resultsToCheck`. */
export async function valuesOn(
  id: string,
  instance: Instance,
  checked: Pick<Report, 'results'>,
  options: DeriveOptions = {},
): Promise<Omit<Findings, 'report'>> {
  const found = { t: instance.t ?? 0, picture: drawPicture(instance) };
  const { deadline, signal, helpers, point = 'auto' } = options;
  const limits = {
    point,
    checked,
    parts: true,
    ...(deadline === undefined ? {} : { deadline }),
    ...(signal === undefined ? {} : { signal }),
    ...(helpers === undefined ? {} : { helpers }),
  };
  try {
    return { ...found, values: await evaluateProof(prove(id), instance, limits) };
  } catch (error) {
    if (error instanceof OtherModelError) return { ...found, values: { otherModel: error.message } };
    throw error;
  }
}

/** Findings without the steps: the time was over. */
export function withoutValues(id: string, report: Report): Findings {
  const t = report.results.find(({ result }) => result === id)?.t ?? 0;
  const values = { missing: 'the time limit passed before the steps were evaluated' };
  return { report: { ...report, timedOut: true }, t, picture: null, values };
}

function derivable(id: string): Result {
  const result = resultById(id);
  if (!result || result.kind === 'assumption') throw new RangeError(`no result ${id} has a proof`);
  return result;
}
