import { expect, it } from 'vitest';
import type { Rational } from '../../src/kernel/rational.ts';
import { assumption1, settingFor } from '../../src/symbolic/assumption-1.ts';
import { checkCurvature, checkSmoothness, RULES } from '../../src/symbolic/curvature/check.ts';
import {
  type Derivation,
  impliedBy,
  PROPERTIES,
  type Setting,
  type Step,
} from '../../src/symbolic/curvature/claim.ts';
import { contradiction } from './claim-oracle.ts';
import { expressionLoss, rows } from './losses.ts';

const LOSSES: readonly (readonly [expression: string, dy: number, target: string])[] = [
  ['log(1+exp(-y1*q1))', 1, '1'],
  ['max(0,1-y1*q1)^2', 1, '-1'],
  ['sqrt(1+(q1-y1)^2)', 1, '2'],
  ['q1^4+q1^3+q1^2', 1, '0'],
  ['q1^2+q2^2-19/10*q1*q2', 2, '0 0'],
  ['q1^4+q2^4+q1^2*q2^2', 2, '0 0'],
  ['q1^2/2-max(0,abs(q1)-1)^2/2', 1, '0'],
  ['-log(1-1/(1+exp(-q1)))', 1, '0'],
  ['1/(2-tanh(q1)^2)+q1^2*8', 1, '0'],
];

interface Mutant {
  readonly what: string;
  readonly derivation: unknown;
  /** the step that was changed, when it is still a step */
  readonly changed?: Step;
}

/** Every field of every step, changed in every way that keeps the type (and some that do not). */
function* mutants(derivation: Derivation, nodes: number): Generator<Mutant> {
  const replaced = (at: number, step: unknown): unknown[] =>
    derivation.map((old, k) => (k === at ? step : old));
  for (const [at, step] of derivation.entries()) {
    const change = (what: string, changed: Step): Mutant => ({
      what: `step ${at}: ${what}`,
      derivation: replaced(at, changed),
      changed,
    });
    yield { what: `step ${at} left out`, derivation: derivation.filter((_, k) => k !== at) };
    yield { what: `step ${at}: null`, derivation: replaced(at, null) };
    for (const node of [step.node + 1, step.node - 1, nodes, -1, 0.5])
      yield change(`node ${node}`, { ...step, node });
    for (const rule of RULES.keys()) if (rule !== step.rule) yield change(`rule ${rule}`, { ...step, rule });
    yield change('rule toString', { ...step, rule: 'toString' });
    if (typeof step.claim === 'string') {
      for (const claim of PROPERTIES)
        if (claim !== step.claim) yield change(`claim ${claim}`, { ...step, claim });
    } else {
      const { lower, upper } = step.claim.range;
      for (const range of [
        { lower: ['7/3', 'closed'] as const, upper },
        { lower, upper: ['-7/3', 'closed'] as const },
        { lower: lower && ([lower[0], 'open'] as const), upper },
        { lower, upper: upper && ([upper[0], 'open'] as const) },
        { lower: ['NaN', 'closed'] as const, upper },
      ])
        if (JSON.stringify(range) !== JSON.stringify(step.claim.range))
          yield change(`range ${JSON.stringify(range)}`, { ...step, claim: { range } });
    }
    for (const k of step.premises.keys())
      yield change(`premise ${k} left out`, { ...step, premises: step.premises.filter((_, j) => j !== k) });
    yield change('premises ahead', { ...step, premises: [at] });
    for (const evidence of evidenceMutants(step.evidence))
      yield change(`evidence ${JSON.stringify(evidence).slice(0, 60)}`, { ...step, evidence });
  }
}

function* evidenceMutants(evidence: unknown): Generator<unknown> {
  if (evidence === undefined) return;
  yield null;
  yield {};
  const { breaks, basis, gram } = evidence as { breaks?: string[]; basis?: unknown[]; gram?: string[][] };
  if (breaks) {
    yield { breaks: breaks.slice(1) };
    yield { breaks: [...breaks].reverse() };
    yield { breaks: breaks.map((text) => `${text}1`) };
    yield { breaks: ['1/7'] };
  }
  if (basis && gram) {
    yield { basis: basis.slice(1), gram: gram.slice(1).map((row) => row.slice(1)) };
    yield {
      basis: [...basis].reverse(),
      gram: gram.map((row, i) => row.map((entry, j) => (i === 0 && j === 0 ? '1/9' : entry))),
    };
    for (let i = 0; i < gram.length; i++)
      for (let j = 0; j < gram.length; j++)
        yield {
          basis,
          gram: gram.map((row, a) =>
            row.map((entry, b) => (a === i && b === j ? `-${entry.replace('-', '')}1` : entry)),
          ),
        };
  }
}

/** Why a mutant may be accepted: it is another correct derivation of the same conclusion. */
function reason(
  setting: Setting,
  y: readonly Rational[],
  { changed, derivation }: Mutant,
): string | undefined {
  if (!changed) return Array.isArray(derivation) ? 'a step that nothing needs' : undefined;
  if (contradiction(setting, y, changed.node, changed.claim) !== undefined) return undefined;
  return 'the changed step is true and its rule derives it';
}

it('every mutant of a derivation is refused, or is another correct derivation', async () => {
  let killed = 0;
  const survivors = new Map<string, number>();
  for (const [expression, dy, target] of LOSSES) {
    const loss = await expressionLoss(expression, dy);
    const y = rows(target)[0]!;
    const result = await assumption1(loss, [y], { deadlineMs: 60_000 });
    expect(result.status, expression).toBe('holds');
    const proof = result.certificate!.proofs[0]!;
    const setting = settingFor(loss, y);
    for (const [check, derivation, conclusion] of [
      [checkCurvature, proof.convex, 'convex'],
      [checkSmoothness, proof.differentiable, 'differentiable'],
    ] as const) {
      expect(check(setting, derivation)).toEqual({ accepted: true });
      for (const mutant of mutants(derivation, loss.graph.nodes.length)) {
        if (!check(setting, mutant.derivation).accepted) {
          killed++;
          continue;
        }
        const why = reason(setting, y, mutant);
        expect(why, `${expression}: ${mutant.what}`).toBeDefined();
        survivors.set(why!, (survivors.get(why!) ?? 0) + 1);
        const last = (mutant.derivation as Derivation).at(-1)!;
        expect([last.node, impliedBy(conclusion).includes(last.claim as 'convex')]).toEqual([
          loss.graph.outputs[0],
          true,
        ]);
      }
    }
  }
  const survived = [...survivors.values()].reduce((a, b) => a + b, 0);
  expect(killed).toBeGreaterThan(4000);
  expect(survived / (killed + survived)).toBeLessThan(0.05);
});

it('refuses what is not a derivation', async () => {
  const setting = settingFor(await expressionLoss('q1^2'), null);
  for (const junk of [
    undefined,
    null,
    1,
    'x',
    {},
    [],
    [[]],
    [{}],
    [{ node: 0 }],
    [{ node: 0, claim: 'affine', rule: 'leaf' }],
  ])
    expect(checkCurvature(setting, junk).accepted).toBe(false);
});
