/** What Rocq verified, as text or JSON. */
import { escapeJson } from '../report/escape.ts';
import { type ProofTextOptions, pageOf } from './page.ts';
import type { RocqReport, TheoremReport } from './rocq-report.ts';
import { many } from './text.ts';

/** Each theorem with its file, grouped by what it is about; then what is wrong, the axioms and the totals. */
export function rocqLines(report: RocqReport, options: ProofTextOptions = {}): string[] {
  const page = pageOf(options);
  const { paint, text } = page;
  const lines: string[] = [];
  for (const [about, theorems] of grouped(report.theorems)) {
    const failed = theorems.some(({ status }) => status === 'failed');
    lines.push(
      `${failed ? paint('red', text('✗')) : paint('green', text('✓'))} ${paint('bold', text(about))}`,
    );
    for (const theorem of theorems) lines.push(...theoremLines(theorem, options));
  }
  for (const { file, line, command } of report.unproved) {
    lines.push(...page.entry('✗', 'red', `${file}, line ${line}: ${command}, which proves nothing`, 0, 2));
  }
  for (const error of report.errors) {
    lines.push(...page.entry('✗', 'red', 'the build failed:', 0, 2));
    lines.push(...error.split('\n').flatMap((line) => page.paragraph(line, 4)));
  }
  return [...lines, '', ...page.paragraph(totals(report), 0, 2)];
}

function theoremLines(theorem: TheoremReport, options: ProofTextOptions): string[] {
  const page = pageOf(options);
  const { file, name, says, status, message, statement } = theorem;
  const failed = status === 'failed';
  return [
    ...page.entry(name, failed ? 'red' : 'bold', `${file} · ${says}`, 4, 30),
    ...(message === undefined ? [] : message.split('\n').flatMap((line) => page.paragraph(line, 6))),
    ...(options.steps && statement !== undefined
      ? statement.split('\n').map((line) => page.paint('dim', `      ${page.text(line)}`))
      : []),
    ...(options.steps && theorem.axioms !== undefined
      ? page.paragraph(`axioms: ${theorem.axioms.join(', ') || 'none'}`, 6, 8)
      : []),
  ];
}

function grouped(theorems: readonly TheoremReport[]): ReadonlyMap<string, readonly TheoremReport[]> {
  const groups = new Map<string, TheoremReport[]>();
  for (const each of theorems) groups.set(each.about, [...(groups.get(each.about) ?? []), each]);
  return groups;
}

function totals({ theorems, rocq, files, lines, seconds }: RocqReport): string {
  const failed = theorems.filter(({ status }) => status === 'failed').length;
  const axioms = [...new Set(theorems.flatMap((each) => each.axioms ?? []))];
  return [
    `${many(theorems.length, 'theorem')}: ${theorems.length - failed} verified${failed > 0 ? `, ${failed} failed` : ''}`,
    axioms.length === 0 ? 'no axiom' : `axioms of the library: ${axioms.join(', ')}`,
    `Rocq ${rocq}`,
    `${files} files, ${lines} lines`,
    `${seconds.toFixed(1)} s`,
  ].join(' · ');
}

export function rocqJson(version: string, report: RocqReport): string {
  return `${escapeJson(JSON.stringify({ everymin: version, ...report }, null, 2))}\n`;
}
