import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { midpoint } from '../../certified/interval.ts';
import { Rational } from '../../kernel/rational.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { parameterName } from '../gradient.ts';
import { hessian } from '../place.ts';
import { lowestDirection } from './lowest-direction.ts';

/** A curve from θ: s ↦ θ + Σ coefficient·s^power e_index, s ≥ 0. */
export type Path = readonly {
  /** into θ, the trainable numbers */
  readonly index: number;
  readonly coefficient: Rational;
  readonly power: number;
}[];

/** Entries of a direction are rounded to multiples of 1/GRID of the largest one, so that the numbers moved stay short. */
const GRID = 1024;
/** Beyond this many characters an entry counts as long. */
const SHORT = 40;
/** Multiplications beyond which the Hessian is not computed only for a better direction. */
const HESSIAN_WORK = 10_000_000;

/**
 * The curves along which the witness of a refuted `local-minimum` says that L falls, most promising first. They are
 * proposals: whoever moves along one evaluates L there. May throw Inexpressible and AtKink.
 */
export function pathsOf(context: CheckContext, witness: unknown): Path[] {
  if (!isRecord(witness)) return [];
  if (witness.kind === 'descent-curve' && Array.isArray(witness.terms)) return curve(context, witness.terms);
  if (witness.kind === 'negative-curvature' && Array.isArray(witness.direction)) {
    return bothWays(parsed(witness.direction));
  }
  return 'derivative' in witness ? downhill(context) : [];
}

function curve(context: CheckContext, terms: readonly unknown[]): Path[] {
  const { length } = context.instance.trainableIndices;
  const indices = new Map(Array.from({ length }, (_, k) => [parameterName(context, k), k]));
  const path = terms.flatMap((term) => {
    if (!isRecord(term) || typeof term.parameter !== 'string' || typeof term.power !== 'number') return [];
    const index = indices.get(term.parameter);
    const coefficient = Rational.parse(String(term.coefficient));
    return index === undefined || !coefficient ? [] : [{ index, coefficient, power: term.power }];
  });
  return path.length === terms.length ? [path] : [];
}

/** −∇L(θ), and the direction of least curvature where its Hessian is cheap: next to a saddle −∇L leads almost nowhere. */
function downhill(context: CheckContext): Path[] {
  const paths = [pathAlong(rounded(gradientOf(context).map((entry) => entry.neg())))];
  const n = context.interval.theta.length;
  if (context.work * n * 6 > HESSIAN_WORK) return paths;
  try {
    const lowest = lowestDirection(n, hessian(context, context.interval.theta).mid);
    if (lowest) paths.push(...bothWays(Array.from(lowest, Rational.fromNumber)));
  } catch (error) {
    if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
  }
  return paths;
}

/** ∇L(θ) in rationals, else the middle of its enclosure. */
function gradientOf(context: CheckContext): readonly Rational[] {
  if (context.exact) {
    try {
      return context.exact.summary().gradient;
    } catch (error) {
      if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
    }
  }
  return context.interval.summary().gradient.map((entry) => Rational.fromNumber(midpoint(entry)));
}

const bothWays = (direction: readonly Rational[] | undefined): Path[] =>
  direction === undefined ? [] : [...straight(direction), ...straight(direction.map((entry) => entry.neg()))];

/** The direction as it is when it is short, else rounded (and as it is in the second place, when it is exact). */
function straight(direction: readonly Rational[]): Path[] {
  const whole = pathAlong(direction);
  if (whole.length === 0) return [];
  return whole.every(({ coefficient }) => coefficient.toString().length <= SHORT && isModerate(coefficient))
    ? [whole]
    : [pathAlong(rounded(direction)), whole];
}

const isModerate = (value: Rational): boolean => {
  const size = Math.abs(value.toNumber());
  return size >= 1 / GRID && size <= GRID;
};

/** No entry changes its sign and the largest one stays, so what falls along −∇L falls along the rounded one. */
function rounded(direction: readonly Rational[]): Rational[] {
  const largest = direction.reduce(
    (most, entry) => (entry.abs().cmp(most) > 0 ? entry.abs() : most),
    Rational.zero,
  );
  if (largest.isZero) return [];
  return direction.map(
    (entry) => new Rational(BigInt(Math.round(entry.div(largest).toNumber() * GRID)), BigInt(GRID)),
  );
}

const pathAlong = (direction: readonly Rational[]): Path =>
  direction.flatMap((coefficient, index) => (coefficient.isZero ? [] : [{ index, coefficient, power: 1 }]));

function parsed(entries: readonly unknown[]): Rational[] | undefined {
  const values = entries.map((entry) => Rational.parse(String(entry)));
  return values.every((value) => value !== undefined) ? values : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
