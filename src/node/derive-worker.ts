import { parentPort, workerData } from 'node:worker_threads';
import type { DeriveInput, DeriveMessage } from './derive-file.ts';
import { findingsHere } from './findings.ts';
import { type ErrorMessage, errorMessage } from './limited-worker.ts';

/** The thread of one derivation with a time limit: it posts messages, the last of kind `findings` or `error`. */
const { request, deadline } = workerData as DeriveInput;
const post = (message: DeriveMessage | ErrorMessage): void => parentPort?.postMessage(message);

try {
  const findings = await findingsHere(
    request,
    {
      onProgress: (progress) => post({ kind: 'progress', progress }),
      onReport: (report) => post({ kind: 'report', findings: report }),
    },
    deadline,
  );
  post({ kind: 'findings', findings });
} catch (error) {
  post(errorMessage(error));
}
