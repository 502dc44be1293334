/** Checked proofs as text, JSON, lines of JSON, or JUnit. Pure: no clock but the kernel's, no terminal, no files. */
import { escapeJson } from '../report/escape.ts';
import { junit } from '../report/junit-xml.ts';
import type { ProofReport } from './report.ts';
import { milliseconds, stepCount } from './text.ts';

export { errataJson, errataJunit, errataTotals, erratumJsonLine, erratumLines } from './errata.ts';
export type { ProofTextOptions } from './page.ts';
export { type PartReport, type ProofReport, type Prover, proofReport } from './report.ts';
export { rocqJson, rocqLines } from './rocq.ts';
export type { RocqReport } from './rocq-report.ts';
export { errataSarif, type ProveRun, proofsSarif } from './sarif.ts';
export type { StepReport } from './steps.ts';
export { stepLines } from './steps-text.ts';
export { proofLines, totalLines } from './text.ts';
export { valueLines } from './values-text.ts';

/** One proof on one line of JSON. */
export const proofJsonLine = (report: ProofReport): string => `${escapeJson(JSON.stringify(report))}\n`;

/** All proofs as one document. `unproved`: results that are stated and have no proof yet. */
export function proofsJson(
  version: string,
  reports: readonly ProofReport[],
  unproved: readonly string[],
): string {
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const document = { everymin: version, seconds, proofs: reports, unproved };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

/** One test for each proof, and an error for each target that could not be looked at. */
export function proofsJunit(
  reports: readonly ProofReport[],
  failed: readonly { readonly uri?: string; readonly message: string }[] = [],
): string {
  const cases = reports.map((report) => {
    const { result, title, status, failure, seconds, timedOut } = report;
    const head = { name: result, classname: 'everymin.prove', seconds };
    if (status === 'undecided') return { ...head, skipped: failure?.message ?? 'undecided' };
    if (failure) {
      const message = failure.step === '' ? 'refused' : `refused at ${failure.step} of ${failure.result}`;
      return { ...head, failure: { message, body: failure.message } };
    }
    const { counts, axioms, results } = report;
    const uses = results.length === 0 ? '' : `; uses ${results.join(', ')}`;
    const output = `${title}: ${stepCount(counts)}; axioms ${axioms.join(', ') || 'none'}${uses}; ${milliseconds(seconds)}`;
    const cut = timedOut ? '; the time limit cut off its numbers' : '';
    return { ...head, output: output + cut };
  });
  const errors = failed.map(({ uri = 'FILE', message }) => ({
    name: uri,
    classname: 'everymin.prove',
    seconds: 0,
    error: { message, body: message },
  }));
  return junit('everymin prove', [{ name: 'everymin prove', cases: [...cases, ...errors] }]);
}
