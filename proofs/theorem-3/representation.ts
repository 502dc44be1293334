import { apply, eq, forall, fun, imp, not, Vec, vec } from '../../src/kernel/build.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { W } from '../../theorems/residual.ts';
import { Assumption2, inΩ } from '../../theorems/setting.ts';
import type { Derivation } from '../support/derivation.ts';
import { classical, linearly, logic, witness } from '../support/tactics.ts';
import { entrywise } from '../support/vectors.ts';
import type { Network } from './network.ts';

/** T3.1: Assumption 2 holds with g(θ) := (W, 0, 0). */
export function representation(p: Derivation, network: Network, derivativeW: Theorem): Theorem {
  const { D, alongW, at, c, derivative, i, net, slopeW, smoothAt } = network;
  const { dy } = net;
  const { dθ, f } = D;
  const outside = p.suppose('T3.1a', not(inΩ(D, at)), 'Let θ′ ∉ Ω.');
  const smoothOutside = p.step(
    'T3.1b',
    smoothAt(at),
    classical,
    [outside],
    'Every f_i is differentiable at θ′.',
    'section 3.1',
  );
  const alongOwnWeight = p.step(
    'T3.1c',
    forall([c], eq(derivative(i, at, alongW(W(net, at)), c), apply(slopeW(i, at, W(net, at)), c))),
    logic,
    [derivativeW, smoothOutside],
    'Take B := W(θ′).',
    'A.4',
  );
  const ownWeight = p.step(
    'T3.1d',
    eq(
      apply(f, i, at),
      vec('c', dy, (e) => derivative(i, at, alongW(W(net, at)), e)),
    ),
    entrywise(linearly(-1), true),
    [alongOwnWeight],
    'That derivative is W (x_i + R z_i) = f_i(θ′).',
    'A.4',
  );
  const represented = p.step(
    'T3.1e',
    forall(
      [i, at],
      imp(
        not(inΩ(D, at)),
        eq(
          apply(f, i, at),
          vec('c', dy, (e) => derivative(i, at, alongW(W(net, at)), e)),
        ),
      ),
    ),
    p.introducing(i, at),
    [ownWeight],
    'i and θ′ were arbitrary.',
  );
  return p.step(
    'T3.1',
    Assumption2(D),
    witness(fun('θ', Vec(dθ), (point) => alongW(W(net, point)))),
    [represented],
    'So Assumption 2 holds with g(θ) := (W, 0, 0).',
    'A.4',
  );
}
