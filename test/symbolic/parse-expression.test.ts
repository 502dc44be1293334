import { beforeAll, describe, expect, it } from 'vitest';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import { GraphBuilder } from '../../src/symbolic/graph.ts';
import { loadParser, parseExpression } from '../../src/symbolic/parse-expression.ts';
import { SpecError } from '../../src/symbolic/spec-error.ts';
import { randomIntegers } from './random.ts';

beforeAll(loadParser);

function parse(text: string, names: readonly string[] = ['x', 'y', 'w1']) {
  const b = new GraphBuilder({ v: names.length });
  const resolve = (name: string) => (names.includes(name) ? b.variable('v', names.indexOf(name)) : undefined);
  return b.build([parseExpression(text, b, resolve, 'model.outputs[0]')]);
}
const exact = (text: string, x = '2', y = '3') =>
  evaluate(parse(text), Q, { v: [x, y, '5'].map((n) => Rational.parse(n)!) }).value(parse(text).outputs[0]!);
const float = (text: string, x = 2, y = 3) =>
  evaluate(parse(text), F, { v: [x, y, 5] }).value(parse(text).outputs[0]!);
function refusal(text: string): SpecError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw new Error(`not a SpecError: ${error}`);
  }
  throw new Error(`accepted: ${text.slice(0, 80)}`);
}

describe('accepted, with exact values at x = 2, y = 3, w1 = 5', () => {
  it.each([
    ['0.1', '1/10'],
    ['.5', '1/2'],
    ['5.', '5'],
    ['1e-3', '1/1000'],
    ['2.5E+2', '250'],
    ['123456789012345678901234567890.5', '246913578024691357802469135781/2'],
    ['0.1+0.2', '3/10'],
    ['0.30000000000000004', '7500000000000001/25000000000000000'],
    ['9007199254740993', '9007199254740993'],
    ['1/3', '1/3'],
    ['x-y-1', '-2'],
    ['x/y/2', '1/3'],
    ['-x^2', '-4'],
    ['(-x)^2', '4'],
    ['2^3^2', '512'],
    ['2^-1', '1/2'],
    ['x^-2', '1/4'],
    ['+x - -y', '5'],
    ['--x', '2'],
    ['2 x', '4'],
    ['2x y', '12'],
    ['2(x+1)', '6'],
    ['(x)(y)', '6'],
    ['1/2 x', '1'], // mathjs reads a leading fraction as one number
    ['x*2 y', '12'],
    ['max(x,y)', '3'],
    ['max(x)', '2'],
    ['min(x,y,w1,-1)', '-1'],
    ['relu(x-y)', '0'],
    ['abs(x-y)', '1'],
    ['exp(0*x)', '1'],
    ['sigmoid(x-2)', '1/2'],
    ['sqrt(x+2)', '2'],
    ['(x+2)^0.5', '2'],
    ['(x+2)^(3/2)', '8'],
    ['(x+2)^-0.5', '1/2'],
    ['x^0', '1'],
    ['x\n+\ty', '5'],
    ['w1', '5'],
    ['((((x))))', '2'],
  ])('%s = %s', (text, value) => {
    expect(exact(text).toString()).toBe(value);
  });

  it.each([
    ['x^y', 8],
    ['x^0.3', 2 ** 0.3],
    ['2^x', 4],
    ['log(x)+sin(y)*cos(x)-tanh(y)', Math.log(2) + Math.sin(3) * Math.cos(2) - Math.tanh(3)],
    ['softplus(x)', Math.log1p(Math.exp(2))],
  ])('%s in floats', (text, value) => {
    expect(float(text)).toBeCloseTo(value, 12);
  });

  it('long sums and products do not nest', () => {
    const sum = Array.from({ length: 1500 }, () => 'x').join('+');
    expect(exact(sum).toString()).toBe('3000');
    const product = Array.from({ length: 1200 }, () => 'w1').join('*');
    expect(exact(product).equals(new Rational(5n ** 1200n))).toBe(true);
  });
});

describe('refused, naming the column and the mend', () => {
  it.each([
    ['', /empty/],
    ['   ', /empty/],
    ['import("fs")', /column 8.*strings/],
    ['import(x)', /unknown function "import" at column 1; the functions are exp/],
    ['cos.constructor', /cos without an argument at column 1|column 4.*member access/],
    ['x.constructor', /column 2.*member access/],
    ['cos.constructor("return process")()', /column/],
    ['x=1', /"=" at column 2.*not an assignment/],
    ['f(x)=x', /"=" at column 5/],
    ['x==1', /column 2/],
    ['[1,2]', /column 1.*arrays/],
    ['{a:1}', /column 1.*objects/],
    ['"a"', /column 1.*strings/],
    ["x'", /column 2/],
    ['1:3', /column 2.*ranges/],
    ['a.b', /column 2/],
    ['__proto__', /column 1.*starts with a letter/],
    ['constructor', /unknown name "constructor" at column 1/],
    ['toString(1)', /unknown function "toString"/],
    ['hasOwnProperty', /unknown name/],
    ['x ? y : 1', /column 3.*conditionals/],
    ['x > 1', /column 3.*comparisons/],
    ['5!', /column 2.*factorial/],
    ['10%', /column 3/],
    ['x; y', /column 2.*single expression/],
    ['x # y', /column 3.*comments/],
    ['x and y', /unknown name "and" at column 3/],
    ['x mod y', /unknown name "mod"/],
    ['x to y', /unknown name "to"/],
    ['5 cm', /unknown name "cm"/],
    ['true', /unknown name "true"/],
    ['NaN', /unknown name "NaN"/],
    ['Infinity', /unknown name "Infinity"/],
    ['i', /unknown name "i"/],
    ['z+1', /unknown name "z" at column 1; use a declared name/],
    ['pi', /constant pi.*decimal/],
    ['2*e', /constant e.*exp/],
    ['e^x', /constant e.*exp/],
    ['foo(x)', /unknown function "foo" at column 1/],
    ['x(2)', /"x" is not a function at column 1; write x\*/],
    ['sin', /sin without an argument/],
    ['sin x', /sin without an argument/],
    ['sin()', /column/],
    ['sin(x,y)', /sin has 2 arguments at column 1; give it one/],
    ['max()', /column|arguments/],
    ['log(x,10)', /log has 2 arguments/],
    ['1+', /column/],
    ['*x', /column/],
    ['x**2', /column 2; write \^/],
    ['x//y', /column/],
    ['(x', /unmatched \( at column 1/],
    ['x)', /unmatched \) at column 2/],
    ['(1,2)', /column/],
    ['1 2', /column/],
    ['1.2.3', /column/],
    ['1..2', /column/],
    ['0x1F', /not decimal/],
    ['0b101', /not decimal/],
    ['1.*x', /elementwise/],
    ['x.*y', /column 2/],
    ['x.^2', /column 2/],
    ['2e', /unknown name "e"|constant e/],
    ['1e999', /too long/],
    ['1e-99999999', /too long/],
    ['1/0', /division by zero/],
    ['x/(1-1)', /division by zero/],
    ['0^-1', /division by zero/],
    ['x^1001', /exponent 1001.*too large/],
    ['9^1000^2', /exponent/],
    ['(9^999)^999', /bits/],
    ['1e400^500', /bits/],
    ['x−1', /write - for minus/],
    ['x²', /write \^2/],
    ['α', /only numbers/],
    ['x\u0000', /column 2/],
    ['x\u202ey', /column 2/],
    ['$x', /column 1/],
    ['`x`', /column 1/],
    ['x\\y', /column 2/],
    ['x & y', /column 3/],
    ['~x', /column 1/],
  ])('%s', (text, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
    expect(error.path).toBe('model.outputs[0]');
  });

  it.each([
    ['parentheses', '('.repeat(4000) + 'x' + ')'.repeat(4000), /200 levels/],
    ['open parentheses', '('.repeat(100_000), /100000 characters/],
    ['minus signs', '-'.repeat(9000) + 'x', /200 levels/],
    ['a tower of powers', Array.from({ length: 3000 }, () => 'x').join('^'), /200 levels/],
    ['signs in powers', 'x^' + '-+'.repeat(3000) + 'x', /200 levels/],
    ['nested calls', 'abs('.repeat(1500) + 'x' + ')'.repeat(1500), /200 levels/],
    ['length', 'x+'.repeat(5000) + 'x', /10001 characters/],
    ['a long name', 'a'.repeat(9999), /unknown name/],
    ['a long number', '1'.repeat(9999), /1000 digits/],
    ['a huge constant', Array.from({ length: 500 }, () => '(1e300)').join('*'), /bits/],
  ])('too much of it: %s', (_, text, message) => {
    expect(refusal(text).message).toMatch(message);
  });

  it('a depth of 199 is fine', () => {
    expect(exact('('.repeat(199) + 'x' + ')'.repeat(199)).toString()).toBe('2');
    expect(exact('relu('.repeat(199) + 'x' + ')'.repeat(199)).toString()).toBe('2');
    expect(exact('-'.repeat(199) + 'x').toString()).toBe('-2');
    expect(exact(Array.from({ length: 199 }, () => 'x^0').join('*')).toString()).toBe('1');
  });
});

describe('fuzz', () => {
  it('random tokens are a value or a SpecError, never another failure', () => {
    const random = randomIntegers(3);
    const pieces = [
      ...['x', 'y', '2', '0.5', '+', '-', '*', '/', '^', '(', ')', ',', ' ', 'relu(', 'max(', 'exp(', 'sin'],
      ...[
        '.',
        'e',
        '1e',
        '=',
        '[',
        '"',
        '%',
        "'",
        '_',
        '2x',
        '1/2',
        'mod',
        '{',
        ':',
        '?',
        '!',
        '0x',
        '..',
        '\n',
      ],
    ];
    let accepted = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)]!).join('');
      try {
        parse(text);
        accepted++;
      } catch (error) {
        if (!(error instanceof SpecError)) throw new Error(`${JSON.stringify(text)}: ${error}`);
      }
    }
    expect(accepted).toBeGreaterThan(500);
  });

  it('random sums, products and powers of integers have the value that JavaScript gives them', () => {
    const random = randomIntegers(5);
    const build = (depth: number): string => {
      if (depth === 0) return ['x', 'y', '2', '7'][random(4)]!;
      const [a, b] = [build(depth - 1), build(depth - 1)];
      return [`${a}+${b}`, `${a}-${b}`, `${a}*${b}`, `(${a})*(${b})`, `(${a})^2`, `-(${a})`, `(${a}-${b})`][
        random(7)
      ]!;
    };
    const variables = { x: 2n, y: 3n };
    for (let round = 0; round < 500; round++) {
      const text = build(1 + random(4));
      // The reference: shunting-yard over bigints.
      expect(exact(text).toString(), text).toBe(String(reference(text, variables)));
    }
  });
});

/** An independent evaluator of + − * ^ and parentheses over integers, by recursive descent. */
function reference(text: string, variables: Readonly<Record<string, bigint>>): bigint {
  let at = 0;
  const sum = (): bigint => {
    let value = product();
    while (text[at] === '+' || text[at] === '-')
      value = text[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const product = (): bigint => {
    let value = unary();
    while (text[at] === '*') {
      at++;
      value *= unary();
    }
    return value;
  };
  const unary = (): bigint => {
    if (text[at] !== '-') return power();
    at++;
    return -unary();
  };
  const power = (): bigint => {
    const base = atom();
    if (text[at] !== '^') return base;
    at++;
    return base ** unary();
  };
  const atom = (): bigint => {
    if (text[at] === '(') {
      at++;
      const value = sum();
      at++;
      return value;
    }
    const word = /^\w+/.exec(text.slice(at))![0];
    at += word.length;
    return variables[word] ?? BigInt(word);
  };
  return sum();
}
