import { describe, expect, test } from 'vitest';
import {
  errataJson,
  errataJunit,
  erratumLines,
  type ProofReport,
  proofJsonLine,
  proofLines,
  proofsJson,
  proofsJunit,
  totalLines,
} from '../../../src/derive/proofs/index.ts';
import { junit } from '../../../src/derive/report/junit-xml.ts';
import { displayWidth } from '../../../src/derive/report/layout.ts';
import { escapeXml } from '../../../src/derive/report/xml.ts';
import { erratum, proved } from '../../cli/harness.ts';
import { elementsOf } from '../../support/xml.ts';

const refused: ProofReport = {
  ...proved('theorem-1'),
  status: 'refused',
  steps: [],
  counts: { steps: 0, parts: {}, stepsWithParts: 0 },
  failure: {
    result: 'theorem-1',
    step: 'T1.4',
    message: 'equal: expected 1 but received 2\n  in the claim 1 = 2',
  },
};

const [only] = proved('theorem-1').steps;
const statement = {
  hypotheses: [{ id: 'given', name: 'what is given', claim: '0 ≤ ε' }],
  conclusion: '0 ≤ 1',
};
const withParts: ProofReport = {
  ...proved('theorem-1'),
  parts: [
    { id: 'first', title: 'The first', sentence: 'It is easy.', statement, parts: [], steps: [only!] },
    {
      id: 'second',
      title: 'The second',
      sentence: 'By the first.',
      statement: { ...statement, hypotheses: [] },
      parts: ['first'],
      steps: [
        {
          ...only!,
          kind: 'obtain',
          rule: 'exists-elimination',
          premises: ['first'],
          cites: [{ id: 'first', kind: 'part', at: ['θ'], premises: ['critical', 'lemma-2'] }, lemma()],
          introduces: [{ symbol: 'γ', sort: 'ℝ^dθ', condition: 'L(γ) = 0' }],
        },
      ],
    },
  ],
  steps: [
    {
      ...only!,
      premises: ['second', 'critical'],
      cites: [{ id: 'second', kind: 'part', at: [], premises: [] }],
      discharged: ['S0'],
      split: { by: 'cases', cases: ['a = b', 'a ≠ b'] },
    },
  ],
  counts: { steps: 1, parts: { first: 1, second: 1 }, stepsWithParts: 3 },
};
function lemma() {
  return { id: 'lemma-2', kind: 'result' as const, at: [], premises: ['weights'] };
}

describe('text', () => {
  test('a proof in two lines, its steps below', () => {
    expect(proofLines(proved('theorem-1'))).toMatchInlineSnapshot(`
      [
        "✓ theorem-1       what theorem-1 says",
        "    1 step · axiom CHAIN · uses lemma-2 · 12 ms",
      ]
    `);
    expect(proofLines(proved('theorem-1'), { steps: true }).slice(2)).toMatchInlineSnapshot(`
      [
        "    S1      L(θ) = 0",
        "            It is given.",
        "            by logic from critical · A.1",
      ]
    `);
  });
  test('parts, numbered, before the proof that uses them; what a step names, cites, splits on and closes', () => {
    const lines = proofLines(withParts, { steps: true });
    expect(lines.slice(1)).toMatchInlineSnapshot(`
      [
        "    1 step, 3 with its 2 parts · axiom CHAIN · uses lemma-2 · 12 ms",
        "",
        "    part 1 of 2   first: The first",
        "        It is easy.",
        "        given   if 0 ≤ ε",
        "        then 0 ≤ 1",
        "        S1      L(θ) = 0",
        "                It is given.",
        "                by logic from critical · A.1",
        "",
        "    part 2 of 2   second: The second",
        "        By the first.",
        "        then 0 ≤ 1",
        "        S1      obtain γ ∈ ℝ^dθ with L(θ) = 0",
        "                It is given.",
        "                by exists-elimination from part first (critical, lemma-2 (weights)) · A.1",
        "",
        "    theorem-1, by its parts:",
        "    S1      L(θ) = 0",
        "            It is given.",
        "            by logic from part second, critical · by cases: a = b, or a ≠ b · closes S0 · A.1",
      ]
    `);
    expect(proofLines(withParts).slice(1)).toMatchInlineSnapshot(`
      [
        "    1 step, 3 with its 2 parts · axiom CHAIN · uses lemma-2 · 12 ms",
      ]
    `);
    // A part that two results use counts once.
    expect(totalLines([withParts, { ...withParts, result: 'theorem-2' }], [])[0]).toContain(
      '2 steps, 4 with their 2 parts',
    );
  });
  test('a refusal says where and why', () => {
    expect(proofLines(refused)).toMatchInlineSnapshot(`
      [
        "✗ theorem-1       what theorem-1 says",
        "    refused at T1.4:",
        "    equal: expected 1 but received 2",
        "    in the claim 1 = 2",
      ]
    `);
    const deep = { ...refused, failure: { ...refused.failure!, result: 'lemma-2', step: 'L2.3' } };
    expect(proofLines(deep).join('\n')).toContain('refused at L2.3 of lemma-2, which it uses:');
  });
  test("the statement of a user's result is printed", () => {
    const lines = proofLines({ ...proved('mine'), file: 'mine.mjs' }).join('\n');
    expect(lines).toContain('if critical point: ∇L(θ) = 0');
    expect(lines).toContain('then L(θ) = 0');
  });
  test('totals', () => {
    expect(totalLines([proved('lemma-2'), refused], ['theorem-3'])).toMatchInlineSnapshot(`
      [
        "2 results: 1 proved, 1 refused · 1 step · 1 axiom of analysis and linear algebra: CHAIN · 24 ms in",
        "  the kernel and the scripts",
        "no proof yet: theorem-3",
      ]
    `);
  });
  test('in ASCII, in colour, in 50 columns, and nothing that moves a cursor', () => {
    const evil = { ...proved('x'), title: 'evil \u001b[2J\u202e title '.repeat(9) };
    for (const line of proofLines(evil, { width: 50, steps: true })) {
      expect(displayWidth(line)).toBeLessThanOrEqual(50);
      expect(line).not.toMatch(/\p{Cc}|\u202e/u);
    }
    const ascii = proofLines(proved('x'), { unicode: false, steps: true }).join('\n');
    expect(ascii).toMatch(/^\+ x/);
    expect(ascii).not.toMatch(/[✓θ·]/);
    const painted = proofLines(proved('x'), { paint: (ink, text) => `<${ink}>${text}</${ink}>` });
    expect(painted[0]).toMatch(/^<green>✓<\/green> <bold>x<\/bold> +what x says$/);
  });
});

describe('JSON', () => {
  test('one document, and one line each', () => {
    const document = JSON.parse(proofsJson('1.2.3', [proved('lemma-2'), refused], ['theorem-3']));
    expect(document).toMatchObject({ everymin: '1.2.3', unproved: ['theorem-3'] });
    expect(document.proofs[1]).toEqual(refused);
    expect(document.seconds).toBeCloseTo(0.024);
    const line = proofJsonLine({ ...refused, title: 'a\nb\u001b' });
    expect(line.split('\n')).toHaveLength(2);
    expect(line).not.toContain('\u001b');
    expect(JSON.parse(line).title).toBe('a\nb\u001b');
  });
});

describe('JUnit', () => {
  test('counts, times, failures', () => {
    const xml = proofsJunit([proved('lemma-2'), refused]);
    expect(elementsOf(xml)).toEqual([
      'testsuites',
      'testsuite',
      'testcase',
      'system-out',
      'testcase',
      'failure',
    ]);
    expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0" time="0.024000"');
    expect(xml).toContain('<testcase classname="everymin.prove" name="lemma-2" time="0.012000">');
    expect(xml).toContain('message="refused at T1.4 of theorem-1"');
  });
  test.each(['<&>"\'', ']]>', 'a\nb', '\u0000\u001b\ufffe\uffff', '\ud800', '&amp;', '--> <!--'])(
    '%j stays text',
    (evil) => {
      const head = { name: evil, classname: evil, seconds: 0 };
      const cases = [
        { ...head, output: evil },
        { ...head, failure: { message: evil, body: evil } },
        { ...head, error: { message: evil, body: evil } },
        { ...head, skipped: evil },
      ];
      const xml = junit(evil, [{ name: evil, properties: { [evil]: evil }, cases }]);
      expect(elementsOf(xml)).toEqual([
        'testsuites',
        'testsuite',
        'properties',
        'property',
        'testcase',
        'system-out',
        'testcase',
        'failure',
        'testcase',
        'error',
        'testcase',
        'skipped',
      ]);
    },
  );
  test('escaping is undone by reading', () => {
    const plainText = (xml: string) =>
      xml
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&apos;/g, "'")
        .replace(/&amp;/g, '&');
    for (const text of ['<a b="c">&amp;\'', 'θ ≤ 1\nℓ', '&&&']) expect(plainText(escapeXml(text))).toBe(text);
  });
});

describe('errata', () => {
  test('text, JSON and JUnit', () => {
    expect(erratumLines(erratum('erratum-1'))).toMatchInlineSnapshot(`
      [
        "✓ erratum-1       The block formula · false as printed",
        "    theorem-4, section A.5 · confirmed · 1.0 ms",
        "    printed: dy × dy",
        "    right:   |J| × |J|",
        "    ✓ ‖v‖ ≤ 1: 1",
        "    · f(x): printed 3, right 4",
      ]
    `);
    expect(erratumLines(erratum('erratum-1', 'refuted'))[0]).toMatch(/^✗ erratum-1/);
    expect(JSON.parse(errataJson('1.2.3', [erratum('erratum-1')])).errata[0]).toEqual(erratum('erratum-1'));
    const xml = errataJunit([erratum('erratum-1'), erratum('erratum-2', 'refuted')]);
    expect(elementsOf(xml).filter((name) => name === 'failure')).toHaveLength(1);
    expect(xml).toContain('failures="1"');
  });
});
