(* Lemma E as the TypeScript side states it (results.v): what the predictions of the perturbable
   gradient basis model are. A matter of finite sums, proved here for functions that need not be
   differentiable. *)
From everymin Require Import prelude interpretation statements results derivative problem.

Section lemma_e.
Context {R : realType}.
Variables (m p d : nat) (lambda : 'I_m -> R).
Variables (l : 'I_m -> ('I_d -> R) -> R) (f : 'I_m -> ('I_p -> R) -> 'I_d -> R).
Variable th : 'I_p -> R.
Implicit Types (F G : 'I_m -> 'I_d -> R) (v : 'I_p -> R) (eps : R).

Local Notation InE := (InE m p d lambda l f th).
Local Notation V := (InV m p d lambda l f th).
Local Notation at_point eps v k i := (partial_vec (f i) (fun j => th j + eps * v j) k).

Lemma join_left T n n' (u : 'I_n -> T) (v : 'I_n' -> T) j : join_functions u v (lshift n' j) = u j.
Proof. by rewrite /join_functions -[lshift _ _]/(unsplit (inl j)) unsplitK. Qed.

Lemma join_right T n n' (u : 'I_n -> T) (v : 'I_n' -> T) j :
  join_functions u v (rshift n j) = v j.
Proof. by rewrite /join_functions -[rshift _ _]/(unsplit (inr j)) unsplitK. Qed.

(* The predictions are closed under sums, multiples, and hold every partial derivative. *)
Lemma InE_0 eps : InE eps (fun _ _ => 0).
Proof.
exists 0%N, (fun _ _ => 0); split=> [[]//|]; exists (fun _ _ => 0) => i.
by apply/funext => c; rewrite /Perturbed big1// => k _; rewrite big_ord0.
Qed.

Lemma InE_add eps F G : InE eps F -> InE eps G -> InE eps (fun i c => F i c + G i c).
Proof.
move=> [s [S [SV [a FE]]]] [s' [S' [S'V [a' GE]]]].
exists (s + s')%N, (join_functions S S'); split=> [j|].
  by rewrite /join_functions; case: fintype.splitP.
exists (fun k => join_functions (a k) (a' k)) => i; rewrite FE GE; apply/funext => c.
rewrite /Perturbed -big_split; apply: eq_bigr => k _; rewrite big_split_ord.
by congr (_ + _); apply: eq_bigr => j _; rewrite ?join_left ?join_right.
Qed.

Lemma InE_sum eps n (F : 'I_n -> 'I_m -> 'I_d -> R) :
  (forall j, InE eps (F j)) -> InE eps (fun i c => \sum_j F j i c).
Proof.
elim: n F => [|n IH] F EF.
  have := InE_0 eps; congr InE; apply/funext => i; apply/funext => c.
  by rewrite big_ord0.
have := InE_add (EF ord0) (IH (fun j => F (lift ord0 j)) (fun j => EF _)); congr InE.
by apply/funext => i; apply/funext => c; rewrite big_ord_recl.
Qed.

(* The gradient basis model at theta + eps v. *)
Lemma InE_at eps v (a : 'I_p -> R) : V eps v ->
  InE eps (fun i c => \sum_k a k * at_point eps v k i c).
Proof.
move=> Vv; exists 1%N, (fun=> v); split=> // ; exists (fun k _ => a k) => i.
by apply/funext => c; apply: eq_bigr => k _; rewrite big_ord1.
Qed.

Lemma InE_partial eps v (b : R) k : V eps v -> InE eps (fun i c => b * at_point eps v k i c).
Proof.
move=> Vv; have := InE_at (fun k' => (k' == k)%:R * b) Vv; congr InE.
apply/funext => i; apply/funext => c; rewrite (bigD1 k)//= eqxx mul1r big1 ?addr0//.
by move=> k' /negbTE ->; rewrite !mul0r.
Qed.

Lemma V_zero eps : V eps (fun=> 0).
Proof.
split=> [|i]; first by rewrite /norm big1 ?sqrtr0// => k _; rewrite mul0r.
by congr f; apply/funext => k; rewrite mulr0 addr0.
Qed.

(* A finite double sum, listed. *)
Lemma InE_listed eps F : InE eps F <-> exists s (S : 'I_s -> 'I_p -> R),
  RowsInV m p d lambda l f th eps s S /\ exists (kappa : 'I_s -> 'I_p) (b : 'I_s -> R),
  forall i, F i = (fun c => \sum_a b a * at_point eps (S a) (kappa a) i c).
Proof.
split=> [[s [S [SV [alpha FE]]]]|[s [S [SV [kappa [b FE]]]]]]; last first.
  have := InE_sum (fun a => InE_partial (b a) (kappa a) (SV a)); congr InE.
  by apply/funext => i; rewrite FE.
pose I := [finType of 'I_p * 'I_s]; pose e (a : 'I_#|I|) : I := enum_val a.
exists #|I|, (fun a => S (e a).2); split=> [a|]; first exact: SV.
exists (fun a => (e a).1), (fun a => alpha (e a).1 (e a).2) => i; rewrite FE.
apply/funext => c; rewrite /Perturbed pair_bigA/=.
pose g (kj : I) := alpha kj.1 kj.2 * at_point eps (S kj.2) kj.1 i c.
by rewrite -(big_enum_val g).
Qed.

(* Where f(theta) is a combination of its partial derivatives: sums of tangents. *)
Lemma InE_tangents eps F (gamma : 'I_p -> R) :
  (forall i, f i th = (fun c => \sum_k gamma k * partial_vec (f i) th k c)) ->
  InE eps F <-> exists s (S : 'I_s -> 'I_p -> R), RowsInV m p d lambda l f th eps s S /\
    exists (b : 'I_s -> R) (beta : 'I_s -> 'I_p -> R), forall i, F i = (fun c =>
      \sum_a b a * (f i (fun k => th k + eps * S a k) c +
                    \sum_k beta a k * at_point eps (S a) k i c)).
Proof.
move=> fE; have thE : (fun j => th j + eps * 0) = th.
  by apply/funext => j; rewrite mulr0 addr0.
have f0 i c : f i th c = \sum_k gamma k * at_point eps (fun=> 0) k i c.
  by rewrite /= thE [in LHS]fE.
split=> [[s [S [SV [alpha FE]]]]|[s [S [SV [b [beta FE]]]]]]; last first.
  have point a : InE eps (fun i c => b a * f i th c).
    have := InE_at (fun k => b a * gamma k) (V_zero eps); congr InE.
    apply/funext => i; apply/funext => c; rewrite f0 mulr_sumr.
    by apply: eq_bigr => k _; rewrite mulrA.
  have tangent a : InE eps (fun i c => b a * \sum_k beta a k * at_point eps (S a) k i c).
    have := InE_at (fun k => b a * beta a k) (SV a); congr InE.
    apply/funext => i; apply/funext => c; rewrite mulr_sumr.
    by apply: eq_bigr => k _; rewrite mulrA.
  have := InE_sum (fun a => InE_add (point a) (tangent a)); congr InE.
  apply/funext => i; rewrite FE; apply/funext => c; apply: eq_bigr => a _.
  by rewrite mulrDr (SV a).2.
exists (s + s)%N, (join_functions S S); split=> [a|].
  by rewrite /join_functions; case: fintype.splitP.
exists (join_functions (fun=> 1) (fun=> -1)).
exists (join_functions (fun a k => alpha k a) (fun _ _ => 0)) => i; rewrite FE.
apply/funext => c; rewrite big_split_ord/= /Perturbed exchange_big -big_split/=.
apply: eq_bigr => a _; rewrite !join_left !join_right mul1r mulN1r.
by rewrite [X in _ - (_ + X)]big1 => [|k _]; rewrite ?mul0r// addr0 addrAC subrr add0r.
Qed.

Lemma InE_grows eps eps' F : 0 < eps -> eps <= eps' -> InE eps F -> InE eps' F.
Proof.
move=> eps0 epsle [s [S [SV [alpha FE]]]]; have eps'0 := lt_le_trans eps0 epsle.
pose q := eps / eps'; have q0 : 0 <= q by rewrite divr_ge0// ltW.
have qE a k : eps' * (q * S a k) = eps * S a k.
  by rewrite mulrA mulrCA mulfV ?mulr1// gt_eqF.
have same a : (fun k => th k + eps' * (q * S a k)) = (fun k => th k + eps * S a k).
  by apply/funext => k; rewrite qE.
exists s, (fun a k => q * S a k); split=> [a|].
  split=> [|i]; last by rewrite same (SV a).2.
  rewrite -[norm _ _]/(euclidean _) euclidean_scale ger0_norm//.
  apply: mulr_ile1 => //; first exact: euclidean_ge0.
    by rewrite ler_pdivr_mulr// mul1r.
  exact: (SV a).1.
exists alpha => i; rewrite FE; apply/funext => c; apply: eq_bigr => k _.
by apply: eq_bigr => a _; rewrite same.
Qed.

End lemma_e.

Lemma lemma_e_kernel (R : realType) : @lemma_e_statement R.
Proof.
move=> m p d lambda l f th eps F eps0; split.
  by have [to_list from_list] := InE_listed lambda l f th eps F; split.
split=> [[gamma fE]|eps' eps_gt0 le_eps]; last exact: InE_grows.
by have [to_tangents from_tangents] := InE_tangents lambda l eps F fE; split.
Qed.
