import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernel/rational.ts';
import { buildLoss } from '../../src/losses/index.ts';
import { assumption1, checkAssumption1 } from '../../src/symbolic/assumption-1.ts';
import { replayRefutation } from '../../src/symbolic/refutation.ts';
import { differentiableLoss } from '../../src/symbolic/smoothness.ts';
import { expressionLoss, rows } from './losses.ts';

const limits = { deadlineMs: 10_000 };

const HOLDS: readonly (readonly [expression: string, dy: number, targets: string])[] = [
  ['log(1+exp(-y1*q1))', 1, '1; -1; 1/3'],
  ['q1^4', 1, '0'],
  ['(q1-y1)^4', 1, '2; -1/3'],
  ['exp(q1)+exp(-q1)', 1, '0'],
  ['log(exp(q1)+exp(q2)+exp(q3))-q2', 3, '1 2 3'],
  ['sqrt(1+q1^2)', 1, '0'],
  ['sqrt(1+(q1-y1)^2+3*(q2-y2)^2)', 2, '1 -1'],
  ['max(0,1-y1*q1)^2', 1, '1; -1'],
  ['max(0,1-y1*q1)^3+q1^2/8', 1, '1; -1'],
  ['relu(q1)^2+abs(q1)^3', 1, '0'],
  ['abs(q1)*abs(q1)*abs(q1)', 1, '0'],
  ['exp(q1^2)+log(exp(q1)+exp(2*q1)/7)', 1, '0'],
  ['-log(1/(1+exp(-q1)))', 1, '0'],
  ['-y1*log(1/(1+exp(-q1)))-(1-y1)*log(1-1/(1+exp(-q1)))', 1, '0; 1; 1/3'],
  ['log(exp(q1)+exp(-q1))', 1, '0'],
  ['q1^4+q1^3+q1^2', 1, '0'],
  ['(q1^2+1)^2-q1^2', 1, '0'],
  ['q1^2+q2^2-19/10*q1*q2', 2, '0 0'],
  ['q1^4+q2^4+q1^2*q2^2', 2, '0 0'],
  ['(q1^2+q2^2)^2+(q1*q2)^2', 2, '0 0'],
  ['q1^2/2-max(0,abs(q1)-1)^2/2', 1, '0'],
  ['q1^2/(1+exp(y1))', 1, '2'],
  ['(q1-y1)^2*y1-7', 1, '0; 3'],
  ['-log(1+q1^2)+q1^2', 1, '0'],
  ['q1-q1', 1, '0'],
  ['relu(exp(q1))', 1, '0'],
  ['-sin(y1)*0+y1*q1', 1, '5'],
];

const FAILS: readonly (readonly [expression: string, dy: number, targets: string, kind: string])[] = [
  ['3*q1^4-4*q1^3-12*q1^2+32', 1, '0', 'not convex'],
  ['max(0,2*abs(q1)-q2+1)', 2, '0 0', 'not differentiable'],
  ['q1^3', 1, '0', 'not convex'],
  ['q1*q2', 2, '0 0', 'not convex'],
  ['sin(q1)', 1, '0', 'not convex'],
  ['1/q1', 1, '0', 'not defined'],
  ['sqrt(q1)', 1, '0', 'not defined'],
  ['log(q1)', 1, '0', 'not defined'],
  ['0*log(q1)+q1^2', 1, '0', 'not defined'],
  ['q1^2/(q1-y1)', 1, '1/3', 'not defined'],
  ['q1^2*q2^2', 2, '0 0', 'not convex'],
  ['(1+q1^2)*(1+q2^2)', 2, '0 0', 'not convex'],
  ['max(0,1-y1*q1)', 1, '1', 'not differentiable'],
  ['abs(q1-y1)', 1, '1/3', 'not differentiable'],
  ['sqrt(q1^2+q2^2)', 2, '0 0', 'not differentiable'],
  ['max(q1,q2)', 2, '0 0', 'not differentiable'],
  ['exp(-q1^2)', 1, '0', 'not convex'],
  ['log(q1^2+1)', 1, '0', 'not convex'],
  ['q1^2/(1+q1^2)', 1, '0', 'not convex'],
  ['q1^4-q1^2/1000', 1, '0', 'not convex'],
  ['q1^2-q1^4/100', 1, '0', 'not convex'],
  ['exp(q1)-q1^2/4', 1, '0', 'not convex'],
  ['(tanh(q1)-y1)^2', 1, '1', 'not convex'],
  ['abs(q1)*q1', 1, '0', 'not convex'],
  ['q1^2+q2^2-21/10*q1*q2', 2, '0 0', 'not convex'],
  ['y1*q1^2', 1, '1; -1', 'not convex'],
  ['exp(-abs(q1))+q1^2/10', 1, '0', 'not differentiable'],
  ['-log(1+q1^2)+q1^2*9/10', 1, '0', 'not convex'],
];

describe('assumption 1', () => {
  it.each(HOLDS)('holds for %s', async (expression, dy, targets) => {
    const loss = await expressionLoss(expression, dy);
    const result = await assumption1(loss, rows(targets), limits);
    expect([result.status, result.tier], result.detail).toEqual(['holds', 'symbolic']);
    const certificate: unknown = JSON.parse(JSON.stringify(result.certificate));
    expect(checkAssumption1(loss, rows(targets), certificate)).toEqual({ accepted: true });
  });

  it.each(FAILS)('fails for %s', async (expression, dy, targets, kind) => {
    const loss = await expressionLoss(expression, dy);
    const result = await assumption1(loss, rows(targets), limits);
    expect(result.status, result.detail).toBe('fails');
    const { refutation } = JSON.parse(JSON.stringify(result.witness));
    expect(refutation.kind).toBe(kind);
    expect(replayRefutation(loss.graph, refutation)?.tier).toBe(result.tier);
  });

  it.each([
    ['squared', {}, 3, '1 2 3'],
    ['cross-entropy', {}, 4, '1 0 0 0; 1/2 1/4 1/4 0'],
    ['smoothed-hinge', { p: 2 }, 1, '1; -1'],
    ['smoothed-hinge', { p: 5 }, 1, '1; -1'],
  ])('holds for every target of the named loss %s', async (type, spec, dy, targets) => {
    const loss = await buildLoss({ type, ...spec }, 'loss', dy);
    const result = await assumption1(loss, rows(targets), limits);
    expect([result.status, result.tier, result.certificate?.proofs.map(({ target }) => target)]).toEqual([
      'holds',
      'symbolic',
      [null],
    ]);
    expect(result.detail).toContain('for every target');
    expect(checkAssumption1(loss, rows(targets), result.certificate)).toEqual({ accepted: true });
  });

  it('covers a target only if the certificate speaks of it', async () => {
    const loss = await expressionLoss('q1^4+y1*q1^3+q1^2');
    const result = await assumption1(loss, rows('1; 1/2'), limits);
    expect(result.status).toBe('holds');
    expect(checkAssumption1(loss, rows('1; 1/2'), result.certificate).accepted).toBe(true);
    expect(checkAssumption1(loss, rows('1; 2'), result.certificate).accepted).toBe(false);
    expect((await assumption1(loss, rows('1; 2'), limits)).status).toBe('fails');
  });

  it('does not let a distribution stand for other targets', async () => {
    const loss = await buildLoss({ type: 'cross-entropy' }, 'loss', 2);
    const proof = (await assumption1(loss, rows('1 0'), limits)).certificate;
    expect(checkAssumption1(loss, rows('1 0; 1/3 2/3'), proof).accepted).toBe(true);
    expect(checkAssumption1(loss, rows('2 -1'), proof).accepted).toBe(false);
  });

  it('is undecided, not refuted, where a kink lies at an irrational point', async () => {
    const result = await assumption1(await expressionLoss('max(q1^2,2)'), rows('0'), limits);
    expect(result.status).toBe('undecided');
    expect(result.detail).toContain('differentiability');
  });

  it('is undecided, with what intervals show on a box, where no rule reaches', async () => {
    const result = await assumption1(await expressionLoss('(exp(q1)+q1)^2'), rows('0'), limits);
    expect(result.status).toBe('undecided');
    expect(result.detail).toMatch(/^convexity .* intervals prove it on the box \|q_k\| ≤ \d only$/);
  });

  it('says so when the time is up', async () => {
    const result = await assumption1(await expressionLoss('q1^4+q1^3+q1^2'), rows('0'), { deadlineMs: -1 });
    expect([result.status, result.detail]).toEqual([
      'undecided',
      'no answer within the time limit after 0 of 1 targets',
    ]);
  });

  it('derives differentiability alone for losses that are not convex', async () => {
    expect(differentiableLoss(await expressionLoss('sin(q1)+q1*abs(q1)'))).toBeDefined();
    expect(differentiableLoss(await expressionLoss('abs(q1)'))).toBeUndefined();
    expect(differentiableLoss(await expressionLoss('relu(q1)*relu(1-q1)'))).toBeUndefined();
    expect(differentiableLoss(await expressionLoss('1/(q1-q1+1)'))).toBeUndefined();
    expect(differentiableLoss(await expressionLoss('1/(q1-q1+1)'), [Rational.zero])).toBeDefined();
  });
});

describe('replayed refutations', () => {
  it('refuses a witness that shows nothing', async () => {
    const { graph } = await expressionLoss('abs(q1)+q1^2');
    const y = ['0'];
    const shows = (refutation: Parameters<typeof replayRefutation>[1]) =>
      replayRefutation(graph, refutation) !== undefined;
    expect(shows({ kind: 'not differentiable', y, point: ['0'], direction: ['1'] })).toBe(true);
    expect(shows({ kind: 'not differentiable', y, point: ['1'], direction: ['1'] })).toBe(false);
    expect(shows({ kind: 'not differentiable', y, point: ['0'], direction: ['0'] })).toBe(false);
    expect(shows({ kind: 'not convex', y, a: ['-1'], b: ['1'], t: '1/2' })).toBe(false);
    expect(shows({ kind: 'not defined', y, point: ['0'], node: 0 })).toBe(false);
    const concave = (await expressionLoss('-q1^2')).graph;
    expect(replayRefutation(concave, { kind: 'not convex', y, a: ['-1'], b: ['1'], t: '1/2' })?.tier).toBe(
      'exact',
    );
    for (const t of ['0', '1', '2', '-1'])
      expect(replayRefutation(concave, { kind: 'not convex', y, a: ['-1'], b: ['1'], t })).toBeUndefined();
  });
});
