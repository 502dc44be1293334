(* Theorem 4 of the paper (section 4.2.3), for every t in {0..H}: at a local minimum theta of a
   network with dy or more locally linear units in each layer above t, L(theta) is the least risk
   of sum_{l=t}^H alpha_h^(l+1) h^(l) + f~_theta.

   The paper says t in {1..H} and "arbitrary" sigma; its proof is for t in {0..H} (its corollary
   uses t = 0) and needs a sigma that does not mix the units of J with the others. As the values
   of the features h^(l) at the samples are values of f~_theta ([features_represented]), this is
   Theorem 2. It holds at eps = 0 too ([theorem_4_eps_0]). *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_1 theorem_2.
From everymin Require Import network perturbation representation.

Section theorem_4.
Context {R : realType} {m p : nat}.
Variables (H : nat) (D : nat -> nat).
Local Notation d l := (D l).+1.
Local Notation dy := (d H.+1).
Variable enc : slot D -> 'I_p.+1.
Hypothesis enc_inj : {in slots H &, injective enc}.
Variable sigma : forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
Variable x : 'I_m -> 'cV[R]_(d 0).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).

Local Notation f := (network H enc sigma).
Local Notation risk := (risk x lambda l).
Local Notation L := (L x lambda l f).
Local Notation Theta := (Theta H enc sigma x).
Local Notation feature_values t th eps :=
  [set risk g | g in feature_model enc sigma x t th eps].
Implicit Types (th : 'rV[R]_p.+1) (eps : R) (t : nat).

(* The features add nothing to the values of the perturbable gradient basis model. *)
Lemma feature_values_induced t th J : (t <= H)%N -> separated H (fun=> sigma) t J ->
  locally_linear H enc sigma x dy t th J ->
  exists2 e : R, 0 < e & forall eps, 0 < eps -> eps < e ->
  feature_values t th eps = induced_values x lambda l f th eps.
Proof.
move=> tH sep [e e_gt0 lin]; exists e => // eps eps_gt0 eps_lt.
have H4 := features_represented enc_inj tH sep lin eps_gt0 eps_lt.
apply/seteqP; split => _ [g Eg <-].
  have [S [alpha [alpha_h [SV gE]]]] := Eg.
  have features : sampled x f th eps
      (fun i => \sum_(t <= k < H.+1) alpha_h k *m hidden enc sigma (x i) th k).
    by apply: sampled_sum => k; rewrite mem_index_iota => /H4; exact.
  have perturbed : sampled x f th eps (fun i => perturbed_model f th eps alpha (x i)).
    by exists (perturbed_model f th eps alpha) => //; exists S, alpha.
  have [h Eh hE] := sampledD features perturbed.
  by exists h => //; apply: eq_bigr => i _; rewrite gE -hE.
have [S [alpha [SV gE]]] := Eg; exists g => //; exists S, alpha, (fun=> 0); split=> //.
by apply/funext => a; rewrite gE big1 ?add0r// => k _; rewrite mul0mx.
Qed.

(* Theorem 4 for a given J: sigma need not act coordinatewise, but only keep J and the rest
   apart. *)
Theorem theorem_4_separated t th J : (t <= H)%N -> separated H (fun=> sigma) t J ->
  nonnegative_weights lambda -> assumption1 l -> locally_linear H enc sigma x dy t th J ->
  ~ Omega_tilde x f th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  is_min (feature_values t th eps) (L th).
Proof.
move=> tH sep lnneg A1 lin nO Lmin.
have [e e_gt0 E] := feature_values_induced tH sep lin.
have [e' e'_gt0 H2] := theorem_2_min lnneg A1 (network_assumption2 sigma x enc_inj) nO Lmin.
exists (Num.min e e') => [|eps eps_gt0]; first by rewrite lt_minr e_gt0.
by rewrite lt_minr => /andP[lt_e lt_e']; rewrite E//; apply: H2 => //; exact: ltW.
Qed.

(* A coordinatewise sigma keeps any J and the rest apart. *)
Lemma coordinatewise_separated t J : coordinatewise H sigma t -> separated H (fun=> sigma) t J.
Proof. by move=> cw a k tk z z' zz' j jJ; apply: cw; rewrite ?zz'. Qed.

(* Theorem 4: L(theta) is the least value. *)
Theorem theorem_4_min t th : (t <= H)%N -> coordinatewise H sigma t ->
  nonnegative_weights lambda -> assumption1 l -> Theta dy t th ->
  ~ Omega_tilde x f th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  is_min (feature_values t th eps) (L th).
Proof.
move=> tH cw lnneg A1 [J lin]; apply: (theorem_4_separated tH _ lnneg A1 lin).
exact: coordinatewise_separated.
Qed.

(* Theorem 4 with the infimum, as printed. *)
Theorem theorem_4 t th : (t <= H)%N -> coordinatewise H sigma t ->
  positive_weights lambda -> assumption1 l -> Theta dy t th ->
  ~ Omega_tilde x f th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  (L th)%:E = ereal_inf (EFin @` (feature_values t th eps)).
Proof.
move=> tH cw lpos A1 lin nO Lmin.
have [eps0 eps0_gt0 H4] := theorem_4_min tH cw lpos A1 lin nO Lmin.
by exists eps0 => // eps eps_gt0 eps_lt; rewrite (is_min_ereal_inf (H4 _ eps_gt0 eps_lt)).
Qed.

(* At eps = 0 only theta itself is left among the theta + eps v. *)
Lemma feature_model_0 t th eps :
  (feature_model enc sigma x t th 0 : set (_ -> 'cV[R]_dy)) `<=` feature_model enc sigma x t th eps.
Proof.
move=> _ [S [alpha [alpha_h [SV ->]]]].
exists [fset 0]%fset, (fun k _ => \sum_(v : S) alpha k v), alpha_h; split.
  by move=> v /fset1P ->; exact: V_0.
apply/funext => a; congr (_ + _); apply: eq_bigr => k _.
rewrite big_fset1/= scaler0 addr0 scaler_suml; apply: eq_bigr => v _.
by rewrite scale0r addr0.
Qed.

(* Theorem 4 holds at eps = 0 too (ours). *)
Theorem theorem_4_eps_0 t th : (t <= H)%N -> coordinatewise H sigma t ->
  nonnegative_weights lambda -> assumption1 l -> Theta dy t th ->
  ~ Omega_tilde x f th -> local_min L th ->
  is_min (feature_values t th 0) (L th).
Proof.
move=> tH cw lnneg A1 lin nO Lmin.
have [eps0 eps0_gt0] := theorem_4_min tH cw lnneg A1 lin nO Lmin.
have eps_gt0 : 0 < eps0 / 2 by rewrite divr_gt0.
move=> /(_ _ eps_gt0); rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n => /(_ isT)[_ lb].
split; last by move=> _ [g /(@feature_model_0 _ _ (eps0 / 2)) g_in <-]; apply: lb; exists g.
have [gamma fE] : assumption2_at x f th.
  by exists (fun k => block enc (weight enc H th) 0 k) => i; exact: network_last_layer.
pose alpha (k : 'I_p.+1) (v : [fset (0 : 'rV[R]_p.+1)]%fset) := gamma k.
exists (perturbed_model f th 0 alpha); last first.
  apply: eq_bigr => i _; rewrite [in RHS]fE; congr (_ * l i _).
  by apply: eq_bigr => k _; rewrite big_fset1/= scaler0 addr0.
exists [fset 0]%fset, alpha, (fun=> 0); split; first by move=> v /fset1P ->; exact: V_0.
by apply/funext => a; rewrite big1 ?add0r// => k _; rewrite mul0mx.
Qed.

End theorem_4.
