import type { Place } from '../../instance/places.ts';
import { escapeControls, escapeJson } from './escape.ts';

/**
 * The part of SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format) that is written here. Texts are given
 * plain; `sarifLog` escapes what the format reads as markup. `uri` is relative to the folder the command ran in.
 */
export interface SarifRule {
  readonly id: string;
  /** one word, in Pascal case */
  readonly name: string;
  readonly short: string;
  readonly full: string;
  readonly help: string;
}

export interface SarifLocation {
  readonly uri: string;
  readonly place?: Place;
  /** a line, where no more is known */
  readonly line?: number;
  /** what is there, when it is not the place of the result itself */
  readonly says?: string;
}

export interface SarifResult {
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note' | 'pass';
  readonly text: string;
  /** absent where the result is about nothing that is a file */
  readonly location?: SarifLocation;
  /** a name for what has no place in a file: theorem-1/T1.4 */
  readonly logical?: string;
  readonly related?: readonly SarifLocation[];
  /** the same for the same finding in every run, whatever lines moved */
  readonly fingerprint: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifNotification {
  readonly level: 'error' | 'warning';
  readonly text: string;
  readonly uri?: string;
}

export interface SarifRun {
  readonly version: string;
  /** what ran: "check" */
  readonly command: string;
  readonly rules: readonly SarifRule[];
  readonly results: readonly SarifResult[];
  readonly artifacts: readonly { readonly uri: string; readonly sha256: string | null }[];
  readonly notifications: readonly SarifNotification[];
  readonly exitCode: number;
}

const HELP_URI = 'https://doi.org/10.1162/neco_a_01234';
const BASE = '%SRCROOT%';

/** A log with one run, as an indented JSON document; ends in a newline. The same input gives the same bytes. */
export function sarifLog(run: SarifRun): string {
  const index = new Map(run.rules.map(({ id }, i) => [id, i]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'everymin',
            version: run.version,
            semanticVersion: run.version,
            informationUri: HELP_URI,
            rules: run.rules.map(ruleOf),
          },
        },
        automationDetails: { id: `everymin/${run.command}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { description: { text: 'The folder in which everymin was run.' } } },
        invocations: [
          {
            executionSuccessful: run.notifications.every(({ level }) => level !== 'error'),
            exitCode: run.exitCode,
            toolExecutionNotifications: run.notifications.map(({ level, text, uri }) => ({
              level,
              message: message(text),
              ...(uri === undefined ? {} : { locations: [locationOf({ uri })] }),
            })),
          },
        ],
        artifacts: run.artifacts.map(({ uri, sha256 }) => ({
          location: artifact(uri),
          roles: ['analysisTarget'],
          ...(sha256 === null ? {} : { hashes: { 'sha-256': sha256 } }),
        })),
        results: run.results.map((result) => resultOf(result, index)),
      },
    ],
  };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}

const ruleOf = ({ id, name, short, full, help }: SarifRule): unknown => ({
  id,
  name,
  shortDescription: { text: short },
  fullDescription: { text: full },
  help: { text: help },
  helpUri: HELP_URI,
  defaultConfiguration: { level: 'error' },
});

function resultOf(result: SarifResult, index: ReadonlyMap<string, number>): unknown {
  const { rule, level, text, location, logical, related = [], fingerprint, properties } = result;
  const ruleIndex = index.get(rule);
  if (ruleIndex === undefined) throw new TypeError(`sarif: there is no rule ${rule}`);
  const place = {
    ...(location === undefined ? {} : locationOf(location)),
    ...(logical === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: logical }] }),
  };
  return {
    ruleId: rule,
    ruleIndex,
    // The standard demands level none of everything that is not a failure.
    kind: level === 'pass' ? 'pass' : 'fail',
    level: level === 'pass' ? 'none' : level,
    message: message(text),
    locations: Object.keys(place).length === 0 ? [] : [place],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((each, id) => ({ id, ...locationOf(each) })) }),
    partialFingerprints: { 'everymin/v1': fingerprint },
    properties,
  };
}

const locationOf = ({ uri, place, line, says }: SarifLocation) => ({
  physicalLocation: {
    artifactLocation: artifact(uri),
    ...(line === undefined ? {} : { region: { startLine: line } }),
    ...(place === undefined
      ? {}
      : {
          region: {
            startLine: place.line,
            startColumn: place.column,
            endLine: place.line,
            endColumn: place.endColumn,
          },
        }),
  },
  ...(says === undefined ? {} : { message: message(says) }),
});

const artifact = (uri: string) => (/^[a-z][a-z0-9+.-]*:/i.test(uri) ? { uri } : { uri, uriBaseId: BASE });

/** Sections 3.11.5 and 3.11.6: {0} is a placeholder and [a](b) a link; a text of ours holds neither. */
const message = (text: string) => ({
  text: escapeControls(text)
    .replace(/\{(\d+)\}/g, '{{$1}}')
    .replaceAll('](', '] ('),
});
