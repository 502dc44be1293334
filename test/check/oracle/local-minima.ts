import { Rational } from '../../../src/kernel/rational.ts';
import { leastSquaresMinimum, rowReduce } from './elimination.ts';
import { pick, type Random } from './models.ts';
import { movedTo } from './newton.ts';
import { inner, r } from './numbers.ts';
import { coordinates, exactForces, exactLoss, outputsAlong, type PlainInstance, truthOf } from './truth.ts';

/** What a report says of a local minimum and of V[θ, ε], judged by plain evaluation at exact points. */
type Vector = readonly Rational[];

interface Obligation {
  readonly id: string;
  readonly status: string;
  readonly witness: unknown;
}

export interface PerturbedReport {
  readonly result: string;
  readonly verdict: string;
  readonly left?: unknown;
  readonly right?: unknown;
  readonly epsilon?: string;
  readonly span?: {
    readonly tier?: string;
    readonly tangent: number;
    readonly perturbed: number;
    readonly atMost: number;
  };
  readonly obligations: readonly Obligation[];
}

export const thetaAt = (instance: PlainInstance): Rational[] =>
  coordinates(instance).map(({ block, index }) => instance.parameters.get(block)![index]!);

export const outputsAt = (instance: PlainInstance, theta: Vector): Rational[] =>
  outputsAlong(
    movedTo(instance, theta),
    theta.map(() => Rational.zero),
  ).map(({ value }) => value);

/** L at θ′; undefined where it is irrational. */
export const lossAt = (instance: PlainInstance, theta: Vector): Rational | undefined =>
  exactLoss(instance, outputsAt(instance, theta));

/** `W1[0][2]`, as the reports name entries of θ. */
export function names(instance: PlainInstance): string[] {
  const shapes = new Map(instance.model.blocks.map(({ name, shape }) => [name, shape]));
  return coordinates(instance).map(({ block, index }) => {
    const shape = shapes.get(block)!;
    if (shape.length === 0) return block;
    if (shape.length === 1) return `${block}[${index}]`;
    return `${block}[${Math.floor(index / shape[1]!)}][${index % shape[1]!}]`;
  });
}

const TINY = r('1e-30');
const moved = (theta: Vector, v: Vector, s: Rational): Rational[] =>
  theta.map((value, k) => value.add(s.mul(v[k]!)));

/** A point next to θ with a lower loss, looked for at random on a tiny ball, along lines and parabolas. */
export function lowerPoint(instance: PlainInstance, random: Random, tries = 40): Vector | undefined {
  const theta = thetaAt(instance);
  const start = lossAt(instance, theta);
  if (!start) return undefined;
  const scales = [TINY, TINY.mul(TINY), TINY.neg(), Rational.zero];
  for (let k = 0; k < tries; k++) {
    const point = theta.map((value) => value.add(pick(random, scales).mul(r(pick(random, [-2, -1, 1, 3])))));
    const value = lossAt(instance, point);
    if (value && value.cmp(start) < 0) return point;
  }
  return undefined;
}

/** Why the witness of a failed local minimum does not show one; undefined when it does. */
export function falseWitness(instance: PlainInstance, witness: unknown): string | undefined {
  const theta = thetaAt(instance);
  const start = lossAt(instance, theta);
  if (!start) return undefined;
  const known = names(instance);
  const unit = (name: string): Rational[] => {
    const k = known.indexOf(name);
    if (k < 0) throw new Error(`the witness names ${name}, which is not in θ`);
    return theta.map((_, j) => (j === k ? Rational.one : Rational.zero));
  };
  const falls = (v: Vector): boolean =>
    ['1e-12', '1e-30', '1e-80'].some((s) => lossAt(instance, moved(theta, v, r(s)))!.cmp(start) < 0);
  const data = witness as Record<string, unknown>;
  if (data.kind === 'negative-curvature') {
    const v = (data.direction as string[]).map(r);
    const curvature = secondDerivative((s) => lossAt(instance, moved(theta, v, s))!);
    if (curvature.toString() !== data.curvature) return `the second derivative is ${curvature}`;
    return curvature.sign < 0 && (falls(v) || falls(v.map((entry) => entry.neg())))
      ? undefined
      : 'no descent';
  }
  if (data.kind === 'descent-curve') {
    const terms = data.terms as { parameter: string; coefficient: string; power: number }[];
    const change = (data.change as string[]).map(r);
    for (const s of ['1e-30', '1e-45', '1e-90'].map(r)) {
      const point = terms.reduce<Rational[]>(
        (at, { parameter, coefficient, power }) =>
          moved(at, unit(parameter), r(coefficient).mul(s.pow(power))),
        [...theta],
      );
      const difference = lossAt(instance, point)!.sub(start);
      const claimed = change.reduce((sum, entry, k) => sum.add(entry.mul(s.pow(k))), Rational.zero);
      if (!difference.equals(claimed)) return `at s = ${s} L changes by ${difference}`;
      if (difference.sign >= 0) return `at s = ${s} L does not fall`;
    }
    return undefined;
  }
  const slope = data.derivative;
  if (typeof slope !== 'string') return 'a witness of no known kind';
  const v = unit(data.parameter as string);
  return falls(r(slope).sign > 0 ? v.map((entry) => entry.neg()) : v)
    ? undefined
    : 'L does not fall along it';
}

/** φ''(0) of a φ that is a polynomial of degree ≤ 40 near 0: Neville's scheme in s² on the even second difference. */
export function secondDerivative(value: (s: Rational) => Rational): Rational {
  const start = value(Rational.zero);
  const nodes = Array.from({ length: 22 }, (_, k) => TINY.mul(r(k + 1)));
  const table = nodes.map((s) => value(s).add(value(s.neg())).sub(start).sub(start).div(s.mul(s)));
  const t = nodes.map((s) => s.mul(s));
  for (let level = 1; level < nodes.length; level++) {
    for (let k = 0; k + level < nodes.length; k++) {
      const [a, b] = [t[k]!, t[k + level]!];
      table[k] = b
        .mul(table[k]!)
        .sub(a.mul(table[k + 1]!))
        .div(b.sub(a));
    }
  }
  return table[0]!;
}

/** Vectors of V[θ, ε] by trial: coordinates, pairs, and small random directions that happen to keep f_X. */
export function fibre(instance: PlainInstance, epsilon: Rational, random: Random): Vector[] {
  const theta = thetaAt(instance);
  const n = theta.length;
  const f = outputsAt(instance, theta);
  const candidates: Rational[][] = [];
  const zeros = () => new Array<Rational>(n).fill(Rational.zero);
  for (let k = 0; k < n; k++) {
    for (const size of ['1', '-1', '1/2', '-1/3']) {
      const v = zeros();
      v[k] = r(size);
      candidates.push(v);
    }
  }
  for (let round = 0; round < 30; round++) {
    const v = zeros();
    v[Math.floor(random() * n)] = r(pick(random, ['3/5', '-3/5', '2/5']));
    v[Math.floor(random() * n)] = r(pick(random, ['4/5', '-4/5', '1/5']));
    candidates.push(v);
  }
  return candidates.filter((v) =>
    outputsAt(instance, moved(theta, v, epsilon)).every((value, row) => value.equals(f[row]!)),
  );
}

/** J(θ + εv) by one-sided derivatives; undefined where f is not differentiable there. */
export function jacobianAt(instance: PlainInstance, theta: Vector, random: Random): Vector[] | undefined {
  const { J, kink } = truthOf(movedTo(instance, theta), random, 12);
  return kink ? undefined : J.map((row) => [...row]);
}

const beside = (A: readonly Vector[], B: readonly Vector[]): Rational[][] =>
  A.map((row, i) => [...row, ...B[i]!]);
const rankOf = (rows: readonly Vector[]): number => rowReduce(rows).pivots.length;

/** Everything that a report of Theorem 2 says wrongly, as far as brute force can tell. */
export function perturbedFaults(
  instance: PlainInstance,
  report: PerturbedReport,
  convex: boolean,
  random: Random,
): string[] {
  const faults: string[] = [];
  const theta = thetaAt(instance);
  const conclusion = report.obligations.find(({ id }) => id === 'conclusion')!;
  const J = jacobianAt(instance, theta, random);
  const f = outputsAt(instance, theta);
  const G = exactForces(instance, f);
  const dy = instance.model.outputs;
  const weights = f.map((_, row) => instance.weights[Math.floor(row / dy)]!);
  const infimum = (columns: readonly Vector[]): Rational | undefined =>
    instance.loss.type === 'squared'
      ? leastSquaresMinimum(columns, columns[0]!.length, instance.targets.flat(), weights)
      : undefined;
  const pulls = (rows: readonly Vector[]): boolean =>
    G !== undefined &&
    rows[0]!.some(
      (_, k) =>
        !inner(
          rows.map((row) => row[k]!),
          G,
        ).isZero,
    );
  const spanned = (vectors: readonly Vector[], epsilon: Rational): Vector[] | undefined =>
    vectors.reduce<Vector[] | undefined>((all, v) => {
      const added = jacobianAt(instance, moved(theta, v, epsilon), random);
      return all && (added ? beside(all, added) : all);
    }, J);
  const L = exactLoss(instance, f);

  if (report.verdict === 'contradiction') faults.push('a contradiction to the paper');
  if (conclusion.status === 'holds' && convex) {
    const near = spanned(fibre(instance, TINY, random), TINY);
    if (near && pulls(near)) faults.push('the conclusion holds, but the forces pull on some ∂_k f(θ + εv)');
  }
  if (conclusion.status === 'fails') {
    const { epsilon, set } = conclusion.witness as { epsilon: string; set: string[][] };
    const vectors = set.map((v) => v.map(r));
    for (const v of vectors) {
      if (inner(v, v).cmp(Rational.one) > 0) faults.push('a vector of S is longer than 1');
      if (outputsAt(instance, moved(theta, v, r(epsilon))).some((value, row) => !value.equals(f[row]!)))
        faults.push('a vector of S changes f_X');
    }
    const columns = spanned(vectors, r(epsilon));
    if (G && columns && !pulls(columns)) faults.push('the conclusion fails, but S shows no pull');
    const least = columns && infimum(columns);
    if (least && !(least.cmp(L!) < 0)) faults.push('the conclusion fails, but S does no better');
  }
  if (J && report.epsilon !== undefined) {
    const epsilon = r(report.epsilon);
    const columns = spanned(fibre(instance, epsilon, random), epsilon)!;
    const least = infimum(columns);
    const right = report.right as { exact?: string } | undefined;
    if (right?.exact !== undefined && least && least.cmp(r(right.exact)) < 0)
      faults.push(`the right side is ${right.exact}, and some α gives ${least}`);
    if (report.span) {
      // By intervals it is a lower bound.
      const certified = report.span.tier === 'certified';
      if (certified ? report.span.tangent > rankOf(J) : report.span.tangent !== rankOf(J))
        faults.push(`dim range J(θ) is ${rankOf(J)}`);
      if (report.span.atMost < rankOf(columns)) faults.push(`Ẽ_ε has dimension at least ${rankOf(columns)}`);
    }
  }
  return faults;
}
