(* The consequence of Theorem 4 on deep linear networks as the TypeScript side states it
   (results.v): Theorem 4 with t = 0 and all units. The network is a linear map of its inputs,
   and every linear map of the inputs is a prediction of the model. *)
From everymin Require Import prelude interpretation statements results problem.
From everymin Require Import feedforward locally_linear feature_predictions proved_theorem_4.

Section deep_linear.
Context {R : realType}.
Variables (m H : nat) (d : nat -> nat).
Local Notation size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N.
Variables (x : 'I_m -> 'I_(d 0%N) -> R) (sigma : forall l, ('I_(d l) -> R) -> 'I_(d l) -> R).
Variable h : forall l, 'I_m -> ('I_size -> R) -> 'I_(d l) -> R.
Arguments h : clear implicits.
Arguments sigma : clear implicits.
Hypothesis h_layers : layers x sigma h.
Hypothesis linear : forall l, (0 < l <= H)%N -> forall z, sigma l z = z.

(* The layers are linear maps of the inputs. *)
Lemma hidden_map b l : (l <= H)%N ->
  exists P : 'M_(d l, d 0%N), forall i, hidden h i b l = P *m \col_k x i k.
Proof.
elim: l => [|l IH] lH.
  by exists 1%:M => i; rewrite mul1mx; apply/colP => k; rewrite !mxE h_layers.1.
have [P PE] := IH (ltnW lH); exists (layer_weight l b *m P) => i; rewrite -mulmxA -PE.
by apply/colP => k; rewrite mxE h_layers.2// linear.
Qed.

(* All units are linear: theta is in Theta_{dy,0}. *)
Lemma all_units th : (forall l, (0 < l <= H)%N -> (d H.+1 <= d l)%N) ->
  linear_units h 0 th (fun l => [set: 'I_(d l)]%SET) 1.
Proof.
move=> wide; split=> [l /wide|l lH b _ k _ i|l _ k j]; first by rewrite cardsT card_ord.
  by rewrite h_layers.2// linear.
by rewrite inE.
Qed.

End deep_linear.

Lemma deep_linear_kernel (R : realType) : @deep_linear_statement R.
Proof.
move=> m t r d x sigma h lambda l th lpos net identity A1 wide.
set f := (fun (i : 'I_m) b c => FeedforwardOutput m (t + r) d h i b (cast_ord _ c)) => nO Lmin.
pose H := (t + r)%N; have h_layers : layers x sigma h := layersE net.
have LE : (H + 1)%N = H.+1 by rewrite addn1.
have fE : is_output h f.
  by move=> i b; apply/funext => c; apply: received_castE; rewrite /= addn0.
have linear k : (0 < k <= H)%N -> forall z, sigma k z = z.
  by case: k => // k /= kH; rewrite -addn1; exact: (identity (Ordinal kH)).
have cw : coordinatewise H sigma 0 by move=> k kH z z' j zz'; rewrite !linear.
have wideE k : (0 < k <= H)%N -> (d H.+1 <= d k)%N.
  by case: k => // k /= kH; rewrite -LE -[k.+1]addn1; exact: (wide (Ordinal kH)).
have [eps0 [eps0_gt0 H4]] := features_minimum h_layers LE fE (leq0n H) cw ltr01
  (all_units h_layers linear th wideE) lpos A1 nO Lmin.
have [||E _ lb] := H4 (eps0 / 2%:R); first by rewrite divr_gt0.
  by rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n.
(* Every f(theta') is a linear map of the inputs, and so a prediction. *)
move=> th'; have [P PE] := hidden_map h_layers linear th' (leqnn H).
pose A c k := (weight_to (H + 1) H th' *m P) c k.
apply: le_trans (lb _ (E 0%N (leq0n H) A)) _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
apply: eq_bigr => i _; congr (_ * l i _); rewrite fE PE mulmxA h_layers.1.
by apply/funext => c; rewrite mxE; apply: eq_bigr => k _; rewrite [(\col_ _ _) _ _]mxE.
Qed.
