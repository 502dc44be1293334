(* Theorem 4, first part: which perturbations of a network leave its outputs as they are, and
   how f depends on one layer (the shorter proof of Theorem 4; the paper's is in A.5).

   C^(l) below is the product W^(H+1) chi^(H) W^(H) ... chi^(l+1), where chi^(l) is the 0/1
   diagonal matrix of J^(l): the coefficient of W^(l+1) h^(l) in f along the linear units. A
   parameter b near theta is [frozen] when the layers up to t and the rows outside J are those
   of theta. Then what the units outside J give is kept ([outside_kept]), and f changes by C^(l)
   times the change of W^(l+1) h^(l) ([network_difference]). *)
From everymin Require Import prelude calculus euclidean setting network.

Section perturbation.
Context {R : realType} {m p : nat}.
Variables (H : nat) (D : nat -> nat).
Local Notation d l := (D l).+1.
Local Notation dy := (d H.+1).
Variable enc : slot D -> 'I_p.+1.
Hypothesis enc_inj : {in slots H &, injective enc}.
(* The activations may depend on the input here (see network_features.v). *)
Variable sigma : 'cV[R]_(d 0) -> forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
Variable x : 'I_m -> 'cV[R]_(d 0).

Local Notation weight := (weight enc).
Local Notation hidden a := (hidden enc (sigma a) a).
Local Notation received a := (received enc (sigma a) a).
Local Notation network a := (network H enc (sigma a) a).

Variables (t : nat) (th : 'rV[R]_p.+1) (J : forall l, {set 'I_(d l)}) (e : R).
Implicit Types (b v w : 'rV[R]_p.+1) (eps : R) (l : nat) (i : 'I_m).

(* sigma^(l)(z) outside J^(l) depends only on z outside J^(l). *)
Definition separated := forall a l, (t < l <= H)%N -> forall z z' : 'cV[R]_(d l),
  (forall k, k \notin J l -> z k 0 = z' k 0) ->
  forall k, k \notin J l -> sigma a z k 0 = sigma a z' k 0.

Hypothesis e_gt0 : 0 < e.
Hypothesis sigma_separated : separated.
Variable n : nat.
Hypothesis J_linear : linear_within H enc x (fun a => hidden a) n t th J e.

(* chi^(l) *)
Definition indicator l : 'M[R]_(d l) := diag_mx (\row_k (k \in J l)%:R).
Variable C : forall l, 'M[R]_(dy, d l.+1).
(* C^(l), from C^(H) = I down *)
Definition coefficients := C H = 1%:M /\
  forall l, (l < H)%N -> C l = C l.+1 *m weight l.+1 th *m indicator l.+1.
Hypothesis C_coefficients : coefficients.

(* b is near theta, and only rows in J of the layers above t differ from those of theta. *)
Definition frozen b := [/\ norm2 (b - th) < e,
  forall l, (l < t)%N -> weight l b = weight l th &
  forall l, (t <= l < H)%N -> forall k j, k \notin J l.+1 -> weight l b k j = weight l th k j].

(* theta itself is such a point. *)
Lemma frozen_th : frozen th.
Proof. by split=> //; rewrite subrr norm2_0. Qed.

(* chi^(l) keeps the rows in J^(l) and makes the others 0. *)
Lemma indicatorE l q (A : 'M[R]_(d l, q)) k j :
  (indicator l *m A) k j = if k \in J l then A k j else 0.
Proof. by rewrite mul_diag_mx !mxE; case: ifP; rewrite (mul1r, mul0r). Qed.

(* The layers up to t are kept. *)
Lemma hidden_kept a b l : frozen b -> (l <= t)%N -> hidden a b l = hidden a th l.
Proof.
by move=> [_ below _] lt; apply: hidden_below => k kl; apply: below; exact: leq_trans lt.
Qed.

(* The units outside J are kept: nothing in J reaches them (condition 3). *)
Lemma outside_kept a b : frozen b -> forall l, (t < l <= H)%N -> forall k, k \notin J l ->
  hidden a b l k 0 = hidden a th l k 0.
Proof.
have [_ _ closed] := J_linear.
move=> fb; have [_ _ rows] := fb; elim=> // l IH tlH k kJ.
have tl : (t <= l < H)%N by move: tlH; rewrite ltnS.
rewrite !hiddenS; apply: sigma_separated kJ => // {}k kJ; rewrite !mxE; apply: eq_bigr => j _.
rewrite rows//; have [lt|tl'] := leqP l t; first by rewrite hidden_kept.
have [jJ|jJ] := boolP (j \in J l); last by rewrite IH// tl' ltnW//; case/andP: tl.
by rewrite closed ?mul0r// tl'; case/andP: tl.
Qed.

(* Layer l+1 changes by chi^(l+1) times the change of what it receives. *)
Lemma hidden_difference b b' i l : frozen b -> frozen b' -> (t <= l < H)%N ->
  hidden (x i) b l.+1 - hidden (x i) b' l.+1 =
  indicator l.+1 *m (received (x i) b l - received (x i) b' l).
Proof.
move=> fb fb' tl; have [[nb _ _] [nb' _ _]] := (fb, fb').
have [_ linear _] := J_linear; apply/colP => k.
have subE q (u v : 'cV[R]_q) j : (u - v) j 0 = u j 0 - v j 0 by rewrite !mxE.
rewrite indicatorE !subE.
case: ifPn => kJ; first by rewrite !linear.
by rewrite !outside_kept ?subrr.
Qed.

(* The blocks of b above layer l have the products C of theta. *)
Definition kept_above l b := forall k, (l < k <= H)%N ->
  C k *m weight k b = C k *m weight k th.

(* f(b) - f(b') = C^(l) times the change of W^(l+1) h^(l). *)
Lemma network_difference b b' i l : frozen b -> frozen b' -> (t <= l <= H)%N ->
  kept_above l b -> kept_above l b' ->
  network (x i) b - network (x i) b' = C l *m (received (x i) b l - received (x i) b' l).
Proof.
move=> fb fb' /andP[tl lH]; rewrite -(subKn lH).
have : (t <= H - (H - l))%N by rewrite subKn.
elim: (H - l)%N (leq_subr l H) => [|k IH] kH {}tl kb kb'.
  by rewrite subn0 C_coefficients.1 mul1mx.
have E : (H - k = (H - k.+1).+1)%N by rewrite -subSn// subSS.
have kltH : (H - k.+1 < H)%N by rewrite -E leq_subr.
rewrite C_coefficients.2// IH; [| exact: ltnW | by rewrite E leqW | |].
- rewrite E -!mulmxA -hidden_difference ?tl// {1 2}/network.received !mulmxBr !mulmxA.
  by rewrite kb ?kb'// ltnSn -E leq_subr.
- by move=> r /andP[kr rH]; apply: kb; rewrite rH andbT; apply: leq_trans kr; rewrite E.
- by move=> r /andP[kr rH]; apply: kb'; rewrite rH andbT; apply: leq_trans kr; rewrite E.
Qed.

(* Perturbations that move only rows in J, of layers above t, in directions that C^(l) kills. *)
Definition admissible w := [/\ forall l, (l < t)%N -> weight l w = 0,
  forall l, (t <= l < H)%N -> forall k j, k \notin J l.+1 -> weight l w k j = 0 &
  forall l, (t <= l <= H)%N -> C l *m weight l w = 0].

(* The zero perturbation is admissible. *)
Lemma admissible0 : admissible 0.
Proof.
have w0 l : weight l 0 = 0 by apply/matrixP => k j; rewrite !mxE.
by split=> l *; rewrite w0 ?mulmx0 ?mxE.
Qed.

(* A step along an admissible perturbation leads to a frozen parameter, ... *)
Lemma admissible_frozen w eps : admissible w -> norm2 w <= 1 -> 0 < eps -> eps < e ->
  frozen (th + eps *: w).
Proof.
move=> [below rows _] w1 eps0 epse; split=> [|l lt|l tl k j kJ].
- rewrite addrC addKr norm2Z gtr0_norm//; apply: le_lt_trans epse.
  by rewrite ler_pimulr// ltW.
- by rewrite weightD below// scaler0 addr0.
- by rewrite weightD mxE [X in _ + X]mxE rows// mulr0 addr0.
Qed.

(* ... with the products C^(l) W^(l+1) of theta. *)
Lemma admissible_kept w eps l : (t <= l)%N -> admissible w -> kept_above l (th + eps *: w).
Proof.
move=> tl [_ _ C0] k /andP[lk kH]; rewrite weightD mulmxDr -scalemxAr C0 ?scaler0 ?addr0//.
by rewrite kH (leq_trans tl)// ltnW.
Qed.

(* Admissible perturbations do not change the outputs. *)
Lemma admissible_V w eps : (t <= H)%N -> admissible w -> norm2 w <= 1 -> 0 < eps -> eps < e ->
  V x (fun a => network a) th eps w.
Proof.
move=> tH adm w1 eps0 epse; split=> // i; apply/eqP; rewrite -subr_eq0.
have fw := admissible_frozen adm w1 eps0 epse.
rewrite (@network_difference _ _ _ t) ?leqnn//; [|exact: frozen_th|exact: admissible_kept].
have [_ _ C0] := adm.
rewrite /network.received hidden_kept// weightD -mulmxBl [weight t th + _]addrC addrK.
by rewrite mulmxA -scalemxAr C0 ?leqnn// scaler0 mul0mx.
Qed.

(* The matrices that move only rows in J^(l+1), where J^(H+1) is the whole output. *)
Definition rows_inside l (A : 'M[R]_(d l.+1, d l)) :=
  (l < H)%N -> forall k j, k \notin J l.+1 -> A k j = 0.

(* A partial derivative with respect to an entry of W^(l+1) in such a row. *)
Lemma partial_inside b i l (s : entry D l) : frozen b -> (t <= l <= H)%N -> kept_above l b ->
  ((l < H)%N -> s.1 \in J l.+1) ->
  partial (fun a => network a) (place enc s) (x i) b = C l *m delta_mx s.1 s.2 *m hidden (x i) b l.
Proof.
move=> fb /andP[tl lH] kb sJ; set M := delta_mx _ _.
have [nb below rows] := fb.
apply: derive_affine_near; rewrite basis_vector_block -/M.
have := near_line (block enc M) (near_euclid nb).
apply: filterS => h /= hn; rewrite [_ + b]addrC in hn *; set b' := b + _ in hn *.
have other k : (k <= H)%N -> k != l -> weight k b' = weight k b.
  by move=> kH kl; rewrite weightD (weight_block_other enc_inj) ?scaler0 ?addr0.
have own : weight l b' = weight l b + h *: M by rewrite weightD (weight_block enc_inj).
have fb' : frozen b'.
  split=> // [k kt|k /andP[tk kH] r j rJ].
    by rewrite other ?below ?ltn_eqF ?(leq_trans kt)// ltnW// (leq_trans kt)// (leq_trans tl).
  have [kl|kl] := eqVneq k l; last by rewrite other ?rows ?tk// ltnW.
  subst k; rewrite own [LHS]mxE rows ?tk// !mxE.
  by case: eqP rJ => [->|_ _]; rewrite ?sJ//= mulr0 addr0.
have kb' : kept_above l b'.
  by move=> k kl; rewrite other ?kb// ?gtn_eqF//; case/andP: kl.
apply/eqP; rewrite addrC -subr_eq; apply/eqP.
rewrite (@network_difference _ _ _ l) ?tl// /network.received own.
have -> : hidden (x i) b' l = hidden (x i) b l.
  by apply: hidden_below => k kl; rewrite other ?ltn_eqF// (leq_trans (ltnW kl)).
by rewrite -mulmxBl [weight l b + _]addrC addrK -scalemxAl -scalemxAr mulmxA.
Qed.

(* A combination of these partial derivatives is C^(l) A h^(l). *)
Lemma basis_model_inside b i l A : frozen b -> (t <= l <= H)%N -> kept_above l b ->
  rows_inside A -> basis_model_at (fun a => network a) b (fun k => block enc A 0 k) (x i) =
  C l *m A *m hidden (x i) b l.
Proof.
move=> fb tl kb Ain; rewrite basis_model_block -{2}[A]matrix_sum_entry mulmx_sumr mulmx_suml.
apply: eq_bigr => s _; rewrite -scalemxAr -scalemxAl.
have [->|As] := eqVneq (A s.1 s.2) 0; first by rewrite !scale0r.
rewrite partial_inside// => lH; apply: contra_neqT As => sJ; exact: Ain.
Qed.

End perturbation.
