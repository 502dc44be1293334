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

export const argumentsOf = (node: Node): readonly NodeId[] => ('args' in node ? node.args : []);

/** Builds a graph; equal nodes are shared and constants are folded exactly (no other rewriting). */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
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
    if (left.length === 0) return this.constant(0);
    if (left.length === 1) return this.product(left[0]!, right[0]!);
    return this.#add({ op: 'dot', args: left.flatMap((argument, k) => [argument, right[k]!]) });
  }

  product(a: NodeId, b: NodeId): NodeId {
    const left = this.#constant(a);
    const right = this.#constant(b);
    if (left && right) return this.constant(left.mul(right));
    if (left?.isZero || right?.isZero) return this.constant(0);
    if (left?.equals(Rational.one)) return b;
    if (right?.equals(Rational.one)) return a;
    return this.#add({ op: 'product', args: [a, b] });
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
    if (exponent === 0) return this.constant(1);
    if (exponent === 1) return a;
    const value = this.#constant(a);
    return value ? this.constant(value.pow(exponent)) : this.#add({ op: 'power', args: [a], exponent });
  }

  unary(op: Unary, a: NodeId): NodeId {
    return this.#add({ op, args: [a] });
  }

  extremum(op: 'max' | 'min', a: NodeId, b: NodeId): NodeId {
    return this.#add({ op, args: [a, b] });
  }

  logsumexp(args: readonly NodeId[]): NodeId {
    if (args.length === 0) throw new RangeError('GraphBuilder.logsumexp: no arguments');
    return this.#add({ op: 'logsumexp', args: [...args] });
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
