(* The residual network of section 4.1, f(x; theta) = W (x + R z(x; u)) with theta = vec([W, R, u])
   and an arbitrary function z, as an instance of the setting.

   The entries of W, R and u are numbered by the parameters in any order: enc and dec are inverse
   bijections between `entry` and the indices of theta. So nothing depends on how vec stacks its
   arguments; `enum_exists` shows that such a numbering exists whenever the number p.+1 of
   parameters is dy dx + dx dz + du. dy is d.+1: a network with no output has nothing to say.

   Proved here: the derivatives of f in the entries of W and of R, the gradient basis model in
   closed form (`basis_model_at_pack`), Assumption 2 with g(theta) = vec([W, 0, 0])
   (`resnet_assumption2`), and that f is differentiable where it has no u
   (`resnet_differentiable`). *)
From everymin Require Import prelude calculus numbering minimum euclidean setting.

Section residual_network.
Context {R : realType} {m p d : nat}.
Variables (dx dz du : nat).
Local Notation dy := d.+1.
Variables (x : 'I_m -> 'cV[R]_dx).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.

(* theta collects the entries of W, R and u in some order. *)
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th v : 'rV[R]_p.+1) (eps : R).

(* The blocks W, R and u of theta. *)
Definition Wof th : 'M[R]_(dy, dx) := \matrix_(i, j) th 0 (enc (inl (inl (i, j)))).
Definition Rof th : 'M[R]_(dx, dz) := \matrix_(i, j) th 0 (enc (inl (inr (i, j)))).
Definition uof th : 'rV[R]_du := \row_i th 0 (enc (inr i)).

(* 4.1: the residual network *)
Definition resnet (a : 'cV[R]_dx) th : 'cV[R]_dy :=
  Wof th *m (a + Rof th *m z a (uof th)).

Local Notation f := resnet.

(* The coefficient vector vec([A, B, c]). *)
Definition pack (A : 'M[R]_(dy, dx)) (B : 'M[R]_(dx, dz)) (c : 'rV[R]_du)
    (k : 'I_p.+1) : R :=
  match dec k with
  | inl (inl ij) => A ij.1 ij.2
  | inl (inr ij) => B ij.1 ij.2
  | inr i => c 0 i
  end.

(* The blocks of a point on a line, and of a packed vector. *)
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

(* A sum over all parameters is one over W, one over R and one over u. *)
Lemma sum_entry (Z : zmodType) (G : 'I_p.+1 -> Z) :
  \sum_k G k =
  \sum_(s : 'I_dy * 'I_dx) G (enc (inl (inl s))) +
  \sum_(s : 'I_dx * 'I_dz) G (enc (inl (inr s))) +
  \sum_(s : 'I_du) G (enc (inr s)).
Proof.
by rewrite (reindex enc) /= ?big_sumType ?big_sumType//=; exists dec => k _.
Qed.

(* f is affine in W, and affine in R: its derivatives in these directions. *)
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

(* The partial derivatives in the entries of W and of R. *)
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

(* The gradient basis model with coefficients vec([A, B, 0]). *)
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

(* Assumption 2 holds, since f is linear in W. *)
Lemma resnet_assumption2 : assumption2 x f.
Proof.
exists (fun th => pack (Wof th) 0 0) => i th _.
by rewrite -/(basis_model_at f th _ (x i)) basis_model_at_pack mulmx0 mul0mx addr0.
Qed.

(* theta = vec([W, R, u]). *)
Lemma pack_blocks th : \row_k pack (Wof th) (Rof th) (uof th) k = th.
Proof.
apply/rowP => k; rewrite mxE /pack.
by case E : (dec k) => [[ij|ij]|i]; rewrite mxE -?surjective_pairing -E decK.
Qed.

(* If z does not depend on u, then f is a polynomial in (W, R), hence differentiable. *)
Lemma resnet_differentiable a th : (forall u u', z a u = z a u') -> differentiable (f a) th.
Proof.
move=> zu; rewrite (_ : f a = \sum_i (fun t =>
  (\sum_j Wof t i j * (a j 0 + \sum_k Rof t j k * z a 0 k 0)) *: delta_mx i 0)); last first.
  apply/funext => t; rewrite fct_sumE [LHS]matrix_sum_delta; apply: eq_bigr => i _.
  rewrite big_ord1 !mxE; congr (_ *: _); apply: eq_bigr => j _; rewrite !mxE.
  by congr (_ * (_ + _)); apply: eq_bigr => k _; rewrite (zu _ 0).
have coord k : differentiable (fun t : 'rV[R]_p.+1 => t 0 k) th.
  exact: differentiable_coord.
have sums n (g : 'I_n -> 'rV[R]_p.+1 -> R) :
    (forall k, differentiable (g k) th) -> differentiable (fun t => \sum_k g k t) th.
  move=> dg; rewrite (_ : (fun _ => _) = \sum_k g k); first exact: differentiable_sum.
  by apply/funext => t; rewrite fct_sumE.
apply: differentiable_sum => i; apply: differentiableZl; apply: (sums) => j.
apply: differentiableM.
  by under eq_fun do rewrite mxE; exact: coord.
apply: differentiableD; first exact: ex_diff.
apply: sums => k; apply: differentiableM; last exact: ex_diff.
by under eq_fun do rewrite mxE; exact: coord.
Qed.

End residual_network.

(* A numbering of the parameters exists. *)
Lemma enum_exists dy dx dz du p : p.+1 = (dy * dx + dx * dz + du)%N ->
  exists (enc : 'I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du -> 'I_p.+1)
    (dec : 'I_p.+1 -> 'I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du),
  cancel enc dec /\ cancel dec enc.
Proof. by move=> E; apply: numbering_exists; rewrite !card_sum !card_prod !card_ord E. Qed.
