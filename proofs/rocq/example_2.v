(* Example 2 (section 3.2.2 of the paper, with footnote 1): overparameterized
   networks.

   f(x; W) = W phi(x; u), where phi is the output of H hidden layers of n >= m
   rectified linear units and u collects their weights. The inputs are
   x_i = [x_i^raw; 1] with |x_i^raw| = 1 and x_i^raw . x_i'^raw < 1 - delta.

   Proved:
   - `footnote_1`: the weights of footnote 1 make [phi(x_i; u)]_i of rank m. Their
     diagonals are positive in the layers above the first; the paper asks only that
     they are not 0, which is not enough (counterexamples/example_2_sign.v);
   - `independent_weights`: so some u does;
   - `example_2`: for every such u, every critical point W is a global minimum over
     all (W, u), and L is there the infimum over all predictions f_1, ..., f_m. *)
From everymin Require Import prelude numbering calculus minimum euclidean setting example_1.
From everymin Require Import overparameterized.

(* The rectifier, entry by entry. *)
Definition relu {R : realType} {q r} (z : 'M[R]_(q, r)) : 'M[R]_(q, r) :=
  map_mx (Num.max 0) z.

Section hidden_layers.
Context {R : realType}.
Variables dx n r : nat.       (* raw inputs in R^dx, r.+1 hidden layers of n units *)

(* u: the weights of the first hidden layer, and of the r layers above it *)
Definition hidden_weights : Type := 'M[R]_(n, dx + 1) * r.-tuple 'M[R]_n.

(* phi(a; u), the output of the last hidden layer *)
Definition phi (u : hidden_weights) (a : 'cV[R]_(dx + 1)) : 'cV[R]_n :=
  foldl (fun h U => relu (U *m h)) (relu (u.1 *m a)) u.2.

Variables (m : nat) (raw : 'I_m -> 'rV[R]_dx).

(* x_i = [x_i^raw, 1]^T *)
Definition with_bias i : 'cV[R]_(dx + 1) := (row_mx (raw i) 1%:M)^T.

(* the n x m matrix [phi(x_i; u)]_i *)
Definition features u : 'M[R]_(n, m) := \matrix_(j, i) phi u (with_bias i) j 0.

(* |x_i^raw| = 1, and x_i^raw . x_i'^raw < 1 - delta for i <> i' *)
Definition normalized := forall i, norm2 (raw i) = 1.
Definition separated (delta : R) :=
  forall i i', i != i' -> (raw i *m (raw i')^T) 0 0 < 1 - delta.

(* Footnote 1. Row i <= m of the first layer is [x_i^raw, eps - 1]. *)
Definition first_layer_of (mn : (m <= n)%N) (eps : R) (U : 'M[R]_(n, dx + 1)) :=
  forall i, row (widen_ord mn i) U = row_mx (raw i) (eps - 1)%:M.

(* The layers above it are diagonal, with the sign that the paper should ask for. *)
Definition positive_diagonal (U : 'M[R]_n) :=
  forall j, 0 < U j j /\ forall j', j' != j -> U j' j = 0.

(* Among the first m units, unit i alone is not 0, and it is positive. *)
Definition own_unit (mn : (m <= n)%N) i (h : 'cV[R]_n) :=
  forall i', let a := h (widen_ord mn i') 0 in if i' == i then 0 < a else a == 0.

Section footnote_1.
Variables (mn : (m <= n)%N) (delta eps : R).
Hypotheses (norm1 : normalized) (sep : separated delta).
Hypotheses (eps_gt0 : 0 < eps) (eps_le : eps <= delta).

Lemma first_preactivation U i i' : first_layer_of mn eps U ->
  (U *m with_bias i) (widen_ord mn i') 0 = (raw i' *m (raw i)^T) 0 0 + (eps - 1).
Proof.
move=> rowU; transitivity (row (widen_ord mn i') (U *m with_bias i) 0 0); first by rewrite [RHS]mxE.
by rewrite row_mul rowU /with_bias tr_row_mx mul_row_col trmx1 mulmx1 mxE [X in _ + X]mxE eqxx.
Qed.

Lemma raw_square i : (raw i *m (raw i)^T) 0 0 = 1.
Proof.
have := norm1 i; rewrite /norm2 => /(congr1 (fun s => s ^+ 2)).
rewrite sqr_sqrtr ?expr1n => [<-|]; last by apply: sumr_ge0 => k _; exact: sqr_ge0.
by rewrite mxE; apply: eq_bigr => k _; rewrite mxE expr2.
Qed.

(* The first layer: preactivation eps at the own unit, at most 0 at the others. *)
Lemma first_own_unit U i : first_layer_of mn eps U ->
  own_unit mn i (relu (U *m with_bias i)).
Proof.
move=> rowU i'; rewrite /= mxE first_preactivation//.
have [->|ii'] := eqVneq; first by rewrite raw_square addrCA subrr addr0 lt_maxr eps_gt0 orbT.
apply/eqP/max_l; rewrite addrA subr_le0 -ler_subr_addr ltW//.
by apply: lt_le_trans (sep ii') _; rewrite ler_sub.
Qed.

(* Every further layer keeps this. *)
Lemma next_own_unit U i h : positive_diagonal U -> own_unit mn i h ->
  own_unit mn i (relu (U *m h)).
Proof.
move=> diag own i'; rewrite /= !mxE.
have [Uii _] := diag (widen_ord mn i').
rewrite (bigD1 (widen_ord mn i'))//= big1 ?addr0 => [|j jj]; last first.
  by have [_ ->] := diag j; rewrite ?mul0r// eq_sym.
have := own i'; rewrite /=; case: eqP => _ h0; last by rewrite (eqP h0) mulr0 maxxx.
by rewrite lt_maxr mulr_gt0 ?orbT.
Qed.

Lemma phi_own_unit (u : hidden_weights) i : first_layer_of mn eps u.1 ->
  (forall U, U \in tval u.2 -> positive_diagonal U) ->
  own_unit mn i (phi u (with_bias i)).
Proof.
move=> rowU diag; have := first_own_unit i rowU; rewrite /phi.
elim: (tval u.2) (relu _) diag => //= U Us IH h diag own; apply: IH => [U' U'Us|].
  by apply: diag; rewrite inE U'Us orbT.
by apply: next_own_unit => //; apply: diag; rewrite mem_head.
Qed.

(* Footnote 1: with these weights the features of x_1, ..., x_m are independent. *)
Theorem footnote_1 (u : hidden_weights) : first_layer_of mn eps u.1 ->
  (forall U, U \in tval u.2 -> positive_diagonal U) -> \rank (features u) = m.
Proof.
move=> rowU diag; apply/eqP; rewrite -/(row_full _); apply/row_fullP.
exists (\matrix_(i, j) ((j == widen_ord mn i)%:R / features u (widen_ord mn i) i)).
apply/matrixP => i i'; rewrite !mxE (bigD1 (widen_ord mn i))//= big1 ?addr0; last first.
  by move=> j /negbTE ji; rewrite !mxE ji !mul0r.
have := phi_own_unit i' rowU diag i; rewrite !mxE eqxx mul1r /=.
case: eqP => [->|_ /eqP ->]; last by rewrite mulr0.
by move=> h0; rewrite mulVf// gt_eqF.
Qed.

End footnote_1.

(* Such weights exist. *)
Theorem independent_weights delta : (m <= n)%N -> normalized ->
  0 < delta -> separated delta -> exists u, \rank (features u) = m.
Proof.
move=> mn norm1 delta_gt0 sep.
pose U : 'M[R]_(n, dx + 1) := \matrix_(j, k)
  if insub (j : nat) is Some i then row_mx (raw i) (delta - 1)%:M 0 k else 0.
exists (U, nseq_tuple r 1%:M); apply: (footnote_1 (mn := mn) norm1 sep delta_gt0) => //=.
  by move=> i; apply/rowP => k; rewrite mxE mxE /= (valK i).
by move=> _ /nseqP[-> _] j; split=> [|j' /negbTE jj]; rewrite mxE ?eqxx ?jj ?ltr01.
Qed.

End hidden_layers.

Section example_2.
Context {R : realType} {m p d dx n r : nat}.     (* dth = p.+1, dy = d.+1 *)
Variable raw : 'I_m -> 'rV[R]_dx.
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_d.+1 -> R).

(* theta = vec W, in some order *)
Variables (enc : 'I_d.+1 * 'I_n -> 'I_p.+1) (dec : 'I_p.+1 -> 'I_d.+1 * 'I_n).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th : 'rV[R]_p.+1) (u : @hidden_weights R dx n r).

Definition output_weight th : 'M[R]_(d.+1, n) := \matrix_(c, j) th 0 (enc (c, j)).

(* f(a; theta) = W phi(a; u) *)
Definition network u (a : 'cV[R]_(dx + 1)) th : 'cV[R]_d.+1 := output_weight th *m phi u a.

Local Notation x := (with_bias raw).
Local Notation L u := (L x lambda l (network u)).
Local Notation L_at u th alpha := (risk x lambda l (basis_model_at (network u) th alpha)).

(* It is a basis function model: its features are the E_cj phi(a; u). *)
Lemma network_basis u : network u = basis_function_model (fun k a =>
  delta_mx (dec k).1 (dec k).2 *m phi u a : 'cV[R]_d.+1).
Proof.
apply/funext => a; apply/funext => th; rewrite /network (matrix_sum_delta (output_weight th)).
rewrite pair_bigA mulmx_suml /basis_function_model (reindex enc) /=; last first.
  by exists dec => k _.
by apply: eq_bigr => -[c j] _; rewrite encK mxE scalemxAl.
Qed.

(* If the features are independent, every f_1, ..., f_m are the predictions of some W. *)
Lemma network_interpolates u (t : 'I_m -> 'cV[R]_d.+1) : \rank (features raw u) = m ->
  exists th, forall i, network u (x i) th = t i.
Proof.
move=> rk; have /row_fullP[B BF] : row_full (features raw u) by rewrite /row_full rk.
pose W := (\matrix_(c, i) t i c 0) *m B.
exists (\row_k W (dec k).1 (dec k).2) => i.
rewrite /network; have -> : output_weight (\row_k W (dec k).1 (dec k).2) = W.
  by apply/matrixP => c j; rewrite !mxE encK.
have <- : col i (features raw u) = phi u (x i) by apply/colP => j; rewrite !mxE.
rewrite /W colE mulmxA -(mulmxA _ B) BF mulmx1 -colE.
by apply/colP => c; rewrite !mxE.
Qed.

Lemma network_values u : \rank (features raw u) = m ->
  [set L u th | th in setT] = prediction_values lambda l.
Proof.
move=> rk; apply/seteqP; split=> [_ [th _ <-]|_ [t _ <-]].
  by exists (fun i => network u (x i) th).
have [th thE] := network_interpolates t rk.
by exists th => //; apply: eq_bigr => i _; rewrite thE.
Qed.

(* Then the gradient basis model at any W has the infimum over all predictions. *)
Theorem example_2_inf u th : \rank (features raw u) = m ->
  ereal_inf (EFin @` [set L_at u th alpha | alpha in setT]) =
  ereal_inf (EFin @` prediction_values lambda l).
Proof. by move=> rk; rewrite -(network_values rk) network_basis -example_1_inf. Qed.

(* Every critical W is a minimum over all predictions ... *)
Theorem example_2_min u th : nonnegative_weights lambda -> assumption1 l ->
  \rank (features raw u) = m -> critical_point x lambda l (network u) th ->
  is_min (prediction_values lambda l) (L u th).
Proof.
by move=> lnneg A1 rk; rewrite -(network_values rk) network_basis; exact: example_1_min.
Qed.

Theorem example_2 u th : positive_weights lambda -> assumption1 l ->
  \rank (features raw u) = m -> critical_point x lambda l (network u) th ->
  (L u th)%:E = ereal_inf (EFin @` prediction_values lambda l).
Proof.
by move=> lpos A1 rk crit; rewrite (is_min_ereal_inf (example_2_min lpos A1 rk crit)).
Qed.

(* ... and so a global minimum over all (W, u). *)
Theorem example_2_global u th : nonnegative_weights lambda -> assumption1 l ->
  \rank (features raw u) = m -> critical_point x lambda l (network u) th ->
  forall u' th', L u th <= L u' th'.
Proof.
move=> lnneg A1 rk crit u' th'; have [_ lb] := example_2_min lnneg A1 rk crit.
by apply: lb; exists (fun i => network u' (x i) th').
Qed.

End example_2.

(* A numbering of the entries of W exists if there are dth = dy n of them. *)
Lemma weight_numbering p d n : p.+1 = (d.+1 * n)%N ->
  exists (enc : 'I_d.+1 * 'I_n -> 'I_p.+1) dec, cancel enc dec /\ cancel dec enc.
Proof.
move=> E; apply: (@numbering_exists [finType of 'I_d.+1 * 'I_n]).
by rewrite card_prod !card_ord.
Qed.
