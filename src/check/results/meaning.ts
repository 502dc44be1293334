import { boundText } from '../../arithmetic/decimal.ts';
import type { CheckContext } from '../check-context.ts';
import type { ResultReport } from '../report.ts';

const FAILURE: Readonly<Record<string, string>> = {
  'assumption-1': 'the loss is not convex and differentiable (Assumption 1)',
  'assumption-2': 'f is no combination of its own partial derivatives (Assumption 2)',
  differentiable: 'f is not differentiable at θ',
  critical: 'θ is not a critical point',
};

const QUESTION: Readonly<Record<string, string>> = {
  'assumption-1': 'whether the loss is convex and differentiable',
  'assumption-2': 'whether f is a combination of its own partial derivatives',
  differentiable: 'whether f is differentiable at θ',
  critical: 'whether θ is critical',
};

/** What follows from the check of Theorem 1, in words. */
export function meaningOfTheorem1(context: CheckContext, result: ResultReport): string {
  const place = context.place();
  // On an orbit of symmetries, or where a target is fitted exactly, there are others beside it.
  const one = place.kind === 'enclosed' && place.by === 'krawczyk' && !place.gauge ? 'the' : 'a';
  const at =
    place.kind === 'enclosed'
      ? `${one} critical point θ* that lies within ${boundText(place.radius, 'up')} of the given parameters`
      : 'this point';
  switch (result.verdict) {
    case 'holds':
      return `No combination of the partial derivatives of the model at ${at} fits the data better than the model itself: L is the global minimum of the gradient basis model, attained at α = g(θ).${richness(result, place.kind === 'enclosed')}`;
    case 'not-applicable': {
      const failing = result.obligations
        .filter(({ id, status }) => id !== 'conclusion' && status === 'fails')
        .map(({ id }) => FAILURE[id] ?? `${id} fails`);
      return `Theorem 1 says nothing here: ${list(failing)}.${robustly(result)}`;
    }
    case 'undecided': {
      const open = result.obligations
        .filter(({ id, status }) => id !== 'conclusion' && status === 'undecided')
        .map(({ id }) => QUESTION[id] ?? `whether ${id} holds`);
      return `Theorem 1 is not established at ${at}: ${list(open.length > 0 ? open : ['whether its conclusion holds'])} could not be decided.${robustly(result)}`;
    }
    case 'contradiction':
      return 'Every hypothesis holds and the conclusion fails: a bug in everymin or in the paper; please report it.';
  }
}

/** How much the statement says: the gradient basis may be nearly empty, or everything. It is that of the given θ. */
function richness({ basis }: ResultReport, enclosed: boolean): string {
  if (!basis) return '';
  const { dimension, of, tier } = basis;
  const how = tier === 'numeric' ? ' (numerically)' : '';
  if (enclosed)
    return ` At the given parameters the gradient basis spans ${dimension} of ${of} dimensions${how}.`;
  if (dimension === 0)
    return ' All partial derivatives of f vanish here, so the gradient basis is {0}: true, and nearly empty.';
  if (dimension === of)
    return ` The gradient basis spans all of R^${of}${how}: the model fits these data as well as any function could.`;
  return ` The gradient basis spans ${dimension} of ${of} dimensions${how}.`;
}

function robustly(result: ResultReport): string {
  const bound = result.gap?.bound;
  return bound === null || bound === undefined
    ? ''
    : ` At this gradient L(θ) is within ${boundText(bound, 'up')} of the global minimum of the gradient basis model (robust form).`;
}

const list = (names: readonly string[]): string =>
  names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
