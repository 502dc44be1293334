import type { ObligationReport, Report, ResultReport } from '../check/report.ts';
import type { CheckRequest, Progress } from './check-request.ts';
import { loadRequest } from './load-request.ts';
import { peakMemory } from './peak-memory.ts';

/** What is told while a check runs. */
export interface Watcher {
  readonly onProgress?: (progress: Progress) => void;
  /** a result is decided; it will stand in the report as it is */
  readonly onResult?: (result: ResultReport) => void;
  /** an obligation is decided, by its id and, for Theorem 4, its t: `locally-linear@2` */
  readonly onObligation?: (id: string, obligation: ObligationReport) => void;
  /** before the work begins: the report in which every result is undecided */
  readonly onBegin?: (report: Report) => void;
}

/** Loads the file of a request and checks it in this thread. `deadline`: epoch ms at which the check stops by itself. */
export async function checkHere(request: CheckRequest, watcher: Watcher, deadline?: number): Promise<Report> {
  const start = Date.now();
  const [instance, { check }, { nodeBackends }, { symbolicHelpers }] = await Promise.all([
    loadRequest(request),
    import('../check/index.ts'),
    import('./backends.ts'),
    import('./symbolic-worker.ts'),
  ]);
  // A check whose time is over says what it would have said of every result, and costs next to nothing.
  watcher.onBegin?.(await check(instance, { ...request.options, backends: nodeBackends, deadline: 0 }));
  const { onProgress, onObligation, onResult } = watcher;
  const before = { 'reading the instance': (Date.now() - start) / 1000 };
  return check(instance, {
    ...request.options,
    backends: nodeBackends,
    helpers: symbolicHelpers,
    before,
    peakMemory,
    ...(deadline === undefined ? {} : { deadline }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(onObligation === undefined ? {} : { onObligation }),
    ...(onResult === undefined ? {} : { onResult }),
  });
}
