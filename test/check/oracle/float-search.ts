import type { Numbers } from './numbers.ts';
import { coordinates, type PlainInstance } from './truth.ts';

/** value and slope in float64: good enough to propose a critical point. */
type Slope = readonly [value: number, slope: number];
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const slopes: Numbers<Slope> = {
  of: (value) => [value.toNumber(), 0],
  add: (a, b) => [a[0] + b[0], a[1] + b[1]],
  mul: (a, b) => [a[0] * b[0], a[1] * b[0] + a[0] * b[1]],
  relu: (a) => (a[0] > 0 ? a : [0, 0]),
  abs: (a) => (a[0] < 0 ? [-a[0], -a[1]] : a),
  max: (a, b) => (a[0] > b[0] ? a : b),
  tanh: (a) => [Math.tanh(a[0]), a[1] * (1 - Math.tanh(a[0]) ** 2)],
  sigmoid: (a) => [sigmoid(a[0]), a[1] * sigmoid(a[0]) * sigmoid(-a[0])],
  div: (a, b) => [a[0] / b[0], (a[1] - (a[0] / b[0]) * b[1]) / b[0]],
  exp: (a) => [Math.exp(a[0]), a[1] * Math.exp(a[0])],
  log: (a) => [Math.log(a[0]), a[1] / a[0]],
  sqrt: (a) => [Math.sqrt(a[0]), a[1] / (2 * Math.sqrt(a[0]))],
  sin: (a) => [Math.sin(a[0]), a[1] * Math.cos(a[0])],
  softplus: (a) => [Math.log1p(Math.exp(-Math.abs(a[0]))) + Math.max(0, a[0]), a[1] * sigmoid(a[0])],
};

/** L and ∇L in float64. */
function gradientAt(instance: PlainInstance, theta: readonly number[]): { loss: number; gradient: number[] } {
  const at = new Map(coordinates(instance).map(({ block, index }, k) => [`${block} ${index}`, k]));
  const along = (direction: number) =>
    instance.inputs.flatMap((x) =>
      instance.model.forward(
        slopes,
        (name) =>
          instance.parameters.get(name)!.map((value, index): Slope => {
            const k = at.get(`${name} ${index}`);
            return k === undefined ? [value.toNumber(), 0] : [theta[k]!, k === direction ? 1 : 0];
          }),
        x.map(slopes.of),
      ),
    );
  const columns = theta.map((_, k) => along(k));
  const { loss, model, weights, targets } = instance;
  let total = 0;
  const forces = weights.flatMap((weight, i) => {
    const q = columns[0]!.slice(i * model.outputs, (i + 1) * model.outputs).map(([value]) => value);
    const y = targets[i]!.map((value) => value.toNumber());
    const lambda = weight.toNumber();
    if (loss.type === 'cross-entropy') {
      const top = Math.max(...q);
      const sum = q.reduce((a, b) => a + Math.exp(b - top), 0);
      total += lambda * (Math.log(sum) + top - q.reduce((a, b, k) => a + b * y[k]!, 0));
      return q.map((value, k) => lambda * (Math.exp(value - top) / sum - y[k]!));
    }
    return q.map((value, k) => {
      const margin = y[k]! * value;
      if (loss.type === 'squared') {
        total += lambda * (value - y[k]!) ** 2;
        return 2 * lambda * (value - y[k]!);
      }
      if (loss.type === 'expression') {
        total += lambda * Math.log1p(Math.exp(-margin));
        return -lambda * y[k]! * sigmoid(-margin);
      }
      const short = Math.max(0, 1 - margin);
      total += lambda * short ** loss.p;
      return -lambda * loss.p * y[k]! * short ** (loss.p - 1);
    });
  });
  return {
    loss: total,
    gradient: columns.map((column) => column.reduce((sum, [, slope], row) => sum + slope * forces[row]!, 0)),
  };
}

/** A point with ‖∇L‖ ≤ 1e-11: some descent, then Newton with a difference Hessian. Undefined when it gets nowhere. */
export function floatCriticalPoint(instance: PlainInstance): number[] | undefined {
  let theta = coordinates(instance).map(({ block, index }) =>
    instance.parameters.get(block)![index]!.toNumber(),
  );
  let here = gradientAt(instance, theta);
  let step = 0.1;
  for (let k = 0; k < 400; k++) {
    const next = theta.map((value, j) => value - step * here.gradient[j]!);
    const reached = gradientAt(instance, next);
    if (reached.loss < here.loss) {
      theta = next;
      here = reached;
      step *= 1.3;
    } else step /= 3;
  }
  for (let k = 0; k < 25; k++) {
    if (Math.hypot(...here.gradient) <= 1e-14) break;
    const h = 1e-5;
    const hessian = theta.map((_, col) => {
      const moved = (sign: number) =>
        gradientAt(
          instance,
          theta.map((value, j) => (j === col ? value + sign * h : value)),
        ).gradient;
      const [ahead, back] = [moved(1), moved(-1)];
      return ahead.map((value, j) => (value - back[j]!) / (2 * h));
    });
    const move = solve(hessian, here.gradient);
    if (!move) return undefined;
    theta = theta.map((value, j) => value - move[j]!);
    here = gradientAt(instance, theta);
  }
  return Math.hypot(...here.gradient) <= 1e-11 && Math.hypot(...theta) < 50 ? theta : undefined;
}

/** Gauss–Jordan with partial pivoting; undefined when nearly singular. */
function solve(A: readonly (readonly number[])[], b: readonly number[]): number[] | undefined {
  const n = b.length;
  const work = A.map((row, i) => [...row, b[i]!]);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let i = c; i < n; i++) if (Math.abs(work[i]![c]!) > Math.abs(work[pivot]![c]!)) pivot = i;
    if (!(Math.abs(work[pivot]![c]!) > 1e-9)) return undefined;
    [work[c], work[pivot]] = [work[pivot]!, work[c]!];
    for (let i = 0; i < n; i++) {
      if (i === c) continue;
      const factor = work[i]![c]! / work[c]![c]!;
      for (let j = c; j <= n; j++) work[i]![j]! -= factor * work[c]![j]!;
    }
  }
  return work.map((row, i) => row[n]! / row[i]!);
}
