import type { ErrorObject } from 'ajv/dist/2020.js';
import { count, oneOf, quote } from './error.ts';
import { placeOf } from './json.ts';
import { EXACT_PATTERN, parseExact } from './number.ts';
import { nearest, suggestion } from './suggest.ts';

/** What ajv found, as one sentence: the place, the fault, the mend. The errors are those of a validator with `verbose`. */
export function explain(errors: readonly ErrorObject[]): { place: string; fault: string } {
  const error = mostTelling(errors);
  if (error === undefined) return { place: '', fault: 'the instance does not follow the schema' };
  const path = pathOf(error);
  const place = placeOf(path);
  return { place: place || 'the instance', fault: sentence(error, errors) };
}

/** Keywords from the most to the least telling, for errors at the same place. */
const TELLING = ['additionalProperties', 'required', 'enum', 'const', 'pattern', 'not'];
const CONTAINERS = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'propertyNames']);

function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  const rank = (error: ErrorObject) => {
    if (CONTAINERS.has(error.keyword)) return TELLING.length + 2;
    if (error.keyword === 'type') return TELLING.length + 1;
    const index = TELLING.indexOf(error.keyword);
    return index === -1 ? TELLING.length : index;
  };
  return [...errors].sort((a, b) => depth(b) - depth(a) || rank(a) - rank(b))[0];
}

/** The keys and indices of the place; whether a key is a number is told from the data on the way. */
function pathOf(error: ErrorObject): (string | number)[] {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(0|[1-9]\d*)$/.test(step) ? Number(step) : step));
}

/** the entries of a reference that name a file */
const FILES = ['npy', 'csv', 'safetensors'];

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  integer: 'a whole number',
  string: 'a text in quotes',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
  null: 'null',
};

function sentence(error: ErrorObject, all: readonly ErrorObject[]): string {
  const { params, data } = error;
  const schema = (error.parentSchema ?? {}) as {
    properties?: object;
    enum?: unknown[];
    pattern?: string;
    title?: string;
    description?: string;
  };
  const keys = Object.keys(schema.properties ?? {});
  switch (error.keyword) {
    case 'required':
      return missing(String(params.missingProperty), data, keys);
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const other = FILES.find((file) => file !== key && keys.includes(file));
      if (FILES.includes(key) && other !== undefined)
        return `has both ${quote(other)} and ${quote(key)}; keep one`;
      return `has the unknown entry ${quote(key)}; ${suggestion(key, keys, `known: ${oneOf(keys, 20)}`)}`;
    }
    case 'enum': {
      const allowed = (schema.enum ?? []).map(String);
      const otherwise = allowed.length === 1 ? `write ${oneOf(allowed)}` : `write ${oneOf(allowed, 20)}`;
      return `is ${shown(data)}; ${typeof data === 'string' ? suggestion(data, allowed, otherwise) : otherwise}`;
    }
    case 'const':
      return `is ${shown(data)}; it must be ${shown(params.allowedValue)}${schema.description ? `, ${schema.description}` : ''}`;
    case 'type': {
      const types = all
        .filter((other) => other.instancePath === error.instancePath && other.keyword === 'type')
        .flatMap((other) => other.params.type as string | string[]);
      const kinds = [...new Set(types)].map((type) => KINDS[type] ?? type).join(' or ');
      return `is ${shown(data)}; it must be ${schema.title ?? kinds}`;
    }
    case 'minimum':
      return `is ${shown(data)}; it must be at least ${params.limit}`;
    case 'maximum':
      return `is ${shown(data)}; it must be at most ${params.limit}`;
    case 'exclusiveMinimum':
      return `is ${shown(data)}; it must be more than ${params.limit}`;
    case 'exclusiveMaximum':
      return `is ${shown(data)}; it must be less than ${params.limit}`;
    case 'minItems':
      return (
        `has ${count((data as unknown[]).length, 'entr')}`.replace(
          /entr(s?)$/,
          (_, s) => `entr${s ? 'ies' : 'y'}`,
        ) + `; it needs at least ${params.limit}`
      );
    case 'maxItems':
      return `has ${(data as unknown[]).length} entries; at most ${params.limit} are allowed`;
    case 'minLength':
      return 'is an empty text; write something';
    case 'maxLength':
      return `is a text of ${String(data).length} characters; at most ${params.limit} are allowed`;
    case 'uniqueItems':
      return `lists ${quote(String((data as unknown[])[params.i as number]))} twice; list it once`;
    case 'pattern':
      return mismatch(schema.pattern ?? '', String(data));
    case 'not':
      return `is ${shown(data)}, which is not allowed; choose another`;
    default:
      return `is ${shown(data)}; it ${error.message ?? 'does not follow the schema'}`;
  }
}

function missing(key: string, data: unknown, keys: readonly string[]): string {
  const given = Object.keys((data ?? {}) as object);
  if (key === 'safetensors') {
    return given.length === 0
      ? 'is empty; refer to a file by {"npy": …}, {"csv": …} or {"safetensors": …, "tensor": …}'
      : `has the entry ${quote(given[0])}; refer to a file by "npy", "csv", or "safetensors" with "tensor"`;
  }
  if (key === 'everymin') return 'lacks "everymin"; add "everymin": 1, the version of the format';
  if (key === 'tensor') return 'lacks "tensor"; add the name of the tensor in the file';
  const misspelt = nearest(
    key,
    given.filter((name) => keys.length > 0 && !keys.includes(name)),
  );
  return misspelt === undefined
    ? `lacks ${quote(key)}; add it`
    : `lacks ${quote(key)}; rename ${quote(misspelt)} to it`;
}

function mismatch(pattern: string, text: string): string {
  if (pattern === EXACT_PATTERN) {
    const fault = parseExact(text);
    if (typeof fault === 'string') return fault;
  }
  if (pattern.includes('\\p{Cc}')) return 'contains a control character or line break; remove it';
  if (pattern.startsWith('^[A-Za-z]')) {
    return `is ${quote(text)}; a name is a letter followed by letters, digits or "_", at most 64`;
  }
  return `is ${quote(text)}; write a number as 0.5, "1/3" or "0.1"`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  return value !== null && typeof value === 'object' ? 'an object' : String(value);
}
