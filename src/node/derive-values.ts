import type { Report } from '../check/report.ts';
import type { Findings } from '../derive/derive.ts';
import type { DeriveRequest } from './derive-request.ts';
import { loadRequest } from './load-request.ts';

/**
 * Loads the file of a request and evaluates the proof on it, in this thread. `checked`: the report of its check. `deadline`:
 * epoch ms at which it stops by itself.
 */
export async function valuesHere(
  request: DeriveRequest,
  checked: Pick<Report, 'results'>,
  deadline?: number,
): Promise<Omit<Findings, 'report'>> {
  const [instance, { valuesOn }, { symbolicHelpers }] = await Promise.all([
    loadRequest(request),
    import('../derive/derive.ts'),
    import('./symbolic-worker.ts'),
  ]);
  const options = {
    ...request.options,
    helpers: symbolicHelpers,
    ...(deadline === undefined ? {} : { deadline }),
  };
  return valuesOn(request.result, instance, checked, options);
}
