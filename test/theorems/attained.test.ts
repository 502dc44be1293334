import { describe, expect, test } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { auto } from '../../proofs/support/auto.ts';
import { conjuncts, instance } from '../../proofs/support/derived.ts';
import { infimum } from '../../proofs/support/tactics.ts';
import {
  apply,
  arrow,
  eq,
  exists,
  fun,
  le,
  Prop,
  Real,
  type Term,
  variable,
} from '../../src/kernel/build.ts';
import { isInf, isMin } from '../../src/kernel/notions.ts';
import { KernelError, unfold } from '../../src/kernel/term.ts';
import { assume, type Theorem } from '../../src/kernel/theorem.ts';
import { feedforwardData, freeFeedforward } from '../../theorems/feedforward.ts';
import { resultById } from '../../theorems/index.ts';
import { freeResidual, residualData } from '../../theorems/residual.ts';
import { freeData, Loss } from '../../theorems/setting.ts';
import { freeSkip, skipData } from '../../theorems/skip.ts';

const library = new Library();
/** ∃ε₀ > 0 ∀ε. … ⇒ … ⇒ claim, for Theorems 2 to 4 */
const inside = (conclusion: Term): Term => {
  if (conclusion.name !== 'exists') return conclusion;
  const [, all] = apply(conclusion.args[0]!, variable('ε₀', Real)).args as readonly [Term, Term];
  return apply(all.args[0]!, variable('ε', Real)).args[1]!.args[1]!;
};

describe.each([
  ['theorem-1', () => freeData(), 1],
  ['theorem-2', () => freeData(), 3],
  ['theorem-3', () => residualData(freeResidual()), 5],
  ['theorem-4', () => feedforwardData(freeFeedforward()), 4],
  ['example-3', () => skipData(freeSkip()), 2],
] as const)('%s', (id, data, witnesses) => {
  const { conclusion, context, setting, hypotheses } = resultById(id)!.statement();
  const claim = inside(conclusion);
  const θ = context.find(({ name }) => name === 'θ')!;

  test('says that L(θ) is an infimum, and that a point attains it', () => {
    const value = Loss(data(), θ);
    const [c, P] = claim.args as readonly [Term, Term];
    expect(claim.id).toBe(isMin(value, P).id);
    expect(c.id).toBe(value.id);
    const [least, member] = unfold(claim).args as readonly [Term, Term];
    expect(least.id).toBe(isInf(value, P).id);
    expect(member.id).toBe(apply(P, value).id);
    // ∃ … L(θ) = value at the witness
    let [rest, count] = [member, 0];
    while (rest.name !== 'eq') {
      if (rest.name === 'exists') {
        const f = rest.args[0]!;
        rest = apply(f, variable(`w${count++}`, f.sort.domain!));
      } else {
        expect(rest.name).toBe('and');
        rest = rest.args[1]!;
      }
    }
    expect(count).toBe(witnesses);
    expect(rest.args[0]!.id).toBe(value.id);
  });

  test('and the kernel has proved both', () => {
    const given = [...setting, ...hypotheses].map(({ term }) => assume(term));
    const proved = instance(library.prove(id).theorem, ...context, ...given);
    expect(proved.conclusion.id).toBe(conclusion.id);
    expect(proved.hypotheses.length).toBe(given.length);
  });
});

describe('min is more than inf', () => {
  const c = variable('c', Real);
  const P = variable('P', arrow(Real, Prop));
  test('it gives the infimum, and a point', () => {
    const all = conjuncts(assume(isMin(c, P))).map(({ conclusion }: Theorem) => conclusion.id);
    expect(all).toContain(apply(P, c).id);
    expect(auto(isInf(c, P), [assume(isMin(c, P))]).conclusion.id).toBe(isInf(c, P).id);
  });
  test('an infimum alone does not give it', () => {
    expect(() => auto(isMin(c, P), [assume(isInf(c, P))])).toThrow(KernelError);
  });
  test('the tactic asks for the point', () => {
    const set = fun('y', Real, (y) => exists('t', Real, (t) => eq(y, t)));
    const x = variable('x', Real);
    expect(() => infimum(x).run(isMin(c, set), [assume(le(c, x))])).toThrow(KernelError);
    const lower = assume(unfold(isInf(c, set)).args[0]!);
    expect(() => infimum(x).run(isMin(c, set), [lower])).toThrow(KernelError);
  });
});
