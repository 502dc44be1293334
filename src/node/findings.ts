import type { Findings } from '../derive/derive.ts';
import type { Progress } from './check-request.ts';
import type { DeriveRequest } from './derive-request.ts';
import { loadRequest } from './load-request.ts';

export interface FindingsWatcher {
  readonly onProgress?: (progress: Progress) => void;
  /** the report is there, and the steps are not evaluated yet */
  readonly onReport?: (findings: Findings) => void;
}

/** Loads the file of a request, checks the result there and evaluates its proof, in this thread. */
export async function findingsHere(
  request: DeriveRequest,
  { onProgress, onReport }: FindingsWatcher,
  deadline?: number,
): Promise<Findings> {
  const [instance, { findingsOf }, { nodeBackends }, { symbolicHelpers }] = await Promise.all([
    loadRequest(request),
    import('../derive/derive.ts'),
    import('./backends.ts'),
    import('./symbolic-worker.ts'),
  ]);
  const options = {
    ...request.options,
    backends: nodeBackends,
    helpers: symbolicHelpers,
    ...(deadline === undefined ? {} : { deadline }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  return findingsOf(request.result, instance, options, onReport);
}
