import { check, type Report } from '../../src/index.ts';
import { loadInstance } from '../../src/instance/load.ts';

/** The report of an instance file's text, without the times, as JSON. */
export async function reportOf(text: string): Promise<string> {
  const report: Report = await check(await loadInstance({ text, name: 'exact.json' }), { backend: 'wasm' });
  return JSON.stringify(report, (key, value) => (key === 'seconds' ? undefined : value));
}
