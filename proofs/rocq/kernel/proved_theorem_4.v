(* Theorem 4 as the TypeScript side states it (results.v), from Theorem 2: the features of the
   layers t..H are predictions of the perturbable gradient basis model (feature_predictions.v).
   Most of this file reads the hypotheses of the statement, whose layers are t + rho + 1 for
   rho < r, as those of locally_linear.v, whose layers are l.+1 for t <= l < H = t + r. *)
From everymin Require Import prelude interpretation derivative statements results.
From everymin Require Import problem proved_lemma_e proved_theorems.
From everymin Require Import feedforward locally_linear feature_predictions.

Section statement.
Context {R : realType}.
Variables (m H : nat) (d : nat -> nat).
Local Notation size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N.
Variables (x : 'I_m -> 'I_(d 0%N) -> R) (sigma : forall l, ('I_(d l) -> R) -> 'I_(d l) -> R).
Variable h : forall l, 'I_m -> ('I_size -> R) -> 'I_(d l) -> R.
Arguments h : clear implicits.
Arguments sigma : clear implicits.
Implicit Types (b : 'I_size -> R) (i : 'I_m).

(* W^(l+1) h^(l) in both *)
Lemma received_toE (l : 'I_(H + 1)) i b k : matVec (d (l + 1)) (d l) (Weight H d b l) (h l i b) k =
  (weight_to (l + 1) l b *m hidden h i b l) k 0.
Proof. by rewrite mxE; apply: eq_bigr => j _; rewrite weight_toE [hidden _ _ _ _ _ _]mxE. Qed.

(* The same with a vector and an index that are cast along l = l0. *)
Lemma received_castE l0 (l : 'I_(H + 1)) i b : nat_of_ord l = l0 ->
  forall (E1 : d (l0 + 1)%N = d (l + 1)%N) (E2 : d l = d l0) c,
  matVec (d (l + 1)) (d l) (Weight H d b l) (fun k => h l0 i b (cast_ord E2 k)) (cast_ord E1 c) =
  (weight_to (l0 + 1) l0 b *m hidden h i b l0) c 0.
Proof.
move=> ll0; subst l0 => E1 E2 c; rewrite cast_ord_id -received_toE.
by congr (matVec _ _ _ _ _); apply/funext => k; rewrite cast_ord_id.
Qed.

Lemma layersE : (forall i b, h 0%N i b = x i) /\ (forall (l : 'I_H) i b,
    h (l + 1)%N i b =
    sigma (l + 1)%N (matVec (d (l + 1)) (d l) (Weight H d b (lshift 1 l)) (h l i b))) ->
  layers x sigma h.
Proof.
move=> [h0 hS]; split=> // l lH i b.
suff all L : L = (l + 1)%N ->
    h L i b = sigma L (fun k => (weight_to L l b *m hidden h i b l) k 0).
  by apply: all; rewrite addn1.
move=> ->; have /= -> := hS (Ordinal lH) i b; congr (sigma _ _); apply/funext => k.
exact: (@received_toE (lshift 1 (Ordinal lH))).
Qed.

End statement.

(* Theorem 4 for the layers of feedforward.v: L(theta) is the least risk of the predictions of the
   perturbable gradient basis model, and the features are predictions. *)
Lemma features_minimum (R : realType) m H (d : nat -> nat)
    (size := (\sum_(l < H + 1) d (nat_of_ord l + 1) * d (nat_of_ord l))%N)
    (x : 'I_m -> 'I_(d 0%N) -> R) sigma (h : forall l, 'I_m -> ('I_size -> R) -> 'I_(d l) -> R)
    lambda L l f th t J e (risk := fun F => \sum_i lambda i * l i (F i)) :
  layers x sigma h -> L = H.+1 -> @is_output R m H d h L f -> (t <= H)%N ->
  coordinatewise H sigma t -> 0 < e -> linear_units h t th J e ->
  PositiveWeights m lambda -> Assumption1 m (d L) l ->
  ~ OmegaTilde m size (d L) lambda l f th ->
  LocalMin size (fun b => Loss m size (d L) lambda l f b) th ->
  exists eps0, 0 < eps0 /\ forall eps, 0 < eps -> eps < eps0 ->
  let InE := InE m size (d L) lambda l f th eps in
  [/\ forall k, (t <= k <= H)%N -> forall A, InE (fun i => matVec (d L) (d k) A (h k i th)),
      exists F, InE F /\ Loss m size (d L) lambda l f th = risk F &
      forall F, InE F -> Loss m size (d L) lambda l f th <= risk F].
Proof.
move=> h_layers LE fE tH cw e0 lin lpos A1 nO Lmin.
have [q [q0 near_df]] := differentiable_nearby nO.
have [u [u0 H2]] := theorem_2_kernel lpos A1 (output_assumption2 h_layers lambda l LE fE) nO Lmin.
exists (Num.min e (Num.min q u)); split=> [|eps eps0]; first by rewrite !lt_minr e0 q0.
rewrite !lt_minr => /and3P[epse epsq epsu].
have /IsMinP[[s [S [SV [alpha LS]]]] lb] := H2 _ (ltW eps0) epsu.
split=> [k tk A| |F [s' [S' [S'V [alpha' FE]]]]].
- apply: (features_InE h_layers lambda l LE fE tH cw lin eps0 epse) => // v v1.
  by apply: near_df => //; exact: ltW.
- exists (Perturbed m size (d L) lambda l f th eps s S ^~ alpha); split; last exact: LS.
  by exists s, S; split=> //; exists alpha.
- apply: lb; exists s', S'; split=> //; exists alpha'.
  by apply: eq_bigr => i _; rewrite FE.
Qed.

(* The set of a 0/1 vector *)
Definition set_of {R : realType} n (J : 'I_n -> R) : {set 'I_n} := [set k | J k == 1].

Lemma AtLeast_card (R : realType) p n (J : 'I_n -> R) : AtLeast p n J -> (p <= #|set_of J|)%N.
Proof.
move=> [j [j_inj jJ]]; rewrite -[p in (p <= _)%N]card_ord -(card_imset _ (f := j)); last first.
  by move=> a b; exact: j_inj.
by apply: subset_leq_card; apply/fintype.subsetP => _ /imsetP[a _ ->]; rewrite inE; apply/eqP/jJ.
Qed.

(* The layers t..H-1 are t + rho for rho < r. *)
Lemma layer_above t r l : (t <= l < t + r)%N -> exists rho : 'I_r, l = (t + rho)%N.
Proof.
move=> /andP[tl lH]; have rho : (l - t < r)%N by rewrite ltn_subLR.
by exists (Ordinal rho); rewrite /= subnKC.
Qed.

Lemma theorem_4_kernel (R : realType) : @theorem_4_statement R.
Proof.
move=> m t r d x sigma h lambda l th lpos net cw A1 [J [large [[e [e0 linear]] closed]]].
set f := (fun (i : 'I_m) b c => FeedforwardOutput m (t + r) d h i b (cast_ord _ c)) => nO Lmin.
(* the network and sigma *)
pose H := (t + r)%N; have h_layers : layers x sigma h := layersE net.
have LE : (H + 1)%N = H.+1 by rewrite addn1.
have fE : is_output h f.
  by move=> i b; apply/funext => c; apply: received_castE; rewrite /= addn0.
have tH : (t <= H)%N := leq_addr _ _.
have cwE : coordinatewise H sigma t.
  case=> [|k]; first by rewrite ltn0.
  rewrite ltnS => /layer_above[rho ->]; rewrite -addn1 => z z' j.
  exact: cw.
(* theta is in Theta_{dy,t}: the three conditions *)
have lin : linear_units h t th (fun k => set_of (J k)) e.
  split=> [k|k /layer_above[rho kE] b nb|k /andP[tk kH]].
  - case: k => [|k]; first by rewrite ltn0.
    rewrite ltnS => /layer_above[rho ->]; rewrite -[(t + rho).+1]addn1 -[(t + r).+1]addn1.
    exact/AtLeast_card/(large rho).2.
  - subst k; suff all L : L = (t + rho + 1)%N -> forall k, k \in set_of (J L) -> forall i,
        h L i b k = (weight_to L (t + rho) b *m hidden h i b (t + rho)%N) k 0.
      by apply: all; rewrite addn1.
    move=> -> k; rewrite inE => /eqP kJ i; rewrite (linear b nb rho k kJ i).
    exact: received_toE.
  - have [|rho kE] := @layer_above t r k; first by rewrite (ltnW tk).
    subst k; suff all L : L = (t + rho + 1)%N -> forall i j, i \notin set_of (J L) ->
        j \in set_of (J (t + rho)%N) -> weight_to L (t + rho) th i j = 0.
      by apply: all; rewrite addn1.
    move=> -> i j; rewrite !inE => /eqP iJ /eqP jJ.
    have rho1 : (1 <= rho)%N by rewrite -(ltn_add2l t) addn0.
    by rewrite -(closed rho rho1 i j iJ jJ) -weight_toE.
(* the values *)
have [eps0 [eps0_gt0 H4]] := features_minimum h_layers LE fE tH cwE e0 lin lpos A1 nO Lmin.
exists eps0; split=> // eps eps_gt0 eps_lt.
have [EA [F [[s [S [SV [alpha FE]]]] LF]] lb] := H4 eps eps_gt0 eps_lt.
apply/IsMinP; split.
  exists s, S; split=> //; exists alpha, (fun _ _ _ => 0); rewrite LF.
  apply: eq_bigr => i _; congr (_ * l i _); rewrite FE; apply/funext => c.
  by rewrite [X in _ = X + _]big1 ?add0r// => rho _; rewrite /matVec big1// => k _; rewrite mul0r.
move=> _ [s' [S' [S'V [alpha' [A ->]]]]]; apply: lb; apply: InE_add.
  apply: InE_sum => rho; apply: EA.
  by rewrite leq_addr leq_add2l -ltnS; have := ltn_ord rho; rewrite {2}addn1.
by exists s', S'; split=> //; exists alpha'.
Qed.
