import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { exactLayers, preActivations } from './network-values.ts';

/** J^(l) for l = t+1, …, H (0-based units), largest first choice at every layer; J^(H+1) is all outputs. */
export interface LocallyLinear {
  readonly t: number;
  readonly sets: readonly { readonly layer: number; readonly units: readonly number[] }[];
}

export type LinearStructure =
  | { readonly kind: 'holds'; readonly structure: LocallyLinear }
  /** layer l has fewer than dy units in the largest J^(l) */
  | { readonly kind: 'fails'; readonly layer: number; readonly units: readonly number[] }
  | { readonly kind: 'undecided'; readonly reason: string };

type UnitKind = 'linear' | 'nonlinear' | 'unknown';

/**
 * Whether θ ∈ Θ_{dy,t} (4.2.3), by the largest structure: J^(H) is every unit that equals its pre-activation on a ball
 * around θ (identity; relu, leaky-relu and abs whose pre-activations are all positive), and downwards J^(l) are those units
 * of layer l that feed no unit outside J^(l+1). Enlarging J^(l+1) only relaxes condition 3 on J^(l), so no other choice has
 * a larger J^(l). Needs a network without biases and with every parameter trainable. Throws Inexpressible.
 */
export function linearStructure(context: CheckContext, t: number): LinearStructure {
  const { instance } = context;
  const { network } = instance.model;
  if (!network || network.skips.size > 0)
    return { kind: 'undecided', reason: 'the model is no feedforward network (4.3)' };
  if (network.layers.some(({ bias }) => bias)) return { kind: 'undecided', reason: '(4.3) has no biases' };
  if (instance.trainableIndices.length < instance.parameters.length) {
    return { kind: 'undecided', reason: 'in Theorem 4 every weight is a parameter' };
  }
  const dy = instance.model.outputs;
  const { layers } = network;
  const H = layers.length - 1;
  const values = exactLayers(context);
  const sets: { layer: number; units: number[] }[] = [];
  let above: ReadonlySet<number> | undefined;
  let uncertain = false;
  for (let l = H; l >= t + 1; l--) {
    const kinds = unitKinds(context, l, values);
    uncertain ||= kinds.includes('unknown');
    const next = layers[l]!; // W^(l+1)
    const feedsOutside = (k: number): boolean =>
      above !== undefined &&
      Array.from({ length: next.units }, (_, i) => i).some(
        (i) =>
          !above!.has(i) && !instance.parameters.rational(next.weight.offset + i * next.inputs + k).isZero,
      );
    const units = kinds.flatMap((kind, k) => (kind === 'linear' && (l === H || !feedsOutside(k)) ? [k] : []));
    if (units.length < dy) {
      // A unit left out above may belong there, and then more units of this layer would qualify.
      if (uncertain)
        return {
          kind: 'undecided',
          reason: `layer ${l} or one above it has units on a kink, or of which nothing is known`,
        };
      return { kind: 'fails', layer: l, units };
    }
    sets.unshift({ layer: l, units });
    above = new Set(units);
  }
  return { kind: 'holds', structure: { t, sets } };
}

function unitKinds(
  context: CheckContext,
  l: number,
  values: readonly (readonly (readonly Rational[])[])[],
): UnitKind[] {
  const layer = context.instance.model.network!.layers[l - 1]!;
  const z = preActivations(context, layer, values[l - 1]!);
  return layer.activations.map(({ name, slope }, k): UnitKind => {
    if (name === 'identity') return 'linear';
    const signs = z.map((row) => row[k]!.sign);
    if (name === 'relu' || name === 'leaky-relu' || name === 'abs') {
      if (signs.every((sign) => sign > 0)) return 'linear';
      // Only the slope's float64 is known here: one that rounds to 1 may be the identity.
      if (name === 'leaky-relu' && slope === 1) return 'unknown';
      return signs.some((sign) => sign < 0) ? 'nonlinear' : 'unknown';
    }
    // σ(z) = z on a ball would need z constant there; that needs layers below that vanish.
    return signs.some((sign) => sign !== 0) ? 'nonlinear' : 'unknown';
  });
}
