(* The axioms of the kernel on linear algebra: the triangle inequality of the Euclidean norm,
   and that a matrix with at most as many rows as columns and no right inverse has a null
   vector of length 1. *)
From everymin Require Import prelude interpretation statements.

Section linear_algebra.
Context {R : realType}.
Implicit Types n p : nat.

Lemma dot_ge0 n (v : 'I_n -> R) : 0 <= \sum_k v k * v k.
Proof. by apply: sumr_ge0 => k _; rewrite -expr2 sqr_ge0. Qed.

(* Cauchy and Schwarz: the sum of the squares (a_i b_j - a_j b_i)^2 is nonnegative. *)
Lemma cauchy_schwarz n (a b : 'I_n -> R) :
  (\sum_k a k * b k) ^+ 2 <= (\sum_k a k * a k) * (\sum_k b k * b k).
Proof.
have : 0 <= \sum_i \sum_j (a i * b j - a j * b i) ^+ 2.
  by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; rewrite sqr_ge0.
have -> : \sum_i \sum_j (a i * b j - a j * b i) ^+ 2 =
    2%:R * ((\sum_k a k * a k) * (\sum_k b k * b k) - (\sum_k a k * b k) ^+ 2).
  transitivity (\sum_i \sum_j (a i * a i * (b j * b j) + b i * b i * (a j * a j)) -
    2%:R * \sum_i \sum_j (a i * b i * (a j * b j))).
    rewrite mulr_sumr -sumrB; apply: eq_bigr => i _; rewrite mulr_sumr -sumrB.
    apply: eq_bigr => j _; rewrite sqrrB !exprMn !expr2 addrAC -mulr_natl.
    rewrite [b i * b i * _]mulrC; congr (_ - _ * _).
    by rewrite [a j * b i]mulrC mulrACA [a j * b j]mulrC.
  rewrite expr2 !big_distrlr/= mulrBr; congr (_ - _).
  under eq_bigr do rewrite big_split; rewrite big_split/= mulr2n mulrDl !mul1r.
  by congr (_ + _); rewrite exchange_big; apply: eq_bigr => i _; apply: eq_bigr => j _;
    rewrite mulrC.
by rewrite pmulr_rge0// subr_ge0.
Qed.

Lemma dot_le_norm n (a b : 'I_n -> R) : \sum_k a k * b k <= norm n a * norm n b.
Proof.
rewrite /norm -sqrtrM ?dot_ge0//; apply: le_trans (ler_norm _) _.
by rewrite -sqrtr_sqr ler_wsqrtr// cauchy_schwarz.
Qed.

Lemma triangle_inequality : @TRI_statement R.
Proof.
move=> n a b; have sq (v : 'I_n -> R) : norm n v ^+ 2 = \sum_k v k * v k.
  by rewrite sqr_sqrtr// dot_ge0.
have n0 (v : 'I_n -> R) : 0 <= norm n v by exact: sqrtr_ge0.
rewrite -(@ler_pexpn2r _ 2) ?nnegrE ?addr_ge0// sqrrD !sq.
have -> : \sum_k (a k + b k) * (a k + b k) =
    \sum_k a k * a k + (\sum_k a k * b k) *+ 2 + \sum_k b k * b k.
  by rewrite -sumrMnl -!big_split/=; apply: eq_bigr => k _; rewrite -!expr2 sqrrD.
by rewrite ler_add2r ler_add2l ler_muln2r dot_le_norm.
Qed.

(* the rows of a function of two indices *)
Definition matrix_of p n (M : 'I_p -> 'I_n -> R) : 'M[R]_(p, n) := \matrix_(i, j) M i j.

Lemma full_row_rankP p n (M : 'I_p -> 'I_n -> R) :
  row_free (matrix_of M) <-> FullRowRank p n M.
Proof.
split=> [/row_freeP[X MX]|[X MX]].
  exists (fun k j => X k j) => i j; move/matrixP: MX => /(_ i j); rewrite !mxE /delta => <-.
  by apply: eq_bigr => k _; rewrite mxE.
apply/row_freeP; exists (matrix_of X); apply/matrixP => i j; rewrite !mxE -[RHS]/(delta R i j) -MX.
by apply: eq_bigr => k _; rewrite !mxE.
Qed.

Lemma unit_null_vector : @RN_statement R.
Proof.
move=> p n M pn nfree; pose N := kermx (matrix_of M)^T.
have : N != 0.
  rewrite -mxrank_eq0 mxrank_ker mxrank_tr subn_eq0 -ltnNge.
  have := rank_leq_row (matrix_of M); rewrite leq_eqVlt => /orP[free|/leq_trans]; last exact.
  by case: nfree; exact/full_row_rankP.
move=> /matrix0Pn[i [j Nij]]; pose v k := N i k.
have Mv c : \sum_k M c k * v k = 0.
  have /matrixP/(_ i c) : N *m (matrix_of M)^T = 0 by exact: mulmx_ker.
  rewrite !mxE => E; rewrite -[RHS]E; apply: eq_bigr => k _.
  by rewrite [_^T _ _]mxE [matrix_of _ _ _]mxE mulrC.
have v0 : 0 < \sum_k v k * v k.
  rewrite lt_neqAle dot_ge0 andbT eq_sym psumr_eq0 => [|k _]; last by rewrite -expr2 sqr_ge0.
  by apply/allPn; exists j; rewrite ?mem_index_enum//= mulf_eq0 orbb.
have s0 : norm n v != 0 by rewrite gt_eqF// sqrtr_gt0.
exists (fun k => (norm n v)^-1 * v k); split=> [|c].
  under eq_bigr do rewrite mulrACA; rewrite -mulr_sumr -[X in _ * X]sqr_sqrtr ?dot_ge0//.
  by rewrite -/(norm n v) -expr2 -exprMn mulVf ?expr1n.
by under eq_bigr do rewrite mulrCA; rewrite -mulr_sumr Mv mulr0.
Qed.

End linear_algebra.
