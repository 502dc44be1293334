(* Beyond Theorem 4 (ours): at every local minimum theta in Theta_{dy,t}, differentiable or not,
     L(theta) = min over alpha_h of the risk of sum_{l=t}^H alpha_h^(l+1) h^(l)
   (`network_features_min`), so that f~ never improves the value.

   Proof: freeze the layers up to t and the units outside J at their values at theta, and let the
   units in J be linear everywhere (`frozen_activation`). The frozen network is a polynomial in
   theta; at a parameter b near theta its outputs are those of the network at the parameter that
   takes from b only the rows in J (`frozen_network`). So it inherits the local minimum, and
   Theorem 2 for it gives the lower bound; alpha_h^(H+1) = W^(H+1) attains it. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_1 theorem_2.
From everymin Require Import network perturbation representation theorem_4.

Section network_features.
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

Local Notation f := (network H enc sigma).
Local Notation L := (L x lambda l f).
Local Notation risk := (risk x lambda l).
Local Notation hidden := (hidden enc sigma).
Local Notation weight := (weight enc).
Implicit Types (b : 'rV[R]_p.+1) (a : 'cV[R]_dx).

Section frozen.
Variables (t : nat) (th : 'rV[R]_p.+1) (J : forall k, {set 'I_(d k)}) (e : R).
Hypotheses (t_le_H : (t <= H)%N) (e_gt0 : 0 < e).
Hypothesis sigma_separated : separated H (fun=> sigma) t J.
Hypothesis J_linear : linear_within H enc x hidden dy t th J e.

(* The units in J are linear, the others have their values at theta. *)
Definition frozen_activation a k (z : 'cV[R]_(d k)) : 'cV[R]_(d k) :=
  \col_r if (t < k)%N && (r \in J k) then z r 0 else hidden a th k r 0.
Local Notation hidden0 a := (network.hidden enc (frozen_activation a) a).
Local Notation received0 a := (received enc (frozen_activation a) a).
Local Notation f0 a := (network H enc (frozen_activation a) a).
Local Notation L0 := (setting.L x lambda l (fun a => f0 a)).

(* The rows of W^(k+1) that b moves: those in J^(k+1), for k >= t; all for k = H. *)
Definition moved (s : slot D) : bool :=
  (t <= tag s)%N && ((tag s == H) || ((tagged s).1 \in J (tag s).+1)).
(* theta, with these entries taken from b. *)
Definition mix b : 'rV[R]_p.+1 :=
  \row_q if `[< exists2 s, s \in slots H & moved s /\ enc s = q >] then b 0 q else th 0 q.

(* Its blocks: b in the rows that move, theta in the others. *)
Lemma weight_mix b k r j : (k <= H)%N -> weight k (mix b) r j =
  if (t <= k)%N && ((k == H) || (r \in J k.+1)) then weight k b r j else weight k th r j.
Proof.
move=> kH; rewrite !mxE; congr (if _ then _ else _); apply/asboolP/idP => [[s sH [ms E]]|mkr].
  by have := enc_inj sH (etrans (in_slots H (r, j)) kH) E => Es; move: ms; rewrite Es.
by exists (existT _ k (r, j)).
Qed.

(* It is no farther from theta than b is, *)
Lemma norm2_mix b : norm2 (mix b - th) <= norm2 (b - th).
Proof.
rewrite ler_wsqrtr//; apply: ler_sum => q _; rewrite !mxE; case: ifP => // _.
by rewrite subrr expr0n sqr_ge0.
Qed.

(* is theta for b = theta, *)
Lemma mix_th : mix th = th.
Proof. by apply/rowP => q; rewrite mxE; case: ifP. Qed.

(* and is frozen in the sense of perturbation.v. *)
Lemma frozen_mix b : norm2 (b - th) < e -> frozen H enc t th J e (mix b).
Proof.
move=> nb; split=> [|k kt|k /andP[tk kH] r j rJ].
- by apply: le_lt_trans nb; exact: norm2_mix.
- have kH : (k <= H)%N by exact: leq_trans (ltnW kt) t_le_H.
  by apply/matrixP => r j; rewrite (weight_mix _ _ _ kH) leqNgt kt.
- by rewrite (weight_mix _ _ _ (ltnW kH)) tk (ltn_eqF kH) (negbTE rJ).
Qed.

(* Near theta, the layers of the frozen network at b are those of the network at mix b, ... *)
Lemma frozen_hidden b i k : norm2 (b - th) < e -> (k <= H)%N ->
  hidden0 (x i) b k = hidden (x i) (mix b) k.
Proof.
move=> nb; have fb := frozen_mix nb; have [nmix _ _] := fb; have [_ linear _] := J_linear.
elim: k => // k IH kH; apply/colP => r; rewrite hiddenS mxE.
have [tk|kt] := ltnP t k.+1; last by rewrite andFb (hidden_kept (fun=> sigma) _ fb).
have tkH : (t <= k < H)%N by rewrite -ltnS tk kH.
rewrite andTb; case: ifPn => rJ; last first.
  by rewrite (outside_kept sigma_separated J_linear _ fb)// tk.
rewrite linear// 2!mxE; apply: eq_bigr => j _.
by rewrite (weight_mix _ _ _ (ltnW kH)) -ltnS tk rJ orbT/= IH// ltnW.
Qed.

(* ... and so are the outputs. *)
Lemma frozen_network b i : norm2 (b - th) < e -> f0 (x i) b = f (x i) (mix b).
Proof.
move=> nb; rewrite /network /received frozen_hidden//; congr (_ *m _).
by apply/matrixP => r j; rewrite weight_mix// t_le_H eqxx.
Qed.

(* So the objective of the frozen network has a local minimum at theta. *)
Lemma frozen_local_min : local_min L th -> local_min L0 th.
Proof.
move=> /local_minP[e' e'_gt0 Lmin]; apply/local_minP; exists (Num.min e e').
  by rewrite lt_minr e_gt0.
have L0E b : norm2 (b - th) < e -> L0 b = L (mix b).
  by move=> nb; apply: eq_bigr => i _; rewrite frozen_network.
move=> b; rewrite lt_minr => /andP[nb nb']; rewrite !L0E ?subrr ?norm2_0// mix_th.
exact/Lmin/(le_lt_trans (norm2_mix b)).
Qed.

(* The frozen network is a polynomial in theta. *)
Lemma frozen_not_Omega_tilde : ~ Omega_tilde x (fun a => f0 a) th.
Proof.
rewrite /Omega_tilde (_ : Omega _ _ = set0) ?closure0//; apply/seteqP; split=> // b [i]; apply.
apply: network_differentiable; elim: H => [|k IH] j; first exact: differentiable_cst.
rewrite (_ : (fun _ => _) = fun c => if (t < k.+1)%N && (j \in J k.+1)
  then received0 (x i) c k j 0 else hidden (x i) th k.+1 j 0); last first.
  by apply/funext => c; rewrite hiddenS mxE.
case: (_ && _); [exact: received_differentiable|exact: differentiable_cst].
Qed.

(* Theorem 2 for the frozen network: no combination of the features has a lower risk. *)
Lemma features_lower_bound (alpha_h : forall k, 'M[R]_(dy, d k)) :
  nonnegative_weights lambda -> assumption1 l -> local_min L th ->
  L th <= risk (fun a => \sum_(t <= k < H.+1) alpha_h k *m hidden a th k).
Proof.
move=> lnneg A1 /frozen_local_min Lmin.
have A2 : assumption2 x (fun a => f0 a).
  by exists (fun b k => block enc (weight H b) 0 k) => i b _; exact: network_last_layer.
have [eps0 eps0_gt0 H2] := theorem_2_min lnneg A1 A2 frozen_not_Omega_tilde Lmin.
have sep : separated H frozen_activation t J.
  by move=> a k /andP[tk _] z z' _ r rJ; rewrite !mxE (negbTE rJ) andbF.
have linear : linear_within H enc x (fun a => hidden0 a) dy t th J e.
  have [large _ closed] := J_linear; split=> // k /andP[tk _] r rJ b _ i.
  by rewrite hiddenS mxE ltnS tk rJ.
pose eps := Num.min e eps0 / 2.
have min_gt0 : 0 < Num.min e eps0 by rewrite lt_minr e_gt0.
have eps_gt0 : 0 < eps by rewrite divr_gt0.
have : eps < Num.min e eps0 by rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n.
rewrite lt_minr => /andP[eps_lt_e eps_lt].
have [h Eh hE] : sampled x (fun a => f0 a) th eps
    (fun i => \sum_(t <= k < H.+1) alpha_h k *m hidden0 (x i) th k).
  apply: sampled_sum => k; rewrite mem_index_iota => tk.
  exact: (features_represented enc_inj t_le_H sep linear eps_gt0 eps_lt_e).
have [_ least] := H2 _ (ltW eps_gt0) eps_lt.
have th_th : norm2 (th - th) < e by rewrite subrr norm2_0.
have <- : L0 th = L th by apply: eq_bigr => i _; rewrite frozen_network// mix_th.
apply: le_trans (least (risk h) _) _; first by exists h.
rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: eq_bigr => i _; rewrite -hE.
congr (_ * l i _); rewrite !big_nat; apply: eq_bigr => k /andP[_ kH].
by rewrite frozen_hidden// mix_th.
Qed.

End frozen.

(* At every local minimum in Theta_{dy,t}, the features of the layers t..H give no lower risk. *)
Theorem network_features_min t th : (t <= H)%N -> coordinatewise H sigma t ->
  nonnegative_weights lambda -> assumption1 l -> Theta H enc sigma x dy t th ->
  local_min L th ->
  is_min [set risk (fun a => \sum_(t <= k < H.+1) alpha_h k *m hidden a th k) |
          alpha_h in [set: forall k, 'M[R]_(dy, d k)]] (L th).
Proof.
move=> tH cw lnneg A1 [J [e e_gt0 lin]] Lmin; split.
  have [alpha_h [alphaH alpha0]] := @backward_family (fun k => 'M[R]_(dy, d k)) (fun=> 0) H
    (weight H th) (fun k _ => 0).
  exists alpha_h => //; apply: eq_bigr => i _; congr (_ * l i _).
  rewrite big_nat_recr//= alphaH big_nat big1 ?add0r// => k /andP[_ kH].
  by rewrite alpha0// mul0mx.
move=> _ [alpha_h _ <-]; apply: (features_lower_bound tH e_gt0 _ lin) => //.
exact: coordinatewise_separated.
Qed.

End network_features.
