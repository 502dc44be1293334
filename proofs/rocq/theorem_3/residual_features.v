(* The key step of the proof of Theorem 3 (A.4): every function alpha_w x + alpha_r z(x; u) is a
   perturbable gradient basis model of the residual network at theta (`resnet_features`), if
   rank W = dy or rank W < dx. The paper asks for dy <= min{dx, dz}, which implies this.
   - rank W = dy: then W has a right inverse, and the derivatives in W and in R at theta itself
     give everything.
   - rank W < dx: then W a = 0 for some unit vector a. The perturbations R + eps a e_c^T change no
     prediction, so they lie in V[theta, eps], and the derivatives in W at these points give the
     missing features z(x; u)_c one by one. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_1.
From everymin Require Import residual_network.

Section residual_network.
Context {R : realType} {m p d : nat}.
Variables (dx dz du : nat).
Local Notation dy := d.+1.
Variables (x : 'I_m -> 'cV[R]_dx).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th v : 'rV[R]_p.+1) (eps : R).

Local Notation Wof := (Wof enc).
Local Notation Rof := (Rof enc).
Local Notation uof := (uof enc).
Local Notation f := (resnet z enc).
Local Notation pack := (pack dec).

(* rank W = dy or rank W < dx: what the proof needs of theta. *)
Definition rank_condition th := \rank (Wof th) = dy \/ (\rank (Wof th) < dx)%N.

(* It holds if dy <= dx. *)
Lemma rank_condition_dims th : (dy <= dx)%N -> rank_condition th.
Proof.
have := rank_leq_row (Wof th); rewrite leq_eqVlt => /orP[/eqP|]; first by left.
by move=> rW dydx; right; exact: leq_trans dydx.
Qed.

(* The direction vec([0, B, 0]) ... *)
Definition Rdir (B : 'M[R]_(dx, dz)) : 'rV[R]_p.+1 := \row_k pack 0 B 0 k.

(* ... lies in V[theta, eps] if the columns of B are in the null space of W and B has Frobenius
   norm at most 1. *)
Lemma V_Rdir th eps B : Wof th *m B = 0 -> \sum_s B s.1 s.2 ^+ 2 <= 1 ->
  V x f th eps (Rdir B).
Proof.
move=> WB B1; split.
  rewrite /norm2 -[leRHS]sqrtr1 ler_wsqrtr// (sum_entry encK decK).
  rewrite big1 => [|s _]; last by rewrite !mxE /pack encK !mxE expr0n.
  rewrite [X in _ + X]big1 => [|s _]; last by rewrite !mxE /pack encK !mxE expr0n.
  rewrite add0r addr0; apply: le_trans B1; apply: ler_sum => s _.
  by rewrite mxE /pack encK.
move=> i; rewrite addrC /resnet Wof_line Rof_line uof_line.
rewrite Wof_pack// Rof_pack// uof_pack// !scaler0 !addr0.
rewrite mulmxDl addrA mulmxDr -scalemxAl -scalemxAr.
by rewrite (mulmxA (Wof th) B) WB mul0mx scaler0 addr0.
Qed.

(* A unit vector in the null space of W, if rank W < dx. *)
Lemma null_unit (W : 'M[R]_(dy, dx)) : (\rank W < dx)%N ->
  exists2 a : 'cV[R]_dx, W *m a = 0 & \sum_i a i 0 ^+ 2 = 1.
Proof.
move=> rW; have : cokermx W != 0 by rewrite cokermx_eq0 /row_full neq_ltn rW.
move=> /matrix0Pn[i [j ij]]; pose a := col j (cokermx W).
have Wa : W *m a = 0 by rewrite /a colE mulmxA mulmx_coker mul0mx.
pose n2 : R := \sum_i a i 0 ^+ 2.
have n2_gt0 : 0 < n2.
  rewrite /n2 (bigD1 i)//= ltr_spaddl ?sumr_ge0// => [|k _]; last exact: sqr_ge0.
  by rewrite exprn_even_gt0//= mxE.
exists ((Num.sqrt n2)^-1 *: a); first by rewrite -scalemxAr Wa scaler0.
under eq_bigr do rewrite mxE exprMn.
rewrite -mulr_sumr -/n2 exprVn sqr_sqrtr ?ltW// mulVf//.
by rewrite gt_eqF.
Qed.

Section features.
Variables (th : 'rV[R]_p.+1) (eps : R).
Hypothesis eps_gt0 : 0 < eps.
Variables (aw : 'M[R]_(dy, dx)) (ar : 'M[R]_(dy, dz)).
Let features a := aw *m a + ar *m z a (uof th).

(* alpha_w x + alpha_r z = alpha_w (x + R z) + Q z: what is left to represent is Q z. *)
Let Q := ar - aw *m Rof th.

Let featuresE a : features a = aw *m (a + Rof th *m z a (uof th)) + Q *m z a (uof th).
Proof. by rewrite mulmxBl mulmxDr mulmxA -addrA [X in _ = _ + X]addrC subrK. Qed.

Let base : th + eps *: 0 = th. Proof. by rewrite scaler0 addr0. Qed.

(* Case rank W = dy: the derivatives in R at theta give Q z, by a right inverse of W. *)
Lemma features_full_rank : \rank (Wof th) = dy -> induced_model x f th eps features.
Proof.
move=> /eqP/row_freeP[B WB].
rewrite (_ : features = basis_model_at f (th + eps *: 0) (pack aw (B *m Q) 0)).
  exact/induced_model_at/V_0.
by apply/funext => a; rewrite basis_model_at_pack// base mulmxA WB mul1mx featuresE.
Qed.

(* Case rank W < dx: with W a = 0, |a| = 1, the derivative in W along q a^T at the perturbation
   R + eps a e_j^T is q a^T (x + R z) + eps q z_j. Divided by eps, with column j of Q for q, and
   summed over j, this is Q z beside a derivative in W at theta. *)
Lemma features_null_vector : (\rank (Wof th) < dx)%N -> induced_model x f th eps features.
Proof.
move=> /null_unit[a Wa a1].
have aa : a^T *m a = 1%:M.
  apply/matrixP => i j; rewrite !ord1 !mxE eqxx -a1.
  by apply: eq_bigr => k _; rewrite mxE.
pose b (j : 'I_dz) : 'M[R]_(dx, dz) := a *m delta_mx 0 j.
pose A (j : 'I_dz) : 'M[R]_(dy, dx) := eps^-1 *: (col j Q *m a^T).
have Vb j : V x f th eps (Rdir (b j)).
  apply: V_Rdir; first by rewrite mulmxA Wa mul0mx.
  rewrite -(pair_bigA _ (fun i k => b j i k ^+ 2))/= -a1; apply: ler_sum => i _.
  rewrite (bigD1 j)//= [X in _ + X]big1 => [|k kj].
    by rewrite addr0 mxE big_ord1 mxE !eqxx mulr1.
  by rewrite mxE big_ord1 mxE (negbTE kj) andbF mulr0 expr0n.
have grad_b j y : basis_model_at f (th + eps *: Rdir (b j)) (pack (A j) 0 0) y =
    A j *m (y + Rof th *m z y (uof th)) + col j Q *m delta_mx 0 j *m z y (uof th).
  rewrite basis_model_at_pack// mulmx0 mul0mx addr0 [th + _]addrC Rof_line uof_line.
  rewrite Rof_pack// uof_pack// scaler0 addr0 mulmxDl addrA mulmxDr; congr (_ + _).
  rewrite -!scalemxAl -scalemxAr scalerA mulVf ?gt_eqF// scale1r.
  by rewrite !mulmxA -(mulmxA (col j Q) a^T a) aa mulmx1.
rewrite (_ : features = (fun y =>
  basis_model_at f (th + eps *: 0) (pack (aw - \sum_j A j) 0 0) y +
  \sum_j basis_model_at f (th + eps *: Rdir (b j)) (pack (A j) 0 0) y)).
  apply: induced_modelD; first exact/induced_model_at/V_0.
  by apply: induced_model_sum => j; exact/induced_model_at/Vb.
apply/funext => y; rewrite featuresE basis_model_at_pack// base mulmx0 mul0mx addr0.
rewrite [X in _ = _ + X](eq_bigr _ (fun j _ => grad_b j y)).
rewrite big_split/= -mulmx_suml addrA -mulmxDl subrK; congr (_ + _).
rewrite -mulmx_suml; congr (_ *m _); apply/matrixP => i k.
rewrite summxE (bigD1 k)//= [X in _ + X]big1 => [|j jk].
  by rewrite addr0 !mxE big_ord1 !mxE !eqxx mulr1.
by rewrite !mxE big_ord1 !mxE [k == j]eq_sym (negbTE jk) andbF mulr0.
Qed.

Lemma resnet_features : rank_condition th -> induced_model x f th eps features.
Proof. by move=> [/features_full_rank|/features_null_vector]. Qed.

End features.

End residual_network.
