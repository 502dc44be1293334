(* The span of a set of functions: all finite linear combinations of its elements. *)
From everymin Require Import prelude.

Section span.
Context {R : realType} {Y : normedModType R} {T : Type}.
Implicit Types (G H : set (T -> Y)) (h : T -> Y).

(* h = sum_j c_j g_j for finitely many g_j in G *)
Definition span G : set (T -> Y) := [set h | exists n (c : 'I_n -> R) (g : 'I_n -> T -> Y),
  (forall j, G (g j)) /\ h = (fun t => \sum_j c j *: g j t)].

Lemma span_gen G g (c : R) : G g -> span G (fun t => c *: g t).
Proof.
move=> Gg; exists 1%N, (fun=> c), (fun=> g); split=> //.
by apply/funext => t; rewrite big_ord1.
Qed.

Lemma span_sub G g : G g -> span G g.
Proof. by move=> Gg; have := span_gen 1 Gg; under eq_fun do rewrite scale1r. Qed.

Lemma span_0 G : span G (fun=> 0).
Proof.
exists 0%N, (fun=> 0), (fun _ _ => 0); split=> [[]//|].
by apply/funext => t; rewrite big_ord0.
Qed.

Lemma span_add G h h' : span G h -> span G h' -> span G (fun t => h t + h' t).
Proof.
move=> [n [c [g [Gg ->]]]] [n' [c' [g' [Gg' ->]]]].
exists (n + n')%N, (fun j => match fintype.split j with inl j => c j | inr j => c' j end),
  (fun j => match fintype.split j with inl j => g j | inr j => g' j end); split.
  by move=> j; case: (fintype.split j).
apply/funext => t; rewrite big_split_ord/=.
by congr (_ + _); apply: eq_bigr => j _;
  [rewrite (unsplitK (inl j))|rewrite (unsplitK (inr j))].
Qed.

Lemma span_scale G h (a : R) : span G h -> span G (fun t => a *: h t).
Proof.
move=> [n [c [g [Gg ->]]]]; exists n, (fun j => a * c j), g; split=> //.
by apply/funext => t; rewrite scaler_sumr; apply: eq_bigr => j _; rewrite scalerA.
Qed.

Lemma span_sum G n (h : 'I_n -> T -> Y) : (forall j, span G (h j)) ->
  span G (fun t => \sum_j h j t).
Proof.
elim: n h => [|n IHn] h Gh; first by under eq_fun do rewrite big_ord0; exact: span_0.
by under eq_fun do rewrite big_ord_recl; apply: span_add => //; exact: IHn.
Qed.

(* The span of G lies in that of H if G does. *)
Lemma span_least G H : (forall g, G g -> span H g) -> span G `<=` span H.
Proof.
by move=> GH _ [n [c [g [Gg ->]]]]; apply: span_sum => j; exact/span_scale/GH.
Qed.

End span.
