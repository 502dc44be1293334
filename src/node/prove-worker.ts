import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorMessage, errorMessage } from './limited-worker.ts';
import { proveHere } from './prove-here.ts';
import type { ProveInput, ProveMessage } from './prove-in-time.ts';

/** A thread for proofs, one after another: of each it posts messages, the last of kind `reports` or `error`. */
// Taken before any module of a user's runs: what is posted without the seal is not ours.
const postMessage = parentPort!.postMessage.bind(parentPort);

async function run({ request, deadline, seal }: ProveInput): Promise<void> {
  const post = (message: ProveMessage | ErrorMessage): void => postMessage({ ...message, seal });
  try {
    const reports = await proveHere(request, deadline, (report) => post({ kind: 'proved', report }));
    post({ kind: 'reports', reports });
  } catch (error) {
    post(errorMessage(error));
  }
}

parentPort!.on('message', run);
const first: ProveInput = { ...workerData };
delete workerData.seal;
await run(first);
