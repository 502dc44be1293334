(* Lemma 0 (ours): an infimum over a linear space E of predictions is an orthogonality. Under
   Assumption 1, for F in E,
     dist(F) = inf over P in E of dist(P)   if and only if   <G, P> = 0 for every P in E,
   where dist(P) = sum_i lambda_i l_i(P_i) and G_i = lambda_i grad l_i(F_i).
   It turns every "inf" of the paper into linear algebra: E is the tangent space for Theorem 1, and
   the perturbed tangent space for Theorem 2.
   Proof: from right to left by the gradient inequality. From left to right, t |-> dist(F + t P) is
   the objective of a model with the single parameter t, and Lemma 2 applies to it at t = 0. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_2 theorem_1.

Section lemma_0.
Context {R : realType} {m : nat} {Y : normedModType R}.
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Implicit Types (F P Q : 'I_m -> Y) (E : set ('I_m -> Y)).

(* The weighted loss of the predictions P_1, ..., P_m. *)
Definition dist P : R := \sum_i lambda i * l i (P i).

(* E is closed under linear combinations. *)
Definition linear_subspace E := forall P Q (a b : R), E P -> E Q ->
  E (fun i => a *: P i + b *: Q i).

(* <G, P> = sum_i lambda_i dl_i(F_i) P_i *)
Definition pairing F P : R := \sum_i lambda i * 'd (l i) (F i) (P i).

(* If G is orthogonal to P - F, then P is no better than F. *)
Lemma pairing_orthogonal F P : nonnegative_weights lambda -> assumption1 l ->
  pairing F (fun i => P i - F i) = 0 -> dist F <= dist P.
Proof. exact: (@risk_le_stationary _ _ _ _ id). Qed.

Section line.
Variables F P : 'I_m -> Y.

(* The line F + t P, as a model whose only parameter is t. *)
Definition line_model (i : 'I_m) (t : 'rV[R]_1) : Y := F i + t 0 0 *: P i.

Lemma line_differentiable i t : differentiable (line_model i) t.
Proof.
rewrite (_ : line_model i = cst (F i) + (fun t : 'rV[R]_1 => t 0 0 *: P i))//.
by apply: differentiableD => //; apply: differentiableZl; exact: differentiable_coord.
Qed.

Lemma line_partial k i t : partial line_model k i t = P i.
Proof.
by apply: derive_affine => h; rewrite /line_model !mxE !ord1/= mulr1 scalerDl addrCA addrC.
Qed.

(* If F is least on the line F + t P, then G is orthogonal to P. *)
Lemma line_minimum : assumption1 l -> (forall t, dist F <= dist (fun i => F i + t *: P i)) ->
  pairing F P = 0.
Proof.
move=> A1 Fmin.
have nO : ~ Omega id line_model 0 by move=> [i]; apply; exact: line_differentiable.
have base : (fun i => line_model i 0) = F.
  by apply/funext => i; rewrite /line_model mxE scale0r addr0.
have Lmin : local_min (L id lambda l line_model) 0.
  by apply: filterE => t; rewrite /L /risk; move: (Fmin (t 0 0)); rewrite -{1}base.
have := lemma_2 A1 nO (local_min_critical A1 nO Lmin) 0.
under eq_bigr do rewrite line_partial.
by rewrite -[X in pairing X _]base.
Qed.

End line.

(* Lemma 0: dist(F) is the least value of dist on E if and only if G is orthogonal to E. *)
Theorem lemma_0_min E F : nonnegative_weights lambda -> assumption1 l ->
  linear_subspace E -> E F ->
  is_min [set dist P | P in E] (dist F) <-> forall P, E P -> pairing F P = 0.
Proof.
move=> lnneg A1 linE EF; split=> [[_ lb] P EP|orth].
  apply: line_minimum => // t; apply: lb; exists (fun i => F i + t *: P i) => //.
  by have := linE _ _ 1 t EF EP; under eq_fun do rewrite scale1r.
split; first by exists F.
move=> _ [P EP <-]; apply: pairing_orthogonal => //; apply: orth.
by have := linE _ _ 1 (-1) EP EF; under eq_fun do rewrite scale1r scaleN1r.
Qed.

(* Lemma 0, with the infimum in the extended reals. *)
Theorem lemma_0 E F : positive_weights lambda -> assumption1 l -> linear_subspace E -> E F ->
  (dist F)%:E = ereal_inf (EFin @` [set dist P | P in E]) <->
  forall P, E P -> pairing F P = 0.
Proof.
move=> lpos A1 linE EF; rewrite -(lemma_0_min lpos A1 linE EF).
split=> [FE|Fmin]; last by rewrite (is_min_ereal_inf Fmin).
split=> [|_ [P EP <-]]; first by exists F.
by rewrite -lee_fin FE; apply: ereal_inf_lb; exists (dist P) => //; exists P.
Qed.

End lemma_0.

(* The same for predictions in R^dy, with the gradient in coordinates. *)
Section coordinates.
Context {R : realType} {m d : nat}.
Local Notation dy := d.+1.
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Implicit Types (F P : 'I_m -> 'cV[R]_dy).

(* G_ic = lambda_i d_c l_i(F_i) *)
Definition weighted_gradient F i c : R := lambda i * 'D_(delta_mx c 0) (l i) (F i).

Lemma pairing_coordinates F P : differentiable_losses l ->
  pairing lambda l F P = \sum_i \sum_c weighted_gradient F i c * P i c 0.
Proof.
move=> dl; apply: eq_bigr => i _.
rewrite [in LHS](matrix_sum_delta (P i)) linear_sum mulr_sumr; apply: eq_bigr => c _.
by rewrite big_ord1 linearZ/= -deriveE// mulrCA mulrC -mulrA.
Qed.

(* Lemma 0 in coordinates: orthogonal means sum_i sum_c G_ic P_ic = 0. *)
Theorem lemma_0_coordinates (E : set ('I_m -> 'cV[R]_dy)) F :
  positive_weights lambda -> assumption1 l -> linear_subspace E -> E F ->
  (dist lambda l F)%:E = ereal_inf (EFin @` [set dist lambda l P | P in E]) <->
  forall P, E P -> \sum_i \sum_c weighted_gradient F i c * P i c 0 = 0.
Proof.
move=> lpos A1 linE EF; rewrite (lemma_0 lpos A1 linE EF).
have E_coordinates P := pairing_coordinates F P (assumption1_differentiable A1).
by split=> orth P EP; [rewrite -E_coordinates|rewrite E_coordinates]; exact: orth.
Qed.

End coordinates.
