(* Theorem 3 as the TypeScript side states it (results.v), from Theorem 2 and the construction of
   the paper's proof: alpha_w x + alpha_r z(x; u) is a prediction of the perturbable gradient
   basis model. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_linear_algebra problem proved_lemma_e proved_theorems residual.

Section theorem_3.
Context {R : realType}.
Variables (m dx dz dy du : nat) (x : 'I_m -> 'I_dx -> R).
Variable z : 'I_m -> ('I_du -> R) -> 'I_dz -> R.
Variables (lambda : 'I_m -> R) (l : 'I_m -> ('I_dy -> R) -> R).
Local Notation size := (dy * dx + (dx * dz + du))%N.
Local Notation f := (ResNet m dx dz dy du x z).
Local Notation Wof := (ResNetW dx dz dy du).
Local Notation Rof := (ResNetR dx dz dy du).
Local Notation uof := (ResNetU dx dz dy du).
Local Notation InE := (InE m size dy lambda l f).
Local Notation features := (features x z).
Local Notation packW := (@packW R dx dz dy du).
Local Notation packR := (@packR R dx dz dy du).
Implicit Types (th : 'I_size -> R) (A : 'I_dy -> 'I_dx -> R) (B Q : 'I_dy -> 'I_dz -> R).

Lemma resnet_assumption2 : Assumption2 m size dy lambda l f.
Proof.
exists (fun th => packW (Wof th)) => i th nO; apply/funext => c.
by rewrite derivative_W//; exact: ((not_Omega lambda l f th).1 nO).
Qed.

Section at_theta.
Variables (th : 'I_size -> R) (eps : R).
Hypothesis df : forall v, norm size v <= 1 -> forall i, Diff_vec (f i) (moved th eps v).
Hypothesis eps_gt0 : 0 < eps.

Let moved0 : moved th eps (fun=> 0) = th.
Proof. by apply/funext => k; rewrite /moved mulr0 addr0. Qed.

Let norm0 : norm size (fun=> 0 : R) <= 1.
Proof. by rewrite /norm big1 ?sqrtr0// => k _; rewrite mul0r. Qed.

Lemma InE_W A : InE th eps (fun i => matVec dy dx A (features th i)).
Proof.
have := InE_at (packW A) (V_zero lambda l f th eps); congr results.InE.
apply/funext => i; apply/funext => c; rewrite -/(moved th eps (fun=> 0)) moved0.
by apply: derivative_W; have := df norm0 i; rewrite moved0.
Qed.

Lemma InE_R (B : 'I_dx -> 'I_dz -> R) :
  InE th eps (fun i => matVec dy dx (Wof th) (matVec dx dz B (z i (uof th)))).
Proof.
have := InE_at (packR B) (V_zero lambda l f th eps); congr results.InE.
apply/funext => i; apply/funext => c; rewrite -/(moved th eps (fun=> 0)) moved0.
by apply: derivative_R; have := df norm0 i; rewrite moved0.
Qed.

(* Where W has a right inverse X: Q z is the derivative along vec([0, X Q, 0]). *)
Lemma InE_Q_full Q : FullRowRank dy dx (Wof th) ->
  InE th eps (fun i => matVec dy dz Q (z i (uof th))).
Proof.
move=> [X WX]; have := InE_R (fun k j => \sum_c X k c * Q c j); congr results.InE.
apply/funext => i; apply/funext => c; rewrite /matVec.
under eq_bigr do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => j _.
under eq_bigr do rewrite mulrA mulr_sumr.
rewrite -mulr_suml exchange_big (bigD1 c)//= [X in _ + X]big1 => [|c' c'c].
  under eq_bigr do rewrite mulrA.
  by rewrite -mulr_suml WX /delta eqxx mul1r addr0.
under eq_bigr do rewrite mulrA.
by rewrite -mulr_suml WX /delta eq_sym (negbTE c'c) mul0r.
Qed.

(* Where W has a unit null vector a: a step along vec([0, a e_j^T, 0]) changes no prediction, and
   there the derivative along vec([q a^T / eps, 0, 0]) is q (a.(x + R z) / eps + z_j). *)
Section null_vector.
Variable a : 'I_dx -> R.
Hypotheses (aa : \sum_k a k * a k = 1) (Wa : forall i, \sum_k Wof th i k * a k = 0).

Definition direction (j : 'I_dz) : 'I_size -> R := packR (fun k j' => a k * delta R j' j).

Lemma direction_z j (v : 'I_dz -> R) :
  matVec dx dz (fun k j' => a k * delta R j' j) v = fun k => a k * v j.
Proof.
apply/funext => k; rewrite /matVec (bigD1 j)//= /delta eqxx mulr1 big1 ?addr0// => j' /negbTE ->.
by rewrite mulr0 mul0r.
Qed.

Lemma direction_in_V j : InV m size dy lambda l f th eps (direction j).
Proof.
split.
  rewrite norm_packR (_ : \sum_k _ = 1) ?sqrtr1// -aa; apply: eq_bigr => k _.
  rewrite (bigD1 j)//= /delta eqxx mulr1 big1 ?addr0// => j' /negbTE ->.
  by rewrite !mulr0.
move=> i; rewrite -/(moved th eps (direction j)).
rewrite -[LHS]/(matVec dy dx (Wof _) (features _ i)) features_packR Wof_packR direction_z.
apply/funext => c; rewrite matVec_add -[RHS]addr0; congr (_ + _).
rewrite /matVec; under eq_bigr do rewrite mulrA.
by rewrite -mulr_suml Wa mul0r mulr0.
Qed.

Lemma InE_direction j (q : 'I_dy -> R) : InE th eps (fun i c =>
  q c * (eps^-1 * (\sum_k a k * features th i k) + z i (uof th) j)).
Proof.
have Vj := direction_in_V j.
have := InE_at (packW (fun c k => q c * eps^-1 * a k)) Vj; congr results.InE.
apply/funext => i; apply/funext => c; rewrite -/(moved th eps (direction j)).
rewrite derivative_W; last exact: df Vj.1 i.
rewrite features_packR direction_z matVec_add /matVec.
rewrite mulrDr mulrA mulr_sumr; congr (_ + _).
  by apply: eq_bigr => k _; rewrite mulrA.
transitivity (eps * (q c * eps^-1 * (\sum_k a k * a k) * z i (uof th) j)); last first.
  by rewrite aa mulr1 mulrA [eps * _]mulrCA mulfV ?mulr1// gt_eqF.
by rewrite mulr_sumr mulr_suml; congr (eps * _); apply: eq_bigr => k _; rewrite !mulrA.
Qed.

Lemma InE_Q_null Q : InE th eps (fun i => matVec dy dz Q (z i (uof th))).
Proof.
have H := InE_sum (fun j => InE_direction j (fun c => Q c j)).
have := InE_add H (InE_W (fun c k => - ((\sum_j Q c j) * eps^-1 * a k))); congr results.InE.
apply/funext => i; apply/funext => c; rewrite /matVec; set s := \sum_k a k * _.
have -> : \sum_k - ((\sum_j Q c j) * eps^-1 * a k) * features th i k =
    - ((\sum_j Q c j) * (eps^-1 * s)).
  under eq_bigr do rewrite mulNr -mulrA.
  by rewrite sumrN -mulr_sumr mulrA.
under eq_bigr do rewrite mulrDr.
by rewrite big_split/= -mulr_suml addrAC subrr add0r.
Qed.
End null_vector.

Lemma InE_Q Q : (dy <= dx)%N -> InE th eps (fun i => matVec dy dz Q (z i (uof th))).
Proof.
move=> dydx; have [full|nfull] := pselect (FullRowRank dy dx (Wof th)).
  exact: InE_Q_full.
have [a [aa Wa]] := unit_null_vector dydx nfull.
exact: InE_Q_null aa Wa Q.
Qed.

(* alpha_w x + alpha_r z = alpha_w (x + R z) + (alpha_r - alpha_w R) z *)
Lemma InE_features (aw : 'I_dy -> 'I_dx -> R) (ar : 'I_dy -> 'I_dz -> R) : (dy <= dx)%N ->
  InE th eps (fun i c => matVec dy dx aw (x i) c + matVec dy dz ar (z i (uof th)) c).
Proof.
move=> dydx.
have HQ := InE_Q (fun c j => ar c j + - 1 * \sum_k aw c k * Rof th k j) dydx.
have := InE_add (InE_W aw) HQ; congr results.InE; apply/funext => i; apply/funext => c.
rewrite matVec_line mulN1r.
have -> : matVec dy dx aw (features th i) c = matVec dy dx aw (x i) c +
    matVec dy dz (fun c j => \sum_k aw c k * Rof th k j) (z i (uof th)) c.
  rewrite /matVec -[X in _ = _ + X](_ : \sum_k aw c k *
    (\sum_j Rof th k j * z i (uof th) j) = _).
    by rewrite -big_split; apply: eq_bigr => k _; rewrite /residual.features mulrDr.
  under eq_bigr do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => j _.
  by rewrite mulr_suml; apply: eq_bigr => k _; rewrite mulrA.
by rewrite -addrA [X in _ + X]addrCA subrr addr0.
Qed.
End at_theta.
End theorem_3.

(* Only dy <= dx is needed. *)
Lemma theorem_3_wide (R : realType) m dx dz dy du (x : 'I_m -> 'I_dx -> R)
    (z : 'I_m -> ('I_du -> R) -> 'I_dz -> R) lambda l (th : 'I_(dy * dx + (dx * dz + du)) -> R) :
  PositiveWeights m lambda -> Assumption1 m dy l -> (dy <= dx)%N ->
  ~ OmegaTilde m _ dy lambda l (ResNet m dx dz dy du x z) th ->
  LocalMin _ (fun t => Loss m _ dy lambda l (ResNet m dx dz dy du x z) t) th ->
  exists eps0, 0 < eps0 /\ forall eps, 0 < eps -> eps < eps0 ->
  IsMin (Loss m _ dy lambda l (ResNet m dx dz dy du x z) th) (fun y => exists s S,
    RowsInV m _ dy lambda l (ResNet m dx dz dy du x z) th eps s S /\ exists alpha aw ar,
    y = \sum_i lambda i * l i (fun k => matVec dy dx aw (x i) k +
      matVec dy dz ar (z i (ResNetU dx dz dy du th)) k +
      Perturbed m _ dy lambda l (ResNet m dx dz dy du x z) th eps s S i alpha k)).
Proof.
move=> lpos A1 dydx nO Lmin.
have [r [r0 near_df]] := differentiable_nearby nO.
have [e [e0 H]] := theorem_2_kernel lpos A1 (resnet_assumption2 x z lambda l) nO Lmin.
exists (Num.min e r); split=> [|eps eps0]; first by rewrite lt_minr e0.
rewrite lt_minr => /andP[epse epsr].
have /IsMinP[[s [S [SV [alpha LE]]]] lb] := H _ (ltW eps0) epse.
apply/IsMinP; split.
  exists s, S; split=> //; exists alpha, (fun _ _ => 0), (fun _ _ => 0); rewrite LE.
  apply: eq_bigr => i _; congr (_ * l i _); apply/funext => c.
  by rewrite /matVec !big1 ?add0r// => k _; rewrite mul0r.
move=> _ [s' [S' [S'V [alpha' [aw [ar ->]]]]]].
have df v : norm _ v <= 1 -> forall i, Diff_vec (ResNet m dx dz dy du x z i) (moved th eps v).
  by move=> v1; apply: near_df => //; exact: ltW.
have EF : InE m _ dy lambda l (ResNet m dx dz dy du x z) th eps
    (Perturbed m _ dy lambda l (ResNet m dx dz dy du x z) th eps s' S' ^~ alpha').
  by exists s', S'; split=> //; exists alpha'.
have [s2 [S2 [S2V [alpha2 E2]]]] := InE_add (InE_features lambda l df eps0 aw ar dydx) EF.
apply: lb; exists s2, S2; split=> //; exists alpha2; apply: eq_bigr => i _.
by rewrite -E2.
Qed.

Lemma theorem_3_kernel (R : realType) : @theorem_3_statement R.
Proof. by move=> m dx dz dy du x z lambda l th lpos A1 [dydx _]; exact: theorem_3_wide. Qed.
