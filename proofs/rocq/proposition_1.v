(* Proposition 1 (section 4.1.1; Shamir 2018): for the residual network with dy = 1, every local
   minimum satisfies L(theta) <= inf_W of the risk of x |-> W x.

   It is a corollary of Theorem 3 in the form that needs no differentiability of f
   (`resnet_features_min`, with alpha_w = W and alpha_r = 0). Of the assumptions that the paper
   lists, only "the losses are differentiable and convex" is used: not the second derivatives of
   PA2, and not PA3; and dy <= dx, or dx = 0, is enough in place of dy = 1. *)
From everymin Require Import prelude calculus minimum euclidean setting.
From everymin Require Import residual_network residual_features every_local_minimum.

Section wide_input.
Context {R : realType} {m p d : nat}.
Variables (dx dz du : nat).
Local Notation dy := d.+1.
Variables (x : 'I_m -> 'cV[R]_dx).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th : 'rV[R]_p.+1) (W : 'M[R]_(dy, dx)).

Local Notation L := (L x lambda l (resnet z enc)).
Local Notation risk := (risk x lambda l).

(* No linear predictor is better than a local minimum, if dy <= dx or dx = 0. *)
Lemma linear_predictor_bound th W : (dy <= dx)%N \/ dx = 0%N ->
  nonnegative_weights lambda -> assumption1 l -> local_min L th ->
  L th <= risk (fun a => W *m a).
Proof.
move=> [dydx|dx0] lnneg A1 Lmin.
  have [_ lb] := resnet_features_min encK decK (rank_condition_dims enc th dydx) lnneg A1 Lmin.
  apply: lb; exists (W, 0) => //; apply: eq_bigr => i _.
  by rewrite mul0mx addr0.
have noterm (k : 'I_dx) : False by case: k => k; rewrite dx0.
have empty (A : 'M[R]_(dy, dx)) v : A *m v = 0 :> 'cV[R]_dy.
  by apply/matrixP => i j; rewrite !mxE big1// => k; case: (noterm k).
by apply: ler_sum => i _; rewrite /resnet !empty.
Qed.

End wide_input.

Section proposition_1.
Context {R : realType} {m p : nat}.
Variables (dx dz du : nat).
Local Notation dy := 1%N.                        (* PA1 *)
Variables (x : 'I_m -> 'cV[R]_dx).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).

Local Notation L := (L x lambda l (resnet z enc)).

(* Proposition 1: every local minimum is at most the infimum over the linear predictors. *)
Theorem proposition_1 th : positive_weights lambda -> assumption1 l -> local_min L th ->
  ((L th)%:E <= ereal_inf [set (risk x lambda l (fun a => W *m a))%:E |
                           W in [set: 'M[R]_(dy, dx)]])%E.
Proof.
move=> lpos A1 Lmin; apply: lb_ereal_inf => _ [W _ <-]; rewrite lee_fin.
apply: (linear_predictor_bound encK decK) => //; last exact: lpos.
by case: (posnP dx) => [->|]; [right|left].
Qed.

End proposition_1.
