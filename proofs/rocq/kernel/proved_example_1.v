(* Example 1 (basis function models) as the TypeScript side states it (results.v), from
   Theorem 1. *)
From everymin Require Import prelude interpretation derivative statements results problem.
From everymin Require Import proved_theorems.

Section example_1.
Context {R : realType}.

(* A linear function is its own derivative. *)
Lemma derivative_linear_map n (A th : 'I_n -> R) :
  derivative (fun t => \sum_k A k * t k) th A.
Proof.
apply: (negligible_le _ negligible0) => h; rewrite le_eqVlt; apply/orP; left.
rewrite normr_eq0 -!sumrB big1// => k _.
by rewrite mulrDr addrAC addrK addrN.
Qed.

Lemma example_1_kernel : @example_1_statement R.
Proof.
move=> m p d lambda l f Phi lpos fE A1.
have dc i t c : derivative (fun t => f i t c) t (Phi i c).
  rewrite (_ : (fun _ => _) = fun t => \sum_k Phi i c k * t k); last first.
    by apply/funext => t'; rewrite fE.
  exact: derivative_linear_map.
have df t i : Diff_vec (f i) t by apply/Diff_vecP => c; exists (Phi i c); exact: dc.
have ind t a i : Induced m p d lambda l f t i a = f i a.
  apply/funext => c; rewrite fE; apply: eq_bigr => k _.
  by rewrite /partial_vec (partialE k (dc i t c)) mulrC.
have loss t a : InducedLoss m p d lambda l f t a = Loss m p d lambda l f a.
  by apply: eq_bigr => i _; rewrite ind.
have nO t : ~ Omega m p d lambda l f t by apply/not_Omega => i; exact: df.
split=> //; split=> //; split=> // t crit t'.
have A2 : Assumption2 m p d lambda l f.
  by exists id => i u _; rewrite -[RHS]/(Induced m p d lambda l f u i u) ind.
have /IsMinP[_ lb] := theorem_1_kernel lpos A1 A2 (nO t) crit.
by rewrite -(loss t t'); apply: lb; exists t'.
Qed.

End example_1.
