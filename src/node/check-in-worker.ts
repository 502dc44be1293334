import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Report, ResultReport } from '../check/report.ts';
import type { CheckRequest, Progress } from './check-request.ts';
import { peakMemory } from './peak-memory.ts';

export interface WorkerInput {
  readonly request: CheckRequest;
  /** epoch ms */
  readonly deadline: number;
}

export type WorkerMessage =
  | { readonly kind: 'begin'; readonly report: Report }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: ResultReport }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack?: string };

/** A time or size limit that left no report. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** The check stops by itself at the deadline; a step that does not look at the clock is given this much longer, in ms. */
const GRACE = 500;
/** how long the end of the thread is waited for, in ms */
const TERMINATION = 1000;

/**
 * Runs the check in a thread that is ended when the deadline is past, whatever it is doing. The report then has what was
 * established so far, the rest undecided, and `timedOut`. Throws LimitError when not even the instance was read in time or
 * the thread ran out of memory, and the thread's own errors under their names.
 */
export async function checkInWorker(
  request: CheckRequest,
  seconds: number,
  onProgress: (progress: Progress) => void,
  script: URL = new URL('./check-worker.js', import.meta.url),
): Promise<Report> {
  const start = Date.now();
  const deadline = start + seconds * 1000;
  const input: WorkerInput = { request, deadline };
  // Its stdout is ours: nothing but the answer may stand there.
  const worker = new Worker(script, { workerData: input, stdout: true });
  let timer: NodeJS.Timeout | undefined;
  let begun: Report | undefined;
  const finished = new Map<string, ResultReport>();
  const stopped = (): Report => {
    if (begun === undefined)
      throw new LimitError(`the time limit of ${seconds} s passed before the check began`);
    const results = begun.results.map((result) => finished.get(result.result) ?? result);
    const spent = (Date.now() - start) / 1000;
    const resources = { seconds: { 'until it was stopped': spent }, peakMemory: peakMemory() };
    return { ...begun, timedOut: true, resources, results };
  };
  try {
    return await new Promise<Report>((resolve, reject) => {
      const stop = (): void => {
        try {
          resolve(stopped());
        } catch (error) {
          reject(error);
        }
      };
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'begin') begun = message.report;
        else if (message.kind === 'progress') onProgress(message.progress);
        else if (message.kind === 'result') finished.set(message.result.result, message.result);
        else if (message.kind === 'report') resolve(message.report);
        else if (message.name === 'TimeLimit') stop();
        else reject(errorOf(message));
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(memory ? new LimitError('the check ran out of memory') : error);
      });
      worker.on('exit', () => reject(new Error('the thread of the check ended without a report')));
      timer = setTimeout(stop, deadline + GRACE - Date.now());
    });
  } finally {
    clearTimeout(timer);
    worker.removeAllListeners();
    worker.unref();
    // JavaScript and wasm end at once; a call into a native library cannot be cut short, and the answer does not wait for it.
    await Promise.race([worker.terminate(), sleep(TERMINATION, undefined, { ref: false })]);
  }
}

function errorOf(message: Extract<WorkerMessage, { kind: 'error' }>): Error {
  const error = new Error(message.message);
  error.name = message.name;
  if (message.stack !== undefined) error.stack = message.stack;
  return error;
}
