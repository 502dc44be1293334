(* What every file of this development imports: MathComp, mathcomp-analysis,
   and the settings and scopes that they expect. Nothing is defined here. *)
From mathcomp Require Export all_ssreflect ssralg ssrnum zmodp matrix mxalgebra.
From mathcomp Require Export finmap interval.
From mathcomp.classical Require Export boolp classical_sets functions.
From mathcomp.classical Require Export mathcomp_extra.
From mathcomp.analysis Require Export constructive_ereal reals signed topology.
From mathcomp.analysis Require Export prodnormedzmodule ereal normedtype landau.
From mathcomp.analysis Require Export forms derive.

#[export] Set Implicit Arguments.
#[export] Unset Strict Implicit.
#[export] Unset Printing Implicit Defensive.

Export Order.TTheory GRing.Theory Num.Theory.
Export numFieldNormedType.Exports.

#[global] Open Scope ring_scope.
#[global] Open Scope classical_set_scope.
