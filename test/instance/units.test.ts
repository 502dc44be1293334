import { describe, expect, it } from 'vitest';
import { InstanceError, quote } from '../../src/instance/error.ts';
import { EXACT_PATTERN, parseExact } from '../../src/instance/number.ts';
import { nearest } from '../../src/instance/suggest.ts';
import { Tensor } from '../../src/instance/tensor.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { random } from './writers.ts';

describe('exact numbers', () => {
  it.each([
    ['0.1', '1/10'],
    ['-1/3', '-1/3'],
    ['+2/4', '1/2'],
    ['.5', '1/2'],
    ['5.', '5'],
    ['1e-3', '1/1000'],
    ['-2.50E1', '-25'],
    ['0', '0'],
    ['-0', '0'],
    ['1.7976931348623157e308', String(17976931348623157n * 10n ** 292n)],
  ])('%s', (text, value) => expect(String(parseExact(text))).toBe(value));

  it('ends where float64 ends', () => {
    const edge = 2n ** 1024n - 2n ** 970n;
    expect(Rational.is(parseExact(String(edge - 1n)))).toBe(true);
    expect(parseExact(String(edge))).toMatch(/beyond the largest float64/);
    expect(parseExact(`-${edge}`)).toMatch(/beyond the largest float64/);
  });

  it('the pattern of the schema and the reader agree on 20,000 texts', () => {
    const pattern = new RegExp(EXACT_PATTERN, 'u');
    const next = random(1);
    let accepted = 0;
    for (let run = 0; run < 20_000; run++) {
      const text = Array.from({ length: 1 + next(7) }, () => '0123456789+-/.eE x'[next(18)]!).join('');
      const value = parseExact(text);
      if (typeof value !== 'string') {
        expect(pattern.test(text), text).toBe(true);
        accepted++;
      } else if (pattern.test(text)) expect(value).toMatch(/denominator is zero|beyond/);
    }
    expect(accepted).toBeGreaterThan(1000);
  });
});

describe('suggestions', () => {
  const names = ['relu', 'leaky-relu', 'tanh', 'W1', 'local-minimum', 'cat'];
  it.each([
    ['rely', 'relu'],
    ['RELU', 'relu'],
    ['thna', undefined],
    ['tnah', 'tanh'],
    ['local-minimun', 'local-minimum'],
    ['w1', 'W1'],
    ['W3', undefined],
    ['cta', 'cat'],
    ['something else', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s', (name, near) => expect(nearest(name, names)).toBe(near));
});

describe('messages', () => {
  it('are one printable line', () => {
    const error = new InstanceError('data', `is ${quote('a\nb\u001b[0m\u202e\u0085\ud800')}`, 'x\u001b.json');
    expect(error.message).toBe('x\\u001b.json: data is "a\\nb\\u001b[0m\\u202e\\u0085\\ud800"');
    expect(new InstanceError('', 'is '.repeat(1000)).message.length).toBeLessThanOrEqual(600);
  });
});

describe('tensor', () => {
  it('concatenates floats as floats and anything with a rational exactly', () => {
    const floats = Tensor.ofFloats([2], Float64Array.of(0.1, 2));
    const exact = Tensor.ofRationals([], [new Rational(1n, 3n)]);
    expect([...Tensor.concat([4], [floats, floats]).floats()]).toEqual([0.1, 2, 0.1, 2]);
    const mixed = Tensor.concat([3], [floats, exact]);
    expect(mixed.rational(2).toString()).toBe('1/3');
    expect(mixed.rational(0).equals(Rational.fromNumber(0.1))).toBe(true);
    expect(Tensor.concat([0], []).length).toBe(0);
    expect(() => Tensor.concat([5], [floats])).toThrow(RangeError);
  });

  it('reshapes to the same length only', () => {
    const tensor = Tensor.ofFloats([4], Float64Array.of(1, 2, 3, 4));
    expect(tensor.reshape([2, 2]).shape).toEqual([2, 2]);
    expect(() => tensor.reshape([3])).toThrow(RangeError);
  });
});
