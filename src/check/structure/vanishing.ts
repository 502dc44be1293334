import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { exactLayers, preActivations } from './network-values.ts';

/**
 * Whether h^(l)(x_i; θ′) = 0 for all θ′ in a ball around θ (l = 0: the inputs), for a network without biases in which every
 * weight is trainable: `true` by x_i = 0 and σ(0) = 0 below, or by relu units that are all dead; `false` where h^(l)(x_i; θ)
 * is not 0, so that every pre-activation of layer l + 1 that is 0 there takes both signs near θ; else undefined.
 */
export function vanishing(context: CheckContext): (l: number, i: number) => boolean | undefined {
  const { network } = context.instance.model;
  const values = network && context.exact && expressed(() => exactLayers(context));
  if (!network || !values) return () => undefined;
  const known = new Map<string, boolean | undefined>();
  const vanishes = (l: number, i: number): boolean | undefined => {
    const key = `${l} ${i}`;
    if (!known.has(key)) known.set(key, decide(l, i));
    return known.get(key);
  };
  const decide = (l: number, i: number): boolean | undefined => {
    if (values[l]![i]!.some((entry) => !entry.isZero)) return false;
    if (l === 0) return true;
    const layer = network.layers[l - 1]!;
    if (vanishes(l - 1, i) === true) return layer.activations.every((each) => each.value(0) === 0);
    const z = preActivations(context, layer, [values[l - 1]![i]!])[0]!;
    return layer.activations.every(({ name }, k) => name === 'relu' && z[k]!.sign < 0) ? true : undefined;
  };
  return vanishes;
}
