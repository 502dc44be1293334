import { Rational } from '../kernel/rational.ts';
import type { Graph, Node, NodeId, Unary } from './graph.ts';
import { type Monomial, Polynomial } from './polynomial.ts';

/** The expression has a part that this normal form does not cover. */
export class NotRational extends Error {
  override readonly name = 'NotRational';
}

/** numerator / denominator, not reduced to lowest terms; the denominator is not the zero polynomial. */
export interface Fraction {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** A function that polynomials cannot express, kept as a variable: atom name ↦ op(argument). */
interface Atom {
  readonly op: Unary;
  readonly argument: Fraction;
}

export interface NormalFormOptions {
  /** The value of a variable that is to be a constant; undefined leaves it a variable `group:index`. */
  readonly constantOf?: (group: string, index: number) => Rational | undefined;
  /** Keep exp, log, tanh … as opaque variables; without it they throw NotRational. */
  readonly atoms?: boolean;
  /** Write tanh, sigmoid and softplus through e^u. */
  readonly exponentials?: boolean;
}

const ATOMIC = new Set<string>(['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus']);

/**
 * The normal form of the nodes of one graph: fractions of polynomials over Q in the variables `group:index` and in
 * atoms such as tanh(u), with exact derivatives. Two expressions with equal fractions are equal wherever both are
 * defined; unequal fractions say nothing, since atoms may satisfy relations (only e^{u+v} = e^u e^v is built in).
 * Throws NotRational for abs, relu, max, min (and for atoms unless asked for), TermBudgetExceeded when too large.
 */
export class NormalForm {
  readonly #graph: Graph;
  readonly #options: NormalFormOptions;
  readonly #known = new Map<NodeId, Fraction>();
  readonly #atoms = new Map<string, Atom>();
  readonly #atomNames = new Map<string, string>();

  constructor(graph: Graph, options: NormalFormOptions = {}) {
    this.#graph = graph;
    this.#options = options;
  }

  /** The fraction of a node. */
  of(id: NodeId): Fraction {
    for (const pending of reachable(this.#graph, [id])) {
      if (!this.#known.has(pending)) this.#known.set(pending, this.#convert(this.#graph.nodes[pending]!));
    }
    return this.#known.get(id)!;
  }

  /** op(argument) of an atom, or undefined for a plain variable. */
  atom(name: string): Atom | undefined {
    return this.#atoms.get(name);
  }

  /** ∂fraction/∂variable, through the atoms by the chain rule. */
  diff(fraction: Fraction, variable: string): Fraction {
    const { numerator, denominator } = fraction;
    const top = this.#diffPolynomial(numerator, variable);
    if (denominator.constantValue) return quotient(top, whole(denominator));
    const bottom = this.#diffPolynomial(denominator, variable);
    return quotient(
      subtract(times(top, whole(denominator)), times(whole(numerator), bottom)),
      whole(denominator.mul(denominator)),
    );
  }

  #diffPolynomial(p: Polynomial, variable: string): Fraction {
    let sum = whole(p.diff(variable));
    for (const name of p.variables()) {
      const atom = this.#atoms.get(name);
      if (!atom) continue;
      const inner = this.diff(atom.argument, variable);
      if (inner.numerator.isZero) continue;
      sum = plus(sum, times(whole(p.diff(name)), times(this.#atomDerivative(name, atom), inner)));
    }
    return sum;
  }

  #atomDerivative(name: string, { op, argument }: Atom): Fraction {
    const self = whole(Polynomial.variable(name));
    switch (op) {
      case 'exp':
        return self;
      case 'log':
        return quotient(ONE, argument);
      case 'sqrt':
        return quotient(whole(Polynomial.constant(new Rational(1n, 2n))), self);
      case 'sin':
        return this.#atomOf('cos', argument);
      case 'cos':
        return negate(this.#atomOf('sin', argument));
      case 'tanh':
        return subtract(ONE, times(self, self));
      case 'sigmoid':
        return times(self, subtract(ONE, self));
      case 'softplus':
        return this.#atomOf('sigmoid', argument);
      default:
        throw new NotRational(`${op} has no derivative here`);
    }
  }

  #convert(node: Node): Fraction {
    const at = (id: NodeId): Fraction => this.#known.get(id)!;
    switch (node.op) {
      case 'constant':
        return whole(Polynomial.constant(node.value));
      case 'variable': {
        const value = this.#options.constantOf?.(node.group, node.index);
        return whole(value ? Polynomial.constant(value) : Polynomial.variable(`${node.group}:${node.index}`));
      }
      case 'sum':
        return node.args.map(at).reduce(plus, ZERO);
      case 'dot': {
        let sum = ZERO;
        for (let k = 0; k < node.args.length; k += 2)
          sum = plus(sum, times(at(node.args[k]!), at(node.args[k + 1]!)));
        return sum;
      }
      case 'product':
        return times(at(node.args[0]), at(node.args[1]));
      case 'quotient':
        return quotient(at(node.args[0]), at(node.args[1]));
      case 'power':
        return power(at(node.args[0]), node.exponent);
      case 'logsumexp':
        return this.#atomOf('log', node.args.map((id) => this.#exponential(at(id))).reduce(plus, ZERO));
      case 'exp':
        return this.#exponential(at(node.args[0]));
      case 'abs':
      case 'relu':
      case 'max':
      case 'min': {
        const [a, other] = node.args.map((id) => asPolynomial(at(id)).constantValue);
        const b = node.op === 'abs' ? a?.neg() : node.op === 'relu' ? Rational.zero : other;
        if (!a || !b) throw new NotRational(`${node.op} is not a rational function`);
        const first = a.cmp(b) >= 0 === (node.op !== 'min');
        return whole(Polynomial.constant(first ? a : b));
      }
      default:
        if (this.#options.exponentials && node.args.length === 1) {
          const e = () => this.#exponential(at(node.args[0]!));
          if (node.op === 'sigmoid') return quotient(e(), plus(ONE, e()));
          if (node.op === 'softplus') return this.#atomOf('log', plus(ONE, e()));
          if (node.op === 'tanh') {
            const squared = power(e(), 2);
            return quotient(subtract(squared, ONE), plus(squared, ONE));
          }
        }
        if (!ATOMIC.has(node.op)) throw new NotRational(`${node.op} is not a rational function`);
        return this.#atomOf(node.op as Unary, at((node.args as readonly NodeId[])[0]!));
    }
  }

  /** e^u as a product over the terms of u: e^{c·m} is the atom exp(m/d) to the power c·d, d the denominator of c. */
  #exponential(argument: Fraction): Fraction {
    const divisor = argument.denominator.constantValue;
    if (!divisor) return this.#atomOf('exp', argument);
    let product = ONE;
    for (const { monomial, coefficient } of argument.numerator.terms) {
      const exponent = coefficient.div(divisor);
      const turns = Number(exponent.numerator);
      if (Math.abs(turns) > 64) return this.#atomOf('exp', argument);
      const unit = whole(Polynomial.term(new Rational(1n, exponent.denominator), monomial as Monomial));
      const factor = power(this.#atomOf('exp', unit), Math.abs(turns));
      product = turns < 0 ? quotient(product, factor) : times(product, factor);
    }
    return product;
  }

  #atomOf(op: Unary, argument: Fraction): Fraction {
    if (!this.#options.atoms) throw new NotRational(`${op} is not a rational function`);
    if (op === 'exp' && argument.numerator.isZero) return ONE;
    const key = `${op}(${argument.numerator.key})/(${argument.denominator.key})`;
    let name = this.#atomNames.get(key);
    if (name === undefined) {
      name = `atom:${this.#atomNames.size}`;
      this.#atomNames.set(key, name);
      this.#atoms.set(name, { op, argument });
    }
    return whole(Polynomial.variable(name));
  }
}

/** The node as a polynomial; throws NotRational when its fraction has a denominator that is not constant. */
export function polynomialOf(graph: Graph, id: NodeId, options: NormalFormOptions = {}): Polynomial {
  return asPolynomial(new NormalForm(graph, options).of(id));
}

/** The polynomial that a fraction with a constant denominator is; throws NotRational otherwise. */
export function asPolynomial({ numerator, denominator }: Fraction): Polynomial {
  const divisor = denominator.constantValue;
  if (!divisor) throw new NotRational('the denominator is not constant');
  return numerator.scale(divisor.inv());
}

/** The nodes that `outputs` depend on, arguments first. */
export function reachable(graph: Graph, outputs: readonly NodeId[]): NodeId[] {
  const seen = new Set<NodeId>();
  const stack = [...outputs];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = graph.nodes[id];
    if (!node) throw new RangeError(`no node ${id}`);
    if ('args' in node) stack.push(...node.args);
  }
  return [...seen].sort((a, b) => a - b);
}

export const whole = (numerator: Polynomial): Fraction => ({ numerator, denominator: Polynomial.one });
const ZERO = whole(Polynomial.zero);
const ONE = whole(Polynomial.one);

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.numerator.isZero) return b;
  if (b.numerator.isZero) return a;
  if (a.denominator.key === b.denominator.key) return reduced(a.numerator.add(b.numerator), a.denominator);
  return reduced(
    a.numerator.mul(b.denominator).add(b.numerator.mul(a.denominator)),
    a.denominator.mul(b.denominator),
  );
}

export const negate = (a: Fraction): Fraction => ({ ...a, numerator: a.numerator.neg() });
export const subtract = (a: Fraction, b: Fraction): Fraction => plus(a, negate(b));
export const times = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator.mul(b.numerator), a.denominator.mul(b.denominator));

/** Throws NotRational when b is identically zero. */
export function quotient(a: Fraction, b: Fraction): Fraction {
  if (b.numerator.isZero) throw new NotRational('division by an expression that is identically zero');
  return reduced(a.numerator.mul(b.denominator), a.denominator.mul(b.numerator));
}

export const power = (a: Fraction, exponent: number): Fraction => ({
  numerator: a.numerator.pow(exponent),
  denominator: a.denominator.pow(exponent),
});

function reduced(numerator: Polynomial, denominator: Polynomial): Fraction {
  const constant = denominator.constantValue;
  if (constant) return whole(numerator.scale(constant.inv()));
  return numerator.isZero ? ZERO : { numerator, denominator };
}
