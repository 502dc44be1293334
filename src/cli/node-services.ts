import { version } from '../version.ts';
import type { Services } from './services.ts';

/** The services of the real command. Everything is imported when it is first asked for. */
export const nodeServices: Services = {
  version: () => version,
  async resultIds() {
    const [{ checkableIds }, { results }] = await Promise.all([
      import('../check/index.ts'),
      import('../../theorems/index.ts'),
    ]);
    const stated = results.filter(({ kind }) => kind === 'lemma' || kind === 'theorem').map(({ id }) => id);
    return { stated, checked: checkableIds };
  },
  async words() {
    const { resultWords } = await import('../derive/report/words.ts');
    return resultWords;
  },
  async check(request, onProgress) {
    const { checkFile } = await import('../node/check-file.ts');
    return checkFile(request, onProgress);
  },
} as Services;
