/**
 * What the proof of Theorem 4 obtains, on a network: the sets J, the coordinates C of the weights, the weights W and the
 * directions E as functions, the indicators ψ and the chained products M. Proposed: whoever uses them decides whether they
 * fit.
 */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { range } from '../arithmetic/evaluation-value.ts';
import type { Meaning, PointFunction } from '../arithmetic/meaning.ts';
import { codomainAt, type Sort, variable } from '../kernel/term.ts';
import type { CheckContext } from './check-context.ts';
import { lazy } from './lazy.ts';
import { feedforwardOf } from './model-parts.ts';
import { linearStructure } from './structure/linear-units.ts';

/** By the name of a variable and the form of its sort, in one arithmetic. */
export type Witnesses<T> = (name: string, sort: Sort) => Meaning<T> | undefined;

/** None unless the model is a network of (4.3). `θ`: undefined where it is known by a box of another arithmetic only. */
export function networkWitnesses<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  θ: readonly T[] | undefined,
): Witnesses<T> {
  const { instance } = context;
  const { inputs: dx } = instance.model;
  const network = feedforwardOf(instance.model);
  if (!network || instance.trainableIndices.length < instance.parameters.length) return () => undefined;
  const t = instance.t ?? 0;
  const { layers } = network;
  const H = layers.length - 1;
  if (t > H) return () => undefined;
  const widths = [dx, ...layers.map(({ units }) => units)];
  const width = (l: number): number => widths[l] ?? 0;
  const dθ = instance.parameters.length;
  /** where the entry (a, b) of W^(l+1) stands in θ */
  const place = (l: number, a: number, b: number): number => layers[l]!.weight.offset + a * width(l) + b;
  const matrix = (rows: number, cols: number, entry: (a: number, b: number) => T) =>
    range(rows).map((a) => range(cols).map((b) => entry(a, b)));
  const one = (yes: boolean): T => (yes ? A.one : A.zero);
  const sets = lazy(() => setsOf(context, t));
  /** J^(l)_k */
  const inSet = (l: number, k: number): boolean => sets().get(l)?.has(k) ?? false;
  const indicator = (l: number, a: number): T => one(l === H || inSet(l + 1, a));
  const W = (l: number): PointFunction<T> => ({
    value: (point) => matrix(width(l + 1), width(l), (a, b) => point[place(l, a, b)]!),
    partial: (_, k) => matrix(width(l + 1), width(l), (a, b) => one(place(l, a, b) === k)),
    differentiable: () => true,
  });
  const E = (l: number): PointFunction<T> => ({
    value(B) {
      const out = range(dθ).map(() => A.zero);
      for (const a of range(width(l + 1)))
        for (const b of range(width(l))) out[place(l, a, b)] = B[a * width(l) + b]!;
      return out;
    },
  });
  const known = new Map<number, readonly (readonly T[])[]>();
  /** M_H = I and M_l = M_{l+1} W_{l+1}(θ) diag(ψ_l); 0 below layer t, where nothing is said of it */
  const M = (l: number): readonly (readonly T[])[] => {
    const before = known.get(l);
    if (before) return before;
    const made = matrix(width(H + 1), width(l + 1), (c, a) => {
      if (l === H) return one(c === a);
      if (l < t || l > H) return A.zero;
      if (!θ) throw new Inexpressible('θ is known by a box only');
      const next = M(l + 1);
      const products = range(width(l + 2)).map((b) => A.mul(next[c]![b]!, θ[place(l + 1, b, a)]!));
      return A.mul(
        products.reduce((sum, x) => A.add(sum, x), A.zero),
        indicator(l, a),
      );
    });
    known.set(l, made);
    return made;
  };
  const all: Readonly<Record<string, Meaning<T>>> = {
    'J:NFR': (l: number) => range(width(l)).map((k) => one(inSet(l, k))),
    'C:NFFFR': (l: number) =>
      range(width(l + 1)).map((a) =>
        range(width(l)).map((b) => range(dθ).map((k) => one(l <= H && place(l, a, b) === k))),
      ),
    'W:N(FR)FFR': W,
    'E:N(FFR)FR': E,
    'ψ:NFR': (l: number) => range(width(l + 1)).map((a) => indicator(l, a)),
    'M:NFFR': M,
  };
  return (name, sort) => all[`${name}:${form(sort)}`];
}

/** N(FR)FFR for ℕ → ℝⁿ → ℝ^{p×q}, whatever the sizes. */
export function form(sort: Sort): string {
  if (sort.kind !== 'Pi') return sort.kind.charAt(0);
  const domain = sort.domain!.kind === 'Pi' ? `(${form(sort.domain!)})` : form(sort.domain!);
  return domain + form(sort.codomain ?? codomainAt(sort, variable('x', sort.domain!)));
}

function setsOf(context: CheckContext, t: number): ReadonlyMap<number, ReadonlySet<number>> {
  const linear = linearStructure(context, t);
  if (linear.kind !== 'holds') throw new Inexpressible('the sets J are not known');
  return new Map(linear.structure.sets.map(({ layer, units }) => [layer, new Set(units)]));
}
