(* Example 3 (section 3.2.2 of the paper): networks with skip connections.

   f(x; theta) = sum_(l in I) W^(l+1) h^(l)(x; u), theta = vec([[W^(l+1)]_l, u]):
   every layer l in I feeds the output. At every critical point theta outside Omega,
     L(theta) = inf_alpha L^(skip)_theta(alpha),
   where L^(skip) is the risk of sum_l alpha^(l+1) h^(l)(x; u) + sum_k alpha_k d_(u_k) f.
   It is Theorem 1, for L^(skip)_theta is L_theta.

   More general than the paper: I is any finite set, and the h^(l) are any functions of
   the input and of u. Assumption 2 holds as f is the sum over l in I of the
   W^(l+1)-derivatives of f at W^(l+1) (`layer_derivative`); the paper writes this with
   l = H alone, which leaves out the terms of the other layers. *)
From everymin Require Import prelude numbering calculus minimum euclidean setting theorem_1.

Section example_3.
Context {R : realType} {m p d du : nat} {I : finType}.   (* dth = p.+1, dy = d.+1 *)
Local Notation dy := d.+1.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
(* h^(s)(a; u), the value of layer s, in R^(width s) *)
Variables (width : I -> nat) (h : forall s, X -> 'rV[R]_du -> 'cV[R]_(width s)).

(* theta collects the entries of the W^(s+1) and of u, in some order. *)
Definition weight_entry s := [finType of 'I_dy * 'I_(width s)].
Definition skip_entry := ({s : I & weight_entry s} + 'I_du)%type.
Variables (enc : skip_entry -> 'I_p.+1) (dec : 'I_p.+1 -> skip_entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th v : 'rV[R]_p.+1) (A : forall s, 'M[R]_(dy, width s)) (alpha : 'I_du -> R).

Definition place s (cj : weight_entry s) : 'I_p.+1 := enc (inl (existT _ s cj)).
Arguments place s cj : clear implicits.
Definition place_u k : 'I_p.+1 := enc (inr k).

(* W^(s+1) and u *)
Definition weight s th : 'M[R]_(dy, width s) := \matrix_(c, j) th 0 (place s (c, j)).
Definition hidden_part th : 'rV[R]_du := \row_k th 0 (place_u k).

(* f(a; theta) *)
Definition skip_network (a : X) th : 'cV[R]_dy := \sum_s weight s th *m h s a (hidden_part th).

Local Notation f := skip_network.
Local Notation L := (L x lambda l f).

(* What L^(skip)_theta(alpha) is the risk of. *)
Definition skip_model th A alpha (a : X) : 'cV[R]_dy :=
  \sum_s A s *m h s a (hidden_part th) + \sum_k alpha k *: partial f (place_u k) a th.
Definition skip_values th : set R :=
  [set risk x lambda l (skip_model th w.1 w.2) | w in setT].

(* The partial derivative at an entry of W^(s+1). *)
Lemma partial_weight s (cj : weight_entry s) a th :
  partial f (place s cj) a th = delta_mx cj.1 cj.2 *m h s a (hidden_part th).
Proof.
rewrite /partial; set v := basis_vector _.
have vE t : v 0 t = (t == place s cj)%:R by rewrite mxE eqxx.
have placeE t : (enc t == place s cj) = (t == inl (existT _ s cj)).
  exact: (can_eq encK).
have u0 : hidden_part v = 0 by apply/rowP => k; rewrite !mxE/= placeE.
have W0 s' : s' != s -> weight s' v = 0.
  move=> s's; apply/matrixP => c j; rewrite mxE vE mxE placeE.
  by case: eqP => // -[s's']; rewrite s's' eqxx in s's.
have Ws : weight s v = delta_mx cj.1 cj.2.
  apply/matrixP => c j; rewrite mxE vE mxE placeE.
  have E : (existT weight_entry s (c, j) == existT weight_entry s cj) = ((c, j) == cj).
    exact: eq_Tagged.
  by rewrite -[_ && _]E.
rewrite (derive_affine (c := \sum_s weight s v *m h s a (hidden_part th))).
  by rewrite (bigD1 s)//= Ws big1 ?addr0// => s' /W0 ->; rewrite mul0mx.
move=> t; rewrite scaler_sumr -big_split/=; apply: eq_bigr => s' _.
have -> : hidden_part (t *: v + th) = hidden_part th.
  by apply/rowP => k; have /rowP/(_ k) := u0; rewrite !mxE => ->; rewrite mulr0 add0r.
rewrite scalemxAl -mulmxDl; congr (_ *m _).
by apply/matrixP => c j; rewrite !mxE addrC.
Qed.

(* The W^(s+1)-derivative of f at a matrix B. *)
Lemma layer_derivative s (B : 'M[R]_(dy, width s)) a th :
  \sum_cj B cj.1 cj.2 *: partial f (place s cj) a th = B *m h s a (hidden_part th).
Proof.
rewrite [in RHS](matrix_sum_delta B) pair_bigA mulmx_suml; apply: eq_bigr => cj _.
by rewrite partial_weight scalemxAl.
Qed.

(* The representation printed in the paper uses one layer s0 (its H); it holds if and only if
   the other layers of I add up to 0. *)
Lemma one_layer_representation s0 a th :
  f a th = \sum_cj weight s0 th cj.1 cj.2 *: partial f (place s0 cj) a th <->
  \sum_(s | s != s0) weight s th *m h s a (hidden_part th) = 0.
Proof.
rewrite layer_derivative /f (bigD1 s0)//=; split=> [E|->]; last by rewrite addr0.
by apply: (addrI (weight s0 th *m h s0 a (hidden_part th))); rewrite E addr0.
Qed.

(* alpha of R^dth with given blocks *)
Definition pack A alpha (k : 'I_p.+1) : R :=
  match dec k with
  | inl e => A (tag e) (tagged e).1 (tagged e).2
  | inr k => alpha k
  end.

(* L^(skip)_theta is L_theta: the two models are the same. *)
Theorem skip_model_basis th A alpha a :
  basis_model_at f th (pack A alpha) a = skip_model th A alpha a.
Proof.
rewrite /basis_model_at (reindex enc) /=; last by exists dec => k _.
rewrite big_sumType/=; congr (_ + _); last by apply: eq_bigr => k _; rewrite /pack encK.
under [RHS]eq_bigr do rewrite -layer_derivative.
by rewrite sig_big_dep/=; apply: eq_bigr => -[s cj] _; rewrite /pack encK.
Qed.

Lemma pack_onto (c : 'I_p.+1 -> R) : exists A alpha, c = pack A alpha.
Proof.
exists (fun s => \matrix_(i, j) c (place s (i, j))), (fun k => c (place_u k)).
apply/funext => k; rewrite -[LHS](congr1 c (decK k)) /pack.
by case: (dec k) => // -[s [i j]]; rewrite mxE.
Qed.

Lemma skip_values_basis th :
  skip_values th = [set risk x lambda l (basis_model_at f th c) | c in setT].
Proof.
apply/seteqP; split=> [_ [[A alpha] _ <-]|_ [c _ <-]].
  by exists (pack A alpha) => //; apply: eq_bigr => i _; rewrite skip_model_basis.
have [A [alpha ->]] := pack_onto c.
by exists (A, alpha) => //; apply: eq_bigr => i _; rewrite skip_model_basis.
Qed.

Lemma skip_assumption2 th : assumption2_at x f th.
Proof.
exists (pack (weight^~ th) (fun=> 0)) => i; rewrite skip_model_basis /skip_model.
by rewrite [X in _ + X]big1 ?addr0// => k _; rewrite scale0r.
Qed.

(* Example 3 *)
Theorem example_3_min th : nonnegative_weights lambda -> assumption1 l ->
  ~ Omega x f th -> critical_point x lambda l f th -> is_min (skip_values th) (L th).
Proof.
move=> lnneg A1 nO crit; rewrite skip_values_basis.
by apply: theorem_1_at => //; exact: skip_assumption2.
Qed.

Theorem example_3 th : positive_weights lambda -> assumption1 l ->
  ~ Omega x f th -> critical_point x lambda l f th ->
  (L th)%:E = ereal_inf (EFin @` skip_values th).
Proof.
move=> lpos A1 nO crit.
by rewrite (is_min_ereal_inf (example_3_min lpos A1 nO crit)).
Qed.

(* So L(theta) is at most the risk of every basis model with the learned representations of
   all layers in I. *)
Corollary example_3_features th A : nonnegative_weights lambda -> assumption1 l ->
  ~ Omega x f th -> critical_point x lambda l f th ->
  L th <= risk x lambda l (fun a => \sum_s A s *m h s a (hidden_part th)).
Proof.
move=> lnneg A1 nO crit; have [_ lb] := example_3_min lnneg A1 nO crit.
apply: lb; exists (A, fun=> 0) => //; apply: eq_bigr => i _.
by rewrite /skip_model [X in _ + X]big1 ?addr0// => k _; rewrite scale0r.
Qed.

End example_3.

(* A numbering of the entries of theta exists if it has dth = sum_l dy d_l + du of them. *)
Lemma skip_numbering (I : finType) (width : I -> nat) p d du :
  p.+1 = (\sum_s d.+1 * width s + du)%N ->
  exists (enc : @skip_entry d du I width -> 'I_p.+1) dec, cancel enc dec /\ cancel dec enc.
Proof.
move=> E; apply: (@numbering_exists [finType of @skip_entry d du I width]).
rewrite card_sum card_ord card_tagged E; congr (_ + _)%N.
rewrite sumnE big_map big_enum /=; apply: eq_bigr => s _.
by rewrite card_prod !card_ord.
Qed.
