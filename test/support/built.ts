/** The built command: `npm ci` builds it, and so does `npm run build`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireOrSkip } from '../require.ts';

/** dist/src/cli/main.js */
export const main = join(import.meta.dirname, '../../dist/src/cli/main.js');
export const isBuilt = requireOrSkip('build', existsSync(main), `${main} is not there: npm run build`);
