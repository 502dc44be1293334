import { Rational } from '../kernel/rational.ts';
import type { Model, ParameterBlock } from '../models/model.ts';
import { entriesIn, leavesIn, type Span, wholeSpan } from './json-spans.ts';
import type { Tensor } from './tensor.ts';

interface Edit extends Span {
  readonly text: string;
}

/**
 * The text of an instance file with other parameters; every other character stays as it is, and so do the numbers that
 * keep their value. A block that stands in another file is written in place when one of its numbers changes, each exactly.
 * `text` must have been accepted as an instance of this model with the parameters `from`.
 */
export function replaceParameters(text: string, model: Model, from: Tensor, to: Tensor): string {
  const parameters = entriesIn(text, wholeSpan(text)).find(({ key }) => key === 'parameters');
  if (parameters === undefined) throw new TypeError('replaceParameters: the text has no parameters');
  const edits: Edit[] = [];
  for (const block of model.blocks) {
    const changed = indicesOf(block).filter((index) => !from.rational(index).equals(to.rational(index)));
    if (changed.length === 0) continue;
    const span = find(text, parameters, block.name.split('.'));
    if (text[span.start] === '{') edits.push({ ...span, text: blockText(block, to) });
    else {
      const leaves = leavesIn(text, span);
      if (leaves.length !== block.length) {
        throw new TypeError(`replaceParameters: ${block.name} has ${leaves.length} numbers in the text`);
      }
      for (const index of changed) {
        edits.push({ ...leaves[index - block.offset]!, text: exactText(to.rational(index)) });
      }
    }
  }
  return apply(text, edits);
}

const indicesOf = ({ offset, length }: ParameterBlock): number[] =>
  Array.from({ length }, (_, k) => offset + k);

function find(text: string, parent: Span, steps: readonly string[]): Span {
  return steps.reduce<Span>((span, step) => {
    const entry = entriesIn(text, span).find(({ key }) => key === step);
    if (entry === undefined) throw new TypeError(`replaceParameters: the text has no block ${step}`);
    return entry;
  }, parent);
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** A block as nested lists: float64 numbers, as they came from a file of floats, stay numbers. */
function blockText({ shape, offset }: ParameterBlock, values: Tensor): string {
  let next = offset;
  const write = (axis: number): string => {
    if (axis === shape.length) return floatText(values.rational(next++));
    return `[${Array.from({ length: shape[axis]! }, () => write(axis + 1)).join(', ')}]`;
  };
  return write(0);
}

const LARGEST = Rational.integer(Number.MAX_SAFE_INTEGER);

/** An integer as a JSON number, anything else as the text of a fraction. */
const exactText = (value: Rational): string =>
  value.isInteger && value.abs().cmp(LARGEST) <= 0 ? value.toString() : `"${value}"`;

function floatText(value: Rational): string {
  const float = value.toNumber();
  return Number.isFinite(float) && Rational.fromNumber(float).equals(value)
    ? String(float)
    : exactText(value);
}
