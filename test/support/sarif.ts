import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

let compiled: ValidateFunction | undefined;

/** What is wrong with a text as SARIF 2.1.0, by the schema of the standard; empty when nothing is. */
export function sarifFaults(text: string): string[] {
  compiled ??= compile();
  if (compiled(JSON.parse(text))) return [];
  return (compiled.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

/** The schema is of draft 4, of which only `id` is not what it is in draft 7 here. */
function compile(): ValidateFunction {
  const path = join(import.meta.dirname, 'sarif/sarif-2.1.0.schema.json');
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  const isUri = (uri: string): boolean => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(uri);
  ajv.addFormat('uri', isUri);
  // RFC 3986: an absolute URI, or a relative reference whose first part holds no colon
  ajv.addFormat('uri-reference', (uri) => isUri(uri) || /^(?![^/?#]*:)[^\s<>"{}|\\^`]*$/.test(uri));
  ajv.addFormat('date-time', (time) => !Number.isNaN(Date.parse(time)));
  return ajv.compile(schema);
}
