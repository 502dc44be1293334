import type { Report } from '../check/report.ts';
import { checkInThread } from './check-in-worker.ts';
import type { CheckRequest, Progress } from './check-request.ts';
import { LimitedThread } from './limited-worker.ts';

/** Checks in threads that are started when there is none idle, and kept for the next file. */
export class CheckThreads {
  readonly #idle: LimitedThread[] = [];
  readonly #script: URL | undefined;

  constructor(script?: URL) {
    this.#script = script;
  }

  async check(request: CheckRequest, onProgress: (progress: Progress) => void): Promise<Report> {
    const thread = this.#idle.pop() ?? new LimitedThread();
    try {
      return await checkInThread(thread, request, onProgress, this.#script);
    } finally {
      this.#idle.push(thread);
    }
  }

  /** Ends the idle threads. */
  async end(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.end()));
  }
}
