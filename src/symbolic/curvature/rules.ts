import { argumentsOf, type Node, type NodeId } from '../graph.ts';
import type { Known, Property, Setting } from './claim.ts';
import {
  contains,
  isNegative,
  isNonNegative,
  isNonPositive,
  isPositive,
  isZero,
  parseRange,
  type Range,
  rangeOf,
} from './range.ts';
import { propertyRule, type Rule, some } from './rule.ts';

const positive = (id: NodeId, known: Known) => some(id, known, isPositive);
const nonNegative = (id: NodeId, known: Known) => some(id, known, isNonNegative);
const nonPositive = (id: NodeId, known: Known) => some(id, known, isNonPositive);
const every = (node: Node, test: (id: NodeId) => boolean): boolean => argumentsOf(node).every(test);

const LEAF = propertyRule('leaf', ['constant', 'affine'], (node, _known, property, { setting }) => {
  if (node.op === 'constant') return true;
  if (node.op !== 'variable') return false;
  return property === 'affine' || node.group !== setting.variables;
});

/** A function of constants is constant, where it is defined. */
const CONSTANT = propertyRule(
  'constant',
  ['constant'],
  (node, known, _property, { id }) =>
    argumentsOf(node).length > 0 &&
    known.range(id) !== undefined &&
    every(node, (argument) => known.is(argument, 'constant')),
);

const SINGLE_VALUE = propertyRule('single value', ['constant'], (_node, known, _property, { id }) =>
  some(id, known, ({ lower, upper }) => lower !== null && upper !== null && lower.value.equals(upper.value)),
);

const SUM = propertyRule(
  'sum',
  ['affine', 'convex', 'concave', 'log-convex', 'root-convex'],
  (node, known, property) => node.op === 'sum' && every(node, (argument) => known.is(argument, property)),
);

const opposite: Partial<Record<Property, Property>> = {
  affine: 'affine',
  convex: 'concave',
  concave: 'convex',
};

/** c·u with c constant in q: the sign of c keeps or turns the curvature. */
function scaled(c: NodeId, u: NodeId, known: Known, property: Property): boolean {
  if (!known.is(c, 'constant')) return false;
  if (property === 'affine') return known.is(u, 'affine');
  if (nonNegative(c, known) && known.is(u, property)) return true;
  const turned = opposite[property];
  return turned !== undefined && nonPositive(c, known) && known.is(u, turned);
}

/** u², with √(u²) = |u| convex: u affine, or convex and ≥ 0, or concave and ≤ 0. */
const squareIsRootConvex = (u: NodeId, known: Known): boolean =>
  known.is(u, 'affine') ||
  (known.is(u, 'convex') && nonNegative(u, known)) ||
  (known.is(u, 'concave') && nonPositive(u, known));

function productHas(a: NodeId, b: NodeId, known: Known, property: Property): boolean {
  if (property !== 'log-convex' && property !== 'log-concave') {
    if (scaled(a, b, known, property) || scaled(b, a, known, property)) return true;
    return a === b && (property === 'convex' || property === 'root-convex') && squareIsRootConvex(a, known);
  }
  return known.is(a, property) && known.is(b, property);
}

const PRODUCT = propertyRule(
  'product',
  ['affine', 'convex', 'concave', 'log-convex', 'log-concave', 'root-convex'],
  (node, known, property) => node.op === 'product' && productHas(node.args[0], node.args[1], known, property),
);

const INNER_PRODUCT = propertyRule(
  'inner product',
  ['affine', 'convex', 'concave', 'root-convex', 'log-convex'],
  (node, known, property) => {
    if (node.op !== 'dot') return false;
    for (let k = 0; k < node.args.length; k += 2)
      if (!productHas(node.args[k]!, node.args[k + 1]!, known, property)) return false;
    return true;
  },
);

/** u^n, n ≥ 2. */
const POWER = propertyRule(
  'power',
  ['convex', 'concave', 'log-convex', 'log-concave', 'root-convex'],
  (node, known, property) => {
    if (node.op !== 'power') return false;
    const [u] = node.args;
    const even = node.exponent % 2 === 0;
    switch (property) {
      case 'log-convex':
      case 'log-concave':
        return known.is(u, property);
      case 'concave':
        return !even && known.is(u, 'concave') && nonPositive(u, known);
      default:
        return even ? squareIsRootConvex(u, known) : known.is(u, 'convex') && nonNegative(u, known);
    }
  },
);

const QUOTIENT = propertyRule(
  'quotient',
  ['affine', 'convex', 'concave', 'log-convex', 'log-concave', 'root-convex'],
  (node, known, property, { id }) => {
    if (node.op !== 'quotient' || known.range(id) === undefined) return false;
    const [a, b] = node.args;
    if (property === 'log-convex') return known.is(a, 'log-convex') && known.is(b, 'log-concave');
    if (property === 'log-concave') return known.is(a, 'log-concave') && known.is(b, 'log-convex');
    if (known.is(b, 'constant')) {
      if (property === 'affine') return known.is(a, 'affine');
      if (positive(b, known) && known.is(a, property)) return true;
      const turned = opposite[property];
      if (turned !== undefined && some(b, known, isNegative) && known.is(a, turned)) return true;
    }
    if (!(positive(b, known) && known.is(b, 'concave'))) return false;
    // r²/b with r ≥ 0 convex and b > 0 concave is convex; so is c/b with c ≥ 0, and c/b with c ≤ 0 is concave.
    if (property === 'convex')
      return known.is(a, 'root-convex') || (known.is(a, 'constant') && nonNegative(a, known));
    return property === 'concave' && known.is(a, 'constant') && nonPositive(a, known);
  },
);

/** exp, softplus, log Σ exp: increasing and convex, on all of R. */
const EXPONENTIAL = propertyRule(
  'exponential',
  ['convex', 'log-convex', 'log-concave'],
  (node, known, property) => {
    if (node.op === 'exp')
      return property === 'log-concave'
        ? known.is(node.args[0], 'concave')
        : known.is(node.args[0], 'convex');
    if (property !== 'convex') return false;
    return (node.op === 'softplus' || node.op === 'logsumexp') && every(node, (u) => known.is(u, 'convex'));
  },
);

const LOGARITHM = propertyRule('logarithm', ['convex', 'concave'], (node, known, property) => {
  if (node.op !== 'log') return false;
  const [u] = node.args;
  if (property === 'convex') return known.is(u, 'log-convex');
  return known.is(u, 'log-concave') || (known.is(u, 'concave') && positive(u, known));
});

const SQUARE_ROOT = propertyRule(
  'square root',
  ['convex', 'concave', 'log-convex', 'log-concave'],
  (node, known, property) => {
    if (node.op !== 'sqrt') return false;
    const [u] = node.args;
    if (property === 'convex') return known.is(u, 'root-convex');
    if (property === 'concave') return known.is(u, 'concave') && nonNegative(u, known);
    return known.is(u, property);
  },
);

/** tanh and sigmoid: increasing, convex on the left of 0, concave on the right; log sigmoid is concave. */
const SIGMOID = propertyRule('sigmoid', ['convex', 'concave', 'log-concave'], (node, known, property) => {
  if (node.op !== 'sigmoid' && node.op !== 'tanh') return false;
  const [u] = node.args;
  if (property === 'log-concave') return node.op === 'sigmoid' && known.is(u, 'concave');
  return known.is(u, property) && (property === 'convex' ? nonPositive : nonNegative)(u, known);
});

const KINK = propertyRule(
  'absolute value',
  ['affine', 'convex', 'concave', 'root-convex'],
  (node, known, property) => {
    if (node.op !== 'abs' && node.op !== 'relu') return false;
    const [u] = node.args;
    if (nonNegative(u, known) && known.is(u, property)) return true;
    if (node.op === 'relu') return property === 'convex' && known.is(u, 'convex');
    if (property === 'convex' && known.is(u, 'affine')) return true;
    const turned = opposite[property];
    return turned !== undefined && nonPositive(u, known) && known.is(u, turned);
  },
);

const EXTREMUM = propertyRule(
  'extremum',
  ['convex', 'concave', 'log-convex', 'log-concave', 'root-convex'],
  (node, known, property) => {
    if (node.op !== 'max' && node.op !== 'min') return false;
    const keeps = node.op === 'max' ? ['convex', 'log-convex', 'root-convex'] : ['concave', 'log-concave'];
    return keeps.includes(property) && every(node, (u) => known.is(u, property));
  },
);

const POSITIVE_CONSTANT = propertyRule(
  'positive constant',
  ['log-convex', 'log-concave', 'root-convex'],
  (_node, known, property, { id }) =>
    known.is(id, 'constant') && (property === 'root-convex' ? nonNegative : positive)(id, known),
);

/** log u is concave and u > 0 when u is concave and positive (log is concave and increasing). */
const POSITIVE_CONCAVE = propertyRule(
  'positive concave',
  ['log-concave'],
  (_node, known, _property, { id }) => known.is(id, 'concave') && positive(id, known),
);

/** 0 ≤ u ≤ 0: all of these hold of the zero function. */
const ZERO_FUNCTION = propertyRule(
  'zero',
  ['convex', 'concave', 'affine', 'root-convex'],
  (_node, known, _property, { id }) => some(id, known, isZero),
);

/** A range by interval arithmetic from the ranges of the arguments; the claimed one may be wider. */
const RANGE: Rule = {
  name: 'range',
  concludes: ['range'],
  accepts: ({ setting, node, claim, known }) => {
    if (typeof claim === 'string') return false;
    const claimed = parseRange(claim.range);
    const found = computedRange(setting, node, known);
    return claimed !== undefined && found !== undefined && contains(claimed, found);
  },
};

/** The intersection of what the premises say of the range of this node. */
const NARROWED: Rule = {
  name: 'narrowed range',
  concludes: ['range'],
  accepts: ({ id, claim, known }) => {
    if (typeof claim === 'string') return false;
    const claimed = parseRange(claim.range);
    const found = known.range(id);
    return claimed !== undefined && found !== undefined && contains(claimed, found);
  },
};

/** The range that the rule `range` derives; undefined when an argument has none or the node may be undefined. */
export function computedRange(setting: Setting, node: Node, known: Known): Range | undefined {
  if (node.op === 'variable')
    return node.group === setting.variables
      ? { lower: null, upper: null }
      : setting.range(node.group, node.index);
  const ranges = new Map<NodeId, Range>();
  for (const argument of argumentsOf(node)) {
    const range = known.range(argument);
    if (!range) return undefined;
    ranges.set(argument, range);
  }
  return rangeOf(node, (id) => ranges.get(id)!);
}

/** Curvature and ranges by the structure of the graph. */
export const CURVATURE_RULES: readonly Rule[] = [
  LEAF,
  CONSTANT,
  SINGLE_VALUE,
  ZERO_FUNCTION,
  POSITIVE_CONSTANT,
  SUM,
  PRODUCT,
  INNER_PRODUCT,
  POWER,
  QUOTIENT,
  EXPONENTIAL,
  LOGARITHM,
  SQUARE_ROOT,
  SIGMOID,
  KINK,
  EXTREMUM,
  POSITIVE_CONCAVE,
  RANGE,
  NARROWED,
];
