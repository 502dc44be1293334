(* Theorem 4 is false for activations that mix units (section 4.2.1 of the paper allows any
   sigma^(l) : R^(d_l) -> R^(d_l); the proof in A.5 uses that unit k of a layer depends on the
   k-th preactivation only).

   Instance: H = 1, t = 0, dx = d_1 = 2, dy = 1, sigma^(1)(z_1, z_2) = (z_1, z_1^2), hence
   f(x) = a z + c z^2 with z = r . x, where (a, c) = W^(2) and r is the first row of W^(1).
   Squared loss, four samples: f = 1, 1, 1, -1 is asked at (1,0), (-1,0), (1,1), (0,1).
   Let theta be a = 0, c = 1, r = (1, 0). Then

   - theta is in Theta_{1,0} (conditions 1-3), and outside Omega~: f is a polynomial;
   - theta is a local minimum with L(theta) = 1. For with s = r_1^2,
       L >= 1 + 2 (s a^2 + a r_2 + c r_2^2)   and
       4 s (s a^2 + a r_2 + c r_2^2) = (2 s a + r_2)^2 + (4 s c - 1) r_2^2;
   - the right side of Theorem 4 is 0 for every eps, as z^2 - x_2 + (1/2) d_(r_2) f fits all
     samples. *)
From everymin Require Import prelude numbering calculus polynomial_identity minimum euclidean.
From everymin Require Import setting squared_loss lemma_1 network.

Section mixing_activation.
Context {R : realType} {p : nat}.

(* The widths d_0 = 2, d_1 = 2, d_2 = 1. *)
Definition D (l : nat) : nat := if l is l'.+2 then 0%N else 1%N.
Local Notation d l := (D l).+1.

(* sigma(z) = (z_1, z_1^2) *)
Definition mixing l (z : 'cV[R]_(d l)) : 'cV[R]_(d l) :=
  \col_k (if k == 0 then z 0 0 else z 0 0 ^+ 2).

(* (a_1, a_2) as a column *)
Definition column (a1 a2 : R) : 'cV[R]_2 := \col_k (if k == 0 then a1 else a2).

(* the samples *)
Definition x (i : 'I_4) : 'cV[R]_2 :=
  nth 0 [:: column 1 0; column (- 1) 0; column 1 1; column 0 1] i.
Definition y (i : 'I_4) : 'cV[R]_1 := const_mx (nth 0 [:: 1; 1; 1; - 1] i).
Definition l (i : 'I_4) : 'cV[R]_1 -> R := squared_loss (y i).
Definition lambda (_ : 'I_4) : R := 1.

(* Any numbering of the six parameters, with distinct places for distinct entries. *)
Variable enc : slot D -> 'I_p.+1.
Hypothesis enc_inj : {in slots 1 &, injective enc}.
Implicit Types (th b v : 'rV[R]_p.+1) (a : 'cV[R]_2).

Local Notation f := (network 1 enc mixing).
Local Notation L := (L x lambda l f).

(* The coordinates of theta that hold a, c, r_1 and r_2. *)
Definition at_a : 'I_p.+1 := @place _ D enc 1 (0, 0).
Definition at_c : 'I_p.+1 := @place _ D enc 1 (0, 1).
Definition at_r1 : 'I_p.+1 := @place _ D enc 0 (0, 0).
Definition at_r2 : 'I_p.+1 := @place _ D enc 0 (0, 1).

(* z = r . x *)
Definition z a b : R := b 0 at_r1 * a 0 0 + b 0 at_r2 * a 1 0.

Lemma preactivation a b : (weight enc 0 b *m a) 0 0 = z a b.
Proof.
rewrite mxE !big_ord_recl big_ord0 addr0 !mxE.
by rewrite (_ : lift ord0 ord0 = 1)//; exact: val_inj.
Qed.

Lemma networkE a b :
  f a b = (b 0 at_a * z a b + b 0 at_c * z a b ^+ 2) *: const_mx 1.
Proof.
rewrite scalemx_const mulr1; apply/matrixP => i j; rewrite !ord1 {i j} [RHS]mxE.
rewrite /network /received mxE !big_ord_recl big_ord0 addr0 /=.
rewrite (_ : lift ord0 ord0 = 1 :> 'I_2); last exact: val_inj.
rewrite [X in _ * X + _]mxE [X in _ + _ * X]mxE /= preactivation.
by congr (_ * _ + _ * _); rewrite mxE.
Qed.

(* The risk of a predictor, sample by sample. *)
Lemma risk_4 (h : 'cV[R]_2 -> 'cV[R]_1) : risk x lambda l h =
  (h (column 1 0) 0 0 - 1) ^+ 2 + (h (column (- 1) 0) 0 0 - 1) ^+ 2 +
  (h (column 1 1) 0 0 - 1) ^+ 2 + (h (column 0 1) 0 0 + 1) ^+ 2.
Proof.
rewrite /risk /lambda !big_ord_recl big_ord0 addr0 !mul1r !addrA.
by rewrite /l /squared_loss !big_ord1 !mxE/= opprK.
Qed.

Lemma f_at (a1 a2 : R) b : f (column a1 a2) b 0 0 =
  b 0 at_a * (b 0 at_r1 * a1 + b 0 at_r2 * a2) +
  b 0 at_c * (b 0 at_r1 * a1 + b 0 at_r2 * a2) ^+ 2.
Proof. by rewrite networkE !mxE mulr1 /z !mxE. Qed.

(* Where 4 c r_1^2 >= 1, L is at least 1. *)
Lemma L_ge_1 b : 1 <= 4%:R * b 0 at_c * b 0 at_r1 ^+ 2 -> 1 <= L b.
Proof.
rewrite /L risk_4 !f_at; move: (b 0 at_a) (b 0 at_c) (b 0 at_r1) (b 0 at_r2) => a c r1 r2 big.
pose q := r1 ^+ 2 * a ^+ 2 + a * r2 + c * r2 ^+ 2.
have r1_neq0 : r1 != 0.
  by apply: contraTneq big => ->; rewrite expr0n mulr0 ler10.
have q_ge0 : 0 <= q.
  rewrite -(pmulr_rge0 (x := 4%:R * r1 ^+ 2)); last first.
    by rewrite mulr_gt0// exprn_even_gt0.
  have -> : 4%:R * r1 ^+ 2 * q =
    (2%:R * (r1 ^+ 2) * a + r2) ^+ 2 + (4%:R * c * r1 ^+ 2 - 1) * r2 ^+ 2.
    by rewrite /q; polynomial_identity.
  by rewrite addr_ge0 ?sqr_ge0// mulr_ge0 ?sqr_ge0// subr_ge0.
rewrite -subr_ge0; set rhs := (X in 0 <= X).
have -> : rhs = 2%:R * q + 2%:R * (c * r1 ^+ 2 - 1) ^+ 2 +
  (a * (r1 + r2) + c * (r1 + r2) ^+ 2 - 1) ^+ 2 + (a * r2 + c * r2 ^+ 2) ^+ 2.
  by rewrite /rhs /q; polynomial_identity.
by rewrite !addr_ge0 ?sqr_ge0// mulr_ge0 ?sqr_ge0// ler0n.
Qed.

(* theta: c = r_1 = 1, all other entries 0 *)
Definition theta : 'rV[R]_p.+1 := basis_vector at_c + basis_vector at_r1.

Lemma theta_entries :
  [/\ theta 0 at_a = 0, theta 0 at_c = 1, theta 0 at_r1 = 1 & theta 0 at_r2 = 0].
Proof.
have N := place_neq enc_inj; have E l := @place_eq _ 1 D enc enc_inj l.
by rewrite !mxE !eqxx/= !E// !(negbTE (N _ _ _ _ _ _ _))// !addr0 add0r.
Qed.

Lemma basis_r2_entries (v := basis_vector at_r2) :
  [/\ v 0 at_a = 0, v 0 at_c = 0, v 0 at_r1 = 0 & v 0 at_r2 = 1 :> R].
Proof.
have N := place_neq enc_inj; have E l := @place_eq _ 1 D enc enc_inj l.
by rewrite !mxE !eqxx/= !E// !(negbTE (N _ _ _ _ _ _ _)).
Qed.

Lemma L_theta : L theta = 1.
Proof.
have [ta tc tr1 tr2] := theta_entries.
by rewrite /L risk_4 !f_at ta tc tr1 tr2; polynomial_identity.
Qed.

Lemma theta_local_min : local_min L theta.
Proof.
have [_ tc tr1 _] := theta_entries.
apply/nbhs_ballP; exists (4%:R^-1) => /= [|b near_theta]; first by rewrite invr_gt0.
rewrite L_theta; apply: L_ge_1.
have large k : theta 0 k = 1 -> 3%:R <= 4%:R * b 0 k.
  move=> tk; have := near_theta 0 k; rewrite /ball/= tk => /ltW.
  rewrite ler_distl => /andP[_]; rewrite -ler_subl_addr => /(ler_wpmul2l (ler0n R 4)).
  apply: le_trans; rewrite mulrBr mulr1 divff ?pnatr_eq0//.
  by rewrite -(ler_add2r 1) subrK natr1.
rewrite -(ler_pmul2l (x := 16%:R))// mulr1.
have -> : 16%:R * (4%:R * b 0 at_c * b 0 at_r1 ^+ 2) =
  (4%:R * b 0 at_c) * (4%:R * b 0 at_r1 * (4%:R * b 0 at_r1)).
  by rewrite (natrM _ 4 4); polynomial_identity.
apply: (@le_trans _ _ (3%:R * (3%:R * 3%:R))); first by rewrite -!natrM ler_nat.
by rewrite !ler_pmul ?mulr_ge0 ?ler0n ?large.
Qed.

Lemma network_differentiable a b : differentiable (f a) b.
Proof.
have coordinate k : differentiable (fun b : 'rV[R]_p.+1 => b 0 k) b.
  exact: differentiable_coord.
have dz : differentiable (z a) b.
  by apply: differentiableD; apply: differentiableM => //; exact: differentiable_cst.
have -> : f a = (fun b => (b 0 at_a * z a b + b 0 at_c * (z a b * z a b)) *: const_mx 1).
  by apply/funext => b'; rewrite networkE expr2.
apply: differentiableZl; apply: differentiableD; first exact: differentiableM.
by apply: differentiableM => //; exact: differentiableM.
Qed.

Lemma Omega_tilde_empty : Omega_tilde x f = set0.
Proof.
rewrite /Omega_tilde (_ : Omega x f = set0) ?closure0//.
by apply/seteqP; split=> // b [i]; apply; exact: network_differentiable.
Qed.

(* Conditions 1-3 hold with J^(1) = {1}. *)
Lemma theta_linear : Theta 1 enc mixing x 1 0 theta.
Proof.
exists (fun l => [set ord0]%SET); exists 1 => //; split=> [l _||l].
- by rewrite cards1.
- by move=> [|l]// _ k; rewrite inE => /eqP -> b _ i; rewrite /= mxE.
- by case: l.
Qed.

(* d_(r_2) f at theta *)
Lemma partial_r2 a : partial f at_r2 a theta = (2%:R * a 0 0 * a 1 0) *: const_mx 1.
Proof.
have [ta tc tr1 tr2] := theta_entries; have [va vc vr1 vr2] := basis_r2_entries.
apply: (derive_quadratic (d := a 1 0 ^+ 2 *: const_mx 1)) => h.
have entry k : (h *: basis_vector at_r2 + theta) 0 k = h * basis_vector at_r2 0 k + theta 0 k.
  by rewrite !mxE.
rewrite !networkE /z !entry ta tc tr1 tr2 va vc vr1 vr2 !scalerA -!scalerDl; congr (_ *: _).
by polynomial_identity.
Qed.

(* alpha_h^(1) = (0, -1), alpha_h^(2) = (0, 1), and alpha = 1/2 at r_2 *)
Definition features l : 'M[R]_(1, d l) :=
  \row_k (if k == 0 then 0 else if l == 0%N then - 1 else 1).
Definition coefficients k : R := if k == at_r2 then 2%:R^-1 else 0.
Definition fit a : 'cV[R]_1 :=
  \sum_(0 <= l < 2) features l *m hidden enc mixing a theta l +
  basis_model_at f theta coefficients a.

(* The row r times a column of two entries. *)
Lemma row_column (r : 'M[R]_(1, 2)) (c : 'cV[R]_2) :
  (r *m c) 0 0 = r 0 0 * c 0 0 + r 0 1 * c 1 0.
Proof.
rewrite mxE !big_ord_recl big_ord0 addr0.
by rewrite (_ : lift ord0 ord0 = 1)//; exact: val_inj.
Qed.

Lemma basis_part a : basis_model_at f theta coefficients a = (a 0 0 * a 1 0) *: const_mx 1.
Proof.
rewrite /basis_model_at /coefficients; move: partial_r2 => /(_ a).
move: (partial f) => df E; rewrite (bigD1 at_r2)//= eqxx E big1 => [|k /negbTE ->].
  by rewrite addr0 scalerA; congr (_ *: _); rewrite -mulrA mulKf ?pnatr_eq0.
by rewrite scale0r.
Qed.

Lemma fitE a : fit a 0 0 = a 0 0 ^+ 2 - a 1 0 + a 0 0 * a 1 0.
Proof.
have [_ _ tr1 tr2] := theta_entries.
have zE : z a theta = a 0 0 by rewrite /z tr1 tr2 mul1r mul0r addr0.
rewrite /fit basis_part big_nat_recl// big_nat1 mxE [X in _ + X]mxE [X in _ * X]mxE mulr1.
congr (_ + _); rewrite mxE !row_column.
have -> : hidden enc mixing a theta 1 1 0 = a 0 0 ^+ 2 by rewrite /= mxE /= preactivation zE.
by rewrite !mxE /= !mul0r !add0r mulN1r mul1r addrC.
Qed.

Lemma fit_at (a1 a2 : R) : fit (column a1 a2) 0 0 = a1 ^+ 2 - a2 + a1 * a2.
Proof. by rewrite fitE; congr (_ ^+ 2 - _ + _ * _); rewrite mxE. Qed.

(* the functions of which the right side of Theorem 4 takes the infimum *)
Local Notation model := (feature_model (H := 1) enc mixing x 0 theta).

(* The right side of Theorem 4 is 0, for every eps. *)
Lemma right_side eps :
  is_min [set risk x lambda l h | h in model eps] 0.
Proof.
split=> [|_ [h _ <-]]; last by rewrite risk_4 !addr_ge0 ?sqr_ge0.
exists fit.
  have [S [alpha [SV E]]] := induced_model_at coefficients (V_0 x f theta eps).
  exists S, alpha, features; split=> //; rewrite -E; apply/funext => a.
  by rewrite /fit scaler0 addr0.
by rewrite risk_4; move: fit_at; move: (fit) => h E; rewrite !E; polynomial_identity.
Qed.

(* All hypotheses of Theorem 4 but coordinatewise activations hold at theta ... *)
Theorem mixing_hypotheses : [/\ positive_weights lambda, assumption1 l,
  Theta 1 enc mixing x 1 0 theta, ~ Omega_tilde x f theta & local_min L theta].
Proof.
split=> //.
- by move=> i; rewrite ltr01.
- exact: squared_loss_assumption1.
- exact: theta_linear.
- by rewrite Omega_tilde_empty.
- exact: theta_local_min.
Qed.

(* ... and its conclusion fails. *)
Theorem mixing_conclusion_false : ~ exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  (L theta)%:E = ereal_inf (EFin @` [set risk x lambda l h | h in model eps]).
Proof.
move=> [e e_gt0 /(_ (e / 2%:R))]; rewrite divr_gt0// ltr_pdivr_mulr// ltr_pmulr// ltr1n.
move=> /(_ isT isT); rewrite L_theta (is_min_ereal_inf (right_side _)) => -[/eqP].
by rewrite oner_eq0.
Qed.

End mixing_activation.

(* A numbering of the six entries exists. *)
Lemma mixing_numbering : exists enc : slot D -> 'I_6, {in slots 1 &, injective enc}.
Proof.
pose T := [finType of {l : 'I_2 & entry D l}].
have [|enc [dec [encK _]]] := @numbering_exists T 6.
  by rewrite card_tagged sumnE big_map big_enum !big_ord_recl big_ord0 !card_prod !card_ord.
pose back (e : T) : slot D := existT _ (val (tag e)) (tagged e).
have forth s : s \in slots 1 -> exists e, back e = s.
  by case: s => l e /= l1; exists (existT _ (Ordinal (l1 : (l < 2)%N)) e).
pose enc_slot s :=
  if pselect (s \in slots 1) is left ls then enc (projT1 (cid (forth s ls))) else 0.
exists enc_slot => s s' Hs Hs'; rewrite /enc_slot; do 2![case: pselect => // ?].
by case: cid => e /= <-; case: cid => e' /= <- /(can_inj encK) ->.
Qed.

(* Theorem 4 as printed, with any activations. *)
Definition theorem_4_any_activation (R : realType) :=
  forall (m p H : nat) (D : nat -> nat) (enc : slot D -> 'I_p.+1),
  {in slots H &, injective enc} ->
  forall (sigma : forall l, 'cV[R]_(D l).+1 -> 'cV[R]_(D l).+1)
    (x : 'I_m -> 'cV[R]_(D 0%N).+1) (lambda : 'I_m -> R) l (t : nat) th, (t <= H)%N ->
  let f := network H enc sigma in
  positive_weights lambda -> assumption1 l -> Theta H enc sigma x (D H.+1).+1 t th ->
  ~ Omega_tilde x f th -> local_min (setting.L x lambda l f) th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  (setting.L x lambda l f th)%:E =
    ereal_inf (EFin @` [set risk x lambda l h | h in feature_model enc sigma x t th eps]).

(* It is false. *)
Theorem mixing_activation (R : realType) : ~ theorem_4_any_activation R.
Proof.
have [enc enc_inj] := mixing_numbering.
move=> /(_ 4%N 5%N 1%N D enc enc_inj (@mixing R) x lambda l 0%N (theta enc)) T4.
have [lpos A1 lin nO Lmin] := mixing_hypotheses (R := R) enc_inj.
exact: (mixing_conclusion_false enc_inj (T4 isT lpos A1 lin nO Lmin)).
Qed.
