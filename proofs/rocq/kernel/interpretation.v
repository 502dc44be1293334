(* What the terms of the TypeScript kernel (src/kernel/term.ts) mean: the part that
   Rocq has no notation for. The printer src/rocq/gallina.ts writes
     Nat as nat, Real as R, Prop as Prop, Fin(n) as 'I_n, functions as functions,
     inl and inr as lshift and rshift, val as nat_of_ord, sums as \sum,
     inv as ^-1 (0^-1 = 0), sqrt as Num.sqrt (0 at negative numbers),
   and the rest by the names below. So a vector is a function of its index, and every
   dimension may be 0. *)
From everymin Require Import prelude.

(* Fin(a * b) is the pairs, row by row: (i, j) has the number i * b + j. *)
Lemma index_pair_subproof a b (i : 'I_a) (j : 'I_b) : (i * b + j < a * b)%N.
Proof.
apply: (@leq_trans (i * b + b)); first by rewrite ltn_add2l.
by rewrite -mulSnr leq_mul2r ltn_ord orbT.
Qed.
Definition index_pair a b (i : 'I_a) (j : 'I_b) : 'I_(a * b) :=
  Ordinal (index_pair_subproof i j).

(* Fin(sum_l e(l)) is the blocks Fin(e(0)), Fin(e(1)), ...: the index i of block l has
   the number sum_(l' < l) e(l') + i. *)
Lemma index_block_subproof n (e : 'I_n -> nat) l (i : 'I_(e l)) :
  (\sum_(k < n | (k < l)%N) e k + i < \sum_(k < n) e k)%N.
Proof.
rewrite [X in (_ < X)%N](bigID (fun k : 'I_n => (k < l)%N))/= ltn_add2l.
rewrite (bigD1 l) ?ltnn//=; exact/ltn_addr/ltn_ord.
Qed.
Definition index_block n (e : 'I_n -> nat) l (i : 'I_(e l)) : 'I_(\sum_(k < n) e k)%N :=
  Ordinal (index_block_subproof i).

(* join(u, v): the function on Fin(a + b) that is u on the left and v on the right. *)
Definition join_functions T a b (u : 'I_a -> T) (v : 'I_b -> T) (i : 'I_(a + b)) : T :=
  match fintype.split i with inl j => u j | inr j => v j end.

(* The kernel compares dimensions modulo the arithmetic of naturals; where it does,
   the printer casts and this proves the equation. *)
Ltac dimension := first
  [done | by ring | apply: eq_bigr => ? _; dimension | progress f_equal; dimension].

(* Kronecker's delta *)
Definition delta (R : realType) n (i j : 'I_n) : R := (i == j)%:R.

Section interpretation.
Context {R : realType}.

(* the Euclidean norm *)
Definition euclidean n (v : 'I_n -> R) : R := Num.sqrt (\sum_(i < n) v i * v i).

(* r(h) = o(||h||) as h tends to 0 *)
Definition negligible n (r : ('I_n -> R) -> R) : Prop :=
  forall e, 0 < e -> exists d, 0 < d /\
    forall h, euclidean h < d -> r h <= e * euclidean h.

(* F is Frechet differentiable at th *)
Definition Diff n (F : ('I_n -> R) -> R) (th : 'I_n -> R) : Prop :=
  exists A : 'I_n -> R, negligible (fun h =>
    `|F (fun k => th k + h k) - F th - \sum_(k < n) A k * h k|).

(* the same for a function with values in R^p: the derivative is a matrix *)
Definition Diff_vec n p (f : ('I_n -> R) -> 'I_p -> R) (th : 'I_n -> R) : Prop :=
  exists A : 'I_p -> 'I_n -> R, negligible (fun h =>
    euclidean (fun c => f (fun k => th k + h k) c - f th c - \sum_(k < n) A c k * h k)).

(* c is the limit of the difference quotients of F at th in coordinate k *)
Definition is_partial n (F : ('I_n -> R) -> R) (th : 'I_n -> R) (k : 'I_n) (c : R) : Prop :=
  forall e, 0 < e -> exists d, 0 < d /\ forall t, t != 0 -> `|t| < d ->
    `|(F (fun j => th j + t * delta R k j) - F th) / t - c| <= e.

(* the k-th partial derivative; some number where the limit does not exist *)
Definition partial n (F : ('I_n -> R) -> R) (th : 'I_n -> R) (k : 'I_n) : R :=
  xget 0 [set c | is_partial F th k c].
Definition partial_vec n p (f : ('I_n -> R) -> 'I_p -> R) (th : 'I_n -> R) (k : 'I_n) :
  'I_p -> R := fun c => partial (fun t => f t c) th k.

End interpretation.
