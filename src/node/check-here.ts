import type { Report, ResultReport } from '../check/report.ts';
import type { Instance } from '../instance/instance.ts';
import type { CheckRequest, Progress } from './check-request.ts';
import { peakMemory } from './peak-memory.ts';

/** What is told while a check runs. */
export interface Watcher {
  readonly onProgress?: (progress: Progress) => void;
  /** a result is decided; it will stand in the report as it is */
  readonly onResult?: (result: ResultReport) => void;
  /** before the work begins: the report in which every result is undecided */
  readonly onBegin?: (report: Report) => void;
}

/** Loads the file of a request and checks it in this thread. `deadline`: epoch ms at which the check stops by itself. */
export async function checkHere(request: CheckRequest, watcher: Watcher, deadline?: number): Promise<Report> {
  const start = Date.now();
  const [instance, { check }, { nodeBackends }, { symbolicHelpers }] = await Promise.all([
    load(request),
    import('../check/index.ts'),
    import('./backends.ts'),
    import('./symbolic-worker.ts'),
  ]);
  // A check whose time is over says what it would have said of every result, and costs next to nothing.
  watcher.onBegin?.(await check(instance, { ...request.options, backends: nodeBackends, deadline: 0 }));
  const { onProgress, onResult } = watcher;
  const before = { 'reading the instance': (Date.now() - start) / 1000 };
  return check(instance, {
    ...request.options,
    backends: nodeBackends,
    helpers: symbolicHelpers,
    before,
    peakMemory,
    ...(deadline === undefined ? {} : { deadline }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(onResult === undefined ? {} : { onResult }),
  });
}

async function load({ path, bytes, allowOutside }: CheckRequest): Promise<Instance> {
  const { fileResources, loadInstanceFile } = await import('./files.ts');
  if (bytes === undefined) return loadInstanceFile(path, { allowOutside });
  const { loadInstance } = await import('../instance/load.ts');
  return loadInstance({ text: bytes, name: 'stdin' }, fileResources('.', { allowOutside }), { allowOutside });
}
