(* Frechet differentiability in the words of the paper: f : R^(p+1) -> R^(a x b) is differentiable
   at th if and only if there is a linear map A such that for every e > 0 there is d > 0 with
     |f(th + h) - f(th) - A h| <= e |h|   whenever |h| < d,
   with Euclidean norms on both sides (`differentiable_euclid`). The library's norms are maxima of
   absolute values; the proof compares the two. Likewise for partial derivatives as limits of
   difference quotients (`derive_euclid`). *)
From everymin Require Import prelude calculus euclidean.

Section matrix_norms.
Context {R : realType} {a b : nat}.
Implicit Types (M : 'M[R]_(a.+1, b.+1)).

(* The Euclidean norm of a matrix; for a row vector it is norm2. *)
Definition frobenius M : R := Num.sqrt (\sum_i \sum_j M i j ^+ 2).

Lemma frobenius_ge0 M : 0 <= frobenius M.
Proof. exact: sqrtr_ge0. Qed.

Lemma entry_le_norm M i j : `|M i j| <= `|M|.
Proof. by rewrite [leRHS]/Num.norm/= mx_normrE; apply/bigmax_geP; right; exists (i, j). Qed.

(* The largest absolute value of an entry is at most the Euclidean norm, ... *)
Lemma norm_le_frobenius M : `|M| <= frobenius M.
Proof.
rewrite [leLHS]/Num.norm/= mx_normrE; apply/bigmax_leP; split=> [|[i j] _ /=].
  exact: frobenius_ge0.
rewrite -sqrtr_sqr ler_wsqrtr// pair_bigA (bigD1 (i, j))//= ler_addl.
by apply: sumr_ge0 => k _; exact: sqr_ge0.
Qed.

(* ... which is at most the number of entries times it. *)
Lemma frobenius_le_norm M : frobenius M <= (a.+1 * b.+1)%:R * `|M|.
Proof.
rewrite -[leRHS]ger0_norm ?mulr_ge0// -sqrtr_sqr ler_wsqrtr// pair_bigA exprMn.
apply: (@le_trans _ _ (\sum_(ij : 'I_a.+1 * 'I_b.+1) `|M| ^+ 2)).
  apply: ler_sum => -[i j] _ /=.
  by rewrite -[leLHS]ger0_norm ?sqr_ge0// normrX ler_pexpn2r ?nnegrE// entry_le_norm.
rewrite sumr_const card_prod !card_ord -mulr_natl ler_wpmul2r ?sqr_ge0//.
by rewrite expr2 -[leLHS]mulr1 ler_wpmul2l// ler1n.
Qed.

End matrix_norms.

Lemma frobenius_row {R : realType} p (v : 'rV[R]_p.+1) : frobenius v = norm2 v.
Proof. by rewrite /frobenius big_ord1. Qed.

Section frechet.
Context {R : realType} {p a b : nat}.
Implicit Types (f : 'rV[R]_p.+1 -> 'M[R]_(a.+1, b.+1)) (th h : 'rV[R]_p.+1).

(* Linear maps on row vectors are continuous. *)
Lemma linear_continuous_row (A : {linear 'rV[R]_p.+1 -> 'M[R]_(a.+1, b.+1)}) : continuous A.
Proof.
move=> h; apply: differentiable_continuous.
rewrite (_ : (A : _ -> _) = \sum_k (fun h : 'rV[R]_p.+1 => h 0 k *: A (delta_mx 0 k))).
  by apply: differentiable_sum => k; apply: differentiableZl; exact: differentiable_coord.
apply/funext => v; rewrite fct_sumE {1}(row_sum_delta v) linear_sum.
by apply: eq_bigr => k _; rewrite linearZ.
Qed.

(* f(th + h) = f(th) + A h + o(h), in Euclidean norms. *)
Lemma littleo_euclid f th (A : {linear 'rV[R]_p.+1 -> 'M[R]_(a.+1, b.+1)}) :
  f \o shift th = cst (f th) + A +o_ (0 : 'rV[R]_p.+1) id <->
  forall e : R, 0 < e -> exists2 d : R, 0 < d & forall h, norm2 h < d ->
    frobenius (f (th + h) - f th - A h) <= e * norm2 h.
Proof.
have remainder h : (f \o shift th - (cst (f th) + A)) h = f (th + h) - f th - A h.
  by rewrite !fctE/= [h + th]addrC opprD addrA.
split=> [/eqaddoP fA e e0|fA].
  pose n : R := (a.+1 * b.+1)%:R; have n_gt0 : 0 < n by rewrite ltr0n muln_gt0.
  have /fA/nbhs_euclid[d d0 Hd] : 0 < e / n by rewrite divr_gt0.
  exists d => // h hd; have /Hd /= : norm2 (h - 0) < d by rewrite subr0.
  rewrite remainder => fh; apply: le_trans (frobenius_le_norm _) _.
  rewrite -/n -ler_pdivl_mull// mulrA [n^-1 * e]mulrC; apply: le_trans fh _.
  apply: ler_wpmul2l; first by rewrite divr_ge0 ?ltW.
  by rewrite -frobenius_row; exact: norm_le_frobenius.
apply/eqaddoP => e e0; apply/nbhs_euclid.
pose n : R := (1 * p.+1)%:R; have n_gt0 : 0 < n by rewrite ltr0n.
have /fA[d d0 Hd] : 0 < e / n by rewrite divr_gt0.
exists d => // h; rewrite subr0 => /Hd fh.
rewrite remainder; apply: le_trans (norm_le_frobenius _) _; apply: le_trans fh _.
rewrite -mulrA ler_pmul2l// ler_pdivr_mull// -frobenius_row.
exact: frobenius_le_norm.
Qed.

(* The definition of differentiability in Euclidean norms. *)
Theorem differentiable_euclid f th : differentiable f th <->
  exists A : {linear 'rV[R]_p.+1 -> 'M[R]_(a.+1, b.+1)},
  forall e : R, 0 < e -> exists2 d : R, 0 < d & forall h, norm2 h < d ->
    frobenius (f (th + h) - f th - A h) <= e * norm2 h.
Proof.
split=> [/diff_locallyP[_ fA]|[A /littleo_euclid fA]].
  by exists ('d f th); exact/littleo_euclid.
have cA := @linear_continuous_row A.
by apply/diff_locallyP; rewrite (diff_unique cA fA).
Qed.

(* D is the derivative of f at th along v: the limit of the difference quotients. *)
Theorem derive_euclid f th (v : 'rV[R]_p.+1) (D : 'M[R]_(a.+1, b.+1)) :
  (derivable f th v /\ 'D_v f th = D) <->
  forall e : R, 0 < e -> exists2 d : R, 0 < d & forall h : R, h != 0 -> `|h| < d ->
    frobenius (h^-1 *: (f (th + h *: v) - f th) - D) < e.
Proof.
pose q (h : R) := h^-1 *: ((f \o shift th) (h *: v) - f th).
have qE (h : R) : q h = h^-1 *: (f (th + h *: v) - f th) by rewrite [th + _]addrC.
transitivity (q @ (0 : R)^' --> D).
  split=> [[df <-]|qD]; first exact: df.
  by split; [exact: (cvgP D)|exact: cvg_lim].
split=> [/cvgrPdist_lt qD e e0|qD].
  pose n : R := (a.+1 * b.+1)%:R; have n_gt0 : 0 < n by rewrite ltr0n muln_gt0.
  have /qD/nbhs_ballP[d /= d0 Hd] : 0 < e / n by rewrite divr_gt0.
  exists d => // h h0 hd; rewrite -qE; apply: le_lt_trans (frobenius_le_norm _) _.
  rewrite -/n -ltr_pdivl_mull// mulrC distrC; apply: Hd => //.
  by rewrite /ball/= sub0r normrN.
apply/cvgrPdist_lt => e e0; have [d d0 Hd] := qD e e0.
apply/nbhs_ballP; exists d => // h; rewrite /ball/= sub0r normrN => hd h0.
rewrite distrC qE; apply: le_lt_trans (norm_le_frobenius _) _; exact: Hd.
Qed.

End frechet.
