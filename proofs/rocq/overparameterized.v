(* Significant overparameterization (section 3.2.2 of the paper, before
   Example 2): where the tangent space is the whole output space R^(m dy), every
   critical point of L is a global minimum, even over all predictions.

   The tangent space at th is spanned by the columns of the stacked Jacobian
   J(th), so the condition is rank J(th) = m dy; then every family of predictions
   f_1, ..., f_m is that of a gradient basis model, and Theorem 1 applies. *)
From everymin Require Import prelude calculus minimum euclidean setting theorem_1.

(* the values of sum_i lambda_i l_i(f_i) over all predictions f_1, ..., f_m *)
Definition prediction_values {R : realType} {m} {Y : normedModType R}
    (lambda : 'I_m -> R) (l : 'I_m -> Y -> R) : set R :=
  [set \sum_i lambda i * l i (t i) | t in [set: 'I_m -> Y]].

Section overparameterized.
Context {R : realType} {m p d : nat}.            (* dth = p.+1, dy = d.+1 *)
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_d.+1 -> R).
Variable f : X -> 'rV[R]_p.+1 -> 'cV[R]_d.+1.
Implicit Type th : 'rV[R]_p.+1.

(* m vectors of R^dy as one of R^(m dy), written as a row *)
Definition stacked (t : 'I_m -> 'cV[R]_d.+1) : 'rV[R]_(m * d.+1) :=
  mxvec (\matrix_(i, j) t i j 0).

(* the Jacobian J(th) of the stacked predictions f_X; its k-th column is
   the k-th partial derivative of f_X *)
Definition jacobian th : 'M[R]_(m * d.+1, p.+1) :=
  \matrix_(c, k) stacked (fun i => partial f k (x i) th) 0 c.

Theorem overparameterized_min th : nonnegative_weights lambda -> assumption1 l ->
  assumption2_at x f th -> ~ Omega x f th -> critical_point x lambda l f th ->
  \rank (jacobian th) = (m * d.+1)%N ->
  is_min (prediction_values lambda l) (L x lambda l f th).
Proof.
move=> lnneg A1 A2 nO crit rk; split; first by exists (fun i => f (x i) th).
move=> _ [t _ <-]; have [_ lb] := theorem_1_at lnneg A1 A2 nO crit.
have /row_freeP[B JB] : row_free (jacobian th) by rewrite /row_free rk.
pose alpha := B *m (stacked t)^T.
have Jalpha : jacobian th *m alpha = (stacked t)^T by rewrite mulmxA JB mul1mx.
apply: lb; exists (fun k => alpha k 0) => //; apply: eq_bigr => i _.
congr (_ * l i _); apply/colP => j.
have /colP/(_ (mxvec_index i j)) := Jalpha; rewrite !mxE mxvecE mxE => <-.
rewrite summxE; apply: eq_bigr => k _.
by rewrite !mxE mxvecE mxE mulrC.
Qed.

Theorem overparameterized th : positive_weights lambda -> assumption1 l ->
  assumption2 x f -> ~ Omega x f th -> critical_point x lambda l f th ->
  \rank (jacobian th) = (m * d.+1)%N ->
  (L x lambda l f th)%:E = ereal_inf (EFin @` prediction_values lambda l).
Proof.
move=> lpos A1 A2 nO crit rk.
have A2_at := assumption2_not_Omega A2 nO.
by rewrite (is_min_ereal_inf (overparameterized_min lpos A1 A2_at nO crit rk)).
Qed.

(* In particular th is a global minimum of L. *)
Theorem overparameterized_global th : nonnegative_weights lambda -> assumption1 l ->
  assumption2_at x f th -> ~ Omega x f th -> critical_point x lambda l f th ->
  \rank (jacobian th) = (m * d.+1)%N ->
  is_min [set L x lambda l f th' | th' in setT] (L x lambda l f th).
Proof.
move=> lnneg A1 A2 nO crit rk; split; first by exists th.
move=> _ [th' _ <-]; have [_ lb] := overparameterized_min lnneg A1 A2 nO crit rk.
by apply: lb; exists (fun i => f (x i) th').
Qed.

End overparameterized.
