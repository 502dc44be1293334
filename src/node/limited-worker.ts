import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { InstanceError } from '../instance/error.ts';

/** A time or size limit that left no answer. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** What a thread says of an error: its class is lost on the way, its name stays. */
export interface ErrorMessage {
  readonly kind: 'error';
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** of an InstanceError */
  readonly place?: string;
}

export function errorMessage(error: unknown): ErrorMessage {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const place = error instanceof InstanceError ? { place: error.place } : {};
  return { kind: 'error', name, message, ...(stack === undefined ? {} : { stack }), ...place };
}

export interface LimitedTask<T, M extends { readonly kind: string }> {
  /** what runs, for messages: "check" */
  readonly name: string;
  readonly script: URL;
  readonly input: unknown;
  /** epoch ms */
  readonly deadline: number;
  /** takes a message of the thread; the answer, when it is the last one */
  receive(message: M): { readonly answer: T } | undefined;
  /** the answer when the time is over; may throw LimitError */
  stopped(): T;
}

/** The task stops by itself at the deadline; a step that does not look at the clock is given this much longer, in ms. */
const GRACE = 500;
/** how long the end of the thread is waited for, in ms */
const TERMINATION = 1000;

/**
 * Runs a module in a thread that is ended soon after the deadline, whatever it is doing. Throws LimitError when the thread
 * ran out of memory, and the thread's own errors under their names; its TimeLimit is the end of the time.
 */
export async function inLimitedWorker<T, M extends { readonly kind: string }>(
  task: LimitedTask<T, M>,
): Promise<T> {
  // Its stdout is ours: nothing but the answer may stand there.
  const worker = new Worker(task.script, { workerData: task.input, stdout: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const attempt = (answer: () => T): void => {
        try {
          resolve(answer());
        } catch (error) {
          reject(error);
        }
      };
      worker.on('message', (message: M | ErrorMessage) => {
        if (!isError(message)) {
          const last = task.receive(message);
          if (last) resolve(last.answer);
        } else if (message.name === 'TimeLimit') attempt(() => task.stopped());
        else reject(errorOf(message));
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(memory ? new LimitError(`the ${task.name} ran out of memory`) : error);
      });
      worker.on('exit', () => reject(new Error(`the thread of the ${task.name} ended without a report`)));
      timer = setTimeout(() => attempt(() => task.stopped()), task.deadline + GRACE - Date.now());
    });
  } finally {
    clearTimeout(timer);
    worker.removeAllListeners();
    worker.unref();
    // JavaScript and wasm end at once; a call into a native library cannot be cut short, and the answer does not wait for it.
    await Promise.race([worker.terminate(), sleep(TERMINATION, undefined, { ref: false })]);
  }
}

const isError = (message: { readonly kind: string }): message is ErrorMessage => message.kind === 'error';

function errorOf(message: ErrorMessage): Error {
  const { place } = message;
  const error = Object.assign(new Error(message.message), place === undefined ? {} : { place });
  error.name = message.name;
  if (message.stack !== undefined) error.stack = message.stack;
  return error;
}
