(* TODO *)
From everymin Require Import prelude.

(* "x is the least element of A", and what it says about the infimum *)
Section minimum.
Context {R : realType}.
Implicit Types (A : set R) (x : R).

Definition is_min A x := A x /\ lbound A x.

Lemma is_min_has_inf A x : is_min A x -> has_inf A.
Proof. by move=> [Ax lA]; split; exists x. Qed.

Lemma is_min_inf A x : is_min A x -> inf A = x.
Proof.
move=> [Ax lA]; apply/eqP; rewrite eq_le lb_le_inf//; last by exists x.
by rewrite andbT; apply: inf_lb => //; exists x.
Qed.

Lemma is_min_ereal_inf A x : is_min A x -> ereal_inf (EFin @` A) = x%:E.
Proof.
move=> Ax; rewrite ereal_inf_EFin ?(is_min_inf Ax)//.
- by exists x; case: Ax.
- by exists x; case: Ax.
Qed.

End minimum.
