(* TODO *)
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
Local Notation assumption1 := (assumption1 l).
Local Notation critical_point := (critical_point x lambda l f).

Lemma not_Omega th : ~ Omega th -> forall i, differentiable (f (x i)) th.
Proof. by move=> nO i; apply: contrapT => ndf; apply: nO; exists i. Qed.

Lemma LE : L = \sum_i (lambda i *: (l i \o f (x i))).
Proof. by apply/funext => th; rewrite fct_sumE. Qed.

Lemma L_differentiable th : assumption1 -> ~ Omega th -> differentiable L th.
Proof.
move=> A1 /not_Omega df; rewrite LE; apply: differentiable_sum => i.
apply: differentiableZ; apply: differentiable_comp => //; exact: (A1 i).1.
Qed.

Lemma L_derive th v : assumption1 -> ~ Omega th ->
  'D_v L th = \sum_i lambda i * 'd (l i) (f (x i) th) ('D_v (f (x i)) th).
Proof.
move=> A1 /not_Omega df.
have dl i : differentiable (l i \o f (x i)) th.
  by apply: differentiable_comp => //; exact: (A1 i).1.
rewrite LE derive_sum; last first.
  by move=> i; apply: diff_derivable; exact: differentiableZ.
apply: eq_bigr => i _; rewrite deriveZ; last exact: diff_derivable.
rewrite deriveE// diff_comp//; last exact: (A1 i).1.
by rewrite deriveE.
Qed.

Lemma local_min_critical th : assumption1 -> ~ Omega th ->
  local_min L th -> critical_point th.
Proof.
move=> A1 nO Lmin; have dL := L_differentiable A1 nO; split=> // k.
exact: fermat.
Qed.

Lemma lemma_2 th : assumption1 -> ~ Omega th -> critical_point th ->
  forall k,
  \sum_i lambda i * 'd (l i) (f (x i) th) (partial k (x i) th) = 0.
Proof. by move=> A1 nO [_ crit] k; rewrite -[RHS](crit k) L_derive. Qed.


End proof.
