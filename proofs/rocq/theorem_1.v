(* TODO *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_2.

Section proof.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation partial := (partial f).
Local Notation Omega := (Omega x f).
Local Notation assumption1 := (assumption1 l).
Local Notation assumption2 := (assumption2 x f).
Local Notation positive_weights := (positive_weights lambda).
Local Notation critical_point := (critical_point x lambda l f).
Local Notation basis_model_at := (basis_model_at f).

(* A predictor at which the directional derivative of the risk towards every
   competitor vanishes is optimal. *)
Lemma risk_min (h0 h : X -> Y) : positive_weights -> assumption1 ->
  \sum_i lambda i * 'd (l i) (h0 (x i)) (h (x i) - h0 (x i)) = 0 ->
  risk h0 <= risk h.
Proof.
move=> lpos A1 st; rewrite -subr_ge0 -st /risk -sumrB; apply: ler_sum => i _.
rewrite -mulrBr ler_pmul2l// ler_subr_addl -deriveE; last exact: (A1 i).1.
by apply: gradient_inequality; [exact: (A1 i).2|exact: (A1 i).1].
Qed.

Lemma stat_sum (I : finType) (y : 'I_m -> Y)
    (D : I -> 'I_m -> Y) (c : I -> R) :
  (forall k, \sum_i lambda i * 'd (l i) (y i) (D k i) = 0) ->
  \sum_i lambda i * 'd (l i) (y i) (\sum_k c k *: D k i) = 0.
Proof.
move=> D0; under eq_bigr do rewrite linear_sum mulr_sumr.
rewrite exchange_big big1// => k _.
under eq_bigr do rewrite linearZ /= mulrCA.
by rewrite -mulr_sumr D0 mulr0.
Qed.

Theorem theorem_1_min th : positive_weights -> assumption1 -> assumption2 ->
  ~ Omega th -> critical_point th ->
  is_min [set risk (basis_model_at th alpha) | alpha in setT] (L th).
Proof.
move=> lpos A1 [g gE] nO crit.
have fE i : f (x i) th = basis_model_at th (g th) (x i) by exact: gE.
split; first by exists (g th) => //; apply: eq_bigr => i _; rewrite fE.
move=> _ [alpha _ <-]; apply: risk_min => //.
pose c k := alpha k - g th k.
have hE i : basis_model_at th alpha (x i) - f (x i) th =
    \sum_k c k *: partial k (x i) th.
  by rewrite fE -sumrB; apply: eq_bigr => k _; rewrite scalerBl.
under eq_bigr do rewrite hE.
exact: stat_sum (lemma_2 A1 nO crit).
Qed.

Theorem theorem_1 th : positive_weights -> assumption1 -> assumption2 ->
  ~ Omega th -> critical_point th ->
  (L th)%:E = ereal_inf [set (risk (basis_model_at th alpha))%:E | alpha in setT].
Proof.
move=> lpos A1 A2 nO crit.
by rewrite -(is_min_ereal_inf (theorem_1_min lpos A1 A2 nO crit)) image_comp.
Qed.


End proof.
