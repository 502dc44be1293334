(* Theorem 3 (section 4.2, equation 4.2; proof A.4): for the residual network
   f(x; theta) = W (x + R z(x; u)), under Assumption 1 and dy <= min{dx, dz}, at every local minimum
   theta outside Omega~ there is eps0 > 0 such that, for every eps in (0, eps0), L(theta) is the
   infimum of the risk of alpha_w x + alpha_r z(x; u) + f~_theta(x; alpha, eps, S) over the finite S
   in V[theta, eps] and all alpha, alpha_w, alpha_r.

   It needs only: rank W = dy or rank W < dx (`theorem_3_rank_min`); residual_wide_output.v in
   counterexamples shows that this cannot be dropped. It holds at eps = 0 too (`theorem_3_eps_0`).
   Proof: these functions are exactly the perturbable gradient basis models
   (`residual_modelE`), to which Theorem 2 applies. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_1 theorem_2.
From everymin Require Import residual_network residual_features.

Section theorem_3.
Context {R : realType} {m p d : nat}.
Variables (dx dz du : nat).
Local Notation dy := d.+1.
Variables (x : 'I_m -> 'cV[R]_dx).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th v : 'rV[R]_p.+1) (eps : R).

Local Notation f := (resnet z enc).
Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation rank_condition := (rank_condition enc).

(* 4.2: the functions alpha_w x + alpha_r z(x; u) + f~_theta(x; alpha, eps, S). *)
Definition residual_model th eps : set ('cV[R]_dx -> 'cV[R]_dy) :=
  [set h | exists (S : {fset 'rV[R]_p.+1}) (alpha : 'I_p.+1 -> S -> R)
     (aw : 'M[R]_(dy, dx)) (ar : 'M[R]_(dy, dz)),
     subset_V S (V x f th eps) /\
     h = (fun a => aw *m a + ar *m z a (uof enc th) + perturbed_model f th eps alpha a)].

(* These are exactly the perturbable gradient basis models. *)
Lemma residual_modelE th eps : rank_condition th -> 0 < eps ->
  residual_model th eps = induced_model x f th eps.
Proof.
move=> rW eps_gt0; apply/seteqP; split => h.
  move=> [S [alpha [aw [ar [SV ->]]]]]; apply: induced_modelD; last by exists S, alpha.
  exact: resnet_features rW.
move=> [S [alpha [SV ->]]]; exists S, alpha, 0, 0; split=> //.
by apply/funext => a; rewrite !mul0mx !add0r.
Qed.

(* Theorem 3 with the hypothesis that the proof needs: rank W = dy or rank W < dx. *)
Theorem theorem_3_rank_min th : rank_condition th ->
  nonnegative_weights lambda -> assumption1 l ->
  ~ Omega_tilde x f th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  is_min [set risk h | h in residual_model th eps] (L th).
Proof.
move=> rW lnneg A1 nO Lmin.
have A2 : assumption2 x f := resnet_assumption2 x z encK decK.
have [eps0 eps0_gt0 H] := theorem_2_min lnneg A1 A2 nO Lmin.
exists eps0 => // eps eps_gt0 eps_lt; rewrite residual_modelE//.
by apply: H => //; exact: ltW.
Qed.

(* At eps = 0 the right side of (4.2) ranges over fewer functions, ... *)
Lemma residual_model_0 th eps : residual_model th 0 `<=` residual_model th eps.
Proof.
move=> _ [S [alpha [aw [ar [SV ->]]]]].
exists [fset 0]%fset, (fun k _ => \sum_(v : S) alpha k v), aw, ar; split.
  by move=> v /fset1P ->; exact: V_0.
apply/funext => a; congr (_ + _); apply: eq_bigr => k _.
rewrite big_fset1/= scaler0 addr0 scaler_suml; apply: eq_bigr => v _.
by rewrite scale0r addr0.
Qed.

(* ... and Theorem 3 holds there too. *)
Theorem theorem_3_eps_0 th : rank_condition th ->
  nonnegative_weights lambda -> assumption1 l ->
  ~ Omega_tilde x f th -> local_min L th ->
  is_min [set risk h | h in residual_model th 0] (L th).
Proof.
move=> rW lnneg A1 nO Lmin.
have [eps0 eps0_gt0] := theorem_3_rank_min rW lnneg A1 nO Lmin.
have eps_gt0 : 0 < eps0 / 2 by rewrite divr_gt0.
move=> /(_ _ eps_gt0); rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n => /(_ isT)[_ lb].
split; last by move=> _ [h /(@residual_model_0 _ (eps0 / 2)) h_in <-]; apply: lb; exists h.
pose none (k : 'I_p.+1) (v : fset0 : {fset 'rV[R]_p.+1}) : R := 0.
exists (fun a => Wof enc th *m a + (Wof enc th *m Rof enc th) *m z a (uof enc th) +
  perturbed_model f th 0 none a).
  by exists fset0, none, (Wof enc th), (Wof enc th *m Rof enc th); split.
apply: eq_bigr => i _; rewrite /resnet mulmxDr mulmxA.
rewrite [X in _ + X](_ : _ = 0) ?addr0//.
by apply: big1 => k _; apply: big1 => v _; rewrite scale0r.
Qed.

(* Theorem 3: L(theta) is the least of the values on the right side of (4.2) ... *)
Theorem theorem_3_min th : (dy <= minn dx dz)%N ->
  nonnegative_weights lambda -> assumption1 l ->
  ~ Omega_tilde x f th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  is_min [set risk h | h in residual_model th eps] (L th).
Proof.
rewrite leq_min => /andP[dydx _]; apply: theorem_3_rank_min.
exact: rank_condition_dims.
Qed.

(* ... and, as printed, their infimum. *)
Theorem theorem_3 th : (dy <= minn dx dz)%N ->
  positive_weights lambda -> assumption1 l ->
  ~ Omega_tilde x f th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  (L th)%:E = ereal_inf (EFin @` [set risk h | h in residual_model th eps]).
Proof.
move=> dd lpos A1 nO Lmin.
have [eps0 eps0_gt0 H] := theorem_3_min dd lpos A1 nO Lmin.
exists eps0 => // eps eps_gt0 eps_lt.
by rewrite (is_min_ereal_inf (H _ eps_gt0 eps_lt)).
Qed.

End theorem_3.
