import { Rational } from '../kernel/rational.ts';

export type Rounding = 'down' | 'up' | 'nearest';

/** floor(log10 |x|); x ≠ 0. */
export function order(x: Rational): number {
  const p = x.abs().numerator;
  const q = x.denominator;
  const guess = p.toString().length - q.toString().length;
  // |x| lies in (10^(guess−1), 10^(guess+1)).
  return Rational.integer(10).pow(guess).cmp(x.abs()) <= 0 ? guess : guess - 1;
}

/** x in units of 10^place, rounded towards −∞, towards +∞ or to the nearest (halves up). Exact. */
export function unitsAt(x: Rational, place: number, rounding: Rounding): bigint {
  const scaled = x.mul(Rational.integer(10).pow(-place));
  if (rounding === 'up') return -floor(scaled.neg());
  return floor(rounding === 'down' ? scaled : scaled.add(new Rational(1n, 2n)));
}

function floor(x: Rational): bigint {
  const quotient = x.numerator / x.denominator;
  return x.sign < 0 && quotient * x.denominator !== x.numerator ? quotient - 1n : quotient;
}

/** units · 10^place without rounding: plain for moderate sizes ("0.00125"), else scientific ("1.25e-12"). */
export function decimalText(units: bigint, place: number): string {
  if (units === 0n) return '0';
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString();
  const exponent = digits.length - 1 + place;
  if (exponent < -5 || exponent >= 16) {
    const fraction = digits.slice(1).replace(/0+$/, '');
    return `${sign}${digits[0]}${fraction === '' ? '' : `.${fraction}`}e${exponent < 0 ? '' : '+'}${exponent}`;
  }
  if (place >= 0) return sign + digits + '0'.repeat(place);
  const padded = digits.padStart(1 - place, '0');
  return `${sign}${padded.slice(0, place)}.${padded.slice(place)}`;
}

/** x to `digits` significant digits, rounded in the direction asked; trailing zeros are dropped. */
export function significant(x: Rational, digits: number, rounding: Rounding): string {
  if (x.isZero) return '0';
  let place = order(x) - digits + 1;
  let units = unitsAt(x, place, rounding);
  while (units !== 0n && units % 10n === 0n && place < 0) {
    units /= 10n;
    place += 1;
  }
  return decimalText(units, place);
}

/** A one-sided bound: as it is when it is short, else three digits rounded to the safe side. */
export function boundText(value: number, rounding: 'up' | 'down'): string {
  const text = finiteText(value);
  const digits = text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').length;
  return digits <= 6 ? text : significant(Rational.fromNumber(value), 3, rounding);
}

/** The shortest decimal that parses to `value`; throws a RangeError when it is not finite. */
export function finiteText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
  return String(value);
}
