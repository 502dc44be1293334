import { Rational } from '../kernel/rational.ts';
import type { GraphBuilder, NodeId } from '../symbolic/graph.ts';
import type { Activation } from './model.ts';

/** Everything that is known about one scalar activation σ. */
export interface ActivationKind {
  readonly name: string;
  /** σ(z) as a graph */
  build(builder: GraphBuilder, z: NodeId, slope: Rational): NodeId;
  value(z: number, slope: number): number;
  /** float64; at a kink the slope from the right */
  derivative(z: number, slope: number): number;
  /** σ has a kink at 0 */
  readonly kink: boolean;
  /** k with σ(cz) = c^k σ(z) for every c > 0 */
  readonly degree?: number;
  /** takes a `slope` for negative arguments */
  readonly sloped?: boolean;
}

const KINDS: readonly ActivationKind[] = [
  {
    name: 'identity',
    build: (_, z) => z,
    value: (z) => z,
    derivative: () => 1,
    kink: false,
    degree: 1,
  },
  {
    name: 'relu',
    build: (b, z) => b.unary('relu', z),
    value: (z) => Math.max(0, z),
    derivative: (z) => (z >= 0 ? 1 : 0),
    kink: true,
    degree: 1,
  },
  {
    name: 'leaky-relu',
    build: (b, z, slope) =>
      b.sum(
        b.product(b.constant(slope), z),
        b.product(b.constant(Rational.one.sub(slope)), b.unary('relu', z)),
      ),
    value: (z, slope) => (z >= 0 ? z : slope * z),
    derivative: (z, slope) => (z >= 0 ? 1 : slope),
    kink: true,
    degree: 1,
    sloped: true,
  },
  {
    name: 'tanh',
    build: (b, z) => b.unary('tanh', z),
    value: Math.tanh,
    derivative: (z) => {
      const e = Math.exp(-2 * Math.abs(z)); // 1 − tanh² without cancellation
      return (4 * e) / (1 + e) ** 2;
    },
    kink: false,
  },
  {
    name: 'sigmoid',
    build: (b, z) => b.unary('sigmoid', z),
    value: sigmoid,
    derivative: (z) => {
      const e = Math.exp(-Math.abs(z));
      return e / (1 + e) ** 2;
    },
    kink: false,
  },
  {
    name: 'softplus',
    build: (b, z) => b.unary('softplus', z),
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    derivative: sigmoid,
    kink: false,
  },
  {
    name: 'square',
    build: (b, z) => b.power(z, 2),
    value: (z) => z * z,
    derivative: (z) => 2 * z,
    kink: false,
    degree: 2,
  },
  {
    name: 'cube',
    build: (b, z) => b.power(z, 3),
    value: (z) => z * z * z,
    derivative: (z) => 3 * z * z,
    kink: false,
    degree: 3,
  },
  {
    name: 'abs',
    build: (b, z) => b.unary('abs', z),
    value: Math.abs,
    derivative: (z) => (z >= 0 ? 1 : -1),
    kink: true,
    degree: 1,
  },
];

function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

const byName = new Map(KINDS.map((kind) => [kind.name, kind]));

export const activationNames: readonly string[] = KINDS.map((kind) => kind.name);

export const activationKind = (name: string): ActivationKind | undefined => byName.get(name);

/** The slope of leaky-relu where the instance gives none. */
export const DEFAULT_SLOPE = new Rational(1n, 100n);

/** An activation of a layer: its kind with the slope put in. */
export interface LayerActivation extends Activation {
  readonly kind: ActivationKind;
  build(builder: GraphBuilder, z: NodeId): NodeId;
}

export function activation(kind: ActivationKind, slope: Rational = DEFAULT_SLOPE): LayerActivation {
  const float = slope.toNumber();
  return Object.freeze({
    name: kind.name,
    kind,
    ...(kind.sloped ? { slope: float } : {}),
    ...(kind.degree === undefined ? {} : { degree: kind.degree }),
    build: (builder: GraphBuilder, z: NodeId) => kind.build(builder, z, slope),
    value: (z: number) => kind.value(z, float),
    derivative: (z: number) => kind.derivative(z, float),
  });
}
