import type { Report } from '../check/report.ts';
import type { CheckRequest, Progress } from './check-request.ts';

/** Loads the file and checks it. With a timeout it runs in a worker thread that is ended soon after the deadline. */
export async function checkFile(
  request: CheckRequest,
  onProgress: (progress: Progress) => void,
): Promise<Report> {
  if (request.timeout === undefined) {
    const { checkHere } = await import('./check-here.ts');
    return checkHere(request, { onProgress });
  }
  const { checkInWorker } = await import('./check-in-worker.ts');
  return checkInWorker(request, onProgress);
}
