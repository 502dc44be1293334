(* Proposition 1 as the TypeScript side states it (results.v), from Theorem 3 for the network in
   which u is held: that one is a polynomial in (W, R), so it has no kinks. The Lipschitz
   conditions of the statement are not needed. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import problem proved_lemma_e proved_theorems residual proved_theorem_3.

Section bilinear.
Context {R : realType}.

(* What is at most a multiple of the square of ||h|| is negligible. *)
Lemma negligible_square n (r : ('I_n -> R) -> R) (K : R) : 0 <= K ->
  (forall h, r h <= K * (euclidean h * euclidean h)) -> negligible r.
Proof.
move=> K0 rK e e0; have K1 : 0 < K + 1 by rewrite ltr_spaddr.
exists (e / (K + 1)); split=> [|h]; first exact: divr_gt0.
rewrite ltr_pdivl_mulr// => hd; apply: le_trans (rK h) _; rewrite mulrA.
rewrite ler_wpmul2r ?euclidean_ge0//; apply: le_trans (ltW hd).
by rewrite mulrC ler_wpmul2l ?euclidean_ge0// ler_addl.
Qed.

Lemma cross_term (a b c d : R) : a + b + (c + d) - a - (c + b) = d.
Proof.
apply/eqP; rewrite subr_eq subr_eq -addrA [eqbRHS]addrC; apply/eqP; congr (_ + _).
by rewrite [b + _]addrC addrA [d + c]addrC.
Qed.

End bilinear.

Section network.
Context {R : realType}.
Variables (m dx dz dy : nat) (x : 'I_m -> 'I_dx -> R) (z : 'I_m -> ('I_0 -> R) -> 'I_dz -> R).
Local Notation size := (dy * dx + (dx * dz + 0))%N.
Local Notation f := (ResNet m dx dz dy 0 x z).
Local Notation Wof := (ResNetW dx dz dy 0).
Local Notation Rof := (ResNetR dx dz dy 0).
Local Notation uof := (ResNetU dx dz dy 0).
Implicit Types th h : 'I_size -> R.

Lemma no_u th h : uof th = uof h.
Proof. by apply/funext => -[]. Qed.

(* (W + V)(x + (R + S) z) - W (x + R z) is V (x + R z) + W S z, linear in (V, S), and V S z. *)
Lemma network_differentiable th i : Diff_vec (f i) th.
Proof.
apply/Diff_vecP => c; pose Z := z i (uof th).
pose S h k := \sum_j Rof h k j * Z j.
pose A : 'I_size -> R := join_functions
  (unpair (fun c' k => (c' == c)%:R * features x z th i k))
  (join_functions (unpair (fun k j => Wof th c k * Z j)) (fun=> 0)).
have sumA h : \sum_k A k * h k =
    \sum_k (Wof h c k * features x z th i k + Wof th c k * S h k).
  rewrite /A !big_split_ord/= [X in _ + (_ + X)]big_ord0 addr0 big_split/=; congr (_ + _).
    rewrite sum_unpair (bigD1 c)//= [X in _ + X]big1 ?addr0 => [|c' /negbTE c'c].
      by apply: eq_bigr => k _; rewrite join_left unpairE eqxx mul1r mulrC.
    by rewrite big1// => k _; rewrite join_left unpairE c'c !mul0r.
  rewrite sum_unpair; apply: eq_bigr => k _; rewrite mulr_sumr; apply: eq_bigr => j _.
  by rewrite join_right join_left unpairE -mulrA [Z j * _]mulrC.
exists A; pose K := \sum_(k < dx) \sum_j `|Z j|.
have K0 : 0 <= K by apply: sumr_ge0 => k _; apply: sumr_ge0.
apply: (negligible_square K0) => h; rewrite sumA.
have -> : f i (fun k => th k + h k) c - f i th c -
    \sum_k (Wof h c k * features x z th i k + Wof th c k * S h k) = \sum_k Wof h c k * S h k.
  rewrite -[f i _ c]/(\sum_k Wof (fun k => th k + h k) c k *
    features x z (fun k => th k + h k) i k).
  rewrite -[f i th c]/(\sum_k Wof th c k * features x z th i k) -!sumrB.
  apply: eq_bigr => k _.
  have -> : features x z (fun k => th k + h k) i k = features x z th i k + S h k.
    rewrite /features (no_u _ th) -addrA; congr (_ + _); rewrite -big_split.
    by apply: eq_bigr => j _; rewrite /ResNetR mulrDl.
  rewrite -[Wof (fun _ => _) c k]/(Wof th c k + Wof h c k) mulrDl !mulrDr.
  exact: cross_term.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite mulr_suml; apply: ler_sum => k _.
have SK : `|S h k| <= euclidean h * \sum_j `|Z j|.
  rewrite mulr_sumr; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => j _.
  rewrite normrM ler_wpmul2r//.
  exact: (euclidean_coord h (rshift _ (lshift _ (index_pair k j)))).
have Wk : `|Wof h c k| <= euclidean h.
  exact: (euclidean_coord h (lshift _ (index_pair c k))).
rewrite normrM; apply: le_trans (ler_pmul _ _ Wk SK) _ => //.
by rewrite [leRHS]mulrC -mulrA lexx.
Qed.

End network.

Lemma proposition_1_kernel (R : realType) : @proposition_1_statement R.
Proof.
move=> m dx dz dy du x z lambda l th lpos dy1 cvx smooth _ _ _ Lmin _ [V ->].
have A1 : Assumption1 m dy l by move=> i; split=> // q; case: (smooth i q).
case: (posnP dx) => [dx0|dx_gt0].
  rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: eq_bigr => i _.
  congr (_ * l i _); apply/funext => c; rewrite /ResNet /matVec.
  by rewrite !big1// => k _; have := ltn_ord k; rewrite {2}dx0.
have dydx : (dy <= dx)%N by rewrite dy1.
pose z' i (_ : 'I_0 -> R) := z i (ResNetU dx dz dy du th).
pose g := ResNet m dx dz dy 0 x z'.
(* the parameters of the network in which u is held, and back *)
pose held (t : 'I_(dy * dx + (dx * dz + du)) -> R) : 'I_(dy * dx + (dx * dz + 0)) -> R :=
  join_functions (fun k => t (lshift _ k)) (join_functions
    (fun k => t (rshift _ (lshift _ k))) (fun=> 0)).
pose back (t : 'I_(dy * dx + (dx * dz + 0)) -> R) : 'I_(dy * dx + (dx * dz + du)) -> R :=
  join_functions (fun k => t (lshift _ k)) (join_functions
    (fun k => t (rshift _ (lshift _ k))) (ResNetU dx dz dy du th)).
have loss_back t : Loss m _ dy lambda l (ResNet m dx dz dy du x z) (back t) =
    Loss m _ dy lambda l g t.
  apply: eq_bigr => i _; congr (_ * l i _); apply/funext => c; apply: eq_bigr => k _.
  have -> : ResNetW dx dz dy du (back t) = ResNetW dx dz dy 0 t.
    apply/funext => a; apply/funext => b.
    by rewrite /ResNetW /back join_left.
  have -> : ResNetR dx dz dy du (back t) = ResNetR dx dz dy 0 t.
    apply/funext => a; apply/funext => b.
    by rewrite /ResNetR /back join_right join_left.
  have -> // : ResNetU dx dz dy du (back t) = ResNetU dx dz dy du th.
  by apply/funext => a; rewrite {1}/ResNetU /back !join_right.
have back_held : back (held th) = th.
  apply/funext => k; rewrite /back -[k]splitK.
  case: (fintype.split k) => [j|j] /=; first by rewrite join_left /held join_left.
  rewrite join_right -[j]splitK; case: (fintype.split j) => [j'|j'] /=.
    by rewrite join_left /held join_right join_left.
  by rewrite join_right.
have gmin : LocalMin _ (fun t => Loss m _ dy lambda l g t) (held th).
  have [e [e0 emin]] := Lmin; exists e; split=> // t te.
  rewrite -!loss_back back_held; apply: emin; rewrite /InBall.
  apply: le_lt_trans te; rewrite le_eqVlt; apply/orP; left; apply/eqP; congr Num.sqrt.
  rewrite !big_split_ord/=; congr (_ + (_ + _)).
  - by apply: eq_bigr => k _; rewrite /back /held !join_left.
  - by apply: eq_bigr => k _; rewrite /back /held !join_right !join_left.
  rewrite [RHS]big_ord0 big1// => k _.
  by rewrite /back !join_right /ResNetU mulN1r subrr mul0r.
have nO : ~ OmegaTilde m _ dy lambda l g (held th).
  move=> /(_ 1 ltr01)[t [_ [i]]]; apply; exact: network_differentiable.
have [e [e0 H]] := theorem_3_wide lpos A1 dydx nO gmin.
have e20 : 0 < e / 2%:R by rewrite divr_gt0.
have e2e : e / 2%:R < e by rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n.
have /IsMinP[_ lb] := H _ e20 e2e.
rewrite -back_held loss_back; apply: lb.
exists 0%N, (fun _ _ => 0); split=> [[]//|]; exists (fun _ _ => 0), V, (fun _ _ => 0).
apply: eq_bigr => i _; congr (_ * l i _); apply/funext => c.
rewrite [matVec dy dz _ _ _]big1 ?addr0 => [|k _]; last by rewrite mul0r.
by rewrite /Perturbed big1 ?addr0// => k _; rewrite big_ord0.
Qed.
