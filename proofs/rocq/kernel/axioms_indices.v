(* The axioms of the kernel on index sets: Fin(n) is {0, 1, ..., n - 1}, Fin(n + p) its first
   n and its last p numbers, Fin(n * p) rows and columns, Fin(sum_l e(l)) blocks. *)
From everymin Require Import prelude interpretation statements.

Lemma index_bound : VALLT_statement.
Proof. by move=> n i; exact: ltn_ord. Qed.

Lemma index_injective : VALINJ_statement.
Proof. by move=> n i i'; exact: ord_inj. Qed.

Lemma index_surjective : VALSURJ_statement.
Proof. by move=> n k kn; exists (Ordinal kn). Qed.

Lemma delta_different (R : realType) : @DELTA_statement R.
Proof. by move=> n i i' /eqP/negbTE ii'; rewrite /delta ii'. Qed.

Lemma index_sum : FINSUM_statement.
Proof. by move=> n p P Pl Pr i; rewrite -[i]splitK; case: (fintype.split i). Qed.

Lemma index_product : FINPROD_statement.
Proof.
move=> n p P Pij i; have p0 : (0 < p)%N.
  by case: p P Pij i => // P _ [i]; rewrite muln0.
have ip : (i %/ p < n)%N by rewrite ltn_divLR.
have -> : i = index_pair (Ordinal ip) (Ordinal (ltn_pmod i p0)).
  by apply: ord_inj; rewrite /= -divn_eq.
exact: Pij.
Qed.

(* A number below the sum of the first n sizes lies in one of the first n blocks. *)
Lemma block_of (e : nat -> nat) n k : (k < \sum_(l < n) e l)%N ->
  exists l i, [/\ (l < n)%N, (i < e l)%N & k = (\sum_(j < l) e j + i)%N].
Proof.
elim: n => [|n IH]; first by rewrite big_ord0.
rewrite big_ord_recr /= => kn; have [/IH[l [i [ln il ->]]]|nk] := ltnP k (\sum_(l < n) e l)%N.
  by exists l, i; split=> //; exact: ltnW.
exists n, (k - \sum_(l < n) e l)%N; split; rewrite ?subnKC//.
by rewrite ltn_subLR.
Qed.

Lemma index_blocks : FINSIGMA_statement.
Proof.
move=> n e P Pli k; pose e' l := if insub l is Some i then e i else 0%N.
have e'E (l : 'I_n) : e' l = e l by rewrite /e' valK.
have := ltn_ord k; under [X in (_ < X)%N]eq_bigr => l _ do rewrite -e'E.
move=> /block_of[l [i [ln il kE]]]; pose l' := Ordinal ln.
have il' : (i < e l')%N by rewrite -e'E.
have -> : k = index_block (Ordinal il'); last exact: Pli.
apply: ord_inj; rewrite kE /=; congr (_ + _)%N.
rewrite (big_ord_widen _ e' (ltnW ln)); apply: eq_bigr => j _; exact: e'E.
Qed.
