(* The residual network as the TypeScript side states it (theorems/residual.ts): theta is one
   vector, whose first indices are the pairs of W, the next those of R, the last those of u.
   Here: the vectors with a single block, and the derivatives of f along them. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_analysis problem proved_lemma_e.

Section indices.
Context {R : realType} {a b : nat}.

Lemma index_pair_inj : injective (fun ij : 'I_a * 'I_b => index_pair ij.1 ij.2).
Proof.
move=> [i j] [i' j'] /= /(congr1 val)/= E.
have b0 : (0 < b)%N := leq_ltn_trans (leq0n j) (ltn_ord j).
have iE : val i = val i'.
  by have := congr1 (divn^~ b) E; rewrite !divnMDl// !divn_small// !addn0.
by congr (_, _); apply: val_inj => //; move: E; rewrite /= iE => /addnI.
Qed.

(* A function of two indices as one of their pair. *)
Definition unpair (A : 'I_a -> 'I_b -> R) (k : 'I_(a * b)) : R :=
  if [pick ij | index_pair ij.1 ij.2 == k] is Some ij then A ij.1 ij.2 else 0.

Lemma unpairE A i j : unpair A (index_pair i j) = A i j.
Proof.
rewrite /unpair; case: pickP => [ij /eqP/(index_pair_inj (x2 := (i, j)))->//|/(_ (i, j))].
by rewrite eqxx.
Qed.

Lemma sum_unpair (g : 'I_(a * b) -> R) : \sum_k g k = \sum_i \sum_j g (index_pair i j).
Proof.
rewrite pair_bigA; apply: reindex; apply: onW_bij.
by apply: inj_card_bij index_pair_inj _; rewrite card_prod !card_ord.
Qed.

End indices.

Section products.
Context {R : realType} {p n : nat}.
Implicit Types (M N : 'I_p -> 'I_n -> R) (u v : 'I_n -> R).

Lemma matVec_line M N v (t : R) c :
  matVec p n (fun i j => M i j + t * N i j) v c = matVec p n M v c + t * matVec p n N v c.
Proof.
rewrite /matVec mulr_sumr -big_split; apply: eq_bigr => j _.
by rewrite mulrDl mulrA.
Qed.

Lemma matVec_add M u v (t : R) c :
  matVec p n M (fun j => u j + t * v j) c = matVec p n M u c + t * matVec p n M v c.
Proof.
rewrite /matVec mulr_sumr -big_split; apply: eq_bigr => j _.
by rewrite mulrDr mulrCA.
Qed.

End products.

Section residual.
Context {R : realType}.
Variables (m dx dz dy du : nat) (x : 'I_m -> 'I_dx -> R).
Variable z : 'I_m -> ('I_du -> R) -> 'I_dz -> R.
Local Notation size := (dy * dx + (dx * dz + du))%N.
Local Notation f := (ResNet m dx dz dy du x z).
Local Notation Wof := (ResNetW dx dz dy du).
Local Notation Rof := (ResNetR dx dz dy du).
Local Notation uof := (ResNetU dx dz dy du).
Implicit Types (th v : 'I_size -> R) (A : 'I_dy -> 'I_dx -> R) (B : 'I_dx -> 'I_dz -> R).

(* x_i + R z_i(u) *)
Definition features th i : 'I_dx -> R :=
  fun k => x i k + matVec dx dz (Rof th) (z i (uof th)) k.

(* vec([A, 0, 0]) and vec([0, B, 0]) *)
Definition packW A : 'I_size -> R := join_functions (unpair A) (fun=> 0).
Definition packR B : 'I_size -> R :=
  join_functions (fun=> 0) (join_functions (unpair B) (fun=> 0)).

Lemma Wof_packW th A (t : R) :
  Wof (moved th t (packW A)) = fun i j => Wof th i j + t * A i j.
Proof.
apply/funext => i; apply/funext => j.
by rewrite /ResNetW /moved /packW join_left unpairE.
Qed.

Lemma Wof_packR th B (t : R) : Wof (moved th t (packR B)) = Wof th.
Proof.
apply/funext => i; apply/funext => j.
by rewrite /ResNetW /moved /packR join_left mulr0 addr0.
Qed.

Lemma Rof_packW th A (t : R) : Rof (moved th t (packW A)) = Rof th.
Proof.
apply/funext => i; apply/funext => j.
by rewrite /ResNetR /moved /packW join_right mulr0 addr0.
Qed.

Lemma Rof_packR th B (t : R) :
  Rof (moved th t (packR B)) = fun i j => Rof th i j + t * B i j.
Proof.
apply/funext => i; apply/funext => j.
by rewrite /ResNetR /moved /packR join_right join_left unpairE.
Qed.

Lemma uof_packW th A (t : R) : uof (moved th t (packW A)) = uof th.
Proof.
by apply/funext => k; rewrite /ResNetU /moved /packW join_right mulr0 addr0.
Qed.

Lemma uof_packR th B (t : R) : uof (moved th t (packR B)) = uof th.
Proof.
by apply/funext => k; rewrite /ResNetU /moved /packR !join_right mulr0 addr0.
Qed.

Lemma features_packR th B (t : R) i : features (moved th t (packR B)) i =
  fun k => features th i k + t * matVec dx dz B (z i (uof th)) k.
Proof.
by apply/funext => k; rewrite /features Rof_packR uof_packR matVec_line addrA.
Qed.

Lemma features_packW th A (t : R) i : features (moved th t (packW A)) i = features th i.
Proof. by rewrite /features Rof_packW uof_packW. Qed.

(* The derivative along a line on which f is affine. *)
Lemma derivative_along th v (b : 'I_dy -> R) i : Diff_vec (f i) th ->
  (forall t c, f i (moved th t v) c = f i th c + t * b c) ->
  forall c, \sum_k v k * partial_vec (f i) th k c = b c.
Proof.
move=> df line; apply: (directional_derivative df ltr01) => t _ _ c.
exact: line.
Qed.

Lemma derivative_W th A i : Diff_vec (f i) th -> forall c,
  \sum_k packW A k * partial_vec (f i) th k c = matVec dy dx A (features th i) c.
Proof.
move=> df; apply: derivative_along => // t c.
rewrite -[LHS]/(matVec dy dx (Wof _) (features _ i) c) features_packW Wof_packW.
exact: matVec_line.
Qed.

Lemma derivative_R th B i : Diff_vec (f i) th -> forall c,
  \sum_k packR B k * partial_vec (f i) th k c =
  matVec dy dx (Wof th) (matVec dx dz B (z i (uof th))) c.
Proof.
move=> df; apply: derivative_along => // t c.
rewrite -[LHS]/(matVec dy dx (Wof _) (features _ i) c) features_packR Wof_packR.
exact: matVec_add.
Qed.

Lemma norm_packR B : norm size (packR B) = Num.sqrt (\sum_k \sum_j B k j * B k j).
Proof.
congr Num.sqrt; rewrite /packR !big_split_ord/= big1 => [|k _]; last by rewrite join_left mul0r.
rewrite [X in _ + (_ + X)]big1 => [|k _]; last by rewrite !join_right mul0r.
rewrite add0r addr0 sum_unpair; apply: eq_bigr => k _; apply: eq_bigr => j _.
by rewrite join_right join_left unpairE.
Qed.

End residual.
