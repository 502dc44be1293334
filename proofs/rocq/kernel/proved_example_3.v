(* Example 3 (networks with skip connections) as the TypeScript side states it (results.v), from
   Theorem 1: f is linear in the weights of its last layer. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import axioms_analysis problem proved_lemma_e proved_theorems residual.

Section blocks.
Context {R : realType} {q : nat} (e : 'I_q -> nat).

(* A function on blocks as one of their union. *)
Definition unblock (A : forall l, 'I_(e l) -> R) (k : 'I_(\sum_(l < q) e l)%N) : R :=
  if [pick li : {l : 'I_q & 'I_(e l)} | index_block (tagged li) == k] is Some li
  then A (tag li) (tagged li) else 0.

(* The indices of an earlier block come first. *)
Lemma index_block_lt l l' (i : 'I_(e l)) (i' : 'I_(e l')) : (l < l')%N ->
  (index_block i < index_block i')%N.
Proof.
move=> ll' /=; apply: ltn_addr; rewrite [X in (_ < X)%N](bigID (fun k : 'I_q => (k < l)%N))/=.
rewrite [X in (_ < X + _)%N](eq_bigl (fun k : 'I_q => (k < l)%N)) => [|k]; last first.
  by apply: andb_idl => /ltn_trans; exact.
rewrite ltn_add2l (bigD1 l) ?ll' ?ltnn//=.
exact/ltn_addr/ltn_ord.
Qed.

Lemma index_block_inj :
  injective (fun li : {l : 'I_q & 'I_(e l)} => index_block (tagged li)).
Proof.
move=> [l i] [l' i'] /= E; have := ltngtP l l'.
case=> [/(index_block_lt i i')|/(index_block_lt i' i)|/val_inj ll']; rewrite ?E ?ltnn//.
by subst l'; congr existT; apply: val_inj; have /(congr1 val)/= := E => /addnI.
Qed.

Lemma unblockE A l (i : 'I_(e l)) : unblock A (index_block i) = A l i.
Proof.
rewrite /unblock; case: pickP => [li /eqP E|/(_ (existT _ l i))]; last by rewrite eqxx.
by rewrite (index_block_inj (x2 := existT _ l i) E).
Qed.
End blocks.

Section skip.
Context {R : realType}.
Variables (m dy du q : nat) (d : 'I_q -> nat).
Variable h : forall l : 'I_q, 'I_m -> ('I_du -> R) -> 'I_(d l) -> R.
Arguments h : clear implicits.
Local Notation weights := (\sum_(l < q) (dy * d l)%N)%N.
Local Notation f := (SkipOutput m dy du q d h).
Local Notation Wof := (SkipWeight dy du q d).
Local Notation uof := (SkipU dy du q d).
Implicit Types (th v : 'I_(weights + du) -> R).

(* The weights alone, and the vector of given weights and a given rest. *)
Definition only_weights v : 'I_(weights + du) -> R :=
  join_functions (fun k => v (lshift du k)) (fun=> 0).
Definition pack (A : forall l, 'I_dy -> 'I_(d l) -> R) (c : 'I_du -> R) : 'I_(weights + du) -> R :=
  join_functions (unblock (e := fun l => (dy * d l)%N) (fun l => unpair (A l))) c.

Lemma Wof_pack A c : Wof (pack A c) = A.
Proof.
apply: functional_extensionality_dep => l; apply/funext => i; apply/funext => j.
by rewrite /SkipWeight /pack join_left unblockE unpairE.
Qed.

(* The derivative in the weights is the network with other weights. *)
Lemma derivative_weights th v i c : Diff_vec (f i) th ->
  \sum_k v (lshift du k) * partial_vec (f i) th (lshift du k) c =
  \sum_l matVec dy (d l) (Wof v l) (h l i (uof th)) c.
Proof.
move=> df; transitivity (\sum_k only_weights v k * partial_vec (f i) th k c).
  rewrite big_split_ord/= [X in _ + X]big1 ?addr0 => [|k _].
    by apply: eq_bigr => k _; rewrite /only_weights join_left.
  by rewrite /only_weights join_right mul0r.
move: c; apply: (directional_derivative df ltr01) => t _ _ c.
rewrite /SkipOutput mulr_sumr -big_split; apply: eq_bigr => l _ /=.
have -> : uof (fun k => th k + t * only_weights v k) = uof th.
  by apply/funext => k; rewrite /SkipU /only_weights join_right mulr0 addr0.
rewrite -matVec_line; congr (matVec _ _ _ _ _); apply/funext => a; apply/funext => b.
by rewrite /SkipWeight /only_weights join_left.
Qed.

(* The gradient basis model. *)
Lemma Induced_skip lambda l th v i c : Diff_vec (f i) th ->
  Induced m (weights + du)%N dy lambda l f th i v c =
  \sum_l matVec dy (d l) (Wof v l) (h l i (uof th)) c +
  \sum_k v (rshift weights k) * partial_vec (f i) th (rshift weights k) c.
Proof. by move=> df; rewrite /Induced big_split_ord -derivative_weights. Qed.

Lemma skip_assumption2 lambda l : Assumption2 m (weights + du)%N dy lambda l f.
Proof.
exists only_weights => i th nO; apply/funext => c.
rewrite -[RHS]/(Induced m _ dy lambda l f th i (only_weights th) c) Induced_skip; last first.
  exact: ((not_Omega lambda l f th).1 nO).
rewrite [X in _ + X]big1 ?addr0 => [|k _]; last by rewrite /only_weights join_right mul0r.
rewrite /SkipOutput; apply: eq_bigr => l' _; congr (matVec _ _ _ _ _).
apply/funext => a; apply/funext => b.
by rewrite /SkipWeight /only_weights join_left.
Qed.
End skip.

Lemma example_3_kernel (R : realType) : @example_3_statement R.
Proof.
move=> m dy du q d h lambda l th lpos A1 nO crit.
have df := (not_Omega _ _ _ _).1 nO.
have /IsMinP[[alpha LE] lb] := theorem_1_kernel lpos A1 (skip_assumption2 h lambda l) nO crit.
apply/IsMinP; split.
  exists (SkipWeight dy du q d alpha), (SkipU dy du q d alpha); rewrite LE.
  apply: eq_bigr => i _; congr (_ * l i _); apply/funext => c.
  exact: Induced_skip.
move=> _ [A [c ->]]; apply: lb; exists (pack A c); apply: eq_bigr => i _.
congr (_ * l i _); apply/funext => k; rewrite Induced_skip// Wof_pack; congr (_ + _).
by apply: eq_bigr => k1 _; rewrite /pack join_right.
Qed.
