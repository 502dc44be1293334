import { readFileSync } from 'node:fs';

/** The version in the package's own package.json, from the source and from the built files alike. */
export function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (name === 'everymin') return String(version);
    } catch {
      // Not at this height.
    }
  }
  throw new Error('package.json of everymin is not where it was installed');
}
