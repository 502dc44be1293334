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
 * Checks the scripts that the default export of a module holds, one or a list. They may use every result and part of
 * ours and one another. Throws ProofFileError when there is none, or when an id is wrong, taken or given twice.
 */
export function proveModule(loaded: unknown, file: string): ProofReport[] {
  const theirs = scriptsOf(loaded);
  const library = new Library([...scripts, ...theirs]);
  return theirs.map(({ result }) => proofReport(library, result, { file }));
}

function scriptsOf(loaded: unknown): readonly Script[] {
  const exported = (loaded as { readonly default?: unknown } | null)?.default;
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (list.length === 0 || !list.every(isScript)) {
    throw new ProofFileError(
      'it has no proof; end it with export default script(result({ … }), (p) => { … }), from everymin/proofs',
    );
  }
  requireFreeIds(list);
  return list;
}

/** Their results and parts have ids of their own; scripts of theirs may share a part. */
function requireFreeIds(theirs: readonly Script[]): void {
  const takenBy = new Map<string, string>();
  for (const { result, parts = [] } of scripts) {
    for (const part of parts) takenBy.set(part.result.id, `a part of the proof of ${result.id}`);
  }
  for (const { id } of results) takenBy.set(id, 'a result of the paper');
  const mine = new Set([...theirs, ...theirs.flatMap(({ parts = [] }) => parts)]);
  for (const { result } of mine) {
    if (!ID.test(result.id)) {
      throw new ProofFileError(
        `its result has the id ${JSON.stringify(result.id)}; use small letters, digits and hyphens, such as my-corollary`,
      );
    }
    const owner = takenBy.get(result.id);
    if (owner !== undefined)
      throw new ProofFileError(`the id ${result.id} is taken, by ${owner}; use another`);
    takenBy.set(result.id, 'an earlier one of this module');
  }
}

function isScript(value: unknown): value is Script {
  if (typeof value !== 'object' || value === null) return false;
  const { result, prove, parts } = value as Partial<Script>;
  return (
    (parts === undefined || (Array.isArray(parts) && parts.every(isScript))) &&
    typeof prove === 'function' &&
    typeof result === 'object' &&
    result !== null &&
    typeof result.id === 'string' &&
    typeof result.title === 'string' &&
    typeof result.statement === 'function'
  );
}
