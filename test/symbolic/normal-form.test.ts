import { describe, expect, it } from 'vitest';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { gradient } from '../../src/symbolic/derivative.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import { Polynomial, TermBudgetExceeded } from '../../src/symbolic/polynomial.ts';
import { randomSource } from '../../src/symbolic/random-source.ts';
import { type Fraction, NormalForm, NotRational } from '../../src/symbolic/rational-function.ts';
import { attempt } from '../../src/symbolic/refutation.ts';
import {
  countRoots,
  evaluateAt,
  isPositive,
  negativePoint,
  POSITIVE_HALF_LINE,
  REAL_LINE,
  rationalRoots,
  simplestBetween,
  type Univariate,
} from '../../src/symbolic/univariate.ts';
import { expressionLoss } from './losses.ts';
import { randomLoss } from './random-loss.ts';

const q = (text: string): Rational => Rational.parse(text)!;
const poly = (...coefficients: number[]): Univariate => coefficients.map((c) => Rational.integer(c));
const x = Polynomial.variable('x');
const y = Polynomial.variable('y');

describe('polynomials', () => {
  it('decides identities', () => {
    expect(
      x
        .add(y)
        .pow(3)
        .equals(
          x
            .pow(3)
            .add(x.pow(2).mul(y).scale(q('3')))
            .add(x.mul(y.pow(2)).scale(q('3')))
            .add(y.pow(3)),
        ),
    ).toBe(true);
    expect(
      x
        .add(y)
        .pow(2)
        .equals(x.pow(2).add(y.pow(2))),
    ).toBe(false);
    expect(x.sub(x).isZero).toBe(true);
    expect(x.mul(y).key).toBe(y.mul(x).key);
    expect(x.sub(y).mul(x.add(y)).format()).toBe('x^2 - y^2');
  });

  it('differentiates by the product rule', () => {
    const p = x.pow(3).mul(y).add(x).add(y.pow(2));
    const r = x.sub(y.scale(q('1/2'))).pow(2);
    expect(
      p
        .mul(r)
        .diff('x')
        .equals(
          p
            .diff('x')
            .mul(r)
            .add(p.mul(r.diff('x'))),
        ),
    ).toBe(true);
  });

  it('is a ring homomorphism under evaluation', () => {
    const random = randomSource(5);
    const any = (): Polynomial =>
      Array.from({ length: 4 }, () =>
        x
          .pow(Math.floor(random() * 4))
          .mul(y.pow(Math.floor(random() * 3)))
          .scale(new Rational(BigInt(Math.floor(random() * 9) - 4), 3n)),
      ).reduce((a, b) => a.add(b));
    for (let k = 0; k < 100; k++) {
      const [a, b] = [any(), any()];
      const at = (name: string) => (name === 'x' ? new Rational(BigInt(k - 50), 7n) : q('-5/3'));
      expect(
        a
          .mul(b)
          .evaluate(at)
          .equals(a.evaluate(at).mul(b.evaluate(at))),
      ).toBe(true);
      expect(
        a
          .add(b)
          .evaluate(at)
          .equals(a.evaluate(at).add(b.evaluate(at))),
      ).toBe(true);
      expect(a.mul(b).sub(b.mul(a)).isZero).toBe(true);
    }
  });

  it('gives up on a product beyond the budget', () => {
    const sum = Array.from({ length: 40 }, (_, k) => Polynomial.variable(`v${k}`)).reduce((a, b) => a.add(b));
    expect(() => sum.pow(6)).toThrow(TermBudgetExceeded);
  });
});

describe('Sturm', () => {
  it.each([
    [poly(-2, 0, 1), 2],
    [poly(2, 0, 1), 0],
    [poly(0, 0, 1), 1],
    [poly(-6, 11, -6, 1), 3],
    [poly(1, -3, 3, -1), 1],
    [poly(0, -1, 0, 1), 3],
    [poly(5), 0],
  ])('counts distinct real roots', (p, roots) => {
    expect(countRoots(p, REAL_LINE)).toBe(roots);
  });

  it('counts inside open intervals only', () => {
    const p = poly(0, -1, 1); // x(x − 1)
    expect(countRoots(p, { lower: q('0'), upper: q('1') })).toBe(0);
    expect(countRoots(p, { lower: q('-1'), upper: q('1') })).toBe(1);
    expect(countRoots(p, { lower: q('0'), upper: q('2') })).toBe(1);
    expect(countRoots(p, POSITIVE_HALF_LINE)).toBe(1);
  });

  it('decides signs of random products of known factors', () => {
    const random = randomSource(11);
    for (let k = 0; k < 300; k++) {
      const roots = Array.from(
        { length: Math.floor(random() * 5) },
        () => new Rational(BigInt(Math.floor(random() * 13) - 6), 2n),
      );
      let p = poly(random() < 0.5 ? 1 : 3);
      if (random() < 0.4) p = times(p, poly(2, 1, 1));
      for (const root of roots) p = times(p, [root.neg(), Rational.one]);
      const odd = roots.filter((root) => roots.filter((other) => other.equals(root)).length % 2 === 1);
      expect(negativePoint(p, REAL_LINE) === undefined).toBe(odd.length === 0);
      expect(negativePoint(p, POSITIVE_HALF_LINE) === undefined).toBe(odd.every((root) => root.sign <= 0));
      expect(isPositive(p, REAL_LINE)).toBe(roots.length === 0);
      const point = negativePoint(p, REAL_LINE);
      if (point) expect(evaluateAt(p, point).sign).toBe(-1);
      const found = rationalRoots(p, REAL_LINE);
      expect(found.all).toBe(true);
      expect(new Set(found.roots.map(String))).toEqual(new Set(roots.map(String)));
    }
  });

  it('tells irrational roots from rational ones', () => {
    expect(rationalRoots(times(poly(-2, 0, 1), poly(-1, 3)), REAL_LINE)).toEqual({
      roots: [q('1/3')],
      all: false,
    });
    expect(simplestBetween(q('3/10'), q('34/100')).toString()).toBe('1/3');
  });
});

function times(a: Univariate, b: Univariate): Univariate {
  const product = Array.from({ length: a.length + b.length - 1 }, () => Rational.zero);
  a.forEach((s, i) => {
    b.forEach((t, j) => {
      product[i + j] = product[i + j]!.add(s.mul(t));
    });
  });
  return product;
}

describe('rational normal forms', () => {
  const value = ({ numerator, denominator }: Fraction, at: (name: string) => Rational): Rational =>
    numerator.evaluate(at).div(denominator.evaluate(at));

  it('agree with evaluation, and their derivatives with the reverse sweep, on random expressions', () => {
    let compared = 0;
    let slopes = 0;
    for (let seed = 1; seed <= 1500; seed++) {
      const { graph, dy } = randomLoss(seed);
      const output = graph.outputs[0]!;
      for (const point of [q('2/3'), q('-5/7')]) {
        const variables = {
          q: Array.from({ length: dy }, (_, k) => point.add(Rational.integer(k))),
          y: Array.from({ length: dy }, () => q('3/2')),
        };
        const at = (name: string): Rational => {
          const [group, index] = name.split(':');
          return variables[group as 'q' | 'y'][Number(index)]!;
        };
        const evaluation = evaluate(graph, rationalArithmetic, variables);
        const exact = attempt(() => evaluation.value(output));
        const slope = exact && attemptSlope(() => gradient(evaluation, output, 'q')[0]!);
        try {
          const form = new NormalForm(graph);
          const fraction = form.of(output);
          if (!exact) continue;
          compared++;
          expect(value(fraction, at).equals(exact), `seed ${seed}`).toBe(true);
          if (slope) {
            slopes++;
            expect(value(form.diff(fraction, 'q:0'), at).equals(slope), `seed ${seed}`).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof NotRational || error instanceof TermBudgetExceeded)) throw error;
        }
      }
    }
    expect(compared).toBeGreaterThan(300);
    expect(slopes).toBeGreaterThan(300);
  });

  const attemptSlope = (compute: () => Rational): Rational | undefined => {
    try {
      return compute();
    } catch {
      return undefined;
    }
  };

  it('knows e^{u+v} = e^u e^v and nothing else of atoms', async () => {
    const same = async (left: string, right: string): Promise<boolean> => {
      const { graph } = await expressionLoss(`(${left})-(${right})`, 2);
      return new NormalForm(graph, { atoms: true, exponentials: true }).of(graph.outputs[0]!).numerator
        .isZero;
    };
    expect(await same('exp(q1+q2)', 'exp(q1)*exp(q2)')).toBe(true);
    expect(await same('exp(2*q1-q2)', 'exp(q1)^2/exp(q2)')).toBe(true);
    expect(await same('tanh(q1)', '(exp(q1)-exp(-q1))/(exp(q1)+exp(-q1))')).toBe(true);
    expect(await same('exp(q1)', 'exp(q2)')).toBe(false);
    expect(await same('sin(q1)^2+cos(q1)^2', '1')).toBe(false);
    expect(await same('log(q1*q2)', 'log(q1)+log(q2)')).toBe(false);
  });

  it('refuses kinks of what is not constant', async () => {
    for (const expression of ['max(0,q1)', 'max(q1,0)', 'min(0,q1)', 'abs(q1)', 'relu(q1)', 'max(q1,q1)']) {
      const { graph } = await expressionLoss(expression);
      expect(() => new NormalForm(graph, { atoms: true }).of(graph.outputs[0]!), expression).toThrow(
        NotRational,
      );
    }
    const { graph } = await expressionLoss('max(y1,-1/2)+min(y1,-1/2)+abs(y1)+relu(y1)');
    const form = new NormalForm(graph, { constantOf: (group) => (group === 'y' ? q('-3') : undefined) });
    expect(form.of(graph.outputs[0]!).numerator.constantValue?.toString()).toBe('-1/2');
  });
});
