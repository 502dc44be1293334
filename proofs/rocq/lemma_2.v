(* Lemma 2 (A.1): at a critical point theta outside Omega,
     sum_i lambda_i dl_i(f_i(theta)) d_k f_i(theta) = 0   for every k.
   Here 'd (l i) q is the differential of the loss at q, a linear map. Only the differentiability of
   the losses is needed, neither convexity nor positive weights.
   Proof: the chain rule for L = sum_i lambda_i (l_i o f_i). *)
From everymin Require Import prelude calculus euclidean setting.

Section proof.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation L := (L x lambda l f).
Local Notation partial := (partial f).
Local Notation Omega := (Omega x f).
Local Notation differentiable_losses := (differentiable_losses l).
Local Notation critical_point := (critical_point x lambda l f).

Lemma L_sum_comp : L = \sum_i (lambda i *: (l i \o f (x i))).
Proof. by apply/funext => th; rewrite fct_sumE. Qed.

(* L is differentiable outside Omega, ... *)
Lemma L_differentiable th : differentiable_losses -> ~ Omega th -> differentiable L th.
Proof.
move=> dl /differentiable_not_Omega df; rewrite L_sum_comp; apply: differentiable_sum => i.
by apply: differentiableZ; exact: differentiable_comp.
Qed.

(* ... with the derivative that the chain rule gives. *)
Lemma L_derive th v : differentiable_losses -> ~ Omega th ->
  'D_v L th = \sum_i lambda i * 'd (l i) (f (x i) th) ('D_v (f (x i)) th).
Proof.
move=> dl /differentiable_not_Omega df.
have dlf i : differentiable (l i \o f (x i)) th.
  by apply: differentiable_comp.
rewrite L_sum_comp derive_sum; last first.
  by move=> i; apply: diff_derivable; exact: differentiableZ.
apply: eq_bigr => i _; rewrite deriveZ; last exact: diff_derivable.
by rewrite deriveE// diff_comp//= deriveE.
Qed.

(* A local minimum outside Omega is a critical point. *)
Lemma local_min_critical th : differentiable_losses -> ~ Omega th ->
  local_min L th -> critical_point th.
Proof.
move=> dl nO Lmin; have dL := L_differentiable dl nO; split=> // k.
exact: fermat.
Qed.

(* Lemma 2 *)
Lemma lemma_2 th : differentiable_losses -> ~ Omega th -> critical_point th ->
  forall k,
  \sum_i lambda i * 'd (l i) (f (x i) th) (partial k (x i) th) = 0.
Proof. by move=> dl nO [_ crit] k; rewrite -[RHS](crit k) L_derive. Qed.

End proof.
