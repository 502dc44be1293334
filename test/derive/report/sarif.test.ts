import { describe, expect, test } from 'vitest';
import type { ResultReport } from '../../../src/check/report.ts';
import { type CheckedRun, reportsSarif } from '../../../src/derive/report/sarif.ts';
import { sarifFaults } from '../../support/sarif.ts';
import { exact, obligation, reportOf, trained } from './fixtures.ts';

const TEXT = `{ "everymin": 1,
  "model": {"type": "mlp", "inputs": 1,
    "layers": [{"units": 1},
      {"units": 1}]},
  "loss": {"type": "squared"},
  "data": {"inputs": [[1],
    [2]], "targets": {"csv": "y.csv"}},
  "t": 1,
  "parameters": {
    "W1": [[0]],
    "W2": {"npy": "a b/W2.npy"} } }
`;

const failing = (id: string, witness: unknown, more: Partial<ResultReport> = {}): ResultReport => ({
  result: 'theorem-2',
  verdict: 'not-applicable',
  tier: 'exact',
  obligations: [obligation(id, 'fails', 'exact', 'because', { witness })],
  meaning: '',
  ...more,
});

const run = (results: readonly ResultReport[], more: Partial<CheckedRun> = {}) => {
  const text = reportsSarif({
    version: '1.2.3',
    files: [{ report: reportOf(results), uri: 'a/i.json', text: TEXT }],
    failed: [],
    exitCode: 1,
    passes: false,
    ...more,
  });
  expect(sarifFaults(text)).toEqual([]);
  return JSON.parse(text).runs[0];
};

/** The text under a location. */
const under = ({ physicalLocation }: { physicalLocation: { region: Record<string, number> } }): string => {
  const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
  expect(endLine).toBe(startLine);
  return TEXT.split('\n')[startLine! - 1]!.slice(startColumn! - 1, endColumn! - 1);
};

describe('the schema', () => {
  test('refuses what is no SARIF', () => {
    const good = JSON.parse(
      reportsSarif({ version: '1.2.3', files: [], failed: [], exitCode: 0, passes: true }),
    );
    expect(sarifFaults(JSON.stringify(good))).toEqual([]);
    for (const bad of [
      { ...good, version: '2.0.0' },
      { ...good, extra: 1 },
      { ...good, runs: [{}] },
      { ...good, runs: [{ ...good.runs[0], results: [{ level: 'error' }] }] },
      { ...good, runs: [{ ...good.runs[0], columnKind: 'bytes' }] },
    ])
      expect(sarifFaults(JSON.stringify(bad))).not.toEqual([]);
  });
});

describe('places', () => {
  test.each<[string, unknown, string]>([
    ['assumption-1', {}, '"loss"'],
    ['loss-differentiable', {}, '"loss"'],
    ['assumption-2', { kind: 'left-null-vector' }, '"model"'],
    ['dimensions', { dy: 1, dx: 1, dz: 1 }, '"model"'],
    ['locally-linear', { layer: 2, units: [] }, '{"units": 1}'],
    ['locally-linear', { model: 'resnet' }, '"type"'],
    ['critical', { parameter: 'W1[0][0]', derivative: '1' }, '0'],
    ['critical', { parameter: 'W2[0][0]', derivative: '1' }, '"W2"'],
    ['conclusion', { gradient: { parameter: 'W1[0][0]' } }, '0'],
    ['local-minimum', { kind: 'descent-curve', terms: [{ parameter: 'W1[0][0]' }] }, '0'],
    ['local-minimum', { kind: 'negative-curvature' }, '"parameters"'],
    ['differentiable', { sample: 1, output: 0 }, '"parameters"'],
    ['conclusion', { parameter: '<script>' }, '"parameters"'],
  ])('%s with witness %j stands at %s', (id, witness, text) => {
    const [result] = run([failing(id, witness)]).results;
    expect(result.ruleId).toBe(id);
    expect(under(result.locations[0])).toBe(text);
    expect(result.locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'a/i.json',
      uriBaseId: '%SRCROOT%',
    });
  });

  test('the layers, when the witness names none', () => {
    const open = obligation('locally-linear', 'undecided', 'exact', 'why');
    const [result] = run([failing('x', 0, { t: 1, verdict: 'undecided', obligations: [open] })]).results;
    expect(under(result.locations[0])).toBe('"layers"');
  });

  test('a sample, and the files that hold numbers, are related', () => {
    const [kink] = run([failing('differentiable', { sample: 1 })]).results;
    expect(under(kink.relatedLocations[0])).toBe('[2]');
    expect(kink.relatedLocations[0].message.text).toBe('data.inputs[1]');
    const [gradient] = run([failing('critical', { parameter: 'W2[0][3]' })]).results;
    expect(gradient.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe('a/a%20b/W2.npy');
  });

  test('without the text of the file, the file', () => {
    const files = [{ report: reportOf([failing('critical', {})]), uri: 'i.json', text: undefined }];
    const [result] = run([], { files }).results;
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'i.json', uriBaseId: '%SRCROOT%' },
    });
  });
});

describe('results', () => {
  test('one rule for each kind, each result points to its own', () => {
    const { tool, results } = run([failing('critical', {}), failing('local-minimum', {})]);
    const { rules } = tool.driver;
    expect(rules).toHaveLength(11);
    expect(new Set(rules.map(({ name }: { name: string }) => name)).size).toBe(11);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
  });

  test('an obligation that several results ask for is one finding; conclusions are each their own', () => {
    const conclusion = obligation('conclusion', 'fails', 'exact', 'why', { witness: 1 });
    const shared = obligation('assumption-2', 'fails', 'exact', 'because', { witness: 1 });
    const both = ['theorem-1', 'theorem-2'].map((result) =>
      failing('x', 1, { result, obligations: [shared, conclusion] }),
    );
    const { results } = run(both);
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
      'assumption-2',
      'conclusion',
      'conclusion',
    ]);
    expect(results[0].properties.results).toEqual(['theorem-1', 'theorem-2']);
    expect(results[0].message.text).toBe(
      'assumption-2 fails (exact): because. Asked for by Theorem 1, Theorem 2.',
    );
  });

  test('levels: error, warning, note where the result fails anyway; what holds only when asked', () => {
    const open = obligation('critical', 'undecided', 'numeric', 'why');
    const levels = (results: readonly ResultReport[], passes = false) =>
      run(results, { passes }).results.map(
        ({ ruleId, level, kind }: Record<string, string>) => `${ruleId} ${level} ${kind}`,
      );
    expect(levels([failing('x', 1, { verdict: 'undecided', obligations: [open] })])).toEqual([
      'critical warning fail',
    ]);
    const broken = failing('differentiable', {});
    const moot = { ...broken, obligations: [...broken.obligations, open] };
    expect(levels([moot])).toEqual(['differentiable error fail', 'critical note fail']);
    expect(levels(exact.results)).toEqual([]);
    expect(levels(exact.results, true)).toHaveLength(exact.results[0]!.obligations.length);
    expect(levels(exact.results, true)[0]).toBe('assumption-1 none pass');
  });

  test('fingerprints: the same when lines move, other ones for other findings', () => {
    const results = [
      failing('critical', {}),
      failing('conclusion', {}),
      failing('conclusion', {}, { result: 'lemma-3' }),
    ];
    const prints = (text: string): string[] =>
      run([], { files: [{ report: reportOf(results), uri: 'i.json', text }] }).results.map(
        (each: { partialFingerprints: Record<string, string> }) => each.partialFingerprints['everymin/v1'],
      );
    expect(new Set(prints(TEXT)).size).toBe(3);
    expect(prints(`\n\n${TEXT}`)).toEqual(prints(TEXT));
  });

  test('trained fixture: valid, with the hash of the file', () => {
    const { artifacts, invocations } = run([], {
      files: [{ report: { ...trained, timedOut: true }, uri: 'iris.json', text: undefined }],
      exitCode: 4,
    });
    expect(artifacts[0].hashes['sha-256']).toBe(trained.instance.sha256);
    expect(invocations[0]).toMatchObject({ exitCode: 4, executionSuccessful: true });
    expect(invocations[0].toolExecutionNotifications[0]).toMatchObject({ level: 'warning' });
  });
});

describe('files without a report', () => {
  test('a fault in the instance is a result at its place; another trouble is a notification', () => {
    const failed = [
      { uri: 'i.json', message: 'm', instance: { place: 'data.inputs[1]', text: TEXT } },
      { uri: 'i.json', message: 'm', instance: { place: 'line 4, column 7', text: TEXT } },
      { uri: 'i.json', message: 'm', instance: { place: '', text: undefined } },
      {
        uri: 'i.json',
        message: 'm (line 3 of the file)',
        instance: { place: 'data.targets (line 3 of the file)', text: TEXT },
      },
      {
        uri: 'i.json',
        message: 'data.targets: "y.csv", line 7 has 2 cells',
        instance: { place: 'data.targets', text: TEXT },
      },
      { message: 'x matches no file' },
    ];
    const { results, invocations } = run([], { files: [], failed, exitCode: 2 });
    expect(under(results[0].locations[0])).toBe('[2]');
    expect(results[1].locations[0].physicalLocation.region).toMatchObject({ startLine: 4, startColumn: 7 });
    expect(results[2].locations[0].physicalLocation.region).toBeUndefined();
    expect(results).toHaveLength(5);
    expect(under(results[3].locations[0])).toBe('"targets"');
    const side = { uri: 'y.csv', uriBaseId: '%SRCROOT%' };
    expect(results[3].relatedLocations[0].physicalLocation).toEqual({
      artifactLocation: side,
      region: { startLine: 3 },
    });
    expect(results[4].relatedLocations[0].physicalLocation).toEqual({
      artifactLocation: side,
      region: { startLine: 7 },
    });
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications).toHaveLength(1);
  });
});

test.each(['[a](http://x)', '{0}', '\u001b[31m', '<script>', '\ud800', 'a\nb', '`|$'])(
  '%j is only text',
  (evil) => {
    const bad = obligation('critical', 'fails', 'exact', evil, { witness: { parameter: evil } });
    const { results } = run([failing('x', 1, { obligations: [bad] })]);
    const { text } = results[0].message;
    expect(text).not.toMatch(/\]\(|(?<!\{)\{\d+\}(?!\})|\p{Cc}/u);
  },
);
