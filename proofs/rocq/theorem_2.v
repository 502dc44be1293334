(* Theorem 2 (section 3.3, equation 3.2; proof A.2): under Assumptions 1 and 2, at every local
   minimum theta outside Omega~ there is eps0 > 0 such that, for every eps in [0, eps0), L(theta) is
   the infimum of L~_theta(alpha, eps, S) over the finite S in V[theta, eps] and all alpha.
   Proof: as for Theorem 1, with Lemma 3 in place of Lemma 2 and the partial derivatives at
   theta + eps v; the value is attained at S = {0}. *)
From everymin Require Import prelude calculus minimum euclidean setting.
From everymin Require Import lemma_2 theorem_1 lemma_3.

Section proof.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation L := (L x lambda l f).
Local Notation partial := (partial f).
Local Notation Omega := (Omega x f).
Local Notation Omega_tilde := (Omega_tilde x f).
Local Notation V := (V x f).
Local Notation assumption1 := (assumption1 l).
Local Notation assumption2 := (assumption2 x f).
Local Notation assumption2_at := (assumption2_at x f).
Local Notation positive_weights := (positive_weights lambda).
Local Notation nonnegative_weights := (nonnegative_weights lambda).
Local Notation perturbed_model := (perturbed_model f).
Local Notation induced_values := (induced_values x lambda l f).

(* Theorem 2, with Assumption 2 only at theta. *)
Lemma theorem_2_at th : nonnegative_weights -> assumption1 -> assumption2_at th ->
  ~ Omega_tilde th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 <= eps -> eps < eps0 ->
  is_min (induced_values th eps) (L th).
Proof.
move=> lnneg A1 [gamma fE] nO Lmin.
have [eps0 eps0_gt0 stationary] := lemma_3 A1 nO Lmin.
exists eps0 => // eps eps_ge0 eps_lt; split.
  pose alpha (k : 'I_p.+1) (v : [fset (0 : 'rV[R]_p.+1)]%fset) := gamma k.
  exists (perturbed_model th eps alpha).
    by exists [fset 0]%fset, alpha; split=> // v /fset1P ->; exact: V_0.
  apply: eq_bigr => i _; rewrite [in RHS]fE//; congr (_ * l i _).
  by apply: eq_bigr => k _; rewrite big_fset1/= scaler0 addr0.
move=> _ [_ [S [alpha [SV ->]]] <-]; apply: risk_le_stationary => //.
have Hv v : V th eps v -> forall k, _ := stationary _ eps_ge0 eps_lt v.
have st0 : \sum_i lambda i * 'd (l i) (f (x i) th) (f (x i) th) = 0.
  rewrite -[RHS](@stationary_sum _ _ _ lambda l _ (fun i => f (x i) th)
    (fun k i => partial k (x i) th) gamma).
    by apply: eq_bigr => i _; congr (_ * 'd _ _ _); exact: fE.
  by move=> k; have := Hv _ (V_0 x f th eps) k; rewrite scaler0 addr0.
under eq_bigr do rewrite linearB mulrBr.
rewrite sumrB st0 subr0.
under eq_bigr do rewrite linear_sum mulr_sumr.
rewrite exchange_big big1// => k _.
apply: (@stationary_sum _ _ _ lambda l _ (fun i => f (x i) th)
  (fun (v : S) i => partial k (x i) (th + eps *: val v))) => v.
by apply: Hv; apply: SV; exact: valP.
Qed.

(* Theorem 2: L(theta) is the least of the values L~_theta(alpha, eps, S) ... *)
Theorem theorem_2_min th : nonnegative_weights -> assumption1 -> assumption2 ->
  ~ Omega_tilde th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 <= eps -> eps < eps0 ->
  is_min (induced_values th eps) (L th).
Proof.
move=> lnneg A1 A2 nO; apply: theorem_2_at => //.
by apply: assumption2_not_Omega => //; exact: not_Omega_tilde.
Qed.

(* ... and, as printed, their infimum. *)
Theorem theorem_2 th : positive_weights -> assumption1 -> assumption2 ->
  ~ Omega_tilde th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 <= eps -> eps < eps0 ->
  (L th)%:E = ereal_inf (EFin @` induced_values th eps).
Proof.
move=> lpos A1 A2 nO Lmin.
have [eps0 eps0_gt0 H] := theorem_2_min lpos A1 A2 nO Lmin.
exists eps0 => // eps eps_ge0 eps_lt.
by rewrite (is_min_ereal_inf (H _ eps_ge0 eps_lt)).
Qed.

End proof.
