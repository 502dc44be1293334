/** Derivation documents of any result, in general or on an instance. */
import { prove } from '../../proofs/index.ts';
import { resultById } from '../../theorems/index.ts';
import { type CheckOptions, check, checkableIds } from '../check/index.ts';
import { OtherModelError } from '../check/interpretation.ts';
import { atSameLayer } from '../check/proof-facts.ts';
import { evaluateProof, type ProofValues } from '../check/proof-values.ts';
import type { Report } from '../check/report.ts';
import type { Instance } from '../instance/instance.ts';
import { buildDerivation } from './document/build.ts';
import type { DerivationDocument } from './document/model.ts';

/** As for `check`; `results` is the one that is derived. */
export type DeriveOptions = Omit<CheckOptions, 'results' | 'onResult'>;

/**
 * The derivation of a result, on an instance when one is given. Throws a RangeError for an id without a proof, and what
 * `check` throws. What the time limit cuts off is undecided in the document.
 */
export async function derive(
  id: string,
  instance?: Instance,
  options: DeriveOptions = {},
): Promise<DerivationDocument> {
  return (await deriveWithReport(id, instance, options)).document;
}

/** The document, and the report of the check that it is written from; null without an instance. */
export async function deriveWithReport(
  id: string,
  instance: Instance | undefined,
  options: DeriveOptions = {},
): Promise<{ readonly document: DerivationDocument; readonly report: Report | null }> {
  const result = resultById(id);
  if (!result || result.kind === 'assumption') throw new RangeError(`no result ${id} has a proof`);
  const proof = prove(id);
  if (!instance) return { document: buildDerivation({ result, proof }), report: null };
  const report = await check(instance, { ...options, results: checkableIds.includes(id) ? [id] : [] });
  const found = report.results.filter(atSameLayer(instance)).find((each) => each.result === id);
  const values = await valuesOf();
  const on = { instance: report.instance, ...(found ? { report: found } : {}), values };
  return { document: buildDerivation({ result, proof, on }), report };

  async function valuesOf(): Promise<ProofValues | { readonly otherModel: string }> {
    try {
      const { deadline, signal, helpers } = options;
      return await evaluateProof(proof, instance!, {
        ...(deadline === undefined ? {} : { deadline }),
        ...(signal === undefined ? {} : { signal }),
        ...(helpers === undefined ? {} : { helpers }),
      });
    } catch (error) {
      if (error instanceof OtherModelError) return { otherModel: error.message };
      throw error;
    }
  }
}
