import type { Decimal } from 'decimal.js';
import { Rational } from '../../../src/kernel/rational.ts';
import { leastSquaresMinimum, leftNullVectors, solveExactly, transposed } from './elimination.ts';
import type { PlainModel } from './models.ts';
import { Digits, decimal, decimals, inner, type Numbers, type Ray, r, rays, sumOf } from './numbers.ts';

export type PlainLoss =
  /** `written`: given to the program as an expression, of which it knows nothing */
  | { readonly type: 'squared'; readonly written?: boolean }
  | { readonly type: 'smoothed-hinge'; readonly p: number; readonly written?: boolean }
  | { readonly type: 'cross-entropy' }
  | typeof logistic;

/** The logistic loss, which is known to the program as an expression only; targets ±1. */
export const logistic = { type: 'expression', expression: 'log(1 + exp(-y1*q1))' } as const;

/** An instance as plain data: everything exact. */
export interface PlainInstance {
  readonly model: PlainModel;
  readonly loss: PlainLoss;
  readonly inputs: readonly (readonly Rational[])[];
  readonly targets: readonly (readonly Rational[])[];
  readonly weights: readonly Rational[];
  /** by block, flat */
  readonly parameters: ReadonlyMap<string, readonly Rational[]>;
  /** names of trainable blocks */
  readonly trainable: readonly string[];
}

/** One entry of θ: an entry of a trainable block. */
export interface Coordinate {
  readonly block: string;
  readonly index: number;
}

export const coordinates = ({ model, trainable, parameters }: PlainInstance): Coordinate[] =>
  model.blocks
    .filter(({ name }) => trainable.includes(name))
    .flatMap(({ name }) => parameters.get(name)!.map((_, index) => ({ block: name, index })));

/** f_X along θ + s·d: one ray for each of the m·dy outputs. */
export function outputsAlong(instance: PlainInstance, direction: readonly Rational[]): Ray[] {
  const slopes = new Map<string, Rational>();
  coordinates(instance).forEach(({ block, index }, k) => {
    slopes.set(`${block} ${index}`, direction[k]!);
  });
  const parameter = (name: string): Ray[] =>
    instance.parameters.get(name)!.map((value, index) => ({
      value,
      slope: slopes.get(`${name} ${index}`) ?? Rational.zero,
    }));
  return forwardAll(rays, instance, parameter);
}

export function forwardAll<T>(
  A: Numbers<T>,
  { model, inputs }: PlainInstance,
  parameter: (name: string) => readonly T[],
): T[] {
  return inputs.flatMap((x) => model.forward(A, parameter, x.map(A.of)));
}

/** λ_i ∇ℓ_{y_i}(f_i), exactly; undefined where it is irrational (cross-entropy). */
export function exactForces(instance: PlainInstance, f: readonly Rational[]): Rational[] | undefined {
  const { loss, targets, weights } = instance;
  if (loss.type === 'cross-entropy' || loss.type === 'expression') return undefined;
  const y = targets.flat();
  const dy = instance.model.outputs;
  return f.map((q, k) => {
    const weight = weights[Math.floor(k / dy)]!;
    if (loss.type === 'squared') return weight.mul(q.sub(y[k]!)).mul(r(2));
    const margin = Rational.one.sub(y[k]!.mul(q));
    return margin.sign <= 0
      ? Rational.zero
      : weight
          .mul(r(-loss.p))
          .mul(y[k]!)
          .mul(margin.pow(loss.p - 1));
  });
}

/** Σ_i λ_i ℓ_{y_i}(q_i), exactly; undefined where it is irrational. */
export function exactLoss(instance: PlainInstance, q: readonly Rational[]): Rational | undefined {
  const { loss, targets, weights } = instance;
  if (loss.type === 'cross-entropy' || loss.type === 'expression') return undefined;
  const y = targets.flat();
  const dy = instance.model.outputs;
  return sumOf(
    q.map((value, k) => {
      const weight = weights[Math.floor(k / dy)]!;
      if (loss.type === 'squared') return weight.mul(value.sub(y[k]!).pow(2));
      const margin = Rational.one.sub(y[k]!.mul(value));
      return margin.sign <= 0 ? Rational.zero : weight.mul(margin.pow(loss.p));
    }),
  );
}

/** The same to 80 digits, for every loss. */
export function decimalLoss(instance: PlainInstance, q: readonly Decimal[]): Decimal {
  const { loss, targets, weights } = instance;
  const dy = instance.model.outputs;
  let total = new Digits(0);
  targets.forEach((row, i) => {
    const own = q.slice(i * dy, (i + 1) * dy);
    const y = row.map(decimal);
    let value = new Digits(0);
    if (loss.type === 'cross-entropy') {
      const top = Digits.max(...own);
      const sum = own.reduce((a, b) => a.add(b.sub(top).exp()), new Digits(0));
      value = sum.ln().add(top);
      own.forEach((each, k) => {
        value = value.sub(y[k]!.mul(each));
      });
    } else if (loss.type === 'expression') {
      value = decimals.softplus(y[0]!.mul(own[0]!).neg());
    } else {
      own.forEach((each, k) => {
        value =
          loss.type === 'squared'
            ? value.add(each.sub(y[k]!).pow(2))
            : value.add(Digits.max(0, new Digits(1).sub(y[k]!.mul(each))).pow(loss.p));
      });
    }
    total = total.add(value.mul(decimal(weights[i]!)));
  });
  return total;
}

/** λ_i ∇ℓ_{y_i}(q_i) to 80 digits. */
export function decimalForces(instance: PlainInstance, q: readonly Decimal[]): Decimal[] {
  const { loss, targets, weights } = instance;
  const dy = instance.model.outputs;
  return targets.flatMap((row, i) => {
    const own = q.slice(i * dy, (i + 1) * dy);
    const weight = decimal(weights[i]!);
    const top = Digits.max(...own);
    const shares = own.map((each) => each.sub(top).exp());
    const sum = shares.reduce((a, b) => a.add(b));
    return own.map((each, k) => {
      const y = decimal(row[k]!);
      if (loss.type === 'squared') return weight.mul(each.sub(y)).mul(2);
      if (loss.type === 'cross-entropy') return weight.mul(shares[k]!.div(sum).sub(y));
      if (loss.type === 'expression')
        return weight
          .mul(y)
          .mul(decimals.sigmoid(y.mul(each).neg()))
          .neg();
      const margin = Digits.max(0, new Digits(1).sub(y.mul(each)));
      return weight
        .mul(-loss.p)
        .mul(y)
        .mul(margin.pow(loss.p - 1));
    });
  });
}

export interface Truth {
  readonly f: readonly Rational[];
  /** columns f'(θ; e_k), as rows of m·dy by dθ; the Jacobian where f is differentiable */
  readonly J: readonly (readonly Rational[])[];
  /** a direction with f'(θ; d) ≠ J·d: proof that f is not differentiable */
  readonly kink: readonly Rational[] | undefined;
  readonly forces: readonly Rational[] | undefined;
  readonly loss: Rational | undefined;
  readonly lossDecimal: Decimal;
  /** ∇L(θ) = JᵀG; undefined when irrational */
  readonly gradient: readonly Rational[] | undefined;
  /** to 80 digits, always */
  readonly gradientDecimal: readonly Decimal[];
  /** ∇L(θ) = 0; undefined where 80 digits cannot tell (cross-entropy far from the boundary between classes) */
  readonly critical: boolean | undefined;
  /** a representation γ, J·γ = f_X(θ), or undefined when there is none (Assumption 2 fails at θ) */
  readonly gamma: readonly Rational[] | undefined;
  /** inf_α L_θ(α) exactly: squared loss only */
  readonly infimum: Rational | undefined;
}

/** Everything of an instance by brute force. `tries`: how many directions are asked for a kink. */
export function truthOf(instance: PlainInstance, random: () => number, tries = 24): Truth {
  const n = coordinates(instance).length;
  const unit = (k: number, sign = 1) =>
    Array.from({ length: n }, (_, j) => (j === k ? r(sign) : Rational.zero));
  const f = outputsAlong(instance, new Array(n).fill(Rational.zero)).map(({ value }) => value);
  const columns = Array.from({ length: n }, (_, k) =>
    outputsAlong(instance, unit(k)).map(({ slope }) => slope),
  );
  const J = f.map((_, row) => columns.map((column) => column[row]!));
  const directions = [
    ...Array.from({ length: n }, (_, k) => unit(k, -1)),
    ...Array.from({ length: tries }, () => Array.from({ length: n }, () => r(Math.floor(random() * 7) - 3))),
  ];
  const kink = directions.find((d) =>
    outputsAlong(instance, d).some(({ slope }, row) => !slope.equals(inner(J[row]!, d))),
  );
  const forces = exactForces(instance, f);
  const q = f.map(decimal);
  const G = decimalForces(instance, q);
  const exact = exactLoss(instance, f);
  const gradient = forces && columns.map((column) => inner(column, forces));
  const gradientDecimal = columns.map((column) =>
    column.reduce((sum, value, row) => sum.add(decimal(value).mul(G[row]!)), new Digits(0)),
  );
  return {
    f,
    J,
    kink,
    forces,
    loss: exact,
    lossDecimal: exact ? decimal(exact) : decimalLoss(instance, q),
    gradient,
    gradientDecimal,
    critical: gradient ? gradient.every((entry) => entry.isZero) : vanishes(gradientDecimal, q),
    gamma: solveExactly(J, f) ?? undefined,
    infimum:
      instance.loss.type === 'squared'
        ? leastSquaresMinimum(
            J,
            n,
            instance.targets.flat(),
            f.map((_, k) => instance.weights[Math.floor(k / instance.model.outputs)]!),
          )
        : undefined,
  };
}

/** Whether a gradient of cross-entropy is 0, when the logits are close enough for 80 digits to tell. */
function vanishes(gradient: readonly Decimal[], logits: readonly Decimal[]): boolean | undefined {
  if (gradient.some((entry) => entry.abs().gt('1e-50'))) return false;
  return Digits.max(...logits.map((entry) => entry.abs())).lt(20) ? true : undefined;
}

/** ‖ΠG‖², Π the orthogonal projector on range J, by the naive normal equations. */
export function projectedForce(J: Truth['J'], width: number, G: readonly Rational[]): Rational {
  const residual = leastSquaresMinimum(
    J,
    width,
    G,
    G.map(() => Rational.one),
  );
  return inner(G, G).sub(residual);
}

export { leftNullVectors, transposed };

/** The loss as the file format writes it. */
function lossObject(loss: PlainLoss, dy: number): object {
  if (!('written' in loss) || !loss.written) {
    const { written: _, ...named } = loss as PlainLoss & { written?: boolean };
    return named;
  }
  const expression =
    loss.type === 'squared'
      ? Array.from({ length: dy }, (_, k) => `(q${k + 1} - y${k + 1})^2`).join(' + ')
      : `max(0, 1 - y1*q1)^${loss.p}`;
  return { type: 'expression', expression };
}

/** The instance as the file format writes it. */
export function asObject(instance: PlainInstance, name: string): Record<string, unknown> {
  const { model, loss, inputs, targets, weights, parameters, trainable } = instance;
  const text = (row: readonly Rational[]) => row.map(String);
  const nested: Record<string, unknown> = {};
  if (model.spec.type === 'resnet') nested.u = {};
  for (const { name: block, shape } of model.blocks) {
    const flat = text(parameters.get(block)!);
    const value =
      shape.length === 0
        ? flat[0]
        : shape.length === 1
          ? flat
          : Array.from({ length: shape[0]! }, (_, i) => flat.slice(i * shape[1]!, (i + 1) * shape[1]!));
    if (block.startsWith('u.')) (nested.u as Record<string, unknown>)[block.slice(2)] = value;
    else nested[block] = value;
  }
  return {
    everymin: 1,
    name,
    model: model.spec,
    loss: lossObject(loss, model.outputs),
    data: {
      inputs: inputs.map(text),
      targets: targets.map(text),
      weights: text(weights),
    },
    parameters: nested,
    ...(trainable.length === model.blocks.length ? {} : { trainable }),
  };
}
