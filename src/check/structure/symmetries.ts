import { matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { Layer } from '../../models/model.ts';
import { TermBudgetExceeded } from '../../symbolic/polynomial.ts';
import { NotRational, polynomialOf } from '../../symbolic/rational-function.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { degreeOf, shifts, velocity, weightsAround } from './flows.ts';
import { inputColumns } from './image-subspace.ts';
import type { Symmetry } from './symmetry.ts';
import { type UnitGroup, unitGroups } from './unit-patterns.ts';

const groupsKnown = new WeakMap<CheckContext, readonly (readonly UnitGroup[])[] | undefined>();

const MOST = 2_000;
const MOST_MONOMIALS = 2_000;

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
  if (symmetry.kind === 'shift')
    return (
      groups.some(({ units, identity }) => identity && units.includes(symmetry.unit)) &&
      shifts(context, symmetry.layer).bias !== undefined
    );
  if (symmetry.kind === 'mix')
    return groups.some(({ units }) => units.includes(symmetry.to) && units.includes(symmetry.from));
  const { incoming, outgoing } = weightsAround(context, symmetry.layer);
  return (
    groups.some(({ units, dead }) => dead && units.includes(symmetry.unit)) &&
    [...incoming(symmetry.unit), ...outgoing(symmetry.unit)].includes(symmetry.index)
  );
}

const known = new WeakMap<CheckContext, readonly Symmetry[]>();

/** Every symmetry of these kinds that moves trainable numbers only, each verified. Bounded; sorted by kind; computed once. */
export function symmetries(context: CheckContext): readonly Symmetry[] {
  const before = known.get(context);
  if (before) return before;
  const found: Symmetry[] = [];
  for (const proposal of proposals(context)) {
    if (found.length >= MOST || context.deadline.expired()) break;
    if (expressed(() => isSymmetry(context, proposal)) !== true) continue;
    const v = velocity(context, proposal);
    if (v?.some((entry) => !entry.isZero)) found.push(proposal);
  }
  known.set(context, found);
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
        else {
          if (group.identity) yield { kind: 'shift', layer, unit: to };
          for (const from of group.units) if (from !== to) yield { kind: 'mix', layer, to, from };
        }
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

/** `unitGroups`, computed once. Throws Inexpressible. */
export function groupsOf(context: CheckContext): readonly (readonly UnitGroup[])[] | undefined {
  if (!groupsKnown.has(context)) groupsKnown.set(context, unitGroups(context));
  return groupsKnown.get(context);
}

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
