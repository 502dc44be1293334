import { solve } from '../exact/linear-algebra.ts';
import { matrix } from '../exact/linear-algebra-matrix.ts';
import { Rational } from '../kernel/rational.ts';
import type { Graph, Node, NodeId } from './graph.ts';

/**
 * Weighted homogeneity: f(λ^w θ) = λ^d f(θ) for all λ > 0, where λ^w θ multiplies θ_k by λ^{w_k}. By Euler's identity
 * Σ_k w_k θ_k ∂_k f = d·f wherever f is differentiable, so g_k = w_k θ_k / d represents f when d ≠ 0.
 */
export interface HomogeneityCertificate {
  readonly kind: 'homogeneity';
  /** ranges of parameters with a common weight; the other parameters have weight 0 */
  readonly weights: readonly WeightRange[];
  readonly degree: string;
}

export interface WeightRange {
  readonly offset: number;
  readonly length: number;
  readonly weight: string;
}

/** What may be scaled, and the constants that are known: θ_k for k not trainable. */
export interface Parameters {
  readonly trainable: ReadonlySet<number>;
  /** the value of a parameter that is held constant, where it is known */
  fixed?(index: number): Rational | undefined;
}

/** The degree of a function that is identically zero: every number. */
const ANY = 'any';

/** How degrees are computed with: numbers when the weights are known, linear forms in them when they are sought. */
interface DegreeAlgebra<D> {
  readonly zero: D;
  readonly parameter: (index: number) => D | typeof ANY;
  add(a: D, b: D): D;
  scale(a: D, factor: Rational): D;
  /** Asks for a = b: checks it, or notes it as a condition on the weights. */
  agree(a: D, b: D): boolean;
}

/**
 * The degree of every node in dependency order; undefined where the node is not shown to be homogeneous. Positive
 * scaling commutes with relu, abs, max and min; exp, log, tanh … need arguments of degree 0. Cost: linear in the graph.
 */
function degreesOf<D>(graph: Graph, algebra: DegreeAlgebra<D>): (D | typeof ANY | undefined)[] {
  const degrees: (D | typeof ANY | undefined)[] = [];
  for (const node of graph.nodes) degrees.push(degreeOf(node, degrees, algebra));
  return degrees;
}

function degreeOf<D>(
  node: Node,
  degrees: readonly (D | typeof ANY | undefined)[],
  algebra: DegreeAlgebra<D>,
): D | typeof ANY | undefined {
  const of = (id: NodeId) => degrees[id];
  const times = (a: NodeId, b: NodeId): D | typeof ANY | undefined => {
    const [left, right] = [of(a), of(b)];
    if (left === ANY || right === ANY) return ANY; // 0·u is 0 wherever it is defined
    return left === undefined || right === undefined ? undefined : algebra.add(left, right);
  };
  /** The common degree of summands, of which those that are zero have any. */
  const common = (parts: readonly (D | typeof ANY | undefined)[]): D | typeof ANY | undefined => {
    let shared: D | typeof ANY = ANY;
    for (const part of parts) {
      if (part === undefined) return undefined;
      if (part === ANY) continue;
      if (shared === ANY) shared = part;
      else if (!algebra.agree(shared, part)) return undefined;
    }
    return shared;
  };

  switch (node.op) {
    case 'constant':
      return node.value.isZero ? ANY : algebra.zero;
    case 'variable':
      return node.group === 'theta' ? algebra.parameter(node.index) : algebra.zero;
    case 'sum':
    case 'max':
    case 'min':
      return common(node.args.map(of));
    case 'dot': {
      const parts: (D | typeof ANY | undefined)[] = [];
      for (let k = 0; k < node.args.length; k += 2) parts.push(times(node.args[k]!, node.args[k + 1]!));
      return common(parts);
    }
    case 'product':
      return times(node.args[0], node.args[1]);
    case 'quotient': {
      const [top, bottom] = [of(node.args[0]), of(node.args[1])];
      if (top === undefined || bottom === undefined || bottom === ANY) return undefined;
      return top === ANY ? ANY : algebra.add(top, algebra.scale(bottom, Rational.integer(-1)));
    }
    case 'power':
    case 'sqrt': {
      const base = of(node.args[0]);
      const factor = node.op === 'power' ? Rational.integer(node.exponent) : new Rational(1n, 2n);
      return base === undefined || base === ANY ? base : algebra.scale(base, factor);
    }
    case 'abs':
    case 'relu':
      return of(node.args[0]);
    default:
      for (const argument of node.args) {
        const inner = of(argument);
        if (inner === undefined || (inner !== ANY && !algebra.agree(inner, algebra.zero))) return undefined;
      }
      return algebra.zero;
  }
}

/** Re-verifies a certificate by one pass over the graph; every weight must belong to a trainable parameter. */
export function checkHomogeneity(graph: Graph, parameters: Parameters, certificate: unknown): boolean {
  const parsed = parseHomogeneity(certificate, graph.groups.theta ?? 0);
  if (!parsed || parsed.degree.isZero) return false;
  for (const index of parsed.weights.keys()) if (!parameters.trainable.has(index)) return false;
  const degrees = degreesOf<Rational>(graph, {
    zero: Rational.zero,
    parameter: (index) =>
      !parameters.trainable.has(index) && parameters.fixed?.(index)?.isZero
        ? ANY
        : (parsed.weights.get(index) ?? Rational.zero),
    add: (a, b) => (a.isZero ? b : b.isZero ? a : a.add(b)),
    scale: (a, factor) => a.mul(factor),
    agree: (a, b) => a === b || a.equals(b),
  });
  return graph.outputs.every((output) => {
    const degree = degrees[output];
    return degree !== undefined && (degree === ANY || degree.equals(parsed.degree));
  });
}

/** The non-zero weights by index and the degree; undefined when the data are malformed or two ranges overlap. */
export function parseHomogeneity(
  certificate: unknown,
  count: number,
): { weights: ReadonlyMap<number, Rational>; degree: Rational } | undefined {
  const { kind, weights, degree } = (certificate ?? {}) as Record<string, unknown>;
  const d = typeof degree === 'string' ? Rational.parse(degree) : undefined;
  if (kind !== 'homogeneity' || !d || !Array.isArray(weights)) return undefined;
  const map = new Map<number, Rational>();
  for (const range of weights) {
    const { offset, length, weight } = (range ?? {}) as Record<string, unknown>;
    const w = typeof weight === 'string' ? Rational.parse(weight) : undefined;
    if (!w || w.isZero || typeof offset !== 'number' || typeof length !== 'number') return undefined;
    if (
      !(
        Number.isInteger(offset) &&
        Number.isInteger(length) &&
        offset >= 0 &&
        length >= 1 &&
        offset + length <= count
      )
    )
      return undefined;
    for (let k = offset; k < offset + length; k++) {
      if (map.has(k)) return undefined;
      map.set(k, w);
    }
  }
  return { weights: map, degree: d };
}

/** Parameters that share one unknown weight. */
export interface WeightGroup {
  readonly offset: number;
  readonly length: number;
}

/**
 * Weights under which the graph has degree 1, one unknown for each group, by solving the linear conditions that the
 * graph puts on them; undefined when there are none. Untrusted. Cost: linear in the graph times the number of groups.
 */
export function findWeights(
  graph: Graph,
  parameters: Parameters,
  groups: readonly WeightGroup[],
): HomogeneityCertificate | undefined {
  const forms = new LinearForms(groups.length);
  const groupOf = new Map<number, number>();
  groups.forEach(({ offset, length }, g) => {
    for (let k = offset; k < offset + length; k++) groupOf.set(k, g);
  });
  const degrees = degreesOf<number>(graph, {
    zero: 0,
    parameter: (index) => {
      if (!parameters.trainable.has(index) && parameters.fixed?.(index)?.isZero) return ANY;
      const g = groupOf.get(index);
      return g === undefined ? 0 : forms.unknown(g);
    },
    add: (a, b) => forms.add(a, b),
    scale: (a, factor) => forms.scale(a, factor),
    agree: (a, b) => forms.equate(a, b),
  });
  const conditions: { form: readonly Rational[]; value: Rational }[] = forms.equations.map((form) => ({
    form,
    value: Rational.zero,
  }));
  for (const output of graph.outputs) {
    const degree = degrees[output];
    if (degree === undefined) return undefined;
    if (degree !== ANY) conditions.push({ form: forms.coefficients(degree), value: Rational.one });
  }
  const entries = conditions.flatMap(({ form }) => form);
  if (groups.length === 0 || conditions.length * groups.length > 40_000) return undefined;
  const weights = solve(
    matrix(conditions.length, groups.length, entries),
    conditions.map(({ value }) => value),
  );
  if (!weights) return undefined;
  return {
    kind: 'homogeneity',
    weights: groups.flatMap(({ offset, length }, g) =>
      weights[g]!.isZero ? [] : [{ offset, length, weight: weights[g]!.toString() }],
    ),
    degree: '1',
  };
}

/** Linear forms in the unknown weights, interned so that large graphs with few distinct forms are cheap; 0 is zero. */
class LinearForms {
  readonly #forms: Rational[][] = [];
  readonly #known = new Map<string, number>();
  readonly #sums = new Map<string, number>();
  readonly #equations = new Map<string, readonly Rational[]>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
    this.#intern(Array.from({ length: size }, () => Rational.zero));
  }

  get equations(): (readonly Rational[])[] {
    return [...this.#equations.values()];
  }

  coefficients(form: number): readonly Rational[] {
    return this.#forms[form]!;
  }

  unknown(g: number): number {
    return this.#intern(
      Array.from({ length: this.#size }, (_, k) => (k === g ? Rational.one : Rational.zero)),
    );
  }

  add(a: number, b: number): number {
    if (a === 0) return b;
    if (b === 0) return a;
    const key = `${a},${b}`;
    let sum = this.#sums.get(key);
    if (sum === undefined) {
      sum = this.#intern(this.#forms[a]!.map((value, k) => value.add(this.#forms[b]![k]!)));
      this.#sums.set(key, sum);
    }
    return sum;
  }

  scale(a: number, factor: Rational): number {
    return this.#intern(this.#forms[a]!.map((value) => value.mul(factor)));
  }

  equate(a: number, b: number): boolean {
    if (a === b) return true;
    const key = `${a},${b}`;
    if (!this.#equations.has(key))
      this.#equations.set(
        key,
        this.#forms[a]!.map((value, k) => value.sub(this.#forms[b]![k]!)),
      );
    return true;
  }

  #intern(form: Rational[]): number {
    const key = form.join();
    let id = this.#known.get(key);
    if (id === undefined) {
      id = this.#forms.push(form) - 1;
      this.#known.set(key, id);
    }
    return id;
  }
}
