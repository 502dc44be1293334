(* The hypotheses of Theorems 1, 2 and 3 can be satisfied together: concrete models where they are.
   Two samples with the same input and the targets 0 and 1, squared loss: a prediction q costs
   q^2 + (q - 1)^2, which is least, 1/2, at q = 1/2.
   - f(x; theta) = theta x at theta = 1/2, for Theorems 1 and 2 (`theorem_1_nonvacuous`,
     `theorem_2_nonvacuous`);
   - the residual network with dx = dy = dz = 1, z(x) = x, at W = 1/2, R = 0, for Theorem 3
     (`theorem_3_nonvacuous`). *)
From everymin Require Import prelude calculus polynomial_identity minimum euclidean setting.
From everymin Require Import squared_loss lemma_2 residual_network.

Section two_samples.
Context {R : realType} {X : Type} (a : X).

(* Two samples with input a, the targets 0 and 1. *)
Definition same_input (_ : 'I_2) : X := a.
Definition zero_one (i : 'I_2) : 'cV[R]_1 := (nat_of_ord i)%:R%:M.
Definition unit_weights (_ : 'I_2) : R := 1.
Definition zero_one_loss (i : 'I_2) : 'cV[R]_1 -> R := squared_loss (zero_one i).

Lemma unit_weights_positive : positive_weights unit_weights.
Proof. by move=> i; exact: ltr01. Qed.

Lemma zero_one_assumption1 : assumption1 zero_one_loss.
Proof. exact: squared_loss_assumption1. Qed.

Lemma zero_one_risk (h : X -> 'cV[R]_1) :
  risk same_input unit_weights zero_one_loss h = h a 0 0 ^+ 2 + (h a 0 0 - 1) ^+ 2.
Proof.
rewrite /risk /zero_one_loss /squared_loss !big_ord_recl !big_ord0 !addr0 /unit_weights !mul1r.
by rewrite !mxE/= subr0.
Qed.

(* The least risk is 1/2: q^2 + (q - 1)^2 - 1/2 = 2 (q - 1/2)^2. *)
Lemma zero_one_bound (h h' : X -> 'cV[R]_1) : h a 0 0 = 2^-1 ->
  risk same_input unit_weights zero_one_loss h <=
  risk same_input unit_weights zero_one_loss h'.
Proof.
move=> half; rewrite !zero_one_risk half -subr_ge0; set q := h' a 0 0; set c : R := 2^-1.
have cc : 2 * c = 1 by rewrite mulfV// pnatr_eq0.
have -> : q ^+ 2 + (q - 1) ^+ 2 - (c ^+ 2 + (c - 1) ^+ 2) = 2 * (q - c) ^+ 2.
  rewrite -{1 2}cc; polynomial_identity.
by rewrite mulr_ge0// sqr_ge0.
Qed.

End two_samples.

Section scaling.
Context {R : realType}.

(* f(x; theta) = theta x *)
Definition scaling (a : R) (th : 'rV[R]_1) : 'cV[R]_1 := th 0 0 *: a%:M.

Local Notation x := (same_input (1 : R)).
Local Notation lambda := (@unit_weights R).
Local Notation l := (@zero_one_loss R).
Local Notation L := (L x lambda l scaling).

Lemma scaling_differentiable a th : differentiable (scaling a) th.
Proof. by apply: differentiableZl; exact: differentiable_coord. Qed.

Lemma scaling_partial k a th : partial scaling k a th = a%:M.
Proof.
apply: derive_affine => h; rewrite /scaling !mxE !ord1/= mulr1.
by rewrite [h + _]addrC scalerDl.
Qed.

Lemma scaling_assumption2 : assumption2 x scaling.
Proof.
exists (fun th k => th 0 k) => i th _.
by rewrite big_ord1 scaling_partial.
Qed.

Lemma scaling_Omega_tilde th : ~ Omega_tilde x scaling th.
Proof.
rewrite /Omega_tilde (_ : Omega _ _ = set0) ?closure0//.
by apply/seteqP; split=> // t [i]; apply; exact: scaling_differentiable.
Qed.

(* theta = 1/2 *)
Definition half : 'rV[R]_1 := const_mx 2^-1.

Lemma half_local_min : local_min L half.
Proof.
apply: filterE => th; apply: zero_one_bound.
by rewrite /scaling !mxE/= mulr1.
Qed.

(* All hypotheses of Theorem 2 hold. *)
Theorem theorem_2_nonvacuous :
  [/\ positive_weights lambda, assumption1 l, assumption2 x scaling,
      ~ Omega_tilde x scaling half & local_min L half].
Proof.
by split; [exact: unit_weights_positive|exact: zero_one_assumption1|exact: scaling_assumption2|
  exact: scaling_Omega_tilde|exact: half_local_min].
Qed.

(* All hypotheses of Theorem 1 hold. *)
Theorem theorem_1_nonvacuous :
  [/\ positive_weights lambda, assumption1 l, assumption2 x scaling,
      ~ Omega x scaling half & critical_point x lambda l scaling half].
Proof.
have [lpos A1 A2 /not_Omega_tilde nO Lmin] := theorem_2_nonvacuous; split=> //.
exact: (local_min_critical A1 nO Lmin).
Qed.

End scaling.

Section residual.
Context {R : realType} {p : nat}.
Local Notation entry := ('I_1 * 'I_1 + 'I_1 * 'I_1 + 'I_0)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).

(* z(x) = x; the input is 1. *)
Definition feature (a : 'cV[R]_1) (_ : 'rV[R]_0) : 'cV[R]_1 := a.
Local Notation x := (same_input (1%:M : 'cV[R]_1)).
Local Notation lambda := (@unit_weights R).
Local Notation l := (@zero_one_loss R).
Local Notation f := (resnet feature enc).

(* W = 1/2, R = 0 *)
Definition half_zero : 'rV[R]_p.+1 := \row_k pack dec (const_mx 2^-1) 0 0 k.

(* All hypotheses of Theorem 3 hold. *)
Theorem theorem_3_nonvacuous :
  [/\ (1 <= minn 1 1)%N, positive_weights lambda, assumption1 l,
      ~ Omega_tilde x f half_zero & local_min (L x lambda l f) half_zero].
Proof.
split=> //; [exact: unit_weights_positive|exact: zero_one_assumption1| |].
  rewrite /Omega_tilde (_ : Omega _ _ = set0) ?closure0//.
  by apply/seteqP; split=> // t [i]; apply; exact: resnet_differentiable.
apply: filterE => th; apply: zero_one_bound.
by rewrite /resnet /half_zero Wof_pack// Rof_pack// mul0mx addr0 mulmx1 mxE.
Qed.

End residual.
