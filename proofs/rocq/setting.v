(* TODO *)
From everymin Require Import prelude calculus euclidean.

Section setting.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

(* weighted empirical risk of a predictor, training objective *)
Definition risk (h : X -> Y) : R := \sum_i lambda i * l i (h (x i)).
Definition L th : R := risk (fun a => f a th).

(* k-th partial derivative of the model in the parameters *)
Definition basis_vector (k : 'I_p.+1) : 'rV[R]_p.+1 := delta_mx 0 k.
Definition partial k (a : X) th : Y := 'D_(basis_vector k) (f a) th.

Definition Omega := [set th | exists i, ~ differentiable (f (x i)) th].
Definition Omega_tilde := closure Omega.

Definition critical_point th :=
  differentiable L th /\ forall k, 'D_(basis_vector k) L th = 0.

Definition V th eps := [set v | norm2 v <= 1 /\
  forall i, f (x i) (th + eps *: v) = f (x i) th].

(* gradient basis model at th and perturbable gradient basis model *)
Definition basis_model_at th (alpha : 'I_p.+1 -> R) (a : X) : Y :=
  \sum_k alpha k *: partial k a th.
Definition perturbed_model th eps S (alpha : 'I_p.+1 -> S -> R) (a : X)
  : Y :=
  \sum_k \sum_(v : S) alpha k v *: partial k a (th + eps *: val v).

Definition subset_V S (A : set 'rV[R]_p.+1) := forall v, v \in S -> A v.

(* standing assumptions *)
Definition positive_weights := forall i, 0 < lambda i.
Definition assumption1 := forall i,
  (forall y, differentiable (l i) y) /\ convex (l i).
Definition assumption2 := exists g : 'rV[R]_p.+1 -> 'I_p.+1 -> R,
  forall i th, ~ Omega th -> f (x i) th = \sum_k g th k *: partial k (x i) th.

(* the perturbable gradient basis model (as a set of functions on X) and the
   set of its risks *)
Definition induced_model th eps : set (X -> Y) :=
  [set h | exists S (alpha : 'I_p.+1 -> S -> R),
     subset_V S (V th eps) /\ h = perturbed_model th eps alpha].
Definition induced_values th eps : set R := [set risk h | h in induced_model th eps].

Lemma V_0 th eps : V th eps 0.
Proof.
split; last by move=> i; rewrite scaler0 addr0.
rewrite /norm2 big1 ?sqrtr0// => k _; by rewrite mxE expr0n.
Qed.


End setting.
