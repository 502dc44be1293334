(* TODO *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_2 theorem_1 lemma_3.

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
Local Notation positive_weights := (positive_weights lambda).
Local Notation perturbed_model := (perturbed_model f).
Local Notation induced_values := (induced_values x lambda l f).

Theorem theorem_2_min th : positive_weights -> assumption1 -> assumption2 ->
  ~ Omega_tilde th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 <= eps -> eps < eps0 ->
  is_min (induced_values th eps) (L th).
Proof.
move=> lpos A1 [g gE] nO Lmin.
have [eps0 eps0_gt0 H] := lemma_3 A1 nO Lmin.
have nOth : ~ Omega th by move=> Oth; apply: nO; exact: subset_closure.
exists eps0 => // eps eps_ge0 eps_lt; split.
  pose al (k : 'I_p.+1) (v : [fset (0 : 'rV[R]_p.+1)]%fset) := g th k.
  exists (perturbed_model th eps al).
    by exists [fset 0]%fset, al; split=> // v /fset1P ->; exact: V_0.
  apply: eq_bigr => i _; rewrite [in RHS]gE//; congr (_ * l i _).
  apply: eq_bigr => k _.
  by rewrite big_fset1/= scaler0 addr0.
move=> _ [_ [S [alpha [SV ->]]] <-]; apply: risk_min => //.
have fE i : f (x i) th = \sum_k g th k *: partial k (x i) th by exact: gE.
have Hv v : V th eps v -> forall k, _ := H _ eps_ge0 eps_lt v.
have st0 : \sum_i lambda i * 'd (l i) (f (x i) th) (f (x i) th) = 0.
  rewrite -[RHS](@stat_sum _ _ _ lambda l _ (fun i => f (x i) th)
    (fun k i => partial k (x i) th) (g th)).
    by apply: eq_bigr => i _; rewrite -fE.
  by move=> k; have := Hv _ (V_0 x f th eps) k; rewrite scaler0 addr0.
under eq_bigr do rewrite linearB mulrBr.
rewrite sumrB st0 subr0.
under eq_bigr do rewrite linear_sum mulr_sumr.
rewrite exchange_big big1// => k _.
apply: (@stat_sum _ _ _ lambda l _ (fun i => f (x i) th)
  (fun (v : S) i => partial k (x i) (th + eps *: val v))) => v.
by apply: Hv; apply: SV; exact: valP.
Qed.

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
