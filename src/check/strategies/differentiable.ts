import { boundText } from '../../arithmetic/decimal.ts';
import { intervalArithmetic } from '../../certified/interval.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Rational } from '../../kernel/rational.ts';
import { differentiability, type KinkWitness } from '../../symbolic/directional.ts';
import { ancestors, dependsOn } from '../../symbolic/evaluate.ts';
import { argumentsOf } from '../../symbolic/graph.ts';
import type { CheckContext } from '../check-context.ts';
import { whereDefined } from '../defined.ts';
import { parameterName } from '../gradient.ts';
import { embed, type KinkMargin, thetaIn } from '../point.ts';
import type { Obligation, Strategy } from '../strategy.ts';

const DELICATE = new Set(['relu', 'abs', 'max', 'min', 'sqrt', 'log']);
const ANALYTIC = new Set(['exp', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'logsumexp']);

/** No kink, root, logarithm or quotient in θ at all. */
const smooth: Strategy = {
  name: 'smooth by construction',
  tier: 'symbolic',
  run({ problem: { graph } }) {
    const varies = dependsOn(graph, 'theta');
    const used = ancestors(graph, graph.outputs);
    const kinds = new Set<string>();
    for (const [id, node] of graph.nodes.entries()) {
      if (!used[id] || !varies[id]) continue;
      if (DELICATE.has(node.op)) return { declined: `f has ${node.op} of an expression in θ` };
      if (node.op === 'quotient' && varies[argumentsOf(node)[1]!])
        return { declined: 'f has a quotient by an expression in θ' };
      if (ANALYTIC.has(node.op)) kinds.add(node.op);
    }
    const detail =
      kinds.size > 0 ? `analytic in θ: polynomials and ${[...kinds].sort().join(', ')}` : 'polynomial in θ';
    return {
      status: 'holds',
      tier: 'symbolic',
      detail,
      certificate: { kind: 'smooth', operations: [...kinds].sort() },
    };
  },
};

/** Every argument of a kink is a known non-zero rational. */
const awayFromKinks: Strategy = {
  name: 'exact distance from kinks',
  tier: 'exact',
  run(context) {
    if (!context.exact) return { declined: 'the instance is too large for exact arithmetic' };
    if (context.place().kind !== 'given') return { declined: 'θ* is known by an enclosure only' };
    const found = context.exact.margins();
    const broken = found.filter(({ margin }) => !satisfied(margin, margin.argument.sign));
    if (broken.length > 0)
      return { declined: `${broken.length} of ${found.length} arguments of kinks are 0` };
    const least = found.reduce<Rational | undefined>((best, { margin }) => {
      const size = margin.argument.abs();
      return best === undefined || size.cmp(best) < 0 ? size : best;
    }, undefined);
    if (!least) return { status: 'holds', tier: 'exact', detail: noKink };
    return {
      status: 'holds',
      tier: 'exact',
      detail: `no kink is met: the ${found.length} arguments of ${operations(found)} stay at least ${least} from 0`,
      figures: { margin: { exact: `${least}` } },
    };
  },
};

/** At a kink, the exact Bouligand calculus: f is differentiable iff its one-sided directional derivative is linear. */
const atKinks: Strategy = {
  name: 'one-sided derivatives at kinks',
  tier: 'exact',
  run(context) {
    const { instance, problem } = context;
    if (!context.exact) return { declined: 'the instance is too large for exact arithmetic' };
    if (context.place().kind !== 'given') return { declined: 'θ* is known by an enclosure only' };
    const dx = instance.model.inputs;
    const theta = thetaIn(rationalArithmetic, instance);
    const fixed = embed(rationalArithmetic, instance.parameters);
    for (let i = 0; i < instance.m; i++) {
      context.deadline.check();
      const x = embed(rationalArithmetic, instance.inputs, i * dx, dx);
      const answer = differentiability(problem.graph, rationalArithmetic, { x, theta, fixed }, 'theta');
      if (answer.kind === 'undecided') return { declined: `sample ${i}: ${answer.reason}` };
      if (answer.kind === 'not') {
        const { direction } = answer.witness;
        return {
          status: 'fails',
          tier: 'exact',
          detail: `f(x; θ) has a kink at θ for sample ${i}: the one-sided slopes along ±(${described(context, direction)}) do not match`,
          witness: { sample: i, ...plain(answer.witness) },
        };
      }
    }
    return {
      status: 'holds',
      tier: 'exact',
      detail:
        'θ lies on kinks of single terms, but they cancel: every one-sided derivative of f is linear in the direction',
    };
  },
};

/** Interval signs of every argument, over the box of which the report speaks. */
const certainSigns: Strategy = {
  name: 'certified distance from kinks',
  tier: 'certified',
  run(context) {
    const found = context.place().point.margins();
    let least = Number.POSITIVE_INFINITY;
    for (const { sample, margin } of found) {
      const { lo, hi } = margin.argument;
      if (!satisfied(margin, intervalArithmetic.sign(margin.argument) ?? 0)) {
        return {
          status: 'undecided',
          tier: 'certified',
          detail: `sample ${sample}: the argument of ${margin.op} lies in [${lo}, ${hi}], too close to 0 to tell`,
        };
      }
      least = Math.min(least, Math.abs(lo), Math.abs(hi));
    }
    if (found.length === 0) return { status: 'holds', tier: 'certified', detail: noKink };
    return {
      status: 'holds',
      tier: 'certified',
      detail: `no kink is met: the ${found.length} arguments of ${operations(found)} stay at least ${boundText(least, 'down')} from 0`,
      figures: { margin: { lower: least } },
    };
  },
};

const noKink = 'no kink depends on θ at these data';

const satisfied = (margin: KinkMargin<unknown>, sign: -1 | 0 | 1): boolean =>
  margin.needs === 'positive' ? sign === 1 : sign !== 0;

const operations = (found: readonly { readonly margin: KinkMargin<unknown> }[]): string =>
  [...new Set(found.map(({ margin }) => margin.op))].sort().join(', ');

/** A direction in θ, by the names of its entries. */
export const described = (context: CheckContext, direction: readonly Rational[]): string =>
  direction
    .flatMap((entry, k) => (entry.isZero ? [] : [`${parameterName(context, k)}: ${entry}`]))
    .slice(0, 6)
    .join(', ');

/** Rationals as text, so that a witness is plain JSON. */
const plain = (witness: KinkWitness<Rational>): Record<string, unknown> => ({
  output: witness.output,
  direction: witness.direction.map(String),
  forward: String(witness.forward),
  backward: String(witness.backward),
});

export const differentiable: Obligation = {
  id: 'differentiable',
  strategies: [smooth, awayFromKinks, atKinks, certainSigns].map(whereDefined),
};
