import { Rational } from '../kernel/rational.ts';

/**
 * A scalar expression graph: the one description from which a model or a loss is evaluated in every arithmetic,
 * differentiated, checked for kinks, and analysed symbolically.
 *
 * Nodes are hash-consed and stored in dependency order: an argument has a smaller id than its user. Variables come in
 * named groups: a model has groups `x` (inputs) and `theta` (parameters); a loss has `q` (prediction) and `y` (target).
 */
export type NodeId = number;

/** Unary functions; `relu` and `abs` have a kink at 0, `log` needs a > 0, `sqrt` needs a ≥ 0 and is not differentiable at 0. */
export const UNARY = [
  'exp',
  'log',
  'sqrt',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'softplus',
  'abs',
  'relu',
] as const;
export type Unary = (typeof UNARY)[number];

export type Node =
  | { readonly op: 'constant'; readonly value: Rational }
  | { readonly op: 'variable'; readonly group: string; readonly index: number }
  /** Σ_k args[k] */
  | { readonly op: 'sum'; readonly args: readonly NodeId[] }
  /** Σ_k args[2k]·args[2k+1]: an inner product in one node */
  | { readonly op: 'dot'; readonly args: readonly NodeId[] }
  | { readonly op: 'product'; readonly args: readonly [NodeId, NodeId] }
  | { readonly op: 'quotient'; readonly args: readonly [NodeId, NodeId] }
  /** args[0]^exponent, an integer ≥ 2 (other powers are written with quotient, sqrt, exp and log) */
  | { readonly op: 'power'; readonly args: readonly [NodeId]; readonly exponent: number }
  | { readonly op: Unary; readonly args: readonly [NodeId] }
  | { readonly op: 'max' | 'min'; readonly args: readonly [NodeId, NodeId] }
  /** log Σ_k exp(args[k]), evaluated without overflow */
  | { readonly op: 'logsumexp'; readonly args: readonly NodeId[] };

export interface Graph {
  readonly nodes: readonly Node[];
  readonly outputs: readonly NodeId[];
  /** size of each variable group, e.g. { x: 4, theta: 27 } */
  readonly groups: Readonly<Record<string, number>>;
}

const none: readonly NodeId[] = Object.freeze([]);
export const argumentsOf = (node: Node): readonly NodeId[] => ('args' in node ? node.args : none);

/** Operations that are not defined, or not Lipschitz, on all of R; a zero factor must not hide them. */
export const isPartial = (node: Node): boolean =>
  node.op === 'quotient' || node.op === 'log' || node.op === 'sqrt';

const partialBelow = new WeakMap<Graph, Uint8Array>();

/** 1 for every node with a partial operation in it (computed once per graph). */
export function hasPartial(graph: Graph): Uint8Array {
  const known = partialBelow.get(graph);
  if (known) return known;
  const flags = new Uint8Array(graph.nodes.length);
  graph.nodes.forEach((node, id) => {
    if (isPartial(node) || argumentsOf(node).some((argument) => flags[argument] === 1)) flags[id] = 1;
  });
  partialBelow.set(graph, flags);
  return flags;
}

/**
 * Builds a graph; equal nodes are shared and constants are folded exactly (no other rewriting).
 * A product with 0 is folded only where the other factor is defined everywhere: 0·log(t) stays.
 */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #partial: boolean[] = [];
  readonly #known = new Map<string, NodeId>();
  readonly #groups: Record<string, number>;

  constructor(groups: Readonly<Record<string, number>>) {
    this.#groups = { ...groups };
  }

  node(id: NodeId): Node {
    const node = this.#nodes[id];
    if (!node) throw new RangeError(`GraphBuilder: no node ${id}`);
    return node;
  }

  #add(node: Node): NodeId {
    for (const argument of argumentsOf(node)) this.node(argument);
    const key =
      node.op === 'constant'
        ? `c${node.value}`
        : node.op === 'variable'
          ? `v${node.group}:${node.index}`
          : `${node.op}${node.op === 'power' ? `^${node.exponent}` : ''}(${node.args.join()})`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.#nodes.length;
    this.#nodes.push(Object.freeze(node));
    this.#partial.push(isPartial(node) || argumentsOf(node).some((argument) => this.#partial[argument]));
    this.#known.set(key, id);
    return id;
  }

  #constant(id: NodeId): Rational | undefined {
    const node = this.node(id);
    return node.op === 'constant' ? node.value : undefined;
  }

  constant(value: Rational | number | bigint): NodeId {
    return this.#add({
      op: 'constant',
      value: Rational.is(value)
        ? value
        : typeof value === 'bigint'
          ? new Rational(value)
          : Rational.fromNumber(value),
    });
  }

  variable(group: string, index: number): NodeId {
    const size = this.#groups[group];
    if (size === undefined || !(Number.isInteger(index) && index >= 0 && index < size)) {
      throw new RangeError(`GraphBuilder: no variable ${group}[${index}]`);
    }
    return this.#add({ op: 'variable', group, index });
  }

  sum(...args: readonly NodeId[]): NodeId {
    let folded = Rational.zero;
    const rest: NodeId[] = [];
    for (const argument of args) {
      const value = this.#constant(argument);
      if (value) folded = folded.add(value);
      else rest.push(argument);
    }
    if (!folded.isZero || rest.length === 0) rest.push(this.constant(folded));
    return rest.length === 1 ? rest[0]! : this.#add({ op: 'sum', args: rest });
  }

  /** Σ_k left[k]·right[k] */
  dot(left: readonly NodeId[], right: readonly NodeId[]): NodeId {
    if (left.length !== right.length) throw new RangeError('GraphBuilder.dot: lengths differ');
    let folded = Rational.zero;
    const rest: NodeId[] = [];
    for (let k = 0; k < left.length; k++) {
      const a = this.#constant(left[k]!);
      const b = this.#constant(right[k]!);
      if (a && b) folded = folded.add(a.mul(b));
      else if (!this.#vanishes(left[k]!, right[k]!)) rest.push(left[k]!, right[k]!);
    }
    const terms = folded.isZero && rest.length > 0 ? [] : [this.constant(folded)];
    if (rest.length === 2) terms.unshift(this.product(rest[0]!, rest[1]!));
    else if (rest.length > 2) terms.unshift(this.#add({ op: 'dot', args: rest }));
    return this.sum(...terms);
  }

  product(a: NodeId, b: NodeId): NodeId {
    const left = this.#constant(a);
    const right = this.#constant(b);
    if (left && right) return this.constant(left.mul(right));
    if (this.#vanishes(a, b)) return this.constant(0);
    if (left?.equals(Rational.one)) return b;
    if (right?.equals(Rational.one)) return a;
    return this.#add({ op: 'product', args: [a, b] });
  }

  #vanishes(a: NodeId, b: NodeId): boolean {
    const zero = (id: NodeId) => this.#constant(id)?.isZero === true;
    return (zero(a) && !this.#partial[b]) || (zero(b) && !this.#partial[a]);
  }

  /** Throws a RangeError when b is the constant 0. */
  quotient(a: NodeId, b: NodeId): NodeId {
    const left = this.#constant(a);
    const right = this.#constant(b);
    if (right) return left ? this.constant(left.div(right)) : this.product(this.constant(right.inv()), a);
    return this.#add({ op: 'quotient', args: [a, b] });
  }

  negate(a: NodeId): NodeId {
    return this.product(this.constant(-1), a);
  }

  difference(a: NodeId, b: NodeId): NodeId {
    return this.sum(a, this.negate(b));
  }

  /** a^n for any integer n (a negative power is 1/a^{-n}). */
  power(a: NodeId, exponent: number): NodeId {
    if (!Number.isInteger(exponent) || Math.abs(exponent) > 1000)
      throw new RangeError(`GraphBuilder.power: exponent ${exponent}`);
    if (exponent < 0) return this.quotient(this.constant(1), this.power(a, -exponent));
    if (exponent === 0) return this.sum(this.constant(1), this.product(this.constant(0), a));
    if (exponent === 1) return a;
    const value = this.#constant(a);
    return value ? this.constant(value.pow(exponent)) : this.#add({ op: 'power', args: [a], exponent });
  }

  unary(op: Unary, a: NodeId): NodeId {
    const value = this.#constant(a);
    if (value && op === 'abs') return this.constant(value.abs());
    if (value && op === 'relu') return this.constant(value.sign > 0 ? value : Rational.zero);
    return this.#add({ op, args: [a] });
  }

  extremum(op: 'max' | 'min', a: NodeId, b: NodeId): NodeId {
    const left = this.#constant(a);
    const right = this.#constant(b);
    if (left && right) return left.cmp(right) >= 0 === (op === 'max') ? a : b;
    return this.#add({ op, args: [a, b] });
  }

  logsumexp(args: readonly NodeId[]): NodeId {
    if (args.length === 0) throw new RangeError('GraphBuilder.logsumexp: no arguments');
    return this.#add({ op: 'logsumexp', args: [...args] });
  }

  /**
   * Rebuilds another graph in this one, each of its variables replaced by a node of this one (a constant, or a variable
   * of another place); returns the nodes of its outputs. Cost: linear.
   */
  embed(graph: Graph, replace: (group: string, index: number) => NodeId): NodeId[] {
    const image: NodeId[] = [];
    for (const node of graph.nodes) {
      if (node.op === 'variable') image.push(replace(node.group, node.index));
      else image.push(this.apply(node, node.op === 'constant' ? [] : node.args.map((each) => image[each]!)));
    }
    return graph.outputs.map((output) => image[output]!);
  }

  /** The operation of `node` on other arguments, nodes of this graph. */
  apply(node: Node, args: readonly NodeId[]): NodeId {
    const first = args[0]!;
    switch (node.op) {
      case 'constant':
        return this.constant(node.value);
      case 'variable':
        return this.variable(node.group, node.index);
      case 'sum':
        return this.sum(...args);
      case 'dot':
        return this.dot(
          args.filter((_, k) => k % 2 === 0),
          args.filter((_, k) => k % 2 === 1),
        );
      case 'product':
        return this.product(first, args[1]!);
      case 'quotient':
        return this.quotient(first, args[1]!);
      case 'power':
        return this.power(first, node.exponent);
      case 'max':
      case 'min':
        return this.extremum(node.op, first, args[1]!);
      case 'logsumexp':
        return this.logsumexp(args);
      default:
        return this.unary(node.op, first);
    }
  }

  build(outputs: readonly NodeId[]): Graph {
    for (const output of outputs) this.node(output);
    return Object.freeze({
      nodes: Object.freeze([...this.#nodes]),
      outputs: Object.freeze([...outputs]),
      groups: Object.freeze({ ...this.#groups }),
    });
  }
}
