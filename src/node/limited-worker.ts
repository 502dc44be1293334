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
  /** epoch ms; Infinity without a limit */
  readonly deadline: number;
  /** ms beyond the deadline that it is given to stop by itself; asked when they may be over */
  grace?(): number;
  /** takes a message of the thread; the answer, when it is the last one */
  receive(message: M): { readonly answer: T } | undefined;
  /** the answer when the time is over; may throw LimitError */
  stopped(): T;
}

/** The task stops by itself at the deadline; a step that does not look at the clock is given this much longer, in ms. */
export const GRACE = 500;
/** how long the end of the thread is waited for, in ms */
const TERMINATION = 1000;
/** the longest that a timer takes, in ms */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs a module in a thread that is ended soon after the deadline, whatever it is doing. Throws LimitError when the thread
 * ran out of memory, and the thread's own errors under their names; its TimeLimit is the end of the time.
 */
export async function inLimitedWorker<T, M extends { readonly kind: string }>(
  task: LimitedTask<T, M>,
): Promise<T> {
  const thread = new LimitedThread();
  try {
    return await thread.run(task);
  } finally {
    await thread.end();
  }
}

/**
 * A thread for one task after another, all of one script: the first input is its `workerData`, each later one a message.
 * A task that has not ended in time ends the thread, and the next one starts another.
 */
export class LimitedThread {
  #worker: Worker | undefined;

  /** As `inLimitedWorker`, but a thread that answered, or told an error, is kept. One task at a time. */
  async run<T, M extends { readonly kind: string }>(task: LimitedTask<T, M>): Promise<T> {
    const worker = this.#give(task);
    let timer: NodeJS.Timeout | undefined;
    let spoke = false;
    try {
      return await new Promise<T>((resolve, reject) => {
        const attempt = (answer: () => T): void => {
          try {
            resolve(answer());
          } catch (error) {
            reject(error);
          }
        };
        const stop = (): void => {
          const left = task.deadline + (task.grace?.() ?? GRACE) - Date.now();
          if (left > 0) timer = setTimeout(stop, Math.min(left, LONGEST_TIMER));
          else attempt(() => task.stopped());
        };
        worker.on('message', (message: M | ErrorMessage) => {
          if (!isError(message)) {
            const last = task.receive(message);
            if (!last) return;
            spoke = true;
            resolve(last.answer);
            return;
          }
          spoke = true;
          if (message.name === 'TimeLimit') attempt(() => task.stopped());
          else reject(errorOf(message));
        });
        worker.on('error', (error: NodeJS.ErrnoException) => {
          const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
          reject(memory ? new LimitError(`the ${task.name} ran out of memory`) : error);
        });
        worker.on('exit', () => reject(new Error(`the thread of the ${task.name} ended without a report`)));
        stop();
      });
    } finally {
      clearTimeout(timer);
      deafen(worker);
      // What happens to an idle thread is no error of anybody's; it is replaced.
      worker.on('error', () => this.#forget(worker));
      worker.on('exit', () => this.#forget(worker));
      if (!spoke) await this.end();
    }
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker) return;
    worker.unref();
    // JavaScript and wasm end at once; a call into a native library cannot be cut short, and nobody waits for it.
    await Promise.race([worker.terminate(), sleep(TERMINATION, undefined, { ref: false })]);
  }

  #give({ script, input }: { readonly script: URL; readonly input: unknown }): Worker {
    if (this.#worker) {
      deafen(this.#worker);
      this.#worker.postMessage(input);
    } else {
      // Its stdout is ours: nothing but the answer may stand there.
      this.#worker = new Worker(script, { workerData: input, stdout: true });
    }
    return this.#worker;
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
  }
}

/** Event by event: without names it would take Node's own listeners, and the thread would hear nothing any more. */
function deafen(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

const isError = (message: { readonly kind: string }): message is ErrorMessage => message.kind === 'error';

function errorOf(message: ErrorMessage): Error {
  const { place } = message;
  const error = Object.assign(new Error(message.message), place === undefined ? {} : { place });
  error.name = message.name;
  if (message.stack !== undefined) error.stack = message.stack;
  return error;
}
