(* Example 2 (overparameterized networks) as the TypeScript side states it (results.v): the weights
   of footnote 1 with identities above the first layer, and Example 1 for the last layer. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_linear_algebra problem proved_lemma_e residual proved_example_1.

Section example_2.
Context {R : realType}.
Variables (m dx dy n r : nat) (x : 'I_m -> 'I_dx -> R) (sigma : R -> R).
Variable h : nat -> 'I_m -> ('I_(n * (dx + 1) + r * (n * n)) -> R) -> 'I_n -> R.
Local Notation input i := (@join_functions R dx 1 (x i) (fun=> 1)).

Hypothesis relu : forall z : R, (0 <= z -> sigma z = z) /\ (z <= 0 -> sigma z = 0).
Hypothesis first : forall i u, h 0 i u =
  entrywise n sigma (matVec n (dx + 1) (FirstWeight dx n r u) (input i)).
Hypothesis later : forall (l : 'I_r) i u, h (l + 1) i u =
  entrywise n sigma (matVec n n (LaterWeight dx n r u l) (h l i u)).

Section independent.
Variable delta : R.
Hypotheses (mn : (m <= n)%N) (norm1 : forall i, norm dx (x i) = 1) (delta_gt0 : 0 < delta).
Hypothesis separated : forall i i', ~ i = i' -> \sum_k x i k * x i' k < 1 + - 1 * delta.

(* Row i <= m of the first layer is [x_i, delta - 1], the other rows are 0. *)
Definition first_row (a : 'I_n) : 'I_(dx + 1) -> R :=
  if insub (a : nat) is Some i then join_functions (x i) (fun=> delta - 1) else fun=> 0.
Definition footnote_weights : 'I_(n * (dx + 1) + r * (n * n)) -> R :=
  join_functions (unpair first_row)
    (unpair (fun (_ : 'I_r) => unpair (fun a b => interpretation.delta R a b))).

Lemma footnote_first : FirstWeight dx n r footnote_weights = first_row.
Proof.
apply/funext => a; apply/funext => b.
by rewrite /FirstWeight /footnote_weights join_left unpairE.
Qed.

Lemma footnote_later l : LaterWeight dx n r footnote_weights l = interpretation.delta R (n := n).
Proof.
apply/funext => a; apply/funext => b.
by rewrite /LaterWeight /footnote_weights join_right !unpairE.
Qed.

Lemma first_preactivation (i i' : 'I_m) : \sum_b
  join_functions (x i) (fun=> delta - 1) b * input i' b = \sum_k x i k * x i' k + (delta - 1).
Proof.
rewrite big_split_ord/= big_ord1 !join_right mulr1; congr (_ + _).
by apply: eq_bigr => k _; rewrite !join_left.
Qed.

(* In every layer unit i is delta at sample i, and all others are 0. *)
Lemma footnote_features l i : (l <= r)%N ->
  h l i footnote_weights = fun a => delta * ((a : nat) == i)%:R.
Proof.
elim: l => [_|l IH lr]; apply/funext => a.
  rewrite first footnote_first /entrywise /matVec /first_row.
  case: insubP => [i' _ ai'|am]; last first.
    rewrite big1 => [|b _]; last by rewrite mul0r.
    rewrite (relu 0).1// (_ : _ == _ = false) ?mulr0//.
    by apply/negbTE; apply: contraNneq am => ->.
  rewrite first_preactivation -ai'; have [->|ii'] := eqVneq i' i.
    have -> : \sum_k x i k * x i k = 1.
      have /(congr1 (fun s => s ^+ 2)) := norm1 i.
      by rewrite expr1n /norm sqr_sqrtr ?dot_ge0.
    by rewrite addrC subrK eqxx mulr1 (relu _).1// ltW.
  rewrite (_ : _ == _ = false) ?mulr0; last exact/negbTE.
  apply: (relu _).2; have /eqP/separated := ii'; rewrite mulN1r => /ltW lt1.
  by rewrite -[delta - 1]opprB subr_le0.
have := later (Ordinal lr) i footnote_weights; rewrite /= addn1 => ->.
rewrite footnote_later /entrywise /matVec IH ?(ltnW lr)//.
rewrite (bigD1 a)//= [X in _ + X]big1 ?addr0 => [|b /negbTE ba]; last first.
  by rewrite /interpretation.delta eq_sym ba mul0r.
by rewrite /interpretation.delta eqxx mul1r (relu _).1// mulr_ge0// ltW.
Qed.

Lemma footnote_rank : FullRowRank m n (fun i => h r i footnote_weights).
Proof.
exists (fun (k : 'I_n) (j : 'I_m) => delta^-1 * ((k : nat) == j)%:R) => i j.
rewrite (bigD1 (widen_ord mn i))//= footnote_features// eqxx mulr1 big1 ?addr0.
  by rewrite mulrA mulfV ?mul1r// gt_eqF.
move=> k ki; rewrite (_ : ((k : nat) == i) = false) ?mulr0 ?mul0r//.
by apply: contraNF ki => /eqP ki; apply/eqP/ord_inj.
Qed.
End independent.

(* The last layer is a basis function model. *)
Lemma last_layer_linear u i (t : 'I_(dy * n) -> R) :
  LastLayer m dy n r (n * (dx + 1) + r * (n * n))%N h u i t =
  matVec dy (dy * n) (fun c => unpair (fun c' k => (c' == c)%:R * h r i u k)) t.
Proof.
apply/funext => c; rewrite /LastLayer /matVec sum_unpair (bigD1 c)//= [X in _ + X]big1.
  by rewrite addr0; apply: eq_bigr => k _; rewrite unpairE eqxx mul1r mulrC.
by move=> c' /negbTE c'c; rewrite big1// => k _; rewrite unpairE c'c !mul0r.
Qed.

(* Where the features are independent, every prediction is that of some last layer. *)
Lemma last_layer_interpolates u (P : 'I_m -> 'I_dy -> R) :
  FullRowRank m n (fun i => h r i u) -> exists t, forall i,
  LastLayer m dy n r (n * (dx + 1) + r * (n * n))%N h u i t = P i.
Proof.
move=> [X hX]; exists (unpair (fun c k => \sum_j P j c * X k j)) => i; apply/funext => c.
rewrite /LastLayer /matVec /OutputWeight.
under eq_bigr => k _ do rewrite unpairE mulr_suml; rewrite exchange_big.
rewrite (eq_bigr (fun j => P j c * interpretation.delta R i j)) => [|j _].
  rewrite (bigD1 i)//= [X in _ + X]big1 => [|j /negbTE ji].
    by rewrite /interpretation.delta eqxx mulr1 addr0.
  by rewrite /interpretation.delta eq_sym ji mulr0.
by rewrite -hX mulr_sumr; apply: eq_bigr => k _; rewrite -mulrA [X k j * _]mulrC.
Qed.
End example_2.

Lemma example_2_kernel (R : realType) : @example_2_statement R.
Proof.
move=> m dx dy n r x sigma lambda l h lpos relu [first later] A1 mn norm1 [delta [delta0 sep]].
split=> [|u rank t crit t' u'].
  by eexists; exact: (footnote_rank relu first later mn norm1 delta0 sep).
have [_ [_ [_ global]]] := example_1_kernel lpos (@last_layer_linear _ _ _ dy _ _ h u) A1.
have [t2 t2E] := last_layer_interpolates
  (fun i => matVec dy n (OutputWeight dy n t') (h r i u')) rank.
apply: le_trans (global t crit t2) _.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: eq_bigr => i _; rewrite t2E.
Qed.
