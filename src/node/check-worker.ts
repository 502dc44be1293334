import { parentPort, workerData } from 'node:worker_threads';
import { checkHere } from './check-here.ts';
import type { WorkerInput, WorkerMessage } from './check-in-worker.ts';

/** The thread of one check with a time limit: it posts messages, the last of kind `report` or `error`. */
const { request, deadline } = workerData as WorkerInput;
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

try {
  const report = await checkHere(
    request,
    {
      onBegin: (begun) => post({ kind: 'begin', report: begun }),
      onProgress: (progress) => post({ kind: 'progress', progress }),
      onResult: (result) => post({ kind: 'result', result }),
    },
    deadline,
  );
  post({ kind: 'report', report });
} catch (error) {
  // An error loses its class on the way; its name stays.
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  post({ kind: 'error', name, message, ...(stack === undefined ? {} : { stack }) });
}
