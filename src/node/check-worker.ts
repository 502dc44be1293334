import { parentPort, workerData } from 'node:worker_threads';
import { checkHere } from './check-here.ts';
import type { WorkerInput, WorkerMessage } from './check-in-worker.ts';
import { type ErrorMessage, errorMessage } from './limited-worker.ts';

/** The thread of one check with a time limit: it posts messages, the last of kind `report` or `error`. */
const { request, deadline } = workerData as WorkerInput;
const post = (message: WorkerMessage | ErrorMessage): void => parentPort?.postMessage(message);

try {
  const report = await checkHere(
    request,
    {
      onBegin: (begun) => post({ kind: 'begin', report: begun }),
      onProgress: (progress) => post({ kind: 'progress', progress }),
      onObligation: (id, obligation) => post({ kind: 'obligation', id, obligation }),
      onResult: (result) => post({ kind: 'result', result }),
    },
    deadline,
  );
  post({ kind: 'report', report });
} catch (error) {
  post(errorMessage(error));
}
