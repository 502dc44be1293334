(* Theorem 4, second part: for l = t..H and every matrix Q the values of Q h^(l) at the samples
   are values of the perturbable gradient basis model ([features_represented]).

   By induction from layer H down to layer t, for every admissible perturbation w of theta with
   |w| < 1 (the shorter proof of Theorem 4). If C^(l) restricted to the columns J has a right
   inverse, Q h^(l) is a combination of partial derivatives at theta + eps w. Otherwise there is
   a unit vector a in J with C^(l) a = 0; adding eta a e_c^T to W^(l+1) is again admissible, and
   moves h^(l+1) by eps eta h^(l)_c a, so that h^(l)_c comes from the claim for layer l+1. *)
From everymin Require Import prelude calculus euclidean setting lemma_1 residual_features.
From everymin Require Import network perturbation.

(* A family T_0, ..., T_n can be built from the last member down. *)
Lemma backward_family (T : nat -> Type) (default : forall l, T l) n (last : T n)
    (step : forall l, T l.+1 -> T l) :
  exists F : forall l, T l, F n = last /\ forall l, (l < n)%N -> F l = step l (F l.+1).
Proof.
elim: n T default last step => [|n IH] T default last step.
  by exists (fun l => match l return T l with 0%N => last | l'.+1 => default l'.+1 end).
have [F [Fn FS]] := IH (T \o S) (fun l => default l.+1) last (fun l => step l.+1).
exists (fun l => match l return T l with 0%N => step 0%N (F 0%N) | l'.+1 => F l' end).
by split=> // -[|l] //= /FS.
Qed.

(* The values of the perturbable gradient basis model at the samples. *)
Section sampled.
Context {R : realType} {m p : nat} {Y : normedModType R} (X : Type).
Variables (x : 'I_m -> X) (f : X -> 'rV[R]_p.+1 -> Y) (th : 'rV[R]_p.+1) (eps : R).

(* g_i, i = 1..m, are the values of a function of the model. *)
Definition sampled : set ('I_m -> Y) :=
  [set g | exists2 h, induced_model x f th eps h & forall i, g i = h (x i)].

(* Sums of such values are such values (Lemma 1), ... *)
Lemma sampledD g g' : sampled g -> sampled g' -> sampled (fun i => g i + g' i).
Proof.
move=> [h Eh gh] [h' Eh' gh']; exists (fun a => h a + h' a); first exact: induced_modelD.
by move=> i; rewrite gh gh'.
Qed.

Lemma sampled_sum (I : eqType) (r : seq I) (g : I -> 'I_m -> Y) :
  (forall j, j \in r -> sampled (g j)) -> sampled (fun i => \sum_(j <- r) g j i).
Proof.
move=> Eg; rewrite (_ : (fun _ => _) = \sum_(j <- r) g j); last first.
  by apply/funext => i; rewrite fct_sumE.
rewrite big_seq; elim/big_ind: _ => //; last exact: sampledD.
by exists (fun=> 0) => //; exact: induced_model0.
Qed.

(* ... and so are combinations of partial derivatives at theta + eps v. *)
Lemma sampled_partials v (c : 'I_p.+1 -> R) g : V x f th eps v ->
  (forall i, g i = basis_model_at f (th + eps *: v) c (x i)) -> sampled g.
Proof.
by move=> Vv gE; exists (basis_model_at f (th + eps *: v) c) => //; exact: induced_model_at.
Qed.

End sampled.

Section representation.
Context {R : realType} {m p : nat}.
Variables (H : nat) (D : nat -> nat).
Local Notation d l := (D l).+1.
Local Notation dy := (d H.+1).
Variable enc : slot D -> 'I_p.+1.
Hypothesis enc_inj : {in slots H &, injective enc}.
Variable sigma : 'cV[R]_(d 0) -> forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
Variable x : 'I_m -> 'cV[R]_(d 0).

Local Notation weight := (weight enc).
Local Notation hidden a := (hidden enc (sigma a) a).
Local Notation received a := (received enc (sigma a) a).
Local Notation network a := (network H enc (sigma a) a).

Variables (t : nat) (th : 'rV[R]_p.+1) (J : forall l, {set 'I_(d l)}) (e eps : R).
Implicit Types (b v w : 'rV[R]_p.+1) (l : nat) (i : 'I_m).

Hypothesis t_le_H : (t <= H)%N.
Hypothesis sigma_separated : separated H sigma t J.
Hypothesis J_linear : linear_within H enc x (fun a => hidden a) dy t th J e.
Hypotheses (eps_gt0 : 0 < eps) (eps_lt : eps < e).
Variable C : forall l, 'M[R]_(dy, d l.+1).
Hypothesis C_coefficients : coefficients enc th J C.

Local Notation admissible := (admissible enc t J C).
Local Notation sampled := (sampled x (fun a => network a) th eps).

Let e_gt0 : 0 < e. Proof. exact: lt_trans eps_lt. Qed.

Let frozen_w w : admissible w -> norm2 w < 1 -> frozen H enc t th J e (th + eps *: w).
Proof. by move=> adm /ltW w1; exact: admissible_frozen adm w1 eps_gt0 eps_lt. Qed.

(* The claim for layer l. *)
Definition represented l := forall w, admissible w -> norm2 w < 1 ->
  forall Q : 'M[R]_(dy, d l), sampled (fun i => Q *m hidden (x i) (th + eps *: w) l).

(* First case: C^(l) has a right inverse with rows in J^(l+1). *)
Lemma represented_full_rank l (B : 'M[R]_(d l.+1, dy)) : (t <= l <= H)%N ->
  C l *m B = 1%:M -> ((l < H)%N -> forall k j, k \notin J l.+1 -> B k j = 0) ->
  represented l.
Proof.
move=> tl CB Bin w adm w1 Q.
apply: (@sampled_partials _ _ _ _ _ _ _ _ _ w (fun k => block enc (B *m Q) 0 k)).
  exact: (admissible_V e_gt0 sigma_separated J_linear C_coefficients) (ltW w1) _ _.
move=> i; rewrite (basis_model_inside enc_inj sigma_separated J_linear C_coefficients)//.
- by rewrite mulmxA CB mul1mx.
- exact: frozen_w.
- by apply: admissible_kept adm => //; case/andP: tl.
- by move=> lH k j kJ; rewrite mxE big1// => s _; rewrite Bin ?mul0r.
Qed.

(* Second case: C^(l) kills a unit vector of J^(l+1). *)
Lemma represented_null_vector l (a : 'cV[R]_(d l.+1)) : (t <= l < H)%N ->
  C l *m a = 0 -> (forall k, k \notin J l.+1 -> a k 0 = 0) -> a^T *m a = 1%:M ->
  represented l.+1 -> represented l.
Proof.
move=> /andP[tl lH] Ca aJ aa claim w adm w1 Q.
pose v c := block enc (a *m delta_mx 0 c : 'M_(d l.+1, d l)).
pose s := 1 + \sum_c norm2 (v c).
have s_gt0 : 0 < s by rewrite ltr_spaddl// sumr_ge0// => c _; exact: norm2_ge0.
pose eta := (1 - norm2 w) / s; have eta_gt0 : 0 < eta by rewrite divr_gt0// subr_gt0.
pose w' c := w + eta *: v c.
have w'1 c : norm2 (w' c) < 1.
  apply: le_lt_trans (norm2D _ _) _; rewrite -ltr_subr_addl norm2Z (gtr0_norm eta_gt0).
  rewrite /eta mulrAC ltr_pdivr_mulr// ltr_pmul2l ?subr_gt0// /s (bigD1 c)//=.
  by rewrite addrCA ltr_addl ltr_spaddl// sumr_ge0// => k _; exact: norm2_ge0.
have own c : weight l (w' c) = weight l w + eta *: (a *m delta_mx 0 c).
  by rewrite weightD (weight_block enc_inj)// ltnW.
have other c k : (k <= H)%N -> k != l -> weight k (w' c) = weight k w.
  by move=> kH kl; rewrite weightD (weight_block_other enc_inj) ?scaler0 ?addr0// ltnW.
have adm' c : admissible (w' c).
  have [below rows C0] := adm; split=> [k kt|k tk r j rJ|k tk].
  - by rewrite other ?below ?ltn_eqF ?(leq_trans kt)// ltnW// (leq_trans kt).
  - have [kl|kl] := eqVneq k l; last by rewrite other ?rows// ltnW//; case/andP: tk.
    subst k; rewrite own [LHS]mxE rows// add0r mxE [X in _ * X]mxE big_ord1.
    by rewrite aJ// mul0r mulr0.
  - have [kl|kl] := eqVneq k l; last by rewrite other ?C0//; case/andP: tk.
    by subst k; rewrite own mulmxDr C0// -scalemxAr mulmxA Ca mul0mx scaler0 addr0.
pose q c := (eps * eta)^-1 *: (col c Q *m a^T).
have moved c i : q c *m hidden (x i) (th + eps *: w' c) l.+1 +
    - q c *m hidden (x i) (th + eps *: w) l.+1 =
    col c Q *m delta_mx 0 c *m hidden (x i) (th + eps *: w) l.
  rewrite mulNmx -mulmxBr.
  rewrite (hidden_difference sigma_separated J_linear) ?tl//; try exact: frozen_w.
  rewrite /network.received.
  have -> : hidden (x i) (th + eps *: w' c) l = hidden (x i) (th + eps *: w) l.
    apply: hidden_below => k kl; rewrite weightD [RHS]weightD other ?ltn_eqF//.
    exact: leq_trans (ltnW kl) (ltnW lH).
  rewrite -mulmxBl weightD [X in _ - X]weightD own scalerDr addrA [_ + eps *: weight l w]addrC.
  rewrite scalerA addrC addKr.
  have -> : indicator J l.+1 *m ((eps * eta) *: (a *m delta_mx 0 c) *m
      hidden (x i) (th + eps *: w) l) =
      (eps * eta) *: (a *m delta_mx 0 c *m hidden (x i) (th + eps *: w) l).
    rewrite -!scalemxAl -scalemxAr -!mulmxA; congr (_ *: _); apply/colP => k.
    rewrite indicatorE; case: ifPn => // /aJ ak0.
    by rewrite mxE big_ord1 ak0 mul0r.
  rewrite /q -scalemxAl -scalemxAr scalerA mulVf ?scale1r; last first.
    exact/lt0r_neq0/mulr_gt0.
  by rewrite !mulmxA -(mulmxA (col c Q) a^T a) aa mulmx1.
have -> : (fun i => Q *m hidden (x i) (th + eps *: w) l) = fun i => \sum_c
    (q c *m hidden (x i) (th + eps *: w' c) l.+1 + - q c *m hidden (x i) (th + eps *: w) l.+1).
  apply/funext => i; rewrite (eq_bigr _ (fun c _ => moved c i)) -mulmx_suml.
  congr (_ *m _); apply/matrixP => r j; rewrite summxE (bigD1 j)//= big1 => [|c cj].
    by rewrite addr0 !mxE big_ord1 !mxE !eqxx mulr1.
  by rewrite !mxE big_ord1 !mxE [j == c]eq_sym (negbTE cj) andbF mulr0.
by apply: sampled_sum => c _; apply: sampledD; exact: claim.
Qed.

(* One of the two cases holds: C^(l) has dy rows, and J^(l+1) has at least dy columns. *)
Lemma represented_step l : (t <= l < H)%N -> represented l.+1 -> represented l.
Proof.
move=> tl claim; have /andP[tl' lH] := tl.
pose B : 'M[R]_(d l.+1, #|J l.+1|) := \matrix_(k, j) (k == enum_val j)%:R.
have Bin k n (A : 'M_(#|J l.+1|, n)) j : k \notin J l.+1 -> (B *m A) k j = 0.
  move=> kJ; rewrite mxE big1// => r _; rewrite mxE.
  have [kr|_] := eqVneq k (enum_val r); last by rewrite mul0r.
  by rewrite kr enum_valP in kJ.
have BB : B^T *m B = 1%:M.
  apply/matrixP => r j; rewrite mxE (bigD1 (enum_val r)) ?big1 //; last first.
    by move=> k /negbTE kr; rewrite !mxE kr mul0r.
  by rewrite Monoid.mulm1 !mxE eqxx mul1r (inj_eq enum_val_inj).
have [/row_freeP[A CBA]|nfree] := boolP (row_free (C l *m B)).
  apply: (@represented_full_rank l (B *m A)); first by rewrite tl' ltnW.
    by rewrite mulmxA; exact: CBA.
  by move=> _ k j; exact: Bin.
have rank_lt : (\rank (C l *m B) < #|J l.+1|)%N.
  apply: (@leq_trans dy); last by have [large _ _] := J_linear; apply: large; rewrite ltnS tl'.
  by rewrite ltn_neqAle rank_leq_row andbT.
have [a CBa a1] := null_unit rank_lt.
apply: (@represented_null_vector l (B *m a)) => //.
- by rewrite mulmxA; exact: CBa.
- by move=> k; exact: Bin.
rewrite trmx_mul mulmxA -(mulmxA a^T) BB mulmx1; apply/matrixP => r j.
by rewrite !ord1 !mxE eqxx -a1; apply: eq_bigr => k _; rewrite mxE.
Qed.

(* The claim for all layers. *)
Lemma all_represented l : (t <= l <= H)%N -> represented l.
Proof.
move=> /andP[tl lH]; rewrite -(subKn lH) in tl *.
elim: (H - l)%N (leq_subr l H) tl => [|n IH] nH tl.
  rewrite subn0; apply: (@represented_full_rank _ 1%:M); rewrite ?t_le_H ?leqnn ?ltnn//.
  by rewrite C_coefficients.1 mul1mx.
have E : (H - n = (H - n.+1).+1)%N by rewrite -subSn// subSS.
apply: represented_step; first by rewrite tl -E leq_subr.
by rewrite -E; apply: IH; rewrite ?E ?leqW// ltnW.
Qed.

End representation.

Section features.
Context {R : realType} {m p : nat}.
Variables (H : nat) (D : nat -> nat).
Local Notation d l := (D l).+1.
Local Notation dy := (d H.+1).
Variable enc : slot D -> 'I_p.+1.
Hypothesis enc_inj : {in slots H &, injective enc}.
Variable sigma : 'cV[R]_(d 0) -> forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
Variable x : 'I_m -> 'cV[R]_(d 0).
Variables (t : nat) (th : 'rV[R]_p.+1) (J : forall l, {set 'I_(d l)}) (e : R).

(* The features of the layers t..H are in the span of the perturbed partial derivatives. *)
Lemma features_represented : (t <= H)%N -> separated H sigma t J ->
  linear_within H enc x (fun a => hidden enc (sigma a) a) dy t th J e ->
  forall eps, 0 < eps -> eps < e -> forall l, (t <= l <= H)%N -> forall Q : 'M[R]_(dy, d l),
  sampled x (fun a => network H enc (sigma a) a) th eps
    (fun i => Q *m hidden enc (sigma (x i)) (x i) th l).
Proof.
move=> tH sep linear eps eps_gt0 eps_lt l tl Q.
have [C CE] := @backward_family (fun l => 'M[R]_(dy, d l.+1)) (fun=> 0) H 1%:M
  (fun l A => A *m weight enc l.+1 th *m indicator J l.+1).
have := all_represented enc_inj tH sep linear eps_gt0 eps_lt CE tl (admissible0 enc t J C).
by rewrite norm2_0 ltr01 => /(_ isT Q); rewrite scaler0 addr0.
Qed.

End features.
