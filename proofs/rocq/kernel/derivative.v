(* Frechet derivatives by epsilon and delta, for functions of a vector of any length n,
   0 included: remainders that are o(||h||), what a derivative says along a line, and that
   its entries are the partial derivatives. *)
From everymin Require Import prelude interpretation.

Section euclid.
Context {R : realType} {n : nat}.
Implicit Types (v h : 'I_n -> R) (t : R).

Lemma euclidean_ge0 v : 0 <= euclidean v.
Proof. exact: sqrtr_ge0. Qed.

Lemma euclidean_coord v k : `|v k| <= euclidean v.
Proof.
rewrite -sqrtr_sqr ler_wsqrtr// (bigD1 k)//= -expr2 ler_addl.
by apply: sumr_ge0 => i _; rewrite -expr2 sqr_ge0.
Qed.

Lemma euclidean_le_sum v : euclidean v <= \sum_k `|v k|.
Proof.
have s0 : 0 <= \sum_k `|v k| by apply: sumr_ge0.
rewrite -[leRHS]ger0_norm// -sqrtr_sqr ler_wsqrtr// expr2 mulr_suml.
apply: ler_sum => k _; apply: le_trans (ler_norm _) _; rewrite normrM ler_wpmul2l//.
by rewrite (bigD1 k)//= ler_addl; apply: sumr_ge0.
Qed.

Lemma euclidean_scale t v : euclidean (fun k => t * v k) = `|t| * euclidean v.
Proof.
rewrite /euclidean -sqrtr_sqr -sqrtrM ?sqr_ge0// mulr_sumr.
by congr Num.sqrt; apply: eq_bigr => k _; rewrite mulrACA expr2.
Qed.

Lemma dot_bound (A : 'I_n -> R) v :
  `|\sum_k A k * v k| <= (\sum_k `|A k|) * euclidean v.
Proof.
rewrite mulr_suml; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => k _.
by rewrite normrM ler_wpmul2l// euclidean_coord.
Qed.

End euclid.

Section negligible.
Context {R : realType} {n : nat}.
Implicit Types (r s : ('I_n -> R) -> R).

Lemma negligible0 : negligible (fun _ : 'I_n -> R => 0).
Proof.
by move=> e e0; exists 1; split=> // h _; rewrite mulr_ge0 ?euclidean_ge0// ltW.
Qed.

Lemma negligible_le r s : (forall h, s h <= r h) -> negligible r -> negligible s.
Proof.
move=> sr rn e /rn[d [d0 H]]; exists d; split=> // h /H; exact: le_trans.
Qed.

Lemma negligibleD r s : negligible r -> negligible s -> negligible (fun h => r h + s h).
Proof.
move=> rn sn e e0; have e20 : 0 < e / 2%:R by rewrite divr_gt0.
have [d [d0 Hd]] := rn _ e20; have [c [c0 Hc]] := sn _ e20.
exists (Num.min d c); split=> [|h]; first by rewrite lt_minr d0.
rewrite lt_minr => /andP[/Hd rh /Hc sh]; apply: le_trans (ler_add rh sh) _.
by rewrite -mulrDl -mulrDl -mulr2n -mulr_natr mulfK// pnatr_eq0.
Qed.

Lemma negligibleZ (c : R) r : 0 <= c -> negligible r -> negligible (fun h => c * r h).
Proof.
move=> c0 rn e e0; have c1 : 0 < c + 1 by rewrite ltr_spaddr.
have [d [d0 Hd]] := rn (e / (c + 1)) (divr_gt0 e0 c1); exists d; split=> // h /Hd rh.
apply: le_trans (ler_wpmul2l c0 rh) _; rewrite mulrA ler_wpmul2r ?euclidean_ge0//.
by rewrite mulrA ler_pdivr_mulr// [c * e]mulrC ler_wpmul2l ?(ltW e0)// ler_addl.
Qed.

Lemma negligible_sum m (r : 'I_m -> ('I_n -> R) -> R) :
  (forall i, negligible (r i)) -> negligible (fun h => \sum_i r i h).
Proof.
elim: m r => [|m IH] r rn.
  by apply: (negligible_le _ negligible0) => h; rewrite big_ord0.
apply: (negligible_le _ (negligibleD (rn ord0) (IH (fun i => r (lift ord0 i)) _))) => [h|i //].
by rewrite big_ord_recl.
Qed.

End negligible.

Section derivative.
Context {R : realType} {n : nat}.
Implicit Types (F : ('I_n -> R) -> R) (th v : 'I_n -> R) (A : 'I_n -> R).

(* A is the derivative of F at th *)
Definition derivative F th A : Prop := negligible (fun h =>
  `|F (fun k => th k + h k) - F th - \sum_(k < n) A k * h k|).

(* What it says along a line through th. *)
Lemma derivative_line F th A v : derivative F th A -> forall e, 0 < e ->
  exists d, 0 < d /\ forall t, `|t| < d ->
    `|F (fun k => th k + t * v k) - F th - t * \sum_k A k * v k| <= e * `|t|.
Proof.
move=> FA e e0; have N0 : 0 < euclidean v + 1 by rewrite ltr_spaddr ?euclidean_ge0.
have [d [d0 Hd]] := FA (e / (euclidean v + 1)) (divr_gt0 e0 N0).
exists (d / (euclidean v + 1)); split=> [|t]; first exact: divr_gt0.
rewrite ltr_pdivl_mulr// => tv; have := Hd (fun k => t * v k); rewrite euclidean_scale.
have -> : \sum_k A k * (t * v k) = t * \sum_k A k * v k.
  by rewrite mulr_sumr; apply: eq_bigr => k _; rewrite mulrCA.
have vle : `|t| * euclidean v <= `|t| * (euclidean v + 1) by rewrite ler_wpmul2l// ler_addl.
move=> /(_ (le_lt_trans vle tv)) /le_trans; apply.
apply: le_trans (ler_wpmul2l _ vle) _; first by rewrite divr_ge0 ?ltW.
by rewrite [X in _ * X]mulrC mulrA divfK// gt_eqF.
Qed.

Lemma sum_delta A k : \sum_j A j * delta R k j = A k.
Proof.
rewrite (bigD1 k)//= /delta eqxx mulr1 big1 ?addr0// => j /negbTE.
by rewrite eq_sym => ->; rewrite mulr0.
Qed.

(* x <= y when x exceeds y by less than every multiple of a bound. *)
Lemma le_limit (x y : R) : (forall e, 0 < e -> x <= y + e) -> x <= y.
Proof. by move=> H; apply/ler_addgt0Pr => e /H. Qed.

Lemma limit_unique (x y : R) : (forall e, 0 < e -> `|x - y| <= e) -> x = y.
Proof.
move=> H; apply/eqP; rewrite -subr_eq0 -normr_le0; apply: le_limit => e /H.
by rewrite add0r.
Qed.

Lemma dist_between (q x y : R) : `|x - y| <= `|q - x| + `|q - y|.
Proof.
rewrite [leRHS]addrC; apply: le_trans (ler_norm_sub _ _).
by rewrite opprB [q - y + _]addrC addrA subrK.
Qed.

Lemma is_partial_unique F th k c c' :
  is_partial F th k c -> is_partial F th k c' -> c = c'.
Proof.
move=> Hc Hc'; apply: limit_unique => e e0; have e20 : 0 < e / 2%:R by rewrite divr_gt0.
have [d [d0 Hd]] := Hc _ e20; have [d' [d'0 Hd']] := Hc' _ e20.
pose t := Num.min d d' / 2%:R; have m0 : 0 < Num.min d d' by rewrite lt_minr d0.
have t0 : 0 < t by rewrite divr_gt0.
have : t < Num.min d d' by rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n.
rewrite lt_minr => /andP[td td'].
have := ler_add (Hd t (lt0r_neq0 t0) _) (Hd' t (lt0r_neq0 t0) _).
rewrite gtr0_norm// => /(_ td td'); rewrite -mulrDl -mulr2n -mulr_natr mulfK ?pnatr_eq0//.
by apply: le_trans; exact: dist_between.
Qed.

Lemma derivative_is_partial F th A k : derivative F th A -> is_partial F th k (A k).
Proof.
move=> FA e e0; have [d [d0 Hd]] := derivative_line (delta R k) FA e0.
exists d; split=> // t t0 /Hd; rewrite sum_delta => H.
have tn : 0 < `|t| by rewrite normr_gt0.
rewrite -(ler_pmul2r tn) -normrM; apply: le_trans H.
by rewrite mulrBl divfK// [A k * t]mulrC.
Qed.

Lemma partialE F th A k : derivative F th A -> partial F th k = A k.
Proof.
move=> /derivative_is_partial - /(_ k) Ak; rewrite /partial.
by case: xgetP => [c _ Hc|/(_ _ Ak)//]; exact: is_partial_unique Hc Ak.
Qed.

(* The derivative of a differentiable function is the list of its partial derivatives. *)
Lemma derivative_partial F th : Diff F th -> derivative F th (partial F th).
Proof.
move=> [A FA]; rewrite (_ : partial F th = A)//; apply/funext => k.
exact: partialE.
Qed.

(* A function with values in R^p is differentiable when its coordinates are. *)
Lemma Diff_vecP p (f : ('I_n -> R) -> 'I_p -> R) th :
  Diff_vec f th <-> forall c, Diff (fun t => f t c) th.
Proof.
split=> [[A fA] c|fd].
  by exists (A c); apply: negligible_le fA => h; exact: (euclidean_coord _ c).
exists (fun c => partial (fun t => f t c) th).
apply: (negligible_le _ (negligible_sum (fun c => derivative_partial (fd c)))) => h.
exact: euclidean_le_sum.
Qed.

End derivative.
