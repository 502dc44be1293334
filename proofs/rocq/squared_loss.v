(* The squared loss |q - y|^2 on matrices of any size, hence on column and on row vectors. It
   satisfies Assumption 1 (`squared_loss_assumption1`), as section 3.1 of the paper says. The
   examples and counterexamples use it. *)
From everymin Require Import prelude calculus polynomial_identity euclidean setting.

Section squared_loss.
Context {R : realType} {n k : nat}.
Implicit Types (y q : 'M[R]_(n.+1, k.+1)).

(* |q - y|^2 *)
Definition squared_loss y q : R := \sum_i \sum_j (q i j - y i j) ^+ 2.

Lemma squared_loss_ge0 y q : 0 <= squared_loss y q.
Proof. by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; exact: sqr_ge0. Qed.

Lemma squared_loss_differentiable y q : differentiable (squared_loss y) q.
Proof.
have -> : squared_loss y =
    \sum_i \sum_j ((fun q : 'M[R]_(n.+1, k.+1) => q i j) - cst (y i j)) ^+ 2.
  apply/funext => q'; rewrite fct_sumE; apply: eq_bigr => i _.
  by rewrite fct_sumE; apply: eq_bigr => j _; rewrite !expr2.
apply: differentiable_sum => i; apply: differentiable_sum => j.
apply: (@differentiableX _ _ _ 1).
by apply: differentiableB; [exact: differentiable_coord|exact: differentiable_cst].
Qed.

(* The square is convex: the two sides of Jensen's inequality differ by t (1 - t) (a - b)^2. *)
Lemma square_convex (a b t : R) : 0 <= t -> t <= 1 ->
  (t * a + (1 - t) * b) ^+ 2 <= t * a ^+ 2 + (1 - t) * b ^+ 2.
Proof.
move=> t0 t1; rewrite -subr_ge0.
have -> : t * a ^+ 2 + (1 - t) * b ^+ 2 - (t * a + (1 - t) * b) ^+ 2 =
    t * (1 - t) * (a - b) ^+ 2 by polynomial_identity.
by apply: mulr_ge0; rewrite ?sqr_ge0// mulr_ge0// subr_ge0.
Qed.

Lemma squared_loss_convex y : convex (squared_loss y).
Proof.
move=> a b t t0 t1; rewrite /squared_loss !mulr_sumr -big_split/=; apply: ler_sum => i _.
rewrite !mulr_sumr -big_split/=; apply: ler_sum => j _.
apply: le_trans (square_convex _ _ t0 t1); rewrite !mxE le_eqVlt; apply/orP; left; apply/eqP.
by congr (_ ^+ 2); polynomial_identity.
Qed.

(* Assumption 1 holds for the squared loss, whatever the targets y_i. *)
Lemma squared_loss_assumption1 m (y : 'I_m -> 'M[R]_(n.+1, k.+1)) :
  assumption1 (fun i => squared_loss (y i)).
Proof.
by move=> i; split=> [q|]; [exact: squared_loss_differentiable|exact: squared_loss_convex].
Qed.

End squared_loss.
