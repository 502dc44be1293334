import type { ObligationReport, Report, ResultReport } from '../../check/report.ts';
import { type Path, pathOfPlace, placeOfPath } from '../../instance/places.ts';
import { placesOf } from './obligation-places.ts';
import {
  type SarifLocation,
  type SarifNotification,
  type SarifResult,
  type SarifRun,
  sarifLog,
} from './sarif-log.ts';
import { SARIF_RULES } from './sarif-rules.ts';
import { spokenResult } from './spoken.ts';

/** A file that was checked. */
export interface CheckedFile {
  readonly report: Report;
  /** relative to the working folder */
  readonly uri: string;
  /** the text of the instance; without it nothing has a line */
  readonly text: string | undefined;
}

/** A file without a report. */
export interface FailedFile {
  /** absent when the fault is about no one file */
  readonly uri?: string;
  readonly message: string;
  /** the fault is in the instance, at this place: "data.targets[3]" or "line 4, column 7" */
  readonly instance?: { readonly place: string; readonly text: string | undefined };
}

export interface CheckedRun {
  readonly version: string;
  readonly files: readonly CheckedFile[];
  readonly failed: readonly FailedFile[];
  readonly exitCode: number;
  /** list what holds as well, as results of kind `pass` */
  readonly passes: boolean;
}

/**
 * A run of `check` as SARIF 2.1.0. One result for each obligation that is not fulfilled, however many theorems ask for
 * it: `error` where it fails; `warning` where it is undecided; `note` where it is undecided and another hypothesis of
 * every result that asks for it fails anyway.
 */
export function reportsSarif({ version, files, failed, exitCode, passes }: CheckedRun): string {
  const results = files.flatMap((file) => resultsOf(file).filter(({ level }) => passes || level !== 'pass'));
  const run: SarifRun = {
    version,
    command: 'check',
    rules: SARIF_RULES,
    results: [...results, ...failed.flatMap(inputFault)],
    artifacts: files.map(({ report, uri }) => ({ uri, sha256: report.instance.sha256 })),
    notifications: [...files.flatMap(stopped), ...failed.flatMap(trouble)],
    exitCode,
  };
  return sarifLog(run);
}

interface Asked {
  readonly obligation: ObligationReport;
  readonly by: ResultReport[];
}

/** Obligations are discharged once for all results: the same answer is one finding. Conclusions are each its own. */
function asked({ results }: Report): Asked[] {
  const found = new Map<string, Asked>();
  for (const result of results) {
    for (const obligation of result.obligations) {
      const { id, status, tier, detail } = obligation;
      const owner = id === 'conclusion' ? label(result) : '';
      const key = JSON.stringify([id, owner, status, tier, detail]);
      const known = found.get(key);
      if (known) known.by.push(result);
      else found.set(key, { obligation, by: [result] });
    }
  }
  return [...found.values()];
}

function resultsOf(file: CheckedFile): SarifResult[] {
  return asked(file.report).map(({ obligation, by }) => {
    const { id, status, tier, detail, figures, witness } = obligation;
    const { path, related } = placesOf(obligation);
    const [location, held] = locate(file, path);
    const others = related.flatMap(({ path: other, says }) => {
      const [place, where] = locate(file, other);
      return [{ ...place, says }, ...where];
    });
    const names = by.map(label);
    return {
      rule: id,
      level: levelOf(obligation, by),
      text: `${id} ${WORD[status]}${status === 'undecided' ? '' : ` (${tier})`}: ${detail}. Asked for by ${by.map((result) => spokenResult(result)).join(', ')}.`,
      location,
      related: [...held, ...others],
      fingerprint: `${file.uri}#${id}:${names[0]}`,
      properties: {
        status,
        tier,
        results: names,
        verdicts: by.map(({ verdict }) => verdict),
        ...(figures === undefined ? {} : { figures }),
        ...(witness === null || JSON.stringify(witness).length > LARGEST_WITNESS ? {} : { witness }),
      },
    };
  });
}

/** in characters; a larger one is in the JSON report only */
const LARGEST_WITNESS = 10_000;

const WORD = { holds: 'holds', fails: 'fails', undecided: 'is undecided' } as const;

function levelOf({ status }: ObligationReport, by: readonly ResultReport[]): SarifResult['level'] {
  if (status === 'holds') return 'pass';
  if (status === 'fails') return 'error';
  return by.some(({ verdict }) => verdict === 'undecided') ? 'warning' : 'note';
}

/** theorem-4 at t = 1 is theorem-4@1 */
const label = ({ result, t }: ResultReport): string => (t === undefined ? result : `${result}@${t}`);

/** The place in the instance, and the file that holds the value when it stands in one. */
function locate({ uri, text }: CheckedFile, path: Path): [SarifLocation, SarifLocation[]] {
  if (text === undefined) return [{ uri }, []];
  const { place, file } = placeOfPath(text, path);
  if (file === undefined) return [{ uri, place }, []];
  return [{ uri, place }, [{ uri: beside(uri, file), says: `the numbers of ${path.slice(0, 2).join('.')}` }]];
}

/** The URI of a file that an instance names. */
function beside(uri: string, file: string): string {
  const path = file
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .map(encodeURIComponent)
    .join('/');
  return file.startsWith('/') ? `file:///${path}` : uri.slice(0, uri.lastIndexOf('/') + 1) + path;
}

const stopped = ({ report, uri }: CheckedFile): SarifNotification[] =>
  report.timedOut === true
    ? [
        {
          level: 'warning',
          text: 'The check was stopped at the time limit; what was open is undecided.',
          uri,
        },
      ]
    : [];

function inputFault({ uri, message, instance }: FailedFile): SarifResult[] {
  if (instance === undefined || uri === undefined) return [];
  const { place } = instance;
  const { location, related } = faultPlaces(uri, message, instance);
  return [
    {
      rule: 'instance',
      level: 'error',
      text: message,
      location,
      related,
      fingerprint: `${uri}#instance:${place.startsWith('line ') ? 'syntax' : place}`,
      properties: { status: 'fails' },
    },
  ];
}

/** In the instance, and the line of the file that it refers to where the fault is there. */
function faultPlaces(
  uri: string,
  message: string,
  { place, text }: NonNullable<FailedFile['instance']>,
): { location: SarifLocation; related: SarifLocation[] } {
  const [, line, column] = /^line (\d+), column (\d+)$/.exec(place) ?? [];
  if (line !== undefined && column !== undefined) {
    const start = Number(column);
    return {
      location: { uri, place: { line: Number(line), column: start, endColumn: start + 1 } },
      related: [],
    };
  }
  const path = pathOfPlace(place.replace(/ \(line \d+ of the file\)$/, ''));
  if (text === undefined || path === undefined || path.length === 0)
    return { location: { uri }, related: [] };
  const found = placeOfPath(text, path);
  const row = /\bline (\d+)\b/.exec(message)?.[1];
  const held =
    found.file === undefined ? [] : [{ uri: beside(uri, found.file), says: 'the file it refers to' }];
  return {
    location: { uri, place: found.place },
    related: held.map((each) => (row === undefined ? each : { ...each, line: Number(row) })),
  };
}

const trouble = ({ uri, message, instance }: FailedFile): SarifNotification[] =>
  instance === undefined ? [{ level: 'error', text: message, ...(uri === undefined ? {} : { uri }) }] : [];
