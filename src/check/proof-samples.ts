/**
 * Values for the variables of a proof that an instance does not give: what was obtained (g, γ, radii), and a few samples
 * of what is universally quantified (α, ε, v, S, …). Samples only refute; a claim that they all satisfy stays undecided.
 */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { range } from '../arithmetic/evaluation-value.ts';
import type { Meaning, PointFunction, Request } from '../arithmetic/meaning.ts';
import { Rational } from '../kernel/rational.ts';
import { evaluate } from '../symbolic/evaluate.ts';
import type { CheckContext } from './check-context.ts';
import type { Arrangement } from './example-parts.ts';
import { embed, thetaIn } from './point.ts';
import { networkWitnesses, type Witnesses } from './proof-witnesses.ts';
import type { ObligationReport } from './report.ts';
import { type Representation, representation } from './strategies/representation.ts';

/** Unit vectors that are tried as directions, so that one that changes no prediction has a chance. */
const MOST_DIRECTIONS = 8;
/** Samples times predictions times parameters: with more, fewer points are tried. */
const WORK = 4000;
const EPSILON = new Rational(1n, 100n);

/** g of Assumption 2, as far as it is known. */
export interface Witness {
  readonly found: Representation | undefined;
  /** coefficients of f_X(θ) in the partial derivatives at θ, when only they are known */
  readonly coefficients: readonly Rational[] | undefined;
}

export async function witnessOf(
  context: CheckContext,
  represented: ObligationReport | undefined,
): Promise<Witness> {
  const found = await representation(context);
  const certificate = represented?.status === 'holds' ? represented.certificate : undefined;
  return { found, coefficients: coefficientsOf(certificate) };
}

function coefficientsOf(certificate: unknown): readonly Rational[] | undefined {
  if (typeof certificate !== 'object' || certificate === null || !('coefficients' in certificate))
    return undefined;
  const { coefficients } = certificate;
  if (!Array.isArray(coefficients)) return undefined;
  const numbers = coefficients.map((text) => Rational.parse(String(text)));
  return numbers.every((x) => x !== undefined) ? (numbers as Rational[]) : undefined;
}

/** `few`: one or two of each kind, for what is evaluated hundreds of times. */
export type HowMany = 'several' | 'few';

/** Values by name and sort, in one arithmetic. */
export class Samples<T> {
  readonly #A: Arithmetic<T>;
  readonly #context: CheckContext;
  readonly #witness: Witness;
  readonly #θ: readonly T[];
  readonly #directionsTried: number;
  readonly #arrangement: Arrangement | undefined;
  readonly #network: Witnesses<T>;
  readonly #few: boolean;

  /**
   * `θ`: that of the instance when absent. `arrangement`: the statement has vectors of its own, in which neither g nor f of
   * the instance is written.
   */
  constructor(
    context: CheckContext,
    A: Arithmetic<T>,
    witness: Witness,
    θ?: readonly T[],
    {
      arrangement,
      howMany = 'several',
    }: { readonly arrangement?: Arrangement | undefined; readonly howMany?: HowMany } = {},
  ) {
    this.#few = howMany === 'few';
    this.#A = A;
    this.#context = context;
    this.#witness = arrangement ? { found: undefined, coefficients: undefined } : witness;
    this.#arrangement = arrangement;
    this.#θ = θ ?? thetaIn(A, context.instance);
    const { m, model } = context.instance;
    const affordable = Math.floor(WORK / (m * model.outputs * this.#θ.length || 1));
    this.#directionsTried = Math.min(this.#θ.length, MOST_DIRECTIONS, Math.max(1, affordable));
    this.#network = arrangement
      ? () => undefined
      : networkWitnesses(context, A, context.place().kind === 'given' ? this.#θ : θ);
  }

  /** What to try for a bound variable, or for one that a statement or a step leaves free; best first. */
  for({ name, sort, sizes }: Pick<Request, 'name' | 'sort' | 'sizes'>): readonly Meaning<T>[] {
    const witness = this.#network(name, sort);
    if (witness !== undefined) return [witness];
    switch (sort.kind) {
      case 'Nat':
        return [1, 0];
      case 'Real':
        return this.#numbers(name);
      case 'Pi':
        if (sort.domain!.kind !== 'Fin') return this.#functions(sizes, sort);
        return endsInReals(sort) ? this.#arrays(name, sizes) : [];
      default:
        return [];
    }
  }

  /** ε₀, ε₁, …: small, and larger than every ε; ε: the instance's, or 1/100; others: 0 and 1. */
  #numbers(name: string): readonly T[] {
    const ε = this.#context.instance.epsilon ?? EPSILON;
    const times = (n: number) => this.#A.rational(ε.mul(new Rational(BigInt(n))));
    if (name === 'ε') return [times(1)];
    if (/^(ε[₀-₉]|r)$/.test(name)) return [times(name === 'ε₁' ? 8 : 2)];
    if (/^ε/.test(name)) return this.#few ? [times(1)] : [times(1), times(2)];
    return this.#few ? [this.#A.one] : [this.#A.zero, this.#A.one];
  }

  #arrays(name: string, sizes: readonly number[]): readonly Meaning<T>[] {
    const dθ = this.#θ.length;
    const [rows = 0, columns] = sizes;
    const { zero } = this.#A;
    if (columns === undefined) {
      const own = this.#arrangement?.[name.replace(/['′]+$/, '')];
      if (own?.length === rows && rows !== dθ) {
        const { parameters } = this.#context.instance;
        const point = own.map((index) => this.#A.rational(parameters.rational(index)));
        return [point, range(rows).map(() => zero), this.#ramp(rows)];
      }
      if (rows !== dθ) return [range(rows).map(() => zero), this.#ramp(rows)];
      if (this.#few && /^[vwθ]/u.test(name)) return this.#pointsOrDirections();
      if (name === 'v' || name === 'w') return this.#directions();
      if (name.startsWith('θ')) return [this.#θ, ...this.#neighbours()];
      return [...this.#γ(), range(dθ).map(() => zero), this.#ramp(dθ)];
    }
    if (/^[FS]/.test(name)) {
      const predictions = name.startsWith('F') ? this.#predictions(rows, columns) : [];
      return [...predictions, range(rows).map(() => range(columns).map(() => zero))];
    }
    // Coefficients of ∂_k f(θ + εS_j): those of f itself in the first column.
    const first = rows === dθ ? [...this.#γ(), this.#ramp(dθ)] : [this.#ramp(rows)];
    return first.map((column) => column.map((x) => range(columns).map((j) => (j === 0 ? x : zero))));
  }

  /** g : θ ↦ g(θ), the one thing of this kind in the proofs. */
  #functions(sizes: readonly number[], sort: Request['sort']): readonly Meaning<T>[] {
    const isVectorField = sort.domain!.kind === 'Pi' && sort.codomain?.kind === 'Pi' && sizes.length === 0;
    if (!isVectorField) return [];
    const zero: PointFunction<T> = { value: () => this.#θ.map(() => this.#A.zero) };
    return [this.#g() ?? zero];
  }

  #g(): PointFunction<T> | undefined {
    const { found, coefficients } = this.#witness;
    const A = this.#A;
    if (found?.status === 'holds') {
      const g = found.g();
      const { parameters, trainableIndices } = this.#context.instance;
      return {
        value: (point) => {
          const theta = embed(A, parameters);
          trainableIndices.forEach((index, k) => {
            theta[index] = point[k]!;
          });
          const evaluation = evaluate(g, A, { theta });
          return g.outputs.map((output) => evaluation.value(output));
        },
      };
    }
    if (!coefficients || coefficients.length !== this.#θ.length) return undefined;
    return {
      value: (point) => {
        const here = point.every((x, k) => A.isZero(A.sub(x, this.#θ[k]!)));
        if (!here) throw new Inexpressible('g is known at θ only');
        return coefficients.map((x) => A.rational(x));
      },
    };
  }

  /** g(θ) */
  #γ(): readonly (readonly T[])[] {
    try {
      const value = this.#g()?.value(this.#θ);
      return value === undefined ? [] : [value as readonly T[]];
    } catch (error) {
      if (error instanceof Inexpressible) return [];
      throw error;
    }
  }

  /** (1, 2, …, n) */
  #ramp(n: number): readonly T[] {
    return range(n).map((k) => this.#A.float(k + 1));
  }

  /** In the parts of a proof v is a direction in one place and a point near θ in another. */
  #pointsOrDirections(): readonly (readonly T[])[] {
    return [this.#θ, ...this.#directions().slice(0, 1), ...this.#neighbours().slice(0, 1)];
  }

  /** 0, then unit vectors */
  #directions(): readonly (readonly T[])[] {
    const { zero, one } = this.#A;
    const n = this.#θ.length;
    const units = range(this.#directionsTried).map((k) => range(n).map((j) => (j === k ? one : zero)));
    return [range(n).map(() => zero), ...units];
  }

  /** θ ± ε/2 · e_k for a few k */
  #neighbours(): readonly (readonly T[])[] {
    const step = this.#A.rational((this.#context.instance.epsilon ?? EPSILON).mul(new Rational(1n, 2n)));
    return range(this.#directionsTried).flatMap((k) =>
      [step, this.#A.neg(step)].map((h) => this.#θ.map((x, j) => (j === k ? this.#A.add(x, h) : x))),
    );
  }

  /** f_X(θ) */
  #predictions(rows: number, columns: number): readonly (readonly (readonly T[])[])[] {
    const { instance, problem } = this.#context;
    if (this.#arrangement || rows !== instance.m || columns !== instance.model.outputs) return [];
    const A = this.#A;
    const dx = instance.model.inputs;
    try {
      return [
        range(rows).map((i) => {
          const x = embed(A, instance.inputs, i * dx, dx);
          const evaluation = evaluate(problem.graph, A, {
            x,
            theta: this.#θ,
            fixed: embed(A, instance.parameters),
          });
          return problem.graph.outputs.map((output) => evaluation.value(output));
        }),
      ];
    } catch (error) {
      if (error instanceof Inexpressible) return [];
      throw error;
    }
  }
}

/** ℝⁿ or ℝ^{p×n} */
function endsInReals({ codomain }: Request['sort']): boolean {
  if (codomain?.kind !== 'Pi') return codomain?.kind === 'Real';
  return codomain.domain!.kind === 'Fin' && codomain.codomain?.kind === 'Real';
}
