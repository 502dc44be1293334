import { argumentsOf, type Node, type NodeId } from '../graph.ts';
import type { Known } from './claim.ts';
import { isNonNegative, isNonPositive, isPositive, isZero } from './range.ts';
import { propertyRule, type Rule, some } from './rule.ts';

/** The chain rule: compositions of functions that are smooth on an open set which contains the range of the argument. */
const CHAIN = propertyRule('chain rule', ['smooth', 'differentiable'], (node, known, property, { id }) => {
  if (argumentsOf(node).length === 0) return false;
  const holds = (argument: NodeId) => known.is(argument, property);
  if (!argumentsOf(node).every(holds)) return false;
  switch (node.op) {
    case 'quotient':
    case 'log':
      // Any claim about this node includes that it is defined, so that the argument stays off 0 (or above 0).
      return known.range(id) !== undefined;
    case 'sqrt':
      return some(node.args[0], known, isPositive);
    case 'abs':
    case 'relu':
      return some(node.args[0], known, (range) => isNonNegative(range) || isNonPositive(range));
    case 'max':
    case 'min':
      return node.args[0] === node.args[1];
    default:
      return true;
  }
});

/** u when the node is relu(u), |u|, max(0, u) or min(0, u); these are 0 where u is, and have kinks only there. */
function kinkBase(node: Node, known: Known): NodeId | undefined {
  if (node.op === 'relu' || node.op === 'abs') return node.args[0];
  if (node.op !== 'max' && node.op !== 'min') return undefined;
  const [a, b] = node.args;
  if (some(a, known, isZero)) return b;
  return some(b, known, isZero) ? a : undefined;
}

/**
 * relu(u), |u|, products and powers: if u has kinks at its zeros only (and is O(|h|) there) then so have these; in a
 * product the factor that is differentiable at a point multiplies one that is differentiable or O(|h|) there.
 */
const KINKS_AT_ZEROS = propertyRule('kinks at zeros', ['kinks-at-zeros'], (node, known) => {
  const holds = (id: NodeId) => known.is(id, 'kinks-at-zeros');
  const base = kinkBase(node, known);
  if (base !== undefined) return holds(base);
  return (node.op === 'power' || node.op === 'product') && argumentsOf(node).every(holds);
});

/** u·v differentiable: both are, or both are u, relu(u), |u| … of one u, so that kinks meet zeros of second order. */
function differentiableProduct(a: NodeId, b: NodeId, known: Known, nodes: readonly Node[]): boolean {
  if (known.is(a, 'differentiable') && known.is(b, 'differentiable')) return true;
  const bases = (id: NodeId): NodeId[] => {
    const base = kinkBase(nodes[id]!, known);
    return base === undefined ? [id] : [id, base];
  };
  return bases(a).some((base) => bases(b).includes(base) && known.is(base, 'kinks-at-zeros'));
}

const KINKS_CANCEL = propertyRule(
  'kinks cancel',
  ['differentiable'],
  (node, known, _property, { setting }) => {
    if (node.op === 'power') return known.is(node.args[0], 'kinks-at-zeros');
    if (node.op !== 'product' && node.op !== 'dot') return false;
    for (let k = 0; k < node.args.length; k += 2)
      if (!differentiableProduct(node.args[k]!, node.args[k + 1]!, known, setting.graph.nodes)) return false;
    return true;
  },
);

/** Differentiability by the structure of the graph. */
export const SMOOTHNESS_RULES: readonly Rule[] = [CHAIN, KINKS_AT_ZEROS, KINKS_CANCEL];
