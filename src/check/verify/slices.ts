import { approximateInverse } from '../../certified/inverse.ts';
import { krawczyk as krawczykTest } from '../../certified/krawczyk.ts';
import type { CheckContext } from '../check-context.ts';
import { fixesGauge } from '../gauge.ts';
import { column } from '../gradient.ts';
import { exactHessian } from '../local-minimum/exact-hessian.ts';
import { checkSymmetricSlice } from '../local-minimum/symmetric-slice.ts';
import { freeOf, hessian, leastCurvature, widened } from '../place.ts';
import type { Gauge, Symmetry } from '../structure/symmetry.ts';
import { type Checker, demand, float, index, list, onlyEntries, rationals, record } from './claim.ts';

/** Kinds of evidence about critical points next to θ, and about slices across orbits of symmetries. */

/** Boxes around θ, as multiples of the radii, on which the test is repeated: the zero must come out within the radii. */
const BOXES = [1.25, 1.5, 2, 3];

const radiiOf = (context: CheckContext, value: unknown): readonly number[] => {
  const radii = list(value).map(float);
  const n = context.interval.theta.length;
  demand(radii.length === n, `expected ${n} radii`);
  demand(
    radii.every((radius) => radius >= 0),
    'a radius is negative',
  );
  return radii;
};

/** Krawczyk's test for the components of ∇L of the numbers not held fixed: the zero lies within the radii. */
function zeroWithin(context: CheckContext, radii: readonly number[], gauge?: Gauge): boolean {
  const centre = context.interval.theta;
  const free = freeOf(centre.length, gauge?.fixed ?? []);
  const inverse = approximateInverse(free.length, hessian(context, centre, free).mid);
  if (!inverse) return false;
  const { gradient } = context.interval.summary();
  const value = column(free.map((k) => gradient[k]!));
  return BOXES.some((factor) => {
    const half = Float64Array.from(free, (k) => radii[k]! * factor);
    const box = widened(centre, free, half);
    const within = krawczykTest(value, hessian(context, box, free), inverse, half);
    return (
      within?.every((radius, i) => radius <= radii[free[i]!]!) === true &&
      (gauge === undefined || fixesGauge(context, gauge, box))
    );
  });
}

/** A zero of ∇L lies within the radii. */
const krawczyk: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'radii');
  return zeroWithin(context, radiiOf(context, data.radii));
};

const sliceOf = (context: CheckContext, data: Readonly<Record<string, unknown>>) => {
  onlyEntries(data, 'kind', 'radii', 'symmetries', 'fixed');
  const radii = radiiOf(context, data.radii);
  const fixed = list(data.fixed).map((k) => index(k, radii.length));
  demand(
    fixed.every((k) => radii[k] === 0),
    'a number that is held fixed has a radius',
  );
  return { radii, gauge: { symmetries: list(data.symmetries).map(symmetryOf), fixed } };
};

/** A zero of ∇L lies within the radii, with the numbers held fixed that cut the orbit of the symmetries said. */
const krawczykSlice: Checker = ({ context, data }) => {
  const { radii, gauge } = sliceOf(context, data);
  return zeroWithin(context, radii, gauge);
};

/** The same, and ∇²L is positive definite on the slice, at every point within the radii. */
const certifiedSlice: Checker = ({ context, data }) => {
  const { radii, gauge } = sliceOf(context, data);
  if (!zeroWithin(context, radii, gauge)) return false;
  const every = radii.map((_, k) => k);
  const box = widened(context.interval.theta, every, Float64Array.from(radii));
  const bound = leastCurvature(context, box, gauge.fixed);
  return bound !== undefined && bound > 0;
};

/** ∇L(θ) = 0, and ∇²L(θ) is positive definite across the orbit of the symmetries said. */
const symmetricSlice: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'symmetries');
  const H = exactHessian(context);
  if (!H || !context.exact?.summary().gradient.every((entry) => entry.isZero)) return false;
  return checkSymmetricSlice(context, H, { symmetries: list(data.symmetries).map(symmetryOf) });
};

const MANY = 2 ** 31;

function symmetryOf(value: unknown): Symmetry {
  const data = record(value);
  const number = (key: string): number => index(data[key], MANY);
  switch (data.kind) {
    case 'mix':
      onlyEntries(data, 'kind', 'layer', 'to', 'from');
      return { kind: 'mix', layer: number('layer'), to: number('to'), from: number('from') };
    case 'scale':
      onlyEntries(data, 'kind', 'layer', 'unit');
      return { kind: 'scale', layer: number('layer'), unit: number('unit') };
    case 'shift':
      onlyEntries(data, 'kind', 'layer', 'unit');
      return { kind: 'shift', layer: number('layer'), unit: number('unit') };
    case 'dead':
      onlyEntries(data, 'kind', 'layer', 'unit', 'index');
      return { kind: 'dead', layer: number('layer'), unit: number('unit'), index: number('index') };
    case 'unseen':
      onlyEntries(data, 'kind', 'unit', 'vector');
      return { kind: 'unseen', unit: number('unit'), vector: rationals(data.vector) };
    case 'weights':
      onlyEntries(data, 'kind', 'vector');
      return { kind: 'weights', vector: rationals(data.vector) };
    default:
      demand(false, 'no kind of symmetry');
  }
}

export const sliceCheckers: Readonly<Record<string, Checker>> = {
  krawczyk,
  'krawczyk-slice': krawczykSlice,
  'certified-slice': certifiedSlice,
  'symmetric-slice': symmetricSlice,
};
