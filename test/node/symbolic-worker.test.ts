import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/kernel/rational.ts';
import { buildModel } from '../../src/models/index.ts';
import { nerdamerFactoriser, z3Solver } from '../../src/node/symbolic-worker.ts';
import { assumption1, settingFor } from '../../src/symbolic/assumption-1.ts';
import { assumption2, checkAssumption2 } from '../../src/symbolic/assumption-2.ts';
import { hessianProblem } from '../../src/symbolic/hessian-psd/solver.ts';
import { type Factoriser, proposeDenominators } from '../../src/symbolic/propose-denominators.ts';
import { expressionLoss, rows } from '../symbolic/losses.ts';

/** Convex, but not by a rule: a sum of log-convex functions less a constant. */
const HARD = 'log(exp(q1)+exp(q2)+2-1)';

describe('z3 in a worker', () => {
  it('decides Hessians that the rules do not, as certified evidence only', async () => {
    const loss = await expressionLoss(HARD, 2);
    const alone = await assumption1(loss, rows('0 0'), { deadlineMs: 20_000 });
    expect(alone.status, alone.detail).toBe('undecided');
    const asked = await assumption1(loss, rows('0 0'), { deadlineMs: 60_000, solver: z3Solver });
    expect([asked.status, asked.tier], asked.detail).toEqual(['holds', 'certified']);
    expect(asked.detail).toContain('z3');
  });

  it('does not claim convexity where there is none', async () => {
    for (const [expression, dy] of [
      ['q1^4+q2^4-6*q1^2*q2^2', 2],
      ['exp(q1)-q1^2', 1],
    ] as const) {
      const problem = hessianProblem(
        settingFor(await expressionLoss(expression, dy), rows(dy === 2 ? '0 0' : '0')[0]!),
      )!;
      expect(await z3Solver.solve(problem, 20_000)).not.toBe('unsat');
    }
  });

  it('answers unknown when the time is up or the problem is malformed', async () => {
    expect(await z3Solver.solve('(nonsense', 20_000)).toBe('unknown');
    expect(await z3Solver.solve('(assert true)', 0)).toBe('unknown');
  });
});

describe('nerdamer in a worker', () => {
  const model = () =>
    buildModel(
      { type: 'expression', inputs: ['x'], parameters: ['t'], outputs: ['t*(1+t^2)*x'] } as { type: string },
      'model',
    );

  it('proposes the denominator of g = t(1+t²)/(1+3t²)', async () => {
    const m = await model();
    expect((await assumption2(m, [0], rows('1; 2'), { deadlineMs: 20_000 })).status).toBe('undecided');
    const found = await assumption2(m, [0], rows('1; 2'), {
      deadlineMs: 60_000,
      proposer: proposeDenominators(nerdamerFactoriser),
    });
    expect(found.status, found.detail).toBe('holds');
    if (found.status !== 'holds') return;
    expect(found.detail).toContain('/(3*t^2 + 1)');
    expect(checkAssumption2(m.graph, [0], rows('1; 2'), JSON.parse(JSON.stringify(found.certificate)))).toBe(
      true,
    );
  });

  it('is not believed', async () => {
    const liars: readonly Factoriser[] = [
      ...['t0', '3*(t0^2+2)*t0', 'x+1', 'exp(t0)', 'constructor', '1/0', '))', 't99', '', 't0^2+2'].map(
        (text) => async () => text,
      ),
      async () => undefined,
    ];
    for (const liar of liars) {
      const found = await assumption2(await model(), [0], rows('1; 2'), {
        deadlineMs: 20_000,
        proposer: proposeDenominators(liar),
      });
      expect(found.status).toBe('undecided');
    }
    const m = await buildModel(
      { type: 'expression', inputs: ['x'], parameters: ['t'], outputs: ['1+t^2'] } as { type: string },
      'model',
    );
    const parameters = [Rational.one];
    const found = await assumption2(m, [0], rows('1'), {
      deadlineMs: 20_000,
      parameters,
      proposer: proposeDenominators(async () => '2*t0'),
    });
    expect(found.status).toBe('undecided');
  });

  it('gives no answer when the time is up', async () => {
    expect(await nerdamerFactoriser('t0^2-1', -500)).toBeUndefined();
  });
});
