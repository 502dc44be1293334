/** Steps that several proofs about V[θ, ε] share (untrusted). */
import { le, zeroVec } from '../../src/kernel/build.ts';
import { norm } from '../../src/kernel/notions.ts';
import type { Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { type Data, inV } from '../../theorems/setting.ts';
import type { Derivation } from './derivation.ts';
import { normOfZero } from './neighbourhoods.ts';
import { logic } from './tactics.ts';

/** 0 ∈ V[θ, ε], in two steps. */
export function zeroInV(p: Derivation, id: string, D: Data, θ: Term, ε: Term): Theorem {
  const zero = zeroVec(D.dθ);
  const short = p.step(`${id}a`, le(norm(zero), 1), normOfZero, [], '‖0‖ ≤ 1.');
  return p.step(id, inV(D, θ, ε, zero), logic, [short], '0 ∈ V[θ, ε].', 'section 3.3');
}
