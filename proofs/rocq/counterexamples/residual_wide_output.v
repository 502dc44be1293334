(* Theorem 3 is false without dy <= dx (ours). Instance: dx = dz = 1, dy = 2, no u, squared
   loss, two samples, (x, z) = (1, 0), (0, 1) and y = (2, 0), (0, 1); theta: W = (2, 0)^T, R = 0.

   f_1 = W and f_2 = W R are parallel, so L is the squared distance of the matrix [f_1 f_2], of rank
   at most 1, from diag(2, 1). It is at least 1 (`wide_output_bound`), and L(theta) = 1: theta is a
   global minimum. f is a polynomial, so Omega~ is empty. But alpha_w x + alpha_r z fits both
   targets: the right side of (4.2) is 0 for every eps (`wide_output_value_0`). Here rank W = 1 is
   neither dy nor less than dx. *)
From everymin Require Import prelude calculus polynomial_identity minimum euclidean setting.
From everymin Require Import squared_loss residual_network residual_features theorem_3.

Section wide_output.
Context {R : realType} {p : nat}.

(* The samples: x_1 = 1, x_2 = 0; z(x) = 1 - x; y_1 = (2, 0)^T, y_2 = (0, 1)^T. *)
Definition x (i : 'I_2) : 'cV[R]_1 := (i == 0)%:R%:M.
Definition z (a : 'cV[R]_1) (_ : 'rV[R]_0) : 'cV[R]_1 := 1%:M - a.
Definition y (i : 'I_2) : 'cV[R]_2 := \col_j ((i == j)%:R * (if i == 0 then 2 else 1)).
Definition l (i : 'I_2) : 'cV[R]_2 -> R := squared_loss (y i).
Definition lambda (_ : 'I_2) : R := 1.

(* Any numbering of the three parameters W_1, W_2 and R (`enum_exists` gives one, with p = 2). *)
Local Notation entry := ('I_2 * 'I_1 + 'I_1 * 'I_1 + 'I_0)%type.
Variables (enc : entry -> 'I_p.+1) (dec : 'I_p.+1 -> entry).
Hypotheses (encK : cancel enc dec) (decK : cancel dec enc).
Implicit Types (th : 'rV[R]_p.+1).

Local Notation f := (resnet z enc).
Local Notation L := (L x lambda l f).

(* theta: W = (2, 0)^T, R = 0 *)
Definition theta : 'rV[R]_p.+1 :=
  \row_k pack dec (\col_j (2 * (j == 0)%:R)) 0 0 k.

(* The risk of a predictor, in terms of its values at x_1 = 1 and x_2 = 0. *)
Lemma risk_2 (h : 'cV[R]_1 -> 'cV[R]_2) : risk x lambda l h =
  (h 1%:M 0 0 - 2) ^+ 2 + h 1%:M 1 0 ^+ 2 + h 0 0 0 ^+ 2 + (h 0 1 0 - 1) ^+ 2.
Proof.
have x0 : x 0 = 1%:M by [].
have x1 : x 1 = 0 by apply/matrixP => i j; rewrite !mxE/= mul0rn.
have y1 : (lift ord0 ord0 : 'I_2) = 1 by exact: val_inj.
rewrite /risk /l /squared_loss !big_ord_recl !big_ord0 !addr0 !y1 x0 x1 /lambda !mul1r.
by rewrite /y !mxE/= !mul1r !mul0r !subr0 !addrA.
Qed.

Lemma L_2 th : let a := Wof enc th 0 0 in let b := Wof enc th 1 0 in let r := Rof enc th 0 0 in
  L th = (a - 2) ^+ 2 + b ^+ 2 + (a * r) ^+ 2 + (b * r - 1) ^+ 2.
Proof.
rewrite /L risk_2 /resnet /z subrr mulmx0 addr0 mulmx1 subr0 mulmx1 add0r.
have product i : (Wof enc th *m Rof enc th) i 0 = Wof enc th i 0 * Rof enc th 0 0.
  by rewrite mxE big_ord1.
by rewrite !product.
Qed.

Lemma wide_output_L : L theta = 1.
Proof.
rewrite L_2 /theta Wof_pack// Rof_pack// !mxE/=.
by rewrite mulr1 mulr0 subrr !mulr0 sub0r sqrrN expr1n !expr0n !add0r.
Qed.

(* With a, b the entries of W and r = R:
   (1 + r^2) (L - 1) = ((1 + r^2) a - 2)^2 + ((1 + r^2) b - r)^2 + 3 r^2. *)
Lemma wide_output_bound th : 1 <= L th.
Proof.
rewrite L_2; set a := Wof _ _ _ _; set b := Wof _ _ _ _; set r := Rof _ _ _ _.
have r1_gt0 : 0 < 1 + r ^+ 2 by rewrite ltr_spaddl// sqr_ge0.
rewrite -subr_ge0 -(pmulr_rge0 _ r1_gt0).
have -> : (1 + r ^+ 2) * ((a - 2) ^+ 2 + b ^+ 2 + (a * r) ^+ 2 + (b * r - 1) ^+ 2 - 1) =
    ((1 + r ^+ 2) * a - 2) ^+ 2 + ((1 + r ^+ 2) * b - r) ^+ 2 + 3 * r ^+ 2.
  by polynomial_identity.
by apply: addr_ge0; [apply: addr_ge0|apply: mulr_ge0]; rewrite ?sqr_ge0.
Qed.

(* The hypotheses of Theorem 3 hold, except dy <= dx. *)
Lemma wide_output_weights : positive_weights lambda.
Proof. by move=> i; exact: ltr01. Qed.

Lemma wide_output_assumption1 : assumption1 l.
Proof. exact: squared_loss_assumption1. Qed.

Lemma wide_output_global_min th : L theta <= L th.
Proof. by rewrite wide_output_L; exact: wide_output_bound. Qed.

Lemma wide_output_local_min : local_min L theta.
Proof. by apply: filterE => th; exact: wide_output_global_min. Qed.

Lemma wide_output_Omega_tilde : ~ Omega_tilde x f theta.
Proof.
rewrite /Omega_tilde (_ : Omega _ _ = set0) ?closure0//.
by apply/seteqP; split=> // th [i]; apply; exact: resnet_differentiable.
Qed.

(* alpha_w = (2, 0)^T and alpha_r = (0, 1)^T fit the targets, with no perturbation at all. *)
Lemma wide_output_value_0 eps :
  [set risk x lambda l h | h in residual_model x z enc theta eps] 0.
Proof.
pose aw : 'M[R]_(2, 1) := \col_j (2 * (j == 0)%:R).
pose ar : 'M[R]_(2, 1) := \col_j (j == 1)%:R.
pose none (k : 'I_p.+1) (v : fset0 : {fset 'rV[R]_p.+1}) : R := 0.
exists (fun a => aw *m a + ar *m z a (uof enc theta) + perturbed_model f theta eps none a).
  by exists fset0, none, aw, ar; split.
have no_perturbation a : perturbed_model f theta eps none a = 0.
  by apply: big1 => k _; apply: big1 => v _; rewrite scale0r.
rewrite risk_2 !no_perturbation !addr0 /z subrr subr0 !mulmx1 !mulmx0 addr0 add0r.
by rewrite !mxE/= mulr1 mulr0 !subrr !expr0n !addr0.
Qed.

(* So the conclusion of Theorem 3 is false. *)
Theorem residual_wide_output :
  [/\ positive_weights lambda, assumption1 l, ~ Omega_tilde x f theta & local_min L theta] /\
  ~ exists2 eps0 : R, 0 < eps0 & forall eps, 0 < eps -> eps < eps0 ->
    (L theta)%:E = ereal_inf (EFin @` [set risk x lambda l h |
                                       h in residual_model x z enc theta eps]).
Proof.
split; first by split; [exact: wide_output_weights|exact: wide_output_assumption1|
  exact: wide_output_Omega_tilde|exact: wide_output_local_min].
move=> [eps0 eps0_gt0 /(_ (eps0 / 2))]; rewrite divr_gt0//.
rewrite ltr_pdivr_mulr// ltr_pmulr// ltr1n wide_output_L => /(_ isT isT) inf1.
have : (1%:E <= 0%:E :> \bar R)%E.
  rewrite inf1; apply: ereal_inf_lb; exists 0 => //; exact: wide_output_value_0.
by rewrite lee_fin ler10.
Qed.

End wide_output.
