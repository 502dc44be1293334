import { randomUUID } from 'node:crypto';
import { type ProofReport, undecidedReport } from '../derive/proofs/report.ts';
import { GRACE, LimitError, LimitedThread } from './limited-worker.ts';
import type { ProveRequest } from './prove-here.ts';

export interface ProveInput {
  readonly request: ProveRequest;
  /** epoch ms */
  readonly deadline: number;
  /** goes back with every message: a module of a user's runs in the same thread, and must not speak for the kernel */
  readonly seal: string;
}

export type ProveMessage = { readonly seal?: string } /** its numbers on the instance are still to come */ & (
  | { readonly kind: 'proved'; readonly report: ProofReport }
  | { readonly kind: 'reports'; readonly reports: readonly ProofReport[] }
);

/**
 * Proofs that are checked in one thread, so that a script may use what an earlier one proved. `seconds` are for all of
 * them together, from now on; then the thread is ended, whatever it is doing, and what it has not proved is undecided.
 */
export class ProofsInTime {
  readonly #thread = new LimitedThread();
  readonly #seconds: number;
  readonly #deadline: number;
  readonly #script: URL;

  constructor(seconds: number, script: URL = new URL('./prove-worker.js', import.meta.url)) {
    this.#seconds = seconds;
    this.#deadline = Date.now() + seconds * 1000;
    this.#script = script;
  }

  /** Throws LimitError for a module that was not looked at in time, since nobody knows what it proves. */
  async prove(request: ProveRequest): Promise<readonly ProofReport[]> {
    const deadline = this.#deadline;
    if (Date.now() >= deadline) return [await this.#undecided(request)];
    const input: ProveInput = { request, deadline, seal: randomUUID() };
    try {
      return (await this.#run(input)) ?? [await this.#undecided(request)];
    } finally {
      // Whatever a module left behind in the thread hears nothing of what follows.
      if (request.kind === 'file') await this.end();
    }
  }

  end(): Promise<void> {
    return this.#thread.end();
  }

  /** Undefined when the time was over before anything was proved. */
  #run(input: ProveInput): Promise<readonly ProofReport[] | undefined> {
    let proved: ProofReport | undefined;
    return this.#thread.run<readonly ProofReport[] | undefined, ProveMessage>({
      name: 'proof',
      script: this.#script,
      input,
      deadline: input.deadline,
      // A script does not look at the clock, the evaluation on an instance does.
      grace: () => (proved === undefined ? 0 : GRACE),
      receive(message) {
        if (message.seal !== input.seal) return undefined;
        if (message.kind === 'reports') return { answer: message.reports };
        proved = message.report;
        return undefined;
      },
      stopped: () => (proved ? [{ ...proved, timedOut: true }] : undefined),
    });
  }

  async #undecided(request: ProveRequest): Promise<ProofReport> {
    const limit = `the time limit of ${this.#seconds} s passed`;
    if (request.kind === 'file') throw new LimitError(`${limit} before its proofs were checked`);
    const { resultById } = await import('../../theorems/index.ts');
    return undecidedReport(resultById(request.id)!, `${limit} before the proof was checked`);
  }
}
