(* Theorem 1 (section 3.2; proof A.1): under Assumptions 1 and 2, at every critical point theta
   outside Omega, L(theta) = inf_alpha L_theta(alpha), the infimum over the gradient basis model.
   Proof: f_i(theta) = f_theta(x_i; gamma) by Assumption 2. By the gradient inequality,
   L_theta(alpha) - L(theta) >= sum_i lambda_i dl_i(f_i(theta)) (f_theta(x_i; alpha) - f_i(theta)),
   and the right side is 0 by Lemma 2, since the difference is a combination of the d_k f_i(theta).
   It is attained at gamma, so the form "least element" (`theorem_1_min`) holds; it needs only
   lambda_i >= 0, and Assumption 2 only at theta (`theorem_1_at`). *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_2.

Section proof.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation partial := (partial f).
Local Notation Omega := (Omega x f).
Local Notation assumption1 := (assumption1 l).
Local Notation assumption2 := (assumption2 x f).
Local Notation assumption2_at := (assumption2_at x f).
Local Notation positive_weights := (positive_weights lambda).
Local Notation nonnegative_weights := (nonnegative_weights lambda).
Local Notation critical_point := (critical_point x lambda l f).
Local Notation basis_model_at := (basis_model_at f).

(* The gradient inequality for the risk, a convex function of the predictions. *)
Lemma risk_gradient_inequality (h0 h : X -> Y) : nonnegative_weights -> assumption1 ->
  risk h0 + \sum_i lambda i * 'd (l i) (h0 (x i)) (h (x i) - h0 (x i)) <= risk h.
Proof.
move=> lnneg A1; rewrite -big_split/=; apply: ler_sum => i _.
rewrite -mulrDr; apply: ler_wpmul2l => //; rewrite -deriveE; last exact: (A1 i).1.
by apply: gradient_inequality; [exact: (A1 i).2|exact: (A1 i).1].
Qed.

(* A predictor at which the derivative of the risk towards a competitor vanishes is no worse than
   that competitor. *)
Lemma risk_le_stationary (h0 h : X -> Y) : nonnegative_weights -> assumption1 ->
  \sum_i lambda i * 'd (l i) (h0 (x i)) (h (x i) - h0 (x i)) = 0 ->
  risk h0 <= risk h.
Proof.
by move=> lnneg A1 st; have := risk_gradient_inequality h0 h lnneg A1; rewrite st addr0.
Qed.

(* If the derivative of the risk vanishes along each D k, so it does along their combinations. *)
Lemma stationary_sum (I : finType) (q : 'I_m -> Y)
    (D : I -> 'I_m -> Y) (c : I -> R) :
  (forall k, \sum_i lambda i * 'd (l i) (q i) (D k i) = 0) ->
  \sum_i lambda i * 'd (l i) (q i) (\sum_k c k *: D k i) = 0.
Proof.
move=> D0; under eq_bigr do rewrite linear_sum mulr_sumr.
rewrite exchange_big big1// => k _.
under eq_bigr do rewrite linearZ /= mulrCA.
by rewrite -mulr_sumr D0 mulr0.
Qed.

(* Theorem 1, with Assumption 2 only at theta. *)
Lemma theorem_1_at th : nonnegative_weights -> assumption1 -> assumption2_at th ->
  ~ Omega th -> critical_point th ->
  is_min [set risk (basis_model_at th alpha) | alpha in setT] (L th).
Proof.
move=> lnneg A1 [gamma fE] nO crit.
split; first by exists gamma => //; apply: eq_bigr => i _; rewrite fE.
move=> _ [alpha _ <-]; apply: risk_le_stationary => //.
have hE i : basis_model_at th alpha (x i) - f (x i) th =
    \sum_k (alpha k - gamma k) *: partial k (x i) th.
  by rewrite fE -sumrB; apply: eq_bigr => k _; rewrite scalerBl.
under eq_bigr do rewrite hE.
exact: stationary_sum (lemma_2 A1 nO crit).
Qed.

(* Theorem 1: L(theta) is the least value of L_theta ... *)
Theorem theorem_1_min th : nonnegative_weights -> assumption1 -> assumption2 ->
  ~ Omega th -> critical_point th ->
  is_min [set risk (basis_model_at th alpha) | alpha in setT] (L th).
Proof. by move=> lnneg A1 A2 nO; apply: theorem_1_at => //; exact: assumption2_not_Omega. Qed.

(* ... and, as printed, the infimum. *)
Theorem theorem_1 th : positive_weights -> assumption1 -> assumption2 ->
  ~ Omega th -> critical_point th ->
  (L th)%:E = ereal_inf [set (risk (basis_model_at th alpha))%:E | alpha in setT].
Proof.
move=> lpos A1 A2 nO crit.
by rewrite -(is_min_ereal_inf (theorem_1_min lpos A1 A2 nO crit)) image_comp.
Qed.

End proof.
