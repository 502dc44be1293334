(* The axioms of the kernel on derivatives: chain rule, linearity, Fermat, the gradient
   inequality, derivatives along a line, affine maps; from epsilon and delta (derivative.v). *)
From everymin Require Import prelude interpretation derivative statements.

Section analysis.
Context {R : realType}.
Implicit Types n p m : nat.

Lemma derivative_linear : @DLIN_statement R.
Proof.
move=> n m F l th Fd; pose A k := \sum_i l i * partial (F i) th k.
have dA : derivative (fun t => \sum_(i < m) l i * F i t) th A.
  apply: (negligible_le _ (negligible_sum (fun i => negligibleZ (normr_ge0 (l i))
    (derivative_partial (Fd i))))) => h.
  under [leRHS]eq_bigr do rewrite -normrM; apply: le_trans (ler_norm_sum _ _ _).
  rewrite le_eqVlt; apply/orP; left; apply/eqP; congr `|_|.
  have -> : \sum_k A k * h k = \sum_i l i * \sum_k partial (F i) th k * h k.
    rewrite (eq_bigr (fun k => \sum_i l i * (partial (F i) th k * h k))) => [|k _].
      by rewrite exchange_big; apply: eq_bigr => i _; rewrite mulr_sumr.
    by rewrite mulr_suml; apply: eq_bigr => i _; rewrite mulrA.
  by rewrite -!sumrB; apply: eq_bigr => i _; rewrite !mulrBr.
by split=> [|k]; [exists A | rewrite (partialE k dA)].
Qed.

(* Near th, f moves by at most a multiple of ||h||. *)
Lemma derivative_bounded n p (f : ('I_n -> R) -> 'I_p -> R) th : Diff_vec f th ->
  exists K d, [/\ 0 < K, 0 < d & forall h, euclidean h < d ->
    euclidean (fun c => f (fun k => th k + h k) c - f th c) <= K * euclidean h].
Proof.
move=> /Diff_vecP fd; pose a c := partial (fun t => f t c) th.
have [d [d0 Hd]] := negligible_sum (fun c => derivative_partial (fd c)) ltr01.
exists (1 + \sum_c \sum_k `|a c k|), d; split=> // [|h /Hd].
  by rewrite ltr_spaddl//; apply: sumr_ge0 => c _; apply: sumr_ge0.
rewrite mul1r => rh; rewrite mulrDl mul1r; apply: le_trans (euclidean_le_sum _) _.
apply: le_trans (ler_add rh (lexx _)); rewrite mulr_suml -big_split; apply: ler_sum => c _.
apply: le_trans (ler_add (lexx _) (dot_bound (a c) h)).
by apply: le_trans _ (ler_norm_add _ _); rewrite /a subrK.
Qed.

Lemma chain_rule : @CHAIN_statement R.
Proof.
move=> n p f g th fd gd; set B := partial g (f th).
pose a c := partial (fun t => f t c) th; pose C k := \sum_c B c * a c k.
pose u h c := f (fun k => th k + h k) c - f th c.
have fu h : f (fun k => th k + h k) = (fun c => f th c + u h c).
  by apply/funext => c; rewrite addrC subrK.
have dC : derivative (fun t => g (f t)) th C.
  have gu : negligible (fun h => `|g (fun c => f th c + u h c) - g (f th) -
      \sum_c B c * u h c|).
    have [K [d [K0 d0 fK]]] := derivative_bounded fd.
    move=> e e0; have [d' [d'0 Hg]] := derivative_partial gd (divr_gt0 e0 K0).
    exists (Num.min d (d' / K)); split=> [|h]; first by rewrite lt_minr d0 divr_gt0.
    rewrite lt_minr ltr_pdivl_mulr// [_ * K]mulrC => /andP[/fK uh hd'].
    apply: le_trans (Hg _ (le_lt_trans uh hd')) _.
    by rewrite -mulrA ler_wpmul2l ?(ltW e0)// -ler_pdivl_mull ?invr_gt0// invrK.
  have fu' := negligible_sum (fun c => negligibleZ (normr_ge0 (B c))
    (derivative_partial ((Diff_vecP _ _).1 fd c))).
  apply: (negligible_le _ (negligibleD gu fu')) => h; rewrite fu.
  under [X in _ <= _ + X]eq_bigr do rewrite -normrM.
  apply: le_trans (ler_add (lexx _) (ler_norm_sum _ _ _)).
  apply: le_trans _ (ler_norm_add _ _); rewrite le_eqVlt; apply/orP; left.
  apply/eqP; congr `|_|; under [X in _ = _ + X]eq_bigr do rewrite [f th _ + _]addrC addrK mulrBr.
  rewrite sumrB addrA subrK; congr (_ - _).
  rewrite (eq_bigr (fun k => \sum_c B c * (a c k * h k))) => [|k _].
    by rewrite exchange_big; apply: eq_bigr => c _; rewrite mulr_sumr.
  by rewrite mulr_suml; apply: eq_bigr => c _; rewrite mulrA.
by split=> [|k]; [exists C | rewrite (partialE k dC)].
Qed.

Lemma euclidean_delta n (k : 'I_n) : euclidean (delta R k) = 1.
Proof. by rewrite /euclidean sum_delta /delta eqxx sqrtr1. Qed.

Lemma small_number (d : R) : 0 < d -> exists t, [/\ 0 < t, t <= 1 & t < d].
Proof.
move=> d0; exists (Num.min (d / 2%:R) 1); rewrite lt_minr divr_gt0//= le_minl lexx orbT.
by split=> //; rewrite lt_minl ltr_pdivr_mulr// ltr_pmulr// ltr1n.
Qed.

(* |t| small, the sign of t free: the slope a of a line that stays above 0 is 0. *)
Lemma slope_eq0 (a : R) : (forall e, 0 < e -> exists d, 0 < d /\
    forall t, `|t| < d -> - (e * `|t|) <= t * a) -> a = 0.
Proof.
move=> H; apply: limit_unique => e e0; rewrite subr0.
have [d [d0 Hd]] := H _ e0; have [t [t0 _ td]] := small_number d0.
have := Hd t; rewrite gtr0_norm// => /(_ td); have := Hd (- t).
rewrite normrN gtr0_norm// => /(_ td); rewrite mulNr ler_opp2 [e * t]mulrC ler_pmul2l//.
by rewrite -mulrN ler_pmul2l// ler_norml => -> ->.
Qed.

Lemma fermat : @FERMAT_statement R.
Proof.
move=> n F th Fd [r [r0 Fmin]] k; apply: slope_eq0 => e e0.
have [d [d0 Hd]] := derivative_line (delta R k) (derivative_partial Fd) e0.
exists (Num.min d r); split=> [|t]; first by rewrite lt_minr d0.
rewrite lt_minr => /andP[/Hd + tr]; rewrite sum_delta ler_norml => /andP[_ Fle].
rewrite ler_oppl; apply: le_trans Fle; rewrite ler_addr subr_ge0; apply: Fmin.
rewrite /InBall; have -> : (fun j => th j + t * delta R k j + - 1 * th j) =
    (fun j => t * delta R k j) by apply/funext => j; rewrite mulN1r addrC addKr.
by rewrite -[norm _ _]/(euclidean _) euclidean_scale euclidean_delta mulr1.
Qed.

Lemma gradient_inequality : @GRADINEQ_statement R.
Proof.
move=> n F a b Fcvx Fd; pose v k := b k + - 1 * a k.
apply: le_limit => e e0.
have [d [d0 Hd]] := derivative_line v (derivative_partial Fd) e0.
have [t [t0 t1 td]] := small_number d0; have := Hd t.
rewrite gtr0_norm// => /(_ td); rewrite ler_norml => /andP[+ _].
have := Fcvx a b t (ltW t0) t1.
have -> : (fun k => (1 + - 1 * t) * a k + t * b k) = (fun k => a k + t * v k).
  apply/funext => k; rewrite /v mulrDl mulrDr !mul1r !mulN1r mulNr mulrN -addrA.
  by congr (_ + _); rewrite addrC.
set Ft := F (fun k => _); set s := \sum_k _ => chord rest.
have : t * s - e * t <= t * (F b - F a).
  apply: (@le_trans _ _ (Ft - F a)); first by move: rest; rewrite ler_subr_addr addrC.
  rewrite ler_subl_addr; apply: le_trans chord _.
  by rewrite mulrDl mul1r mulN1r mulNr mulrBr -addrA addrC [- _ + _]addrC.
rewrite [e * t]mulrC -mulrBr ler_pmul2l// ler_subl_addr addrAC ler_subr_addr.
by rewrite [s + _]addrC.
Qed.

Lemma directional_derivative : @DIRDERIV_statement R.
Proof.
move=> n p f th v b r /Diff_vecP fd r0 faff c; apply: limit_unique => e e0.
have [d [d0 Hd]] := derivative_line v (derivative_partial (fd c)) e0.
have m0 : 0 < Num.min d r by rewrite lt_minr d0.
have [t [t0 _]] := small_number m0; rewrite lt_minr => /andP[td tr].
have := Hd t; rewrite gtr0_norm// => /(_ td); rewrite faff//; last first.
  by rewrite mulN1r (lt_trans _ t0)// oppr_lt0.
rewrite [f th c + _]addrC addrK -mulrBr.
rewrite normrM gtr0_norm// [e * t]mulrC ler_pmul2l// distrC.
by under eq_bigr do rewrite mulrC.
Qed.

Lemma affine_differentiable : @AFFINE_statement R.
Proof.
move=> n p A b th; apply/Diff_vecP => c; exists (A c).
apply: (negligible_le _ negligible0) => h; rewrite le_eqVlt; apply/orP; left.
rewrite normr_eq0 opprD addrACA addrN addr0 -!sumrB big1// => k _.
by rewrite mulrDr addrAC addrK addrN.
Qed.

End analysis.
