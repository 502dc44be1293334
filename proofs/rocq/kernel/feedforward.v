(* Feedforward networks as the TypeScript side states them (theorems/feedforward.ts): theta is one
   vector, whose blocks are the pairs of indices of W^(1), ..., W^(H+1).
   Here: the weights as matrices, vectors of given weights, the layers, and how they depend on
   the weights. The statements number layers l + 1; here they are l.+1, and [weight_to] leads from
   layer l to any L, which is l + 1 or l.+1. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_linear_algebra problem residual.
From everymin Require Import proved_example_3.

Section ball.
Context {R : realType} {n : nat}.
Implicit Types th b v : 'I_n -> R.

(* A step eps v with ||v|| <= 1 stays in the ball of a radius e > eps. *)
Lemma InBall_moved th (eps e : R) v : norm n v <= 1 -> 0 < eps -> eps < e ->
  InBall n (moved th eps v) th e.
Proof.
move=> v1 eps0 epse; rewrite /InBall.
have -> : (fun k => moved th eps v k + - 1 * th k) = (fun k => eps * v k).
  by apply/funext => k; rewrite /moved mulN1r addrC addKr.
rewrite -[norm _ _]/(euclidean _) euclidean_scale gtr0_norm//; apply: le_lt_trans epse.
by rewrite -[leRHS]mulr1 ler_wpmul2l// ltW.
Qed.

(* A line through a point of the ball stays in it for a while. *)
Lemma InBall_line th b (e : R) v : InBall n b th e -> exists r, 0 < r /\
  forall s, - 1 * r < s -> s < r -> InBall n (moved b s v) th e.
Proof.
rewrite /InBall; set gap := (fun k : 'I_n => b k + _) => near.
have N0 : 0 < norm n v + 1 by rewrite ltr_spaddr// sqrtr_ge0.
exists ((e - norm n gap) / (norm n v + 1)); split=> [|s]; first by rewrite divr_gt0 ?subr_gt0.
rewrite mulN1r => lo hi; have : `|s| < (e - norm n gap) / (norm n v + 1) by rewrite ltr_norml lo.
rewrite ltr_pdivl_mulr// ltr_subr_addl => sN; apply: le_lt_trans sN.
have -> : (fun k => moved b s v k + - 1 * th k) = (fun k => gap k + s * v k).
  by apply/funext => k; rewrite /moved addrAC.
apply: le_trans (triangle_inequality gap _) _; rewrite ler_add2l.
by rewrite -[norm n (fun k => s * _)]/(euclidean _) euclidean_scale ler_wpmul2l// ler_addl.
Qed.

End ball.

Section weights.
Context {R : realType}.
Variables (H : nat) (d : nat -> nat).
Local Notation block_size := (fun l : 'I_(H + 1) => (d (nat_of_ord l + 1) * d (nat_of_ord l))%N).
Local Notation size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N.
Implicit Types (b w : 'I_size -> R) (l L : nat).

(* W^(l+1), from layer l to layer L = l + 1 *)
Definition weight_to L l b : 'M[R]_(d L, d l) := \matrix_(i < d L, j < d l)
  match decP (@idP (l < H + 1)%N), @eqP _ L (l + 1)%N with
  | left lH, ReflectT e => Weight H d b (Ordinal lH) (cast_ord (congr1 d e) i) j
  | _, _ => 0
  end.
Definition layer_weight l : ('I_size -> R) -> 'M[R]_(d l.+1, d l) := weight_to l.+1 l.

Lemma weight_toE (l : 'I_(H + 1)) b i j :
  weight_to (nat_of_ord l + 1) l b i j = Weight H d b l i j.
Proof.
rewrite mxE; case: l i j => l lH' i j /=; case: (decP idP) => // lH; case: eqP => // e.
by rewrite cast_ord_id (bool_irrelevance lH lH').
Qed.

Lemma weightD l b w (s : R) :
  layer_weight l (moved b s w) = layer_weight l b + s *: layer_weight l w.
Proof.
apply/matrixP => i j; rewrite !mxE; case: (decP idP) => [lH|_]; last by rewrite mulr0 addr0.
by case: eqP => // _; rewrite mulr0 addr0.
Qed.

Lemma weight0 l : layer_weight l (fun=> 0) = 0.
Proof. by apply/matrixP => i j; rewrite !mxE; case: (decP idP) => // lH; case: eqP. Qed.

(* The vector of the given weights *)
Definition pack (A : forall l, 'M[R]_(d l.+1, d l)) : 'I_size -> R :=
  unblock (e := block_size)
    (fun l : 'I_(H + 1) => unpair (fun i j => A l (cast_ord (congr1 d (addn1 l)) i) j)).

Lemma weight_pack A l : (l <= H)%N -> layer_weight l (pack A) = A l.
Proof.
move=> lH; apply/matrixP => i j; rewrite mxE.
case: (decP idP) => [lH'|]; last by rewrite addn1 ltnS lH.
case: eqP => [e|]; last by rewrite addn1.
by rewrite /Weight /pack unblockE unpairE; congr (A l _ j); exact: val_inj.
Qed.

(* The vector whose only weights are W^(l+1) = A *)
Definition block l (A : 'M[R]_(d l.+1, d l)) : 'I_size -> R := pack (fun k =>
  match @eqP _ l k with
  | ReflectT e => match e in _ = k return 'M[R]_(d k.+1, d k) with erefl => A end
  | _ => 0
  end).

Lemma weight_block l A : (l <= H)%N -> layer_weight l (block A) = A.
Proof.
by move=> lH; rewrite weight_pack//; case: eqP => // e; rewrite (eq_irrelevance e erefl).
Qed.

Lemma weight_block_other l A k : (k <= H)%N -> k != l -> layer_weight k (@block l A) = 0.
Proof.
by move=> kH kl; rewrite weight_pack//; case: eqP => // e; rewrite e eqxx in kl.
Qed.

End weights.

Section network.
Context {R : realType}.
Variables (m H : nat) (d : nat -> nat).
Local Notation size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N.
Local Notation weight := (@layer_weight R H d).
Variables (x : 'I_m -> 'I_(d 0%N) -> R) (sigma : forall l, ('I_(d l) -> R) -> 'I_(d l) -> R).
Variable h : forall l, 'I_m -> ('I_size -> R) -> 'I_(d l) -> R.
Arguments h : clear implicits.
Arguments sigma : clear implicits.
Implicit Types (b th : 'I_size -> R) (l : nat) (i : 'I_m).

(* h^(l)(x_i), and W^(l+1) h^(l)(x_i), which layer l + 1 receives *)
Definition hidden i b l : 'cV[R]_(d l) := \col_k h l i b k.
Definition received i b l : 'cV[R]_(d l.+1) := weight l b *m hidden i b l.

(* The equations of the layers *)
Definition layers := (forall i b, h 0%N i b = x i) /\ forall l, (l < H)%N -> forall i b,
  h l.+1 i b = sigma l.+1 (fun k => received i b l k 0).
Hypothesis h_layers : layers.

(* A layer depends on the weights before it only. *)
Lemma hidden_below i b th l : (l <= H)%N -> (forall k, (k < l)%N -> weight k b = weight k th) ->
  hidden i b l = hidden i th l.
Proof.
move=> + same; elim: l same => [|l IH] same lH; apply/colP => k; rewrite !mxE.
  by rewrite !h_layers.1.
rewrite !h_layers.2// /received same// IH// => [k' k'l|]; last exact: ltnW.
by apply: same; exact: ltnW.
Qed.

End network.
