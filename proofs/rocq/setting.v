(* The setting of the paper (sections 2.1, 2.2, 3.1-3.3): the objective L, the assumptions, the
   gradient basis model and the perturbable gradient basis model.

   What is left general: the inputs have any type X and the outputs lie in any normed space Y (the
   paper has R^dy); the number of parameters is p.+1, since matrices with at least one row and
   column are the ones that the library makes normed spaces; l i is the loss q |-> l(q, y_i) of
   sample i. faithful.v shows that the definitions are those of the paper in its own words
   (Euclidean norms, the epsilon-delta derivative, partial derivatives as limits, S a list
   S_1, ..., S_n). *)
From everymin Require Import prelude calculus euclidean.

Section setting.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

(* The weighted empirical risk of a predictor h: sum_i lambda_i l(h(x_i), y_i). *)
Definition risk (h : X -> Y) : R := \sum_i lambda i * l i (h (x i)).

(* 2.2: the training objective L(theta). *)
Definition L th : R := risk (fun a => f a th).

(* 2.2: the k-th unit vector, and the k-th partial derivative of f(a; .) at th. *)
Definition basis_vector (k : 'I_p.+1) : 'rV[R]_p.+1 := delta_mx 0 k.
Definition partial k (a : X) th : Y := 'D_(basis_vector k) (f a) th.

(* 3.1: the points where some f(x_i; .) is not (Frechet) differentiable, ... *)
Definition Omega := [set th | exists i, ~ differentiable (f (x i)) th].
(* ... and those with such a point in every neighbourhood. *)
Definition Omega_tilde := closure Omega.

(* A critical point of L: all partial derivatives vanish. *)
Definition critical_point th :=
  differentiable L th /\ forall k, 'D_(basis_vector k) L th = 0.

(* 3.3: V[theta, eps], the directions of length at most 1 in which a step of eps changes no
   prediction. *)
Definition V th eps := [set v | norm2 v <= 1 /\
  forall i, f (x i) (th + eps *: v) = f (x i) th].

(* 3.2: the gradient basis model f_theta(a; alpha). *)
Definition basis_model_at th (alpha : 'I_p.+1 -> R) (a : X) : Y :=
  \sum_k alpha k *: partial k a th.

(* 3.3: the perturbable gradient basis model f~_theta(a; alpha, eps, S). *)
Definition perturbed_model th eps S (alpha : 'I_p.+1 -> S -> R) (a : X)
  : Y :=
  \sum_k \sum_(v : S) alpha k v *: partial k a (th + eps *: val v).

(* S is a subset of A. *)
Definition subset_V S (A : set 'rV[R]_p.+1) := forall v, v \in S -> A v.

(* The functions f~_theta(.; alpha, eps, S) for all finite S in V[theta, eps] and all alpha. *)
Definition induced_model th eps : set (X -> Y) :=
  [set h | exists S (alpha : 'I_p.+1 -> S -> R),
     subset_V S (V th eps) /\ h = perturbed_model th eps alpha].

(* The values L~_theta(alpha, eps, S) for all such S and alpha. *)
Definition induced_values th eps : set R := [set risk h | h in induced_model th eps].

(* 2.2: lambda_i > 0. Most results need only lambda_i >= 0. *)
Definition positive_weights := forall i, 0 < lambda i.
Definition nonnegative_weights := forall i, 0 <= lambda i.

(* 3.1, Assumption 1: every loss is differentiable and convex. Lemmas 2 and 3 need only the
   first. *)
Definition differentiable_losses := forall i q, differentiable (l i) q.
Definition assumption1 := forall i,
  (forall q, differentiable (l i) q) /\ convex (l i).

(* 3.1, Assumption 2: f is a combination of its partial derivatives, with the same coefficients
   for all samples, outside Omega. The theorems need it only at the one point theta. *)
Definition assumption2 := exists g : 'rV[R]_p.+1 -> 'I_p.+1 -> R,
  forall i th, ~ Omega th -> f (x i) th = \sum_k g th k *: partial k (x i) th.
Definition assumption2_at th := exists gamma : 'I_p.+1 -> R,
  forall i, f (x i) th = basis_model_at th gamma (x i).

Lemma positive_weights_nonnegative : positive_weights -> nonnegative_weights.
Proof. by move=> lpos i; exact: ltW. Qed.

Lemma assumption1_differentiable : assumption1 -> differentiable_losses.
Proof. by move=> A1 i; case: (A1 i). Qed.

Lemma assumption2_not_Omega th : assumption2 -> ~ Omega th -> assumption2_at th.
Proof. by move=> [g gE] nO; exists (g th) => i; exact: gE. Qed.

Lemma differentiable_not_Omega th : ~ Omega th -> forall i, differentiable (f (x i)) th.
Proof. by move=> nO i; apply: contrapT => ndf; apply: nO; exists i. Qed.

Lemma not_Omega_tilde th : ~ Omega_tilde th -> ~ Omega th.
Proof. by move=> nO Oth; apply: nO; exact: subset_closure. Qed.

(* Omega~ is closed: near a point outside Omega~ there is no point of Omega. *)
Lemma near_not_Omega th : ~ Omega_tilde th -> \forall b \near th, ~ Omega b.
Proof.
move=> nO; have : open (~` Omega_tilde) by rewrite openC; exact: closed_closure.
rewrite openE => /(_ _ nO); apply: filterS => b; exact: not_Omega_tilde.
Qed.

(* 0 lies in V[theta, eps]: so the gradient basis model at theta is always among the perturbed
   ones. *)
Lemma V_0 th eps : V th eps 0.
Proof.
split; last by move=> i; rewrite scaler0 addr0.
by rewrite /norm2 big1 ?sqrtr0// => k _; rewrite mxE expr0n.
Qed.

End setting.

(* A proof of the stronger hypothesis may be given where the weaker one is asked for. *)
Coercion positive_weights_nonnegative : positive_weights >-> nonnegative_weights.
Coercion assumption1_differentiable : assumption1 >-> differentiable_losses.
