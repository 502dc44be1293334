import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../src/check/errata/finding.ts';
import { erratumChecks, runAllErrata, runErratum } from '../../../src/check/errata/index.ts';
import { errata, erratumById } from '../../../theorems/errata.ts';
import { results } from '../../../theorems/index.ts';

/** The findings of the audit that are false statements, gaps or misprints, and one unused hypothesis (6). */
const FINDINGS: Readonly<Record<number, readonly string[]>> = {
  1: ['1'],
  2: ['2'],
  3: ['3'],
  4: ['4a', '4b', '4c'],
  5: ['5a', '5b', '5c', '5d', '5e', '5f', '5g', '5h'],
  6: ['6'],
  8: ['8'],
  9: ['9'],
  10: ['10'],
  11: ['11'],
  12: ['12'],
  13: ['13'],
  14: ['14a', '14b', '14c'],
  18: ['18'],
};

const ids = errata.map(({ id }) => id);

test('every finding has its entries, and every entry a check', () => {
  const expected = Object.values(FINDINGS).flatMap((letters) => letters.map((each) => `erratum-${each}`));
  expect(expected.length).toBe(25);
  expect([...ids].sort()).toEqual([...expected].sort());
  expect(Object.keys(erratumChecks)).toEqual(ids);
  const severities = Object.fromEntries(errata.map(({ id, severity }) => [id.slice(8), severity]));
  expect(severities).toMatchObject({ 1: 'F', 2: 'F', 3: 'G', '4b': 'I', 6: 'U', 8: 'F', 9: 'F', 10: 'F' });
  expect(severities).toMatchObject({ 11: 'G', 12: 'G', 13: 'F', '14a': 'F', 18: 'I' });
});

test('entries are frozen, name a result, and say what is printed and what is right', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.isFrozen(errata)).toBe(true);
  for (const erratum of errata) {
    expect(Object.isFrozen(erratum)).toBe(true);
    expect(results.map(({ id }) => id)).toContain(erratum.result);
    expect(erratum.printed).not.toBe(erratum.right);
    for (const text of [erratum.title, erratum.place, erratum.printed, erratum.right, erratum.text])
      expect(text.length).toBeGreaterThan(3);
    expect(erratumById(erratum.id)).toBe(erratum);
  }
  expect(erratumById('constructor')).toBeUndefined();
});

test('an unknown id is refused', async () => {
  for (const id of ['erratum-7', 'erratum-5', 'theorem-4', '__proto__', 'constructor', ''])
    await expect(runErratum(id)).rejects.toThrow(RangeError);
});

test('all are confirmed, and none is vacuous', async () => {
  const reports = await runAllErrata();
  expect(reports.map(({ erratum }) => erratum.id)).toEqual(ids);
  for (const { erratum, status, lines, facts, seconds } of reports) {
    expect(`${erratum.id} ${status}`).toBe(`${erratum.id} confirmed`);
    expect(lines.some(({ printedHolds }) => !printedHolds)).toBe(true);
    for (const { claim, printed, right, printedHolds } of lines) {
      expect(claim.length * printed.length * right.length).toBeGreaterThan(0);
      if (!printedHolds) expect(printed).not.toBe(right);
    }
    for (const { holds } of facts) expect(holds).toBe(true);
    expect(seconds).toBeGreaterThanOrEqual(0);
  }
});

test('a run is reproducible', async () => {
  const strip = ({ lines, facts }: Awaited<ReturnType<typeof runErratum>>) => ({ lines, facts });
  expect(strip(await runErratum('erratum-1'))).toEqual(strip(await runErratum('erratum-1')));
});

describe.each(ids)('%s', (id) => {
  test('is refuted when the printed side is the right one, when the right side is the printed one, and when a fact is false', async () => {
    const { comparisons, facts = [] } = await erratumChecks[id]!();
    expect(statusOf({ comparisons, facts })).toBe('confirmed');
    const corrected = comparisons.map((each) => ({ ...each, printed: each.right }));
    expect(statusOf({ comparisons: corrected, facts })).toBe('refuted');
    const swapped = comparisons.map((each) => ({ ...each, right: each.printed }));
    expect(statusOf({ comparisons: swapped, facts })).toBe('refuted');
    for (const [k, each] of facts.entries())
      expect(statusOf({ comparisons, facts: facts.with(k, { ...each, holds: false }) })).toBe('refuted');
    expect(statusOf({ comparisons: [], facts })).toBe('refuted');
  });
});

describe('the figures', () => {
  const pairs = async (id: string) =>
    (await runErratum(id)).lines.map(({ printed, right }) => `${printed} | ${right}`);
  const values = async (id: string) => (await runErratum(id)).facts.map(({ value }) => value);

  test('1: widths 1-2-2-1 and unit weights give 4, the printed formula 3, 3, 4; S leaves V by εb', async () => {
    expect(await pairs('erratum-1')).toEqual(['3 | 4', '3 | 4', '4 | 4', '0 | 40', '0 | 40', '2 | 201/100']);
    expect((await runErratum('erratum-1')).lines.map(({ printedHolds }) => printedHolds)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  test('2: L = 1 and the right side 0, minors 6, 128, 672; 1/3 without f̃', async () => {
    expect((await pairs('erratum-2'))[0]).toBe('1 | 0: nothing is claimed');
    expect(await values('erratum-2')).toEqual(expect.arrayContaining(['(6, 128, 672)', '1/3']));
  });

  test('3: ‖S_j‖² = K for b_{l+1} = 1', async () => {
    expect((await values('erratum-3')).filter((value) => value !== 'yes')).toEqual(['2', '3', '4']);
    expect(await pairs('erratum-3')).toEqual(new Array(3).fill('at most 1 | 1'));
  });

  test('6: the theorem holds for dy > dz, and fails for dy > dx with rank W = dx: 1 against 0', async () => {
    const { lines } = await runErratum('erratum-6');
    expect(lines.map(({ printed, right }) => `${printed} ${right}`)).toEqual(['no yes', 'no no']);
    expect(lines[1]!.claim).toMatch(/L\(θ\) = 1 and the right side \(S = \{0\}\) is 0/);
  });

  test('8: 19 with and without f̃', async () => {
    expect((await pairs('erratum-8'))[0]).toBe('less than 19 | 19');
    expect((await pairs('erratum-8'))[2]).toBe('less than 1/5 | 1/5');
  });

  test('9: differentiable at 0, and at no (0, w_2) near it', async () => {
    expect(await values('erratum-9')).toEqual(['yes', 'differentiable']);
  });

  test('13: rank 0 for −I and 4 for I; L = 30 over an infimum of 0', async () => {
    expect(await pairs('erratum-13')).toEqual(['4 | 0: not covered', '4 | 4']);
    expect(await values('erratum-13')).toContain('(30, 0)');
  });

  test('14: (1, 16, 81) for f = (2, 20, 90)', async () => {
    expect(await pairs('erratum-14a')).toEqual(['(1, 16, 81) | (2, 20, 90)']);
  });

  test('5a, 5d: 1/3 at t = 0; 5 coefficients, not 3', async () => {
    expect(await values('erratum-5a')).toEqual(['(1/3, 1/3)', '(1/3, 1/3)']);
    expect(await pairs('erratum-5d')).toEqual(['3 | 5']);
  });
});
