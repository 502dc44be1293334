import type { Instance } from '../../instance/instance.ts';
import { basisDimension, type Numerics } from '../basis-dimension.ts';
import type { CheckContext } from '../check-context.ts';
import type { BasisReport, ObligationReport, ResultReport, Tier } from '../report.ts';
import { assumption1Obligation } from '../strategies/assumption-1.ts';
import { assumption2Obligation } from '../strategies/assumption-2.ts';
import { critical } from '../strategies/critical.ts';
import { differentiable } from '../strategies/differentiable.ts';
import { differentiableNearby } from '../strategies/differentiable-nearby.ts';
import { dimensions } from '../strategies/dimensions.ts';
import { localMinimum } from '../strategies/local-minimum.ts';
import { locallyLinear } from '../strategies/locally-linear.ts';
import { lossDifferentiable } from '../strategies/loss-differentiable.ts';
import { discharge, type Obligation } from '../strategy.ts';
import { lemma2 } from './lemma-2.ts';
import { lemma3 } from './lemma-3.ts';
import type { CheckableResult, SharedObligations } from './result.ts';
import { theorem1 } from './theorem-1.ts';
import { theorem2 } from './theorem-2.ts';
import { theorem3 } from './theorem-3.ts';
import { layersOf, theorem4 } from './theorem-4.ts';

/** The ids of the results that `check` knows, in the order of a report. */
export const checkableIds: readonly string[] = [
  'lemma-2',
  'theorem-1',
  'lemma-3',
  'theorem-2',
  'theorem-3',
  'theorem-4',
];

/** Every result that can be stated of an instance; Theorem 4 once for each t. */
export const resultsFor = (instance: Instance): readonly CheckableResult[] =>
  [lemma2, theorem1, lemma3, theorem2, theorem3, ...layersOf(instance).map(theorem4)].filter((result) =>
    result.appliesTo(instance),
  );

const obligations = new Map(
  [
    assumption1Obligation,
    assumption2Obligation,
    critical,
    differentiable,
    differentiableNearby,
    dimensions,
    localMinimum,
    lossDifferentiable,
  ].map((each) => [each.id, each]),
);

/** `locally-linear@2` is the obligation of Theorem 4 at t = 2; it reports itself as `locally-linear`. */
function obligationNamed(id: string): Obligation {
  const [name, t] = id.split('@');
  const found = name === 'locally-linear' ? locallyLinear(Number(t)) : obligations.get(id);
  if (!found) throw new RangeError(`there is no obligation ${id}`);
  return found;
}

/** Discharges each obligation at most once for an instance, whichever results ask for it. */
export function sharedObligations(
  context: CheckContext,
  weakest: Tier,
  numerics: () => Promise<Numerics>,
  onObligation?: (id: string, obligation: ObligationReport) => void,
): SharedObligations {
  let basis: Promise<BasisReport | undefined> | undefined;
  const known = new Map<string, Promise<ObligationReport>>();
  return {
    weakest,
    basis: () =>
      (basis ??= context.stages.during('dimension of the gradient basis', () =>
        basisDimension(context, numerics),
      )),
    discharge(id) {
      let answer = known.get(id);
      if (!answer) {
        answer = context.stages.during(id, async () => {
          const found = await discharge(context, obligationNamed(id), weakest);
          onObligation?.(id, found);
          return found;
        });
        known.set(id, answer);
      }
      return answer;
    },
  };
}

/** The ids of the results that can be stated of an instance, Theorem 4 once for each t. */
export const resultIdsFor = (instance: Instance): readonly string[] =>
  resultsFor(instance).map(({ id }) => id);

const SUBJECT: Readonly<Record<string, { readonly obligation: string; readonly about: string }>> = {
  'theorem-3': { obligation: 'dimensions', about: 'residual networks (4.1)' },
  'theorem-4': { obligation: 'locally-linear', about: 'feedforward networks without biases and skips (4.3)' },
};

/** The report of a result that was asked for by name and is not about this kind of model. */
export function outside(id: string, instance: Instance): ResultReport | undefined {
  const subject = SUBJECT[id];
  if (!subject || resultIdsFor(instance).includes(id)) return undefined;
  return {
    result: id,
    verdict: 'not-applicable',
    tier: 'symbolic',
    obligations: [
      {
        id: subject.obligation,
        status: 'fails',
        tier: 'symbolic',
        detail: `the result is about ${subject.about}, and this model is of type ${instance.model.kind}`,
        witness: { model: instance.model.kind },
        seconds: 0,
      },
    ],
    meaning: 'The result says nothing about a model of this kind.',
  };
}
