(* "x is the least element of A", and what it says about the infimum of A.
   The theorems of the paper state L(theta) = inf A. Every such infimum is attained, so the proofs
   show the stronger `is_min A (L theta)`; the equality of the infimum in the extended reals (where
   it always exists) follows by `is_min_ereal_inf`. *)
From everymin Require Import prelude.

Section minimum.
Context {R : realType}.
Implicit Types (A : set R) (x : R).

(* x is the least element of A *)
Definition is_min A x := A x /\ lbound A x.

Lemma is_min_has_inf A x : is_min A x -> has_inf A.
Proof. by move=> [Ax lA]; split; exists x. Qed.

Lemma is_min_inf A x : is_min A x -> inf A = x.
Proof.
move=> [Ax lA]; apply/eqP; rewrite eq_le lb_le_inf//; last by exists x.
by rewrite andbT; apply: inf_lb => //; exists x.
Qed.

(* The least element is the infimum in the extended reals. *)
Lemma is_min_ereal_inf A x : is_min A x -> ereal_inf (EFin @` A) = x%:E.
Proof.
move=> Ax; rewrite ereal_inf_EFin ?(is_min_inf Ax)//.
- by exists x; case: Ax.
- by exists x; case: Ax.
Qed.

End minimum.
