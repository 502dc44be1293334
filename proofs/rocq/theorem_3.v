(* TODO *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_1 theorem_2.

Section ResNet.
Context {R : realType} {m p d : nat}.            (* dth = p.+1, dy = d.+1 *)
Variables (dx dz du : nat).
Local Notation dy := d.+1.
Variables (x : 'I_m -> 'cV[R]_dx).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.

(* theta collects the entries of W, R and u in some order *)
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th v : 'rV[R]_p.+1) (eps : R).

Definition Wof th : 'M[R]_(dy, dx) := \matrix_(i, j) th 0 (enc (inl (inl (i, j)))).
Definition Rof th : 'M[R]_(dx, dz) := \matrix_(i, j) th 0 (enc (inl (inr (i, j)))).
Definition uof th : 'rV[R]_du := \row_i th 0 (enc (inr i)).

Definition resnet (a : 'cV[R]_dx) th : 'cV[R]_dy :=
  Wof th *m (a + Rof th *m z a (uof th)).

Local Notation f := resnet.

(* coefficient vectors with given W-, R- and u-blocks *)
Definition pack (A : 'M[R]_(dy, dx)) (B : 'M[R]_(dx, dz)) (c : 'rV[R]_du)
    (k : 'I_p.+1) : R :=
  match dec k with
  | inl (inl ij) => A ij.1 ij.2
  | inl (inr ij) => B ij.1 ij.2
  | inr i => c 0 i
  end.

Lemma Wof_line th v (h : R) : Wof (h *: v + th) = Wof th + h *: Wof v.
Proof. by apply/matrixP => i j; rewrite !mxE addrC. Qed.
Lemma Rof_line th v (h : R) : Rof (h *: v + th) = Rof th + h *: Rof v.
Proof. by apply/matrixP => i j; rewrite !mxE addrC. Qed.
Lemma uof_line th v (h : R) : uof (h *: v + th) = uof th + h *: uof v.
Proof. by apply/rowP => i; rewrite !mxE addrC. Qed.

Lemma Wof_pack A B c : Wof (\row_k pack A B c k) = A.
Proof. by apply/matrixP => i j; rewrite !mxE /pack encK. Qed.
Lemma Rof_pack A B c : Rof (\row_k pack A B c k) = B.
Proof. by apply/matrixP => i j; rewrite !mxE /pack encK. Qed.
Lemma uof_pack A B c : uof (\row_k pack A B c k) = c.
Proof. by apply/rowP => i; rewrite !mxE /pack encK. Qed.

Lemma sum_entry (Z : zmodType) (G : 'I_p.+1 -> Z) :
  \sum_k G k =
  \sum_(s : 'I_dy * 'I_dx) G (enc (inl (inl s))) +
  \sum_(s : 'I_dx * 'I_dz) G (enc (inl (inr s))) +
  \sum_(s : 'I_du) G (enc (inr s)).
Proof.
by rewrite (reindex enc) /= ?big_sumType ?big_sumType//=; exists dec => k _.
Qed.

Lemma resnet_dW th v a : Rof v = 0 -> uof v = 0 ->
  'D_v (f a) th = Wof v *m (a + Rof th *m z a (uof th)).
Proof.
move=> R0 u0; apply: derive_affine => h.
by rewrite /f Wof_line Rof_line uof_line R0 u0 !scaler0 !addr0 mulmxDl scalemxAl.
Qed.

Lemma resnet_dR th v a : Wof v = 0 -> uof v = 0 ->
  'D_v (f a) th = Wof th *m Rof v *m z a (uof th).
Proof.
move=> W0 u0; apply: derive_affine => h.
rewrite /f Wof_line Rof_line uof_line W0 u0 !scaler0 !addr0.
by rewrite mulmxDl addrA mulmxDr -scalemxAl -scalemxAr mulmxA.
Qed.

Lemma enc_eq s t : (enc s == enc t) = (s == t).
Proof. exact: (can_eq encK). Qed.

Lemma partialW th a s : partial f (enc (inl (inl s))) a th =
  delta_mx s.1 s.2 *m (a + Rof th *m z a (uof th)).
Proof.
rewrite /partial resnet_dW.
- congr (_ *m _); apply/matrixP => i j; rewrite !mxE enc_eq.
  by case: s => s1 s2; rewrite /eq_op/= /eq_op.
- by apply/matrixP => i j; rewrite !mxE enc_eq.
- by apply/rowP => i; rewrite !mxE enc_eq.
Qed.

Lemma partialR th a s : partial f (enc (inl (inr s))) a th =
  Wof th *m delta_mx s.1 s.2 *m z a (uof th).
Proof.
rewrite /partial resnet_dR.
- congr (_ *m _ *m _); apply/matrixP => i j; rewrite !mxE enc_eq.
  by case: s => s1 s2; rewrite /eq_op/= /eq_op.
- by apply/matrixP => i j; rewrite !mxE enc_eq.
- by apply/rowP => i; rewrite !mxE enc_eq.
Qed.

Lemma matrix_sum_delta2 q r (A : 'M[R]_(q, r)) :
  \sum_s A s.1 s.2 *: delta_mx s.1 s.2 = A.
Proof.
by rewrite [RHS]matrix_sum_delta pair_bigA.
Qed.

Lemma basis_model_at_pack th A B a :
  basis_model_at f th (pack A B 0) a =
  A *m (a + Rof th *m z a (uof th)) + Wof th *m B *m z a (uof th).
Proof.
rewrite /basis_model_at sum_entry [X in _ + X]big1 ?addr0; last first.
  by move=> i _; rewrite /pack encK mxE scale0r.
congr (_ + _).
  rewrite -[in RHS](matrix_sum_delta2 A) mulmx_suml.
  by apply: eq_bigr => s _; rewrite /pack encK partialW scalemxAl.
rewrite -[in RHS](matrix_sum_delta2 B) mulmx_sumr mulmx_suml.
apply: eq_bigr => s _; rewrite /pack encK partialR.
by rewrite -scalemxAr -scalemxAl.
Qed.

Lemma resnet_assumption2 : assumption2 x f.
Proof.
exists (fun th => pack (Wof th) 0 0) => i th _.
by rewrite -/(basis_model_at f th _ (x i)) basis_model_at_pack mulmx0 mul0mx addr0.
Qed.

(* perturbations of R by a matrix B with columns in Null(W) *)
Definition Rdir (B : 'M[R]_(dx, dz)) : 'rV[R]_p.+1 := \row_k pack 0 B 0 k.

Lemma V_Rdir th eps B : Wof th *m B = 0 -> \sum_s B s.1 s.2 ^+ 2 <= 1 ->
  V x f th eps (Rdir B).
Proof.
move=> WB B1; split.
  rewrite /norm2 -[leRHS]sqrtr1 ler_wsqrtr// sum_entry.
  rewrite big1 => [|s _]; last by rewrite !mxE /pack encK !mxE expr0n.
  rewrite [X in _ + X]big1 => [|s _]; last by rewrite !mxE /pack encK !mxE expr0n.
  rewrite add0r addr0; apply: le_trans B1; apply: ler_sum => s _.
  by rewrite mxE /pack encK.
move=> i; rewrite addrC /f Wof_line Rof_line uof_line.
rewrite Wof_pack Rof_pack uof_pack !scaler0 !addr0.
rewrite mulmxDl addrA mulmxDr -scalemxAl -scalemxAr.
by rewrite (mulmxA (Wof th) B) WB mul0mx scaler0 addr0.
Qed.

(* a unit vector in the null space of W, when W does not have full row rank *)
Lemma null_unit (W : 'M[R]_(dy, dx)) : (dy <= dx)%N -> ~~ row_free W ->
  exists2 a : 'cV[R]_dx, W *m a = 0 & \sum_i a i 0 ^+ 2 = 1.
Proof.
move=> dydx nfree.
have : cokermx W != 0.
  rewrite cokermx_eq0; apply: contra nfree => /eqP rW.
  by rewrite /row_free eqn_leq rank_leq_row rW dydx.
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

(* alpha_w x + alpha_r z(x;u) belongs to the perturbable gradient basis model *)
Lemma resnet_pgb th eps (aw : 'M[R]_(dy, dx)) (ar : 'M[R]_(dy, dz)) :
  (dy <= dx)%N -> 0 < eps ->
  induced_model x f th eps (fun a => aw *m a + ar *m z a (uof th)).
Proof.
move=> dydx eps_gt0; set Q := ar - aw *m Rof th.
have QE a : aw *m a + ar *m z a (uof th) =
    aw *m (a + Rof th *m z a (uof th)) + Q *m z a (uof th).
  by rewrite mulmxBl mulmxDr mulmxA -addrA [X in _ = _ + X]addrC subrK.
have th0 : th + eps *: 0 = th by rewrite scaler0 addr0.
have [/row_freeP[B WB]|nfree] := boolP (row_free (Wof th)).
  rewrite (_ : (fun _ => _) = basis_model_at f (th + eps *: 0) (pack aw (B *m Q) 0)).
    exact/induced_model_at/V_0.
  by apply/funext => a; rewrite basis_model_at_pack th0 mulmxA WB mul1mx QE.
have [a Wa a1] := null_unit dydx nfree.
have aa : a^T *m a = 1%:M.
  apply/matrixP => i j; rewrite !ord1 !mxE eqxx -a1.
  by apply: eq_bigr => k _; rewrite mxE.
pose b (j : 'I_dz) : 'M[R]_(dx, dz) := a *m delta_mx 0 j.
pose A (j : 'I_dz) : 'M[R]_(dy, dx) := eps^-1 *: (col j Q *m a^T).
have Wb j : Wof th *m b j = 0 by rewrite mulmxA Wa mul0mx.
have Vb j : V x f th eps (Rdir (b j)).
  apply: V_Rdir => //.
  rewrite -(pair_bigA _ (fun i k => b j i k ^+ 2))/= -a1; apply: ler_sum => i _.
  rewrite (bigD1 j)//= [X in _ + X]big1 => [|k kj].
    by rewrite addr0 mxE big_ord1 mxE !eqxx mulr1.
  by rewrite mxE big_ord1 mxE (negbTE kj) andbF mulr0 expr0n.
have grad_b j y : basis_model_at f (th + eps *: Rdir (b j)) (pack (A j) 0 0) y =
    A j *m (y + Rof th *m z y (uof th)) + col j Q *m delta_mx 0 j *m z y (uof th).
  rewrite basis_model_at_pack mulmx0 mul0mx addr0 [th + _]addrC Rof_line uof_line.
  rewrite Rof_pack uof_pack scaler0 addr0 mulmxDl addrA mulmxDr; congr (_ + _).
  rewrite -!scalemxAl -scalemxAr scalerA mulVf ?gt_eqF// scale1r.
  by rewrite !mulmxA -(mulmxA (col j Q) a^T a) aa mulmx1.
rewrite (_ : (fun _ => _) = (fun y =>
  basis_model_at f (th + eps *: 0) (pack (aw - \sum_j A j) 0 0) y +
  \sum_j basis_model_at f (th + eps *: Rdir (b j)) (pack (A j) 0 0) y)).
  apply: induced_modelD; first exact/induced_model_at/V_0.
  by apply: induced_model_sum => j; exact/induced_model_at/Vb.
apply/funext => y; rewrite QE basis_model_at_pack th0 mulmx0 mul0mx addr0.
rewrite [X in _ = _ + X](eq_bigr _ (fun j _ => grad_b j y)).
rewrite big_split/= -mulmx_suml addrA -mulmxDl subrK; congr (_ + _).
rewrite -mulmx_suml; congr (_ *m _); apply/matrixP => i k.
rewrite summxE (bigD1 k)//= [X in _ + X]big1 => [|j jk].
  by rewrite addr0 !mxE big_ord1 !mxE !eqxx mulr1.
by rewrite !mxE big_ord1 !mxE [k == j]eq_sym (negbTE jk) andbF mulr0.
Qed.

(* the function class of Theorem 3 *)
Definition resnet_model th eps : set ('cV[R]_dx -> 'cV[R]_dy) :=
  [set h | exists (S : {fset 'rV[R]_p.+1}) (alpha : 'I_p.+1 -> S -> R)
     (aw : 'M[R]_(dy, dx)) (ar : 'M[R]_(dy, dz)),
     subset_V S (V x f th eps) /\
     h = (fun a => aw *m a + ar *m z a (uof th) + perturbed_model f th eps alpha a)].

Lemma resnet_modelE th eps : (dy <= dx)%N -> 0 < eps ->
  resnet_model th eps = induced_model x f th eps.
Proof.
move=> dydx eps_gt0; apply/seteqP; split => h.
  move=> [S [alpha [aw [ar [SV ->]]]]].
  by apply: induced_modelD; [exact: resnet_pgb | exists S, alpha].
move=> [S [alpha [SV ->]]]; exists S, alpha, 0, 0; split=> //.
by apply/funext => a; rewrite !mul0mx !add0r.
Qed.

Theorem theorem_3_min th : (dy <= minn dx dz)%N ->
  positive_weights lambda -> assumption1 l ->
  ~ Omega_tilde x f th -> local_min (L x lambda l f) th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  is_min [set risk x lambda l h | h in resnet_model th eps] (L x lambda l f th).
Proof.
rewrite leq_min => /andP[dydx _] lpos A1 nO Lmin.
have [eps0 eps0_gt0 H] := theorem_2_min lpos A1 resnet_assumption2 nO Lmin.
exists eps0 => // eps eps_gt0 eps_lt; rewrite resnet_modelE//.
by apply: H => //; exact: ltW.
Qed.

Theorem theorem_3 th : (dy <= minn dx dz)%N ->
  positive_weights lambda -> assumption1 l ->
  ~ Omega_tilde x f th -> local_min (L x lambda l f) th ->
  exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
  (L x lambda l f th)%:E =
  ereal_inf (EFin @` [set risk x lambda l h | h in resnet_model th eps]).
Proof.
move=> dd lpos A1 nO Lmin.
have [eps0 eps0_gt0 H] := theorem_3_min dd lpos A1 nO Lmin.
exists eps0 => // eps eps_gt0 eps_lt.
by rewrite (is_min_ereal_inf (H _ eps_gt0 eps_lt)).
Qed.

End ResNet.
Section nonvacuous.
Variables (dy dx dz du p : nat).
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.

Lemma enum_exists : p.+1 = (dy * dx + dx * dz + du)%N ->
  exists (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry),
    cancel enc dec /\ cancel dec enc.
Proof.
move=> E.
have cE : p.+1 = #|[finType of entry]| by rewrite !card_sum !card_prod !card_ord.
exists (fun s => cast_ord (esym cE) (enum_rank s)),
  (fun k => enum_val (cast_ord cE k)).
split=> [s|k]; first by rewrite cast_ordKV enum_rankK.
by rewrite enum_valK cast_ordK.
Qed.
End nonvacuous.
