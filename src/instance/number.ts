import { Rational } from '../kernel/rational.ts';
import { quote } from './error.ts';
import { LIMITS } from './limits.ts';

/** What JSON Schema can say of the text of an exact number; `parseExact` is the judge. */
export const EXACT_PATTERN = '^[+-]?([0-9]+/[0-9]+|([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,4})?)$';
export const HOW_TO_WRITE = 'write a number as 0.5, "1/3" or "0.1"';

/** From here on numbers round to an infinity in float64. */
const BEYOND = new Rational(2n ** 1024n - 2n ** 970n);

/** "0.1" = 1/10, "1/3", "-2", "1e-3": the number, or the fault and the mend as the rest of a sentence. */
export function parseExact(text: string): Rational | string {
  if (text.length > LIMITS.digits) {
    return `is a number of ${text.length} characters; at most ${LIMITS.digits} are read`;
  }
  const value = Rational.parse(text);
  if (value === undefined) {
    if (/^[+-]?\d+\/0+$/.test(text)) return `is ${quote(text)}; the denominator is zero`;
    if (/^[+-]?(nan|inf(inity)?)$/i.test(text.trim())) return `is ${quote(text)}; a number must be finite`;
    if (/^[+-]?[\d.]+[eE][+-]?\d+$/.test(text)) {
      return `is ${quote(text)}, whose exponent is beyond 4000; use a number nearer to 1`;
    }
    return `is ${quote(text)}; ${HOW_TO_WRITE}`;
  }
  if (value.abs().cmp(BEYOND) >= 0) {
    return `is ${quote(text)}, beyond the largest float64 (about 1.8e308); use a smaller number`;
  }
  return value;
}
