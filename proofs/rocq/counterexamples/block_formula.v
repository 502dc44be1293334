(* The block formula printed in section A.5 of the paper is false.

   After a permutation with {1..dy} in every J^(l), A.5 writes W^(l) = [A C; xi B] with a block A
   of size dy x dy, and states for l = t..H
     f = A^(H+1) ... A^(l+2) [A^(l+1) C^(l+1)] h^(l) + phi^(l),
     phi^(l) = sum_(l'=l)^(H-1) A^(H+1) ... A^(l'+3) C^(l'+2) h~^(l'+1),
     h~^(t+1) = sigma([xi B] h^(t)),   h~^(l) = sigma(B^(l) h~^(l-1)) for l >= t+2.
   This needs xi^(l) = 0. Condition 3 does not give it where J^(l) has more than dy units.

   - `printed_formula_false`: the 1-2-2-1 network with all weights 1 and sigma = id, where
     J^(1) = J^(2) = {1, 2}: f = 4, and the formula gives 3 at l = 0 and at l = 1.
   - `printed_perturbation`: so the perturbations of A.5 need not lie in V. With
     W^(3) = [0 1] and ones elsewhere, A^(3) A^(2) = 0, but adding eps b to the first row of W^(1)
     changes f = 2 x to (2 + eps b) x.

   With blocks of |J^(l)| x |J^(l-1)| the formula is right, and Theorem 4 is true
   (theorem_4/theorem_4.v). Layers are counted from t + 1 here: layer l is the paper's t + 1 + l,
   and the hidden layers are l = 0..s. *)
From everymin Require Import prelude polynomial_identity.

Section blocks.
Context {R : realType}.
(* dy; layer l has dy + e l units; the input is h^(t), in R^n. *)
Variables (dy n s : nat) (e : nat -> nat).
Local Notation d l := (dy + e l)%N.
Variable sigma : forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
(* V takes the input to layer 0, and W l takes layer l to layer l + 1. *)
Implicit Types (V : 'M[R]_(d 0, n)) (W : forall l, 'M[R]_(d l.+1, d l)) (x : 'cV[R]_n).

Fixpoint hidden V W x l : 'cV[R]_(d l) :=
  if l is l'.+1 then sigma (W l' *m hidden V W x l') else sigma (V *m x).
(* The output layer s + 1 has no units but the dy outputs, see [claim]. *)
Definition output V W x : 'cV[R]_dy := usubmx (W s *m hidden V W x s).

(* h~; as sigma is coordinatewise, what stands at the other units does not matter *)
Fixpoint others V W x l : 'cV[R]_(e l) :=
  dsubmx (sigma (col_mx (0 : 'cV[R]_dy)
    (if l is l'.+1 then drsubmx (W l') *m others V W x l' else dsubmx V *m x))).

(* A_(l+k-1) ... A_l, and A_s ... A_l *)
Fixpoint product W k l : 'M[R]_dy :=
  if k is k'.+1 then product W k' l.+1 *m ulsubmx (W l) else 1%:M.
Definition product_to_output W l := product W (s.+1 - l) l.

Definition phi V W x l : 'cV[R]_dy :=
  \sum_(l <= k < s) product_to_output W k.+2 *m ursubmx (W k.+1) *m others V W x k.+1.

(* The formula for the hidden layer l, and for h^(t). *)
Definition formula V W x l : 'cV[R]_dy :=
  product_to_output W l.+1 *m (usubmx (W l) *m hidden V W x l) + phi V W x l.
Definition formula_lowest V W x : 'cV[R]_dy :=
  product_to_output W 0 *m (usubmx V *m x) +
  product_to_output W 1 *m ursubmx (W 0%N) *m others V W x 0 + phi V W x 0.

(* What A.5 has: sigma is coordinatewise, {1..dy} in J, and conditions 1-3 (condition 2 for all
   parameters, though it is required near theta only). *)
Definition coordinatewise := forall l (z z' : 'cV[R]_(d l)) k,
  z k 0 = z' k 0 -> sigma z k 0 = sigma z' k 0.
Definition partial_linear_structure x V W (J : forall l, {set 'I_(d l)}) :=
  [/\ forall l, (l <= s)%N -> forall k : 'I_dy, lshift (e l) k \in J l,
      forall V' W' k, k \in J 0%N -> hidden V' W' x 0 k 0 = (V' *m x) k 0,
      forall V' W' l, (l < s)%N -> forall k, k \in J l.+1 ->
        hidden V' W' x l.+1 k 0 = (W' l *m hidden V' W' x l) k 0 &
      forall l, (l < s)%N -> forall i j, i \notin J l.+1 -> j \in J l -> W l i j = 0].

End blocks.

(* The printed claim. *)
Definition claim (R : realType) :=
  forall (dy n s : nat) e (sigma : forall l, 'cV[R]_(dy + e l) -> _) (x : 'cV[R]_n) V W J,
  e s.+1 = 0%N -> coordinatewise sigma -> partial_linear_structure s sigma x V W J ->
  (forall l, (l <= s)%N -> output s sigma V W x = formula s sigma V W x l) /\
  output s sigma V W x = formula_lowest s sigma V W x.

Section example.
Context {R : realType}.
Implicit Type a : R.

(* The widths 2, 2, 1 = 1 + e l of the layers above the input, and sigma = id. *)
Definition extra (l : nat) : nat := (l <= 1)%N.
Local Notation d l := (1 + extra l)%N.
Definition identity l (z : 'cV[R]_(d l)) := z.
Definition ones_input : 'M[R]_(d 0, 1) := const_mx 1.
Definition ones l : 'M[R]_(d l.+1, d l) := const_mx 1.

Lemma mul_const q r t a b :
  (const_mx a : 'M[R]_(q, r)) *m (const_mx b : 'M_(r, t)) = const_mx (r%:R * (a * b)).
Proof.
apply/matrixP => i j; rewrite !mxE; under eq_bigr do rewrite !mxE.
by rewrite sumr_const card_ord mulr_natl.
Qed.

Lemma submatrices q q' r r' a : let M : 'M[R]_(q + q', r + r') := const_mx a in
  [/\ ulsubmx M = const_mx a, ursubmx M = const_mx a, dlsubmx M = const_mx a &
      drsubmx M = const_mx a].
Proof. by split; apply/matrixP => i j; rewrite !mxE. Qed.

Lemma usub_const q q' r a : usubmx (const_mx a : 'M[R]_(q + q', r)) = const_mx a.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma dsub_const q q' r a : dsubmx (const_mx a : 'M[R]_(q + q', r)) = const_mx a.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.

Local Notation x := (const_mx 1 : 'cV[R]_1).

Lemma output_4 : output 1 identity ones_input ones x = const_mx 4%:R.
Proof.
rewrite /output /= /identity /ones /ones_input !mul_const usub_const; congr const_mx.
by rewrite /extra /=; polynomial_identity.
Qed.

Lemma hidden_0 : hidden identity ones_input ones x 0 = const_mx 1.
Proof. by rewrite /= /identity /ones_input !mul_const; congr const_mx; polynomial_identity. Qed.

Lemma others_0 : others identity ones_input ones x 0 = const_mx 1.
Proof.
rewrite /= /identity col_mxKd /ones_input dsub_const mul_const; congr const_mx.
by polynomial_identity.
Qed.

Lemma others_1 : others identity ones_input ones x 1 = const_mx 1.
Proof.
transitivity (drsubmx (ones 0) *m others identity ones_input ones x 0).
  by rewrite [LHS]/= /identity col_mxKd.
have [_ _ _ ->] := submatrices 1 (extra 1) 1 (extra 0) 1.
by rewrite others_0 mul_const; congr const_mx; polynomial_identity.
Qed.

(* The formula at the paper's l = 1 and l = 0. *)
Lemma formula_3 : formula 1 identity ones_input ones x 0 = const_mx 3%:R.
Proof.
rewrite /formula /phi hidden_0 big_nat1 others_1 /product_to_output /= !mul1mx.
have [-> -> _ _] := submatrices 1 (extra 2) 1 (extra 1) 1.
rewrite /ones usub_const !mul_const; apply/matrixP => i j; rewrite !mxE.
by rewrite /extra /=; polynomial_identity.
Qed.

Lemma formula_lowest_3 : formula_lowest 1 identity ones_input ones x = const_mx 3%:R.
Proof.
rewrite /formula_lowest /phi big_nat1 others_0 others_1 /product_to_output /= !mul1mx.
have [-> -> _ _] := submatrices 1 (extra 2) 1 (extra 1) 1.
have [-> -> _ _] := submatrices 1 (extra 1) 1 (extra 0) 1.
rewrite /ones_input usub_const !mul_const; apply/matrixP => i j; rewrite !mxE.
by rewrite /extra /=; polynomial_identity.
Qed.

(* With sigma = id, the sets of all units satisfy the conditions for any weights. *)
Lemma example_structure V W :
  partial_linear_structure 1 identity x V W (fun l => [set: 'I_(d l)]%SET).
Proof. by split=> // l _ i j; rewrite inE. Qed.

Theorem printed_formula_false : ~ claim R.
Proof.
move=> /(_ 1%N 1%N 1%N extra identity x ones_input ones _ erefl _ (example_structure _ _))[] //.
move=> _; rewrite output_4 formula_lowest_3 => /matrixP/(_ 0 0); rewrite !mxE => /eqP.
by rewrite eqr_nat.
Qed.

(* The same at the paper's l = 1. *)
Theorem printed_formula_false_1 :
  output 1 identity ones_input ones x <> formula 1 identity ones_input ones x 0.
Proof.
by rewrite output_4 formula_3 => /matrixP/(_ 0 0); rewrite !mxE => /eqP; rewrite eqr_nat.
Qed.

(* W^(3) = [0 1], the other weights 1 *)
Definition last_unit l : 'M[R]_(d l.+1, d l) :=
  if l == 1%N then row_mx 0 (const_mx 1) else const_mx 1.
(* W^(1) with eps b added to its first row, as R^(1) + eps a_1 b^T with a_1 = 1 *)
Definition perturbed_input (t : R) : 'M[R]_(d 0, 1) :=
  ones_input + col_mx (const_mx t) 0.

(* a_1 = 1 is in the null space of A^(3) A^(2), and yet f changes. *)
Theorem printed_perturbation t :
  product_to_output 1 last_unit 0 = 0 /\
  output 1 identity (perturbed_input t) last_unit x = const_mx (2%:R + t).
Proof.
have W0 : last_unit 0 = const_mx 1 by [].
have W1 : last_unit 1 = row_mx 0 (const_mx 1) by [].
split.
  rewrite /product_to_output /= mul1mx W1.
  have -> : ulsubmx (row_mx 0 (const_mx 1) : 'M[R]_(1 + extra 2, 1 + extra 1)) = 0.
    by apply/matrixP => i j; rewrite !mxE; case: splitP => // k; rewrite ?mxE//= (ord1 j).
  by rewrite mul0mx.
have V1 : last_unit 0 *m (perturbed_input t *m x) = const_mx (2%:R + t).
  rewrite W0 /perturbed_input mulmxDl mulmxDr /ones_input !mul_const mul_col_mx mul0mx.
  rewrite mul_const; apply/matrixP => i j; rewrite [LHS]mxE [X in X + _]mxE [X in _ + X]mxE.
  rewrite big_split_ord/= big_ord1 col_mxEu big1 => [|k _]; last by rewrite col_mxEd !mxE mulr0.
  by rewrite !mxE /extra /=; polynomial_identity.
have -> : output 1 identity (perturbed_input t) last_unit x =
    usubmx (last_unit 1 *m (last_unit 0 *m (perturbed_input t *m x))) by [].
rewrite V1 W1; apply/matrixP => i j; rewrite !mxE big_split_ord/= big_ord1.
rewrite row_mxEl mxE mul0r add0r (eq_bigr (fun=> 2%:R + t)) => [|k _].
  by rewrite sumr_const card_ord.
by rewrite row_mxEr !mxE mul1r.
Qed.

End example.
