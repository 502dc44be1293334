(* A tactic for polynomial identities over R, as `ring` is for the standard reals: it declares that
   a realType is a commutative ring to the tactic `cring` of the Coq library. Squares and the
   numerals 2, 3, 4 are unfolded first; other powers and numerals are read as unknowns. *)
From everymin Require Import prelude.
From Coq Require Cring.

Section instances.
Variable R : realType.

(* The operations, with R itself as carrier. *)
Definition ring_0 : R := 0%:R.
Definition ring_1 : R := 1%:R.
Definition ring_add (a b : R) : R := a + b.
Definition ring_mul (a b : R) : R := a * b.
Definition ring_sub (a b : R) : R := a - b.
Definition ring_opp (a : R) : R := - a.

#[global] Instance ring_operations : @Ncring.Ring_ops R ring_0 ring_1 ring_add ring_mul ring_sub
  ring_opp (@eq R) := {}.

#[global] Instance ring_laws : Ncring.Ring (Ro := ring_operations).
Proof.
constructor => //.
- by constructor => [a //|a b //|a b c ->].
- by move=> a b -> c d ->.
- by move=> a b -> c d ->.
- by move=> a b -> c d ->.
- by move=> a b ->.
- exact: add0r.
- exact: addrC.
- exact: addrA.
- exact: mul1r.
- exact: mulr1.
- exact: mulrA.
- exact: mulrDl.
- by move=> a b c; exact: mulrDr.
- exact: subrr.
Qed.

#[global] Instance commutative_ring_laws : Cring.Cring (Rr := ring_laws).
Proof. exact: mulrC. Qed.

End instances.

Lemma numeral_3 (R : ringType) : 3%:R = 1 + 1 + 1 :> R. Proof. by rewrite -!natr1 add0r. Qed.
Lemma numeral_4 (R : ringType) : 4%:R = 1 + 1 + 1 + 1 :> R. Proof. by rewrite -!natr1 add0r. Qed.

Ltac polynomial_identity := rewrite ?expr2 ?numeral_4 ?numeral_3 ?mulr2n; Cring.cring.
