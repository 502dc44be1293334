import type { CheckContext } from '../check-context.ts';
import { exactLayers, preActivations } from './network-values.ts';

/**
 * Units of one hidden layer whose values near θ are h_k(x_i; θ′) = d_i z_k(x_i; θ′), with the same slopes d_i ∈ Q at every
 * sample for all units of the group and every θ′ in a ball around θ.
 */
export interface UnitGroup {
  readonly units: readonly number[];
  /** every d_i is 0 */
  readonly dead: boolean;
  /** every d_i is 1 */
  readonly identity: boolean;
}

/**
 * The groups of every hidden layer: identity units; relu, leaky-relu and abs units by the signs of their pre-activations,
 * none of which is 0. Other units are in no group. Exact; undefined for a model without layers. Throws Inexpressible.
 */
export function unitGroups(context: CheckContext): readonly (readonly UnitGroup[])[] | undefined {
  const { network } = context.instance.model;
  if (!network) return undefined;
  const values = exactLayers(context);
  return network.layers.slice(0, -1).map((layer, l) => {
    const z = preActivations(context, layer, values[l]!);
    const groups = new Map<string, number[]>();
    layer.activations.forEach(({ name, slope }, k) => {
      const signs = z.map((row) => row[k]!.sign);
      let pattern: string | undefined;
      if (name === 'identity') pattern = signs.map(() => '1').join();
      else if (signs.includes(0)) pattern = undefined;
      else if (name === 'relu') pattern = signs.map((sign) => (sign > 0 ? '1' : '0')).join();
      else if (name === 'abs') pattern = signs.join();
      else if (name === 'leaky-relu')
        // One layer writes one slope, so equal float64 slopes within it are equal slopes.
        pattern = signs.map((sign) => (sign > 0 ? '1' : `slope ${slope}`)).join();
      if (pattern !== undefined) groups.set(pattern, [...(groups.get(pattern) ?? []), k]);
    });
    return [...groups].map(([pattern, units]) => ({
      units,
      dead: pattern.split(',').every((slope) => slope === '0'),
      identity: pattern.split(',').every((slope) => slope === '1'),
    }));
  });
}
