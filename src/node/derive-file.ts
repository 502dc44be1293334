import type { Report } from '../check/report.ts';
import type { Findings } from '../derive/derive.ts';
import type { CheckRequest, Progress } from './check-request.ts';
import type { DeriveRequest } from './derive-request.ts';

export type { DeriveRequest } from './derive-request.ts';

export interface DeriveInput {
  readonly request: DeriveRequest;
  readonly checked: Pick<Report, 'results'>;
  /** epoch ms */
  readonly deadline: number;
}

export type DeriveMessage = { readonly kind: 'values'; readonly values: Omit<Findings, 'report'> };

/** The modules that run in the two threads. */
export interface Scripts {
  readonly check: URL;
  readonly derive: URL;
}

const SCRIPTS: Scripts = {
  check: new URL('./check-worker.js', import.meta.url),
  derive: new URL('./derive-worker.js', import.meta.url),
};

/**
 * What a result and its proof say of a file. With a timeout each of the two runs in a worker thread that is ended soon after
 * the deadline: then the report has what was decided, the steps have no numbers, and `timedOut` is set. Throws LimitError when
 * not even the instance was read in time, InstanceError, and what `check` throws.
 */
export async function findingsInFile(
  request: DeriveRequest,
  onProgress: (progress: Progress) => void,
  scripts: Scripts = SCRIPTS,
): Promise<Findings> {
  const { result, options, timeout, ...file } = request;
  const { ofResult, resultsToCheck, withoutValues } = await import('../derive/derive.ts');
  const check: CheckRequest = { ...file, options: { ...options, results: resultsToCheck(result) } };
  if (timeout === undefined) {
    const [{ checkHere }, { valuesHere }] = await Promise.all([
      import('./check-here.ts'),
      import('./derive-values.ts'),
    ]);
    const checked = await checkHere(check, { onProgress });
    return { report: ofResult(result, checked), ...(await valuesHere(request, checked)) };
  }
  const deadline = Date.now() + timeout * 1000;
  const [{ checkInWorker }, { inLimitedWorker }] = await Promise.all([
    import('./check-in-worker.ts'),
    import('./limited-worker.ts'),
  ]);
  const checked = await checkInWorker({ ...check, timeout }, onProgress, scripts.check);
  const report = ofResult(result, checked);
  if (report.timedOut === true) return withoutValues(result, report);
  onProgress({ phase: 'the steps of the proof', done: 0, total: 0 });
  const input: DeriveInput = { request, checked: { results: checked.results }, deadline };
  return inLimitedWorker<Findings, DeriveMessage>({
    name: 'derivation',
    script: scripts.derive,
    input,
    deadline,
    receive: ({ values }) => ({ answer: { report, ...values } }),
    stopped: () => withoutValues(result, report),
  });
}
