import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artifactUri } from '../../src/cli/artifact-uri.ts';
import { nodeServices } from '../../src/cli/node-services.ts';
import { obligation, reportOf } from '../derive/report/fixtures.ts';
import { sarifFaults } from '../support/sarif.ts';
import { elementsOf } from '../support/xml.ts';
import { erratum, named, proved, run } from './harness.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everymin machine-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const sarif = (text: string) => {
  expect(sarifFaults(text)).toEqual([]);
  return JSON.parse(text).runs[0];
};

const refused = {
  ...proved('theorem-1'),
  status: 'refused' as const,
  failure: { result: 'theorem-1', step: 'T1.4', message: 'linear: expected 0 ≤ 1' },
};

describe('check for machines', () => {
  test('a real kink: the sample, the parameters, exit 1', async () => {
    const { code, out, err } = await run(['check', 'examples/kink.json', '--format', 'sarif'], {
      services: nodeServices,
    });
    expect([code, err]).toEqual([1, '']);
    const { results, artifacts, invocations } = sarif(out);
    expect(artifacts[0].location.uri).toBe('examples/kink.json');
    expect(invocations[0].exitCode).toBe(1);
    const [kink] = results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'differentiable');
    expect(kink.level).toBe('error');
    expect(kink.properties.results).toEqual(['lemma-2', 'theorem-1']);
    expect(kink.locations[0].physicalLocation.region.startLine).toBeGreaterThan(1);
    expect(kink.relatedLocations[0].message.text).toBe('data.inputs[0]');
  });

  test('the same as JUnit, with the exit code of the text', async () => {
    const { code, out } = await run(['check', 'examples/kink.json', '--format', 'junit'], {
      services: nodeServices,
    });
    expect(code).toBe(1);
    expect(elementsOf(out).filter((name) => name === 'testsuite')).toHaveLength(4);
    expect(out).toContain('name="examples/kink.json: Theorem 1"');
  });

  test('--passes lists what holds; only with sarif', async () => {
    const { code, out } = await run(['check', 'examples/exact.json', '--format', 'sarif', '--passes'], {
      services: nodeServices,
    });
    expect(code).toBe(0);
    const { results } = sarif(out);
    expect(results.length).toBeGreaterThan(5);
    expect(results.every(({ kind }: { kind: string }) => kind === 'pass')).toBe(true);
    const wrong = await run(['check', 'examples/exact.json', '--passes']);
    expect([wrong.code, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toBe('everymin: --passes is for --format sarif\n');
  });

  test.each([[[]], [['--timeout', '60']]])(
    'a bad instance is a result at its line, in a thread too: %j',
    async (more) => {
      const bad = join(folder, 'bad.json');
      await writeFile(
        bad,
        '{ "everymin": 1,\n  "model": {"type": "mlp", "inputs": 1, "layers": [{"units": 1}]},\n  "loss": {"type": "squared"},\n  "data": {"inputs": [[1],\n    [2, 3]], "targets": [[1], [1]]},\n  "parameters": {"W1": [[1]]} }\n',
      );
      const services =
        more.length === 0
          ? nodeServices
          : {
              ...nodeServices,
              check: async () => {
                const { errorMessage } = await import('../../src/node/limited-worker.ts');
                const told = await nodeServices
                  .check({ path: bad, allowOutside: false, options: {} }, () => {})
                  .then(
                    () => undefined,
                    (error: unknown) => errorMessage(error),
                  );
                throw Object.assign(named(told!.name, told!.message), { place: told!.place });
              },
            };
      const { code, out } = await run(['check', bad, '--format', 'sarif', ...more], { services });
      expect(code).toBe(2);
      const [{ ruleId, locations }] = sarif(out).results;
      expect(ruleId).toBe('instance');
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe(pathToFileURL(bad).href);
      expect(locations[0].physicalLocation.region).toMatchObject({ startLine: 5, startColumn: 5 });
      const junit = await run(['check', bad, '--format', 'junit'], { services: nodeServices });
      expect(junit.code).toBe(2);
      expect(elementsOf(junit.out)).toContain('error');
    },
  );

  test('a file that is not there, a pattern without files, a bug: notifications', async () => {
    const { code, out } = await run(['check', 'gone.json', 'none-*.json', '--format', 'sarif'], {
      services: { ...nodeServices, check: () => Promise.reject(new Error('boom')) },
    });
    expect(code).toBe(70);
    const { results, invocations } = sarif(out);
    expect(results).toEqual([]);
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications).toHaveLength(2);
  });

  test('a file that changed since it was checked is not pointed into', async () => {
    const bad = obligation('critical', 'fails', 'exact', 'why', { witness: {} });
    const results = [
      { result: 'lemma-2', verdict: 'not-applicable', tier: 'exact', obligations: [bad], meaning: '' },
    ] as const;
    const text = '{"parameters": {}}';
    const sha256 = createHash('sha256').update(text).digest('hex');
    const report = reportOf(results);
    const regionOf = async (read: string) => {
      const { out } = await run(['check', 'a.json', '--format', 'sarif'], {
        services: {
          check: async () => ({ ...report, instance: { ...report.instance, sha256 } }),
          read: async () => new TextEncoder().encode(read),
        },
      });
      return sarif(out).results[0].locations[0].physicalLocation.region;
    };
    expect(await regionOf(text)).toMatchObject({ startLine: 1, startColumn: 2 });
    expect(await regionOf(` ${text}`)).toBeUndefined();
  });

  test('stdin is pointed into as well', async () => {
    const stdin = [await nodeServices.read('examples/kink.json')];
    const { out } = await run(['check', '-', '--format', 'sarif', '--result', 'lemma-2'], {
      services: nodeServices,
      stdin,
    });
    const [{ locations }] = sarif(out).results;
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe('stdin');
    expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(1);
  });
});

describe('URIs', () => {
  test('relative below the working folder, else absolute; always encoded', () => {
    expect(artifactUri('a b/ü#?.json')).toBe('a%20b/%C3%BC%23%3F.json');
    expect(artifactUri(join(process.cwd(), 'x/y.json'))).toBe('x/y.json');
    expect(artifactUri('../x.json')).toMatch(/^file:\/\/\/.*x\.json$/);
    expect(artifactUri('-')).toBe('stdin');
  });
});

describe('prove for machines', () => {
  test('a refused script is an error at its step; --passes lists the others', async () => {
    const services = { prove: async (id: string) => (id === 'theorem-1' ? refused : proved(id)) };
    const { code, out } = await run(['prove', '--format', 'sarif'], { services });
    expect(code).toBe(1);
    const { results } = sarif(out);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ ruleId: 'proof', level: 'error' });
    expect(results[0].message.text).toBe(
      'The proof of theorem-1 is refused at T1.4 of theorem-1: linear: expected 0 ≤ 1',
    );
    expect(results[0].locations[0].logicalLocations[0].fullyQualifiedName).toBe('theorem-1/T1.4');
    const all = sarif((await run(['prove', '--format', 'sarif', '--passes'], { services })).out);
    expect(all.results.map(({ kind }: { kind: string }) => kind)).toEqual(['pass', 'fail']);
  });

  test('a script of the user stands in its file; one that cannot be loaded is a notification', async () => {
    const proveFile = async (path: string) => {
      if (path === 'gone.mjs') throw named('ProofFileError', 'there is no such file');
      return [{ ...refused, file: path }];
    };
    const argv = ['prove', 'my proof.mjs', 'gone.mjs', '--format'];
    const { code, out } = await run([...argv, 'sarif'], { services: { proveFile } });
    expect(code).toBe(2);
    const { results, invocations } = sarif(out);
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('my%20proof.mjs');
    expect(invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation).toBeDefined();
    const junit = await run([...argv, 'junit'], { services: { proveFile } });
    expect(junit.out).toContain('<error message="there is no such file">');
  });

  test('--on: a hypothesis that the instance breaks', async () => {
    const { code, out } = await run(
      ['prove', 'lemma-2', '--on', 'examples/almost-critical.json', '--format', 'sarif'],
      { services: nodeServices },
    );
    expect(code).toBe(0);
    const [result] = sarif(out).results;
    expect(result).toMatchObject({ ruleId: 'hypothesis', level: 'error' });
    expect(result.message.text).toMatch(/^The hypothesis critical of lemma-2 fails here/);
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('examples/almost-critical.json');
  });

  test('errata', async () => {
    const services = {
      erratum: async (id: string) => erratum(id, id === 'erratum-2' ? 'refuted' : 'confirmed'),
    };
    const { code, out } = await run(['prove', '--errata', '--format', 'sarif'], { services });
    expect(code).toBe(1);
    expect(sarif(out).results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['erratum']);
    const all = await run(['prove', '--errata', '--format', 'sarif', '--passes'], { services });
    expect(sarif(all.out).results).toHaveLength(2);
    const wrong = await run(['prove', '--errata', '--passes']);
    expect([wrong.code, wrong.err]).toEqual([2, 'everymin: --passes is for --format sarif\n']);
  });
});
