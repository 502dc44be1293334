import { parentPort, workerData } from 'node:worker_threads';
import { checkHere } from './check-here.ts';
import type { WorkerInput, WorkerMessage } from './check-in-worker.ts';
import { type ErrorMessage, errorMessage } from './limited-worker.ts';

/** A thread for checks, one after another: of each it posts messages, the last of kind `report` or `error`. */
async function run({ request, deadline }: WorkerInput): Promise<void> {
  let ended = false;
  const post = (message: WorkerMessage | ErrorMessage): void => {
    // A step that nobody awaited may still tell something: it must not be taken for news of the next file.
    if (!ended) parentPort?.postMessage(message);
  };
  const last = (message: WorkerMessage | ErrorMessage): void => {
    post(message);
    ended = true;
  };
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
    last({ kind: 'report', report });
  } catch (error) {
    last(errorMessage(error));
  }
}

parentPort?.on('message', run);
await run(workerData as WorkerInput);
