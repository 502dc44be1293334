import type { Decimal } from 'decimal.js';
import type { ObligationReport, ResultReport } from '../../../src/check/report.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { type Engine, RESULTS, type Tally } from './campaign.ts';
import { floatCriticalPoint } from './float-search.ts';
import { bounds } from './judge.ts';
import { integer, type PlainModel, pick, type Random, randomModel } from './models.ts';
import {
  cleaned,
  criticalPointNear,
  type DecimalPoint,
  decimalInfimum,
  decimalPoint,
  interpolationNear,
  movedTo,
  normOf,
  solveDigits,
  thetaOf,
} from './newton.ts';
import { Digits, decimal, r } from './numbers.ts';
import { asObject, coordinates, logistic, type PlainInstance, type PlainLoss } from './truth.ts';

/** The doubt of the reference: everything in it is good to far more digits than this. */
const DOUBT = new Digits('1e-35');
/** What 80 digits cannot tell from 0. */
const NOTHING = new Digits('1e-70');

/** With large outputs the forces of a loss with exponentials are tiny, and not 0. */
const telling = ({ f }: DecimalPoint): boolean => f.every((value) => value.abs().lt(20));

interface Case {
  readonly instance: PlainInstance;
  readonly moved: string;
}

/** A random instance, mostly with tanh, sigmoid or softplus, at or near a critical point that Newton's method found. */
function smoothCase(random: Random): Case | undefined {
  const kind = random();
  const dy = kind < 0.7 ? 1 : 2;
  const roll = random();
  const loss: PlainLoss =
    dy === 2 && roll < 0.6
      ? { type: 'cross-entropy' }
      : dy === 1 && roll < 0.15
        ? { type: 'smoothed-hinge', p: 3 }
        : dy === 1 && roll < 0.35
          ? logistic
          : { type: 'squared' };
  const smooth = random() < 0.7;
  const model = randomModel(random, dy, smooth);
  const m = integer(random, 2, 4);
  const inputs = Array.from({ length: m }, () =>
    Array.from({ length: model.inputs }, () => r(pick(random, ['-1', '1', '2', '1/2', '3', '-3/2']))),
  );
  const targets = inputs.map(() => {
    if (loss.type === 'smoothed-hinge' || loss.type === 'expression') return [r(pick(random, [-1, 1]))];
    if (loss.type === 'squared')
      return Array.from({ length: dy }, () => r(pick(random, ['-1', '1/2', '1', '2', '3'])));
    const share = r(pick(random, ['1/3', '1/4', '2/3', '1', '0']));
    return [share, Rational.one.sub(share)];
  });
  const weights = inputs.map(() => r(pick(random, ['1', '1', '2', '1/3'])));
  const parameters = new Map(
    model.blocks.map(({ name, shape }) => [
      name,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => r(Math.fround(random() * 3 - 1.5))),
    ]),
  );
  const names = model.blocks.map(({ name }) => name);
  // With one block alone the bounds are often tight.
  const alone = random() < 0.2 ? [pick(random, names)] : undefined;
  const some = alone ?? (random() < 0.4 ? names.filter(() => random() < 0.6) : names);
  const trainable = some.length > 0 ? some : names;
  const draft: PlainInstance = { model, loss, inputs, targets, weights, parameters, trainable };
  const n = coordinates(draft).length;
  if (n > 7) return undefined;
  const near = ['rounded', 'rounded', '1e-9', '1e-7', '1e-3', 'start'];
  // At 0 a model with kinks lies on them, and these digits know nothing of kinks.
  const moved = pick(random, smooth ? [...near, 'zero'] : near);
  if (moved === 'start') return { instance: draft, moved };
  if (moved === 'zero') return { instance: movedTo(draft, new Array(n).fill(Rational.zero)), moved };
  const theta = floatCriticalPoint(draft);
  if (!theta) return undefined;
  const push = moved === 'rounded' ? 0 : Number(moved);
  return {
    instance: movedTo(
      draft,
      theta.map((value) => r(value + push * (random() * 2 - 1))),
    ),
    moved,
  };
}

/**
 * f = a³ + ba with a tiny b > 0 and y = −1: ∇L is tiny at a = 2·10⁻⁷ and Newton's step is tiny as well, but ∇L > 0
 * everywhere near it, so there is no critical point to enclose.
 */
function flatCase(random: Random): Case {
  const model: PlainModel = {
    spec: { type: 'expression', inputs: ['x'], parameters: ['a', 'b'], outputs: ['x*(a^3 + b*a)'] },
    inputs: 1,
    outputs: 1,
    blocks: [
      { name: 'a', shape: [] },
      { name: 'b', shape: [] },
    ],
    forward: (A, parameter, [x]) => {
      const [a, b] = [parameter('a')[0]!, parameter('b')[0]!];
      return [A.mul(x!, A.mul(a, A.add(A.mul(a, a), b)))];
    },
  };
  return {
    instance: {
      model,
      loss: { type: 'squared' },
      inputs: [[r(1)]],
      targets: [[r(-1)]],
      weights: [r(1)],
      parameters: new Map([
        ['a', [r(1e-7 * (1 + random()))]],
        ['b', [r('1e-14')]],
      ]),
      trainable: ['a'],
    },
    moved: 'flat',
  };
}

/** What is claimed of an instance by `check` in its default mode, against 80 digits. */
export async function smoothCampaign(
  engine: Engine,
  { count, seed, stopAt = 5 }: { count: number; seed: number; stopAt?: number },
): Promise<Tally> {
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  const tally = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (let k = 0, done = 0; done < count && faults.length < stopAt; k++) {
    const random = generator(seed * 100_003 + k);
    const each = k % 40 === 0 ? flatCase(random) : smoothCase(random);
    if (!each) continue;
    done++;
    tally(`moved ${each.moved}`);
    tally(`loss ${each.instance.loss.type}`);
    const object = asObject(each.instance, `smooth ${k}`);
    const fault = (text: string) => faults.push(`${text}\n${JSON.stringify(object)}`);
    try {
      const report = await engine.check(await engine.instanceFromObject(object), { results: RESULTS });
      for (const result of report.results) {
        tally(`${result.result} ${result.verdict}`);
        for (const { id, status, tier } of result.obligations)
          tally(`${result.result} ${id} ${status} ${tier}`);
      }
      judge(report.results, each.instance, fault, tally);
    } catch (error) {
      fault(error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error));
    }
  }
  return { faults, counts };
}

function judge(
  results: readonly ResultReport[],
  instance: PlainInstance,
  fault: (text: string) => void,
  tally: (key: string) => void,
): void {
  const theta = thetaOf(instance);
  const given = decimalPoint(instance, theta);
  const theorem = results.find(({ result }) => result === 'theorem-1')!;
  if (given.f.some((value) => !value.isFinite())) {
    tally('f is not defined');
    for (const { id, status } of theorem.obligations)
      if (status !== 'undecided' && id !== 'assumption-1') fault(`${id} ${status} where f is not defined`);
    return;
  }
  const critical = theorem.obligations.find(({ id }) => id === 'critical')!;
  const { radii, fixed } = krawczykRadii(critical);
  // The point of which the obligations speak.
  let place = given;
  if (radii) {
    const zero = criticalPointNear(instance, theta, fixed);
    const inside = zero?.every((value, k) =>
      value
        .sub(theta[k]!)
        .abs()
        .lte(decimal(r(radii[k]!)).add(DOUBT)),
    );
    if (!inside) fault('no critical point lies within the stated radii');
    if (zero) place = cleaned(decimalPoint(instance, zero));
    tally(fixed.length > 0 ? 'a critical point on an orbit was enclosed' : 'a critical point was enclosed');
    const bound = critical.figures?.['gradient norm'];
    if (bound && typeof bound === 'object')
      containsAbove(bound, normOf(given.gradient), 'the gradient norm', fault);
  }
  const radius = interpolationRadius(critical);
  if (radius !== undefined) {
    const zero = interpolationNear(instance, theta);
    if (!zero || !normOf(zero.map((value, k) => value.sub(theta[k]!))).lte(decimal(r(radius)).add(DOUBT)))
      fault('no interpolation lies within the stated radius');
    if (zero) place = cleaned(decimalPoint(instance, zero));
    tally('an interpolation was enclosed');
  }
  const size = normOf(given.gradient);
  if (
    critical.status === 'holds' &&
    critical.tier !== 'numeric' &&
    !radii &&
    radius === undefined &&
    size.gt(DOUBT)
  )
    fault(`critical holds (${critical.tier}), ‖∇L‖ = ${size.toPrecision(10)}`);
  if (critical.status === 'fails' && size.lt(NOTHING) && telling(given))
    fault('critical fails, and the gradient vanishes');
  judgeRange(theorem, place, fault);
  judgeConclusion(theorem, place, instance, fault);
  // Both sides are those of the place the report speaks of, where it says so.
  if (theorem.sidesAt === 'enclosed') tally('sides at the enclosed point');
  judgeBounds(theorem, theorem.sidesAt === 'enclosed' ? place : given, instance, fault, tally);
}

const krawczykRadii = ({
  status,
  certificate,
}: ObligationReport): { radii?: readonly number[]; fixed: readonly number[] } => {
  const { kind, radii, fixed } = (certificate ?? {}) as {
    kind?: string;
    radii?: readonly number[];
    fixed?: readonly number[];
  };
  if (status !== 'holds' || !radii) return { fixed: [] };
  return kind === 'krawczyk'
    ? { radii, fixed: [] }
    : kind === 'krawczyk-slice'
      ? { radii, fixed: fixed! }
      : { fixed: [] };
};

const interpolationRadius = ({ status, certificate }: ObligationReport): number | undefined => {
  const found = certificate as { kind?: string; radius?: number } | undefined;
  return status === 'holds' && found?.kind === 'interpolation' ? found.radius : undefined;
};

/** Distance of f_X(θ) from range J(θ), squared. */
function distance({ f, J }: DecimalPoint): Decimal {
  const n = J[0]?.length ?? 0;
  const column = (k: number) => J.map((row) => row[k]!);
  const dot = (a: readonly Decimal[], b: readonly Decimal[]) =>
    a.reduce((sum, value, i) => sum.add(value.mul(b[i]!)), new Digits(0));
  const gram = Array.from({ length: n }, (_, k) =>
    Array.from({ length: n }, (_, l) => dot(column(k), column(l))),
  );
  const { x } = solveDigits(
    gram,
    Array.from({ length: n }, (_, k) => dot(column(k), f)),
    '1e-40',
  );
  return normOf(f.map((value, i) => value.sub(dot(J[i]!, x))));
}

function judgeRange(theorem: ResultReport, place: DecimalPoint, fault: (text: string) => void): void {
  const found = theorem.obligations.find(({ id }) => id === 'assumption-2')!;
  if (found.status === 'undecided') return;
  const away = distance(place);
  if (found.status === 'holds' && away.gt('1e-18'))
    fault(`Assumption 2 holds, and f is ${away.toPrecision(5)} away`);
  if (found.status === 'fails') {
    if (away.lt('1e-25')) fault('Assumption 2 fails, and f is in the range');
    const claimed = (found.witness as { distance?: number } | null)?.distance;
    if (claimed !== undefined && decimal(r(claimed)).gt(away.add(DOUBT)))
      fault(`f is said to be ${claimed} away, it is ${away.toPrecision(20)}`);
  }
}

function judgeConclusion(
  theorem: ResultReport,
  place: DecimalPoint,
  instance: PlainInstance,
  fault: (text: string) => void,
): void {
  const { status, tier } = theorem.obligations.find(({ id }) => id === 'conclusion')!;
  if (status === 'undecided' || tier === 'numeric') return;
  const infimum = decimalInfimum(instance, place.J);
  if (!infimum) return;
  const gap = place.loss.sub(infimum.value);
  if (status === 'holds' && gap.abs().gt('1e-20'))
    fault(`the conclusion holds, and the gap is ${gap.toPrecision(5)}`);
  // Where Assumption 2 holds the conclusion is the gradient, judged above, however small the gap; elsewhere the two sides.
  const represented = theorem.obligations.some(
    (each) => each.id === 'assumption-2' && each.status === 'holds',
  );
  if (status === 'fails' && !represented && gap.abs().lt(DOUBT))
    fault('the conclusion fails, and both sides agree');
  if (status === 'fails' && represented && normOf(place.gradient).lt(NOTHING) && telling(place))
    fault('the conclusion fails at a critical point');
}

function judgeBounds(
  theorem: ResultReport,
  at: DecimalPoint,
  instance: PlainInstance,
  fault: (text: string) => void,
  tally: (key: string) => void,
): void {
  if (theorem.left) containsBoth(theorem.left, at.loss, new Digits(0), 'L(θ)', fault);
  const infimum = decimalInfimum(instance, at.J);
  if (!infimum) {
    tally('reference: no infimum');
    return;
  }
  tally('reference: infimum');
  const { value, slack } = infimum;
  if (theorem.right) {
    tally('right enclosed');
    containsBoth(theorem.right, value, slack, 'inf L_θ', fault);
  }
  if (theorem.attained === false) fault('said not to be attained, and Newton reached it');
  const gap = at.loss.sub(value);
  if (theorem.gap) {
    if (decimal(r(theorem.gap.upper)).lt(gap.sub(DOUBT))) fault(`gap ≤ ${theorem.gap.upper}, it is ${gap}`);
    if (theorem.gap.lower !== undefined && decimal(r(theorem.gap.lower)).gt(gap.add(slack).add(DOUBT)))
      fault(`gap ≥ ${theorem.gap.lower}, it is ${gap}`);
  }
  for (const { id, bound, tier } of theorem.robust ?? []) {
    if (!bound || tier === 'numeric') continue;
    tally(`bound ${id}`);
    containsBoth(bound, gap, slack, `${id}: the gap`, fault, id === 'R1');
  }
}

/** lower ≤ value ≤ upper, with the doubt of the reference given to the engine: the truth is in [value − slack, value]. */
function containsBoth(
  quantity: NonNullable<ResultReport['left']>,
  value: Decimal,
  slack: Decimal,
  what: string,
  fault: (text: string) => void,
  onlyAbove = false,
): void {
  const { lower, upper } = bounds(quantity);
  const doubt = DOUBT.mul(value.abs().add(1)).add(slack);
  if (upper && decimal(upper).lt(value.sub(doubt)))
    fault(`${what} ≤ ${upper.toNumber()}, it is ${value.toPrecision(30)}`);
  if (!onlyAbove && lower && decimal(lower).gt(value.add(doubt)))
    fault(`${what} ≥ ${lower.toNumber()}, it is ${value.toPrecision(30)}`);
}

function containsAbove(
  quantity: NonNullable<ResultReport['left']>,
  value: Decimal,
  what: string,
  fault: (text: string) => void,
): void {
  containsBoth(quantity, value, new Digits(0), what, fault, true);
}
