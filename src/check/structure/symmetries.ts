import { matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { Layer, ParameterBlock } from '../../models/model.ts';
import { TermBudgetExceeded } from '../../symbolic/polynomial.ts';
import { NotRational, polynomialOf } from '../../symbolic/rational-function.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { inputColumns } from './image-subspace.ts';
import { type UnitGroup, unitGroups } from './unit-patterns.ts';

/**
 * A flow of linear changes of θ under which f_X stays as it is on a ball around θ. Layers and units count from 0; indices
 * count all parameters of the model.
 */
export type Symmetry =
  /** units with the same slopes at every sample: `to` gains s times `from`, and `from` is read s times less where `to` is */
  | { readonly kind: 'mix'; readonly layer: number; readonly to: number; readonly from: number }
  /** σ(cz) = c^k σ(z): what enters the unit times e^s, what leaves it times e^(−ks) */
  | { readonly kind: 'scale'; readonly layer: number; readonly unit: number }
  /** a relu whose pre-activation is negative at every sample: its weights, in and out, do nothing */
  | { readonly kind: 'dead'; readonly layer: number; readonly unit: number; readonly index: number }
  /** a direction of the first layer that no input sees: n·(x_i, 1) = 0 for every i */
  | { readonly kind: 'unseen'; readonly unit: number; readonly vector: readonly Rational[] }
  /** θ_k ↦ e^(s·w_k) θ_k: every monomial of every output has Σ w_k a_k = 0 */
  | { readonly kind: 'weights'; readonly vector: readonly Rational[] };

const groupsKnown = new WeakMap<CheckContext, readonly (readonly UnitGroup[])[] | undefined>();

const MOST = 2_000;
const MOST_MONOMIALS = 2_000;

/** Rationals as text, so that a certificate is plain JSON. */
export const plainSymmetry = (symmetry: Symmetry): object =>
  'vector' in symmetry ? { ...symmetry, vector: symmetry.vector.map(String) } : { ...symmetry };

/** The velocity of θ (its trainable part) under the flow at s = 0; undefined where the flow moves what is held fixed. */
export function velocity(context: CheckContext, symmetry: Symmetry): readonly Rational[] | undefined {
  const { instance } = context;
  const moves = new Map<number, Rational>();
  const push = (index: number, by: Rational): void => {
    if (!by.isZero) moves.set(index, (moves.get(index) ?? Rational.zero).add(by));
  };
  const touched = new Set<number>();
  const value = (index: number): Rational => instance.parameters.rational(index);
  if (symmetry.kind === 'mix' || symmetry.kind === 'scale') {
    const { layer } = symmetry;
    const [to, from] =
      symmetry.kind === 'mix' ? [symmetry.to, symmetry.from] : [symmetry.unit, symmetry.unit];
    const { incoming, outgoing } = weightsAround(context, layer);
    const degree = symmetry.kind === 'scale' ? degreeOf(context, layer, to)! : 1;
    incoming(to).forEach((index, k) => {
      touched.add(index);
      push(index, value(incoming(from)[k]!));
    });
    outgoing(from).forEach((index, k) => {
      touched.add(index);
      push(index, value(outgoing(to)[k]!).mul(Rational.integer(-degree)));
    });
  } else if (symmetry.kind === 'dead') {
    touched.add(symmetry.index);
    push(symmetry.index, Rational.one);
  } else if (symmetry.kind === 'unseen') {
    weightsAround(context, 0)
      .incoming(symmetry.unit)
      .forEach((index, k) => {
        touched.add(index);
        push(index, symmetry.vector[k]!);
      });
  } else
    symmetry.vector.forEach((weight, k) => {
      const index = instance.trainableIndices[k]!;
      push(index, weight.mul(value(index)));
    });
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  if ([...touched].some((index) => !position.has(index))) return undefined;
  const v = new Array<Rational>(position.size).fill(Rational.zero);
  for (const [index, by] of moves) v[position.get(index)!] = by;
  return v;
}

/** Whether f_X is invariant under the flow on a ball around θ, from the network and the data alone. Throws Inexpressible. */
export function isSymmetry(context: CheckContext, symmetry: Symmetry): boolean {
  const { instance } = context;
  if (symmetry.kind === 'weights') {
    return (
      symmetry.vector.length === instance.trainableIndices.length &&
      exponents(context)?.every((row) => inner(row, symmetry.vector).isZero) === true
    );
  }
  const { network } = instance.model;
  if (!network) return false;
  if (symmetry.kind === 'unseen') {
    const first = network.layers[0]!;
    const columns = firstColumns(context, first);
    return (
      within(symmetry.unit, first.units) &&
      symmetry.vector.length === columns.length &&
      Array.from({ length: instance.m }, (_, i) => i).every(
        (i) =>
          inner(
            symmetry.vector,
            columns.map((column) => column[i]!),
          ).isZero,
      )
    );
  }
  const layer = network.layers[symmetry.layer];
  if (!layer || !within(symmetry.layer, network.layers.length - 1)) return false;
  if (symmetry.kind === 'scale')
    return (
      within(symmetry.unit, layer.units) && degreeOf(context, symmetry.layer, symmetry.unit) !== undefined
    );
  const groups = groupsOf(context)![symmetry.layer]!;
  if (symmetry.kind === 'mix')
    return groups.some(({ units }) => units.includes(symmetry.to) && units.includes(symmetry.from));
  const { incoming, outgoing } = weightsAround(context, symmetry.layer);
  return (
    groups.some(({ units, dead }) => dead && units.includes(symmetry.unit)) &&
    [...incoming(symmetry.unit), ...outgoing(symmetry.unit)].includes(symmetry.index)
  );
}

/** Every symmetry of these kinds that moves trainable numbers only, each verified. Bounded; sorted by kind. */
export function symmetries(context: CheckContext): readonly Symmetry[] {
  const found: Symmetry[] = [];
  for (const proposal of proposals(context)) {
    if (found.length >= MOST || context.deadline.expired()) break;
    if (expressed(() => isSymmetry(context, proposal)) !== true) continue;
    const v = velocity(context, proposal);
    if (v?.some((entry) => !entry.isZero)) found.push(proposal);
  }
  return found;
}

function* proposals(context: CheckContext): Generator<Symmetry> {
  const { network } = context.instance.model;
  if (!network) {
    const rows = exponents(context);
    const n = context.instance.trainableIndices.length;
    if (!rows || rows.length === 0) return;
    for (const vector of nullSpace(matrix(rows.length, n, rows.flat())).vectors)
      yield { kind: 'weights', vector };
    return;
  }
  const groups = expressed(() => groupsOf(context));
  for (const [layer, { units }] of network.layers.slice(0, -1).entries()) {
    for (let unit = 0; unit < units; unit++) yield { kind: 'scale', layer, unit };
    const { incoming, outgoing } = weightsAround(context, layer);
    for (const group of groups?.[layer] ?? []) {
      for (const to of group.units) {
        if (group.dead)
          for (const index of [...incoming(to), ...outgoing(to)])
            yield { kind: 'dead', layer, unit: to, index };
        else for (const from of group.units) if (from !== to) yield { kind: 'mix', layer, to, from };
      }
    }
  }
  const first = network.layers[0]!;
  const columns = firstColumns(context, first);
  const { m } = context.instance;
  const rows = Array.from({ length: m }, (_, i) => columns.map((column) => column[i]!));
  for (const vector of nullSpace(matrix(m, columns.length, rows.flat())).vectors)
    for (let unit = 0; unit < first.units; unit++) yield { kind: 'unseen', unit, vector };
}

function groupsOf(context: CheckContext): readonly (readonly UnitGroup[])[] | undefined {
  if (!groupsKnown.has(context)) groupsKnown.set(context, unitGroups(context));
  return groupsKnown.get(context);
}

/** The parameters that enter and leave a unit of a hidden layer, in one order for all its units. */
function weightsAround({ instance }: CheckContext, l: number) {
  const { layers, skips } = instance.model.network!;
  const { weight, bias, inputs }: Layer = layers[l]!;
  const readers: ParameterBlock[] = [layers[l + 1]?.weight, skips.get(l + 1)].filter(
    (block) => block !== undefined,
  );
  return {
    incoming: (unit: number): number[] => [
      ...Array.from({ length: inputs }, (_, c) => weight.offset + unit * inputs + c),
      ...(bias ? [bias.offset + unit] : []),
    ],
    outgoing: (unit: number): number[] =>
      readers.flatMap(({ offset, shape }) =>
        Array.from({ length: shape[0]! }, (_, i) => offset + i * shape[1]! + unit),
      ),
  };
}

const degreeOf = ({ instance }: CheckContext, l: number, unit: number): number | undefined =>
  instance.model.network!.layers[l]!.activations[unit]!.degree;

/** The inputs, and a column of ones where the first layer has a bias. */
const firstColumns = (context: CheckContext, { bias }: Layer): Rational[][] => [
  ...inputColumns(context),
  ...(bias ? [Array.from({ length: context.instance.m }, () => Rational.one)] : []),
];

/** The exponents of the trainable numbers in the monomials of f, in every output; undefined where f is no polynomial. */
function exponents({ instance, problem }: CheckContext): Rational[][] | undefined {
  const n = instance.trainableIndices.length;
  const constantOf = (group: string, index: number): Rational | undefined =>
    group === 'fixed' ? instance.parameters.rational(index) : undefined;
  try {
    const rows = new Map<string, Rational[]>();
    for (const output of problem.graph.outputs) {
      for (const { monomial } of polynomialOf(problem.graph, output, { constantOf }).terms) {
        const row = new Array<Rational>(n).fill(Rational.zero);
        for (const [name, exponent] of monomial) {
          const [group, index] = name.split(':');
          if (group === 'theta') row[Number(index)] = Rational.integer(exponent);
        }
        rows.set(row.join(), row);
        if (rows.size > MOST_MONOMIALS) return undefined;
      }
    }
    return [...rows.values()];
  } catch (error) {
    if (error instanceof NotRational || error instanceof TermBudgetExceeded) return undefined;
    throw error;
  }
}

const inner = (u: readonly Rational[], v: readonly Rational[]): Rational =>
  u.reduce((sum, entry, k) => sum.add(entry.mul(v[k]!)), Rational.zero);
const within = (k: number, below: number): boolean => Number.isInteger(k) && k >= 0 && k < below;
