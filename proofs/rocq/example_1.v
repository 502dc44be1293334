(* Example 1 (section 3.2.2 of the paper): basis function models.

   f(x; th) = sum_k th_k phi(x)_k with a fixed feature map phi. The gradient
   basis model of f at any th is f itself, f is differentiable everywhere, and
   Theorem 1 says that every critical point is a global minimum. The paper has
   real features phi(x)_k (dy = 1); here they have values in the output space. *)
From everymin Require Import prelude calculus minimum euclidean setting theorem_1.

Section example_1.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable phi : 'I_p.+1 -> X -> Y.
Implicit Types (th : 'rV[R]_p.+1) (alpha : 'I_p.+1 -> R).

(* the basis function model f(x; th) *)
Definition basis_function_model (a : X) th : Y := \sum_k th 0 k *: phi k a.

Local Notation f := basis_function_model.
Local Notation L := (L x lambda l f).
(* L_th(alpha), the risk of the gradient basis model at th *)
Local Notation L_at th alpha := (risk x lambda l (basis_model_at f th alpha)).

Lemma basis_differentiable a th : differentiable (f a) th.
Proof.
rewrite (_ : f a = \sum_k (fun th => th 0 k *: phi k a)).
  apply: differentiable_sum => k; apply: differentiableZl.
  exact: differentiable_coord.
by apply/funext => b; rewrite fct_sumE.
Qed.

Lemma basis_partial k a th : partial f k a th = phi k a.
Proof.
apply: derive_affine => h; rewrite /f.
rewrite (eq_bigr (fun j => th 0 j *: phi j a + (h * (j == k)%:R) *: phi j a)).
  rewrite big_split/=; congr (_ + _); rewrite (bigD1 k)//= eqxx mulr1 big1 ?addr0//.
  by move=> j /negbTE ->; rewrite mulr0 scale0r.
by move=> j _; rewrite !mxE eqxx/= addrC scalerDl.
Qed.

(* The gradient basis model at any th is the model: f_th(x; alpha) = f(x; alpha). *)
Theorem example_1_model th alpha a :
  basis_model_at f th alpha a = f a (\row_k alpha k).
Proof. by apply: eq_bigr => k _; rewrite basis_partial mxE. Qed.

(* Hence L_th(alpha) = L(alpha). *)
Theorem example_1_loss th alpha : L_at th alpha = L (\row_k alpha k).
Proof. by apply: eq_bigr => i _; rewrite example_1_model. Qed.

Lemma example_1_values th :
  [set L_at th alpha | alpha in setT] = [set L th' | th' in setT].
Proof.
apply/seteqP; split=> [_ [alpha _ <-]|_ [th' _ <-]].
  by exists (\row_k alpha k) => //; rewrite example_1_loss.
exists (fun k => th' 0 k) => //; rewrite example_1_loss; congr L.
by apply/rowP => k; rewrite mxE.
Qed.

(* inf_th' L(th') = inf_alpha L_th(alpha), in the extended reals: neither
   infimum need be finite or attained. *)
Theorem example_1_inf th :
  ereal_inf (EFin @` [set L th' | th' in setT]) =
  ereal_inf (EFin @` [set L_at th alpha | alpha in setT]).
Proof. by rewrite example_1_values. Qed.

Theorem example_1_Omega : Omega x f = set0.
Proof. by apply/seteqP; split=> // th [i]; apply; exact: basis_differentiable. Qed.

Lemma basis_assumption2 th : assumption2_at x f th.
Proof. by exists (fun k => th 0 k) => i; apply: eq_bigr => k _; rewrite basis_partial. Qed.

(* Every critical point is a global minimum. *)
Theorem example_1_min th : nonnegative_weights lambda -> assumption1 l ->
  critical_point x lambda l f th -> is_min [set L th' | th' in setT] (L th).
Proof.
move=> lnneg A1 crit; rewrite -(example_1_values th).
by apply: theorem_1_at => //; [exact: basis_assumption2 | rewrite example_1_Omega].
Qed.

Theorem example_1 th : positive_weights lambda -> assumption1 l ->
  critical_point x lambda l f th ->
  (L th)%:E = ereal_inf (EFin @` [set L th' | th' in setT]).
Proof.
move=> lpos A1 crit.
by rewrite (is_min_ereal_inf (example_1_min lpos A1 crit)).
Qed.

End example_1.
