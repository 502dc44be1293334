(* A dimension of the kernel may be 0; one of mathcomp-analysis is at least 1. So a vector of R^n
   becomes a row of n + 1 numbers, with a first one that no function looks at. Here: what that
   does to norms and derivatives. *)
From everymin Require Import prelude calculus euclidean interpretation derivative bridge.

Section padding.
Context {R : realType}.
Implicit Types n d : nat.

(* v with a 0 in front, and a row without its first number *)
Definition pad n (v : 'I_n -> R) : 'rV[R]_n.+1 :=
  \row_j (if unlift ord0 j is Some k then v k else 0).
Definition cut n (w : 'rV[R]_n.+1) : 'I_n -> R := fun k => w 0 (lift ord0 k).

Lemma padK n : cancel (@pad n) (@cut n).
Proof. by move=> v; apply/funext => k; rewrite /cut mxE liftK. Qed.

Lemma pad0 n (v : 'I_n -> R) : pad v 0 ord0 = 0.
Proof. by rewrite mxE unlift_none. Qed.

Lemma pad_lift n (v : 'I_n -> R) k : pad v 0 (lift ord0 k) = v k.
Proof. by rewrite mxE liftK. Qed.

(* A sum with a coefficient 0 in front. *)
Lemma sum_pad n (v : 'I_n -> R) (w : 'rV[R]_n.+1) :
  \sum_j pad v 0 j * w 0 j = \sum_k v k * cut w k.
Proof.
rewrite big_ord_recl pad0 mul0r add0r; apply: eq_bigr => k _.
by rewrite pad_lift.
Qed.

Lemma norm2_pad n (v : 'I_n -> R) : norm2 (pad v) = euclidean v.
Proof.
congr Num.sqrt; rewrite big_ord_recl pad0 expr0n add0r; apply: eq_bigr => k _.
by rewrite pad_lift expr2.
Qed.

Lemma euclidean_cut n (w : 'rV[R]_n.+1) : euclidean (cut w) <= norm2 w.
Proof.
rewrite ler_wsqrtr// big_ord_recl; apply: ler_paddl; first exact: sqr_ge0.
by apply: ler_sum => k _; rewrite expr2.
Qed.

Lemma cutD n (v w : 'rV[R]_n.+1) : cut (v + w) = fun k => cut v k + cut w k.
Proof. by apply/funext => k; rewrite /cut mxE. Qed.

Lemma cutZ n (c : R) (w : 'rV[R]_n.+1) : cut (c *: w) = fun k => c * cut w k.
Proof. by apply/funext => k; rewrite /cut mxE. Qed.

Section real_valued.
Variables (n : nat) (F : ('I_n -> R) -> R).
Implicit Types (A : 'I_n -> R) (w : 'rV[R]_n.+1).

Lemma derivative_cut A w : derivative F (cut w) A ->
  derivative ((F \o @cut n) \o @row_of _ _) (coordinates w) (coordinates (pad A)).
Proof.
move=> FA e e0; have [d [d0 Hd]] := FA e e0; exists d; split=> // h; rewrite -[h]row_ofK.
rewrite euclidean_coordinates => hd; have cd := euclidean_cut (row_of h).
have := Hd (cut (row_of h)) (le_lt_trans cd hd); rewrite /= -cutD => H.
rewrite sum_pad coordinatesK.
rewrite (_ : row_of _ = w + row_of h); last first.
  by apply/rowP => k; rewrite /coordinates !mxE.
by apply: le_trans H _; rewrite ler_pmul2l.
Qed.

Lemma derivative_of_cut (B : 'I_n.+1 -> R) w :
  derivative ((F \o @cut n) \o @row_of _ _) (coordinates w) B ->
  derivative F (cut w) (fun k => B (lift ord0 k)).
Proof.
move=> FB e /FB[d [d0 Hd]]; exists d; split=> // h hd.
have := Hd (coordinates (pad h)); rewrite euclidean_coordinates norm2_pad => /(_ hd).
have -> : \sum_k B k * coordinates (pad h) k = \sum_k B (lift ord0 k) * h k.
  rewrite big_ord_recl /coordinates pad0 mulr0 add0r.
  by apply: eq_bigr => k _; rewrite pad_lift.
rewrite /= coordinatesK (_ : row_of _ = w + pad h) ?cutD ?padK//.
by apply/rowP => k; rewrite /coordinates !mxE.
Qed.

Lemma Diff_cut w : differentiable (F \o @cut n) w <-> Diff F (cut w).
Proof.
split=> [/DiffP[B /derivative_of_cut]|[A /derivative_cut FA]]; first by eexists; eassumption.
by apply/DiffP; eexists; exact: FA.
Qed.

(* The differential, and the partial derivatives. *)
Lemma diff_cut w h : Diff F (cut w) ->
  'd (F \o @cut n) w h = \sum_k partial F (cut w) k * cut h k.
Proof.
move=> /derivative_partial/derivative_cut/derivative_diff[_ ->].
exact: sum_pad.
Qed.

Lemma derive_cut w k : Diff F (cut w) ->
  'D_(delta_mx 0 (lift ord0 k)) (F \o @cut n) w = partial F (cut w) k.
Proof.
move=> dF; rewrite deriveE ?diff_cut//; last exact/Diff_cut.
rewrite (bigD1 k)//= big1 ?addr0 => [|j jk]; rewrite /cut mxE eqxx/=.
  by rewrite eqxx mulr1.
by rewrite (inj_eq lift_inj) (negbTE jk) mulr0.
Qed.

Lemma derive_cut0 w : Diff F (cut w) -> 'D_(delta_mx 0 ord0) (F \o @cut n) w = 0.
Proof.
move=> dF; rewrite deriveE ?diff_cut//; last exact/Diff_cut.
by rewrite big1// => j _; rewrite /cut mxE andbF mulr0.
Qed.

End real_valued.

(* A function with values in rows is differentiable when its entries are. *)
Section rows.
Variables (n d : nat) (g : 'rV[R]_n.+1 -> 'rV[R]_d.+1).

Lemma differentiable_rows w :
  differentiable g w <-> forall j, differentiable (fun t => g t 0 j : R) w.
Proof.
split=> [dg j|dg].
  rewrite (_ : (fun _ => _) = (fun v : 'rV[R]_d.+1 => v 0 j : R) \o g)//.
  by apply: differentiable_comp => //; exact: differentiable_coord.
rewrite (_ : g = \sum_j (fun t => (g t 0 j : R) *: (delta_mx 0 j : 'rV[R]_d.+1))).
  by apply: differentiable_sum => j; exact: differentiableZl.
by apply/funext => t; rewrite fct_sumE -row_sum_delta.
Qed.

Lemma derive_rows w v j : differentiable g w ->
  ('D_v g w) 0 j = 'D_v (fun t => g t 0 j : R) w.
Proof.
move=> dg; have lin : linear (fun u : 'rV[R]_d.+1 => u 0 j : R).
  by move=> a u u'; rewrite !mxE.
pose entry := Linear lin; have ec : continuous entry by exact: coord_continuous.
rewrite -[RHS]/('D_v (entry \o g) w) deriveE// deriveE; last first.
  by apply: differentiable_comp => //; exact: linear_differentiable.
have -> : 'd (entry \o g) w = 'd entry (g w) \o 'd g w :> (_ -> _).
  by apply: diff_comp => //; exact: linear_differentiable.
by rewrite /= (diff_lin _ ec).
Qed.

End rows.

Lemma derive_cst0 n w v : 'D_v (cst 0 : 'rV[R]_n.+1 -> R) w = 0.
Proof. by rewrite deriveE ?diff_cst//; exact: differentiable_cst. Qed.

(* f with values in R^d, as a function of a longer vector with values in longer rows. *)
Section vector_valued.
Variables (n d : nat) (f : ('I_n -> R) -> 'I_d -> R).

Definition padded (w : 'rV[R]_n.+1) : 'rV[R]_d.+1 := pad (f (cut w)).

Lemma padded0 : (fun w => padded w 0 ord0 : R) = cst 0.
Proof. by apply/funext => w; rewrite /padded pad0. Qed.

Lemma padded_lift c : (fun w => padded w 0 (lift ord0 c) : R) = (fun v => f v c) \o @cut n.
Proof. by apply/funext => w; rewrite /padded pad_lift. Qed.

Lemma Diff_padded w : differentiable padded w <-> Diff_vec f (cut w).
Proof.
rewrite differentiable_rows Diff_vecP; split=> df c.
  by apply/Diff_cut; rewrite -padded_lift.
case: (unliftP ord0 c) => [j|] ->; first by rewrite padded_lift; exact/Diff_cut.
by rewrite padded0; exact: differentiable_cst.
Qed.

Lemma derive_padded w k : Diff_vec f (cut w) ->
  'D_(delta_mx 0 (lift ord0 k)) padded w = pad (partial_vec f (cut w) k).
Proof.
move=> df; have dp := (Diff_padded w).2 df; move/Diff_vecP: df => df.
apply/rowP => j; rewrite derive_rows//.
case: (unliftP ord0 j) => [c|] ->; first by rewrite pad_lift padded_lift derive_cut.
by rewrite pad0 padded0 derive_cst0.
Qed.

Lemma derive_padded0 w : Diff_vec f (cut w) -> 'D_(delta_mx 0 ord0) padded w = 0.
Proof.
move=> df; have dp := (Diff_padded w).2 df; move/Diff_vecP: df => df.
apply/rowP => j; rewrite derive_rows// [RHS]mxE.
case: (unliftP ord0 j) => [c|] ->; first by rewrite padded_lift derive_cut0.
by rewrite padded0 derive_cst0.
Qed.

End vector_valued.
End padding.
