(* The feedforward network (4.3) of the paper (section 4.2.1) and its set of locally linear
   units (section 4.2.3).

   Layers are numbered as in the paper: h^(0) = x is the input, h^(l) = sigma^(l)(W^(l) h^(l-1))
   for l = 1..H, and f = W^(H+1) h^(H) is the output. Layer l has width d_l = (D l).+1, so
   that dx = d_0 and dy = d_{H+1}. [weight l th] is W^(l+1), a matrix of d_{l+1} rows and
   d_l columns. theta is one vector, vec([W^(1), ..., W^(H+1)]), in any order of the entries:
   [enc] says where each entry stands.

   At the end: the network satisfies Assumption 2, through its last layer. *)
From everymin Require Import prelude calculus numbering euclidean setting.

Section network.
Context {R : realType} {m p : nat}.
Variables (H : nat) (D : nat -> nat).
Local Notation d l := (D l).+1.
Local Notation dx := (d 0).
Local Notation dy := (d H.+1).

(* Entry (i, j) of W^(l+1); the entries of theta are those with l <= H. *)
Definition entry l := [finType of 'I_(d l.+1) * 'I_(d l)].
Definition slot := {l : nat & entry l}.
Definition slots : {pred slot} := [pred s : slot | tag s <= H]%N.

Variable enc : slot -> 'I_p.+1.
Variable sigma : forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
Variable x : 'I_m -> 'cV[R]_dx.
Implicit Types (th b v w : 'rV[R]_p.+1) (a : 'cV[R]_dx) (eps : R) (l t n : nat).

(* The coordinate of theta that holds an entry of W^(l+1). *)
Definition place l (s : entry l) : 'I_p.+1 := enc (existT _ l s).
(* W^(l+1) *)
Definition weight l th : 'M[R]_(d l.+1, d l) := \matrix_(i, j) th 0 (@place l (i, j)).
(* h^(l) at the input a *)
Fixpoint hidden a th l : 'cV[R]_(d l) :=
  if l is l'.+1 then sigma (weight l' th *m hidden a th l') else a.
(* W^(l+1) h^(l), what layer l+1 receives *)
Definition received a th l : 'cV[R]_(d l.+1) := weight l th *m hidden a th l.
(* f = W^(H+1) h^(H), equation (4.3) *)
Definition network a th : 'cV[R]_dy := received a th H.

(* sigma^(l)(z)_k depends on z_k only, for l = t+1..H (the paper means this; its proof
   needs it, and the theorem is false without it). *)
Definition coordinatewise t := forall l, (t < l <= H)%N ->
  forall (z z' : 'cV[R]_(d l)) k, z k 0 = z' k 0 -> sigma z k 0 = sigma z' k 0.

(* The conditions 1-3 of section 4.2.3 on J = {J^(t+1), ..., J^(H)}, for layers h within the
   distance e of th. The paper also has J^(H+1): for n = dy it can only be {1..dy}, and no other
   condition speaks of it. Condition 2 is written for J^(l+1), l = t..H-1. *)
Definition linear_within (h : 'cV[R]_dx -> 'rV[R]_p.+1 -> forall l, 'cV[R]_(d l))
    n t th (J : forall l, {set 'I_(d l)}) (e : R) :=
  [/\ forall l, (t < l <= H)%N -> (n <= #|J l|)%N,
      forall l, (t <= l < H)%N -> forall k, k \in J l.+1 ->
        forall b, norm2 (b - th) < e -> forall i,
        h (x i) b l.+1 k 0 = (weight l b *m h (x i) b l) k 0 &
      forall l, (t < l < H)%N -> forall k j, k \notin J l.+1 -> j \in J l ->
        weight l th k j = 0].
(* J is in J_{n,t}[theta] of the paper. *)
Definition locally_linear n t th J := exists2 e : R, 0 < e & linear_within hidden n t th J e.
(* The set Theta_{n,t} of the paper. *)
Definition Theta n t := [set th | exists J, locally_linear n t th J].

(* The functions sum_{l=t}^H alpha_h^(l+1) h^(l) + f~_theta of Theorem 4. *)
Definition feature_model t th eps : set ('cV[R]_dx -> 'cV[R]_dy) :=
  [set g | exists (S : {fset 'rV[R]_p.+1}) (alpha : 'I_p.+1 -> S -> R)
     (alpha_h : forall l, 'M[R]_(dy, d l)),
     subset_V S (V x network th eps) /\
     g = (fun a => \sum_(t <= l < H.+1) alpha_h l *m hidden a th l
                   + perturbed_model network th eps alpha a)].

(* Hypothesis: distinct entries stand at distinct places. *)
Hypothesis enc_inj : {in slots &, injective enc}.

(* Which entries belong to theta. *)
Lemma in_slots l (s : entry l) : (existT _ l s \in slots) = (l <= H)%N.
Proof. by []. Qed.

(* Two entries of one layer, and two of different layers, stand at different places. *)
Lemma place_eq l (s s' : entry l) : (l <= H)%N -> (place s == place s') = (s == s').
Proof.
move=> lH; apply/eqP/eqP => [E|->//].
have /eqP := enc_inj (etrans (in_slots s) lH) (etrans (in_slots s') lH) E.
by rewrite eq_Tagged => /eqP.
Qed.

Lemma place_neq l l' (s : entry l) (s' : entry l') : (l <= H)%N -> (l' <= H)%N ->
  l != l' -> place s != place s'.
Proof.
move=> lH l'H; apply: contra => /eqP E.
have := enc_inj (etrans (in_slots s) lH) (etrans (in_slots s') l'H) E.
by move=> /(congr1 (@tag _ _)) /= ->.
Qed.

(* The blocks of theta are linear in it. *)
Lemma weightD l b v (c : R) : weight l (b + c *: v) = weight l b + c *: weight l v.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.

(* The direction that moves W^(l+1) along A and nothing else. *)
Definition block l (A : 'M[R]_(d l.+1, d l)) : 'rV[R]_p.+1 :=
  \sum_(s : entry l) A s.1 s.2 *: delta_mx 0 (place s).

(* The blocks of this direction. *)
Lemma weight_block l A : (l <= H)%N -> weight l (block A) = A.
Proof.
move=> lH; apply/matrixP => i j; rewrite mxE summxE (bigD1 (i, j))//=.
rewrite !mxE !eqxx mulr1 big1 ?addr0// => s sij.
by rewrite !mxE eqxx/= place_eq// eq_sym (negbTE sij) mulr0.
Qed.

Lemma weight_block_other l k A : (l <= H)%N -> (k <= H)%N -> k != l ->
  weight k (block (A : 'M_(d l.+1, d l))) = 0.
Proof.
move=> lH kH kl; apply/matrixP => i j; rewrite !mxE summxE big1// => s _.
by rewrite !mxE eqxx/= (negbTE (place_neq _ _ _ _ _))// mulr0.
Qed.

(* h^(l+1) = sigma^(l+1)(W^(l+1) h^(l)) *)
Lemma hiddenS a th l : hidden a th l.+1 = sigma (received a th l).
Proof. by []. Qed.

(* h^(l) depends on W^(1), ..., W^(l) only. *)
Lemma hidden_below a b b' l : (forall k, (k < l)%N -> weight k b = weight k b') ->
  hidden a b l = hidden a b' l.
Proof.
elim: l => // l IH E /=; rewrite IH ?E// => k kl; apply: E; exact: ltnW.
Qed.

(* A combination of partial derivatives with respect to the entries of W^(l+1). *)
Lemma basis_model_block (Y : normedModType R) X (f : X -> 'rV[R]_p.+1 -> Y) l A b z :
  basis_model_at f b (fun k => block (A : 'M_(d l.+1, d l)) 0 k) z =
  \sum_(s : entry l) A s.1 s.2 *: partial f (place s) z b.
Proof.
rewrite /basis_model_at.
under eq_bigr do rewrite summxE scaler_suml.
rewrite exchange_big; apply: eq_bigr => s _; rewrite (bigD1 (place s))//=.
rewrite !mxE !eqxx mulr1 big1 ?addr0// => k ks.
by rewrite !mxE eqxx/= (negbTE ks) mulr0 scale0r.
Qed.

(* A partial derivative is a derivative along a direction with one entry. *)
Lemma basis_vector_block l (s : entry l) :
  basis_vector (place s) = block (delta_mx s.1 s.2) :> 'rV[R]_p.+1.
Proof.
rewrite /block (bigD1 s)//= !mxE !eqxx scale1r big1 ?addr0// => s' s's.
by rewrite mxE -xpair_eqE -!surjective_pairing (negbTE s's) scale0r.
Qed.

(* A matrix is the sum of its entries times the matrices with one entry 1. *)
Lemma matrix_sum_entry l (A : 'M[R]_(d l.+1, d l)) :
  \sum_(s : entry l) A s.1 s.2 *: delta_mx s.1 s.2 = A.
Proof. by rewrite [RHS]matrix_sum_delta pair_bigA. Qed.

(* f = sum over the entries of W^(H+1) of the entry times its partial derivative. *)
Lemma network_last_layer a th :
  network a th = basis_model_at network th (fun k => block (weight H th) 0 k) a.
Proof.
rewrite basis_model_block {1}/network /received -[X in X *m _]matrix_sum_entry mulmx_suml.
apply: eq_bigr => s _; rewrite -scalemxAl; congr (_ *: _); apply/esym.
apply: derive_affine => h; rewrite basis_vector_block [_ + th]addrC.
rewrite /network /received weightD weight_block// mulmxDl -scalemxAl.
rewrite (@hidden_below _ _ th)// => k kH.
by rewrite weightD weight_block_other ?scaler0 ?addr0 ?(ltnW kH) ?(ltn_eqF kH).
Qed.

(* So Assumption 2 holds, with g(theta) = vec([0, ..., 0, W^(H+1)]). *)
Lemma network_assumption2 : assumption2 x network.
Proof. by exists (fun th k => block (weight H th) 0 k) => i th _; exact: network_last_layer. Qed.

(* Where the units of a layer are differentiable in theta, so is what the next layer receives. *)
Lemma received_differentiable a l r th :
  (forall j, differentiable (fun b => hidden a b l j 0) th) ->
  differentiable (fun b => received a b l r 0) th.
Proof.
move=> dh; rewrite (_ : (fun _ => _) = \sum_j (fun b => b 0 (@place l (r, j)) * hidden a b l j 0)).
  by apply: differentiable_sum => j; apply: differentiableM => //; exact: differentiable_coord.
by apply/funext => b; rewrite fct_sumE mxE; apply: eq_bigr => j _; rewrite mxE.
Qed.

(* ... and f, where the last hidden layer is. *)
Lemma network_differentiable a th :
  (forall j, differentiable (fun b => hidden a b H j 0) th) -> differentiable (network a) th.
Proof.
move=> dh; rewrite (_ : network a = \sum_r (fun b => received a b H r 0 *: delta_mx r 0)).
  by apply: differentiable_sum => r; apply: differentiableZl; exact: received_differentiable.
apply/funext => b; rewrite fct_sumE [LHS]matrix_sum_delta; apply: eq_bigr => i _.
by rewrite big_ord1.
Qed.

End network.

Arguments slots H {D}.

(* Such an arrangement of the entries exists if theta has sum_{l=0}^H d_{l+1} d_l coordinates. *)
Lemma vectorisation_exists (p H : nat) (D : nat -> nat) :
  p.+1 = (\sum_(l < H.+1) (D l.+1).+1 * (D l).+1)%N ->
  exists enc : slot D -> 'I_p.+1, {in slots H &, injective enc} /\
    forall k, exists2 s, s \in slots H & enc s = k.
Proof.
move=> pE; pose T := [finType of {l : 'I_H.+1 & entry D l}].
have cardT : #|T| = p.+1.
  by rewrite pE card_tagged sumnE big_map enumT; apply: eq_bigr => l _; rewrite card_prod !card_ord.
have [enc [dec [encK decK]]] := numbering_exists cardT.
pose narrow (s : slot D) : T := let: existT l e := s in
  if @idP (l < H.+1)%N is ReflectT lH then existT _ (Ordinal lH) e else dec ord0.
pose widen (s : T) : slot D := existT _ (val (tag s)) (tagged s).
have narrowK s : s \in slots H -> widen (narrow s) = s.
  by case: s => l e lH; rewrite /narrow; case: {-}_ / idP => // -[].
have widenK s : narrow (widen s) = s.
  case: s => -[l lH] e; rewrite /narrow/=; case: {-}_ / idP => // lH'.
  by rewrite (bool_irrelevance lH' lH).
exists (enc \o narrow); split=> [s s' sH s'H /= /(can_inj encK) E|k].
  by rewrite -(narrowK s)// E narrowK.
exists (widen (dec k)); first by rewrite inE/= -ltnS ltn_ord.
by apply: etrans (decK k); congr enc; exact: widenK.
Qed.
