import type { Rational } from '../../../src/kernel/rational.ts';
import { type Numbers, r } from './numbers.ts';

export interface Block {
  /** as in the instance file; `u.W1` is W1 inside the object u */
  readonly name: string;
  readonly shape: readonly number[];
}

/** A model as an instance file writes it, and the same model as plain code. */
export interface PlainModel {
  readonly spec: Record<string, unknown>;
  readonly inputs: number;
  readonly outputs: number;
  /** in the order of θ */
  readonly blocks: readonly Block[];
  /** f(x; θ), the parameters by block, each flat in row-major order */
  forward<T>(A: Numbers<T>, parameter: (name: string) => readonly T[], x: readonly T[]): T[];
}

export type Random = () => number;
export const pick = <T>(random: Random, options: readonly T[]): T =>
  options[Math.floor(random() * options.length)]!;
export const integer = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

const EXACT = ['identity', 'relu', 'leaky-relu', 'square', 'cube', 'abs'] as const;
const SMOOTH = ['tanh', 'sigmoid', 'softplus'] as const;
type Activation = (typeof EXACT)[number] | (typeof SMOOTH)[number];
const SLOPE = '1/4';

function activate<T>(A: Numbers<T>, name: Activation, z: T): T {
  switch (name) {
    case 'identity':
      return z;
    case 'relu':
      return A.relu(z);
    case 'leaky-relu':
      return A.add(A.mul(A.of(r(SLOPE)), z), A.mul(A.of(r('3/4')), A.relu(z)));
    case 'square':
      return A.mul(z, z);
    case 'cube':
      return A.mul(z, A.mul(z, z));
    case 'abs':
      return A.abs(z);
    case 'tanh':
    case 'sigmoid':
    case 'softplus':
      return A[name](z);
  }
}

export interface LayerCase {
  readonly units: number;
  readonly activations: readonly Activation[];
  readonly bias: boolean;
}

const layerSpec = ({ units, activations, bias }: LayerCase) => {
  const same = activations.every((each) => each === activations[0]);
  return {
    units,
    activation: same ? activations[0] : activations,
    ...(activations.includes('leaky-relu') ? { slope: SLOPE } : {}),
    ...(bias ? { bias: true } : {}),
  };
};

const layerBlocks = (layers: readonly LayerCase[], inputs: number, prefix = ''): Block[] =>
  layers.flatMap(({ units, bias }, l): Block[] => [
    { name: `${prefix}W${l + 1}`, shape: [units, l === 0 ? inputs : layers[l - 1]!.units] },
    ...(bias ? [{ name: `${prefix}b${l + 1}`, shape: [units] }] : []),
  ]);

function product<T>(A: Numbers<T>, W: readonly T[], h: readonly T[]): T[] {
  const rows = W.length / h.length;
  return Array.from({ length: rows }, (_, i) =>
    h.map((value, j) => A.mul(W[i * h.length + j]!, value)).reduce((a, b) => A.add(a, b)),
  );
}

/** The outputs of every layer. */
function layersForward<T>(
  A: Numbers<T>,
  layers: readonly LayerCase[],
  parameter: (name: string) => readonly T[],
  x: readonly T[],
): T[][] {
  const outputs: T[][] = [];
  let h: readonly T[] = x;
  layers.forEach(({ activations, bias }, l) => {
    const z = product(A, parameter(`W${l + 1}`), h);
    const shifted = bias ? z.map((value, i) => A.add(value, parameter(`b${l + 1}`)[i]!)) : z;
    h = shifted.map((value, i) => activate(A, activations[i]!, value));
    outputs.push([...h]);
  });
  return outputs;
}

export const mlpCase = (inputs: number, layers: readonly LayerCase[]): PlainModel => ({
  spec: { type: 'mlp', inputs, layers: layers.map(layerSpec) },
  inputs,
  outputs: layers.at(-1)!.units,
  blocks: layerBlocks(layers, inputs),
  forward: (A, parameter, x) => layersForward(A, layers, parameter, x).at(-1)!,
});

export const skipCase = (
  inputs: number,
  layers: readonly LayerCase[],
  skips: readonly number[],
): PlainModel => {
  const outputs = layers.at(-1)!.units;
  return {
    spec: { type: 'skip', inputs, layers: layers.map(layerSpec), skips },
    inputs,
    outputs,
    blocks: [
      ...layerBlocks(layers, inputs),
      ...skips
        .filter((l) => l < layers.length - 1)
        .map((l) => ({ name: `S${l}`, shape: [outputs, layers[l - 1]!.units] })),
    ],
    forward(A, parameter, x) {
      const h = layersForward(A, layers, parameter, x);
      return skips
        .filter((l) => l < layers.length - 1)
        .reduce(
          (f, l) => product(A, parameter(`S${l}`), h[l - 1]!).map((value, i) => A.add(f[i]!, value)),
          h.at(-1)!,
        );
    },
  };
};

export const resnetCase = (residual: PlainModel, outputs: number): PlainModel => {
  const dx = residual.inputs;
  return {
    spec: { type: 'resnet', inputs: dx, outputs, residual: residual.spec },
    inputs: dx,
    outputs,
    blocks: [
      { name: 'W', shape: [outputs, dx] },
      { name: 'R', shape: [dx, residual.outputs] },
      ...residual.blocks.map(({ name, shape }) => ({ name: `u.${name}`, shape })),
    ],
    forward(A, parameter, x) {
      const z = residual.forward(A, (name) => parameter(`u.${name}`), x);
      const bent = product(A, parameter('R'), z).map((value, i) => A.add(x[i]!, value));
      return product(A, parameter('W'), bent);
    },
  };
};

const FEATURES: readonly { text: string; value<T>(A: Numbers<T>, x: readonly T[]): T }[] = [
  { text: '1', value: (A) => A.of(r(1)) },
  { text: 'x', value: (_, x) => x[0]! },
  { text: 'x^2', value: (A, x) => A.mul(x[0]!, x[0]!) },
  { text: 'max(x, 1/2)', value: (A, x) => A.max(x[0]!, A.of(r('1/2'))) },
  { text: 'abs(x - 1)', value: (A, x) => A.abs(A.add(x[0]!, A.of(r(-1)))) },
];

export const basisCase = (chosen: readonly number[], outputs: number): PlainModel => ({
  spec: { type: 'basis', inputs: ['x'], features: chosen.map((k) => FEATURES[k]!.text), outputs },
  inputs: 1,
  outputs,
  blocks: [{ name: 'W', shape: [outputs, chosen.length] }],
  forward: (A, parameter, x) =>
    product(
      A,
      parameter('W'),
      chosen.map((k) => FEATURES[k]!.value(A, x)),
    ),
});

/** An expression as text and as code: a random tree over the parameters a, b, c and the input x. */
interface Tree {
  readonly text: string;
  value<T>(A: Numbers<T>, leaf: (name: string) => T): T;
}
const leaf = (name: string): Tree => ({ text: name, value: (_, of) => of(name) });
const constant = (value: Rational): Tree => ({ text: `(${value})`, value: (A) => A.of(value) });
const binary = (op: '+' | '*' | 'max', a: Tree, b: Tree): Tree => ({
  text: op === 'max' ? `max(${a.text}, ${b.text})` : `(${a.text} ${op} ${b.text})`,
  value: (A, of) => A[op === '+' ? 'add' : op === '*' ? 'mul' : 'max'](a.value(A, of), b.value(A, of)),
});
const unary = (op: 'relu' | 'abs' | 'tanh' | 'exp' | 'log' | 'sqrt' | 'sin', a: Tree): Tree => ({
  text: `${op}(${a.text})`,
  value: (A, of) => A[op](a.value(A, of)),
});
const minus = (a: Tree): Tree => ({
  text: `(-${a.text})`,
  value: (A, of) => A.mul(A.of(r(-1)), a.value(A, of)),
});

const NAMES = ['a', 'b', 'c'];
const quotient = (a: Tree, b: Tree): Tree => ({
  text: `(${a.text} / ${b.text})`,
  value: (A, of) => A.div(a.value(A, of), b.value(A, of)),
});
/** 1 + u², a safe denominator and a safe argument of log and sqrt */
const positive = (u: Tree): Tree => binary('+', constant(r(1)), binary('*', u, u));

/** Expressions with every smooth operation; sqrt(u²) and u/v are left to fail where they do. */
function smoothTree(random: Random, depth: number): Tree {
  if (depth === 0 || random() < 0.15)
    return random() < 0.2
      ? constant(r(pick(random, ['-1', '1/2', '1', '2'])))
      : leaf(pick(random, [...NAMES, 'a', 'x']));
  const one = () => smoothTree(random, depth - 1);
  const kind = random();
  if (kind < 0.3) return binary('*', one(), one());
  if (kind < 0.55) return binary('+', one(), one());
  if (kind < 0.65) return unary('tanh', one());
  if (kind < 0.72) return unary('sin', one());
  if (kind < 0.78) return unary('exp', unary('sin', one()));
  if (kind < 0.84) return unary('log', positive(one()));
  if (kind < 0.9) return unary('sqrt', positive(one()));
  return quotient(one(), random() < 0.8 ? positive(one()) : one());
}

function tree(random: Random, depth: number): Tree {
  if (depth === 0 || random() < 0.15) {
    return random() < 0.2
      ? constant(r(pick(random, ['-1', '1/2', '1', '2'])))
      : leaf(pick(random, [...NAMES, 'a', 'x']));
  }
  const kind = random();
  const one = () => tree(random, depth - 1);
  if (kind < 0.34) return binary('*', one(), one());
  if (kind < 0.66) return binary('+', one(), one());
  if (kind < 0.74) return unary('relu', one());
  if (kind < 0.8) return unary('abs', one());
  if (kind < 0.86) return binary('max', one(), one());
  // Kinks that cancel, wholly or not: relu(u) − relu(−u) = u, relu(u) + relu(−u) = |u|.
  const u = one();
  const other = unary('relu', minus(u));
  return binary('+', unary('relu', u), random() < 0.7 ? minus(other) : other);
}

export function expressionCase(random: Random, outputs: number): PlainModel {
  const trees = Array.from({ length: outputs }, () => tree(random, integer(random, 1, 4)));
  return fromTrees(trees);
}

const fromTrees = (trees: readonly Tree[]): PlainModel => ({
  spec: {
    type: 'expression',
    inputs: ['x'],
    parameters: NAMES,
    outputs: trees.map(({ text }) => text),
  },
  inputs: 1,
  outputs: trees.length,
  blocks: NAMES.map((name) => ({ name, shape: [] })),
  forward: (A, parameter, x) =>
    trees.map((each) => each.value(A, (name) => (name === 'x' ? x[0]! : parameter(name)[0]!))),
});

const layersCase = (
  random: Random,
  names: readonly Activation[],
  outputs: number,
  linearOutput: boolean,
): LayerCase[] => {
  const hidden = integer(random, linearOutput ? 0 : 1, 2);
  const layer = (units: number, linear: boolean): LayerCase => {
    const shared = pick(random, names);
    const mixed = random() < 0.25;
    return {
      units,
      activations: Array.from({ length: units }, () =>
        linear ? 'identity' : mixed ? pick(random, names) : shared,
      ),
      bias: random() < 0.5,
    };
  };
  const layers = Array.from({ length: hidden }, (_, l) =>
    layer(!linearOutput && l === hidden - 1 ? outputs : integer(random, 1, 2), false),
  );
  return linearOutput ? [...layers, layer(outputs, true)] : layers;
};

/** A small random model of any type; `smooth` takes tanh, sigmoid and softplus, otherwise everything is rational. */
export function randomModel(random: Random, outputs: number, smooth = false): PlainModel {
  const names = smooth ? SMOOTH : EXACT;
  const kind = random();
  if (smooth && random() < 0.35)
    return fromTrees(Array.from({ length: outputs }, () => smoothTree(random, integer(random, 2, 4))));
  if (smooth ? kind < 0.5 : kind < 0.3)
    return mlpCase(integer(random, 1, 2), layersCase(random, names, outputs, true));
  if (kind < (smooth ? 0.75 : 0.45)) {
    const layers = layersCase(random, names, outputs, true);
    const hidden = layers.length - 1;
    return skipCase(
      integer(random, 1, 2),
      layers,
      Array.from({ length: hidden }, (_, l) => l + 1).filter(() => random() < 0.6),
    );
  }
  if (smooth || kind < 0.62) {
    const residual =
      !smooth && random() < 0.3
        ? expressionCase(random, integer(random, 1, 2))
        : mlpCase(integer(random, 1, 2), layersCase(random, names, integer(random, 1, 2), false));
    return resnetCase(residual, outputs);
  }
  if (kind < 0.75) {
    const chosen = FEATURES.map((_, k) => k).filter(() => random() < 0.5);
    return basisCase(chosen.length > 0 ? chosen : [0, 0, 1], outputs);
  }
  return expressionCase(random, outputs);
}
