(* Lemmas 1 to 3 as the TypeScript side states them (results.v), from lemma_2.v and lemma_3.v. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_2 lemma_3.
From everymin Require Import interpretation derivative bridge padding statements results problem.

Section lemmas.
Context {R : realType}.

Lemma lemma_2_kernel : @lemma_2_statement R.
Proof.
move=> m p d lambda l f th _ dl nO crit k; have df := (not_Omega _ _ _ _).1 nO.
have := Force_padded lambda th (w := pad th) k dl; rewrite padK => -> //.
apply: lemma_2; first exact: differentiable_losses_padded.
  by move=> /(Omega_padded lambda l); rewrite padK.
exact: critical_padded.
Qed.

Lemma lemma_3_kernel : @lemma_3_statement R.
Proof.
move=> m p d lambda l f th _ dl nO Lmin.
have [r [r0 near_df]] := differentiable_nearby nO.
have [e e0 H] := lemma_3 (differentiable_losses_padded dl)
  (fun O => nO (Omega_tilde_padded lambda l O)) (local_min_padded Lmin).
exists (Num.min e r); split=> [|eps eps0]; first by rewrite lt_minr e0.
rewrite lt_minr => /andP[epse epsr] v Vv k.
have df := near_df eps v eps0 epsr Vv.1.
have := Force_padded lambda th (w := pad th + eps *: pad v) k dl.
rewrite cut_moved => -> //.
exact: H (V_padded Vv) _.
Qed.

(* The rows of S and S' together: those of S with alpha, those of S' with alpha'. *)
Lemma lemma_1_kernel : @lemma_1_statement R.
Proof.
move=> m p d lambda l f th eps s' S' F _ S'V; split.
  move=> [s [S [SV [alpha FE]]]]; exists s, S; split=> //; exists alpha, (fun _ _ => 0) => i.
  rewrite FE; apply/funext => c; rewrite [X in _ = _ + X](_ : _ = 0) ?addr0//.
  by rewrite /Perturbed big1// => k _; rewrite big1// => j _; rewrite mul0r.
move=> [s [S [SV [alpha [alpha' FE]]]]]; exists (s + s')%N, (join_functions S S').
split=> [j|]; first by rewrite /join_functions; case: fintype.splitP.
exists (fun k => join_functions (alpha k) (alpha' k)) => i; rewrite FE.
apply/funext => c; rewrite /Perturbed -big_split; apply: eq_bigr => k _.
rewrite big_split_ord; congr (_ + _); apply: eq_bigr => j _; rewrite /join_functions.
  by rewrite -[lshift s' j]/(unsplit (inl j)) unsplitK.
by rewrite -[rshift s j]/(unsplit (inr j)) unsplitK.
Qed.

End lemmas.
