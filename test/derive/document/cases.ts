/** The documents that every renderer is tested on: all results in general, and pairs of a result and an instance. */
import { scripts } from '../../../proofs/index.ts';
import { derive, type Findings, findingsOf } from '../../../src/derive/derive.ts';
import type { DerivationDocument } from '../../../src/derive/document/model.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { loadInstanceFile } from '../../../src/node/files.ts';

export const RESULTS: readonly string[] = scripts.map(({ result }) => result.id);

/** Instances with the results that are derived there: what holds, fails and is undecided, of every kind of model. */
export const CASES: readonly (readonly [file: string, ...results: string[]])[] = [
  ['examples/exact.json', 'theorem-1', 'theorem-2', 'lemma-1', 'lemma-e'],
  ['examples/kink.json', 'theorem-1', 'lemma-2'],
  ['examples/saddle.json', 'theorem-2'],
  ['examples/almost-critical.json', 'theorem-1', 'example-1'],
  ['examples/overparameterized.json', 'example-2'],
  ['test/instances/I02.json', 'theorem-1', 'lemma-3'],
  ['test/instances/I05.json', 'theorem-2', 'theorem-4', 'deep-linear'],
  ['test/instances/I08.json', 'theorem-1'],
  ['test/instances/I16.json', 'theorem-3', 'proposition-1'],
  ['test/instances/I19.json', 'theorem-3'],
  ['test/instances/I28.json', 'theorem-4'],
  ['test/instances/I34.json', 'example-3', 'example-2'],
  ['test/instances/I39.json', 'theorem-1', 'lemma-0'],
  ['test/instances/I43.json', 'theorem-2'],
];

const documents = new Map<string, Promise<DerivationDocument>>();

/** Each document is derived once in a test file. */
export function documentOf(result: string, file?: string): Promise<DerivationDocument> {
  const key = `${result} ${file ?? ''}`;
  let found = documents.get(key);
  if (!found) {
    found = (async () => derive(result, file === undefined ? undefined : await loadInstanceFile(file)))();
    documents.set(key, found);
  }
  return found;
}

/** What could be markup, a command or a link in some format, if it came out as it is. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '$x$ $$y$$ \\(z\\)',
  '\\input{/etc/passwd} \\write18{ls} %',
  '"#eval("1") #read("x") #[x]',
  '`code` ```math\nx\n``` | a | b |',
  '[link](javascript:alert(1)) ![i](http://example.org/x.png) http://example.org',
  '\n\n# heading\n<details>\n---\n',
  '&lt; &amp; $ {x} {{x}} *b* _i_ ~s~ @user #1',
  '\u202e\u0000\u2028end',
];

/** Findings on a small instance, with a name and a file that are all of these at once. */
export async function hostileFindings(): Promise<Findings> {
  const instance = await smallInstance();
  const { report, ...rest } = await findingsOf('theorem-1', instance);
  const name = HOSTILE.join(' ');
  return { ...rest, report: { ...report, instance: { ...report.instance, name, file: name } } };
}

/** f = w x at its solution: every hypothesis of Theorems 1 and 2 holds. */
export const smallInstance = (): Promise<Instance> =>
  instanceFromObject({
    everymin: 1,
    name: 'one weight',
    model: { type: 'expression', inputs: ['x'], parameters: ['w'], outputs: ['w*x'] },
    loss: { type: 'squared' },
    data: { inputs: [[1]], targets: [[2]] },
    parameters: { w: 2 },
  });
