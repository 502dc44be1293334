(* Lemma 3 (A.2): at a local minimum theta outside Omega~ there is eps0 > 0 such that, for every eps
   in [0, eps0) and v in V[theta, eps],
     sum_i lambda_i dl_i(f_i(theta)) d_k f_i(theta + eps v) = 0   for every k.
   Only the differentiability of the losses is needed.
   Proof: for small eps the point theta + eps v has the same predictions as theta, is outside Omega,
   and is a local minimum itself; so Lemma 2 holds there. *)
From everymin Require Import prelude calculus euclidean setting lemma_2.

Section proof.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation L := (L x lambda l f).
Local Notation partial := (partial f).
Local Notation Omega := (Omega x f).
Local Notation Omega_tilde := (Omega_tilde x f).
Local Notation V := (V x f).
Local Notation differentiable_losses := (differentiable_losses l).

(* Lemma 3 *)
Lemma lemma_3 th : differentiable_losses -> ~ Omega_tilde th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 <= eps -> eps < eps0 ->
  forall v, V th eps v -> forall k,
  \sum_i lambda i * 'd (l i) (f (x i) th) (partial k (x i) (th + eps *: v)) = 0.
Proof.
move=> dl nO Lmin.
have /near_join/nbhs_ballP[e /= e0 He] : \forall b \near th,
  ~ Omega b /\ L th <= L b
  by apply: filterI => //; exact: near_not_Omega.
exists e => // eps eps0 epse v [v1 vf] k; set b := th + eps *: v.
have nearb := He _ (ball_step th v1 eps0 epse).
have Lb : L b = L th by apply: eq_bigr => i _; rewrite vf.
have nOb : ~ Omega b by case: (nbhs_singleton nearb).
have Lbmin : local_min L b by apply: filterS nearb => c [_]; rewrite Lb.
rewrite -[RHS](lemma_2 dl nOb (local_min_critical dl nOb Lbmin) k).
by apply: eq_bigr => i _; rewrite vf.
Qed.

End proof.
