import type { ObligationReport, Report, ResultReport } from '../check/report.ts';
import { verdictOf } from '../check/results/verdict.ts';
import type { CheckRequest, Progress } from './check-request.ts';
import { GRACE, LimitError, LimitedThread } from './limited-worker.ts';
import { peakMemory } from './peak-memory.ts';

export { LimitError } from './limited-worker.ts';

export interface WorkerInput {
  readonly request: CheckRequest;
  /** epoch ms; Infinity without a limit */
  readonly deadline: number;
}

export type WorkerMessage =
  | { readonly kind: 'begin'; readonly report: Report }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'obligation'; readonly id: string; readonly obligation: ObligationReport }
  | { readonly kind: 'result'; readonly result: ResultReport }
  | { readonly kind: 'report'; readonly report: Report };

/** How long after the deadline an instance may still be read, so that the report says what was left open, in ms. */
const READING = 3000;

/**
 * Runs the check in a thread, to be ended by the caller. With a timeout the thread is stopped when the deadline is past,
 * whatever it is doing. The report then has what was established so far, the rest undecided, and `timedOut`. Throws
 * LimitError when not even the instance was read in time or the thread ran out of memory, and the thread's own errors
 * under their names.
 */
export async function checkInThread(
  thread: LimitedThread,
  request: CheckRequest,
  onProgress: (progress: Progress) => void,
  script: URL = new URL('./check-worker.js', import.meta.url),
): Promise<Report> {
  const start = Date.now();
  const seconds = request.timeout ?? Number.POSITIVE_INFINITY;
  const deadline = start + seconds * 1000;
  const input: WorkerInput = { request, deadline };
  let begun: Report | undefined;
  const finished = new Map<string, ResultReport>();
  const decided = new Map<string, ObligationReport>();
  return thread.run<Report, WorkerMessage>({
    name: 'check',
    script,
    input,
    deadline,
    grace: () => (begun === undefined ? READING : GRACE),
    receive(message) {
      if (message.kind === 'begin') begun = message.report;
      else if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'obligation') decided.set(message.id, message.obligation);
      else if (message.kind === 'result') finished.set(keyOf(message.result), message.result);
      else return { answer: message.report };
      return undefined;
    },
    stopped() {
      if (begun === undefined)
        throw new LimitError(`the time limit of ${seconds} s passed before the instance was read`);
      const resources = {
        seconds: { 'until it was stopped': (Date.now() - start) / 1000 },
        peakMemory: peakMemory(),
      };
      const results = begun.results.map(
        (result) => finished.get(keyOf(result)) ?? withDecided(result, decided),
      );
      return { ...begun, timedOut: true, resources, results };
    },
  });
}

/** The same in a thread of its own. */
export async function checkInWorker(
  request: CheckRequest,
  onProgress: (progress: Progress) => void,
  script?: URL,
): Promise<Report> {
  const thread = new LimitedThread();
  try {
    return await checkInThread(thread, request, onProgress, script);
  } finally {
    await thread.end();
  }
}

const keyOf = ({ result, t }: ResultReport): string => (t === undefined ? result : `${result}@${t}`);

/** A result that was not finished, with those of its obligations that were. */
function withDecided(result: ResultReport, decided: ReadonlyMap<string, ObligationReport>): ResultReport {
  const obligations = result.obligations.map(
    (open) => decided.get(open.id) ?? decided.get(`${open.id}@${result.t}`) ?? open,
  );
  // The conclusion is open, so a hypothesis that fails is all that settles the verdict.
  if (!obligations.some(({ status }) => status === 'fails')) return { ...result, obligations };
  const meaning = 'A hypothesis fails, so the result says nothing here; the time limit cut off the rest.';
  return { ...result, ...verdictOf(obligations), obligations, meaning };
}
