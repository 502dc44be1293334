import type { Obligation, Strategy } from '../strategy.ts';
import { linearStructure } from '../structure/linear-units.ts';

/** θ ∈ Θ_{dy,t} of section 4.2.3, for one t. */
export const locallyLinear = (t: number): Obligation => {
  const largest: Strategy = {
    name: 'largest linear structure',
    tier: 'exact',
    run(context) {
      const found = linearStructure(context, t);
      if (found.kind === 'undecided') return { declined: found.reason };
      const dy = context.instance.model.outputs;
      if (found.kind === 'fails') {
        return {
          status: 'fails',
          tier: found.tier,
          detail: `the largest J^(${found.layer}) has ${found.units.length} units, fewer than dy = ${dy}`,
          witness: { layer: found.layer, units: found.units },
        };
      }
      const { sets } = found.structure;
      const shown = sets
        .map(({ layer, units }) => `J^(${layer}) = {${units.map((k) => k + 1).join(', ')}}`)
        .join(', ');
      return {
        status: 'holds',
        tier: found.tier,
        detail: sets.length === 0 ? 'no layer above t: nothing is asked' : shown,
        certificate: { kind: 'locally-linear', sets },
      };
    },
  };
  return { id: 'locally-linear', strategies: [largest] };
};
