import { Rational } from '../kernel/rational.ts';
import type { Loss } from '../losses/loss.ts';
import { allOf, count, InstanceError, quote } from './error.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { LIMITS } from './limits.ts';
import type { References } from './references.ts';
import { suggestion } from './suggest.ts';
import { Tensor } from './tensor.ts';

export interface Data {
  readonly m: number;
  readonly inputs: Tensor;
  readonly targets: Tensor;
  readonly weights: Tensor;
}

/** Reads inputs (m × dx), targets or labels (m × dy) and weights (m). Throws InstanceError. */
export async function readData(
  data: JsonObject,
  dx: number,
  loss: Loss,
  references: References,
): Promise<Data> {
  const inputs = await references.tensor(data.inputs!, 'data.inputs', {
    shape: [undefined, dx],
    reasons: ['one row for each sample', `the model has dx = ${dx}`],
  });
  const m = inputs.shape[0]!;
  if (m === 0) throw new InstanceError('data.inputs', 'is empty; give at least one sample');
  if (m * loss.dy > LIMITS.entries)
    throw new InstanceError('data', `has more than ${LIMITS.entries} target numbers`);
  const targets = await readTargets(data, m, loss, references);
  return { m, inputs, targets, weights: await readWeights(data.weights, m, references) };
}

async function readTargets(data: JsonObject, m: number, loss: Loss, references: References): Promise<Tensor> {
  const { targets, labels, classes } = data;
  if (targets !== undefined && labels !== undefined) {
    throw new InstanceError('data', 'has both "targets" and "labels"; keep one');
  }
  if (labels === undefined && classes !== undefined) {
    throw new InstanceError('data', 'has "classes" but no "labels"; add "labels", or remove "classes"');
  }
  if (labels !== undefined) {
    if (loss.targets !== 'distribution') {
      throw new InstanceError('data.labels', 'is for cross-entropy only; give "targets" in its place');
    }
    return oneHot(await readLabels(labels, classesOf(classes, loss.dy), m, loss.dy, references), m, loss.dy);
  }
  if (targets === undefined) {
    const mend = loss.targets === 'distribution' ? 'add it, or "labels"' : 'add it';
    throw new InstanceError('data', `lacks "targets"; ${mend}`);
  }
  const dy = `the model has dy = ${loss.dy}`;
  const tensor = await references.tensor(targets, 'data.targets', {
    shape: [m, loss.dy],
    reasons: [`there ${m === 1 ? 'is 1 sample' : `are ${m} samples`} in data.inputs`, dy],
  });
  checkTargets(tensor, m, loss);
  return tensor;
}

/** The rule of the loss, exactly: ±1, or a distribution in every row. */
function checkTargets(targets: Tensor, m: number, loss: Loss): void {
  if (loss.targets === 'real') return;
  const entry = (i: number, k: number) => targets.rational(i * loss.dy + k);
  for (let i = 0; i < m; i++) {
    let sum = Rational.zero;
    for (let k = 0; k < loss.dy; k++) {
      const value = entry(i, k);
      const place = `data.targets[${i}][${k}]`;
      if (loss.targets === 'sign') {
        if (!value.abs().equals(Rational.one))
          throw new InstanceError(place, `is ${brief(value)}; a label must be 1 or -1`);
        continue;
      }
      if (value.sign < 0) throw new InstanceError(place, `is ${brief(value)}; a probability is at least 0`);
      sum = sum.add(value);
    }
    if (loss.targets === 'distribution' && !sum.equals(Rational.one)) {
      const rounded = Math.abs(sum.toNumber() - 1) < 1e-6;
      const mend = rounded
        ? 'write exact numbers in quotes, such as "0.1", or use "labels"'
        : 'a distribution must sum to 1';
      throw new InstanceError(
        `data.targets[${i}]`,
        rounded ? `sums to 1 only up to rounding; ${mend}` : `sums to ${brief(sum)}; ${mend}`,
      );
    }
  }
}

function brief(value: Rational): string {
  const text = value.toString();
  return text.length <= 30 ? text : `about ${value.toNumber()}`;
}

function classesOf(classes: JsonValue | undefined, dy: number): readonly string[] | undefined {
  if (!Array.isArray(classes)) return undefined;
  if (classes.length === dy) return classes as string[];
  throw new InstanceError('data.classes', `names ${classes.length} classes; the model has dy = ${dy}`);
}

/** One class, 0 to dy − 1, for each sample. A text is a name among the classes; a number is a position. */
async function readLabels(
  labels: JsonValue,
  classes: readonly string[] | undefined,
  m: number,
  dy: number,
  references: References,
): Promise<number[]> {
  const check = (found: number) => {
    if (found === m) return;
    throw new InstanceError(
      'data.labels',
      `has ${count(found, 'label')}; there are ${m} samples in data.inputs`,
    );
  };
  const named = (name: string, place: string): number => {
    if (classes === undefined) {
      if (/^\d{1,9}$/.test(name.trim())) return position(Number(name), place, dy);
      throw new InstanceError(
        place,
        `is ${quote(name)}; name the classes in order: "classes": [${quote(name)}, …]`,
      );
    }
    const found = classes.indexOf(name);
    if (found !== -1) return found;
    throw new InstanceError(
      place,
      `is ${quote(name)}; ${suggestion(name, classes, `the classes are ${allOf(classes)}`)}`,
    );
  };
  if (!isObject(labels)) {
    const list = labels as (number | string)[];
    check(list.length);
    return list.map((label, i) => {
      const place = `data.labels[${i}]`;
      if (typeof label === 'number') return position(label, place, dy);
      if (classes === undefined && /^\d+$/.test(label)) {
        throw new InstanceError(place, `is the text ${quote(label)}; write the number without quotes`);
      }
      return named(label, place);
    });
  }
  const found = await references.labels(labels, 'data.labels');
  if (!(found instanceof Tensor)) {
    check(found.cells.length);
    return found.cells.map((cell, i) => named(cell, `data.labels (line ${found.lines[i]} of the file)`));
  }
  check(found.length);
  if (found.shape.some((side, axis) => axis > 0 && side !== 1)) {
    throw new InstanceError(
      'data.labels',
      `has shape (${found.shape.join(', ')}); one label for each sample is needed`,
    );
  }
  return Array.from({ length: m }, (_, i) => position(found.float(i), `data.labels[${i}]`, dy));
}

function position(label: number, place: string, dy: number): number {
  if (Number.isInteger(label) && label >= 0 && label < dy) return label;
  throw new InstanceError(place, `is ${label}; a label is a whole number from 0 to ${dy - 1}`);
}

function oneHot(labels: readonly number[], m: number, dy: number): Tensor {
  const rows = new Float64Array(m * dy);
  for (const [i, label] of labels.entries()) rows[i * dy + label] = 1;
  return Tensor.ofFloats([m, dy], rows);
}

async function readWeights(
  weights: JsonValue | undefined,
  m: number,
  references: References,
): Promise<Tensor> {
  if (weights === undefined) return Tensor.ofFloats([m], new Float64Array(m).fill(1));
  if (weights === 'mean') return Tensor.ofRationals([m], new Array(m).fill(new Rational(1n, BigInt(m))));
  const tensor = await references.tensor(weights, 'data.weights', {
    shape: [m],
    reasons: [`there ${m === 1 ? 'is 1 sample' : `are ${m} samples`} in data.inputs`],
  });
  for (let i = 0; i < m; i++) {
    const value = tensor.rational(i);
    if (value.sign <= 0)
      throw new InstanceError(`data.weights[${i}]`, `is ${brief(value)}; every weight must be more than 0`);
  }
  return tensor;
}
