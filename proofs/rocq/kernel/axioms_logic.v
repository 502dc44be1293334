(* The axioms of the kernel on logic: excluded middle, and definition of a sequence of
   matrices by recursion. *)
From everymin Require Import prelude interpretation statements.

Lemma classic : EM_statement.
Proof. exact: boolp.EM. Qed.

(* The sequence is made with s.+1 in place of s + 1, an equal number that Rocq does not
   take for the same; the equation carries a row over. *)
Lemma recursion (R : realType) : @REC_statement R.
Proof.
move=> p e b F; pose row s := 'I_p -> 'I_(e s) -> R.
pose P : forall s, row s :=
  nat_rect row b (fun s x => ecast k (row k) (addn1 s) (F s x)).
exists P; split=> // s.
have Pm m (E : m = s.+1) : ecast k (row k) E (P m) = P s.+1 by subst m.
by move: (Pm _ (addn1 s)); rewrite /=; case: _ / (addn1 s).
Qed.
