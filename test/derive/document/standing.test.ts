import { describe, expect, it } from 'vitest';
import { prove } from '../../../proofs/index.ts';
import { evaluateProof } from '../../../src/check/proof-values.ts';
import { derive } from '../../../src/derive/derive.ts';
import { buildDerivation } from '../../../src/derive/document/build.ts';
import type { DerivationDocument } from '../../../src/derive/document/model.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { resultById } from '../../../theorems/index.ts';
import { documentOf, smallInstance } from './cases.ts';

const stepOf = ({ steps }: DerivationDocument, id: string) => steps.find((step) => step.id === id)!;
const wordsOf = (document: DerivationDocument, id: string) =>
  stepOf(document, id)
    .annotation!.detail.map((piece) => (piece.kind === 'math' ? piece.formula.text : piece.text))
    .join('');

const INSTANCE = {
  name: 'x',
  file: null,
  sha256: null,
  m: 1,
  dx: 1,
  dy: 1,
  parameters: 1,
  model: 'expression',
  loss: 'squared',
};

describe('what breaks', () => {
  it('a kink: the first line that used differentiability, and all that rest on it; the others hold', async () => {
    const document = await documentOf('theorem-1', 'examples/kink.json');
    expect(document.verdict!.broken).toEqual({
      hypotheses: ['differentiable'],
      first: 'T1.1',
      firstFalse: null,
      rests: ['T1.1', 'T1.4', 'T1.5', 'T1.6', 'T1.7', 'T1.8', 'T1.9'],
    });
    expect(stepOf(document, 'T1.2').annotation).toMatchObject({ status: 'holds', tier: 'symbolic' });
    expect(wordsOf(document, 'T1.1')).toBe(
      'not justified here: it rests on differentiable, which fails here',
    );
    const reference = stepOf(document, 'T1.1').annotation!.detail.find(({ kind }) => kind === 'reference');
    expect(reference).toEqual({ kind: 'reference', to: 'if-differentiable', text: 'differentiable' });
  });

  it('a gradient that is not 0: the line whose numbers show it', async () => {
    const document = await documentOf('theorem-1', 'examples/almost-critical.json');
    const { broken } = document.verdict!;
    expect(broken).toMatchObject({ hypotheses: ['critical'], first: 'T1.5', firstFalse: 'T1.5' });
    const { status, lines } = stepOf(document, 'T1.5').annotation!;
    expect(status).toBe('fails');
    expect(lines[0]).toMatchObject({ truth: 'false', right: '0' });
    // What is shown is the exact number, not a rounded one.
    expect(lines[0]!.left).toBe('1/3000000000 ≈ 3.33333333333e-10');
    // T1.4 needs neither a critical point nor its numbers.
    expect(stepOf(document, 'T1.4').annotation).toMatchObject({ status: 'holds', tier: 'symbolic' });
  });

  it('an assumption that fails: nothing is claimed from it', async () => {
    const document = await documentOf('theorem-1', 'test/instances/I08.json');
    expect(document.verdict).toMatchObject({
      verdict: 'not-applicable',
      broken: { hypotheses: ['assumption-2'], first: 'T1.0' },
    });
    expect(stepOf(document, 'T1.0').annotation!.status).not.toBe('holds');
  });
});

describe('a line that is false where no hypothesis is known to fail', () => {
  it.each([
    [
      'undecided',
      'what it rests on',
      'false here by its numbers, so that not all that it rests on can hold: it rests on',
    ],
    ['undecided', 'about symbols that the instance does not name', 'it rests on'],
  ] as const)('%s: %s', async (status, detail, words) => {
    const proof = prove('theorem-1');
    const values = await evaluateProof(proof, await smallInstance());
    const hypotheses = values.hypotheses.map((each) =>
      each.id === 'critical' ? { ...each, status, detail } : each,
    );
    const steps = values.steps.map((each) =>
      each.id === 'T1.5' ? { ...each, status: 'fails' as const } : each,
    );
    const document = buildDerivation({
      result: resultById('theorem-1')!,
      proof,
      on: { instance: INSTANCE, values: { ...values, hypotheses, steps }, picture: null },
    });
    expect(wordsOf(document, 'T1.5').startsWith(words)).toBe(true);
    expect(wordsOf(document, 'T1.5')).toContain('critical, which is undecided here');
    const said = words.startsWith('false') ? 'fails' : 'undecided';
    expect(stepOf(document, 'T1.5').annotation!.status).toBe(said);
    expect(document.verdict!.verdict).toBe('undecided');
  });
});

describe('a deep linear network', () => {
  it.each(['I15', 'I24', 'I29'])('%s has other activations, which the document names', async (name) => {
    const document = await documentOf('deep-linear', `test/instances/${name}.json`);
    expect(document.verdict).toMatchObject({
      verdict: 'not-applicable',
      broken: { hypotheses: ['linear-activations'], first: 'P2.1', firstFalse: 'P2.1' },
    });
  });
});

describe('evidence', () => {
  it('numbers that contradict the proof are told, and not hidden behind it', async () => {
    const proof = prove('theorem-1');
    const values = await evaluateProof(proof, await smallInstance());
    const planted = values.steps.map((step) =>
      step.id === 'T1.7' ? { ...step, status: 'fails' as const, detail: '' } : step,
    );
    const document = buildDerivation({
      result: resultById('theorem-1')!,
      proof,
      on: { instance: INSTANCE, values: { ...values, steps: planted }, picture: null },
    });
    expect(stepOf(document, 'T1.7').annotation!.status).toBe('fails');
    expect(wordsOf(document, 'T1.7')).toContain('a contradiction, which is a bug');
  });

  it('of what a step rests on the weakest counts; what rests on nothing is symbolic', async () => {
    const document = await documentOf('theorem-1', 'examples/exact.json');
    const tiers = Object.fromEntries(document.steps.map(({ id, annotation }) => [id, annotation!.tier]));
    expect(tiers).toMatchObject({ 'T1.0': 'symbolic', 'T1.2': 'symbolic', 'T1.5': 'exact', 'T1.9': 'exact' });
    const lemma = await documentOf('lemma-e', 'examples/exact.json');
    expect(stepOf(lemma, 'LE.3d').annotation).toMatchObject({ status: 'holds' });
  });

  it('what is declared is assumed, all the way to the conclusion', async () => {
    const instance = await instanceFromObject({
      everymin: 1,
      name: 'declared',
      model: { type: 'expression', inputs: ['x'], parameters: ['a', 'b'], outputs: ['a*b*x'] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[0]] },
      parameters: { a: 0, b: 0 },
      declare: { 'local-minimum': true },
    });
    const document = await derive('theorem-2', instance);
    const minimum = document.hypotheses.find(({ id }) => id === 'local-minimum')!.annotation!;
    expect(document.steps.at(-1)!.annotation!.tier).toBe(minimum.tier);
    expect(document.verdict!.tier).toBe(minimum.tier);
  });

  it('of symbols that the instance does not name nothing is refuted', async () => {
    const document = await documentOf('lemma-0', 'examples/exact.json');
    const gradient = document.hypotheses.find(({ id }) => id === 'gradient')!.annotation!;
    expect(gradient.status).toBe('undecided');
    expect(document.steps.filter(({ annotation }) => annotation!.status === 'fails')).toEqual([]);
  });

  it('another kind of model: no step is marked, and the verdict says why', async () => {
    const document = await documentOf('example-2', 'test/instances/I34.json');
    expect(document.verdict!.verdict).toBe('not-applicable');
    expect(document.steps.every(({ annotation }) => annotation === undefined)).toBe(true);
  });
});

describe('a critical point next to θ', () => {
  it('is where the steps are evaluated, on its box', async () => {
    const instance = await instanceFromObject({
      everymin: 1,
      name: 'the square root of 2, nearly',
      model: { type: 'expression', inputs: ['x'], parameters: ['w'], outputs: ['w^2*x'] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[2]] },
      parameters: { w: Math.SQRT2 },
    });
    const near = await derive('theorem-1', instance);
    expect(near.verdict).toMatchObject({ verdict: 'holds', tier: 'certified', broken: null });
    expect(stepOf(near, 'T1.5').annotation).toMatchObject({ status: 'holds', tier: 'certified' });
    for (const { annotation } of near.steps)
      for (const line of annotation!.lines) expect(line.truth).not.toBe('false');
    expect(near.remarks.flat()).toContainEqual({
      kind: 'text',
      text: expect.stringContaining('enclosures at θ*, a critical point within'),
    });
    // θ itself is shown, since θ* is not known exactly.
    expect(near.symbols.find(({ id }) => id === 'v-theta')!.value).toBe('(≈ 1.41421)');

    const given = await derive('theorem-1', instance, { point: 'given' });
    expect(given.verdict!.broken).toMatchObject({ hypotheses: ['critical'], firstFalse: 'T1.5' });
  });
});
