import { parentPort, workerData } from 'node:worker_threads';
import type { DeriveInput, DeriveMessage } from './derive-file.ts';
import { valuesHere } from './derive-values.ts';
import { type ErrorMessage, errorMessage } from './limited-worker.ts';

/** The thread that evaluates one proof with a time limit: it posts one message, of kind `values` or `error`. */
const { request, checked, deadline } = workerData as DeriveInput;
const post = (message: DeriveMessage | ErrorMessage): void => parentPort?.postMessage(message);

try {
  post({ kind: 'values', values: await valuesHere(request, checked, deadline) });
} catch (error) {
  post(errorMessage(error));
}
