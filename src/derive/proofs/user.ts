/** Scripts that a user brings: what they must look like, and the checking of them. */
import { Library, scripts } from '../../../proofs/index.ts';
import type { Script } from '../../../proofs/support/script.ts';
import { results } from '../../../theorems/index.ts';
import { type ProofReport, proofReport } from './report.ts';

/** A module that holds no scripts that can be checked; the message names the mend. */
export class ProofFileError extends Error {
  override readonly name = 'ProofFileError';
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Checks the scripts that the default export of a module holds, one or a list. They may use every result of ours and
 * one another. Throws ProofFileError when there is none, or when an id is wrong, taken or given twice.
 */
export function proveModule(loaded: unknown, file: string): ProofReport[] {
  const theirs = scriptsOf(loaded);
  const library = new Library([...scripts, ...theirs]);
  return theirs.map(({ result }) => proofReport(library, result, file));
}

function scriptsOf(loaded: unknown): readonly Script[] {
  const exported = (loaded as { readonly default?: unknown } | null)?.default;
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (list.length === 0 || !list.every(isScript)) {
    throw new ProofFileError(
      'it has no proof; end it with export default script(result({ … }), (p) => { … }), from everymin/proofs',
    );
  }
  const taken = new Set(results.map(({ id }) => id));
  for (const { result } of list) {
    if (!ID.test(result.id)) {
      throw new ProofFileError(
        `its result has the id ${JSON.stringify(result.id)}; use small letters, digits and hyphens, such as my-corollary`,
      );
    }
    if (taken.has(result.id)) {
      throw new ProofFileError(
        `the id ${result.id} is taken, by a result of the paper or an earlier one; use another`,
      );
    }
    taken.add(result.id);
  }
  return list;
}

function isScript(value: unknown): value is Script {
  if (typeof value !== 'object' || value === null) return false;
  const { result, prove } = value as Partial<Script>;
  return (
    typeof prove === 'function' &&
    typeof result === 'object' &&
    result !== null &&
    typeof result.id === 'string' &&
    typeof result.title === 'string' &&
    typeof result.statement === 'function'
  );
}
