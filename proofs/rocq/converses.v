(* Theorems 1 and 2 from right to left (ours). Under Assumption 1, and Assumption 2 at theta:
   - L(theta) is the least value of the gradient basis model if and only if theta is a critical
     point (`theorem_1_iff`);
   - if f is differentiable at theta + eps v for every v in V[theta, eps], then L(theta) is the
     least value of the perturbable gradient basis model at eps if and only if all these points are
     critical (`theorem_2_iff`).
   So the conclusion of Theorem 1 says no more than that theta is critical; that of Theorem 2 says
   less than that theta is a local minimum. Proof: Lemma 0, for the spaces of Lemma E. *)
From everymin Require Import prelude calculus minimum span euclidean setting.
From everymin Require Import lemma_1 lemma_2 theorem_1 lemma_0 lemma_e.

Section converses.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th : 'rV[R]_p.+1) (eps : R).

Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation partial := (partial f).
Local Notation V := (V x f).
Local Notation critical_point := (critical_point x lambda l f).

(* A point is critical if and only if the losses are stationary along all partial derivatives. *)
Lemma critical_pairing th : differentiable_losses l -> ~ Omega x f th ->
  critical_point th <->
  forall k, pairing lambda l (fun i => f (x i) th) (fun i => partial k (x i) th) = 0.
Proof.
move=> dl nO; split=> [crit k|orth]; first exact: (lemma_2 dl nO crit).
by split=> [|k]; [exact: L_differentiable|rewrite (L_derive lambda _ dl nO); exact: orth].
Qed.

(* The pairing with a combination vanishes if it does with its terms. *)
Lemma pairing_span F (G : set ('I_m -> Y)) : (forall P, G P -> pairing lambda l F P = 0) ->
  forall P, span G P -> pairing lambda l F P = 0.
Proof.
move=> orth _ [n [c [g [Gg ->]]]]; apply: (@stationary_sum _ _ _ lambda l) => j.
exact/orth/Gg.
Qed.

Theorem theorem_2_iff th eps : nonnegative_weights lambda -> assumption1 l ->
  assumption2_at x f th -> (forall v, V th eps v -> ~ Omega x f (th + eps *: v)) ->
  is_min (induced_values x lambda l f th eps) (L th) <->
  forall v, V th eps v -> critical_point (th + eps *: v).
Proof.
move=> lnneg A1 [gamma fE] nO; pose F i := f (x i) th.
have valuesE : induced_values x lambda l f th eps =
    [set dist lambda l P | P in predictions x f th eps].
  apply/seteqP; split=> [_ [h h_in <-]|_ [_ [h h_in ->] <-]]; last by exists h.
  by exists (fun i => h (x i)) => //; exists h.
have F_in : predictions x f th eps F.
  exists (basis_model_at f (th + eps *: 0) gamma); first exact/induced_model_at/V_0.
  by apply/funext => i; rewrite scaler0 addr0; exact: fE.
have same v : V th eps v -> F = (fun i => f (x i) (th + eps *: v)).
  by move=> Vv; apply/funext => i; rewrite Vv.2.
rewrite valuesE (lemma_0_min lnneg A1 (@predictions_subspace _ _ _ _ _ _ _ _ _) F_in).
rewrite lemma_e_span; split=> [zero v Vv|crit].
  apply/(critical_pairing A1 (nO v Vv)) => k; rewrite -same//.
  by apply: zero; apply: span_sub; exists k, v.
apply: pairing_span => _ [k [v [Vv ->]]]; rewrite (same v Vv).
by have /(critical_pairing A1 (nO v Vv)) := crit v Vv; apply.
Qed.

(* Theorem 1 is Theorem 2 at eps = 0. *)
Theorem theorem_1_iff th : nonnegative_weights lambda -> assumption1 l ->
  assumption2_at x f th -> ~ Omega x f th ->
  is_min [set risk (basis_model_at f th alpha) | alpha in setT] (L th) <-> critical_point th.
Proof.
move=> lnneg A1 A2 nO; split; last exact: theorem_1_at.
move=> [_ lb]; have at_0 v : th + 0 *: v = th by rewrite scale0r addr0.
have [critical_if _] : is_min (induced_values x lambda l f th 0) (L th) <->
    forall v, V th 0 v -> critical_point (th + 0 *: v).
  by apply: theorem_2_iff => // v _; rewrite at_0.
rewrite -(at_0 0); apply: critical_if (V_0 x f th 0).
have basis (S : {fset 'rV[R]_p.+1}) (alpha : 'I_p.+1 -> S -> R) : perturbed_model f th 0 alpha =
    basis_model_at f th (fun k => \sum_(v : S) alpha k v).
  apply/funext => a; apply: eq_bigr => k _; rewrite scaler_suml.
  by apply: eq_bigr => v _; rewrite at_0.
split; last by move=> _ [_ [S [alpha [SV ->]]] <-]; rewrite basis; apply: lb; eexists.
have [gamma fE] := A2; exists (basis_model_at f (th + 0 *: 0) gamma).
  exact/induced_model_at/V_0.
by apply: eq_bigr => i _; rewrite at_0; congr (_ * l i _); exact/esym/fE.
Qed.

End converses.
