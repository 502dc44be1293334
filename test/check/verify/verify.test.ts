import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../../src/check/index.ts';
import type { Report } from '../../../src/check/report.ts';
import { verifiedKinds, verifyReport } from '../../../src/check/verify/index.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { generator } from '../../random.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { families } from '../soundness/campaign.ts';

interface Sample {
  readonly name: string;
  readonly instance: Instance;
  readonly report: Report;
}

const folder = new URL('../../instances/', import.meta.url);

/** Kinds that the other instances do not show. */
const more: readonly object[] = [
  instanceOf(['t^2 + 1'], { t: 0 }, [[1]], [[0]], { loss: { type: 'expression', expression: 'sin(q1)' } }),
  instanceOf(['tanh(a*x) + b'], { a: 0.5, b: 0.25 }, [[1], [2], [0]], [[1], [0], [1]]),
  instanceOf(['abs(a) + 1'], { a: 1 }, [[1]], [[1]]),
  instanceOf(['b*relu(a)'], { a: 0, b: 0 }, [[1]], [[1]]),
  instanceOf(['a*tanh(b*x)'], { a: 1.2, b: 1 }, [[1], [-2]], [[1], ['1/2']]),
];

async function samples(): Promise<Sample[]> {
  const specs: [string, object][] = readdirSync(folder)
    .filter((file) => /^[IP]\w+\.json$/.test(file))
    .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object]);
  more.forEach((spec, k) => {
    specs.push([`more ${k}`, spec]);
  });
  families.forEach((family, k) => {
    specs.push([`family ${k}`, family(generator(90 + k)).spec]);
  });
  const made: Sample[] = [];
  for (const [name, spec] of specs) {
    const instance = await instanceFromObject(spec as never);
    made.push({ name, instance, report: await check(instance) });
  }
  return made;
}

/** Accepted mutants, each because it is true as well: the kind and the place, and why. */
const NEUTRAL: readonly (readonly [RegExp, string])[] = [
  [/^(derivation|curvature)\b.*\brange\.(lower|upper)/, 'a wider range is a weaker claim, and enough'],
  [/^derivation: twice$/, 'the last step is said twice'],
  [/^curvature proofs(\.\d+\.\w+)?: twice$/, 'the last step, or proof, is said twice'],
  [/^pulling-set set\.\d+\.\d+/, 'another vector of V[θ, ε] along which the forces pull'],
  [/^left-null-vector vector\.\d+/, 'another vector n with nᵀJ = 0 and nᵀf ≠ 0'],
  [/^signs-on-box radius/, 'a smaller box'],
  [/^kink-nearby (path|direction)\.\d+/, 'another path beside the same kink, or across it'],
  [/^kink direction\.\d+/, 'another direction across the same kink, with the same slopes'],
  [/^refutation refutation\.(direction|point)\.\d+/, 'another place on the same kink, with the same slopes'],
  [
    /^(derivation|curvature)\b.*\bpremises\.\d+$/,
    'another step that says as much, or that the rule does not need',
  ],
  [/^locally-linear sets\.\d+\.units$/, 'a smaller J that meets the conditions too'],
  [/^descent-curve terms\.\d+\.coefficient$/, 'another curve with the same change of L'],
  [/^(krawczyk|certified)-slice radii\.\d+/, 'a larger box holds a zero too'],
  [/^(krawczyk|certified)-slice symmetries\.\d+\.(from|to|unit)/, 'another symmetry that is cut as well'],
  [/^krawczyk radii\.\d+/, 'a larger box holds the zero too'],
  [/^image-subspace samples\.\d+\.\d+/, 'another basis of the space'],
];

/** Evidence that shows more than one thing. */
const MEANT = new Set([
  'smooth of differentiable: differentiable-nearby holds',
  'kink of differentiable: differentiable-nearby fails',
  'curvature of assumption-1: loss-differentiable holds',
  'partial of critical: conclusion fails', // of Lemma 2
  'partial of critical: local-minimum fails',
]);

type Path = readonly (string | number)[];

/** Every leaf of a value, and every list (which may lose its last entry) and object (which may gain one). */
function* places(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value))
    yield* places(entry, [...path, Array.isArray(value) ? Number(key) : key]);
}

const NUMBER = /^-?\d+(\/\d+)?$/;

/** Other values of the same shape in the place of one. */
function changed(value: unknown): unknown[] {
  if (typeof value === 'number')
    return [
      value + 1,
      -value - 1,
      Number.NaN,
      `${value}`,
      ...(Number.isInteger(value) ? [] : [value * 2, value / 1000]),
    ];
  if (typeof value === 'string') {
    if (!NUMBER.test(value)) return [`${value}x`, ''];
    return [value === '0' ? '1/7' : `-${value}`.replace('--', ''), 'NaN', `${value}1`, 1];
  }
  if (Array.isArray(value)) return [value.slice(0, -1), [...value, ...value.slice(-1)], null];
  if (typeof value === 'object' && value !== null) return [{ ...value, more: 1 }, null];
  return ['something'];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((entry, k) => (k === key ? replaced(entry, rest, by) : entry));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

/** One obligation of a report with other evidence. */
const withEvidence = (report: Report, r: number, o: number, evidence: unknown): Report => {
  const result = report.results[r]!;
  const obligation = result.obligations[o]!;
  const field = obligation.status === 'holds' ? 'certificate' : 'witness';
  return { ...report, results: [{ ...result, obligations: [{ ...obligation, [field]: evidence }] }] };
};

describe('certificates are checked twice', () => {
  let all: Sample[];
  const kinds = new Map<string, { sample: Sample; r: number; o: number; evidence: unknown }[]>();
  beforeAll(async () => {
    all = await samples();
    for (const sample of all) {
      for (const [r, result] of sample.report.results.entries()) {
        for (const [o, obligation] of result.obligations.entries()) {
          const evidence = obligation.status === 'holds' ? obligation.certificate : obligation.witness;
          if (evidence === undefined || evidence === null || obligation.status === 'undecided') continue;
          const alone = withEvidence(sample.report, r, o, evidence);
          const [found] = await verifyReport(sample.instance, alone);
          if (!found) continue;
          const list = kinds.get(found.kind) ?? [];
          if (list.length < 6 && !list.some((each) => same(each.evidence, evidence)))
            list.push({ sample, r, o, evidence });
          kinds.set(found.kind, list);
        }
      }
    }
  }, 300_000);

  it('verifies every report, and every kind was met', async () => {
    const faults: string[] = [];
    for (const { name, instance, report } of all) {
      for (const { outcome, kind, obligation, reason } of await verifyReport(instance, report))
        if (outcome === 'refused') faults.push(`${name}: ${obligation} by ${kind}: ${reason ?? ''}`);
    }
    expect(faults).toEqual([]);
    expect(verifiedKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  }, 300_000);

  it('refuses every mutant of every field', async () => {
    const accepted: string[] = [];
    const met = new Set<string>();
    const refused = new Set<string>();
    let count = 0;
    for (const [kind, list] of kinds) {
      if (!verifiedKinds.includes(kind)) continue;
      for (const { sample, r, o, evidence } of list) {
        for (const path of [...places(evidence)].slice(0, 60)) {
          const old = path.reduce<unknown>(
            (value, key) => (value as Record<string | number, unknown>)[key],
            evidence,
          );
          for (const by of changed(old)) {
            const mutant = replaced(evidence, path, by);
            if (same(mutant, evidence)) continue;
            count++;
            const report = withEvidence(sample.report, r, o, mutant);
            const outcomes = await verifyReport(sample.instance, report);
            if (outcomes.every(({ outcome }) => outcome !== 'verified')) {
              refused.add(kind);
              continue;
            }
            const twice = Array.isArray(old) && Array.isArray(by) && by.length > old.length;
            const place = `${[kind, path.join('.')].join(' ').trim()}${twice ? ': twice' : ''}`;
            const neutral = NEUTRAL.find(([places]) => places.test(place));
            if (neutral) met.add(neutral[1]);
            else accepted.push(`${place}: ${JSON.stringify(old)} → ${JSON.stringify(by)} (${sample.name})`);
          }
        }
      }
    }
    expect(count).toBeGreaterThan(500);
    expect(accepted).toEqual([]);
    expect([...refused].sort()).toEqual(verifiedKinds);
    expect([...met].sort()).toEqual(NEUTRAL.map(([, reason]) => reason).sort());
  }, 300_000);

  it('refuses evidence of one obligation for another', async () => {
    const ids = [
      ...new Set(
        all.flatMap(({ report }) => report.results.flatMap((each) => each.obligations.map(({ id }) => id))),
      ),
    ];
    const accepted: string[] = [];
    for (const [kind, list] of kinds) {
      if (!verifiedKinds.includes(kind)) continue;
      const { sample, r, o } = list[0]!;
      const result = sample.report.results[r]!;
      const obligation = result.obligations[o]!;
      for (const status of ['holds', 'fails'] as const) {
        for (const id of ids) {
          if (id === obligation.id && status === obligation.status) continue;
          const field = status === 'holds' ? 'certificate' : 'witness';
          const moved = { ...obligation, id, status, witness: null, [field]: list[0]!.evidence };
          const report = { ...sample.report, results: [{ ...result, obligations: [moved] }] };
          for (const { outcome } of await verifyReport(sample.instance, report))
            if (outcome === 'verified') accepted.push(`${kind} of ${obligation.id}: ${id} ${status}`);
        }
      }
    }
    expect(accepted.sort()).toEqual([...MEANT].sort());
  });
});
