/** Each check on a case in which the defect is gone, or with the right claim in the place of the printed one. */
import { describe, expect, test } from 'vitest';
import { activationFindings, COORDINATEWISE, MIXED } from '../../../src/check/errata/activation.ts';
import {
  chainFindings,
  exponentFindings,
  shapeFindings,
} from '../../../src/check/errata/appendix-indices.ts';
import {
  jointFindings,
  nullSpaceFindings,
  originFindings,
  rangeOfSumFindings,
} from '../../../src/check/errata/basis.ts';
import { blockFormulaFindings } from '../../../src/check/errata/block-formula.ts';
import {
  crossEntropyFindings,
  kinkFindings,
  stratumFindings,
} from '../../../src/check/errata/differentiable.ts';
import { one, rational, zero } from '../../../src/check/errata/exact.ts';
import {
  footnoteFindings,
  representationFindings,
  skipSourceFindings,
} from '../../../src/check/errata/examples.ts';
import { type Findings, statusOf } from '../../../src/check/errata/finding.ts';
import { improvementFindings } from '../../../src/check/errata/improvement.ts';
import { erratumChecks } from '../../../src/check/errata/index.ts';
import { normBoundFindings } from '../../../src/check/errata/norm-bound.ts';
import { orderFindings } from '../../../src/check/errata/order-of-choice.ts';
import {
  decoupledFindings,
  dimensionConditionFindings,
} from '../../../src/check/errata/residual-dimensions.ts';
import {
  dimensionFindings,
  lastSetFindings,
  linearModelFindings,
  rangeOfTFindings,
  weightsOfConditionFindings,
} from '../../../src/check/errata/theorem-4-statement.ts';

type Mutant = readonly [id: string, what: string, run: () => Findings | Promise<Findings>];

const allWidths = { widths: [4, 4, 4, 4, 4, 4], linear: [4, 4, 4, 4, 4, 4] };

/** The printed side is borne out: nothing is wrong there. */
const HARMLESS: readonly Mutant[] = [
  ['1', 'widths equal to dy', () => blockFormulaFindings({ spare: 0 })],
  [
    '1',
    'the larger blocks as the printed ones',
    () => blockFormulaFindings({ printed: (net, l) => net.linear[l]! }),
  ],
  ['2', 'a coordinatewise activation', () => activationFindings(COORDINATEWISE)],
  ['3', 'one perturbed layer', () => normBoundFindings({ depths: [1] })],
  ['4a', 'the range from l + 2', () => chainFindings({ from: 3 })],
  ['4c', 'a layer t that happens to be the exponent', () => exponentFindings({ l: 1, top: 6, t: 2 })],
  ['4c', 'no factor, and t = 0', () => exponentFindings({ l: 0, top: 3, t: 0 })],
  ['5a', 't = 1', () => rangeOfTFindings({ t: 1 })],
  ['5b', 'condition 2 up to layer H', () => lastSetFindings({ last: 2 })],
  ['5c', 'θ′ = θ', () => weightsOfConditionFindings({ step: '0' })],
  ['5d', 't = H and dy = 1', () => dimensionFindings({ t: 2 })],
  ['5e', 'dy = 1', () => linearModelFindings({ dy: 1 })],
  ['5f', 'dx = dy', () => decoupledFindings({ dx: 2, dy: 2 })],
  ['5g', '|S| = |S′|', () => rangeOfSumFindings({ points: 2 })],
  ['5h', 'f = 0', () => originFindings({ w: 0 })],
  ['6', 'no case at all', () => dimensionConditionFindings([])],
  ['10', 'f_X = (t_1, t_2), whose image is the plane', () => stratumFindings(plane)],
  ['12', 'dz = 1, where one vector spans', () => orderFindings({ dz: 1 })],
  ['13', 'a positive diagonal', () => footnoteFindings({ diagonal: 2 })],
  ['14a', 'no skip connection', () => representationFindings({ last: 1, skip: 0 })],
  ['14b', 'no output', () => skipSourceFindings({ last: 0, skip: 0 })],
  ['14c', 'equal widths and a short vector', () => nullSpaceFindings({ widths: [2, 2, 2], size: '1/2' })],
  ['18', 'the minus sign as printed', () => crossEntropyFindings({ sign: '-' })],
  ['4b', 'all widths and sets equal', () => shapeFindings({ ...allWidths, parameters: 4, points: 1 })],
  ['9', 'relu(w_1 x), not differentiable at 0', () => kinkFindings({ output: 'relu(w1*x) + 0*w2' })],
  [
    '11',
    'the same line twice',
    () =>
      jointFindings({
        lines: [
          [1, 1],
          [2, 2],
        ],
      }),
  ],
];

const plane = {
  outputs: ['t1', 't2'] as const,
  stratum: [
    [one, zero],
    [zero, one],
  ],
};

/** The mend is wrong, or the case does not satisfy what the comparison rests on. */
const BROKEN: readonly Mutant[] = [
  [
    '2',
    'a point that is not critical',
    () => activationFindings({ ...MIXED, parameters: { a: 1, c: 1, r1: 1, r2: 0 } }),
  ],
  [
    '2',
    'a slice that contains the scaling',
    () => activationFindings({ ...MIXED, slice: ['a', 'c', 'r1', 'r2'] }),
  ],
  ['2', 'called coordinatewise', () => activationFindings({ ...MIXED, coordinatewise: true })],
  ['8', 'a point that is no local minimum', () => improvementFindings(descending)],
  ['9', 'a model without kinks', () => kinkFindings({ output: 'w2*w1*x' })],
  [
    '11',
    'lines that differ at a sample',
    () =>
      jointFindings({
        lines: [
          [1, 1],
          [1, 0],
        ],
      }),
  ],
];

/** ∂f/∂u = W R x³ is no feature, and lowers the loss: the point is not critical. */
const descending = {
  z: 'x^2 + u*x^3',
  inputs: [1, 2, 3],
  targets: [1, 0, 5],
  parameters: { W: 1, R: 1, u: 0 },
};

describe('refuted where the defect is gone', () => {
  test.each(HARMLESS)('erratum-%s: %s', async (_id, _what, run) => {
    const findings = await run();
    for (const { printed } of findings.comparisons) expect(printed.holds).toBe(true);
    expect(statusOf(findings)).toBe('refuted');
  });
});

describe('refuted where the mend fails or the case is not as said', () => {
  test.each(BROKEN)('erratum-%s: %s', async (_id, _what, run) => {
    const findings = await run();
    const facts = (findings.facts ?? []).map(({ holds }) => holds);
    expect([...facts, ...findings.comparisons.map(({ right }) => right.holds)]).toContain(false);
    expect(statusOf(findings)).toBe('refuted');
  });
});

test('every check has a mutant', () => {
  const mutated = new Set([...HARMLESS, ...BROKEN].map(([id]) => `erratum-${id}`));
  expect([...Object.keys(erratumChecks)].filter((id) => !mutated.has(id))).toEqual([]);
});

describe('one line alone does not confirm', () => {
  test('the defect of erratum-1 needs H ≥ t + 2: the random networks say so for both kinds of block', async () => {
    const { facts } = await blockFormulaFindings({ networks: 10 });
    expect(facts!.find(({ claim }) => claim.includes('H = t + 1'))).toMatchObject({
      value: '10',
      holds: true,
    });
  });

  test('erratum-8 stands on a critical point', async () => {
    const { facts } = await improvementFindings(descending);
    expect(facts!.filter(({ holds }) => !holds).map(({ claim }) => claim)).toEqual([
      'both points are critical',
    ]);
  });

  test('erratum-10 with the stratum said to be an axis that does not hold T', async () => {
    const { comparisons } = await stratumFindings({
      outputs: ['t1', 't1*t2'],
      stratum: [[zero, rational(1)]],
    });
    expect(comparisons[0]!.printed.holds).toBe(false);
  });
});
