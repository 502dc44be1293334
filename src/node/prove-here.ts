import type { ProofReport } from '../derive/proofs/report.ts';

/** What is to be proved, as plain data: it can be handed to a worker thread. */
export type ProveRequest =
  | { readonly kind: 'id'; readonly id: string; readonly steps: boolean }
  /** with every claim evaluated on the instance of a file */
  | { readonly kind: 'on'; readonly id: string; readonly path: string }
  /** a module of the user's */
  | { readonly kind: 'file'; readonly path: string };

/**
 * Checks proofs in this thread. `deadline`: epoch ms at which the evaluation on an instance stops (default: after a minute).
 * `onProved` gets the report of a proof that holds before it is evaluated. Throws what loaders throw.
 */
export async function proveHere(
  request: ProveRequest,
  deadline?: number,
  onProved?: (report: ProofReport) => void,
): Promise<readonly ProofReport[]> {
  if (request.kind === 'file') {
    const { proveUserFile } = await import('./user-proof.ts');
    return proveUserFile(request.path);
  }
  const [{ prove }, { proofReport }, { resultById }] = await Promise.all([
    import('../../proofs/index.ts'),
    import('../derive/proofs/report.ts'),
    import('../../theorems/index.ts'),
  ]);
  const result = resultById(request.id)!;
  if (request.kind === 'id') return [proofReport({ prove }, result, { steps: request.steps })];
  const report = proofReport({ prove }, result);
  if (report.status !== 'proved') return [report];
  onProved?.(report);
  const [{ evaluateProof }, { loadInstanceFile }, { symbolicHelpers: helpers }] = await Promise.all([
    import('../check/proof-values.ts'),
    import('./files.ts'),
    import('./symbolic-worker.ts'),
  ]);
  const instance = await loadInstanceFile(request.path);
  const limit = deadline === undefined ? {} : { deadline };
  const found = await evaluateProof(prove(request.id), instance, { helpers, ...limit });
  const { timedOut, cut: _, ...values } = found;
  return [{ ...report, values, ...(timedOut ? { timedOut } : {}) }];
}
