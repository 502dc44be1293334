import { beforeAll, describe, expect, it } from 'vitest';
import { prove } from '../../../proofs/index.ts';
import { evaluateProof } from '../../../src/check/proof-values.ts';
import { derivation, findingsOf, withoutValues } from '../../../src/derive/derive.ts';
import type { DerivationDocument, Formula, Inline, Prose } from '../../../src/derive/document/model.ts';
import { assertPlainData } from '../../../src/derive/report/plain-data.ts';
import { CASES, documentOf, HOSTILE, hostileFindings, RESULTS, smallInstance } from './cases.ts';
import { RENDERERS } from './renderers.ts';

const PAIRS = CASES.flatMap(([file, ...results]) => results.map((result) => [result, file] as const));

describe.each(RESULTS)('%s in general', (id) => {
  it('is complete', async () => {
    const document = await documentOf(id);
    expect(document.result.id).toBe(id);
    expect(document.verdict).toBeNull();
    expectSound(document);
  });
  it.each(RENDERERS)('renders as $name', async ({ render, faults }) => {
    expectRendered(render(await documentOf(id)), faults);
  });
});

describe.each(PAIRS)('%s on %s', (id, file) => {
  let document: DerivationDocument;
  beforeAll(async () => {
    document = await documentOf(id, file);
  }, 60_000);

  it('is complete, and its marks agree with its hypotheses', () => {
    expectSound(document);
    expectHonest(document);
  });
  it.each(RENDERERS)('renders as $name', ({ render, faults }) => {
    expectRendered(render(document), faults);
  });
});

describe('what a user typed', () => {
  it.each(RENDERERS)('is inert as $name', async ({ render, faults, unsafe }) => {
    const document = derivation('theorem-1', await hostileFindings());
    const output = render(document);
    expectRendered(output, faults);
    const dangerous = HOSTILE.filter((words) => unsafe?.test(words) ?? true);
    expect(dangerous.length).toBeGreaterThan(4);
    for (const words of dangerous) expect(output).not.toContain(words);
  });
});

describe('a document', () => {
  it('is the same when its findings have been through JSON, as from a worker thread', async () => {
    const findings = await findingsOf('theorem-2', await smallInstance());
    const copy = JSON.parse(JSON.stringify(findings));
    const timeless = (document: DerivationDocument) => JSON.parse(JSON.stringify(document));
    expect(timeless(derivation('theorem-2', copy))).toEqual(timeless(derivation('theorem-2', findings)));
  });
  it('is of a result that has a proof', () => {
    expect(() => derivation('assumption-1')).toThrow(RangeError);
    expect(() => derivation('theorem-9')).toThrow('no result theorem-9 has a proof');
  });
  it('is written without numbers when the time was over', async () => {
    const { report } = await findingsOf('theorem-1', await smallInstance());
    const document = derivation('theorem-1', withoutValues('theorem-1', report));
    expect(document.verdict?.verdict).toBe('holds');
    expect(document.steps.every(({ annotation }) => annotation?.lines.length === 0)).toBe(true);
    expect(document.steps.at(-1)!.annotation!.status).toBe('holds');
    for (const { render } of RENDERERS)
      expect(render(document)).toMatch(/The time was up before the numbers at/);
  });
  it('says which numbers the time cut off, and what gives more', async () => {
    const { report, ...rest } = await findingsOf('theorem-1', await smallInstance());
    const values = await evaluateProof(prove('theorem-1'), await smallInstance(), {
      deadline: 0,
      checked: report,
    });
    expect(values.cut!.length).toBeGreaterThan(5);
    const document = derivation('theorem-1', { ...rest, report, values });
    expect(document.verdict!.verdict).toBe('holds');
    const sentence = `The time was up before the numbers of ${values.cut![0]} and of ${values.cut!.length - 1} more places`;
    for (const { name, render, faults } of RENDERERS) {
      const output = render(document).replace(/\s+/g, ' ');
      expect(output, name).toContain(sentence);
      expect(output, name).toContain('timeout SECONDS gives more');
      expect(faults?.(render(document)) ?? []).toEqual([]);
    }
    const whole = derivation('theorem-1', { ...rest, report });
    for (const { render } of RENDERERS) expect(render(whole)).not.toContain('The time was up');
  });
});

function expectRendered(output: string, faults: ((output: string) => readonly string[]) | undefined): void {
  expect(output.endsWith('\n')).toBe(true);
  expect(output).not.toMatch(/(?<![\\@\w])undefined(?!\w)|\[object |(?<!\w)NaN(?!\w)/);
  expect(faults?.(output) ?? []).toEqual([]);
}

/** Plain data; every link leads somewhere; every symbol that is printed is explained, and no two have one id. */
function expectSound(document: DerivationDocument): void {
  assertPlainData(document, 'document');
  const steps = [...document.steps, ...document.parts.flatMap((part) => part.steps)];
  const hypotheses = [...document.hypotheses, ...document.parts.flatMap((part) => part.hypotheses)];
  const anchored = [...steps, ...hypotheses, ...document.parts, ...document.axioms, ...document.errata];
  const anchors = anchored.map(({ anchor }) => anchor);
  expect(anchors.filter((anchor, k) => anchors.indexOf(anchor) !== k)).toEqual([]);
  expect(anchors.filter((anchor) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(anchor))).toEqual([]);
  const places = new Set(anchors);
  const ids = document.symbols.map(({ id }) => id);
  const symbols = new Set(ids);
  expect(symbols.size).toBe(ids.length);
  const errata = new Set(document.errata.map(({ id }) => id));
  const faults: string[] = [];
  visit(document, (node) => {
    if (isReference(node) && !places.has(node.to)) faults.push(`no place ${node.to}`);
    if ('anchor' in node && node.anchor !== null && !places.has(node.anchor as string))
      faults.push(`no place ${node.anchor}`);
    if (!('mathml' in node)) return;
    const { text, latex, typst, mathml } = node as Formula;
    for (const [, id] of mathml.matchAll(/data-symbol="([^"]*)"/g))
      if (!symbols.has(id!)) faults.push(`no symbol ${id} of ${text}`);
    if ([text, latex, typst, mathml].some((each) => each.trim() === '')) faults.push(`not written: ${text}`);
  });
  for (const { id, meaning } of document.symbols)
    if (wordsOf(meaning) === '') faults.push(`no meaning: ${id}`);
  for (const { id, kind, introduces, errata: at, reason } of steps) {
    if (introduces.length !== (kind === 'obtain' ? 1 : 0)) faults.push(`${id} introduces ${introduces}`);
    if (introduces.some((each) => !symbols.has(each))) faults.push(`${id} introduces what is not there`);
    if (at.some((each) => !errata.has(each))) faults.push(`${id} has errata that are not there`);
    if (wordsOf(reason) === '') faults.push(`${id} has no reason`);
  }
  for (const script of [document.steps, ...document.parts.map((part) => part.steps)]) {
    for (const [k, { id, inForce, discharged }] of script.entries()) {
      for (const local of [...inForce, ...discharged]) {
        const origin = script.slice(0, k).find(({ anchor }) => anchor === local.anchor);
        const made = origin?.kind === 'suppose' || origin?.kind === 'obtain';
        if (!made || origin.id !== local.id || origin.claim.text !== local.claim.text)
          faults.push(`${id} has ${local.id} in force, which no step before it made`);
      }
    }
  }
  expect(faults).toEqual([]);
}

/** A step that rests on nothing but what holds holds, and no other is said to because of the proof. */
function expectHonest({ verdict, hypotheses, steps, conclusion }: DerivationDocument): void {
  const standing = new Map(hypotheses.map(({ id, annotation }) => [id, annotation?.status]));
  if (conclusion.annotation === undefined) {
    expect(verdict!.verdict).toBe('not-applicable');
    return;
  }
  for (const { id, kind, restsOn, annotation } of steps) {
    const { status, detail } = annotation!;
    if (kind === 'suppose') expect(status, id).toBe('supposed');
    else if (restsOn.every((each) => standing.get(each) === 'holds')) expect(status, id).toBe('holds');
    else if (status === 'holds') expect(wordsOf(detail), id).toContain('by its numbers');
  }
  const failing = hypotheses.filter(({ annotation }) => annotation?.status === 'fails').map(({ id }) => id);
  expect(verdict!.broken?.hypotheses ?? []).toEqual(failing);
  if (verdict!.verdict === 'holds') expect(conclusion.annotation.status).toBe('holds');
  const { broken } = verdict!;
  if (!broken) return;
  for (const { id, kind, restsOn } of steps) {
    const rests = kind !== 'suppose' && restsOn.some((each) => failing.includes(each));
    expect(broken.rests.includes(id), id).toBe(rests);
  }
  expect(broken.first).toBe(broken.rests[0] ?? null);
}

const wordsOf = (content: Prose): string =>
  content.map((piece) => (piece.kind === 'math' ? piece.formula.text : piece.text)).join('');

const isReference = (node: object): node is Extract<Inline, { kind: 'reference' }> =>
  'kind' in node && node.kind === 'reference' && 'to' in node;

function visit(value: unknown, look: (node: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  look(value);
  for (const each of Object.values(value)) visit(each, look);
}
