(* The axioms of the kernel on the natural numbers: induction, total order, difference. *)
From everymin Require Import prelude interpretation statements.

Lemma induction : IND_statement.
Proof. by move=> P P0 PS; elim=> // k; rewrite -addn1; exact: PS. Qed.

Lemma nat_total : NATTOTAL_statement.
Proof. by move=> j k; case: (leqP j k); [left|right]. Qed.

Lemma nat_difference : NATDIFF_statement.
Proof. by move=> j k jk; exists (k - j)%N; rewrite subnKC. Qed.
