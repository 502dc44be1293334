(* Calculus on normed spaces over an arbitrary model R of the real numbers: three facts about
   directional derivatives that mathcomp-analysis does not have.
   - `fermat`: where f has a local minimum and is Frechet differentiable, every directional
     derivative vanishes.
   - `gradient_inequality`: a function that is convex in Jensen's sense, and differentiable at a,
     lies above its tangent at a.
   - `derive_affine`: the directional derivative of a map that is affine along the direction.
   The first two compare a difference quotient from the right with its limit
   (`derive_le_right`). *)
From everymin Require Import prelude.

Section one_sided.
Context {R : realType} {V : normedModType R}.
Implicit Types (f : V -> R) (a v : V).

(* f has a local minimum at a: f a <= f b for all b in a neighbourhood of a. *)
Definition local_min f a := \forall b \near a, f a <= f b.

(* Convexity as Jensen's inequality. *)
Definition convex f := forall x y (t : R), 0 <= t -> t <= 1 ->
  f (t *: x + (1 - t) *: y) <= t * f x + (1 - t) * f y.

(* A bound of the difference quotients from the right bounds the directional derivative. *)
Lemma derive_le_right f a v (c : R) : derivable f a v ->
  (\forall h \near (0 : R)^'+, h^-1 * (f (h *: v + a) - f a) <= c) ->
  'D_v f a <= c.
Proof.
move=> df H.
pose g (h : R) := h^-1 *: ((f \o shift a) (h *: v) - f a).
have gcvg : cvg (g @ (0 : R)^'+).
  apply: cvgP; apply: cvg_trans; last exact: df.
  apply: cvg_app => A [e egt0 Ae]; exists e => // x xe xgt0; apply: Ae => //.
  exact/lt0r_neq0.
rewrite /derive cvg_at_rightE; last exact: df.
have atrF := at_right_proper_filter (0 : R).
exact: limr_le.
Qed.

(* What holds near a holds on the line a + h v for h near 0. *)
Lemma near_line a v (P : set V) : (\forall b \near a, P b) ->
  \forall h \near (0 : R), P (h *: v + a).
Proof.
move=> aP; have c : {for (0 : R), continuous (fun h : R => h *: v + a)}.
  by apply: differentiable_continuous; exact: ex_diff.
by move: (c P); rewrite scale0r add0r; apply.
Qed.

(* At a local minimum no directional derivative is negative. *)
Lemma fermat_ge0 f a v : local_min f a -> differentiable f a ->
  0 <= 'D_v f a.
Proof.
move=> fmin df; have dfv : derivable f a v by exact: diff_derivable.
rewrite -oppr_le0 -deriveN //; apply: derive_le_right; first exact/derivableN.
have H : \forall h \near (0 : R)^'+, f a <= f (h *: v + a).
  by rewrite near_withinE; apply: filterS (near_line v fmin).
apply: filterS2 (nbhs_right_gt 0) H => h h0 fh.
by rewrite pmulr_rle0 ?invr_gt0// !fctE opprK addrC subr_le0.
Qed.

(* Fermat: all directional derivatives vanish at a local minimum. *)
Lemma fermat f a v : local_min f a -> differentiable f a ->
  'D_v f a = 0.
Proof.
move=> fmin df; apply/eqP; rewrite eq_le (fermat_ge0 v)// andbT.
have := fermat_ge0 (- v) fmin df.
by rewrite !deriveE// linearN oppr_ge0.
Qed.

(* A convex function lies above its tangent at any point of differentiability. *)
Lemma gradient_inequality f a b : convex f -> differentiable f a ->
  f a + 'D_(b - a) f a <= f b.
Proof.
move=> fcvx df; rewrite addrC -ler_subr_addr.
apply: derive_le_right; first exact: diff_derivable.
apply: filterS2 (nbhs_right_gt 0) (nbhs_right_lt ltr01) => h h0 h1.
rewrite ler_pdivr_mull// ler_subl_addr.
have -> : h *: (b - a) + a = h *: b + (1 - h) *: a.
  by rewrite scalerBr scalerBl scale1r addrAC addrA.
apply: (le_trans (fcvx b a h (ltW h0) (ltW h1))).
by rewrite mulrBl mul1r mulrBr addrAC addrA.
Qed.

End one_sided.

Section affine.
Context {R : realType} {U W : normedModType R}.

(* If f (a + h v) = f a + h c for every h near 0, then the derivative of f at a along v is c. *)
Lemma derive_affine_near (f : U -> W) (a v : U) (c : W) :
  (\forall h \near (0 : R), f (h *: v + a) = f a + h *: c) -> 'D_v f a = c.
Proof.
move=> /nbhs_ballP[e /= e0 H]; rewrite /derive; apply: cvg_lim => //.
apply: (@cvg_trans _ [filter of (fun=> c) @ (0 : R)^']); last exact: cvg_cst.
apply: near_eq_cvg; apply/nbhs_ballP; exists e => //= h /H fh h0.
by rewrite /= fh addrC addKr scalerA mulVf ?scale1r.
Qed.

Lemma derive_affine (f : U -> W) (a v : U) (c : W) :
  (forall h : R, f (h *: v + a) = f a + h *: c) -> 'D_v f a = c.
Proof. by move=> H; apply: derive_affine_near; exact: filterE. Qed.

(* The same if f (a + h v) = f a + h c + h^2 d for every h. *)
Lemma derive_quadratic (f : U -> W) (a v : U) (c d : W) :
  (forall h : R, f (h *: v + a) = f a + h *: c + h ^+ 2 *: d) -> 'D_v f a = c.
Proof.
move=> H; apply: cvg_lim => //.
apply: (@cvg_trans _ [filter of (fun h => h *: d + c) @ (0 : R)^']).
  apply: near_eq_cvg; apply/nbhs_ballP; exists 1 => //= h _ h0.
  rewrite /= H [_ - f a]addrC -(addrA (f a)) addKr scalerDr !scalerA mulVf// scale1r.
  by rewrite expr2 mulKf// addrC.
have : {for (0 : R), continuous (fun h : R => h *: d + c)}.
  by apply: differentiable_continuous; exact: ex_diff.
rewrite /prop_for scale0r add0r; apply: cvg_trans.
by apply: cvg_app; exact: cvg_within.
Qed.

(* A map that is equal near a to one that is differentiable at a is differentiable at a. *)
Lemma differentiable_near (f g : U -> W) (a : U) : (\forall b \near a, f b = g b) ->
  differentiable g a -> differentiable f a.
Proof.
move=> fg dg; have gE := diff_locally dg.
have fE : f \o shift a = cst (f a) + 'd g a +o_ (0 : U) id.
  apply/eqaddoP => e e0; move/eqaddoP : gE => /(_ e e0) gE.
  have fg0 : \forall h \near (0 : U), f (h + a) = g (h + a).
    by move: fg; rewrite (near_shift 0) subr0.
  apply: filterS2 fg0 gE => h fgh; rewrite /= !fctE/= fgh.
  by rewrite (nbhs_singleton fg).
have dc : continuous ('d g a) by exact: diff_continuous.
by apply/diff_locallyP; rewrite (diff_unique dc fE).
Qed.

End affine.
