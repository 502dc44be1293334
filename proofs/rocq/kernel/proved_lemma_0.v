(* Lemma 0 as the TypeScript side states it (results.v), from lemma_0.v. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_0.
From everymin Require Import interpretation derivative bridge padding statements results problem.

Section lemma_0.
Context {R : realType}.

Lemma IsInf_least (c : R) (P : R -> Prop) : P c -> IsInf c P <-> forall y, P y -> c <= y.
Proof. by move=> Pc; split=> [[]|lb]; last split=> // b; exact. Qed.

Lemma lemma_0_kernel : @lemma_0_statement R.
Proof.
move=> m d lambda l E F G lpos A1 linE EF GE.
pose rows (P : 'I_m -> 'I_d -> R) i := pad (P i).
pose E' : set ('I_m -> 'rV[R]_d.+1) := [set P' | exists2 P, E P & P' = rows P].
have dist_rows P : dist lambda (padded_loss l) (rows P) = \sum_i lambda i * l i (P i).
  by apply: eq_bigr => i _; rewrite /padded_loss /= padK.
have dl := assumption1_differentiable_losses A1.
have pairing_rows P : pairing lambda (padded_loss l) (rows F) (rows P) =
    \sum_i \sum_c G i c * P i c.
  apply: eq_bigr => i _; rewrite diff_cut ?padK// mulr_sumr.
  by apply: eq_bigr => c _; rewrite GE mulrA.
have linE' : linear_subspace E'.
  move=> _ _ a b [P EP ->] [Q EQ ->]; exists (fun i c => a * P i c + b * Q i c).
    exact: linE.
  apply/funext => i; apply/rowP => j; rewrite /rows !mxE.
  by case: unlift => [c //|]; rewrite !mulr0 addr0.
have EF' : E' (rows F) by exists F.
have := @lemma_0_min _ _ _ lambda (padded_loss l) E' (rows F)
  (fun i => ltW (lpos i)) (assumption1_padded A1) linE' EF'.
rewrite dist_rows => min_orth; split=> [Finf P EP|orth].
  rewrite -pairing_rows; apply: min_orth.1; last by exists P.
  split=> [|_ [_ [Q EQ ->] <-]]; first by exists (rows F); rewrite ?dist_rows.
  by rewrite dist_rows; apply: Finf.1; exists Q.
have [_ lb] : is_min [set dist lambda (padded_loss l) P' | P' in E']
    (\sum_i lambda i * l i (F i)).
  by apply: min_orth.2 => _ [P EP ->]; rewrite pairing_rows; exact: orth.
apply/IsInf_least; first by exists F.
by move=> _ [P [EP ->]]; apply: lb; exists (rows P); [exists P|rewrite dist_rows].
Qed.

End lemma_0.
