import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import type { CheckContext } from '../check-context.ts';

/**
 * Whether interval evaluation shows every argument of a kink to keep its sign on the box centre ± radius, and so on the
 * ball of that radius: then f is differentiable there, with the same pieces everywhere. Throws Inexpressible.
 */
export function keepsSigns(context: CheckContext, centre: readonly Interval[], radius: number): boolean {
  const box = centre.map((entry) => intervalArithmetic.add(entry, { lo: -radius, hi: radius }));
  return context
    .over(intervalArithmetic, box, 'a ball around θ')
    .margins()
    .every(({ margin }) => {
      const sign = intervalArithmetic.sign(margin.argument);
      return margin.needs === 'positive' ? sign === 1 : sign === 1 || sign === -1;
    });
}
