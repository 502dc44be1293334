import { boundText, decimalText, finiteText, order, significant, unitsAt } from '../../arithmetic/decimal.ts';
import type { Quantity } from '../../check/report.ts';
import { Rational } from '../../kernel/rational.ts';
import { escapeControls } from './escape.ts';

/**
 * A quantity for a reader. What is printed contains what was claimed: "m ± r" and "[a, b]" contain the enclosure, an
 * upper bound is rounded up and a lower bound down. A float64 of at most 17 digits stands for itself.
 */
export function quantityText(quantity: Quantity): string {
  if ('exact' in quantity) return exactText(quantity.exact);
  if ('approx' in quantity) return approxText(quantity.approx, quantity.residual);
  if ('lower' in quantity && 'upper' in quantity) return enclosureText(quantity.lower, quantity.upper);
  return 'upper' in quantity
    ? `≤ ${boundText(quantity.upper, 'up')}`
    : `≥ ${boundText(quantity.lower, 'down')}`;
}

/** "name = 1/3", "name ∈ [0, 1]", "name ≤ 2", "name ≈ 0.5 (residual 1e-9)". */
export function namedText(name: string, quantity: Quantity | string | number): string {
  const label = escapeControls(name);
  if (typeof quantity === 'string') return `${label}: ${escapeControls(quantity)}`;
  if (typeof quantity === 'number') return `${label} = ${finiteText(quantity)}`;
  const text = quantityText(quantity);
  if (/^[≤≥≈]/.test(text)) return `${label} ${text}`;
  return text.startsWith('[') ? `${label} ∈ ${text}` : `${label} = ${text}`;
}

const SHORT = 24;

export function exactText(text: string): string {
  const value = Rational.parse(text);
  if (value === undefined) return escapeControls(text);
  if (text.length <= SHORT && value.isInteger) return text;
  const decimal = significant(value, 12, 'nearest');
  const relation = Rational.parse(decimal)?.equals(value) === true ? '=' : '≈';
  if (text.length <= SHORT) return `${text} ${relation} ${decimal}`;
  if (relation === '=') return decimal;
  const digits = text.replace(/[^0-9]/g, '').length;
  return `≈ ${decimal} (known exactly, in ${digits} digits)`;
}

function enclosureText(lower: number, upper: number): string {
  if (lower === upper) return finiteText(lower);
  const low = Rational.fromNumber(lower);
  const high = Rational.fromNumber(upper);
  const half = high.sub(low).div(Rational.integer(2));
  const middle = low.add(half);
  if (!(half.sign > 0)) throw new RangeError(`enclosure: ${lower} is above ${upper}`);
  if (half.mul(Rational.integer(100)).cmp(middle.abs()) > 0) {
    return `[${significant(low, 3, 'down')}, ${significant(high, 3, 'up')}]`;
  }
  const place = order(half);
  const units = unitsAt(middle, place, 'nearest');
  const printed = new Rational(units).mul(Rational.integer(10).pow(place));
  const above = high.sub(printed);
  const below = printed.sub(low);
  const radius = unitsAt(above.cmp(below) >= 0 ? above : below, place, 'up');
  return `${decimalText(units, place)} ± ${decimalText(radius, place)}`;
}

function approxText(value: number, residual: number): string {
  const size = Math.abs(residual);
  const digits =
    value === 0 || size === 0
      ? 17
      : Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(size)) + 1;
  const shown =
    value === 0 ? '0' : significant(Rational.fromNumber(value), Math.min(17, Math.max(3, digits)), 'nearest');
  return `≈ ${shown} (residual ${boundText(residual, 'up')})`;
}
