import { type Arithmetic, Inexpressible } from '../../arithmetic/arithmetic.ts';
import { float64Arithmetic } from '../../arithmetic/float64.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Tensor } from '../../instance/tensor.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { networkLoss } from '../float-network.ts';
import { lossOf, thetaIn } from '../point.ts';
import { enclosed, exactly, type Known } from '../quantity.ts';
import type { Path } from './paths.ts';

/** A point on a path where L is proved lower than at θ. */
export interface Lower {
  readonly path: Path;
  readonly step: Rational;
  readonly theta: readonly Rational[];
  readonly before: Known;
  readonly after: Known;
}

/** s = 2⁻ᵏ for these k, largest first. */
const EXPONENTS = [...Array.from({ length: 41 }, (_, k) => k), 48, 64, 96, 128, 192, 256, 384];
/** Steps after the best one before a path is left. */
const PATIENCE = 4;
/** Multiplications spent on proofs, and how many are tried at least. */
const PROOF_WORK = 40_000_000;
const FEWEST_PROOFS = 8;

/**
 * The lowest of the points θ(s), s = 1, 1/2, 1/4, …, of all paths: ranked in float64, then in that order evaluated in
 * rationals or intervals until one is lower beyond doubt. Undefined when none is. Throws TimeLimit.
 */
export function lineSearch(context: CheckContext, paths: readonly Path[]): Lower | undefined {
  const base = thetaIn(rationalArithmetic, context.instance);
  const before = rigorousLoss(context, base);
  if (!before) return undefined;
  const candidates = paths.flatMap((path) => ranked(context, base, path));
  // A stable sort: among equals the earlier path and the larger step first.
  candidates.sort((a, b) => a.loss - b.loss);
  const most = Math.max(FEWEST_PROOFS, Math.floor(PROOF_WORK / Math.max(1, context.work)));
  for (const { path, step } of candidates.slice(0, most)) {
    const theta = moveAlong(base, path, step);
    const after = rigorousLoss(context, theta);
    if (after && isLower(after, before)) return { path, step, theta, before, after };
  }
  return undefined;
}

interface Candidate {
  readonly path: Path;
  readonly step: Rational;
  /** L(θ(s)) in float64, +∞ where it has no value */
  readonly loss: number;
}

/** The steps of one path with their losses; it is left some steps after the lowest one. */
function ranked(context: CheckContext, base: readonly Rational[], path: Path): Candidate[] {
  const start = floatLoss(context, base);
  const found: Candidate[] = [];
  let best = start;
  let since = 0;
  for (const k of EXPONENTS) {
    const step = new Rational(1n, 1n << BigInt(k));
    const loss = floatLoss(context, moveAlong(base, path, step));
    found.push({ path, step, loss });
    if (loss < best) {
      best = loss;
      since = 0;
    } else if (best < start && ++since >= PATIENCE) break;
  }
  return found;
}

function floatLoss(context: CheckContext, theta: readonly Rational[]): number {
  const floats = theta.map((value) => value.toNumber());
  if (!floats.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const { problem } = context;
  const { instance } = problem;
  const loss = attempt(() => {
    if (!instance.model.network) return lossOf(problem, float64Arithmetic, floats);
    const values = instance.parameters.floats();
    instance.trainableIndices.forEach((index, k) => {
      values[index] = floats[k]!;
    });
    const parameters = Tensor.ofFloats(instance.parameters.shape, values);
    return networkLoss({ ...problem, instance: { ...instance, parameters } });
  });
  return loss === undefined || Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
}

export function moveAlong(base: readonly Rational[], path: Path, step: Rational): Rational[] {
  const theta = [...base];
  for (const { index, coefficient, power } of path) {
    theta[index] = theta[index]!.add(coefficient.mul(step.pow(power)));
  }
  return theta;
}

/** L(θ) exactly where it is rational, else enclosed; undefined when it has no value there. Throws TimeLimit. */
export function rigorousLoss(context: CheckContext, theta: readonly Rational[]): Known | undefined {
  const at = <T>(A: Arithmetic<T>): T | undefined =>
    attempt(() =>
      lossOf(
        context.problem,
        A,
        theta.map((value) => A.rational(value)),
      ),
    );
  // Where θ itself is too large for exact arithmetic, so is every point next to it.
  const exact = context.exact && at(rationalArithmetic);
  if (exact) return exactly(exact);
  const enclosure: Interval | undefined = at(intervalArithmetic);
  return enclosure && Number.isFinite(enclosure.lo) && Number.isFinite(enclosure.hi)
    ? enclosed(enclosure)
    : undefined;
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

/** Every value that `after` can have is below every value that `before` can have. */
function isLower(after: Known, before: Known): boolean {
  const most = after.exact ?? (after.enclosure && Rational.fromNumber(after.enclosure.hi));
  const least = before.exact ?? (before.enclosure && Rational.fromNumber(before.enclosure.lo));
  return most !== undefined && least !== undefined && most.cmp(least) < 0;
}
