import { Rational } from '../../kernel/rational.ts';
import { orbitPoint } from '../structure/flows.ts';
import { symmetries } from '../structure/symmetries.ts';
import { squaredNorm } from './directions.ts';
import type { FibreSearch } from './search.ts';

const MOST_OFFERED = 6;
const HALVINGS = 40;

/**
 * Rational points on the orbits of the symmetries. They lie in V[θ, ε], and enlarge nothing: f_X(gθ′) = f_X(θ′) for all θ′
 * near θ gives J(gθ)·g = J(θ), so range J is the same along the orbit. A few are offered, to be counted.
 */
export function orbitPoints(search: FibreSearch): void {
  const { context, epsilon } = search;
  const { instance } = context;
  let offered = 0;
  for (const symmetry of symmetries(context)) {
    if (search.done || offered >= MOST_OFFERED) return;
    let s = epsilon.cmp(Rational.one) < 0 ? epsilon : new Rational(1n, 2n);
    for (let k = 0; k < HALVINGS; k++) {
      const orbit = orbitPoint(context, symmetry, s);
      if (!orbit) break;
      const v = Array.from(instance.trainableIndices, (index) =>
        orbit[index]!.sub(instance.parameters.rational(index)).div(epsilon),
      );
      if (squaredNorm(v).cmp(Rational.one) <= 0) {
        offered++;
        search.offer({ kind: 'symmetry', v });
        break;
      }
      s = s.div(Rational.integer(2));
    }
  }
}
