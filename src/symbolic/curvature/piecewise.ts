import { Rational } from '../../kernel/rational.ts';
import type { Node, NodeId } from '../graph.ts';
import { Polynomial } from '../polynomial.ts';
import { NotRational, reachable } from '../rational-function.ts';
import {
  derivativeOf,
  evaluateAt,
  negativePoint,
  type OpenInterval,
  rationalRoots,
  type Univariate,
  univariate,
} from '../univariate.ts';
import type { Setting } from './claim.ts';

/** The evidence: the points, increasing, between which a function of one variable is a polynomial. */
export interface Breaks {
  readonly breaks: readonly string[];
}

const VARIABLE = 't';

/** The argument of a kink changes its sign inside a cell. */
class SignChange extends Error {
  readonly polynomial: Univariate;
  constructor(polynomial: Univariate) {
    super('a kink inside a cell');
    this.polynomial = polynomial;
  }
}

/**
 * A continuous function of one q_k, polynomial between breaks, is convex exactly when its second derivative is ≥ 0 in
 * every cell and its slope does not decrease at a break; differentiable exactly when the slopes agree there.
 * Throws NotRational for what is not piecewise polynomial.
 */
export function acceptsPiecewise(
  setting: Setting,
  id: NodeId,
  property: 'convex' | 'differentiable',
  evidence: unknown,
): boolean {
  const breaks = parseBreaks(evidence);
  const variable = breaks && soleVariable(setting, id);
  if (variable === undefined || !breaks) return false;
  let pieces: Univariate[];
  try {
    pieces = cellsOf(breaks).map((cell) => polynomialOn(setting, id, variable, cell));
  } catch (error) {
    if (error instanceof SignChange) return false;
    throw error;
  }
  const slopes = pieces.map(derivativeOf);
  const jumps = breaks.map((at, k) => evaluateAt(slopes[k + 1]!, at).sub(evaluateAt(slopes[k]!, at)).sign);
  if (property === 'differentiable') return jumps.every((sign) => sign === 0);
  return (
    jumps.every((sign) => sign >= 0) &&
    cellsOf(breaks).every((cell, k) => negativePoint(derivativeOf(slopes[k]!), cell) === undefined)
  );
}

/** Finds breaks by cutting cells at the rational roots of kink arguments; undefined when some root is irrational. */
export function findBreaks(setting: Setting, id: NodeId): Breaks | undefined {
  const variable = soleVariable(setting, id);
  if (variable === undefined) return undefined;
  let breaks: Rational[] = [];
  for (let cuts = 0; cuts < 64; cuts++) {
    const cut = firstCut(setting, id, variable, breaks);
    if (cut === 'none') return { breaks: breaks.map(String) };
    if (!cut) return undefined;
    breaks = [...breaks, ...cut].sort((a, b) => a.cmp(b));
  }
  return undefined;
}

function firstCut(
  setting: Setting,
  id: NodeId,
  variable: number,
  breaks: readonly Rational[],
): readonly Rational[] | 'none' | undefined {
  for (const cell of cellsOf(breaks)) {
    try {
      polynomialOn(setting, id, variable, cell);
    } catch (error) {
      if (!(error instanceof SignChange)) throw error;
      const { roots, all } = rationalRoots(error.polynomial, cell);
      return all ? roots : undefined;
    }
  }
  return 'none';
}

function cellsOf(breaks: readonly Rational[]): OpenInterval[] {
  return Array.from({ length: breaks.length + 1 }, (_, k) => ({
    lower: breaks[k - 1] ?? null,
    upper: breaks[k] ?? null,
  }));
}

function parseBreaks(evidence: unknown): Rational[] | undefined {
  const list = (evidence as Partial<Breaks> | undefined)?.breaks;
  if (!Array.isArray(list)) return undefined;
  const breaks: Rational[] = [];
  for (const text of list) {
    const value = typeof text === 'string' ? Rational.parse(text) : undefined;
    const last = breaks.at(-1);
    if (!value || (last && last.cmp(value) >= 0)) return undefined;
    breaks.push(value);
  }
  return breaks;
}

function soleVariable(setting: Setting, id: NodeId): number | undefined {
  const found = new Set<number>();
  for (const reached of reachable(setting.graph, [id])) {
    const node = setting.graph.nodes[reached]!;
    if (node.op === 'variable' && node.group === setting.variables) found.add(node.index);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function polynomialOn(setting: Setting, id: NodeId, variable: number, cell: OpenInterval): Univariate {
  const values = new Map<NodeId, Polynomial>();
  const at = (argument: NodeId): Polynomial => values.get(argument)!;
  for (const reached of reachable(setting.graph, [id]))
    values.set(reached, pieceOf(setting, setting.graph.nodes[reached]!, variable, cell, at));
  return univariate(at(id), VARIABLE)!;
}

function pieceOf(
  setting: Setting,
  node: Node,
  variable: number,
  cell: OpenInterval,
  at: (id: NodeId) => Polynomial,
): Polynomial {
  switch (node.op) {
    case 'constant':
      return Polynomial.constant(node.value);
    case 'variable': {
      if (node.group === setting.variables && node.index === variable) return Polynomial.variable(VARIABLE);
      const { lower, upper } = setting.range(node.group, node.index);
      if (!lower || !upper || !lower.value.equals(upper.value))
        throw new NotRational('a parameter is not fixed');
      return Polynomial.constant(lower.value);
    }
    case 'sum':
      return node.args.map(at).reduce((a, b) => a.add(b));
    case 'dot': {
      let sum = Polynomial.zero;
      for (let k = 0; k < node.args.length; k += 2)
        sum = sum.add(at(node.args[k]!).mul(at(node.args[k + 1]!)));
      return sum;
    }
    case 'product':
      return at(node.args[0]).mul(at(node.args[1]));
    case 'quotient': {
      const divisor = at(node.args[1]).constantValue;
      if (!divisor || divisor.isZero) throw new NotRational('the denominator is not constant');
      return at(node.args[0]).scale(divisor.inv());
    }
    case 'power':
      return at(node.args[0]).pow(node.exponent);
    case 'relu':
      return larger(at(node.args[0]), Polynomial.zero, cell);
    case 'abs':
      return larger(at(node.args[0]), at(node.args[0]).neg(), cell);
    case 'max':
      return larger(at(node.args[0]), at(node.args[1]), cell);
    case 'min':
      return larger(at(node.args[0]).neg(), at(node.args[1]).neg(), cell).neg();
    default:
      throw new NotRational(`${node.op} is not piecewise polynomial`);
  }
}

/** The one of two polynomials that is the larger on the whole cell; throws SignChange when neither is. */
function larger(a: Polynomial, b: Polynomial, cell: OpenInterval): Polynomial {
  const difference = univariate(a.sub(b), VARIABLE)!;
  if (negativePoint(difference, cell) === undefined) return a;
  if (
    negativePoint(
      difference.map((c) => c.neg()),
      cell,
    ) === undefined
  )
    return b;
  throw new SignChange(difference);
}
