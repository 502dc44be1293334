import type { Graph, NodeId } from '../graph.ts';
import type { Range, RangeData } from './range.ts';

/**
 * What a derivation says of one node u of a graph, as a function of the variables q ∈ R^n, for every admitted value of
 * the other variables. Every claim includes that u is defined (a real number) for every q.
 */
export const PROPERTIES = [
  /** does not depend on q */
  'constant',
  'affine',
  'convex',
  'concave',
  /** u > 0 and log u is convex */
  'log-convex',
  /** u > 0 and log u is concave */
  'log-concave',
  /** u ≥ 0 and √u is convex */
  'root-convex',
  /** infinitely often differentiable */
  'smooth',
  /** differentiable wherever u ≠ 0, and |u(p+h)| ≤ C|h| near every zero p: its powers from 2 on are differentiable */
  'kinks-at-zeros',
  'differentiable',
] as const;
export type Property = (typeof PROPERTIES)[number];

export type Claim = Property | { readonly range: RangeData };

/** One application of a rule. Plain data: a certificate is an array of these, premises before conclusions. */
export interface Step {
  readonly node: NodeId;
  readonly claim: Claim;
  /** the name of a rule in `rules.ts` */
  readonly rule: string;
  /** positions of earlier steps */
  readonly premises: readonly number[];
  /** what a rule needs beyond its premises, e.g. the Gram matrix of a sum of squares */
  readonly evidence?: unknown;
}

export type Derivation = readonly Step[];

/** The functions that a derivation is about. */
export interface Setting {
  readonly graph: Graph;
  /** the group of variables q; every other variable is a parameter */
  readonly variables: string;
  /** where a parameter may lie: one range for each parameter variable */
  range(group: string, index: number): Range;
}

/** What a rule may use: the claims of its premises. */
export interface Known {
  /** True when a premise says this of the node, or says something that implies it. */
  is(node: NodeId, property: Property): boolean;
  /** The range that the premises give; undefined when none does. */
  range(node: NodeId): Range | undefined;
}

const IMPLIED_BY: Readonly<Record<Property, readonly Property[]>> = {
  constant: ['constant'],
  affine: ['affine', 'constant'],
  convex: ['convex', 'affine', 'constant', 'log-convex', 'root-convex'],
  concave: ['concave', 'affine', 'constant'],
  'log-convex': ['log-convex'],
  'log-concave': ['log-concave'],
  'root-convex': ['root-convex', 'log-convex'],
  smooth: ['smooth', 'affine', 'constant'],
  'kinks-at-zeros': ['kinks-at-zeros', 'differentiable', 'smooth', 'affine', 'constant'],
  differentiable: ['differentiable', 'smooth', 'affine', 'constant'],
};

/** The properties from which `property` follows at once. */
export const impliedBy = (property: Property): readonly Property[] => IMPLIED_BY[property];
