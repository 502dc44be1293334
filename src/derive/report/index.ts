/** A report as text, JSON or one line of JSON. Pure: no clock, no terminal, no files. */
export { toAscii } from './ascii.ts';
export { escapeControls } from './escape.ts';
export { renderJson, renderJsonLine } from './json.ts';
export { type Outcome, reportsJunit } from './junit.ts';
export { displayWidth, wrap } from './layout.ts';
export { type Ink, type Paint, plain } from './paint.ts';
export { assertPlainData } from './plain-data.ts';
export { quantityText } from './quantity.ts';
export type { ResultWords } from './result-text.ts';
export { type CheckedFile, type FailedFile, reportsSarif } from './sarif.ts';
export { renderText, type TextOptions } from './text.ts';
export { resultWords } from './words.ts';
