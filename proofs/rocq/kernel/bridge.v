(* The derivatives of interpretation.v are those of mathcomp-analysis: Diff is `differentiable`,
   partial is 'D along a unit vector. The library has a Frechet derivative on 'rV[R]_n.+1, with
   the largest absolute value of a coordinate as norm. *)
From everymin Require Import prelude calculus euclidean interpretation derivative.

Section bridge.
Context {R : realType} {n : nat}.
Implicit Types (w h : 'rV[R]_n.+1) (A : 'I_n.+1 -> R) (G : 'rV[R]_n.+1 -> R).

(* a row vector as a function of its index, and back *)
Definition coordinates N (w : 'rV[R]_N) : 'I_N -> R := fun k => w 0 k.
Definition row_of N (v : 'I_N -> R) : 'rV[R]_N := \row_k v k.

Lemma row_ofK N : cancel (@row_of N) (@coordinates N).
Proof. by move=> v; apply/funext => k; rewrite /coordinates mxE. Qed.

Lemma coordinatesK N : cancel (@coordinates N) (@row_of N).
Proof. by move=> w; apply/rowP => k; rewrite mxE. Qed.

Lemma euclidean_coordinates N (w : 'rV[R]_N) : euclidean (coordinates w) = norm2 w.
Proof. by congr Num.sqrt; apply: eq_bigr => k _; rewrite expr2. Qed.

Lemma coord_le_norm w k : `|w 0 k| <= `|w|.
Proof.
by rewrite [leRHS]/Num.Def.normr/= mx_normrE; apply/bigmax_geP; right; exists (0, k).
Qed.

Lemma norm_le_norm2 w : `|w| <= norm2 w.
Proof.
rewrite [leLHS]/Num.Def.normr/= mx_normrE; apply/bigmax_leP; split=> [|[i k] _] /=.
  exact: sqrtr_ge0.
by rewrite ord1 norm2_coord.
Qed.

(* A derivative by epsilon and delta is the library's differential. *)
Lemma derivative_diff G w A : derivative (G \o @row_of _) (coordinates w) A ->
  differentiable G w /\ forall h, 'd G w h = \sum_k A k * h 0 k.
Proof.
move=> GA; have lin : linear (fun h : 'rV[R]_n.+1 => \sum_k A k * h 0 k : R).
  move=> a u v; rewrite scaler_sumr -big_split; apply: eq_bigr => k _.
  by rewrite !mxE mulrDr mulrCA.
pose df := Linear lin.
have dfc : continuous df.
  move=> h; apply: differentiable_continuous; rewrite (_ : (df : _ -> _) =
    \sum_k (A k *: (fun h : 'rV[R]_n.+1 => h 0 k : R))); last first.
    by apply/funext => v; rewrite fct_sumE.
  by apply: differentiable_sum => k; apply: differentiableZ; exact: differentiable_coord.
have Gdf : G \o shift w = cst (G w) + df +o_ (0 : 'rV[R]_n.+1) id.
  apply/eqaddoP => e e0; have N0 : 0 < n.+1%:R :> R by rewrite ltr0n.
  have [d [d0 Hd]] := GA (e / n.+1%:R) (divr_gt0 e0 N0).
  apply/nbhs_euclid; exists d => // h; rewrite subr0 => hd.
  have := Hd (coordinates h); rewrite euclidean_coordinates => /(_ hd).
  have -> : (G \o @row_of _) (fun k => coordinates w k + coordinates h k) = G (h + w).
    by congr G; apply/rowP => k; rewrite !mxE addrC.
  rewrite /= coordinatesK => H.
  rewrite (_ : _ h = G (h + w) - G w - \sum_k A k * h 0 k); last first.
    by rewrite /= !fctE /= opprD addrA.
  apply: le_trans H _; rewrite mulrAC ler_pdivr_mulr// -mulrA ler_wpmul2l ?(ltW e0)//.
  by rewrite mulrC norm2_le// => k; exact: coord_le_norm.
have dG : 'd G w = df :> (_ -> _) by exact: diff_unique.
by split=> [|h]; [apply/diff_locallyP; rewrite dG | rewrite dG].
Qed.

Lemma diff_derivative G w : differentiable G w ->
  derivative (G \o @row_of _) (coordinates w) (fun k => 'd G w (delta_mx 0 k)).
Proof.
move=> /diff_locallyP[_ /eqaddoP dG] e e0.
have /nbhs_euclid[d d0 Hd] := dG e e0; exists d; split=> // v.
rewrite -[v]row_ofK euclidean_coordinates => vd.
have := Hd (row_of v); rewrite subr0 => /(_ vd) H.
have -> : (G \o @row_of _) (fun k => coordinates w k + coordinates (row_of v) k) =
    G (row_of v + w).
  by congr G; apply/rowP => k; rewrite /coordinates !mxE addrC.
have -> : \sum_k 'd G w (delta_mx 0 k) * coordinates (row_of v) k = 'd G w (row_of v).
  rewrite [in RHS](row_sum_delta (row_of v)) linear_sum; apply: eq_bigr => k _.
  by rewrite linearZ mulrC.
rewrite /= coordinatesK -addrA -opprD.
by apply: le_trans H _; rewrite ler_wpmul2l ?(ltW e0)// norm_le_norm2.
Qed.

Lemma DiffP G w : Diff (G \o @row_of _) (coordinates w) <-> differentiable G w.
Proof.
by split=> [[A /derivative_diff[]]|/diff_derivative H]; last by eexists; exact: H.
Qed.

Lemma partialP G w k : differentiable G w ->
  'D_(delta_mx 0 k) G w = partial (G \o @row_of _) (coordinates w) k.
Proof. by move=> dG; rewrite deriveE// (partialE k (diff_derivative dG)). Qed.

End bridge.
