import type { Report, Verdict } from '../check/report.ts';

/** What the command answers to a script. 0 to 5 are the contract; the others tell ends that are not answers. */
export const EXIT = {
  holds: 0,
  /** some result does not apply, or its conclusion fails */
  fails: 1,
  /** bad input or usage */
  usage: 2,
  /** something needed is missing on this machine */
  missing: 3,
  /** time or size limit */
  limit: 4,
  undecided: 5,
  /** a bug here (EX_SOFTWARE of sysexits) */
  bug: 70,
  /** the reader of stdout went away: 128 + SIGPIPE, as a shell says it */
  pipe: 141,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const SEVERITY: readonly ExitCode[] = [
  EXIT.pipe,
  EXIT.bug,
  EXIT.usage,
  EXIT.missing,
  EXIT.limit,
  EXIT.fails,
  EXIT.undecided,
  EXIT.holds,
];

/** The most severe of several codes; usage when there is none, since nothing was asked. */
export function mostSevere(codes: readonly ExitCode[]): ExitCode {
  return SEVERITY.find((code) => codes.includes(code)) ?? EXIT.usage;
}

/** Of a derivation on an instance: as for `check`. */
export function exitOfDocument(verdict: Verdict | null, timedOut: boolean): ExitCode {
  if (timedOut) return EXIT.limit;
  return verdict === 'holds' ? EXIT.holds : verdict === 'undecided' ? EXIT.undecided : EXIT.fails;
}

/** `holds` only when there is a result and every one holds. */
export function exitOfReport(report: Report): ExitCode {
  if (report.timedOut === true) return EXIT.limit;
  const codes = report.results.map(({ verdict }) =>
    verdict === 'holds' ? EXIT.holds : verdict === 'undecided' ? EXIT.undecided : EXIT.fails,
  );
  return codes.length === 0 ? EXIT.undecided : mostSevere(codes);
}
