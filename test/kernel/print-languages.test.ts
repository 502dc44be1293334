import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  apply,
  arrow,
  delta,
  div,
  eq,
  Fin,
  index,
  inl,
  inr,
  join,
  le,
  lt,
  mul,
  Nat,
  nat,
  natAdd,
  neg,
  not,
  Real,
  real,
  scale,
  sqrt,
  sub,
  sum,
  type Term,
  unpair,
  Vec,
  val,
  variable,
  vec,
  vecAdd,
  zeroVec,
} from '../../src/kernel/build.ts';
import { Composer } from '../../src/kernel/compose.ts';
import { type Layout, name } from '../../src/kernel/layout.ts';
import { norm } from '../../src/kernel/notions.ts';
import { latexStyle } from '../../src/kernel/print-latex.ts';
import { mathmlStyle, printMathml } from '../../src/kernel/print-mathml.ts';
import { type Style, write } from '../../src/kernel/print-style.ts';
import { printText, textStyle } from '../../src/kernel/print-text.ts';
import { printTypst, typstStyle } from '../../src/kernel/print-typst.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { definitionId, variableId } from '../../src/kernel/symbol-id.ts';
import { template } from '../../src/kernel/template.ts';
import { freeData, Loss } from '../../theorems/setting.ts';
import { latexError, pdflatexFound } from '../support/latex.ts';
import { readMathml } from '../support/mathml.ts';
import { typstError, typstFound } from '../support/typst.ts';

const STYLES: readonly Style[] = [textStyle, latexStyle, typstStyle, mathmlStyle];
const x = variable('x', Real);
const y = variable('y', Real);
const n = variable('n', Nat);
const p = variable('p', Nat);
const i = variable('i', Fin(n));
const v = variable('v', Vec(n));
const f = variable('f', arrow(Vec(n), Real));

describe('Typst', () => {
  const written: readonly (readonly [Term, string])[] = [
    [variable("θ'", Real), "θ'"],
    [variable('ε₀', Real), 'ε_(0)'],
    [variable('dθ', Nat), 'd_(θ)'],
    [variable('f̃', Real), 'tilde(f)'],
    [variable('rate', Real), 'italic("rate")'],
    [div(x, y), 'frac(x, y)'],
    [real(new Rational(-1n, 3n)), '−frac(1, 3)'],
    [sum('i', n, (k) => apply(v, k)), 'sum_(i = 1)^(n) v_(i)'],
    [sqrt(add(x, 1)), 'sqrt(x + 1)'],
    [apply(f, vecAdd(v, scale(x, v))), 'f(v + x thin v)'],
    [mul(x, add(x, y)), 'x dot (x + y)'],
    [not(lt(x, y)), '¬ (x < y)'],
    [all('ε', Real, (e) => le(0, e)), '∀ ε ∈ ℝ . thick 0 ≤ ε'],
  ];
  test.each(written)('%#: $1', (term, typst) => {
    expect(printTypst(term as Term)).toBe(typst);
  });
});

describe('MathML', () => {
  const written: readonly (readonly [Term, string])[] = [
    [x, '<mi data-symbol="v-x">x</mi>'],
    [variable('dθ', Nat), '<msub data-symbol="v-d-theta"><mi>d</mi><mi>θ</mi></msub>'],
    [variable("z'", Real), '<msup data-symbol="v-z-prime"><mi>z</mi><mo>′</mo></msup>'],
    [apply(v, i), '<msub><mi data-symbol="v-v">v</mi><mi data-symbol="v-i">i</mi></msub>'],
    [real(new Rational(1n, 2n)), '<mfrac><mn>1</mn><mn>2</mn></mfrac>'],
    [neg(real(3)), '<mrow><mo form="prefix">−</mo><mn>3</mn></mrow>'],
    [lt(x, y), '<mrow><mi data-symbol="v-x">x</mi><mo>&lt;</mo><mi data-symbol="v-y">y</mi></mrow>'],
    [
      norm(v),
      '<mrow><mo stretchy="false" data-symbol="d-norm">‖</mo><mi data-symbol="v-v">v</mi><mo stretchy="false">‖</mo></mrow>',
    ],
    // bound variables have no entry in a legend
    [
      sum('k', n, (k) => apply(v, k)),
      '<mrow><munderover><mo data-symbol="n-sum">∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi data-symbol="v-n">n</mi></munderover>' +
        '<msub><mi data-symbol="v-v">v</mi><mi>k</mi></msub></mrow>',
    ],
  ];
  test.each(written)('%#: $1', (term, mathml) => {
    expect(printMathml(term as Term)).toBe(mathml);
    expect(() => readMathml(mathml as string)).not.toThrow();
  });
});

describe('indices in blocks', () => {
  const j = variable('j', Fin(p));
  const wide = variable('w', Vec(natAdd(n, p)));
  const written: readonly (readonly [Term, string])[] = [
    [apply(wide, inl(n, p, i)), 'w_i'],
    [apply(wide, inr(n, p, j)), 'w_{n + j}'],
    [delta(i, i), 'δ_{ii}'],
    [delta(inl(n, p, i), inl(n, p, i)), '[i = i]'],
    [delta(inl(n, p, i), inl(p, n, j)), '[i = j]'],
    // the last indices of Fin(n + 1) and Fin(p + 1), counted from 0
    [
      delta(inl(natAdd(n, 1), p, inr(n, 1, index(1, 0))), inl(natAdd(p, 1), n, inr(p, 1, index(1, 0)))),
      '[n = p]',
    ],
    [join(n, p, v, zeroVec(p)), '[v; 0]'],
    [join(n, natAdd(n, p), v, join(n, p, v, zeroVec(p))), '[v; v; 0]'],
    [unpair(vec('a', n, (a) => vec('b', n, (b) => mul(apply(v, a), delta(b, i))))), 'vec((v_a δ_{bi})_{ab})'],
    [natAdd(natAdd(n, 1), natAdd(p, 2)), 'n + p + 3'],
    [eq(natAdd(n, natAdd(p, 1)), natAdd(natAdd(n, p), 1)), 'n + (p + 1) = n + p + 1'],
  ];
  test.each(written)('%#: $1', (term, text) => {
    expect(printText(term as Term)).toBe(text);
  });
});

describe('names of long terms', () => {
  const k = variable('k', Fin(n));
  const unit = vec('a', n, (a) => mul(x, delta(a, k)));
  const print = (term: Term): string =>
    write(textStyle, new Composer([term], [{ name: 'e', term: unit, parameters: [k] }]).compose(term));

  test('are written with what the term is open in', () => {
    expect(
      print(
        apply(
          f,
          vec('a', n, (a) => mul(x, delta(a, i))),
        ),
      ),
    ).toBe('f(e_i)');
    expect(
      print(
        all('j', Fin(n), (j) =>
          eq(
            apply(
              f,
              vec('a', n, (a) => mul(x, delta(a, j))),
            ),
            0,
          ),
        ),
      ),
    ).toBe('∀j ∈ {1..n}. f(e_j) = 0');
  });
  test('and not for terms of another form', () => {
    expect(
      print(
        apply(
          f,
          vec('a', n, (a) => mul(y, delta(a, i))),
        ),
      ),
    ).toBe('f((y δ_{ai})_a)');
    expect(
      print(
        apply(
          f,
          vec('a', n, (a) => mul(x, delta(a, a))),
        ),
      ),
    ).toBe('f((x δ_{aa})_a)');
    expect(
      print(
        apply(
          f,
          vec('a', n, (a) => mul(x, delta(i, a))),
        ),
      ),
    ).toBe('f((x δ_{ia})_a)');
  });
  test('are not given to anything else', () => {
    const e = variable('e', Vec(n));
    expect(
      print(
        add(
          apply(f, e),
          apply(
            f,
            vec('a', n, (a) => mul(x, delta(a, i))),
          ),
        ),
      ),
    ).toBe('f(e′) + f(e_i)');
  });
});

describe('names', () => {
  test('that differ in the kind of their primes are told apart', () => {
    const written = printText(lt(variable("x'", Real), variable('x′', Real)));
    expect(new Set(written.replaceAll("'", '′').split(' < ')).size).toBe(2);
  });
  test('of indices change to another letter before they get a prime', () => {
    const square = sum('k', n, (a) =>
      mul(
        apply(v, a),
        sum('k', n, (b) => mul(apply(v, a), apply(v, b))),
      ),
    );
    expect(printText(square)).toBe('Σ_{k=1}^n v_k Σ_{i=1}^n v_k v_i');
  });
  test('of variables that are applied like a definition get a prime', () => {
    const g = variable('L', arrow(Vec(n), Real));
    const data = freeData();
    const loss = Loss(data, variable('θ', Vec(data.dθ)));
    expect(printText(lt(loss, apply(g, v)))).toBe('L(θ) < L′(v)');
    expect(printText(lt(loss, variable('L', Real)))).toBe('L(θ) < L');
  });
  test('have ids of letters, digits and hyphens, different for different names', () => {
    const names = ['x', 'X', "x'", 'x′′', 'x₁', 'dθ', 'θ', 'Θ', 'f̃', 'F̃', 'ℓ', 'α_w', '漢', '<a>', '"'];
    const ids = names.map(variableId);
    for (const id of ids) expect(id).toMatch(/^v-[a-z0-9-]+$/);
    expect(new Set(ids).size).toBe(names.length);
    expect(definitionId('InV')).toBe('d-cap-i-n-cap-v');
  });
});

describe('hostile names', () => {
  const REFUSED = [
    '<script>',
    '&amp;',
    '$',
    '\\input{x}',
    '#',
    '%',
    '"#',
    '}',
    '^',
    '~',
    '`',
    '|',
    '\n',
    'a"b',
  ];
  test.each(REFUSED)('are refused by the kernel: %j', (bad) => {
    expect(() => variable(bad, Real)).toThrow('expected a name of letters and digits');
  });

  // A document also has symbols that are no terms, and letters of any script are letters.
  const layouts = [...REFUSED, '_', '漢字', 'ß₁', "ж'", 'é', '\\'].flatMap((bad): readonly Layout[] => [
    name(bad),
    name(bad, null, [name(bad)], [name(bad)]),
    { kind: 'words', text: bad, id: null },
  ]);
  test('come out inert in MathML', () => {
    for (const layout of layouts) expect(() => readMathml(write(mathmlStyle, layout))).not.toThrow();
  });
  test.runIf(pdflatexFound)('compile in LaTeX', { timeout: 60_000 }, () => {
    const written = layouts.map((layout) => write(latexStyle, layout));
    for (const latex of written) expect(latex).toMatch(/^[\u0020-\u007e]+$/);
    expect(written.join()).not.toMatch(/\\input/);
    expect(latexError(written)).toBeNull();
  });
  test.runIf(typstFound)('compile in Typst', { timeout: 60_000 }, () => {
    expect(typstError(layouts.map((layout) => write(typstStyle, layout)))).toBeNull();
  });
});

describe('templates', () => {
  const fill = (source: string, style: Style): string =>
    write(
      style,
      template(source, 'd-test')(({ argument }) => ({ kind: 'number', value: String(argument) })),
    );
  test('are one source for every language', () => {
    expect(STYLES.map((style) => fill('‖#1‖ ≤ W^(#2)(#3)', style))).toEqual([
      '‖1‖ ≤ W^(2)(3)',
      '\\Vert 1\\Vert  \\le W^{(2)}(3)',
      '‖1‖  ≤  W^((2)) (3)',
      expect.stringContaining('<mo>≤</mo>'),
    ]);
    expect(fill('#1" is "F', latexStyle)).toBe('1\\text{ is }F');
  });
  test.each(['(#1', '#1)', '{#1', '_{#1}', '"words', 'a^(#1', '@'])('a slip is refused: %s', (source) => {
    expect(() => template(source, 'd-test')).toThrow('template: expected');
  });
});

describe('terms that are nearly the same', () => {
  test('numbers and signs are seen', () => {
    const pairs: readonly (readonly [Term, Term])[] = [
      [sub(x, y), sub(y, x)],
      [sub(x, sub(y, x)), sub(sub(x, y), x)],
      [mul(add(x, y), x), add(x, mul(y, x))],
      [div(x, mul(y, x)), mul(div(x, y), x)],
      [neg(add(x, y)), add(neg(x), y)],
      [delta(i, i), delta(inl(n, n, i), inl(n, n, i))],
      [
        sum('k', n, (k) => add(apply(v, k), x)),
        add(
          sum('k', n, (k) => apply(v, k)),
          x,
        ),
      ],
      [
        apply(variable('a', arrow(Nat, Real)), val(i)),
        apply(variable('a', arrow(Nat, Real)), natAdd(val(i), nat(1))),
      ],
    ];
    for (const [a, b] of pairs) {
      const composer = new Composer([a, b]);
      for (const style of STYLES)
        expect(write(style, composer.compose(a))).not.toBe(write(style, composer.compose(b)));
    }
  });
});
