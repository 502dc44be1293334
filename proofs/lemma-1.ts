import {
  all,
  apply,
  eq,
  Fin,
  fun,
  join,
  Mat,
  Nat,
  natAdd,
  Real,
  real,
  type Term,
  Vec,
  variable,
  vecAdd,
} from '../src/kernel/build.ts';
import { lemma1 } from '../theorems/lemma-1.ts';
import { freeData, inV, Perturbed, rowsInV } from '../theorems/setting.ts';
import { argsOf } from './support/derived.ts';
import { script } from './support/script.ts';
import { byAxiom, logic, substitution, witness } from './support/tactics.ts';

/** Lemma 1 (A.3), on all samples at once: stack the two sets of directions, and the two matrices of coefficients. */
export const lemma1Proof = script(lemma1, (p) => {
  const D = freeData();
  const θ = variable('θ', Vec(D.dθ));
  const ε = variable('ε', Real);
  const s0 = variable("s'", Nat);
  const S0 = variable("S'", Mat(s0, D.dθ));
  const F = variable('F', Mat(D.m, D.dy));
  const rows0 = p.given('perturbations');
  const [forth, back] = argsOf(p.statement.conclusion, 'and') as [Term, Term];
  const [alone, together] = argsOf(forth, 'imp') as [Term, Term];
  const predicted = (s: Term, S: Term, α: Term) => (i: Term) => Perturbed(D, θ, ε, s, S, i, α);
  const predicted0 = (β: Term) => (i: Term) => Perturbed(D, θ, ε, s0, S0, i, β);

  const one = p.suppose('L1.1', alone, 'Let F be predicted by some S and α.', 'A.3');
  const [s, hs] = p.obtain('L1.1a', 's', one, 'Let s be the number of directions.');
  const [S, hS] = p.obtain('L1.1b', 'S', hs, 'Let S be their matrix.');
  const [α, hα] = p.obtain('L1.1c', 'α', p.part(hS, 1), 'Let α be the coefficients.');
  const zero = fun('k', Fin(D.dθ), () => fun('j', Fin(s0), () => real(0)));
  const withZero = p.step(
    'L1.2a',
    all('i', Fin(D.m), (i) => eq(apply(F, i), vecAdd(predicted(s, S, α)(i), predicted0(zero)(i)))),
    substitution,
    [hα],
    'α′ = 0 adds nothing.',
    'A.3',
  );
  const isSum = p.step(
    'L1.2b',
    together,
    witness(s, S, α, zero),
    [p.part(hS, 0), withZero],
    'So F is a sum of the two kinds.',
    'A.3',
  );
  const first = p.step('L1.2', forth, p.introducing(), [isSum], 'This is the first inclusion.', 'A.3');

  const sum = p.suppose('L1.3', together, 'Let F be a sum, with coefficients α and α′.', 'A.3');
  const [n, hn] = p.obtain('L1.3a', 's', sum, 'Let s be the number of directions beside S′.');
  const [T, hT] = p.obtain('L1.3b', 'S', hn, 'Let S be their matrix.');
  const [a, ha] = p.obtain('L1.3c', 'α', p.part(hT, 1), 'Let α be their coefficients,');
  const [b, hb] = p.obtain('L1.3d', "α'", ha, "and α′ those of S'.");
  const total = natAdd(n, s0);
  const stacked = join(n, s0, T, S0);
  const coefficients = fun('k', Fin(D.dθ), (k) => join(n, s0, apply(a, k), apply(b, k)));
  const rows = p.step(
    'L1.4',
    rowsInV(D, θ, ε, total, stacked),
    byAxiom(
      'FINSUM',
      n,
      s0,
      fun('j', Fin(total), (j) => inV(D, θ, ε, apply(stacked, j))),
    ),
    [p.part(hT, 0), rows0],
    'The rows of S, then those of S′, all lie in V[θ, ε].',
    'A.3',
  );
  const adds = p.step(
    'L1.5',
    all('i', Fin(D.m), (i) => eq(apply(F, i), predicted(total, stacked, coefficients)(i))),
    substitution,
    [hb],
    'The sum over the stacked rows is the sum of the two sums.',
    'A.3',
  );
  const isOne = p.step(
    'L1.6a',
    alone,
    witness(total, stacked, coefficients),
    [rows, adds],
    'So F is predicted by one set.',
    'A.3',
  );
  const second = p.step('L1.6', back, p.introducing(), [isOne], 'This is the other inclusion.', 'A.3');
  p.qed('L1.7', logic, [first, second], 'Both sets of predictions are the same.', 'section 4.3, Lemma 1');
});
