/** Errata that were run, as text, JSON, lines of JSON, or tests of JUnit. */
import type { ErratumReport, Refusal, ScriptReport } from '../../check/errata/index.ts';
import { escapeJson } from '../report/escape.ts';
import { junit } from '../report/junit-xml.ts';
import { type ProofTextOptions, pageOf } from './page.ts';
import { many, milliseconds } from './text.ts';

/** What is wrong, in words. */
export const SEVERITY: Readonly<Record<ErratumReport['erratum']['severity'], string>> = {
  F: 'false as printed',
  G: 'a gap in the printed proof',
  I: 'a misprint',
  U: 'a hypothesis that is not needed',
};

/** What is printed, what is right, and the computed values of both. */
export function erratumLines(report: ErratumReport, options: ProofTextOptions = {}): string[] {
  const { erratum, status, lines, facts, script, seconds } = report;
  const page = pageOf(options);
  const confirmed = status === 'confirmed';
  const mark = confirmed ? page.paint('green', page.text('✓')) : page.paint('red', page.text('✗'));
  const head = page.entry(erratum.id, 'bold', `${erratum.title} · ${SEVERITY[erratum.severity]}`, 2, 18);
  head[0] = mark + head[0]!.slice(1);
  const where = `${erratum.result}, ${erratum.place} · ${status} · ${milliseconds(seconds)}`;
  return [
    ...head,
    ...page.paragraph(where, 4).map((line) => page.paint('dim', line)),
    ...page.entry('printed:', 'dim', erratum.printed, 4, 13),
    ...page.entry('right:', 'dim', erratum.right, 4, 13),
    ...facts.flatMap(({ claim, value, holds }) =>
      page.entry(holds ? '✓' : '✗', holds ? 'green' : 'red', `${claim}: ${value}`, 4, 6),
    ),
    ...lines.flatMap(({ claim, printed, right, printedHolds }) =>
      page.entry(
        '·',
        'dim',
        `${claim}: printed ${printed}${printedHolds ? ' (borne out here)' : ''}, right ${right}`,
        4,
        6,
      ),
    ),
    ...(script ? scriptLines(script) : []).flatMap((line) => page.entry('·', 'dim', line, 4, 6)),
  ];
}

/** Where the kernel refuses the printed lines, one sentence each. */
export const refusalLines = ({
  title,
  accepted,
  step,
  claim,
  rule,
  expected,
  received,
  missing,
}: Refusal) => [
  `as a script, ${title} is accepted up to ${accepted.at(-1) ?? 'its first line'} and refused at ${step}: ${claim}`,
  `rule ${rule}: expected ${expected} but received ${received}`,
  missing,
];

const scriptLines = ({ refusal, right }: ScriptReport): readonly string[] => [
  ...(refusal ? refusalLines(refusal) : ['the kernel accepts the printed lines']),
  right.proved
    ? `with the mend all ${right.lines} lines are accepted, ${refusal?.step ?? 'each'} too: ${right.claim ?? 'nothing'}`
    : `with the mend it is refused after ${right.lines} lines`,
];

export function errataTotals(reports: readonly ErratumReport[], options: ProofTextOptions = {}): string[] {
  const refuted = reports.filter(({ status }) => status === 'refuted').length;
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const parts = [
    `${many(reports.length, 'erratum', 'errata')}: ${reports.length - refuted} confirmed${refuted > 0 ? `, ${refuted} refuted` : ''}`,
    milliseconds(seconds),
  ];
  return pageOf(options).paragraph(parts.join(' · '), 0, 2);
}

export const erratumJsonLine = (report: ErratumReport): string => `${escapeJson(JSON.stringify(report))}\n`;

export const errataJson = (version: string, reports: readonly ErratumReport[]): string =>
  `${escapeJson(JSON.stringify({ everymin: version, errata: reports }, null, 2))}\n`;

/** One test for each erratum. */
export const errataJunit = (reports: readonly ErratumReport[]): string =>
  junit('everymin prove --errata', [
    {
      name: 'everymin prove --errata',
      cases: reports.map((report) => {
        const { erratum, status, lines, facts, script, seconds } = report;
        const head = { name: erratum.id, classname: 'everymin.errata', seconds };
        const body = [
          `${erratum.title} (${erratum.result}, ${erratum.place})`,
          ...facts.map(
            ({ claim, value, holds }) => `${holds ? 'fact' : 'not borne out'}: ${claim}: ${value}`,
          ),
          ...lines.map(({ claim, printed, right }) => `${claim}: printed ${printed}, right ${right}`),
          ...(script ? scriptLines(script) : []),
        ].join('\n');
        return status === 'confirmed'
          ? { ...head, output: body }
          : { ...head, failure: { message: 'not borne out by the computation', body } };
      }),
    },
  ]);
