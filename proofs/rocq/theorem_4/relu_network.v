(* The hypotheses of Theorem 4 can be satisfied together, with t = 0: a network with one hidden
   layer of two ReLU units, W^(1) = (1, -1)^T, W^(2) = (1/2, 1/2), and two samples with the input 1
   and the targets 0 and 1. Near theta the first unit is linear and the second is 0, so that
   J^(1) = {1} and f is a product of two weights. *)
From everymin Require Import prelude calculus euclidean setting nonvacuous.
From everymin Require Import network theorem_4.

Section relu_network.
Context {R : realType} {p : nat}.

(* H = 1, d_0 = 1, d_1 = 2, d_2 = 1 *)
Definition widths (l : nat) : nat := (l == 1)%N.
Local Notation d l := (widths l).+1.
Variable enc : slot widths -> 'I_p.+1.
Hypothesis enc_inj : {in slots 1 &, injective enc}.

(* max(0, z), unit by unit *)
Definition relu k (z : 'cV[R]_(d k)) : 'cV[R]_(d k) := \col_j Num.max 0 (z j 0).
(* W^(1), W^(2) and theta *)
Definition weight_1 : 'cV[R]_2 := \col_k (-1) ^+ k.
Definition weight_2 : 'rV[R]_2 := const_mx 2^-1.
Definition theta : 'rV[R]_p.+1 :=
  @block _ _ _ enc 0 weight_1 + @block _ _ _ enc 1 weight_2.
(* J^(1) is the first unit. *)
Definition linear_units k : {set 'I_(d k)} := [set ord0].

Local Notation one := (const_mx 1 : 'cV[R]_(d 0)).
Local Notation x := (same_input one).
Local Notation lambda := (@unit_weights R).
Local Notation l := (@zero_one_loss R).
Local Notation f := (network 1 enc relu).
Local Notation L := (L x lambda l f).
Implicit Types (b : 'rV[R]_p.+1).

(* The blocks of theta are W^(1) and W^(2). *)
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
Lemma hidden_near b k : norm2 (b - theta) < 1 ->
  hidden enc relu one b 1 k 0 = if k == ord0 then weight enc 0 b k 0 else 0.
Proof.
move=> nb; rewrite hiddenS mxE.
have -> : received enc relu one b 0 k 0 = weight enc 0 b k 0.
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
Lemma network_near b : norm2 (b - theta) < 1 ->
  f one b = (weight enc 1 b 0 0 * weight enc 0 b 0 0) *: one.
Proof.
move=> nb; apply/matrixP => r j; rewrite !ord1 mxE big_ord_recl big_ord1 !hidden_near//=.
by rewrite mulr0 addr0 !mxE mulr1.
Qed.

(* Conditions 1-3 hold, on the unit ball. *)
Lemma theta_linear : Theta 1 enc relu x 1 0 theta.
Proof.
exists linear_units, 1 => //; split=> [l _|[|l]// _ k|[|l]//].
  by rewrite cards1.
rewrite inE => /eqP -> b nb i; rewrite hidden_near// eqxx.
by rewrite [RHS]mxE big_ord1 [X in _ * X]mxE mulr1.
Qed.

(* f is differentiable in the unit ball. *)
Lemma theta_not_Omega_tilde : ~ Omega_tilde x f theta.
Proof.
move=> /(_ [set b | norm2 (b - theta) < 1]) []; first by apply: near_euclid; rewrite subrr norm2_0.
move=> b [[i]] + nb; apply.
apply: (@differentiable_near _ _ _ _ (fun c => (weight enc 1 c 0 0 * weight enc 0 c 0 0) *: one)).
  by apply: filterS (near_euclid nb) => c; exact: network_near.
apply: differentiableZl.
by apply: differentiableM; under eq_fun do rewrite mxE; exact: differentiable_coord.
Qed.

(* The prediction is 1/2, the best one. *)
Lemma theta_local_min : local_min L theta.
Proof.
apply: filterE => b; apply: zero_one_bound; rewrite network_near ?subrr ?norm2_0//.
by rewrite weight_theta_1 weight_theta_2 !mxE expr0 !mulr1.
Qed.

(* All hypotheses of Theorem 4 (and that enc is injective: see `vectorisation_exists`). *)
Theorem theorem_4_nonvacuous :
  [/\ coordinatewise 1 relu 0, Theta 1 enc relu x 1 0 theta, ~ Omega_tilde x f theta &
      local_min L theta] /\
  [/\ positive_weights lambda & assumption1 l].
Proof.
split; split.
- by move=> l _ z z' k zz'; rewrite !mxE zz'.
- exact: theta_linear.
- exact: theta_not_Omega_tilde.
- exact: theta_local_min.
- exact: unit_weights_positive.
- exact: zero_one_assumption1.
Qed.

End relu_network.
