(* The definitions of setting.v are those of the paper in its own words:
   - Omega and Omega~ (3.1): differentiability is the epsilon-delta definition with Euclidean norms
     (`Omega_euclid`), and Omega~ consists of the points with a point of Omega in every Euclidean
     ball around them (`Omega_tilde_euclid`);
   - the partial derivatives are the limits of the difference quotients (`partial_euclid`);
   - a critical point is one where the partial derivatives of L vanish (`critical_pointE`);
   - a local minimum of L is one among the points of a Euclidean ball (`local_min_euclid`);
   - f~_theta(x; alpha, eps, S) with S a list S_1, ..., S_n of points of V[theta, eps], distinct or
     not, instead of a finite set (`induced_model_indexed`, `induced_values_indexed`);
   - an infimum in the extended reals is the greatest lower bound (`real_infimum`).
   V[theta, eps], Assumptions 1 and 2, L, f_theta are in setting.v as the paper has them. That the
   parameters of a residual network can be numbered is `enum_exists` in
   theorem_3/residual_network.v. nonvacuous.v shows models that satisfy the hypotheses. *)
From everymin Require Import prelude calculus frechet minimum span euclidean setting.
From everymin Require Import lemma_1 lemma_2 lemma_e.

Section euclidean_wording.
Context {R : realType} {m p a b : nat}.
Local Notation Y := 'M[R]_(a.+1, b.+1).
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th : 'rV[R]_p.+1).

(* g is differentiable at th, with Euclidean norms. *)
Definition differentiable_at (g : 'rV[R]_p.+1 -> Y) th :=
  exists A : {linear 'rV[R]_p.+1 -> Y},
  forall e : R, 0 < e -> exists2 d : R, 0 < d & forall h, norm2 h < d ->
    frobenius (g (th + h) - g th - A h) <= e * norm2 h.

(* 3.1: Omega and Omega~ *)
Theorem Omega_euclid th : Omega x f th <-> exists i, ~ differentiable_at (f (x i)) th.
Proof.
by split=> -[i ndf]; exists i => df; apply: ndf; exact/differentiable_euclid.
Qed.

Theorem Omega_tilde_euclid th : Omega_tilde x f th <->
  forall e : R, 0 < e -> exists2 b, norm2 (b - th) < e &
    exists i, ~ differentiable_at (f (x i)) b.
Proof.
split=> [/closure_euclid H e /H[c ce /Omega_euclid Oc]|H]; first by exists c.
by apply/closure_euclid => e /H[c ce Oc]; exists c => //; exact/Omega_euclid.
Qed.

(* Outside Omega, the k-th partial derivative of f(x_i; .) is the limit of
   (f(x_i; th + h e_k) - f(x_i; th)) / h for h -> 0. *)
Theorem partial_euclid th i k : ~ Omega x f th ->
  forall e : R, 0 < e -> exists2 d : R, 0 < d & forall h : R, h != 0 -> `|h| < d ->
  frobenius (h^-1 *: (f (x i) (th + h *: basis_vector k) - f (x i) th) -
             partial f k (x i) th) < e.
Proof.
move=> nO; have [limit _] := derive_euclid (f (x i)) th (basis_vector k) (partial f k (x i) th).
apply: limit; split=> //; apply: diff_derivable; exact: differentiable_not_Omega nO i.
Qed.

(* The unit vectors e_k. *)
Lemma basis_vectorE (k j : 'I_p.+1) : basis_vector k 0 j = (j == k)%:R :> R.
Proof. by rewrite mxE eqxx. Qed.

(* For the objective of differentiable losses outside Omega, a critical point is one where all
   partial derivatives vanish. *)
Theorem critical_pointE th : differentiable_losses l -> ~ Omega x f th ->
  critical_point x lambda l f th <->
  forall k, 'D_(basis_vector k) (L x lambda l f) th = 0.
Proof. by move=> dl nO; split=> [[]//|D0]; split=> //; exact: L_differentiable. Qed.

(* theta is a local minimum of L if L(theta) <= L(b) for all b in a Euclidean ball around it. *)
Theorem local_min_euclid th : local_min (L x lambda l f) th <->
  exists2 e : R, 0 < e & forall b, norm2 (b - th) < e -> L x lambda l f th <= L x lambda l f b.
Proof. exact: local_minP. Qed.

End euclidean_wording.

Section lists.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th : 'rV[R]_p.+1) (eps : R).

(* 3.3, as printed: f~_theta(x; alpha, eps, S) = sum_k sum_j alpha_kj d_k f(x; theta + eps S_j). *)
Definition indexed_model th eps n (S : 'I_n -> 'rV[R]_p.+1) (alpha : 'I_p.+1 -> 'I_n -> R)
    (a : X) : Y :=
  \sum_k \sum_j alpha k j *: partial f k a (th + eps *: S j).

(* A finite set is a list of distinct elements. *)
Lemma perturbed_model_indexed th eps (S : {fset 'rV[R]_p.+1}) (alpha : 'I_p.+1 -> S -> R) :
  perturbed_model f th eps alpha =
  indexed_model th eps (fun j : 'I_#|{: S}| => val (enum_val j)) (fun k j => alpha k (enum_val j)).
Proof.
apply/funext => a; apply: eq_bigr => k _.
by rewrite (reindex _ (onW_bij _ (enum_val_bij _))).
Qed.

(* So the perturbable gradient basis model is that of the paper, with distinct S_1, ..., S_n ... *)
Theorem induced_model_distinct th eps : induced_model x f th eps =
  [set h | exists n (S : 'I_n -> 'rV[R]_p.+1) (alpha : 'I_p.+1 -> 'I_n -> R),
     [/\ injective S, forall j, V x f th eps (S j) & h = indexed_model th eps S alpha]].
Proof.
apply/seteqP; split=> h.
  move=> [S [alpha [SV ->]]]; rewrite perturbed_model_indexed.
  do 3!eexists; split; last by [].
  - by move=> i j /val_inj/enum_val_inj.
  - by move=> j; apply: SV; exact: valP.
move=> [n [S [alpha [_ SV ->]]]]; rewrite induced_model_span /indexed_model.
apply: span_sum => k; apply: span_sum => j; apply: (@span_gen _ _ _ _ (fun a => partial f k a _)).
by exists k, (S j).
Qed.

(* ... and repetitions change nothing. *)
Theorem induced_model_indexed th eps : induced_model x f th eps =
  [set h | exists n (S : 'I_n -> 'rV[R]_p.+1) (alpha : 'I_p.+1 -> 'I_n -> R),
     (forall j, V x f th eps (S j)) /\ h = indexed_model th eps S alpha].
Proof.
apply/seteqP; split=> h.
  by rewrite induced_model_distinct => -[n [S [alpha [_ SV ->]]]]; exists n, S, alpha.
move=> [n [S [alpha [SV ->]]]]; rewrite induced_model_span /indexed_model.
apply: span_sum => k; apply: span_sum => j; apply: (@span_gen _ _ _ _ (fun a => partial f k a _)).
by exists k, (S j).
Qed.

(* The values L~_theta(alpha, eps, S) over which the infimum of (3.2) is taken. *)
Theorem induced_values_indexed th eps : induced_values x lambda l f th eps =
  [set c | exists n (S : 'I_n -> 'rV[R]_p.+1) (alpha : 'I_p.+1 -> 'I_n -> R),
     (forall j, V x f th eps (S j)) /\
     c = \sum_i lambda i * l i (indexed_model th eps S alpha (x i))].
Proof.
rewrite /induced_values induced_model_indexed; apply/seteqP; split=> c.
  by move=> [_ [n [S [alpha [SV ->]]]] <-]; exists n, S, alpha.
move=> [n [S [alpha [SV ->]]]].
by exists (indexed_model th eps S alpha) => //; exists n, S, alpha.
Qed.

End lists.

(* A real number is the infimum of A in the extended reals if and only if it is the greatest lower
   bound of A. *)
Theorem real_infimum {R : realType} (A : set R) (c : R) : c%:E = ereal_inf (EFin @` A) <->
  (forall r, A r -> c <= r) /\ (forall d, (forall r, A r -> d <= r) -> d <= c).
Proof.
split=> [cA|[lb glb]].
  split=> [r Ar|d dA]; rewrite -lee_fin cA; first by apply: ereal_inf_lb; exists r.
  by apply: lb_ereal_inf => _ [r Ar <-]; rewrite lee_fin; exact: dA.
have A_bounded : has_lbound A by exists c.
have [A0|A_nonempty] := eqVneq A set0.
  have : c + 1 <= c by apply: glb => r; rewrite A0.
  by rewrite ger_addl ler10.
rewrite ereal_inf_EFin//; last exact/set0P.
congr EFin; apply/eqP; rewrite eq_le lb_le_inf//=; last exact/set0P.
by apply: glb => r Ar; exact: inf_lb.
Qed.
