import { describe, expect, it } from 'vitest';
import { displayMath } from '../../../../src/derive/document/html/math.ts';
import { tidy } from '../../../../src/derive/document/html/mathml-tidy.ts';
import { parseMathml, writeMathml } from '../../../../src/derive/document/html/mathml-tree.ts';

const read = (source: string): string => parseMathml(source).map(writeMathml).join('');
const tidied = (source: string): string => tidy(parseMathml(source)).map(writeMathml).join('');
const letters = (markup: string): string => markup.replace(/<[^>]*>|\s/g, '');
const shown = (mathml: string): string =>
  displayMath({ text: 'text', latex: '', typst: '', mathml }, (id) => (id === 'v' ? '7' : null));

describe('MathML is read', () => {
  it.each([
    '<mrow><mi data-symbol="v-m">m</mi><mo lspace="0" rspace="0.17em">=</mo><mn>1</mn></mrow>',
    '<munderover><mo>∑</mo><mi>i</mi><mi>m</mi></munderover><mspace width="1em"/>',
    '<mo>&lt;</mo><mtext> a &amp; b</mtext>',
  ])('and written as it was: %s', (source) => expect(read(source)).toBe(source));

  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<mi onclick="x">a</mi>', '<mi>a</mi>'],
    ['<mi href="http://e">a</mi>', '<mi>a</mi>'],
    ['<mi style="x">a</mi>', '<mi>a</mi>'],
    ['<mi>a</mn></mi>', '<mi>a&lt;/mn&gt;</mi>'],
    ['<mi>a', '<mi>a</mi>'],
    ['<mi x=1>a</mi>', '&lt;mi x=1&gt;a&lt;/mi&gt;'],
    ['<annotation-xml encoding="text/html"><b>x</b></annotation-xml>', null],
    ['<!-- <mi>a</mi>', '&lt;!-- <mi>a</mi>'],
    ['<mtext>&bogus; & &#60;</mtext>', '<mtext>&amp;bogus; &amp; &#60;</mtext>'],
    ['<mi data-symbol="&quot;><script>">a</mi>', null],
  ])('with nothing else in it: %s', (source, expected) => {
    const written = read(source);
    if (expected !== null) expect(written).toBe(expected);
    expect(written).not.toMatch(/<(?!\/?m)|\son|javascript/);
    expect(read(written)).toBe(written);
  });

  it('whatever it is: every piece of markup is an element of MathML, and is read again as it was', () => {
    let state = 1;
    const next = (n: number): number => {
      state = (state * 48271) % 2147483647;
      return state % n;
    };
    const bits = [
      '<mi>',
      '</mi>',
      '<mrow ',
      'form="',
      '"',
      '>',
      '<',
      '/',
      'script',
      'data-symbol="v"',
      '&lt;',
    ];
    bits.push('<mo>(</mo>', '</mrow>', '<!--', 'x', '=', '<mspace/>', '<math>', ' on="1"');
    for (let run = 0; run < 3000; run++) {
      const source = Array.from({ length: 1 + next(12) }, () => bits[next(bits.length)]!).join('');
      const written = read(source);
      const tags = written.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) expect(tag, source).toMatch(/^<\/?m[a-z]+(?: [a-z-]+="[^"<>]*")*\/?>$/);
      expect(written.replace(/<[^>]*>/g, ''), source).not.toMatch(/[<>]/);
      expect(read(written)).toBe(written);
      expect(letters(tidied(source))).toBe(letters(written));
    }
  });
});

describe('MathML is made shorter', () => {
  it.each([
    [
      '<mrow><mrow><mi>a</mi><mo>+</mo></mrow><mi>b</mi></mrow>',
      '<mrow><mi>a</mi><mo>+</mo></mrow><mi>b</mi>',
    ],
    ['<mrow><mi>f</mi><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>', null],
    ['<mfrac><mrow><mi>a</mi><mi>b</mi></mrow><mi>c</mi></mfrac>', null],
    ['<msub><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></msub>', '<msub><mi>a</mi><mi>b</mi></msub>'],
    ['<msub><mi>a</mi><mrow></mrow></msub>', '<msub><mi>a</mi><mrow/></msub>'],
    ['<mrow data-symbol="v"><mrow><mi>a</mi></mrow></mrow>', '<mrow data-symbol="v"><mi>a</mi></mrow>'],
  ])('%s', (source, expected) => {
    expect(tidied(source)).toBe(expected ?? source.replace(/^<mrow>(.*)<\/mrow>$/, '$1'));
  });

  it('marks what is tall in its parentheses', () => {
    const sum = '<mrow><mo>(</mo><munder><mo>∑</mo><mi>i</mi></munder><mo>)</mo></mrow>';
    expect(tidied(sum)).toBe(sum.replace('<mrow>', '<mrow class="tall">'));
  });
});

describe('a formula', () => {
  it('stays in one piece when it is short', () => {
    expect(shown('<mi data-symbol="v">a</mi><mo>=</mo><mi data-symbol="w">b</mi>')).toBe(
      '<div class="formula"><math><mi data-s="7">a</mi><mo>=</mo><mi>b</mi></math></div>',
    );
  });

  it('is cut before relations and connectives when it is long, and a sign keeps its side', () => {
    const side = `<mi>${'x'.repeat(20)}</mi>`;
    expect(shown(`${side}<mo>−</mo>${side}<mo>=</mo><mo>−</mo>${side}`)).toBe(
      `<div class="formula"><math>${side}</math> <math><mo form="infix">−</mo>${side}</math> <math><mo>=</mo><mo>−</mo>${side}</math></div>`,
    );
  });
});
