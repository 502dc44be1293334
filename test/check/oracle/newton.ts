import type { Decimal } from 'decimal.js';
import type { Rational } from '../../../src/kernel/rational.ts';
import { Digits, decimal, decimals, type Numbers } from './numbers.ts';
import { coordinates, decimalForces, decimalLoss, type PlainInstance } from './truth.ts';

/** value + s·slope to first order, to 80 digits; off the kinks. */
interface Tangent {
  readonly value: Decimal;
  readonly slope: Decimal;
}
const zero = new Digits(0);
const one = new Digits(1);
const chain = (a: Tangent, value: Decimal, derivative: () => Decimal): Tangent => ({
  value,
  slope: a.slope.isZero() ? zero : derivative().mul(a.slope),
});

const tangents: Numbers<Tangent> = {
  of: (value) => ({ value: decimal(value), slope: zero }),
  add: (a, b) => ({ value: a.value.add(b.value), slope: a.slope.add(b.slope) }),
  mul: (a, b) => ({ value: a.value.mul(b.value), slope: a.slope.mul(b.value).add(a.value.mul(b.slope)) }),
  relu: (a) => (a.value.gt(0) ? a : { value: zero, slope: zero }),
  abs: (a) => (a.value.lt(0) ? { value: a.value.neg(), slope: a.slope.neg() } : a),
  max: (a, b) => (a.value.gt(b.value) ? a : b),
  tanh(a) {
    const value = decimals.tanh(a.value);
    return chain(a, value, () => one.sub(value.mul(value)));
  },
  sigmoid(a) {
    const value = decimals.sigmoid(a.value);
    return chain(a, value, () => value.mul(one.sub(value)));
  },
  softplus: (a) => chain(a, decimals.softplus(a.value), () => decimals.sigmoid(a.value)),
  div: (a, b) => {
    const value = a.value.div(b.value);
    return { value, slope: a.slope.sub(value.mul(b.slope)).div(b.value) };
  },
  exp(a) {
    const value = a.value.exp();
    return chain(a, value, () => value);
  },
  log: (a) => chain(a, a.value.ln(), () => one.div(a.value)),
  sqrt(a) {
    const value = a.value.sqrt();
    return chain(a, value, () => one.div(value.mul(2)));
  },
  sin: (a) => chain(a, a.value.sin(), () => a.value.cos()),
};

export interface DecimalPoint {
  readonly f: readonly Decimal[];
  /** m·dy rows of dθ */
  readonly J: readonly (readonly Decimal[])[];
  readonly forces: readonly Decimal[];
  readonly loss: Decimal;
  readonly gradient: readonly Decimal[];
}

/** f_X, J, G, L and ∇L at θ (the trainable coordinates) to 80 digits, by forward mode. */
export function decimalPoint(instance: PlainInstance, theta: readonly Decimal[]): DecimalPoint {
  const at = new Map<string, number>();
  coordinates(instance).forEach(({ block, index }, k) => {
    at.set(`${block} ${index}`, k);
  });
  const along = (direction: number) => {
    const parameter = (name: string): Tangent[] =>
      instance.parameters.get(name)!.map((value, index) => {
        const k = at.get(`${name} ${index}`);
        return k === undefined
          ? { value: decimal(value), slope: zero }
          : { value: theta[k]!, slope: k === direction ? one : zero };
      });
    return instance.inputs.flatMap((x) => instance.model.forward(tangents, parameter, x.map(tangents.of)));
  };
  const columns = theta.map((_, k) => along(k));
  const f = (columns[0] ?? along(-1)).map(({ value }) => value);
  const forces = decimalForces(instance, f);
  return {
    f,
    J: f.map((_, row) => columns.map((column) => column[row]!.slope)),
    forces,
    loss: decimalLoss(instance, f),
    gradient: columns.map((column) =>
      column.reduce((sum, { slope }, row) => sum.add(slope.mul(forces[row]!)), zero),
    ),
  };
}

export const normOf = (values: readonly Decimal[]): Decimal =>
  values.reduce((sum, value) => sum.add(value.mul(value)), zero).sqrt();

/** Solves A·x = b with full pivoting; a pivot below `tiny` times the largest entry leaves its variable 0. */
export function solveDigits(
  A: readonly (readonly Decimal[])[],
  b: readonly Decimal[],
  tiny = '1e-45',
): { x: Decimal[]; rank: number } {
  const n = A[0]?.length ?? 0;
  const work = A.map((row, i) => [...row, b[i]!]);
  const largest = Digits.max(0, ...A.flat().map((value) => value.abs()));
  const order: number[] = [];
  for (let step = 0; step < Math.min(work.length, n); step++) {
    let best = { row: -1, col: -1, size: largest.mul(tiny) };
    for (let i = step; i < work.length; i++) {
      for (let j = 0; j < n; j++) {
        const size = work[i]![j]!.abs();
        if (!order.includes(j) && size.gt(best.size)) best = { row: i, col: j, size };
      }
    }
    if (best.row < 0) break;
    [work[step], work[best.row]] = [work[best.row]!, work[step]!];
    order.push(best.col);
    const pivot = work[step]!;
    for (let i = 0; i < work.length; i++) {
      if (i === step) continue;
      const factor = work[i]![best.col]!.div(pivot[best.col]!);
      if (!factor.isZero()) work[i] = work[i]!.map((value, j) => value.sub(factor.mul(pivot[j]!)));
    }
  }
  const x = new Array<Decimal>(n).fill(zero);
  order.forEach((col, step) => {
    x[col] = work[step]![n]!.div(work[step]![col]!);
  });
  return { x, rank: order.length };
}

const STEP = new Digits('1e-25');

/** ∇²L by central differences of the gradient, good to some 50 digits. */
export function decimalHessian(instance: PlainInstance, theta: readonly Decimal[]): Decimal[][] {
  return theta.map((_, k) => {
    const moved = (sign: 1 | -1) =>
      decimalPoint(
        instance,
        theta.map((value, j) => (j === k ? value.add(STEP.mul(sign)) : value)),
      ).gradient;
    const [ahead, back] = [moved(1), moved(-1)];
    return ahead.map((value, j) => value.sub(back[j]!).div(STEP.mul(2)));
  });
}

/**
 * The critical point that Newton's method reaches from θ, to some 40 digits, or undefined: where it does not converge, or
 * ∇²L is nearly singular. The numbers at `held` stay as they are, and still every component of ∇L must come out 0.
 */
export function criticalPointNear(
  instance: PlainInstance,
  start: readonly Decimal[],
  held: readonly number[] = [],
  steps = 8,
): Decimal[] | undefined {
  let theta = [...start];
  const free = theta.map((_, k) => k).filter((k) => !held.includes(k));
  for (let k = 0; k < steps; k++) {
    const { gradient } = decimalPoint(instance, theta);
    if (normOf(gradient).lt('1e-42')) return theta;
    const H = decimalHessian(instance, theta);
    const { x, rank } = solveDigits(
      free.map((i) => free.map((j) => H[i]![j]!)),
      free.map((i) => gradient[i]!),
      '1e-12',
    );
    if (rank < free.length) return undefined;
    theta = theta.map((value, j) => (held.includes(j) ? value : value.sub(x[free.indexOf(j)]!)));
    if (!normOf(theta).lt('1e6')) return undefined;
  }
  return normOf(decimalPoint(instance, theta).gradient).lt('1e-42') ? theta : undefined;
}

/** A point with f_X(θ*) = Y near θ, by Gauss–Newton steps Jᵀ(JJᵀ)⁻¹(Y − f) to 40 digits; undefined when they lead to none. */
export function interpolationNear(
  instance: PlainInstance,
  start: readonly Decimal[],
  steps = 8,
): Decimal[] | undefined {
  const targets = instance.targets.flat().map(decimal);
  let theta = [...start];
  for (let k = 0; k <= steps; k++) {
    const { f, J } = decimalPoint(instance, theta);
    const residual = f.map((value, i) => value.sub(targets[i]!));
    if (normOf(residual).lt('1e-42')) return theta;
    const gram = J.map((a) => J.map((b) => a.reduce((sum, entry, j) => sum.add(entry.mul(b[j]!)), zero)));
    const { x, rank } = solveDigits(gram, residual, '1e-12');
    if (rank < J.length) return undefined;
    theta = theta.map((value, j) => J.reduce((rest, row, i) => rest.sub(row[j]!.mul(x[i]!)), value));
  }
  return undefined;
}

/** J with everything below 30 digits set to 0: at a critical point that is known to 40 digits only, 0 is meant. */
export const cleaned = (point: DecimalPoint): DecimalPoint => ({
  ...point,
  J: point.J.map((row) => row.map((entry) => (entry.abs().lt('1e-30') ? zero : entry))),
});

/** The given θ, to 80 digits. */
export const thetaOf = (instance: PlainInstance): Decimal[] =>
  coordinates(instance).map(({ block, index }) => decimal(instance.parameters.get(block)![index]!));

/** The same instance at another θ: exact rationals. */
export function movedTo(instance: PlainInstance, theta: readonly Rational[]): PlainInstance {
  const parameters = new Map(
    [...instance.parameters].map(([name, values]): [string, Rational[]] => [name, [...values]]),
  );
  coordinates(instance).forEach(({ block, index }, k) => {
    parameters.get(block)![index] = theta[k]!;
  });
  return { ...instance, parameters };
}

/**
 * inf_α L_θ(α) to some 30 digits, by Newton's method on outputs J·α, with how far below the value found it may lie;
 * undefined where Newton does not converge (an infimum that is not attained).
 */
export function decimalInfimum(
  instance: PlainInstance,
  J: readonly (readonly Decimal[])[],
): { value: Decimal; slack: Decimal } | undefined {
  const n = J[0]?.length ?? 0;
  const outputs = (alpha: readonly Decimal[]) =>
    J.map((row) => row.reduce((sum, value, k) => sum.add(value.mul(alpha[k]!)), zero));
  const pull = (forces: readonly Decimal[]) =>
    Array.from({ length: n }, (_, k) => J.reduce((sum, row, i) => sum.add(row[k]!.mul(forces[i]!)), zero));
  let alpha = new Array<Decimal>(n).fill(zero);
  let q = outputs(alpha);
  let value = decimalLoss(instance, q);
  for (let step = 0; step < 60; step++) {
    const gradient = pull(decimalForces(instance, q));
    const hessian = Array.from({ length: n }, (_, k) => {
      const column = J.map((row) => row[k]!);
      return pull(hessianTimes(instance, q, column));
    });
    const { x } = solveDigits(hessian, gradient, '1e-40');
    const decrement = gradient.reduce((sum, entry, k) => sum.add(entry.mul(x[k]!)), zero);
    if (decrement.abs().lt('1e-45')) {
      // Directions that the Hessian does not see: the gradient must vanish along them as well.
      return normOf(gradient).lt('1e-20') ? { value, slack: decrement.abs().add('1e-38') } : undefined;
    }
    if (decrement.lt(0)) return undefined;
    let length = one;
    let moved = false;
    for (let halving = 0; halving < 40; halving++, length = length.div(2)) {
      const next = alpha.map((entry, k) => entry.sub(length.mul(x[k]!)));
      const reached = decimalLoss(instance, outputs(next));
      if (reached.lte(value.sub(length.mul(decrement).div(1000)))) {
        alpha = next;
        value = reached;
        moved = true;
        break;
      }
    }
    if (!moved) return undefined;
    q = outputs(alpha);
  }
  return undefined;
}

/** ∇²(Σ λ_i ℓ_i)(q) times v, from the formulas of each loss. */
function hessianTimes(instance: PlainInstance, q: readonly Decimal[], v: readonly Decimal[]): Decimal[] {
  const { loss, weights, targets } = instance;
  const dy = instance.model.outputs;
  return weights.flatMap((weight, i) => {
    const own = q.slice(i * dy, (i + 1) * dy);
    const part = v.slice(i * dy, (i + 1) * dy);
    const lambda = decimal(weight);
    if (loss.type === 'squared') return part.map((entry) => entry.mul(lambda).mul(2));
    if (loss.type === 'smoothed-hinge') {
      const margin = Digits.max(0, one.sub(decimal(targets[i]![0]!).mul(own[0]!)));
      const bend = margin.isZero() ? zero : margin.pow(loss.p - 2).mul(loss.p * (loss.p - 1));
      return [part[0]!.mul(lambda).mul(bend)];
    }
    if (loss.type === 'expression') {
      const share = decimals.sigmoid(decimal(targets[i]![0]!).mul(own[0]!));
      return [part[0]!.mul(lambda).mul(share).mul(one.sub(share))];
    }
    const top = Digits.max(...own);
    const shares = own.map((entry) => entry.sub(top).exp());
    const total = shares.reduce((a, b) => a.add(b));
    const p = shares.map((entry) => entry.div(total));
    const mean = p.reduce((sum, entry, k) => sum.add(entry.mul(part[k]!)), zero);
    return p.map((entry, k) => lambda.mul(entry).mul(part[k]!.sub(mean)));
  });
}
