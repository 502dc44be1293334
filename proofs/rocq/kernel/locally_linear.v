(* Theorem 4 for networks as the TypeScript side states them (feedforward.v), first part: which
   perturbations of theta leave the outputs as they are, and how f depends on one layer. The
   proof is the one of theorem_4/perturbation.v, with functions for vectors and widths from 0.

   C^(l) is the product W^(H+1) chi^(H) W^(H) ... chi^(l+1), where chi^(l) is the 0/1 diagonal
   matrix of J^(l): f changes by C^(l) times the change of W^(l+1) h^(l) at parameters near theta
   that differ from it only in rows in J of the layers above t ([output_difference]). *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_analysis problem feedforward.

Section locally_linear.
Context {R : realType}.
Variables (m H : nat) (d : nat -> nat).
Local Notation size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N.
Local Notation weight := (@layer_weight R H d).
Local Notation block := (@block R H d _).
Local Notation dy := (d H.+1).
Variables (x : 'I_m -> 'I_(d 0%N) -> R) (sigma : forall l, ('I_(d l) -> R) -> 'I_(d l) -> R).
Variable h : forall l, 'I_m -> ('I_size -> R) -> 'I_(d l) -> R.
Arguments h : clear implicits.
Arguments sigma : clear implicits.
Local Notation hidden := (hidden h).
Local Notation received := (received h).
Hypothesis h_layers : layers x sigma h.
Variables (lambda : 'I_m -> R) (loss : 'I_m -> ('I_dy -> R) -> R).

(* f_i(theta) = W^(H+1) h^(H)(x_i) *)
Definition network_output (i : 'I_m) (b : 'I_size -> R) : 'I_dy -> R := fun c => received i b H c 0.

Variables (t : nat) (th : 'I_size -> R) (J : forall l, {set 'I_(d l)}) (e : R).
Implicit Types (b v w : 'I_size -> R) (eps : R) (l : nat) (i : 'I_m).

(* The hypothesis on sigma above layer t *)
Definition coordinatewise := forall l, (t < l <= H)%N -> forall (z z' : 'I_(d l) -> R) k,
  z k = z' k -> sigma l z k = sigma l z' k.

(* theta is in Theta_{dy,t}, with these sets J and in this ball *)
Definition linear_units := [/\ forall l, (t < l <= H)%N -> (dy <= #|J l|)%N,
  forall l, (t <= l < H)%N -> forall b, InBall size b th e ->
    forall k, k \in J l.+1 -> forall i, h l.+1 i b k = received i b l k 0 &
  forall l, (t < l < H)%N -> forall k j, k \notin J l.+1 -> j \in J l -> weight l th k j = 0].

Hypothesis t_le_H : (t <= H)%N.
Hypothesis sigma_coordinatewise : coordinatewise.
Hypothesis J_linear : linear_units.
Hypothesis e_gt0 : 0 < e.

(* chi^(l) *)
Definition indicator l : 'M[R]_(d l) := diag_mx (\row_k (k \in J l)%:R).
Variable C : forall l, 'M[R]_(dy, d l.+1).
Definition coefficients := C H = 1%:M /\
  forall l, (l < H)%N -> C l = C l.+1 *m weight l.+1 th *m indicator l.+1.
Hypothesis C_coefficients : coefficients.

(* chi^(l) keeps the rows in J^(l) and makes the others 0. *)
Lemma indicatorE l q (A : 'M[R]_(d l, q)) k j :
  (indicator l *m A) k j = if k \in J l then A k j else 0.
Proof. by rewrite mul_diag_mx !mxE; case: ifP; rewrite (mul1r, mul0r). Qed.

(* b is near theta, and only rows in J of the layers above t differ from those of theta. *)
Definition frozen b := [/\ InBall size b th e,
  forall l, (l < t)%N -> weight l b = weight l th &
  forall l, (t <= l < H)%N -> forall k j, k \notin J l.+1 -> weight l b k j = weight l th k j].

Lemma frozen_th : frozen th.
Proof.
split=> //; rewrite /InBall /norm big1 ?sqrtr0// => k _.
by rewrite mulN1r subrr mulr0.
Qed.

(* The layers up to t are kept. *)
Lemma hidden_kept i b l : frozen b -> (l <= t)%N -> hidden i b l = hidden i th l.
Proof.
move=> [_ below _] lt; apply: (hidden_below h_layers); first exact: leq_trans t_le_H.
by move=> k kl; apply: below; exact: leq_trans lt.
Qed.

(* The units outside J are kept: nothing in J reaches them (condition 3). *)
Lemma outside_kept i b : frozen b -> forall l, (t < l <= H)%N -> forall k, k \notin J l ->
  h l i b k = h l i th k.
Proof.
have [_ _ closed] := J_linear.
move=> fb; have [_ _ rows] := fb; elim=> // l IH tlH k kJ.
have tl : (t <= l < H)%N by move: tlH; rewrite ltnS.
have /andP[tl' lH] := tl; rewrite !h_layers.2//; apply: sigma_coordinatewise => //.
rewrite !mxE; apply: eq_bigr => j _; rewrite rows//.
have [lt|lt] := leqP l t; first by rewrite hidden_kept.
have [jJ|jJ] := boolP (j \in J l); last by rewrite !mxE IH// lt ltnW.
by rewrite closed ?mul0r// lt.
Qed.

(* Layer l + 1 changes by chi^(l+1) times the change of what it receives. *)
Lemma hidden_difference b b' i l : frozen b -> frozen b' -> (t <= l < H)%N ->
  hidden i b l.+1 - hidden i b' l.+1 = indicator l.+1 *m (received i b l - received i b' l).
Proof.
move=> fb fb' tl; have [[nb _ _] [nb' _ _]] := (fb, fb').
have [_ linear _] := J_linear; apply/colP => k.
have subE q (u v : 'cV[R]_q) j : (u - v) j 0 = u j 0 - v j 0 by rewrite !mxE.
rewrite indicatorE !subE [hidden _ _ _ _ _]mxE [hidden _ b' _ _ _]mxE.
case: ifPn => kJ; first by rewrite !linear.
by rewrite !(outside_kept _ _ (l := l.+1))// subrr.
Qed.

(* The blocks of b above layer l have the products C of theta. *)
Definition kept_above l b := forall k, (l < k <= H)%N -> C k *m weight k b = C k *m weight k th.

(* f(b) - f(b') = C^(l) times the change of W^(l+1) h^(l). *)
Lemma output_difference b b' i l : frozen b -> frozen b' -> (t <= l <= H)%N ->
  kept_above l b -> kept_above l b' ->
  received i b H - received i b' H = C l *m (received i b l - received i b' l).
Proof.
move=> fb fb' /andP[tl lH]; rewrite -(subKn lH).
have : (t <= H - (H - l))%N by rewrite subKn.
elim: (H - l)%N (leq_subr l H) => [|k IH] kH {}tl kb kb'.
  by rewrite subn0 C_coefficients.1 mul1mx.
have E : (H - k = (H - k.+1).+1)%N by rewrite -subSn// subSS.
have kltH : (H - k.+1 < H)%N by rewrite -E leq_subr.
rewrite C_coefficients.2// IH; [| exact: ltnW | by rewrite E leqW | |].
- rewrite E -!mulmxA -hidden_difference ?tl// {1 2}/feedforward.received !mulmxBr !mulmxA.
  by rewrite kb ?kb'// ltnSn -E leq_subr.
- by move=> r /andP[kr rH]; apply: kb; rewrite rH andbT; apply: leq_trans kr; rewrite E.
- by move=> r /andP[kr rH]; apply: kb'; rewrite rH andbT; apply: leq_trans kr; rewrite E.
Qed.

(* Perturbations that move only rows in J, of layers above t, in directions that C^(l) kills. *)
Definition admissible w := [/\ forall l, (l < t)%N -> weight l w = 0,
  forall l, (t <= l < H)%N -> forall k j, k \notin J l.+1 -> weight l w k j = 0 &
  forall l, (t <= l <= H)%N -> C l *m weight l w = 0].

Lemma admissible0 : admissible (fun=> 0).
Proof. by split=> l *; rewrite weight0 ?mulmx0 ?mxE. Qed.

(* A step along an admissible perturbation leads to a frozen parameter, ... *)
Lemma admissible_frozen w eps : admissible w -> norm size w <= 1 -> 0 < eps -> eps < e ->
  frozen (moved th eps w).
Proof.
move=> [below rows _] w1 eps0 epse; split=> [|l lt|l tl k j kJ]; first exact: InBall_moved.
  by rewrite weightD below// scaler0 addr0.
by rewrite weightD mxE [X in _ + X]mxE rows// mulr0 addr0.
Qed.

(* ... with the products C^(l) W^(l+1) of theta, ... *)
Lemma admissible_kept w eps l : (t <= l)%N -> admissible w -> kept_above l (moved th eps w).
Proof.
move=> tl [_ _ C0] k /andP[lk kH]; rewrite weightD mulmxDr -scalemxAr C0 ?scaler0 ?addr0//.
by rewrite kH (leq_trans tl)// ltnW.
Qed.

(* ... and the outputs of theta. *)
Lemma admissible_V w eps : admissible w -> norm size w <= 1 -> 0 < eps -> eps < e ->
  InV m size dy lambda loss network_output th eps w.
Proof.
move=> adm w1 eps0 epse; split=> // i; rewrite -/(moved th eps w).
have fw := admissible_frozen adm w1 eps0 epse.
suff E : received i (moved th eps w) H = received i th H.
  by apply/funext => c; rewrite /network_output E.
apply/eqP; rewrite -subr_eq0.
rewrite (@output_difference _ _ _ t) ?leqnn//; [|exact: frozen_th|exact: admissible_kept].
have [_ _ C0] := adm.
rewrite /feedforward.received hidden_kept// weightD -mulmxBl [weight t th + _]addrC addrK.
by rewrite mulmxA -scalemxAr C0 ?leqnn// scaler0 mul0mx.
Qed.

(* The matrices that move only rows in J^(l+1), where J^(H+1) is the whole output. *)
Definition rows_inside l (A : 'M[R]_(d l.+1, d l)) :=
  (l < H)%N -> forall k j, k \notin J l.+1 -> A k j = 0.

(* The derivative of f in the direction of such a matrix is C^(l) A h^(l). *)
Lemma derivative_inside b i l A : frozen b -> (t <= l <= H)%N -> kept_above l b ->
  @rows_inside l A -> Diff_vec (network_output i) b -> forall c,
  \sum_k block A k * partial_vec (network_output i) b k c = (C l *m A *m hidden i b l) c 0.
Proof.
move=> fb /andP[tl lH] kb Ain df; have [nb below rows] := fb.
have [r [r0 line]] := InBall_line (block A) nb.
apply: (directional_derivative df r0) => s lo hi c; rewrite -/(moved b s (block A)).
have nb' := line s lo hi; set b' := moved b s _ in nb' *.
have other k : (k <= H)%N -> k != l -> weight k b' = weight k b.
  by move=> kH kl; rewrite weightD weight_block_other// scaler0 addr0.
have own : weight l b' = weight l b + s *: A by rewrite weightD weight_block.
have fb' : frozen b'.
  split=> // [k kt|k /andP[tk kH] q j qJ].
    by rewrite other ?below ?ltn_eqF ?(leq_trans kt)// ltnW// (leq_trans kt)// (leq_trans tl).
  have [kl|kl] := eqVneq k l; last by rewrite other ?rows ?tk// ltnW.
  by subst k; rewrite own [LHS]mxE rows ?tk// [X in _ + X]mxE Ain// mulr0 addr0.
have kb' : kept_above l b'.
  by move=> k kl; rewrite other ?kb// ?gtn_eqF//; case/andP: kl.
suff E : received i b' H = received i b H + s *: (C l *m A *m hidden i b l).
  by rewrite /network_output E mxE [X in _ + X]mxE.
apply/eqP; rewrite addrC -subr_eq; apply/eqP.
rewrite (@output_difference _ _ _ l) ?tl// /feedforward.received own.
have -> : hidden i b' l = hidden i b l.
  apply: (hidden_below h_layers) => // k kl; rewrite other ?ltn_eqF//.
  exact: leq_trans (ltnW kl) lH.
by rewrite -mulmxBl [weight l b + _]addrC addrK -scalemxAl -scalemxAr mulmxA.
Qed.

End locally_linear.
