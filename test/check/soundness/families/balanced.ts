import type { Rational } from '../../../../src/kernel/rational.ts';
import { integer, pick, type Random } from '../../oracle/models.ts';
import { randomRows, text, times, transpose } from '../algebra.ts';
import type { Case } from '../case.ts';

const SMOOTH = ['tanh', 'sigmoid', 'softplus', 'square', 'cube', 'identity'] as const;
const KINKED = ['relu', 'abs', 'leaky-relu'] as const;

/**
 * A last layer of zeros, and at every distinct input targets whose forces at f = 0 cancel: by convexity no function of x
 * does better, so θ is a global minimum whatever the hidden units are, smooth or on a kink.
 */
export function balanced(random: Random): Case {
  const dx = integer(random, 1, 2);
  const kind = pick(random, ['squared', 'cross-entropy', 'smoothed-hinge', 'logistic'] as const);
  const dy =
    kind === 'cross-entropy' ? integer(random, 2, 3) : kind === 'squared' ? integer(random, 1, 2) : 1;
  const units = integer(random, 1, 3);
  const activations = Array.from({ length: units }, () =>
    random() < 0.6 ? pick(random, SMOOTH) : pick(random, KINKED),
  );
  const points = integer(random, 1, 2);
  const X = randomRows(random, dx, points);
  const W = randomRows(random, units, dx);
  const inputs: Rational[][] = [];
  const targets: string[][] = [];
  for (const x of transpose(X)) {
    const add = (row: readonly (string | number)[]) => {
      inputs.push(x);
      targets.push(row.map(String));
    };
    if (kind === 'squared') {
      const y = Array.from({ length: dy }, () => integer(random, -2, 2));
      add(y);
      add(y.map((entry) => -entry));
    } else if (kind === 'cross-entropy')
      for (let k = 0; k < dy; k++) add(Array.from({ length: dy }, (_, j) => (j === k ? 1 : 0)));
    else {
      add([1]);
      add([-1]);
    }
  }
  const loss =
    kind === 'logistic'
      ? { type: 'expression', expression: 'log(1 + exp(-y1*q1))' }
      : kind === 'smoothed-hinge'
        ? { type: kind, p: 2 }
        : { type: kind };
  const z = times(W, transpose(inputs));
  // On a kink that the data really cross the last layer makes f differentiable at θ, and next to it f is not.
  const kinks = z.some(
    (row, k) =>
      (KINKED as readonly string[]).includes(activations[k]!) &&
      row.some((entry, i) => entry.isZero && inputs[i]!.some((x) => !x.isZero)),
  );
  return {
    family: 'forces that cancel at every input',
    spec: {
      everymin: 1,
      model: { type: 'mlp', inputs: dx, layers: [{ units, activation: activations }, { units: dy }] },
      loss,
      data: { inputs: text(inputs), targets },
      parameters: { W1: text(W), W2: Array.from({ length: dy }, () => W.map(() => 0)) },
    },
    truth: {
      status: {
        'assumption-1': true,
        'assumption-2': true,
        'loss-differentiable': true,
        differentiable: true,
        'differentiable-nearby': !kinks,
        critical: true,
        'local-minimum': true,
      },
      conclusion: { 'theorem-2': true },
      right: {},
      strict: false, // the first layer does not matter
    },
    point: random() < 0.5 ? 'auto' : 'given',
  };
}
