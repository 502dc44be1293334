import { parentPort, workerData } from 'node:worker_threads';
import { escapeFrom } from '../check/escape.ts';
import { type EscapeInput, type EscapeMessage, plainEscape } from './escape-in-worker.ts';
import { type ErrorMessage, errorMessage } from './limited-worker.ts';
import { loadRequest } from './load-request.ts';
import { symbolicHelpers } from './symbolic-worker.ts';

/** The thread of one search for a way down with a time limit: it posts messages, the last of kind `escape` or `error`. */
const { seed, deadline, ...source } = workerData as EscapeInput;
const post = (message: EscapeMessage | ErrorMessage): void => parentPort?.postMessage(message);

try {
  const found = await escapeFrom(await loadRequest(source), {
    helpers: symbolicHelpers,
    deadline,
    onProgress: (progress) => post({ kind: 'progress', progress }),
    ...(seed === undefined ? {} : { seed }),
  });
  post({ kind: 'escape', escape: plainEscape(found) });
} catch (error) {
  post(errorMessage(error));
}
