(* Theorem 4 for networks as the TypeScript side states them (feedforward.v), second part: for
   l = t..H and every matrix A the values of A h^(l) at the samples are predictions of the
   perturbable gradient basis model ([features_InE]). The proof is the one of
   theorem_4/representation.v: by induction from layer H down to layer t, for every admissible
   perturbation w of theta with ||w|| < 1. If C^(l) restricted to the columns J has a right
   inverse, A h^(l) is a derivative at theta + eps w. Otherwise there is a unit vector a in J with
   C^(l) a = 0; adding eta a e_c^T to W^(l+1) is again admissible, and moves h^(l+1) by
   eps eta h^(l)_c a, so that h^(l)_c comes from the claim for layer l + 1. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_analysis axioms_linear_algebra problem proved_lemma_e.
From everymin Require Import feedforward locally_linear.
From everymin Require representation.

Section representation.
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

Variables (t : nat) (th : 'I_size -> R) (J : forall l, {set 'I_(d l)}) (e eps : R).
Implicit Types (b v w : 'I_size -> R) (l : nat) (i : 'I_m).

Hypothesis t_le_H : (t <= H)%N.
Hypothesis sigma_coordinatewise : coordinatewise H sigma t.
Hypothesis J_linear : linear_units h t th J e.
Hypotheses (eps_gt0 : 0 < eps) (eps_lt : eps < e).
Hypothesis df : forall v, norm size v <= 1 ->
  forall i, Diff_vec (network_output h i) (moved th eps v).
Variable C : forall l, 'M[R]_(dy, d l.+1).
Hypothesis C_coefficients : coefficients th J C.
Local Notation admissible := (admissible t J C).

(* g_i, i = 1..m, are predictions of the model. *)
Definition predicted (g : 'I_m -> 'cV[R]_dy) :=
  InE m size dy lambda loss (network_output h) th eps (fun i c => g i c 0).

Lemma predictedD g g' : predicted g -> predicted g' -> predicted (fun i => g i + g' i).
Proof.
move=> Eg Eg'; have := InE_add Eg Eg'; congr InE.
by apply/funext => i; apply/funext => c; rewrite mxE.
Qed.

Lemma predicted_sum n (g : 'I_n -> 'I_m -> 'cV[R]_dy) :
  (forall j, predicted (g j)) -> predicted (fun i => \sum_j g j i).
Proof.
move=> Eg; have := InE_sum Eg; congr InE.
by apply/funext => i; apply/funext => c; rewrite summxE.
Qed.

Let e_gt0 : 0 < e. Proof. exact: lt_trans eps_lt. Qed.

Let frozen_w w : admissible w -> norm size w < 1 -> frozen t th J e (moved th eps w).
Proof. by move=> adm /ltW w1; exact: admissible_frozen adm w1 eps_gt0 eps_lt. Qed.

(* The claim for layer l. *)
Definition represented l := forall w, admissible w -> norm size w < 1 ->
  forall Q : 'M[R]_(dy, d l), predicted (fun i => Q *m hidden i (moved th eps w) l).

(* First case: C^(l) has a right inverse with rows in J^(l+1). *)
Lemma represented_full_rank l (B : 'M[R]_(d l.+1, dy)) : (t <= l <= H)%N ->
  C l *m B = 1%:M -> ((l < H)%N -> forall k j, k \notin J l.+1 -> B k j = 0) ->
  represented l.
Proof.
move=> tl CB Bin w adm w1 Q.
have Vw := admissible_V h_layers lambda loss t_le_H sigma_coordinatewise J_linear e_gt0
  C_coefficients adm (ltW w1) eps_gt0 eps_lt.
have := InE_at (block (B *m Q)) Vw; congr InE.
apply/funext => i; apply/funext => c; rewrite -/(moved th eps w).
rewrite (derivative_inside h_layers t_le_H sigma_coordinatewise J_linear C_coefficients)//.
- by rewrite mulmxA CB mul1mx.
- exact: frozen_w.
- by apply: admissible_kept adm => //; case/andP: tl.
- by move=> lH k j kJ; rewrite mxE big1// => s _; rewrite Bin ?mul0r.
- exact: df (ltW w1) i.
Qed.

(* Second case: C^(l) kills a unit vector of J^(l+1). *)
Lemma represented_null_vector l (a : 'cV[R]_(d l.+1)) : (t <= l < H)%N ->
  C l *m a = 0 -> (forall k, k \notin J l.+1 -> a k 0 = 0) -> a^T *m a = 1%:M ->
  represented l.+1 -> represented l.
Proof.
move=> /andP[tl lH] Ca aJ aa claim w adm w1 Q.
pose v c := block (a *m delta_mx 0 c : 'M_(d l.+1, d l)).
pose s := 1 + \sum_c norm size (v c).
have n0 (u : 'I_size -> R) : 0 <= norm size u by exact: sqrtr_ge0.
have s_gt0 : 0 < s by rewrite ltr_spaddl// sumr_ge0.
pose eta := (1 - norm size w) / s; have eta_gt0 : 0 < eta by rewrite divr_gt0// subr_gt0.
pose w' c := moved w eta (v c).
have w'1 c : norm size (w' c) < 1.
  apply: le_lt_trans (triangle_inequality _ _) _; rewrite -ltr_subr_addl.
  rewrite -[norm size _]/(euclidean _) euclidean_scale (gtr0_norm eta_gt0).
  rewrite -[euclidean _]/(norm size (v c)).
  rewrite /eta mulrAC ltr_pdivr_mulr// ltr_pmul2l ?subr_gt0// /s (bigD1 c)//=.
  by rewrite addrCA ltr_addl ltr_spaddl// sumr_ge0// => k _; exact: n0.
have own c : weight l (w' c) = weight l w + eta *: (a *m delta_mx 0 c).
  by rewrite weightD weight_block// ltnW.
have other c k : (k <= H)%N -> k != l -> weight k (w' c) = weight k w.
  by move=> kH kl; rewrite weightD weight_block_other ?scaler0 ?addr0// ltnW.
have adm' c : admissible (w' c).
  have [below rows C0] := adm; split=> [k kt|k tk r j rJ|k tk].
  - by rewrite other ?below ?ltn_eqF ?(leq_trans kt)// ltnW// (leq_trans kt).
  - have [kl|kl] := eqVneq k l; last by rewrite other ?rows// ltnW//; case/andP: tk.
    subst k; rewrite own [LHS]mxE rows// add0r mxE [X in _ * X]mxE big_ord1.
    by rewrite aJ// mul0r mulr0.
  - have [kl|kl] := eqVneq k l; last by rewrite other ?C0//; case/andP: tk.
    by subst k; rewrite own mulmxDr C0// -scalemxAr mulmxA Ca mul0mx scaler0 addr0.
pose q c := (eps * eta)^-1 *: (col c Q *m a^T).
have difference c i : q c *m hidden i (moved th eps (w' c)) l.+1 +
    - q c *m hidden i (moved th eps w) l.+1 =
    col c Q *m delta_mx 0 c *m hidden i (moved th eps w) l.
  rewrite mulNmx -mulmxBr.
  rewrite (hidden_difference h_layers t_le_H sigma_coordinatewise J_linear) ?tl//;
    try exact: frozen_w.
  rewrite /feedforward.received.
  have -> : hidden i (moved th eps (w' c)) l = hidden i (moved th eps w) l.
    apply: (hidden_below h_layers) => [|k kl]; first exact: ltnW.
    rewrite weightD [RHS]weightD other ?ltn_eqF//.
    exact: leq_trans (ltnW kl) (ltnW lH).
  rewrite -mulmxBl weightD [X in _ - X]weightD own scalerDr addrA [_ + eps *: weight l w]addrC.
  rewrite scalerA addrC addKr.
  have -> : indicator J l.+1 *m ((eps * eta) *: (a *m delta_mx 0 c) *m
      hidden i (moved th eps w) l) =
      (eps * eta) *: (a *m delta_mx 0 c *m hidden i (moved th eps w) l).
    rewrite -!scalemxAl -scalemxAr -!mulmxA; congr (_ *: _); apply/colP => k.
    rewrite indicatorE; case: ifPn => // /aJ ak0.
    by rewrite mxE big_ord1 ak0 mul0r.
  rewrite /q -scalemxAl -scalemxAr scalerA mulVf ?scale1r; last first.
    exact/lt0r_neq0/mulr_gt0.
  by rewrite !mulmxA -(mulmxA (col c Q) a^T a) aa mulmx1.
have -> : (fun i => Q *m hidden i (moved th eps w) l) = fun i => \sum_c
    (q c *m hidden i (moved th eps (w' c)) l.+1 + - q c *m hidden i (moved th eps w) l.+1).
  apply/funext => i; rewrite (eq_bigr _ (fun c _ => difference c i)) -mulmx_suml.
  congr (_ *m _); apply/matrixP => r j; rewrite summxE (bigD1 j)//= big1 => [|c cj].
    by rewrite addr0 !mxE big_ord1 !mxE !eqxx mulr1.
  by rewrite !mxE big_ord1 !mxE [j == c]eq_sym (negbTE cj) andbF mulr0.
by apply: predicted_sum => c; apply: predictedD; exact: claim.
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
have large : (dy <= #|J l.+1|)%N by have [large _ _] := J_linear; apply: large; rewrite ltnS tl'.
pose M := C l *m B; have [full|nfull] := pselect (FullRowRank dy #|J l.+1| (fun r j => M r j)).
  have [X MX] := full; pose A := \matrix_(k, j) X k j.
  apply: (@represented_full_rank l (B *m A)); first by rewrite tl' ltnW.
    apply/matrixP => i j; rewrite mulmxA -/M !mxE -[RHS]/(delta R i j) -MX.
    by apply: eq_bigr => k _; rewrite [A _ _]mxE.
  by move=> _ k j; exact: Bin.
have [a' [a'1 Ma']] := unit_null_vector large nfull; pose a : 'cV[R]_#|J l.+1| := \col_k a' k.
apply: (@represented_null_vector l (B *m a)) => //.
- rewrite mulmxA -/M; apply/colP => i; rewrite !mxE -[RHS](Ma' i).
  by apply: eq_bigr => k _; rewrite [a _ _]mxE.
- by move=> k; exact: Bin.
rewrite trmx_mul mulmxA -(mulmxA a^T) BB mulmx1; apply/matrixP => r j.
by rewrite !ord1 !mxE eqxx -a'1; apply: eq_bigr => k _; rewrite !mxE.
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
Context {R : realType}.
Variables (m H : nat) (d : nat -> nat).
Local Notation size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N.
Variables (x : 'I_m -> 'I_(d 0%N) -> R) (sigma : forall l, ('I_(d l) -> R) -> 'I_(d l) -> R).
Variable h : forall l, 'I_m -> ('I_size -> R) -> 'I_(d l) -> R.
Arguments h : clear implicits.
Hypothesis h_layers : layers x sigma h.
Variable lambda : 'I_m -> R.

(* The outputs, where L is H + 1 *)
Definition is_output L (f : 'I_m -> ('I_size -> R) -> 'I_(d L) -> R) :=
  forall i b, f i b = fun c => (weight_to L H b *m hidden h i b H) c 0.

(* f is linear in the weights of its last layer. *)
Lemma output_assumption2 L loss f : L = H.+1 -> @is_output L f ->
  Assumption2 m size (d L) lambda loss f.
Proof.
move=> LE fE; subst L; exists (fun b => block (layer_weight H b)) => i b nO; apply/funext => c.
have df := (not_Omega lambda loss f b).1 nO i; apply/esym; move: c.
apply: (directional_derivative df ltr01) => s _ _ c.
rewrite -/(moved b s (block (layer_weight H b))) !fE -/(layer_weight H) weightD weight_block//.
have -> : hidden h i (moved b s (block (layer_weight H b))) H = hidden h i b H.
  apply: (hidden_below h_layers) => // k kH.
  by rewrite weightD weight_block_other ?scaler0 ?addr0 ?ltn_eqF// ltnW.
by rewrite mulmxDl -scalemxAl mxE [X in _ + X]mxE.
Qed.

(* The features of the layers t..H are predictions of the model. *)
Lemma features_InE L loss f t th J (e eps : R) : L = H.+1 -> @is_output L f -> (t <= H)%N ->
  coordinatewise H sigma t -> linear_units h t th J e -> 0 < eps -> eps < e ->
  (forall v, norm size v <= 1 -> forall i, Diff_vec (f i) (moved th eps v)) ->
  forall l, (t <= l <= H)%N -> forall A : 'I_(d L) -> 'I_(d l) -> R,
  InE m size (d L) lambda loss f th eps (fun i => matVec (d L) (d l) A (h l i th)).
Proof.
move=> LE fE tH cw lin eps0 epse df l tl A; subst L.
have fo : f = network_output h by apply/funext => i; apply/funext => b; rewrite fE.
rewrite {fE}fo in df *.
have [C CE] := @representation.backward_family (fun l => 'M[R]_(d H.+1, d l.+1)) (fun=> 0) H 1%:M
  (fun l A => A *m layer_weight l.+1 th *m indicator J l.+1).
have n0 : norm size (fun=> 0 : R) < 1 by rewrite /norm big1 ?sqrtr0// => k _; rewrite mulr0.
have claim := all_represented h_layers lambda loss tH cw lin eps0 epse df CE tl
  (admissible0 t J C) n0 (\matrix_(c, k) A c k).
move: claim; rewrite /predicted; have -> : moved th eps (fun=> 0) = th.
  by apply/funext => k; rewrite /moved mulr0 addr0.
congr InE; apply/funext => i; apply/funext => c; rewrite !mxE.
by apply: eq_bigr => k _; rewrite !mxE.
Qed.

End features.
