(* Euclidean norms. The library's norm on row vectors is the largest absolute value of a coordinate;
   the paper's is the Euclidean one. Both give the same neighbourhoods (`nbhs_euclid`), hence the
   same local minima (`local_minP`) and the same closures (`closure_euclid`). Also the inequality of
   Cauchy and Schwarz. *)
From everymin Require Import prelude calculus polynomial_identity.

(* The Euclidean norm of a row vector. *)
Definition norm2 {R : realType} n (v : 'rV[R]_n) : R :=
  Num.sqrt (\sum_k v 0 k ^+ 2).

(* Cauchy-Schwarz for finite families of numbers. Proof: with A^2 = sum a_k^2 and B^2 = sum b_k^2,
   0 <= sum (B a_k - A b_k)^2 = 2 A B (A B - sum a_k b_k). *)
Lemma cauchy_schwarz_sum {R : realType} (I : finType) (a b : I -> R) :
  \sum_k a k * b k <= Num.sqrt (\sum_k a k ^+ 2) * Num.sqrt (\sum_k b k ^+ 2).
Proof.
have sumsq_ge0 (c : I -> R) : 0 <= \sum_k c k ^+ 2 by apply: sumr_ge0 => k _; exact: sqr_ge0.
have vanish (c : I -> R) k : Num.sqrt (\sum_k c k ^+ 2) = 0 -> c k = 0.
  move=> /eqP; rewrite sqrtr_eq0 => c0; apply/eqP; rewrite -sqrf_eq0 eq_le sqr_ge0 andbT.
  apply: le_trans c0; rewrite (bigD1 k)//= ler_addl.
  by apply: sumr_ge0 => j _; exact: sqr_ge0.
set A := Num.sqrt (\sum_k a k ^+ 2); set B := Num.sqrt (\sum_k b k ^+ 2).
have [A0|A_neq0] := eqVneq A 0.
  by rewrite A0 mul0r big1// => k _; rewrite (vanish a k A0) mul0r.
have [B0|B_neq0] := eqVneq B 0.
  by rewrite B0 mulr0 big1// => k _; rewrite (vanish b k B0) mulr0.
have AB_gt0 : 0 < 2 * (A * B).
  by rewrite !mulr_gt0// lt0r sqrtr_ge0 ?A_neq0 ?B_neq0.
rewrite -subr_ge0 -(pmulr_rge0 _ AB_gt0).
have -> : 2 * (A * B) * (A * B - \sum_k a k * b k) = \sum_k (B * a k - A * b k) ^+ 2.
  transitivity (B ^+ 2 * (\sum_k a k ^+ 2) + A ^+ 2 * (\sum_k b k ^+ 2)
      - 2 * (A * B) * (\sum_k a k * b k)).
    by rewrite -(sqr_sqrtr (sumsq_ge0 a)) -(sqr_sqrtr (sumsq_ge0 b)) -/A -/B; polynomial_identity.
  rewrite !mulr_sumr -big_split -sumrB; apply: eq_bigr => k _.
  by rewrite /=; polynomial_identity.
by apply: sumr_ge0 => k _; exact: sqr_ge0.
Qed.

(* The inner product of two row vectors. *)
Definition dot {R : realType} n (u v : 'rV[R]_n) : R := \sum_k u 0 k * v 0 k.

Section norm2.
Context {R : realType} {n : nat}.
Implicit Types (u v : 'rV[R]_n) (c : R).

Lemma norm2_ge0 v : 0 <= norm2 v.
Proof. exact: sqrtr_ge0. Qed.

Lemma norm2Z c v : norm2 (c *: v) = `|c| * norm2 v.
Proof.
rewrite /norm2 -sqrtr_sqr -sqrtrM ?sqr_ge0// mulr_sumr.
by congr Num.sqrt; apply: eq_bigr => k _; rewrite mxE exprMn.
Qed.

Lemma norm2N v : norm2 (- v) = norm2 v.
Proof. by rewrite -scaleN1r norm2Z normrN1 mul1r. Qed.

Lemma cauchy_schwarz u v : dot u v <= norm2 u * norm2 v.
Proof. exact: cauchy_schwarz_sum. Qed.

Lemma norm2_0 : norm2 (0 : 'rV[R]_n) = 0.
Proof. by rewrite /norm2 big1 ?sqrtr0// => k _; rewrite mxE expr0n. Qed.

(* The triangle inequality. *)
Lemma norm2D u v : norm2 (u + v) <= norm2 u + norm2 v.
Proof.
have sqr w : norm2 w ^+ 2 = \sum_k w 0 k ^+ 2.
  by rewrite sqr_sqrtr// sumr_ge0// => k _; exact: sqr_ge0.
rewrite -(@ler_pexpn2r _ 2)// ?nnegrE ?addr_ge0 ?norm2_ge0// sqrrD !sqr.
under eq_bigr do rewrite mxE sqrrD mulr2n.
rewrite !big_split/= ler_add2r ler_add2l mulr2n.
by rewrite ler_add ?cauchy_schwarz.
Qed.

End norm2.

Section euclid.
Context {R : realType} {p : nat}.
Implicit Types (th b v : 'rV[R]_p.+1).

(* Two comparisons of the Euclidean norm with the coordinates. *)
Lemma norm2_coord v k : `|v 0 k| <= norm2 v.
Proof.
rewrite /norm2 -sqrtr_sqr ler_wsqrtr// (bigD1 k)//=.
by rewrite ler_addl; apply: sumr_ge0 => i _; rewrite sqr_ge0.
Qed.

Lemma norm2_le v (s : R) : 0 <= s -> (forall k, `|v 0 k| <= s) ->
  norm2 v <= p.+1%:R * s.
Proof.
move=> s0 vs; have ps0 : 0 <= p.+1%:R * s by rewrite mulr_ge0.
rewrite /norm2 -(ger0_norm ps0) -sqrtr_sqr ler_wsqrtr//.
apply: (@le_trans _ _ (\sum_(k < p.+1) s ^+ 2)).
  apply: ler_sum => k _; rewrite -[leLHS]ger0_norm ?sqr_ge0// normrX.
  by rewrite ler_pexpn2r// ?nnegrE.
rewrite sumr_const card_ord -mulr_natl exprMn ler_wpmul2r ?sqr_ge0//.
by rewrite -[leLHS]mulr1 expr2 ler_wpmul2l// ler1n.
Qed.

(* A set is a neighbourhood of th if and only if it contains a Euclidean ball around th. *)
Lemma nbhs_euclid th (A : set 'rV[R]_p.+1) :
  nbhs th A <-> exists2 e : R, 0 < e & forall b, norm2 (b - th) < e -> A b.
Proof.
split=> [/nbhs_ballP[e /= e0 He]|[e e0 He]].
  exists e => // b be; apply: He => i j; rewrite ord1 /ball/= distrC.
  by have := norm2_coord (b - th) j; rewrite !mxE => /le_lt_trans; exact.
apply/nbhs_ballP; exists (e / (p.+1%:R * 2)) => /=.
  by rewrite divr_gt0// mulr_gt0.
move=> b be; apply: He; apply: (@le_lt_trans _ _ (p.+1%:R * (e / (p.+1%:R * 2)))).
  apply: norm2_le => [|k]; first by rewrite divr_ge0 ?ltW// mulr_gt0.
  by have := be 0 k; rewrite /ball/= distrC !mxE => /ltW.
by rewrite mulrA ltr_pdivr_mulr ?mulr_gt0// [ltLHS]mulrC ltr_pmul2l// ltr_pmulr// ltr1n.
Qed.

(* Open Euclidean balls are open. *)
Lemma near_euclid th b (e : R) : norm2 (b - th) < e -> \forall c \near b, norm2 (c - th) < e.
Proof.
move=> be; apply/nbhs_euclid; exists (e - norm2 (b - th)); first by rewrite subr_gt0.
move=> c; rewrite ltr_subr_addr => /le_lt_trans; apply.
by rewrite -[c - th](subrKA b) norm2D.
Qed.

(* A local minimum, in the words of the paper. *)
Lemma local_minP (g : 'rV[R]_p.+1 -> R) th : local_min g th <->
  exists2 e : R, 0 < e & forall b, norm2 (b - th) < e -> g th <= g b.
Proof. exact: nbhs_euclid. Qed.

(* A step of eps along a vector of Euclidean length at most 1 stays within any larger ball. *)
Lemma ball_step th v (eps e : R) : norm2 v <= 1 -> 0 <= eps -> eps < e ->
  ball th e (th + eps *: v).
Proof.
move=> v1 eps0 epse i j; rewrite ord1 /ball/= !mxE opprD addNKr normrN.
rewrite normrM (ger0_norm eps0); apply: le_lt_trans epse.
by rewrite ler_pimulr// (le_trans (norm2_coord v j)).
Qed.

(* The points with points of A in every Euclidean ball around them form the closure of A. *)
Lemma closure_euclid (A : set 'rV[R]_p.+1) th : closure A th <->
  forall e : R, 0 < e -> exists2 b, norm2 (b - th) < e & A b.
Proof.
split=> [cA e e0|H B /nbhs_euclid[e e0 eB]].
  have /cA[b [Ab be]] : nbhs th [set b | norm2 (b - th) < e].
    by apply/nbhs_euclid; exists e.
  by exists b.
by have [b be Ab] := H e e0; exists b; split=> //; exact: eB.
Qed.

End euclid.
