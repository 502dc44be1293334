import type { Findings } from '../derive/derive.ts';
import type { Progress } from './check-request.ts';
import type { DeriveRequest } from './derive-request.ts';
import { inLimitedWorker, LimitError } from './limited-worker.ts';

export type { DeriveRequest } from './derive-request.ts';

export interface DeriveInput {
  readonly request: DeriveRequest;
  /** epoch ms */
  readonly deadline: number;
}

export type DeriveMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'report'; readonly findings: Findings }
  | { readonly kind: 'findings'; readonly findings: Findings };

/**
 * What a result and its proof say of a file. With a timeout this runs in a worker thread that is ended soon after the
 * deadline; then the steps have no numbers, and the report has `timedOut`. Throws LimitError when the time was over before
 * there was a report, InstanceError, and what `check` throws.
 */
export async function findingsInFile(
  request: DeriveRequest,
  onProgress: (progress: Progress) => void,
  script: URL = new URL('./derive-worker.js', import.meta.url),
): Promise<Findings> {
  if (request.timeout === undefined) {
    const { findingsHere } = await import('./findings.ts');
    return findingsHere(request, { onProgress });
  }
  const deadline = Date.now() + request.timeout * 1000;
  const input: DeriveInput = { request, deadline };
  let reported: Findings | undefined;
  return inLimitedWorker<Findings, DeriveMessage>({
    name: 'derivation',
    script,
    input,
    deadline,
    receive(message) {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'report') reported = message.findings;
      else return { answer: message.findings };
      return undefined;
    },
    stopped() {
      if (!reported)
        throw new LimitError(`the time limit of ${request.timeout} s passed before the check ended`);
      return { ...reported, report: { ...reported.report, timedOut: true } };
    },
  });
}
