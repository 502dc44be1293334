(* Beyond Theorem 3 (ours): at every local minimum of the residual network, differentiable or not,
     L(theta) = min over alpha_w, alpha_r of the risk of alpha_w x + alpha_r z(x; u),
   if rank W = dy or rank W < dx (`resnet_features_min`). z is arbitrary.
   Proof: freeze u. The network in (W, R) alone is again a residual network, with no u and with the
   features z(x; u); it is a polynomial, so its Omega~ is empty, and it has a local minimum at the
   blocks (W, R) of theta. Theorem 3 for it gives the lower bound; alpha_w = W, alpha_r = W R attain
   it. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_1.
From everymin Require Import residual_network residual_features theorem_3.

Section every_local_minimum.
Context {R : realType} {m p d : nat}.
Variables (dx dz du : nat).
Local Notation dy := d.+1.
Variables (x : 'I_m -> 'cV[R]_dx).
Variables (lambda : 'I_m -> R) (l : 'I_m -> 'cV[R]_dy -> R).
Variable z : 'cV[R]_dx -> 'rV[R]_du -> 'cV[R]_dz.
Local Notation entry := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_du)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th : 'rV[R]_p.+1).

Local Notation L := (L x lambda l (resnet z enc)).
Local Notation risk := (risk x lambda l).

Section frozen.
Variables (p0 : nat).
Local Notation entry0 := ('I_dy * 'I_dx + 'I_dx * 'I_dz + 'I_0)%type.
Variables (enc0 : entry0 -> 'I_p0.+1) (dec0 : 'I_p0.+1 -> entry0).
Hypotheses (encK0 : cancel enc0 dec0) (decK0 : cancel dec0 enc0).
Variable u : 'rV[R]_du.

(* The network with u frozen. *)
Let z0 (a : 'cV[R]_dx) (_ : 'rV[R]_0) := z a u.
Let L0 := setting.L x lambda l (resnet z0 enc0).

(* vec([W, R, u]) from vec([W, R]). *)
Definition thaw (b : 'rV[R]_p0.+1) : 'rV[R]_p.+1 :=
  \row_k pack dec (Wof enc0 b) (Rof enc0 b) u k.

(* Its objective is L at the given u, and it inherits a local minimum; it is differentiable. *)
Lemma L_thaw b : L (thaw b) = L0 b.
Proof. by apply: eq_bigr => i _; rewrite /resnet Wof_pack// Rof_pack// uof_pack. Qed.

Lemma ball_thaw b c e : 0 < e -> ball b e c -> ball (thaw b) e (thaw c).
Proof.
move=> e0 bc i k; rewrite !mxE /pack.
by case: (dec k) => [[ij|ij]|j]; rewrite ?mxE; [exact: bc|exact: bc|exact: ballxx].
Qed.

Lemma local_min_frozen b : local_min L (thaw b) -> local_min L0 b.
Proof.
move=> /nbhs_ballP[e e0 He]; apply/nbhs_ballP; exists e => // c bc.
by rewrite /= -!L_thaw; exact/He/ball_thaw.
Qed.

Lemma Omega_tilde_frozen b : ~ Omega_tilde x (resnet z0 enc0) b.
Proof.
rewrite /Omega_tilde (_ : Omega _ _ = set0) ?closure0//.
apply/seteqP; split=> // t [i]; apply.
exact: resnet_differentiable.
Qed.

(* So Theorem 3 for the frozen network bounds L(theta) from below. *)
Lemma features_lower_bound b aw ar : rank_condition enc0 b ->
  nonnegative_weights lambda -> assumption1 l -> local_min L (thaw b) ->
  L (thaw b) <= risk (fun a => aw *m a + ar *m z a u).
Proof.
move=> rW lnneg A1 /local_min_frozen Lmin.
have [eps0 eps0_gt0] :=
  theorem_3_rank_min encK0 decK0 rW lnneg A1 (@Omega_tilde_frozen b) Lmin.
have eps_gt0 : 0 < eps0 / 2 by rewrite divr_gt0.
move=> /(_ _ eps_gt0); rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n => /(_ isT)[_ lb].
rewrite L_thaw; apply: lb; exists (fun a => aw *m a + ar *m z a u) => //.
rewrite (residual_modelE x z0 encK0 decK0)//.
exact: (resnet_features x z0 encK0 decK0).
Qed.

End frozen.

(* At every local minimum, L(theta) is the least risk of a predictor alpha_w x + alpha_r z(x; u). *)
Theorem resnet_features_min th : rank_condition enc th ->
  nonnegative_weights lambda -> assumption1 l -> local_min L th ->
  is_min [set risk (fun a => alpha.1 *m a + alpha.2 *m z a (uof enc th)) |
          alpha in [set: 'M[R]_(dy, dx) * 'M[R]_(dy, dz)]] (L th).
Proof.
move=> rW lnneg A1 Lmin; split.
  exists (Wof enc th, Wof enc th *m Rof enc th) => //.
  by apply: eq_bigr => i _; rewrite /= /resnet mulmxDr mulmxA.
move=> _ [[aw ar] _ <-] /=.
have dx_gt0 : (0 < dx)%N.
  case: rW => [rk|]; last exact: leq_ltn_trans.
  by rewrite (leq_trans _ (rank_leq_col (Wof enc th)))// rk.
have size : (dy * dx + dx * dz + 0).-1.+1 = (dy * dx + dx * dz + 0)%N.
  by rewrite prednK// !addn_gt0 muln_gt0 dx_gt0.
have [enc0 [dec0 [encK0 decK0]]] := enum_exists size.
pose b := \row_k pack dec0 (Wof enc th) (Rof enc th) 0 k.
have bth : thaw enc0 (uof enc th) b = th.
  by rewrite /thaw Wof_pack// Rof_pack// pack_blocks.
rewrite -{1}bth; apply: (features_lower_bound encK0 decK0) => //; last by rewrite bth.
by rewrite /rank_condition Wof_pack.
Qed.

End every_local_minimum.
