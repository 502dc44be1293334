import type { Report } from '../../check/report.ts';
import { escapeJson } from './escape.ts';
import { assertPlainData } from './plain-data.ts';

/** The order of keys in the document, by the place they stand at; keys that are not listed follow as they come. */
const ORDER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    report: ['everymin', 'seed', 'backend', 'instance', 'timedOut', 'resources', 'results'],
    backend: ['name', 'precision'],
    instance: ['name', 'file', 'sha256', 'm', 'dx', 'dy', 'parameters', 'model', 'loss'],
    results: [
      'result',
      'verdict',
      'tier',
      'left',
      'right',
      'attained',
      'gap',
      'robust',
      'margins',
      'obligations',
      'meaning',
    ],
    gap: ['lower', 'upper', 'bound'],
    robust: ['id', 'formula', 'bound', 'tier', 'constants', 'detail'],
    margins: ['of', 'name', 'value', 'tier', 'detail'],
    obligations: ['id', 'status', 'tier', 'detail', 'figures', 'witness', 'certificate', 'seconds'],
  }),
);
const QUANTITY = ['exact', 'lower', 'upper', 'approx', 'residual'];
const QUANTITIES = new Set(['left', 'right', 'bound', 'value']);

/** The report as an indented JSON document with a fixed order of keys; ends in a newline. TypeError on NaN and the like. */
export function renderJson(report: Report): string {
  return `${escapeJson(JSON.stringify(ordered(report), null, 2))}\n`;
}

/** The report on one line. */
export function renderJsonLine(report: Report): string {
  return `${escapeJson(JSON.stringify(ordered(report)))}\n`;
}

function ordered(report: Report): unknown {
  assertPlainData(report);
  return arrange(report, 'report');
}

function arrange(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => arrange(entry, place));
  if (typeof value !== 'object' || value === null) return value;
  const order = QUANTITIES.has(place) ? QUANTITY : ORDER.get(place);
  if (order === undefined) return value;
  const entries = new Map(Object.entries(value));
  const keys = [
    ...order.filter((key) => entries.has(key)),
    ...[...entries.keys()].filter((key) => !order.includes(key)),
  ];
  // fromEntries defines properties, so that a key such as __proto__ is data and nothing else.
  return Object.fromEntries(keys.map((key) => [key, arrange(entries.get(key), key)]));
}
