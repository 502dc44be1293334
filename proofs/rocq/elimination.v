(* Elimination of local minima (Kawaguchi and Kaelbling, AISTATS 2020, arXiv 1901.00279). To a model
   f(x; theta) are added dy exponential units, g_k(x) = a_k exp(w_k . x + b_k), and to the
   objective the penalty mu |a|^2:
     L~(theta, a, b, W) = sum_i lambda_i l_i(f(x_i; theta) + g(x_i)) + mu |a|^2,   mu > 0.

   Proved (our derivation, D1-D3):
   - `elimination_identity`: a_k dL~/da_k - dL~/db_k = 2 mu a_k^2, for any f and any
     differentiable losses. So a = 0 at every critical point (`elimination_critical`);
   - `elimination_gradients`: at a local minimum, a = 0, and the gradients of the samples
     with the same input add up to 0;
   - `elimination`: for convex losses, (theta, a, b, W) is a local minimum of L~ if and only if
     a = 0 and L(theta) is the least value over all functions from inputs to outputs.
   Nothing is asked of f as a function of theta, which ranges over any normed space. *)
From everymin Require Import prelude calculus polynomial_identity minimum euclidean exponentials.
From everymin Require Import setting lemma_2 theorem_1.
From mathcomp.analysis Require Import sequences exp.

Section elimination.
Context {R : realType} {m e d : nat} {T : normedModType R}.   (* dx = e.+1, dy = d.+1 *)
Local Notation dx := e.+1.
Local Notation dy := d.+1.
Variable x : 'I_m -> 'rV[R]_dx.
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'rV[R]_dy -> R).
Variable f : 'rV[R]_dx -> T -> 'rV[R]_dy.
Variable mu : R.
Implicit Types (th : T) (a b : 'rV[R]_dy) (W : 'M[R]_(dx, dy)).

(* g(x; a, b, W), with w_k the k-th column of W *)
Definition exponential_units (t : 'rV[R]_dx) a b W : 'rV[R]_dy :=
  \row_k (a 0 k * expR ((t *m W) 0 k + b 0 k)).

(* f~ = f + g *)
Definition extended_model th a b W t := f t th + exponential_units t a b W.

(* L~ *)
Definition extended_objective th a b W : R :=
  risk x lambda l (extended_model th a b W) + mu * norm2 a ^+ 2.

(* L *)
Local Notation L th := (risk x lambda l (f^~ th)).

(* the derivatives of L~ in a_k and in b_k *)
Definition partial_a k th a b W : R :=
  'D_(basis_vector k) (fun a' => extended_objective th a' b W) a.
Definition partial_b k th a b W : R :=
  'D_(basis_vector k) (fun b' => extended_objective th a b' W) b.

(* L~ as a function of the whole parameter *)
Definition parameters := [normedModType R of T * 'rV[R]_dy * 'rV[R]_dy * 'M[R]_(dx, dy)].
Definition whole_objective (w : parameters) : R :=
  extended_objective w.1.1.1 w.1.1.2 w.1.2 w.2.

Hypothesis l_differentiable : differentiable_losses l.

Lemma derive_constant (Z : normedModType R) (c : Z) (a v : 'rV[R]_dy) : 'D_v (fun=> c) a = 0.
Proof. by apply: derive_affine => h; rewrite scaler0 addr0. Qed.

Lemma norm2_square a : norm2 a ^+ 2 = \sum_k a 0 k ^+ 2.
Proof. by rewrite sqr_sqrtr//; apply: sumr_ge0 => k _; exact: sqr_ge0. Qed.

(* The derivatives of g_k: that in a_k, and that in b_k. *)
Lemma units_a_differentiable t a b W : differentiable (fun a => exponential_units t a b W) a.
Proof.
rewrite (_ : (fun a => _) = \sum_k (fun a : 'rV[R]_dy =>
  a 0 k *: (expR ((t *m W) 0 k + b 0 k) *: delta_mx 0 k))).
  by apply: differentiable_sum => k; apply: differentiableZl; exact: differentiable_coord.
apply/funext => a'; rewrite fct_sumE [LHS]row_sum_delta; apply: eq_bigr => k _.
by rewrite mxE scalerA.
Qed.

Lemma units_b_differentiable t a b W : differentiable (fun b => exponential_units t a b W) b.
Proof.
rewrite (_ : (fun b => _) = \sum_k (fun b : 'rV[R]_dy =>
  expR ((t *m W) 0 k + b 0 k) *: (a 0 k *: delta_mx 0 k))).
  apply: differentiable_sum => k; apply: differentiableZl.
  apply: (@differentiable_comp _ _ _ _ (fun b : 'rV[R]_dy => (t *m W) 0 k + b 0 k) expR).
    by apply: differentiableD => //; exact: differentiable_coord.
  by apply/derivable1_diffP; exact: derivable_expR.
apply/funext => b'; rewrite fct_sumE [LHS]row_sum_delta; apply: eq_bigr => k _.
by rewrite mxE mulrC scalerA.
Qed.

Lemma units_a_derivative t a b W k : 'D_(basis_vector k) (fun a => exponential_units t a b W) a =
  expR ((t *m W) 0 k + b 0 k) *: delta_mx 0 k.
Proof.
apply: derive_affine => h; apply/rowP => j; rewrite !mxE eqxx/=.
have [->|_] := eqVneq; first by rewrite !mulr1 mulrDl addrC.
by rewrite !mulr0 add0r addr0.
Qed.

Lemma units_b_derivative t a b W k : 'D_(basis_vector k) (fun b => exponential_units t a b W) b =
  (a 0 k * expR ((t *m W) 0 k + b 0 k)) *: delta_mx 0 k.
Proof.
apply: derive_exponential => h; apply/rowP => j; rewrite !mxE eqxx/=.
have [->|_] := eqVneq; last by rewrite !mulr0 addr0 add0r.
by rewrite !mulr1 addrCA expRD mulrBl mul1r addrCA subrr addr0 mulrCA.
Qed.

Lemma penalty_differentiable a : differentiable (fun a => mu * norm2 a ^+ 2) a.
Proof.
rewrite (_ : (fun a => _) = mu *: \sum_k (fun a : 'rV[R]_dy => a 0 k * a 0 k)).
  apply: differentiableZ; apply: differentiable_sum => k.
  by apply: differentiableM; exact: differentiable_coord.
by apply/funext => a'; rewrite norm2_square -[RHS]/(mu * _) fct_sumE.
Qed.

Lemma penalty_derivative a k : 'D_(basis_vector k) (fun a => mu * norm2 a ^+ 2) a =
  2%:R * mu * a 0 k.
Proof.
apply: (derive_quadratic (d := mu)) => h; rewrite !norm2_square !(bigD1 k (P := xpredT))//=.
rewrite (eq_bigr (fun j => a 0 j ^+ 2)) => [|j /negbTE jk]; last first.
  by rewrite !mxE jk mulr0 add0r.
rewrite !mxE !eqxx mulr1; move: (\sum_(_ | _) _) => s.
rewrite -[h *: _]/(h * _) -[h ^+ 2 *: _]/(h ^+ 2 * _); polynomial_identity.
Qed.

(* The chain rule for sum_i lambda_i l_i o G_i. *)
Lemma risk_derivative (G : 'I_m -> 'rV[R]_dy -> 'rV[R]_dy) a v :
  (forall i, differentiable (G i) a) ->
  differentiable (fun a => \sum_i lambda i * l i (G i a)) a /\
  'D_v (fun a => \sum_i lambda i * l i (G i a)) a =
  \sum_i lambda i * 'd (l i) (G i a) ('D_v (G i) a).
Proof.
move=> dG; have nO : ~ Omega id G a by move=> [i].
split; first exact: (@L_differentiable _ _ _ _ _ id lambda l G a l_differentiable nO).
exact: (@L_derive _ _ _ _ _ id lambda l G a v l_differentiable nO).
Qed.

(* the factor of dl_i(f~_i) e_k in the derivatives along a_k and b_k *)
Local Notation growth i k b W := (expR ((x i *m W) 0 k + b 0 k)).
(* sum_i lambda_i (dl_i(f~_i) e_k) exp(w_k . x_i + b_k) *)
Definition weighted_slope k th a b W : R :=
  \sum_i lambda i * 'd (l i) (extended_model th a b W (x i)) (delta_mx 0 k) * growth i k b W.

Lemma objective_a k th a b W :
  differentiable (fun a => extended_objective th a b W) a /\
  partial_a k th a b W = weighted_slope k th a b W + 2%:R * mu * a 0 k.
Proof.
pose G i a := extended_model th a b W (x i).
have dG i : differentiable (G i) a.
  by apply: differentiableD => //; exact: units_a_differentiable.
have [dr Dr] := risk_derivative (basis_vector k) dG.
have dp := penalty_differentiable a.
split; first exact: differentiableD.
rewrite /partial_a deriveD; [|exact: diff_derivable|exact: diff_derivable].
rewrite penalty_derivative Dr; congr (_ + _); apply: eq_bigr => i _.
rewrite deriveD; [|exact: diff_derivable|exact/diff_derivable/units_a_differentiable].
by rewrite derive_constant add0r units_a_derivative linearZ /= mulrCA mulrC.
Qed.

Lemma objective_b k th a b W :
  differentiable (fun b => extended_objective th a b W) b /\
  partial_b k th a b W = a 0 k * weighted_slope k th a b W.
Proof.
pose G i b := extended_model th a b W (x i).
have dG i : differentiable (G i) b.
  by apply: differentiableD => //; exact: units_b_differentiable.
have [dr Dr] := risk_derivative (basis_vector k) dG.
have dp : differentiable (fun _ : 'rV[R]_dy => mu * norm2 a ^+ 2) b by exact: differentiable_cst.
split; first exact: differentiableD.
rewrite /partial_b deriveD; [|exact: diff_derivable|exact: diff_derivable].
rewrite derive_constant addr0 Dr mulr_sumr; apply: eq_bigr => i _.
rewrite deriveD; [|exact: diff_derivable|exact/diff_derivable/units_b_differentiable].
rewrite derive_constant add0r units_b_derivative linearZ /= mulrCA -[LHS]mulrA.
by congr (_ * _); exact: mulrC.
Qed.

(* D1 *)
Theorem elimination_identity k th a b W :
  a 0 k * partial_a k th a b W - partial_b k th a b W = 2%:R * mu * a 0 k ^+ 2.
Proof.
have [_ ->] := objective_a k th a b W; have [_ ->] := objective_b k th a b W.
by move: (weighted_slope _ _ _ _ _) => s; polynomial_identity.
Qed.

Hypothesis mu_gt0 : 0 < mu.

(* Where the derivatives in a and b vanish, a = 0. *)
Theorem elimination_critical th a b W :
  (forall k, partial_a k th a b W = 0 /\ partial_b k th a b W = 0) -> a = 0.
Proof.
move=> crit; apply/rowP => k; have := elimination_identity k th a b W.
have [-> ->] := crit k; rewrite mulr0 subr0 mxE => /esym/eqP.
by rewrite 2!mulf_eq0 pnatr_eq0 (gt_eqF mu_gt0) sqrf_eq0 => /eqP.
Qed.

(* A local minimum of L~ is one in a, and in b. *)
Lemma local_min_a th a b W : local_min whole_objective (th, a, b, W) ->
  local_min (fun a' => extended_objective th a' b W) a.
Proof.
move=> /nbhs_ballP[r /= r_gt0 min]; apply/nbhs_ballP; exists r => //= a' aa'.
by apply: (min (th, a', b, W)); do !split => //=; exact: ballxx.
Qed.

Lemma local_min_b th a b W : local_min whole_objective (th, a, b, W) ->
  local_min (fun b' => extended_objective th a b' W) b.
Proof.
move=> /nbhs_ballP[r /= r_gt0 min]; apply/nbhs_ballP; exists r => //= b' bb'.
by apply: (min (th, a, b', W)); do !split => //=; exact: ballxx.
Qed.

(* At a local minimum a = 0, and the sums over all samples with exponential weights vanish. *)
Lemma local_min_slope k th a b W : local_min whole_objective (th, a, b, W) ->
  a = 0 /\ weighted_slope k th a b W = 0.
Proof.
move=> Lmin; have a0 : a = 0.
  apply: (elimination_critical (th := th) (b := b) (W := W)) => j; split.
    by apply: fermat (local_min_a Lmin) _; exact: (objective_a j th a b W).1.
  by apply: fermat (local_min_b Lmin) _; exact: (objective_b j th a b W).1.
split=> //; have [da Da] := objective_a k th a b W.
by rewrite -[RHS](fermat (basis_vector k) (local_min_a Lmin) da) [RHS]Da a0 mxE mulr0 addr0.
Qed.

Lemma units_0 t b W : exponential_units t 0 b W = 0.
Proof. by apply/rowP => k; rewrite !mxE mul0r. Qed.

Lemma objective_0 th b W : extended_objective th 0 b W = L th.
Proof.
rewrite /extended_objective norm2_square big1 ?mulr0 ?addr0 => [|k _].
  by apply: eq_bigr => i _; rewrite /extended_model units_0 addr0.
by rewrite mxE expr0n.
Qed.

(* D2: at a local minimum a = 0, and for every input z the gradients of the samples with
   x_i = z add up to 0. *)
Theorem elimination_gradients th a b W : local_min whole_objective (th, a, b, W) ->
  a = 0 /\ forall z v, \sum_(i | x i == z) lambda i * 'd (l i) (f (x i) th) v = 0.
Proof.
move=> Lmin; have [a0 _] := local_min_slope 0 Lmin; subst a; split=> // z v.
have slopes k : \sum_(i | x i == z) lambda i * 'd (l i) (f (x i) th) (delta_mx 0 k) = 0.
  apply: (exponentials_independent (w := col k W)).
  move: Lmin => /near_join/nbhs_ballP[r /= r_gt0 min].
  apply/nbhs_ballP; exists r => //= w Ww.
  pose W' := \matrix_(i, j) (if j == k then w i 0 else W i j).
  have WW' : ball W r W'.
    move=> i j; rewrite mxE; case: eqP => [->|_]; last exact: ballxx.
    by have := Ww i 0; rewrite mxE.
  have Lmin' : local_min whole_objective (th, 0, b, W').
    have qL : whole_objective (th, 0, b, W') = whole_objective (th, 0, b, W).
      by rewrite /whole_objective /= !objective_0.
    rewrite /local_min qL; apply: (min (th, 0, b, W')).
    by split; [split; [split; exact: ballxx | exact: ballxx] | exact: WW'].
  have [_] := local_min_slope k Lmin'; rewrite /weighted_slope /exponential_sum.
  have w_col i : (x i *m W') 0 k = (x i *m w) 0 0.
    by rewrite !mxE; apply: eq_bigr => j _; rewrite mxE eqxx.
  move=> /eqP; under eq_bigr => i _.
    rewrite w_col expRD mulrA /extended_model units_0 addr0; over.
  by rewrite -mulr_suml mulf_eq0 [X in _ || X]gt_eqF ?expR_gt0// orbF => /eqP.
rewrite (row_sum_delta v); under eq_bigr do rewrite linear_sum mulr_sumr.
rewrite exchange_big big1// => k _; under eq_bigr do rewrite linearZ /= mulrCA.
by rewrite -mulr_sumr slopes mulr0.
Qed.

(* Any function of the inputs is a combination of its values at distinct inputs. *)
Lemma slope_0 th (D : 'rV[R]_dx -> 'rV[R]_dy) :
  (forall z v, \sum_(i | x i == z) lambda i * 'd (l i) (f (x i) th) v = 0) ->
  \sum_i lambda i * 'd (l i) (f (x i) th) (D (x i)) = 0.
Proof.
move=> grouped; pose s := undup [seq x i | i <- enum 'I_m].
have sx i : x i \in s by rewrite mem_undup map_f// mem_enum.
transitivity (\sum_i \sum_(z <- s | x i == z) lambda i * 'd (l i) (f (x i) th) (D z)).
  apply: eq_bigr => i _; rewrite big_mkcond (bigD1_seq (x i)) ?undup_uniq//= eqxx.
  by rewrite big1 ?addr0// => z; rewrite eq_sym => /negbTE ->.
by rewrite (exchange_big_dep xpredT)//= big1.
Qed.

Hypothesis l_convex : forall i, convex (l i).
Hypothesis lambda_ge0 : nonnegative_weights lambda.

(* the values of sum_i lambda_i l_i(q(x_i)) over all functions q from inputs to outputs *)
Definition function_values : set R :=
  [set risk x lambda l q | q in [set: 'rV[R]_dx -> 'rV[R]_dy]].

(* D3: the local minima of L~ are the (theta, 0, b, W) such that L(theta) is the least value
   over all functions; in particular theta is a global minimum of L. *)
Theorem elimination th a b W : local_min whole_objective (th, a, b, W) <->
  a = 0 /\ is_min function_values (L th).
Proof.
split=> [Lmin|[-> [_ lb]]].
  have [a0 grouped] := elimination_gradients Lmin; split=> //; split; first by exists (f^~ th).
  move=> _ [q _ <-]; apply: risk_le_stationary => //.
  exact: (slope_0 (fun z => q z - f z th) grouped).
apply: filterE => -[[[th' a'] b'] W']; rewrite /whole_objective /= objective_0.
apply: le_trans (lb _ _) _; first by exists (extended_model th' a' b' W').
by rewrite /extended_objective ler_addl mulr_ge0 ?sqr_ge0// ltW.
Qed.

Theorem elimination_inf th a b W : local_min whole_objective (th, a, b, W) ->
  (L th)%:E = ereal_inf (EFin @` function_values).
Proof. by move=> /elimination[_ Lmin]; rewrite (is_min_ereal_inf Lmin). Qed.

(* The theorem of the paper: at every local minimum of L~, theta is a global minimum of L and
   a = 0. *)
Corollary elimination_global th a b W : local_min whole_objective (th, a, b, W) ->
  a = 0 /\ forall th', L th <= L th'.
Proof. by move=> /elimination[a0 [_ lb]]; split=> // th'; apply: lb; exists (f^~ th'). Qed.

(* D4: if no theta attains the infimum over all functions, L~ has no local minimum. *)
Corollary elimination_vacuous : (forall th, ~ is_min function_values (L th)) ->
  forall w, ~ local_min whole_objective w.
Proof. by move=> no_min [[[th a] b] W] /elimination[_ /no_min]. Qed.

End elimination.
