/**
 * Random exact instances of the axioms on which their hypotheses hold, for the one evaluator. An index set may be empty. What
 * the evaluator cannot decide from values is decided here from how the instance was made, and checked: convexity from a Gram
 * matrix, the rank by elimination, a statement for every t or every natural at enough of them.
 */
import type { Meaning, PointFunction } from '../../src/arithmetic/meaning.ts';
import { matrix, rank } from '../../src/exact/linear-algebra.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from './normaliser-fuzz.ts';

export type Value = Meaning<Rational>;
type Vector = readonly Rational[];

export interface AxiomInstance {
  /** by the names of the variables of the axiom, the witnesses of its ∃ among them */
  readonly values: Readonly<Record<string, Value>>;
  /** truths of claims with these heads */
  readonly facts?: Readonly<Record<string, boolean>>;
}

export const q = (n: number, d = 1): Rational => new Rational(BigInt(n), BigInt(d));
const zero = q(0);
const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const dot = (u: Vector, v: Vector): Rational => u.reduce((s, x, i) => s.add(x.mul(v[i]!)), zero);
const times = (M: readonly Vector[], v: Vector): Vector => M.map((row) => dot(row, v));
const plus = (u: Vector, v: Vector): Vector => u.map((x, i) => x.add(v[i]!));
const scaled = (c: Rational, v: Vector): Vector => v.map((x) => c.mul(x));

export class Random {
  readonly below: (n: number) => number;
  constructor(seed: number) {
    this.below = generator(seed);
  }
  size = (most = 4): number => this.below(most + 1);
  rational = (): Rational => q(this.below(9) - 4, 1 + this.below(3));
  positive = (): Rational => q(1 + this.below(5), 1 + this.below(3));
  vector = (n: number): Vector => range(n).map(this.rational);
  rows = (p: number, n: number): readonly Vector[] => range(p).map(() => this.vector(n));
  /** of length 1, by the inverse of the stereographic projection; n ≥ 1 */
  unit(n: number): Vector {
    const u = this.vector(n - 1);
    const s = dot(u, u);
    const d = s.add(q(1));
    return [...u.map((x) => x.mul(q(2)).div(d)), s.sub(q(1)).div(d)];
  }
  /** true everywhere, or but for one place, or but for a few */
  predicate(size: number): readonly boolean[] {
    const kind = this.below(3);
    const at = this.below(Math.max(1, size));
    return range(size).map((i) => (kind === 0 ? true : kind === 1 ? i !== at : this.below(5) !== 0));
  }
}

/** c + b·x + xᵀQx, with a symmetric Q */
interface Quadratic extends PointFunction<Rational> {
  readonly Q: readonly Vector[];
  readonly b: Vector;
}
function quadratic(Q: readonly Vector[], b: Vector, c: Rational): Quadratic {
  return {
    Q,
    b,
    value: (x) => c.add(dot(b, x)).add(dot(x, times(Q, x))),
    partial: (x, k) => b[k]!.add(dot(Q[k]!, x).mul(q(2))),
    differentiable: () => true,
  };
}
const gram = (B: readonly Vector[], n: number): readonly Vector[] =>
  range(n).map((i) => range(n).map((j) => B.reduce((s, row) => s.add(row[i]!.mul(row[j]!)), zero)));
const sameRows = (A: readonly Vector[], B: readonly Vector[]): boolean =>
  A.every((row, i) => row.every((x, j) => x.equals(B[i]![j]!)));
function anyQuadratic(r: Random, n: number): Quadratic {
  const half = r.rows(n, n);
  const Q = range(n).map((i) => range(n).map((j) => half[i]![j]!.add(half[j]![i]!)));
  return quadratic(Q, r.vector(n), r.rational());
}
/** entry by entry */
function stacked(entries: readonly Quadratic[]): PointFunction<Rational> {
  return {
    value: (x) => entries.map((f) => f.value(x) as Rational),
    partial: (x, k) => entries.map((f) => f.partial!(x, k) as Rational),
    differentiable: () => true,
  };
}

/** `careless` leaves out what makes one hypothesis true, for variants without it. */
export type Maker = (r: Random, careless: boolean) => AxiomInstance;

export const makers: Readonly<Record<string, Maker>> = {
  CHAIN: (r) => {
    const [n, p] = [r.size(3), r.size(3)];
    const f = stacked(range(p).map(() => anyQuadratic(r, n)));
    return { values: { n, p, f, g: anyQuadratic(r, p), θ: r.vector(n) } };
  },
  DLIN: (r) => {
    const [n, m] = [r.size(3), r.size(3)];
    const F = range(m).map(() => anyQuadratic(r, n));
    return { values: { n, m, F, λ: r.vector(m), θ: r.vector(n) } };
  },
  FERMAT: (r, careless) => {
    // c + ‖B(x − θ)‖²
    const n = r.size();
    const [B, θ] = [r.rows(r.size(), n), r.vector(n)];
    const Q = gram(B, n);
    const away = careless ? r.vector(n) : range(n).map(() => zero);
    const F = quadratic(Q, plus(scaled(q(-2), times(Q, θ)), away), r.rational());
    // (x − θ)ᵀQ(x − θ) + c with a Gram matrix Q: b = −2Qθ
    const lowest = sameRows([F.b], [scaled(q(-2), times(Q, θ))]) && sameRows(Q, gram(B, n));
    return { values: { n, F, θ }, facts: { LocalMin: lowest } };
  },
  GRADINEQ: (r, careless) => {
    const n = r.size();
    const B = r.rows(r.size(), n);
    const F = careless ? anyQuadratic(r, n) : quadratic(gram(B, n), r.vector(n), r.rational());
    return {
      values: { n, F, a: r.vector(n), b: r.vector(n) },
      facts: { Convex: sameRows(F.Q, gram(B, n)) },
    };
  },
  DIRDERIV: (r, careless) => {
    // entries b·x + c + s (w·(x − θ))² with w ⟂ δ are affine on θ + ℝδ, and nowhere else
    const [n, p] = [r.size(), r.size(3)];
    const [θ, δ] = [r.vector(n), r.vector(n)];
    const entries = range(p).map(() => {
      const any = r.vector(n);
      const length = dot(δ, δ);
      const w = careless || length.isZero ? any : plus(any, scaled(dot(any, δ).div(length).neg(), δ));
      const s = careless || !length.isZero ? r.rational() : zero;
      const Q = gram([w], n).map((row) => scaled(s, row));
      const linear = r.vector(n);
      return { linear, f: quadratic(Q, plus(linear, scaled(q(-2), times(Q, θ))), r.rational()) };
    });
    const b = entries.map(({ linear }) => (careless ? r.rational() : dot(linear, δ)));
    return { values: { n, p, f: stacked(entries.map(({ f }) => f)), θ, δ, b, τ: r.positive() } };
  },
  AFFINE: (r) => {
    const [n, p] = [r.size(), r.size()];
    return { values: { n, p, A: r.rows(p, n), b: r.vector(p), θ: r.vector(n), δ: r.vector(n) } };
  },
  TRI: (r) => {
    const n = 1 + r.size(3);
    const [a, b] = [scaled(r.rational(), r.unit(n)), scaled(r.rational(), r.unit(n))];
    return { values: { n, a, b: r.below(5) === 0 ? scaled(r.positive(), a) : b } };
  },
  RN: (r, careless) => {
    const p = 1 + r.size(3);
    const n = p + r.size(2);
    const a = r.unit(n);
    const drop = (row: Vector): Vector => plus(row, scaled(dot(row, a).neg(), a));
    // every row is orthogonal to a, and one is a combination of the others
    const rows = r.rows(p - 1, n).map((row) => (careless ? row : drop(row)));
    const M = [...rows, careless ? r.vector(n) : scaled(r.rational(), rows[0] ?? range(n).map(() => zero))];
    const at = r.below(p);
    const shuffled = [...M.slice(at), ...M.slice(0, at)];
    const independent = rank(matrix(p, n, shuffled.flat())).rank === p;
    return { values: { p, n, M: shuffled, witness: a }, facts: { FullRowRank: independent } };
  },
  EM: (r) => ({ values: { A: r.below(2) === 0 } }),
  TOTAL: (r) => ({ values: { a: r.rational(), b: r.rational() } }),
  ANTISYM: (r, careless) => {
    const a = r.rational();
    return { values: { a, b: careless ? r.rational() : a } };
  },
  MULNONNEG: (r, careless) => ({
    values: { a: careless ? r.rational() : r.rational().abs(), b: r.rational().abs() },
  }),
  MULPOS: (r, careless) => ({ values: { a: careless ? r.rational() : r.positive(), b: r.positive() } }),
  INV: (r, careless) => ({
    values: { a: careless && r.below(4) === 0 ? zero : r.positive().mul(q(r.below(2) * 2 - 1)) },
  }),
  SQRT: (r, careless) => {
    const a = r.rational();
    return { values: { a: careless ? a.mul(a).neg() : a.mul(a) } };
  },
  SUMLE: (r, careless) => {
    const n = r.size();
    const u = r.vector(n);
    return {
      values: {
        n,
        u,
        v: careless
          ? r.vector(n)
          : plus(
              u,
              r.vector(n).map((x) => x.abs()),
            ),
      },
    };
  },
  IND: (r, careless) => {
    const from = r.below(6);
    return { values: { P: careless ? range(20).map((k) => k >= from) : r.predicate(20) } };
  },
  NATTOTAL: (r) => ({ values: { j: r.size(9), k: r.size(9) } }),
  NATDIFF: (r, careless) => {
    const j = r.size(9);
    return { values: { j, k: careless ? r.size(9) : j + r.size(9) } };
  },
  VALLT: (r) => {
    const n = 1 + r.size();
    return { values: { n, i: r.below(n) } };
  },
  VALINJ: (r, careless) => {
    const n = 1 + r.size();
    const i = r.below(n);
    return { values: { n, i, "i'": careless ? r.below(n) : i } };
  },
  VALSURJ: (r, careless) => {
    const n = 1 + r.size();
    return { values: { n, k: careless ? r.below(n + 3) : r.below(n) } };
  },
  DELTA: (r, careless) => {
    const n = 2 + r.size(3);
    const i = r.below(n);
    return { values: { n, i, "i'": careless ? r.below(n) : (i + 1 + r.below(n - 1)) % n } };
  },
  FINSUM: (r) => {
    const [n, p] = [r.size(3), r.size(3)];
    return { values: { n, p, P: r.predicate(n + p) } };
  },
  FINPROD: (r) => {
    const [n, p] = [r.size(3), r.size(3)];
    return { values: { n, p, P: r.predicate(n * p) } };
  },
  FINSIGMA: (r) => {
    const n = r.size(3);
    const e = range(n).map(() => r.size(3));
    return { values: { n, e, P: r.predicate(e.reduce((s, x) => s + x, 0)) } };
  },
};
