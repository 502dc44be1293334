import type { ParameterBlock } from '../../../src/models/model.ts';
import type { Network } from '../../../src/numeric/backend/backend.ts';
import { activation, type Bounded, dot, exactly, input, product, sum } from './bounded.ts';

interface Trace {
  /** h^(0) = x, h^(1), … */
  readonly h: readonly (readonly Bounded[])[];
  /** σ′(z^(1)), … */
  readonly slopes: readonly (readonly Bounded[])[];
}

/** Row i of a weight, or entry i of a bias. */
function row(values: readonly Bounded[], block: ParameterBlock, i: number): Bounded[] {
  const columns = block.shape.length > 1 ? block.shape[1]! : 1;
  return values.slice(block.offset + i * columns, block.offset + (i + 1) * columns);
}

/**
 * The simple method: one sample at a time, every Jacobian entry written down, in float64 with a bound on the error of a
 * float32 computation. jvp, vjp and Gram are products with that explicit Jacobian.
 */
export class Reference {
  readonly #network: Network;
  readonly #theta: Bounded[];
  readonly #samples: readonly (readonly Bounded[])[];
  readonly parameterCount: number;

  constructor(network: Network, theta: Float64Array, X: Float64Array) {
    const dx = network.layers[0]!.inputs;
    this.#network = network;
    this.#theta = Array.from(theta, input);
    this.#samples = Array.from({ length: X.length / dx }, (_, i) =>
      Array.from(X.subarray(i * dx, (i + 1) * dx), input),
    );
    this.parameterCount = theta.length;
  }

  forward(): Bounded[] {
    return this.#samples.flatMap((x) => this.#outputs(this.#trace(x)));
  }

  /** (m·dy) × parameterCount */
  jacobian(): Bounded[][] {
    return this.#samples.flatMap((x) => this.#jacobianRows(x));
  }

  /** J·direction by tangents, as rounding goes; the test compares its values with the explicit J */
  jvp(direction: Float64Array): Bounded[] {
    const d = Array.from(direction, input);
    const { layers, skips } = this.#network;
    return this.#samples.flatMap((x) => {
      const { h, slopes } = this.#trace(x);
      const dh: (readonly Bounded[])[] = [x.map(() => exactly(0))];
      layers.forEach(({ units, weight, bias }, l) => {
        const tangents = Array.from({ length: units }, (_, i) => {
          let dz = sum(dot(row(d, weight, i), h[l]!), dot(row(this.#theta, weight, i), dh[l]!));
          if (bias) dz = sum(dz, d[bias.offset + i]!);
          return product(dz, slopes[l]![i]!);
        });
        dh.push(tangents);
      });
      return dh
        .at(-1)!
        .map((df, j) =>
          [...skips].reduce(
            (total, [l, block]) =>
              sum(total, sum(dot(row(d, block, j), h[l]!), dot(row(this.#theta, block, j), dh[l]!))),
            df,
          ),
        );
    });
  }

  /**
   * Jᵀ·cotangent through the explicit J: its bound covers one sweep with the cotangent as seed, by the triangle
   * inequality at every layer.
   */
  vjp(cotangent: Float64Array): Bounded[] {
    const c = Array.from(cotangent, input);
    const J = this.jacobian();
    return Array.from({ length: this.parameterCount }, (_, k) =>
      dot(
        c,
        J.map((entries) => entries[k]!),
      ),
    );
  }

  /**
   * JJᵀ through the explicit J. The Kronecker form sums the same products; a term passes d_l + d_{l−1} additions, a
   * product and one addition per layer, so zeros are appended to make the bound's n at least that.
   */
  gram(trainable: readonly ParameterBlock[]): Bounded[] {
    const columns = trainable.flatMap(({ offset, length }) => Array.from({ length }, (_, k) => offset + k));
    const zeros = new Array<Bounded>(this.#network.layers.length + 5).fill(exactly(0));
    const J = this.jacobian().map((entries) => [...columns.map((k) => entries[k]!), ...zeros]);
    return J.flatMap((left) => J.map((right) => dot(left, right)));
  }

  #trace(x: readonly Bounded[]): Trace {
    const h: (readonly Bounded[])[] = [x];
    const slopes: (readonly Bounded[])[] = [];
    for (const { units, activations, weight, bias } of this.#network.layers) {
      const values = Array.from({ length: units }, (_, i) => {
        const z = dot(row(this.#theta, weight, i), h.at(-1)!);
        return activation(activations[i]!, bias ? sum(z, row(this.#theta, bias, i)[0]!) : z);
      });
      h.push(values.map(([value]) => value));
      slopes.push(values.map(([, slope]) => slope));
    }
    return { h, slopes };
  }

  #outputs({ h }: Trace): Bounded[] {
    return h
      .at(-1)!
      .map((value, j) =>
        [...this.#network.skips].reduce(
          (total, [l, block]) => sum(total, dot(row(this.#theta, block, j), h[l]!)),
          value,
        ),
      );
  }

  #jacobianRows(x: readonly Bounded[]): Bounded[][] {
    const { h, slopes } = this.#trace(x);
    const { layers, skips } = this.#network;
    const L = layers.length;
    return Array.from({ length: layers[L - 1]!.units }, (_, j) => {
      const entries = new Array<Bounded>(this.parameterCount).fill(exactly(0));
      for (const [l, { offset }] of skips)
        h[l]!.forEach((value, k) => {
          entries[offset + j * h[l]!.length + k] = value;
        });
      let delta: Bounded[] = [];
      for (let l = L; l >= 1; l--) {
        const { units, weight, bias, inputs } = layers[l - 1]!;
        const above = layers[l];
        const skip = skips.get(l);
        delta = Array.from({ length: units }, (_, k) => {
          let d = above
            ? dot(
                delta,
                Array.from({ length: above.units }, (_, i) => row(this.#theta, above.weight, i)[k]!),
              )
            : exactly(j === k ? 1 : 0);
          if (skip) d = sum(d, row(this.#theta, skip, j)[k]!);
          return product(d, slopes[l - 1]![k]!);
        });
        delta.forEach((d, k) => {
          h[l - 1]!.forEach((value, i) => {
            entries[weight.offset + k * inputs + i] = product(d, value);
          });
          if (bias) entries[bias.offset + k] = d;
        });
      }
      return entries;
    });
  }
}

/**
 * The largest ratio of error to bound over all entries: at most 1 when `computed` is a float32 computation of `expected`.
 * Infinite for a wrong length or an entry that is not a number.
 */
export function errorRatio(computed: ArrayLike<number>, expected: readonly Bounded[]): number {
  if (computed.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  expected.forEach(({ v, e }, i) => {
    const error = Math.abs(computed[i]! - v);
    const ratio = error === 0 ? 0 : error / e;
    worst = ratio <= worst ? worst : Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
  });
  return worst;
}
