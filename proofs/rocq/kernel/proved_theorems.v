(* Theorems 1 and 2 as the TypeScript side states them (results.v), from theorem_1.v and
   theorem_2.v. *)
From everymin Require Import prelude calculus minimum euclidean setting.
From everymin Require Import lemma_1 lemma_2 theorem_1 lemma_3 theorem_2.
From everymin Require Import interpretation derivative bridge padding statements results problem.

Section models.
Context {R : realType}.
Variables (m p d : nat) (lambda : 'I_m -> R).
Variables (l : 'I_m -> ('I_d -> R) -> R) (f : 'I_m -> ('I_p -> R) -> 'I_d -> R).
Local Notation padded_model := (padded_model f).
Local Notation risk := (setting.risk id lambda (padded_loss l)).

(* The gradient basis model of the padded problem: the coefficient in front has no effect. *)
Lemma basis_model_padded (w : 'rV[R]_p.+1) (alpha : 'I_p.+1 -> R) i :
  (forall i, Diff_vec (f i) (cut w)) ->
  basis_model_at padded_model w alpha i =
  pad (Induced m p d lambda l f (cut w) i (fun k => alpha (lift ord0 k))).
Proof.
move=> df; rewrite /basis_model_at big_ord_recl partial_padded0// scaler0 add0r.
apply/rowP => j; rewrite summxE.
under eq_bigr => k _ do rewrite partial_padded// mxE.
case: (unliftP ord0 j) => [c|] ->; last by rewrite pad0 big1// => k _; rewrite pad0 mulr0.
by rewrite pad_lift; apply: eq_bigr => k _; rewrite pad_lift.
Qed.

Lemma risk_padded (h : 'I_m -> 'rV[R]_d.+1) (F : 'I_m -> 'I_d -> R) :
  (forall i, h i = pad (F i)) -> risk h = \sum_i lambda i * l i (F i).
Proof. by move=> hF; apply: eq_bigr => i _; rewrite hF /padded_loss /= padK. Qed.

(* Assumption 2 at a point where f is differentiable. *)
Lemma assumption2_padded th : Assumption2 m p d lambda l f -> (forall i, Diff_vec (f i) th) ->
  exists gamma : 'I_p -> R, forall i, f i th = Induced m p d lambda l f th i gamma.
Proof.
move=> [g gE] df; exists (g th) => i; apply: gE.
exact/not_Omega.
Qed.

Lemma assumption2_at_padded th (gamma : 'I_p -> R) : (forall i, Diff_vec (f i) th) ->
  (forall i, f i th = Induced m p d lambda l f th i gamma) ->
  assumption2_at id padded_model (pad th).
Proof.
move=> df fE; exists (fun j => pad gamma 0 j) => i.
rewrite basis_model_padded padK// /problem.padded_model /padded padK fE; congr pad.
by congr (Induced _ _ _ _ _ _ _ _ _); apply/funext => k; rewrite pad_lift.
Qed.

End models.

Section theorems.
Context {R : realType}.

Lemma positive_padded m (lambda : 'I_m -> R) : PositiveWeights m lambda ->
  nonnegative_weights lambda.
Proof. by move=> lpos i; exact: ltW. Qed.

Lemma theorem_1_kernel : @theorem_1_statement R.
Proof.
move=> m p d lambda l f th lpos A1 A2 nO crit; have df := (not_Omega _ _ _ _).1 nO.
have [gamma fE] := assumption2_padded A2 df.
have [] := @theorem_1_at _ _ _ _ _ id lambda (padded_loss l) (padded_model f) (pad th)
  (positive_padded lpos) (assumption1_padded A1) (assumption2_at_padded df fE).
- by move=> /(Omega_padded lambda l); rewrite padK.
- exact: critical_padded (assumption1_differentiable_losses A1) df crit.
move=> _ lb; apply/IsMinP; split.
  by exists gamma; apply: eq_bigr => i _; rewrite fE.
move=> _ [alpha ->]; move: lb; rewrite L_padded padK; apply.
exists (fun j => pad alpha 0 j) => //.
rewrite (@risk_padded _ _ _ _ _ _ (fun i => Induced m p d lambda l f th i alpha))// => i.
rewrite (basis_model_padded lambda l) padK//; congr pad.
by congr (Induced _ _ _ _ _ _ _ _ _); apply/funext => k; rewrite pad_lift.
Qed.

Lemma theorem_2_kernel : @theorem_2_statement R.
Proof.
move=> m p d lambda l f th lpos A1 A2 nO Lmin.
have [r [r0 near_df]] := differentiable_nearby nO.
have th0 : moved th 0 (fun=> 0) = th.
  by apply/funext => k; rewrite /moved mul0r addr0.
have norm0 : norm p (fun=> 0 : R) <= 1.
  by rewrite /norm big1 ?sqrtr0// => k _; rewrite mul0r.
have df : forall i, Diff_vec (f i) th by have := near_df 0 (fun=> 0) (lexx _) r0 norm0; rewrite th0.
have [gamma fE] := assumption2_padded A2 df.
have [e e0 H] := @theorem_2_at _ _ _ _ _ id lambda (padded_loss l) (padded_model f) (pad th)
  (positive_padded lpos) (assumption1_padded A1) (assumption2_at_padded df fE)
  (fun O => nO (Omega_tilde_padded lambda l O)) (local_min_padded Lmin).
exists (Num.min e r); split=> [|eps eps0]; first by rewrite lt_minr e0.
rewrite lt_minr => /andP[epse epsr]; have [_ lb] := H _ eps0 epse.
apply/IsMinP; split.
  have moved0 : moved th eps (fun=> 0) = th.
    by apply/funext => k; rewrite /moved mulr0 addr0.
  exists 1%N, (fun _ _ => 0); split=> [j|].
    by split=> // i; rewrite -[fun k => _]/(moved th eps (fun=> 0)) moved0.
  exists (fun k _ => gamma k); apply: eq_bigr => i _; congr (_ * l i _); rewrite fE.
  apply/funext => c; apply: eq_bigr => k _; rewrite big_ord1.
  by rewrite -[fun k => th k + _]/(moved th eps (fun=> 0)) moved0.
move=> _ [s [S [SV [alpha ->]]]]; move: lb; rewrite L_padded padK; apply.
pose h j := basis_model_at (padded_model f) (pad th + eps *: pad (S j))
  (fun k => pad (fun k => alpha k j) 0 k).
exists (fun i => \sum_j h j i).
  by apply: induced_model_sum => j; apply/induced_model_at/V_padded/SV.
apply: risk_padded => i; apply/rowP => j; rewrite summxE.
have dfS j' : forall i, Diff_vec (f i) (cut (pad th + eps *: pad (S j'))).
  by rewrite cut_moved; apply: near_df => //; exact: (SV j').1.
under eq_bigr => j' _ do rewrite /h (basis_model_padded lambda l)// cut_moved.
case: (unliftP ord0 j) => [c|] ->; last by rewrite pad0 big1// => j' _; rewrite pad0.
rewrite pad_lift /Perturbed exchange_big; apply: eq_bigr => j' _; rewrite pad_lift.
by apply: eq_bigr => k _; rewrite pad_lift.
Qed.

End theorems.
