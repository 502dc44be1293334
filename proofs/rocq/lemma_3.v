(* TODO *)
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
Local Notation assumption1 := (assumption1 l).

Lemma norm2_ball th v eps e : norm2 v <= 1 -> 0 <= eps -> eps < e ->
  ball th e (th + eps *: v).
Proof.
move=> v1 eps0 epse i j; rewrite ord1 /ball/= !mxE opprD addNKr normrN.
suff vj : `|v 0 j| <= 1.
  rewrite normrM (ger0_norm eps0); apply: le_lt_trans epse.
  by rewrite ler_pimulr.
apply: le_trans v1; rewrite -sqrtr_sqr ler_wsqrtr// (bigD1 j)//=.
by rewrite ler_addl; apply: sumr_ge0 => k _; rewrite sqr_ge0.
Qed.

Lemma lemma_3 th : assumption1 -> ~ Omega_tilde th -> local_min L th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 <= eps -> eps < eps0 ->
  forall v, V th eps v -> forall k,
  \sum_i lambda i * 'd (l i) (f (x i) th) (partial k (x i) (th + eps *: v)) = 0.
Proof.
move=> A1 nO Lmin.
have nOn : \forall b \near th, ~ Omega b.
  have : open (~` Omega_tilde) by rewrite openC; exact: closed_closure.
  rewrite openE => /(_ _ nO); apply: filterS => b nOb Ob; apply: nOb.
  exact: subset_closure.
have /near_join/nbhs_ballP[e /= e0 He] : \forall b \near th,
  ~ Omega b /\ L th <= L b by exact: filterI.
exists e => // eps eps0 epse v [v1 vf] k; set b := th + eps *: v.
have nearb := He _ (norm2_ball th v1 eps0 epse).
have Lb : L b = L th by apply: eq_bigr => i _; rewrite vf.
have nOb : ~ Omega b by case: (nbhs_singleton nearb).
have Lbmin : local_min L b by apply: filterS nearb => c [_]; rewrite Lb.
rewrite -[RHS](lemma_2 A1 nOb (local_min_critical A1 nOb Lbmin) k).
by apply: eq_bigr => i _; rewrite vf.
Qed.


End proof.
