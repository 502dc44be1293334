import { Rational } from '../../../src/kernel/rational.ts';
import { leftNullVectors } from './elimination.ts';
import { integer, type PlainModel, pick, type Random, randomModel } from './models.ts';
import { r } from './numbers.ts';
import {
  coordinates,
  outputsAlong,
  type PlainInstance,
  type PlainLoss,
  type Truth,
  truthOf,
} from './truth.ts';

export type Plan = 'random' | 'critical' | 'almost' | 'interpolating';

export interface Scenario {
  readonly plan: Plan;
  readonly instance: PlainInstance;
  readonly truth: Truth;
}

const number = (random: Random): Rational => {
  const kind = random();
  if (kind < 0.3) return Rational.zero;
  if (kind < 0.75) return r(pick(random, [-2, -1, 1, 2]));
  if (kind < 0.9) return r(pick(random, ['1/3', '-2/7', '5/2', '-3/4']));
  return r(random() * 4 - 2);
};

const SCALES = ['1e-12', '1e-6', '1e6', '1e12'];

function weightsFor(random: Random, m: number): Rational[] {
  const kind = random();
  const each = (): Rational =>
    kind < 0.5
      ? Rational.one
      : kind < 0.8
        ? r(pick(random, ['1/2', '2', '3', '1/7']))
        : r(pick(random, ['1e-12', '1e-3', '1', '1e5', '1e12']));
  return Array.from({ length: m }, each);
}

function parametersFor(random: Random, model: PlainModel): Map<string, Rational[]> {
  const zeroLayer = random() < 0.2;
  return new Map(
    model.blocks.map(({ name, shape }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const scale = random() < 0.08 ? r(pick(random, SCALES)) : Rational.one;
      const dead = zeroLayer && random() < 0.5;
      return [
        name,
        Array.from({ length }, () => (dead ? Rational.zero : number(random).mul(scale))),
      ] as const;
    }),
  );
}

/** y with G ⊥ range J exactly, where the loss allows it: f_i − y_i = n_i/λ_i for a left null vector n of J. */
function criticalTargets(random: Random, instance: PlainInstance, truth: Truth): Rational[] | undefined {
  const dy = instance.model.outputs;
  const basis = leftNullVectors(truth.J, coordinates(instance).length);
  if (basis.length === 0) return undefined;
  const n = truth.f.map(() => Rational.zero);
  for (const vector of basis) {
    const factor = r(pick(random, [-1, 1, 2, '1/2']));
    vector.forEach((value, k) => {
      n[k] = n[k]!.add(factor.mul(value));
    });
  }
  return truth.f.map((value, k) => value.sub(n[k]!.div(instance.weights[Math.floor(k / dy)]!)));
}

function lossFor(random: Random, dy: number): PlainLoss {
  const kind = random();
  const written = random() < 0.25;
  if (dy === 1 && kind < 0.3) return { type: 'smoothed-hinge', p: integer(random, 2, 3), written };
  if (dy > 1 && kind < 0.35) return { type: 'cross-entropy' };
  return { type: 'squared', written };
}

function rows(flat: readonly Rational[], dy: number): Rational[][] {
  return Array.from({ length: flat.length / dy }, (_, i) => flat.slice(i * dy, (i + 1) * dy));
}

function targetRow(random: Random, loss: PlainLoss, dy: number): Rational[] {
  if (loss.type === 'smoothed-hinge') return [r(pick(random, [-1, 1]))];
  if (loss.type === 'squared') return Array.from({ length: dy }, () => number(random));
  if (random() < 0.4) return Array.from({ length: dy }, () => r(`1/${dy}`));
  const hot = integer(random, 0, dy - 1);
  return Array.from({ length: dy }, (_, k) => r(k === hot ? 1 : 0));
}

/** A random instance with a plan for its targets; the plan may fall back to random ones. */
export function scenario(random: Random): Scenario {
  const dy = pick(random, [1, 1, 2, 3]);
  const model = randomModel(random, dy);
  const loss = lossFor(random, dy);
  let m = integer(random, 1, 4);
  let inputs = Array.from({ length: m }, () =>
    Array.from({ length: model.inputs }, () => r(pick(random, ['-1', '0', '1', '2', '1/2', '3']))),
  );
  // Duplicated samples, which the two classes of a symmetric pair share.
  const twins = random() < 0.25;
  if (twins) {
    inputs = inputs.flatMap((x) => [x, x]);
    m *= 2;
  }
  const weights = weightsFor(random, m);
  if (twins) for (let i = 1; i < m; i += 2) weights[i] = weights[i - 1]!;
  const parameters = parametersFor(random, model);
  const names = model.blocks.map(({ name }) => name);
  const chosen = random() < 0.3 ? names.filter(() => random() < 0.6) : names;
  const trainable = chosen.length > 0 ? chosen : names;
  let targets = inputs.map(() => targetRow(random, loss, dy));
  if (twins && loss.type === 'smoothed-hinge')
    targets = targets.map((row, i) => (i % 2 === 1 ? targets[i - 1]!.map((y) => y.neg()) : row));
  const draft: PlainInstance = { model, loss, inputs, targets, weights, parameters, trainable };
  let plan = pick<Plan>(random, ['random', 'critical', 'critical', 'almost', 'interpolating']);
  const truth = truthOf(draft, random);
  let flat: Rational[] | undefined;
  if (loss.type === 'squared' && truth.kink === undefined) {
    if (plan === 'critical' || plan === 'almost') flat = criticalTargets(random, draft, truth);
    if (plan === 'interpolating') flat = [...truth.f];
    if (plan === 'almost' && flat) {
      const k = integer(random, 0, flat.length - 1);
      flat[k] = flat[k]!.add(r('1e-12'));
    }
  }
  if (!flat) {
    if (plan !== 'random') plan = 'random';
    return { plan, instance: draft, truth };
  }
  const instance = { ...draft, targets: rows(flat, dy) };
  return { plan, instance, truth: truthOf(instance, random) };
}

export { outputsAlong };
