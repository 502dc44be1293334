(* Footnote 1 of Example 2 needs a sign. The paper asks of the layers above the first that
   W^(l)_jj <> 0, and W^(l)_j'j = 0 for j' <> j. With W^(l) = -I, which satisfies this, all units
   die: phi(x; u) = 0 for every input (`negative_diagonal`). So every W is critical, with
   L(W) = sum_i lambda_i l_i(0), which is not the global minimum if some predictions are better
   than 0 (`example_2_sign`); for the squared loss it suffices that some target is not 0
   (`example_2_sign_squared`). *)
From everymin Require Import prelude numbering calculus minimum euclidean setting.
From everymin Require Import squared_loss example_1 overparameterized example_2.

Section sign.
Context {R : realType} {m p d dx n r : nat}.     (* dth = p.+1, dy = d.+1, r.+2 hidden layers *)
Variable raw : 'I_m -> 'rV[R]_dx.
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_d.+1 -> R).
(* any numbering of the entries of W (`weight_numbering`) *)
Variables (enc : 'I_d.+1 * 'I_n -> 'I_p.+1) (dec : 'I_p.+1 -> 'I_d.+1 * 'I_n).
Hypothesis encK : cancel enc dec.
Implicit Type th : 'rV[R]_p.+1.

(* what the paper asks of the layers above the first *)
Definition nonzero_diagonal (U : 'M[R]_n) :=
  forall j, U j j != 0 /\ forall j', j' != j -> U j' j = 0.

(* The first layer is anything, the others are -I. *)
Definition negative_weights (U : 'M[R]_(n, dx + 1)) : @hidden_weights R dx n r.+1 :=
  (U, nseq_tuple r.+1 (- 1%:M)).

Local Notation x := (with_bias raw).
Local Notation f U := (network enc (negative_weights U)).
Local Notation L U := (L x lambda l (f U)).

Lemma negative_weights_nonzero U : forall U', U' \in tval (negative_weights U).2 ->
  nonzero_diagonal U'.
Proof.
move=> _ /nseqP[-> _] j; split=> [|j' /negbTE j'j]; rewrite !mxE ?eqxx ?j'j ?oppr0//.
by rewrite oppr_eq0 oner_eq0.
Qed.

Lemma relu_negative (h : 'cV[R]_n) : relu (- 1%:M *m relu h) = 0.
Proof.
apply/colP => j; rewrite mulNmx mul1mx !mxE; apply: max_l.
by rewrite oppr_le0 le_maxr lexx.
Qed.

Theorem negative_diagonal U a : phi (negative_weights U) a = 0.
Proof.
rewrite /phi /= relu_negative; elim: r => //= k IH.
have -> // : relu (- 1%:M *m (0 : 'cV[R]_n)) = 0.
by rewrite mulmx0; apply/colP => j; rewrite !mxE maxxx.
Qed.

(* L is constant, so every W is critical, ... *)
Lemma negative_L U : L U = cst (\sum_i lambda i * l i 0).
Proof.
apply/funext => th; apply: eq_bigr => i _.
by rewrite /network negative_diagonal mulmx0.
Qed.

Theorem negative_critical U th : critical_point x lambda l (f U) th.
Proof.
rewrite /critical_point negative_L; split; first exact: differentiable_cst.
by move=> k; apply: derive_affine => h; rewrite scaler0 addr0.
Qed.

(* ... and L is not the least value over all (W, u) if the inputs are as in Example 2 and some
   predictions t_1, ..., t_m are better than 0. *)
Theorem example_2_sign U th delta (t : 'I_m -> 'cV[R]_d.+1) : (m <= n)%N -> normalized raw ->
  0 < delta -> separated raw delta ->
  \sum_i lambda i * l i (t i) < \sum_i lambda i * l i 0 ->
  exists (u : @hidden_weights R dx n r.+1) th',
    setting.L x lambda l (network enc u) th' < L U th.
Proof.
move=> mn norm1 delta_gt0 sep better.
have [u rk] := independent_weights r.+1 mn norm1 delta_gt0 sep.
have [th' th'E] := network_interpolates encK t rk; exists u, th'.
rewrite negative_L; apply: le_lt_trans better; rewrite le_eqVlt; apply/orP; left; apply/eqP.
by apply: eq_bigr => i _; rewrite th'E.
Qed.

End sign.

Section squared.
Context {R : realType} {m p d dx n r : nat}.
Variable raw : 'I_m -> 'rV[R]_dx.
Variables (lambda : 'I_m -> R) (y : 'I_m -> 'cV[R]_d.+1).
Variables (enc : 'I_d.+1 * 'I_n -> 'I_p.+1) (dec : 'I_p.+1 -> 'I_d.+1 * 'I_n).
Hypothesis encK : cancel enc dec.

Local Notation L u := (L (with_bias raw) lambda (fun i => squared_loss (y i)) (network enc u)).

Theorem example_2_sign_squared U th delta i : (m <= n)%N -> normalized raw ->
  0 < delta -> separated raw delta -> positive_weights lambda -> y i != 0 ->
  exists (u : @hidden_weights R dx n r.+1) th', L u th' < L (@negative_weights R dx n r U) th.
Proof.
move=> mn norm1 delta_gt0 sep lpos yi.
apply: (example_2_sign encK U th (t := y) mn norm1 delta_gt0 sep).
rewrite big1 => [|j _]; last first.
  by rewrite /squared_loss big1 ?mulr0// => k _; rewrite big1// => k' _; rewrite subrr expr0n.
have loss_ge0 j : 0 <= lambda j * squared_loss (y j) 0.
  by rewrite mulr_ge0 ?squared_loss_ge0// ltW.
rewrite (bigD1 i)//= ltr_spaddl ?sumr_ge0// mulr_gt0//.
have [k yk] : exists k, y i k 0 != 0 by apply/cV0Pn.
rewrite /squared_loss (bigD1 k)//= big_ord1 ltr_spaddl//.
  by rewrite mxE sub0r sqrrN exprn_even_gt0.
by apply: sumr_ge0 => j _; apply: sumr_ge0 => j' _; exact: sqr_ge0.
Qed.

End squared.

(* Inputs as in Example 2 exist: one sample with x^raw = 1. *)
Lemma one_sample {R : realType} (raw := fun _ : 'I_1 => const_mx 1 : 'rV[R]_1) :
  normalized raw /\ separated raw 1.
Proof.
split=> [i|i i']; last by rewrite !ord1.
by rewrite /norm2 big_ord1 mxE expr1n sqrtr1.
Qed.
