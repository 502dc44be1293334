(* Deep linear networks (section 4.2.3, the consequence of Theorem 4): if every sigma^(l) is the
   identity and dy <= min{d_1, ..., d_H}, then every local minimum of L is a global one, and its
   value is the least risk of the linear maps x |-> alpha_x x, alpha_x in R^(dy x dx).

   It is Theorem 4 with t = 0 and J^(l) = {1..d_l}. There is no hypothesis on Omega~ as f is a
   polynomial in theta. The paper proves more (Proposition 2: min{dx, dy} in place of dy) by
   another way, for which it cites Laurent and von Brecht (2018). *)
From everymin Require Import prelude calculus minimum euclidean setting.
From everymin Require Import network perturbation theorem_4.

Section deep_linear.
Context {R : realType} {m p : nat}.
Variables (H : nat) (D : nat -> nat).
Local Notation d l := (D l).+1.
Local Notation dx := (d 0).
Local Notation dy := (d H.+1).
Variable enc : slot D -> 'I_p.+1.
Hypothesis enc_inj : {in slots H &, injective enc}.
Variable sigma : forall l, 'cV[R]_(d l) -> 'cV[R]_(d l).
Variable x : 'I_m -> 'cV[R]_dx.
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Implicit Types (th : 'rV[R]_p.+1) (a : 'cV[R]_dx) (A : 'M[R]_(dy, dx)).

Hypothesis linear_activations : forall k, (0 < k <= H)%N -> forall z : 'cV[R]_(d k), sigma z = z.
Hypothesis no_bottleneck : forall k, (0 < k <= H)%N -> (dy <= d k)%N.

Local Notation hidden := (hidden enc sigma).
Local Notation received := (received enc sigma).
Local Notation f := (network H enc sigma).
Local Notation risk := (risk x lambda l).
Local Notation L := (L x lambda l f).
Local Notation linear_values := [set risk (fun a => A *m a) | A in [set: 'M[R]_(dy, dx)]].

Let hidden_linear a th k : (k < H)%N -> hidden a th k.+1 = received a th k.
Proof. by move=> kH; rewrite hiddenS linear_activations. Qed.

(* f is a polynomial in theta. *)
Lemma deep_linear_differentiable a th : differentiable (f a) th.
Proof.
have hidden_differentiable k : (k <= H)%N ->
    forall j, differentiable (fun b => hidden a b k j 0) th.
  elim: k => [|k IH] kH j; first exact: differentiable_cst.
  under eq_fun do rewrite hidden_linear//.
  by apply: received_differentiable; apply: IH; exact: ltnW.
by apply: network_differentiable; exact: hidden_differentiable.
Qed.

(* So Omega~ is empty. *)
Lemma deep_linear_not_Omega_tilde th : ~ Omega_tilde x f th.
Proof.
rewrite /Omega_tilde (_ : Omega x f = set0) ?closure0//; apply/seteqP; split=> // b [i].
by apply; exact: deep_linear_differentiable.
Qed.

(* f is linear in x. *)
Lemma deep_linear_map th : exists A, forall a, f a th = A *m a.
Proof.
have linear k : (k <= H)%N -> exists M : 'M[R]_(d k, dx), forall a, hidden a th k = M *m a.
  elim: k => [|k IH] kH; first by exists 1%:M => a; rewrite mul1mx.
  have [M ME] := IH (ltnW kH).
  by exists (weight enc k th *m M) => a; rewrite hidden_linear// -mulmxA -ME.
have [M ME] := linear H (leqnn H).
by exists (weight enc H th *m M) => a; rewrite -mulmxA -ME.
Qed.

(* All units are linear: theta lies in Theta_{dy,0}. *)
Lemma deep_linear_Theta th : Theta H enc sigma x dy 0 th.
Proof.
exists (fun=> [set: _]%SET), 1 => //; split=> k kH; first by rewrite cardsT card_ord no_bottleneck.
  by move=> r _ b _ i; rewrite hidden_linear.
by move=> r j; rewrite inE.
Qed.

Let coordinatewise_id : coordinatewise H sigma 0.
Proof. by move=> k kH z z' r; rewrite !linear_activations. Qed.

(* The value of every local minimum is the least risk of a linear map, ... *)
Theorem deep_linear_min th : nonnegative_weights lambda -> assumption1 l -> local_min L th ->
  is_min linear_values (L th).
Proof.
move=> lnneg A1 Lmin; have [A AE] := deep_linear_map th.
have [eps0 eps0_gt0 H4] := theorem_4_min enc_inj (leq0n H) coordinatewise_id lnneg A1
  (deep_linear_Theta th) (@deep_linear_not_Omega_tilde th) Lmin.
split; first by exists A => //; apply: eq_bigr => i _; rewrite AE.
have [||_ least] := H4 (eps0 / 2); first by rewrite divr_gt0.
  by rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n.
move=> _ [B _ <-]; apply: least; exists (fun a => B *m a) => //.
exists fset0, (fun _ _ => 0), (fun k => match k with 0%N => B | _ => 0 end); split=> //.
apply/funext => a; rewrite big_ltn// big_nat_cond big1 => [|k]; last first.
  by case: k => [|k _]; rewrite ?mul0mx.
rewrite addr0 [X in _ + X]big1 ?addr0// => k _.
by apply: big1 => v _; rewrite scale0r.
Qed.

(* ... as printed: the infimum over alpha_x; *)
Theorem deep_linear_corollary th : positive_weights lambda -> assumption1 l -> local_min L th ->
  (L th)%:E = ereal_inf (EFin @` linear_values).
Proof. by move=> lpos A1 Lmin; rewrite (is_min_ereal_inf (deep_linear_min lpos A1 Lmin)). Qed.

(* and so every local minimum is a global one. *)
Theorem deep_linear_global th : nonnegative_weights lambda -> assumption1 l -> local_min L th ->
  forall th', L th <= L th'.
Proof.
move=> lnneg A1 Lmin th'; have [_] := deep_linear_min lnneg A1 Lmin; apply.
have [A AE] := deep_linear_map th'.
by exists A => //; apply: eq_bigr => i _; rewrite AE.
Qed.

End deep_linear.
