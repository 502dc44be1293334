(* A version of Theorem 1 for inexact points (ours): theta need not be critical, and Assumption 2
   need not hold. For any theta outside Omega, any alpha and any gamma, with
   rho_i = f_i(theta) - f_theta(x_i; gamma) and G_i = lambda_i grad l_i(f_i(theta)),
     L(theta) - L_theta(alpha) <= <grad L(theta), gamma - alpha> + <G, rho>
                               <= |grad L(theta)| |alpha - gamma| + |G| |rho|.
   Proof: the gradient inequality, the chain rule, and Cauchy-Schwarz. With grad L(theta) = 0 and
   rho = 0 this is Theorem 1. *)
From everymin Require Import prelude calculus minimum euclidean setting.
From everymin Require Import lemma_2 theorem_1 lemma_0.

Section robust.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th alpha gamma : 'rV[R]_p.+1).

Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation basis_model_at := (basis_model_at f).

(* grad L(theta), as a row vector *)
Definition gradient th : 'rV[R]_p.+1 := \row_k 'D_(basis_vector k) L th.

(* What Assumption 2 says is zero, for a choice of gamma. *)
Definition residue th gamma (i : 'I_m) : Y := f (x i) th - basis_model_at th (gamma 0) (x i).

(* R1, the first inequality. *)
Theorem robust_inner th alpha gamma : nonnegative_weights lambda -> assumption1 l ->
  ~ Omega x f th ->
  L th - risk (basis_model_at th (alpha 0)) <=
  dot (gradient th) (gamma - alpha) +
  pairing lambda l (fun i => f (x i) th) (residue th gamma).
Proof.
move=> lnneg A1 nO.
have := risk_gradient_inequality x (fun a => f a th) (basis_model_at th (alpha 0)) lnneg A1.
rewrite -ler_subr_addl -ler_opp2 opprB => /le_trans; apply.
have split_i i : - (basis_model_at th (alpha 0) (x i) - f (x i) th) =
    \sum_k (gamma - alpha) 0 k *: partial f k (x i) th + residue th gamma i.
  have -> : \sum_k (gamma - alpha) 0 k *: partial f k (x i) th =
      basis_model_at th (gamma 0) (x i) - basis_model_at th (alpha 0) (x i).
    by rewrite -sumrB; apply: eq_bigr => k _; rewrite !mxE scalerBl.
  by rewrite opprB [RHS]addrC addrA subrK.
rewrite -sumrN; under eq_bigr do rewrite -mulrN -linearN split_i linearD mulrDr.
rewrite big_split ler_add2r le_eqVlt; apply/orP; left; apply/eqP.
under eq_bigr do rewrite linear_sum mulr_sumr.
rewrite exchange_big; apply: eq_bigr => k _ /=.
rewrite [in RHS]mxE (L_derive lambda _ (assumption1_differentiable A1) nO) mulr_suml.
by apply: eq_bigr => i _; rewrite linearZ/= mulrCA mulrC.
Qed.

End robust.

(* In R^dy, with norms. *)
Section norms.
Context {R : realType} {m p d : nat}.
Local Notation dy := d.+1.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Variable f : X -> 'rV[R]_p.+1 -> 'cV[R]_dy.
Implicit Types (th alpha gamma : 'rV[R]_p.+1).

Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation gradient := (gradient x lambda l f).

(* The Euclidean norm of a vector of R^(m dy). *)
Definition stacked_norm (G : 'I_m -> 'I_dy -> R) : R :=
  Num.sqrt (\sum_i \sum_c G i c ^+ 2).

(* R1 with norms. *)
Theorem robust_bound th alpha gamma : nonnegative_weights lambda -> assumption1 l ->
  ~ Omega x f th ->
  L th - risk (basis_model_at f th (alpha 0)) <=
  norm2 (gradient th) * norm2 (alpha - gamma) +
  stacked_norm (weighted_gradient lambda l (fun i => f (x i) th)) *
  stacked_norm (fun i c => residue x f th gamma i c 0).
Proof.
move=> lnneg A1 nO; apply: le_trans (robust_inner alpha gamma lnneg A1 nO) _.
apply: ler_add.
  by rewrite -[alpha - gamma]opprB norm2N; exact: cauchy_schwarz.
rewrite (pairing_coordinates lambda _ _ (assumption1_differentiable A1)) /stacked_norm.
rewrite !pair_bigA; exact: cauchy_schwarz_sum.
Qed.

(* If Assumption 2 holds at theta with gamma, only the gradient of L counts. *)
Corollary robust_bound_assumption2 th alpha gamma :
  nonnegative_weights lambda -> assumption1 l -> ~ Omega x f th ->
  (forall i, f (x i) th = basis_model_at f th (gamma 0) (x i)) ->
  L th - risk (basis_model_at f th (alpha 0)) <= norm2 (gradient th) * norm2 (alpha - gamma).
Proof.
move=> lnneg A1 nO fE; have := robust_bound alpha gamma lnneg A1 nO.
have -> : stacked_norm (fun i c => residue x f th gamma i c 0) = 0.
  rewrite /stacked_norm big1 ?sqrtr0// => i _; rewrite big1// => c _.
  by rewrite /residue fE subrr mxE expr0n.
by rewrite mulr0 addr0.
Qed.

End norms.
