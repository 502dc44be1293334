import { boundText } from '../../arithmetic/decimal.ts';
import { normLowerBound, normUpperBound } from '../../certified/ball-matrix.ts';
import type { CheckContext } from '../check-context.ts';
import { column, exactGradient, parameterName } from '../gradient.ts';
import type { Obligation, Outcome, Strategy } from '../strategy.ts';
import { plainGauge } from '../structure/symmetry.ts';

/** Relative to 1 + L(θ): a gradient whose enclosure holds 0 and is this small counts as numeric evidence. */
const TOLERANCE = 1e-9;
/** Below this a float64 gradient has lost its digits to underflow. */
const UNDERFLOW = 1e-290;

/** ∇L(θ) = 0 decided in rationals or in the field of exponentials; a non-zero component is the witness. */
const exactly: Strategy = {
  name: 'exact gradient',
  tier: 'exact',
  run(context) {
    const gradient = exactGradient(context);
    if (gradient.kind === 'unknown') return { declined: gradient.reason };
    const { arithmetic } = gradient;
    const by =
      arithmetic === 'rational' ? '' : ' (exponentials of distinct rationals are independent over Q)';
    if (gradient.kind === 'zero') return { status: 'holds', tier: 'exact', detail: `∇L(θ) = 0${by}` };
    // An exactly non-zero gradient may still round to a true critical point next to θ.
    const nearby = nearbyPoint(context);
    if (nearby) return nearby;
    const name = parameterName(context, gradient.index);
    return {
      status: 'fails',
      tier: 'exact',
      detail: gradient.value
        ? `∂L/∂${name} = ${shorten(gradient.value.toString())} ≠ 0${normNote(context)}`
        : `∂L/∂${name} ≠ 0${by}${normNote(context)}`,
      witness: { parameter: name, derivative: gradient.value?.toString() ?? 'nonzero' },
    };
  },
};

/** A true critical point in a box around θ: an interpolation of the data, or by Krawczyk's test. */
const nearby: Strategy = {
  name: 'enclosure of a critical point',
  tier: 'certified',
  run: (context) => nearbyPoint(context) ?? { declined: '' },
};

function nearbyPoint(context: CheckContext): Outcome | undefined {
  const place = context.place();
  if (place.kind !== 'enclosed') return undefined;
  const norm = normUpperBound(column(context.interval.summary().gradient));
  if (place.by === 'interpolation') {
    return {
      status: 'holds',
      tier: 'certified',
      detail: `some θ* within ${boundText(place.radius, 'up')} of θ (in the norm) fits every target exactly, so that no loss has a force there: J is surjective near θ (Brouwer); at θ itself ‖∇L‖ ≤ ${boundText(norm, 'up')}`,
      certificate: { kind: 'interpolation', radius: place.radius, ...place.constants },
      figures: {
        radius: { upper: place.radius },
        'gradient norm': { upper: norm },
        ...Object.fromEntries(
          Object.entries(place.constants ?? {}).map(([name, value]) => [
            name,
            name.startsWith('σ') ? { lower: value } : { upper: value },
          ]),
        ),
      },
    };
  }
  const { gauge } = place;
  if (gauge) {
    const held = gauge.fixed.map((k) => parameterName(context, k));
    return {
      status: 'holds',
      tier: 'certified',
      detail: `a critical point θ* lies within ${boundText(place.radius, 'up')} of every given number, the only one there with ${named(held)} as given (Krawczyk, across the orbit of ${held.length === 1 ? 'a symmetry' : `${held.length} symmetries`} of f); at θ itself ‖∇L‖ ≤ ${boundText(norm, 'up')}`,
      certificate: { kind: 'krawczyk-slice', radii: [...place.radii], ...plainGauge(gauge) },
      figures: { radius: { upper: place.radius }, 'gradient norm': { upper: norm } },
    };
  }
  return {
    status: 'holds',
    tier: 'certified',
    detail: `a critical point θ* lies within ${boundText(place.radius, 'up')} of every given number, the only one there (Krawczyk); at θ itself ‖∇L‖ ≤ ${boundText(norm, 'up')}`,
    certificate: { kind: 'krawczyk', radii: [...place.radii] },
    figures: { radius: { upper: place.radius }, 'gradient norm': { upper: norm } },
  };
}

const named = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** An enclosure of every component: one that excludes 0 refutes; nothing but 0 in all of them is a proof. */
const enclosure: Strategy = {
  name: 'gradient enclosure',
  tier: 'certified',
  run(context) {
    const { gradient } = context.interval.summary();
    const index = gradient.findIndex((entry) => entry.lo > 0 || entry.hi < 0);
    if (gradient.every(({ lo, hi }) => lo === 0 && hi === 0))
      return {
        status: 'holds',
        tier: 'certified',
        detail: '∇L(θ) = 0: the enclosure of each component is 0',
      };
    const values = column(gradient);
    const norm = { lower: normLowerBound(values), upper: normUpperBound(values) };
    if (index < 0)
      return {
        declined: `each component of ∇L(θ) is enclosed around 0, ‖∇L(θ)‖ ≤ ${boundText(norm.upper, 'up')}`,
      };
    const largest = gradient.reduce(
      (best, entry, k) => (mig(entry) > mig(gradient[best]!) ? k : best),
      index,
    );
    const name = parameterName(context, largest);
    const { lo, hi } = gradient[largest]!;
    return {
      status: 'fails',
      tier: 'certified',
      detail: `∂L/∂${name} lies in [${lo}, ${hi}], so it is not 0; ‖∇L(θ)‖ ≤ ${boundText(norm.upper, 'up')}`,
      witness: { parameter: name, derivative: { lower: lo, upper: hi } },
      figures: { 'gradient norm': norm },
    };
  },
};

const mig = ({ lo, hi }: { lo: number; hi: number }): number => (lo > 0 ? lo : hi < 0 ? -hi : 0);

/** A norm alone proves nothing; it is reported as what it is. */
const norm: Strategy = {
  name: 'gradient norm',
  tier: 'numeric',
  run(context) {
    // Where the enclosure meets a kink or overflows, float64 would only take some one-sided slope.
    context.interval.summary();
    const { gradient, loss } = context.float.summary();
    const size = Math.hypot(...gradient);
    const scale = typeof loss === 'number' ? 1 + Math.abs(loss) : 1;
    // A true zero was decided above; what is left this small is the underflow of products, and says nothing of their sign.
    if (size < UNDERFLOW) {
      return {
        status: 'undecided',
        tier: 'numeric',
        detail: `float64 underflows: ‖∇L(θ)‖ comes out as ${size}, and no enclosure decides`,
      };
    }
    if (!(size <= TOLERANCE * scale)) {
      return {
        status: 'undecided',
        tier: 'numeric',
        detail: `‖∇L(θ)‖ ≈ ${size.toExponential(2)} in float64, and no enclosure decides`,
      };
    }
    return {
      status: 'holds',
      tier: 'numeric',
      detail: `‖∇L(θ)‖ ≈ ${size.toExponential(2)} ≤ ${TOLERANCE} (1 + L): evidence, no proof`,
      figures: { 'gradient norm': { approx: size, residual: TOLERANCE * scale } },
    };
  },
};

function normNote(context: CheckContext): string {
  try {
    const bound = normUpperBound(column(context.interval.summary().gradient));
    return `; ‖∇L(θ)‖ ≤ ${boundText(bound, 'up')}`;
  } catch {
    return '';
  }
}

/** Long fractions are shown by their nearest float64. */
export function shorten(text: string): string {
  if (text.length <= 40) return text;
  const slash = text.indexOf('/');
  const digits = slash < 0 ? text.length : Math.max(slash, text.length - slash - 1);
  return `${text.slice(0, 12)}… (a fraction of ${digits} digits)`;
}

export const critical: Obligation = { id: 'critical', strategies: [exactly, nearby, enclosure, norm] };
