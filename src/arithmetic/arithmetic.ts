import type { Rational } from '../kernel/rational.ts';

/**
 * An arithmetic: the operations that every model, loss and statement is evaluated with.
 * One description of a model runs in exact rationals, intervals, float64, or dual numbers over any of them.
 *
 * An operation that cannot be carried out faithfully throws `Inexpressible` (exp(1) in exact rationals, log of an
 * interval that reaches 0) and never returns a wrong or NaN value; float64 throws it for NaN and infinities.
 */
export interface Arithmetic<T> {
  readonly name: string;
  readonly zero: T;
  readonly one: T;
  /** The number itself (exact), an enclosure of it (interval), or the nearest float64. */
  rational(value: Rational): T;
  /** A float64 taken as the exact dyadic number that it is. */
  float(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  /** Throws Inexpressible when b may be zero. */
  div(a: T, b: T): T;
  neg(a: T): T;
  /** a^n for an integer n ≥ 0 (a tight enclosure: an even power of an interval is never negative). */
  pow(a: T, n: number): T;
  exp(a: T): T;
  log(a: T): T;
  sqrt(a: T): T;
  sin(a: T): T;
  cos(a: T): T;
  tanh(a: T): T;
  /** 1/(1+e^{-a}) */
  sigmoid(a: T): T;
  /** log(1+e^a) */
  softplus(a: T): T;
  abs(a: T): T;
  max(a: T, b: T): T;
  min(a: T, b: T): T;
  /** The sign, or undefined when it cannot be told (an interval with 0 inside; never a guess). */
  sign(a: T): -1 | 0 | 1 | undefined;
  /** True only when a is known to be exactly zero: a licence to skip work, never evidence of a non-zero. */
  isZero(a: T): boolean;
}

/** An operation that this arithmetic cannot carry out faithfully; the reason is written for the report. */
export class Inexpressible extends Error {
  override readonly name = 'Inexpressible';
}
