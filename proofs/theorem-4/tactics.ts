/** Tactics for the layers of a network (untrusted). */
import { eq, lambda, sub, type Term } from '../../src/kernel/build.ts';
import { apply, fresh } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import {
  abstracted,
  argsOf,
  as,
  cases,
  chain,
  combination,
  congruent,
  generalise,
  instance,
  sym,
} from '../support/derived.ts';
import type { Tactic } from '../support/step.ts';
import { supplied } from '../support/supply.ts';
import { byCases, tactic } from '../support/tactics.ts';
import { at, h, i, next, off, pre, preactivation, unit, v, zeroOrOne, θ, σ } from './network.ts';

/** h_{n+1}(v) = h_{n+1}(v') from the layer equation and equal preactivations. */
export const viaLayer = (n: Term, v: Term, other: Term): Tactic =>
  tactic('equation of the layer', 2, (_, [layer, sums, ...rest]) => {
    const a = unit(n);
    const inner = abstracted(a, instance(sums!, i, a));
    const z = fresh('z', inner.conclusion.args[0]!.sort);
    return chain(
      supplied(layer!, [n, i, v], rest),
      congruent(
        lambda(z, at(σ, next(n), z)),
        as(inner, eq(preactivation(n, i, v), preactivation(n, i, other)), []),
      ),
      sym(supplied(layer!, [n, i, other], rest)),
    );
  });

/** (1 − ψ)h_{l+1} is the same at v and θ when (1 − ψ)W_l h_l is: outside J by coordinatewise σ, inside J both sides are 0. */
export const outsideBySeparation = (l: Term): Tactic =>
  byCases(
    zeroOrOne(l, unit(l)),
    tactic('σ acts coordinatewise', 4, (goal, [sums, layer, separate, sets, ...rest]) => {
      const a = unit(l);
      const sameSum = instance(sums!, i, a);
      const [left, right] = argsOf(apply(apply2(goal, i), a), 'eq') as [Term, Term];
      const value = (point: Term) => at(h, next(l), i, point, a);
      const th = cases(
        supplied(sets!, [l, a], rest),
        (zero) => {
          const difference = sub(pre(l, i, v, a), pre(l, i, θ, a));
          const equal = combination(eq(pre(l, i, v, a), pre(l, i, θ, a)), [sameSum, [difference, zero]], []);
          const image = supplied(
            separate!,
            [l, preactivation(l, i, v), preactivation(l, i, θ), a],
            [...rest, equal],
          );
          const atPoint = (point: Term): Theorem => {
            const e = supplied(layer!, [l, i, point], rest);
            const z = fresh('z', e.conclusion.args[0]!.sort);
            return congruent(lambda(z, apply(z, a)), e);
          };
          const same = chain(atPoint(v), image, sym(atPoint(θ)));
          return combination(eq(left, right), [[off(l, a), same]], []);
        },
        (one) => combination(eq(left, right), [[sub(value(θ), value(v)), one]], []),
      );
      return generalise(th, i, a);
    }),
  );
const apply2 = (goal: Term, x: Term): Term => argsOf(apply(argsOf(goal, 'forall')[0]!, x), 'forall')[0]!;
