import type { Decimal } from 'decimal.js';
import type { CertifiedSegment } from '../../../src/check/perturbation/certified-segments.ts';
import type { CertifiedSpan } from '../../../src/check/perturbation/certified-span.ts';
import type { ObligationReport, Report } from '../../../src/check/report.ts';
import type { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { floatCriticalPoint } from './float-search.ts';
import { integer, type LayerCase, mlpCase, pick, type Random } from './models.ts';
import {
  criticalPointNear,
  type DecimalPoint,
  decimalPoint,
  movedTo,
  solveDigits,
  thetaOf,
} from './newton.ts';
import { Digits, decimal, r } from './numbers.ts';
import { asObject, type PlainInstance } from './truth.ts';

/** Below this 80 digits see nothing. */
const NOTHING = new Digits('1e-62');
const EPSILON = '1/100';

/** What is tested, from one copy of the program. */
export interface SpanEngine {
  /** the certified span of the instance at ε = 1/100, at the θ given, and the report of Theorem 2 */
  run(spec: Record<string, unknown>): Promise<{ span: CertifiedSpan | undefined; report: Report }>;
}

/** A network of tanh, softplus, sigmoid and linear units, some of which nothing reads; m·dy and dθ are small. */
export function unreadCase(random: Random): PlainInstance {
  const plan = random();
  // Small enough for a critical point with a Jacobian of full rank.
  const critical = plan < 0.45;
  const dx = integer(random, 1, critical ? 1 : 2);
  const dy = random() < 0.8 ? 1 : 2;
  const hidden = integer(random, 1, critical ? 1 : 2);
  const layers: LayerCase[] = Array.from({ length: hidden }, () => {
    const units = integer(random, 1, critical ? 1 : 2);
    const activations = Array.from({ length: units }, () =>
      pick(random, ['tanh', 'tanh', 'softplus', 'sigmoid', 'identity'] as const),
    );
    return { units, activations, bias: random() < 0.3 };
  });
  layers.push({
    units: dy,
    activations: new Array<'identity'>(dy).fill('identity'),
    bias: random() < 0.5,
  });
  const model = mlpCase(dx, layers);
  const m = integer(random, critical ? 2 : 1, 4);
  // Where an input is always 0 its weights are free, and nothing pulls on them.
  const blind = random() < 0.25;
  const inputs = Array.from({ length: m }, () =>
    Array.from({ length: dx }, (_, j) =>
      r(blind && j === 0 ? 0 : pick(random, ['1', '-1', '2', '1/2', '0'])),
    ),
  );
  const targets = inputs.map(() => Array.from({ length: dy }, () => r(pick(random, ['0', '1', '-1', '2']))));
  const parameters = new Map(
    model.blocks.map(({ name, shape }) => [
      name,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => r(Math.fround(random() * 3 - 1.5))),
    ]),
  );
  const draft: PlainInstance = {
    model,
    loss: { type: 'squared' },
    inputs,
    targets,
    weights: inputs.map(() => r(1)),
    parameters,
    trainable: model.blocks.map(({ name }) => name),
  };
  if (critical) {
    // Targets near the outputs, so that a critical point is not far.
    const { f } = decimalPoint(draft, thetaOf(draft));
    const near = inputs.map((_, i) =>
      Array.from({ length: dy }, (__, j) => r(f[i * dy + j]!.toNumber() + (random() - 0.5) / 8)),
    );
    const close: PlainInstance = { ...draft, targets: near };
    const theta = floatCriticalPoint(close);
    // 80 digits do not see the rank of columns of 1e-160.
    return theta?.every((value) => Math.abs(value) > 1e-6) ? movedTo(close, theta.map(r)) : close;
  }
  // Nothing reads one unit, or any.
  const l = integer(random, 1, hidden);
  const unit = integer(random, 0, layers[l - 1]!.units - 1);
  const width = layers[l - 1]!.units;
  const W = parameters.get(`W${l + 1}`)!;
  for (let i = 0; i < W.length; i++) if (plan > 0.85 || i % width === unit) W[i] = r(0);
  return draft;
}

const dot = (a: readonly Decimal[], b: readonly Decimal[]): Decimal =>
  a.reduce((sum, value, k) => sum.add(value.mul(b[k]!)), new Digits(0));

/** The rank to 45 digits: the truth may be less, by a coincidence that no random instance has. */
const rankOf = (rows: readonly (readonly Decimal[])[]): number =>
  solveDigits(
    rows,
    rows.map(() => new Digits(0)),
  ).rank;

const alongside = (left: DecimalPoint, right: DecimalPoint): DecimalPoint => ({
  ...left,
  J: left.J.map((row, i) => [...row, ...right.J[i]!]),
});

/** θ + sv to 80 digits. */
const movedBy = (theta: readonly Decimal[], s: Decimal, v: readonly Rational[]): Decimal[] =>
  theta.map((value, k) => value.add(s.mul(decimal(v[k]!))));

const plain = (v: readonly { toString(): string }[]): Rational[] => v.map((entry) => r(`${entry}`));
const distance = (a: readonly Decimal[], b: readonly Decimal[]): Decimal =>
  Digits.max(0, ...a.map((value, k) => value.sub(b[k]!).abs()));

/** Everything certified of perturbed bases on random instances, against 80 digits. */
export async function spanCampaign(
  engine: SpanEngine,
  count: number,
  seed: number,
  stopAt = 4,
): Promise<{ faults: string[]; counts: Record<string, number> }> {
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  const tally = (key: string): void => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (let k = 0; k < count && faults.length < stopAt; k++) {
    const random = generator(seed * 100_003 + k);
    const instance = unreadCase(random);
    const spec = { ...asObject(instance, `span ${k}`), epsilon: EPSILON };
    const fault = (text: string) => faults.push(`${text}\n${JSON.stringify(spec)}`);
    const theta = thetaOf(instance);
    const here = decimalPoint(instance, theta);
    const { span, report } = await engine.run(spec);
    if (span) judgeSpan(span, instance, here, theta, random, fault, tally);
    judgeConclusion(report, instance, here, theta, fault, tally);
  }
  return { faults, counts };
}

function judgeSpan(
  span: CertifiedSpan,
  instance: PlainInstance,
  here: DecimalPoint,
  theta: readonly Decimal[],
  random: Random,
  fault: (text: string) => void,
  tally: (key: string) => void,
): void {
  const epsilon = decimal(r(EPSILON));
  const tangent = rankOf(here.J);
  if (span.tangent > tangent) fault(`dim range J ≥ ${span.tangent}, and it is ${tangent}`);
  if (span.tangent === tangent) tally('rank found');
  let wide = here;
  for (const segment of span.members)
    wide = alongside(wide, decimalPoint(instance, movedBy(theta, epsilon, plain(segment.v))));
  const perturbed = rankOf(wide.J);
  if (span.perturbed > perturbed) fault(`dim Ẽ_ε ≥ ${span.perturbed}, and what was found has ${perturbed}`);
  if (span.perturbed > span.tangent) tally('span grew');
  for (const segment of span.segments) judgeSegment(segment, instance, here, theta, random, fault, tally);
}

function judgeSegment(
  segment: CertifiedSegment,
  instance: PlainInstance,
  here: DecimalPoint,
  theta: readonly Decimal[],
  random: Random,
  fault: (text: string) => void,
  tally: (key: string) => void,
): void {
  const v = plain(segment.v);
  const epsilon = decimal(r(EPSILON));
  tally('segment');
  if (dot(v.map(decimal), v.map(decimal)).gt(1)) fault('a segment is longer than ε');
  const inside = decimalPoint(instance, movedBy(theta, epsilon.mul(random()), v));
  const end = decimalPoint(instance, movedBy(theta, epsilon, v));
  if (distance(inside.f, here.f).gt(NOTHING) || distance(end.f, here.f).gt(NOTHING))
    fault(`f_X changes along ${v.join(' ')}`);
  end.gradient.forEach((value, k) => {
    const { lo, hi } = segment.gradient[k]!;
    if (value.lt(decimal(r(lo)).sub(NOTHING)) || value.gt(decimal(r(hi)).add(NOTHING)))
      fault(`∂_${k} L(θ + εv) = ${value.toPrecision(25)} is not in [${lo}, ${hi}]`);
  });
  if (segment.pulls === undefined) return;
  tally('pulls');
  const s = new Digits('1e-25');
  const slope = decimalPoint(instance, movedBy(theta, s, v))
    .gradient[segment.pulls]!.sub(here.gradient[segment.pulls]!)
    .div(s);
  if (slope.abs().lt('1e-20')) fault(`no pull: d/ds ∂_${segment.pulls} L = ${slope.toPrecision(5)}`);
}

interface Enclosure {
  readonly kind?: string;
  readonly fixed?: readonly number[];
}

function judgeConclusion(
  report: Report,
  instance: PlainInstance,
  here: DecimalPoint,
  theta: readonly Decimal[],
  fault: (text: string) => void,
  tally: (key: string) => void,
): void {
  const theorem = report.results.find(({ result }) => result === 'theorem-2')!;
  const conclusion = theorem.obligations.find(({ id }) => id === 'conclusion')!;
  tally(`conclusion ${conclusion.status} ${conclusion.tier}`);
  const lemma = report.results.find(({ result }) => result === 'lemma-2')!;
  const { certificate } = lemma.obligations.find(({ id }) => id === 'critical')!;
  const { kind, fixed = [] } = (certificate ?? {}) as Enclosure;
  if (conclusion.status === 'fails') judgeRefutation(conclusion, instance, here, theta, fault);
  if (conclusion.status !== 'holds' || kind === 'interpolation') return;
  const enclosed = kind === 'krawczyk' || kind === 'krawczyk-slice';
  const zero = enclosed ? criticalPointNear(instance, theta, fixed) : [...theta];
  if (!zero) {
    fault('there is no critical point next to θ');
    return;
  }
  const place = decimalPoint(instance, zero);
  const { span } = theorem;
  if (Digits.max(0, ...place.gradient.map((value) => value.abs())).gt('1e-35'))
    fault('the conclusion holds, and the forces pull on range J');
  if (!span?.constantRank || span.tier !== 'certified') return;
  tally('constant rank');
  // Next to it, the rank of J is what it is there.
  for (const s of ['1e-6', '-1e-7']) {
    const near = zero.map((value, k) => value.add(new Digits(s).mul((k % 3) - 1)));
    if (rankOf(decimalPoint(instance, near).J) !== span.tangent)
      fault('the rank of J is not constant near θ*');
  }
  if (rankOf(place.J) !== span.tangent) fault(`dim range J(θ*) is not ${span.tangent}`);
}

/** The vectors of the witness leave f_X as it is, and the forces pull on what one of them gives, at ε and at smaller ones. */
function judgeRefutation(
  { witness }: ObligationReport,
  instance: PlainInstance,
  here: DecimalPoint,
  theta: readonly Decimal[],
  fault: (text: string) => void,
): void {
  const { epsilon, set } = (witness ?? {}) as { epsilon?: string; set?: readonly (readonly string[])[] };
  if (!set || epsilon === undefined) return;
  for (const factor of ['1', '1e-3', '1e-9']) {
    const s = decimal(r(epsilon)).mul(factor);
    const points = set.map((v) => decimalPoint(instance, movedBy(theta, s, v.map(r))));
    if (points.some(({ f }) => distance(f, here.f).gt(NOTHING)))
      fault(`a vector of S leaves the fibre at ε·${factor}`);
    const most = Digits.max(0, ...[here, ...points].flatMap(({ gradient }) => gradient.map((g) => g.abs())));
    if (!most.gt('1e-40')) fault(`nothing pulls at ε·${factor}`);
  }
}
