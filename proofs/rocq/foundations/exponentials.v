(* Exponentials with distinct exponents are linearly independent, on every open set of exponents.

   If sum_i c_i exp(x_i . w') = 0 for all w' near w, then for every z the c_i with x_i = z add up
   to 0 (`exponentials_independent`). Proof: shifting w' by h along coordinate j and subtracting
   exp(h s) times the same equation multiplies c_i by exp(h x_ij) - exp(h s), which is 0 if and
   only if x_ij = s. So the terms of all x_i other than z are removed one by one. *)
From everymin Require Import prelude.
From mathcomp.analysis Require Import sequences exp.

Section exponentials.
Context {R : realType} {m d : nat}.
Variable x : 'I_m -> 'rV[R]_d.+1.
Implicit Types (c : 'I_m -> R) (w : 'cV[R]_d.+1) (z : 'rV[R]_d.+1).

(* sum_i c_i exp(x_i . w) *)
Definition exponential_sum c w : R := \sum_i c i * expR ((x i *m w) 0 0).

(* It vanishes in a neighbourhood of w. *)
Definition vanishes c w := \forall b \near w, exponential_sum c b = 0.

(* One term is removed: those with x_i 0 j = s. *)
Lemma remove_term c w j (s : R) : vanishes c w -> exists2 q : R -> R,
  vanishes (fun i => c i * q (x i 0 j)) w & forall t, (q t == 0) = (t == s).
Proof.
move=> /nbhs_ballP[r /= r_gt0 c0]; pose h := r / 2%:R.
have h_gt0 : 0 < h by rewrite divr_gt0.
exists (fun t => expR (h * t) - expR (h * s)); last first.
  move=> t; rewrite subr_eq0 (inj_eq (@expR_inj R)).
  by apply: inj_eq; apply: mulfI; rewrite gt_eqF.
apply/nbhs_ballP; exists h => //= b wb.
pose b' := b + h *: delta_mx j 0.
have wb' : ball w r b'.
  move=> k k'; have := wb k k'; rewrite /ball/= !mxE opprD addrA => wbk.
  apply: le_lt_trans (ler_norm_sub _ _) _; rewrite {1}(splitr r) -/h.
  apply: ltr_le_add => //; rewrite normrM gtr0_norm// ler_pimulr// ?(ltW h_gt0)//.
  by rewrite normr_nat lern1 leq_b1.
have expb i : expR ((x i *m b') 0 0) = expR (h * x i 0 j) * expR ((x i *m b) 0 0).
  by rewrite mulmxDr -scalemxAr -colE !mxE addrC expRD.
rewrite /exponential_sum; under eq_bigr => i _.
  rewrite mulrBr mulrBl -mulrA -expb -mulrA (mulrC (expR (h * s))) mulrA; over.
rewrite sumrB -mulr_suml; have -> : \sum_i c i * expR ((x i *m b') 0 0) = 0 by exact: c0.
have -> : \sum_i c i * expR ((x i *m b) 0 0) = 0.
  apply: c0; apply: le_ball wb.
  by rewrite /h ler_pdivr_mulr// ler_pmulr// ler1n.
by rewrite mul0r subr0.
Qed.

(* All x_i other than z are removed, by a factor that depends on i through x_i. *)
Lemma remove_others c w z (s : seq 'I_m) : vanishes c w -> exists q : 'rV[R]_d.+1 -> R,
  [/\ vanishes (fun i => c i * q (x i)) w, q z != 0 &
      forall i, i \in s -> x i != z -> q (x i) = 0].
Proof.
move=> c0; elim: s => [|i s [q [q0 qz qs]]].
  by exists (fun=> 1); split=> //; under eq_fun do rewrite mulr1.
have [xi|/rV0Pn[j]] := eqVneq (x i - z) 0.
  exists q; split=> // i'; rewrite inE => /predU1P[->|]; last exact: qs.
  by move/eqP: xi; rewrite subr_eq0 => ->.
rewrite !mxE subr_eq0 => xij.
have [q' q'0 q'E] := remove_term j (x i 0 j) q0.
exists (fun t => q t * q' (t 0 j)); split.
- by under eq_fun do rewrite mulrA.
- by rewrite mulf_neq0// q'E eq_sym.
- move=> i'; rewrite inE => /predU1P[-> _|i's xi']; last by rewrite qs// mul0r.
  by have /eqP -> : q' (x i 0 j) == 0; rewrite ?mulr0// q'E.
Qed.

Theorem exponentials_independent c w z : vanishes c w -> \sum_(i | x i == z) c i = 0.
Proof.
move=> /(remove_others z (enum 'I_m))[q [/nbhs_singleton q0 qz qs]].
apply: (mulIf (x := q z * expR ((z *m w) 0 0))).
  by rewrite mulf_neq0// gt_eqF// expR_gt0.
rewrite mul0r -[RHS]q0 /exponential_sum mulr_suml [RHS](bigID (fun i => x i == z))/=.
rewrite [X in _ + X]big1 ?addr0 => [|i xi]; last by rewrite qs ?mem_enum// mulr0 mul0r.
by apply: eq_bigr => i /eqP ->; rewrite mulrA.
Qed.

End exponentials.

(* If f (a + h v) = f a + (e^h - 1) c for every h, then the derivative of f at a along v is c. *)
Lemma derive_exponential {R : realType} {U W : normedModType R} (f : U -> W) (a v : U) (c : W) :
  (forall h : R, f (h *: v + a) = f a + (expR h - 1) *: c) -> 'D_v f a = c.
Proof.
move=> H; apply: cvg_lim => //.
pose q (h : R) : R := h^-1 *: ((expR \o shift 0) (h *: 1) - expR 0).
have q1 : q @ (0 : R)^' --> (1 : R).
  have <- : 'D_1 expR (0 : R) = 1 by rewrite derive_val expR0.
  exact: derivable_expR.
apply: (@cvg_trans _ [filter of (fun h => q h *: c) @ (0 : R)^']).
  apply: near_eq_cvg; apply/nbhs_ballP; exists 1 => //= h _ h0.
  by rewrite /q /= H [_ - f a]addrC addKr scalerA expR0 addr0 [h *: _]mulr1.
by rewrite -[X in _ --> X]scale1r; exact: cvgZl.
Qed.
