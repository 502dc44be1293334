(* The axioms of the kernel on the reals: those of an ordered field, the square root, and
   that finitely many inequalities can be added. *)
From everymin Require Import prelude interpretation statements.

Section reals.
Context {R : realType}.

Lemma order_total : @TOTAL_statement R.
Proof. by move=> a b; case: (leP a b); [left|right]. Qed.

Lemma order_antisymmetric : @ANTISYM_statement R.
Proof. by move=> a b ab ba; apply/le_anti/andP. Qed.

Lemma product_nonnegative : @MULNONNEG_statement R.
Proof. by move=> a b; exact: mulr_ge0. Qed.

Lemma product_positive : @MULPOS_statement R.
Proof. by move=> a b; exact: mulr_gt0. Qed.

Lemma inverse : @INV_statement R.
Proof. by move=> a /eqP; exact: mulfV. Qed.

Lemma square_root : @SQRT_statement R.
Proof. by move=> a a0; rewrite -expr2 sqr_sqrtr ?sqrtr_ge0. Qed.

Lemma sum_monotone : @SUMLE_statement R.
Proof. by move=> n u v uv; apply: ler_sum => i _. Qed.

End reals.
