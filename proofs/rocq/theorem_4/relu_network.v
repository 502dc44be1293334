(* A network that satisfies the hypotheses of Theorem 4, with t = 0: one hidden layer of two ReLU
   units, W^(1) = (1, -1)^T, W^(2) = (1, 1), and one sample x = 1, y = 1. The first unit is linear
   near theta, the second is 0 there, so that J^(1) = {1}. *)
From everymin Require Import prelude calculus numbering euclidean setting squared_loss.
From everymin Require Import network theorem_4.

Section relu_network.
Context {R : realType} {p : nat}.

(* H = 1, d_0 = 1, d_1 = 2, d_2 = 1 *)
Definition widths (l : nat) : nat := (l == 1)%N.
Local Notation d l := (widths l).+1.
Variable enc : slot widths -> 'I_p.+1.
Hypothesis enc_inj : {in slots 1 &, injective enc}.

Definition relu l (z : 'cV[R]_(d l)) : 'cV[R]_(d l) := \col_k Num.max 0 (z k 0).
Definition one : 'cV[R]_1 := const_mx 1.
Definition sample (i : 'I_1) : 'cV[R]_(d 0) := one.
Definition lambda (i : 'I_1) : R := 1.
Definition loss (i : 'I_1) : 'cV[R]_(d 2) -> R := squared_loss one.
Definition weight_1 : 'cV[R]_2 := \col_k (-1) ^+ k.
Definition weight_2 : 'rV[R]_2 := const_mx 1.
Definition theta : 'rV[R]_p.+1 :=
  @block _ _ _ enc 0 weight_1 + @block _ _ _ enc 1 weight_2.
(* J^(1) is the first unit. *)
Definition linear_units l : {set 'I_(d l)} := [set ord0].

Local Notation f := (network 1 enc relu).
Local Notation L := (L sample lambda loss f).
Implicit Types (b : 'rV[R]_p.+1) (i : 'I_1).

Lemma weight_theta_1 : weight enc 0 theta = weight_1.
Proof.
have := weightD enc 0 (@block _ _ _ enc 0 weight_1) (@block _ _ _ enc 1 weight_2) 1.
by rewrite !scale1r (weight_block enc_inj)// (weight_block_other enc_inj)// addr0.
Qed.

Lemma weight_theta_2 : weight enc 1 theta = weight_2.
Proof.
have := weightD enc 1 (@block _ _ _ enc 0 weight_1) (@block _ _ _ enc 1 weight_2) 1.
by rewrite !scale1r (weight_block enc_inj)// (weight_block_other enc_inj)// add0r.
Qed.

(* In the unit ball around theta, the first unit is the identity and the second is 0. *)
Lemma hidden_near b i k : norm2 (b - theta) < 1 ->
  hidden enc relu (sample i) b 1 k 0 = if k == ord0 then weight enc 0 b k 0 else 0.
Proof.
move=> nb; rewrite hiddenS mxE.
have -> : received enc relu (sample i) b 0 k 0 = weight enc 0 b k 0.
  by rewrite mxE big_ord1 [X in _ * X]mxE mulr1.
have : `|weight enc 0 b k 0 - weight enc 0 theta k 0| < 1.
  apply: le_lt_trans nb; apply: le_trans (norm2_coord _ (@place _ _ enc 0 (k, 0))).
  by rewrite !mxE.
rewrite weight_theta_1 mxE; set w := place _ _ => w_near; case: (altP eqP) => [k0|k_neq0].
  move: w_near; rewrite k0 mxE expr0 ltr_norml => /andP[+ _].
  by rewrite ltr_subr_addl subrr => /ltW; exact: max_r.
have k1 : k = lift ord0 ord0 by apply/val_inj; case: k k_neq0 {w w_near} => -[|[]].
move: w_near; rewrite k1 mxE expr1 opprK ltr_norml => /andP[_].
by rewrite -ltr_subr_addr subrr => /ltW; exact: max_l.
Qed.

(* ... so that f is a product of two weights. *)
Lemma network_near b i : norm2 (b - theta) < 1 ->
  f (sample i) b = (weight enc 1 b 0 0 * weight enc 0 b 0 0) *: one.
Proof.
move=> nb; apply/matrixP => r j; rewrite !ord1 mxE big_ord_recl big_ord1 !hidden_near//=.
by rewrite mulr0 addr0 !mxE mulr1.
Qed.

Lemma theta_linear : Theta 1 enc relu sample 1 0 theta.
Proof.
exists linear_units, 1 => //; split=> [l _|[|l]// _ k|[|l]//].
  by rewrite cards1.
rewrite inE => /eqP -> b nb i; rewrite hidden_near// eqxx.
by rewrite [RHS]mxE big_ord1 [X in _ * X]mxE mulr1.
Qed.

Lemma theta_not_Omega_tilde : ~ Omega_tilde sample f theta.
Proof.
move=> /(_ [set b | norm2 (b - theta) < 1]) []; first by apply: near_euclid; rewrite subrr norm2_0.
move=> b [[i]] + nb; apply.
apply: (@differentiable_near _ _ _ _ (fun c => (weight enc 1 c 0 0 * weight enc 0 c 0 0) *: one)).
  by apply: filterS (near_euclid nb) => c; exact: network_near.
apply: differentiableZl.
by apply: differentiableM; under eq_fun do rewrite mxE; exact: differentiable_coord.
Qed.

Lemma theta_local_min : local_min L theta.
Proof.
have L0 : L theta = 0.
  rewrite /L /risk big_ord1 network_near ?subrr ?norm2_0// weight_theta_1 weight_theta_2.
  rewrite !mxE expr0 mulr1 scale1r mul1r /loss /squared_loss big1// => r _; rewrite big1// => j _.
  by rewrite subrr expr0n.
by apply: filterE => b; rewrite L0 /L /risk big_ord1 mul1r squared_loss_ge0.
Qed.

(* All hypotheses of Theorem 4 (and that enc is injective: see `vectorisation_exists`). *)
Theorem theorem_4_nonvacuous :
  [/\ coordinatewise 1 relu 0, Theta 1 enc relu sample 1 0 theta, ~ Omega_tilde sample f theta &
      local_min L theta] /\
  [/\ positive_weights lambda & assumption1 loss].
Proof.
split; split.
- by move=> l _ z z' k zz'; rewrite !mxE zz'.
- exact: theta_linear.
- exact: theta_not_Omega_tilde.
- exact: theta_local_min.
- by move=> i; exact: ltr01.
- exact: squared_loss_assumption1.
Qed.

End relu_network.
