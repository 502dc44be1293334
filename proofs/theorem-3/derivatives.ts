import { add, apply, eq, forall, imp, lt, mul, real } from '../../src/kernel/build.ts';
import type { Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { moved } from '../../theorems/setting.ts';
import type { Derivation } from '../support/derivation.ts';
import { byAxiom, fixing, linearly, ring } from '../support/tactics.ts';
import type { Network } from './network.ts';

/** T3.4: the derivatives of f along (B, 0, 0) and (0, C, 0), at every point where f is differentiable. */
export function derivatives(
  p: Derivation,
  network: Network,
): { readonly inW: Theorem; readonly inR: Theorem } {
  const { B, C, alongR, alongW, at, c, derivative, i, slopeR, slopeW, smoothAt, t, net, D } = network;
  const { dy } = net;
  const { dθ, f } = D;
  const affine = (point: Term, δ: Term, slope: Term) =>
    eq(apply(f, i, moved(point, t, δ), c), add(apply(f, i, point, c), mul(t, apply(slope, c))));
  const lineW = p.step(
    'T3.4a',
    forall([i, at, B, t, c], affine(at, alongW(B), slopeW(i, at, B))),
    fixing([i, at, B, t, c], ring),
    [],
    'f_i is affine on lines that move W only.',
    'A.4',
  );
  const lineR = p.step(
    'T3.4b',
    forall([i, at, C, t, c], affine(at, alongR(C), slopeR(i, at, C))),
    fixing([i, at, C, t, c], ring),
    [],
    'It is affine on lines that move R only.',
    'A.4',
  );
  const unit = p.step('T3.4c', lt(0, 1), linearly(), [], 'Let |t| < 1 on these lines.');
  const derivativeW = p.step(
    'T3.4d',
    forall(
      [i, at, B],
      imp(smoothAt(at), forall([c], eq(derivative(i, at, alongW(B), c), apply(slopeW(i, at, B), c)))),
    ),
    fixing([i, at, B], byAxiom('DIRDERIV', dθ, dy, apply(f, i), at, alongW(B), slopeW(i, at, B), real(1))),
    [lineW, unit],
    'The derivative of f_i along (B, 0, 0) is B (x_i + R z_i).',
    'A.4',
  );
  const derivativeR = p.step(
    'T3.4e',
    forall(
      [i, at, C],
      imp(smoothAt(at), forall([c], eq(derivative(i, at, alongR(C), c), apply(slopeR(i, at, C), c)))),
    ),
    fixing([i, at, C], byAxiom('DIRDERIV', dθ, dy, apply(f, i), at, alongR(C), slopeR(i, at, C), real(1))),
    [lineR, unit],
    'The derivative of f_i along (0, C, 0) is W C z_i.',
    'A.4',
  );
  return { inW: derivativeW, inR: derivativeR };
}
