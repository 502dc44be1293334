(* TODO *)
From everymin Require Import prelude calculus minimum euclidean setting theorem_1.

(* f(x;th) = sum_k th_k phi_k(x): every critical point is a global minimum *)
Section basis.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable phi : 'I_p.+1 -> X -> Y.
Implicit Type th : 'rV[R]_p.+1.

Definition basis_model (a : X) th : Y := \sum_k th 0 k *: phi k a.

Lemma basis_differentiable a th : differentiable (basis_model a) th.
Proof.
rewrite (_ : basis_model a = \sum_k (fun th => th 0 k *: phi k a)); last first.
  by apply/funext => b; rewrite fct_sumE.
apply: differentiable_sum => k; apply: differentiableZl.
exact: differentiable_coord.
Qed.

Lemma basis_partial k a th : partial basis_model k a th = phi k a.
Proof.
apply: derive_affine => h; rewrite /basis_model.
rewrite (eq_bigr (fun j => th 0 j *: phi j a + (h * (j == k)%:R) *: phi j a)).
  rewrite big_split/=; congr (_ + _); rewrite (bigD1 k)//= eqxx mulr1 big1 ?addr0//.
  by move=> j /negbTE ->; rewrite mulr0 scale0r.
by move=> j _; rewrite !mxE eqxx/= addrC scalerDl.
Qed.

Lemma basis_nOmega th : ~ Omega x basis_model th.
Proof. by move=> [i]; apply; exact: basis_differentiable. Qed.

Theorem basis_global_min th : positive_weights lambda -> assumption1 l ->
  critical_point x lambda l basis_model th ->
  forall th', L x lambda l basis_model th <= L x lambda l basis_model th'.
Proof.
move=> lpos A1 crit th'.
have A2 : assumption2 x basis_model.
  exists (fun th k => th 0 k) => i b _.
  by apply: eq_bigr => k _; rewrite basis_partial.
have [_ lb] := theorem_1_min lpos A1 A2 (@basis_nOmega th) crit.
apply: lb; exists (fun k => th' 0 k) => //; apply: eq_bigr => i _.
congr (_ * l i _); apply: eq_bigr => k _; by rewrite basis_partial.
Qed.
End basis.

(* if the (m dy) x dth Jacobian has rank m dy, critical points are global minima
   of the unconstrained problem *)
Section overparam.
Context {R : realType} {m p d : nat}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'rV[R]_d.+1 -> R).
Variable f : X -> 'rV[R]_p.+1 -> 'rV[R]_d.+1.

(* rows: parameters; columns: (example, output) pairs *)
Definition stackedJ th : 'M[R]_(p.+1, m * d.+1) :=
  \matrix_(k, c) mxvec (\matrix_(i, j) partial f k (x i) th 0 j) 0 c.

Theorem overparam_global_min th : positive_weights lambda -> assumption1 l ->
  assumption2 x f -> ~ Omega x f th -> critical_point x lambda l f th ->
  \rank (stackedJ th) = (m * d.+1)%N ->
  forall t : 'I_m -> 'rV[R]_d.+1, L x lambda l f th <= \sum_i lambda i * l i (t i).
Proof.
move=> lpos A1 A2 nO crit rk t.
have /row_fullP[B BJ] : row_full (stackedJ th) by rewrite /row_full rk.
pose c := mxvec (\matrix_(i, j) t i 0 j) *m B.
have cE : c *m stackedJ th = mxvec (\matrix_(i, j) t i 0 j).
  by rewrite -mulmxA BJ mulmx1.
have [_ lb] := theorem_1_min lpos A1 A2 nO crit.
apply: lb; exists (fun k => c 0 k) => //; apply: eq_bigr => i _.
congr (_ * l i _); apply/rowP => j.
have /rowP/(_ (mxvec_index i j)) := cE; rewrite mxvecE !mxE => <-.
rewrite summxE; apply: eq_bigr => k _.
by rewrite mxE [stackedJ _ _ _]mxE mxvecE mxE.
Qed.
End overparam.
