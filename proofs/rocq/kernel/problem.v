(* The learning problem of the kernel (theorems/setting.ts) as one of setting.v, with the vectors
   padded (padding.v): the same objective, assumptions and derivatives. So what setting.v's
   theorems say of the one holds for the other, in every dimension. *)
From everymin Require Import prelude calculus minimum euclidean setting lemma_2.
From everymin Require Import interpretation derivative bridge padding statements results.

(* theta + eps v in both *)
Definition moved {R : realType} p (th : 'I_p -> R) (eps : R) (v : 'I_p -> R) : 'I_p -> R :=
  fun k => th k + eps * v k.

Section problem.
Context {R : realType}.
Variables (m p d : nat) (lambda : 'I_m -> R).
Variables (l : 'I_m -> ('I_d -> R) -> R) (f : 'I_m -> ('I_p -> R) -> 'I_d -> R).
Implicit Types (th v : 'I_p -> R) (w : 'rV[R]_p.+1).

Definition padded_loss i : 'rV[R]_d.+1 -> R := l i \o @cut R d.
Definition padded_model i : 'rV[R]_p.+1 -> 'rV[R]_d.+1 := padded (f i).

Local Notation L := (setting.L id lambda padded_loss padded_model).
Local Notation kernel_Loss := (Loss m p d lambda l f).
Local Notation kernel_Omega := (results.Omega m p d lambda l f).
Local Notation kernel_OmegaTilde := (OmegaTilde m p d lambda l f).

Lemma L_padded w : L w = kernel_Loss (cut w).
Proof. by apply: eq_bigr => i _; rewrite /padded_loss /padded_model /= padK. Qed.

Lemma cut_moved th eps v : cut (pad th + eps *: pad v) = moved th eps v.
Proof. by rewrite cutD cutZ !padK. Qed.

Lemma not_Omega th : ~ kernel_Omega th <-> forall i, Diff_vec (f i) th.
Proof.
split=> [nO i|df [i]]; last exact.
by apply: contrapT => ndf; apply: nO; exists i.
Qed.

Lemma Omega_padded w : setting.Omega id padded_model w <-> kernel_Omega (cut w).
Proof. by split=> -[i ndf]; exists i => /Diff_padded. Qed.

(* InBall is about the Euclidean distance. *)
Lemma InBall_cut w th (e : R) : norm2 (w - pad th) < e -> InBall p (cut w) th e.
Proof.
apply: le_lt_trans; have -> : (fun k => cut w k + - 1 * th k) = cut (w - pad th).
  by apply/funext => k; rewrite /cut !mxE liftK mulN1r.
exact: euclidean_cut.
Qed.

Lemma Omega_tilde_padded th : setting.Omega_tilde id padded_model (pad th) ->
  kernel_OmegaTilde th.
Proof.
move=> /closure_euclid cO e /cO[w we /Omega_padded[i ndf]]; exists (cut w).
by split; [exact: InBall_cut | exists i].
Qed.

(* Outside Omega~, f is differentiable at all points that small steps lead to. *)
Lemma differentiable_nearby th : ~ kernel_OmegaTilde th ->
  exists e : R, 0 < e /\ forall eps v, 0 <= eps -> eps < e -> norm p v <= 1 ->
    forall i, Diff_vec (f i) (moved th eps v).
Proof.
move=> nO; apply: contrapT => none; apply: nO => e e0; apply: contrapT => all_diff.
apply: none; exists e; split=> // eps v eps0 epse v1 i; apply: contrapT => ndf.
apply: all_diff; exists (moved th eps v); split; last by exists i.
rewrite /InBall; have -> : (fun k => moved th eps v k + - 1 * th k) = (fun k => eps * v k).
  by apply/funext => k; rewrite /moved mulN1r addrC addKr.
rewrite -[norm _ _]/(euclidean _) euclidean_scale ger0_norm//.
by apply: le_lt_trans epse; rewrite -[leRHS]mulr1 ler_wpmul2l.
Qed.

Lemma differentiable_losses_padded : DifferentiableLosses m d l ->
  differentiable_losses padded_loss.
Proof. by move=> dl i q; apply/Diff_cut. Qed.

Lemma assumption1_padded : Assumption1 m d l -> assumption1 padded_loss.
Proof.
move=> A1 i; have [dl cl] := A1 i; split=> [q|u v t t0 t1]; first exact/Diff_cut.
rewrite addrC [leRHS]addrC; have := cl (cut v) (cut u) t t0 t1; rewrite !mulN1r.
by rewrite /padded_loss /= cutD !cutZ.
Qed.

Lemma assumption1_differentiable_losses : Assumption1 m d l -> DifferentiableLosses m d l.
Proof. by move=> A1 i; case: (A1 i). Qed.

Lemma local_min_padded th : LocalMin p (fun t => kernel_Loss t) th -> local_min L (pad th).
Proof.
move=> [e [e0 min]]; apply/local_minP; exists e => // w we.
by rewrite !L_padded padK; apply: min; exact: InBall_cut.
Qed.

Lemma critical_padded th : DifferentiableLosses m d l -> (forall i, Diff_vec (f i) th) ->
  Critical m p d lambda l f th -> critical_point id lambda padded_loss padded_model (pad th).
Proof.
move=> dl df crit; have dL : differentiable L (pad th).
  apply: L_differentiable; first exact: differentiable_losses_padded.
  by move=> /Omega_padded; rewrite padK => -[i]; exact.
split=> // k; move: dL; rewrite (_ : L = kernel_Loss \o @cut R p); last first.
  by apply/funext => w; rewrite L_padded.
move=> /Diff_cut dL; case: (unliftP ord0 k) => [j|] ->; last exact: derive_cut0.
by rewrite derive_cut// padK; exact: crit.
Qed.

Lemma partial_padded w i k : (forall i, Diff_vec (f i) (cut w)) ->
  setting.partial padded_model (lift ord0 k) i w = pad (partial_vec (f i) (cut w) k).
Proof. by move=> df; exact: derive_padded. Qed.

Lemma partial_padded0 w i : (forall i, Diff_vec (f i) (cut w)) ->
  setting.partial padded_model ord0 i w = 0.
Proof. by move=> df; exact: derive_padded0. Qed.

(* The force of the kernel is the one of Lemma 2. *)
Lemma Force_padded th w k : DifferentiableLosses m d l -> (forall i, Diff_vec (f i) (cut w)) ->
  Force m p d lambda l f th (cut w) k =
  \sum_i lambda i * 'd (padded_loss i) (padded_model i (pad th))
    (setting.partial padded_model (lift ord0 k) i w).
Proof.
move=> dl df; apply: eq_bigr => i _; rewrite partial_padded// diff_cut//.
by rewrite /padded_model /padded !padK.
Qed.

Lemma V_padded th eps v : InV m p d lambda l f th eps v ->
  V id padded_model (pad th) eps (pad v).
Proof.
move=> [v1 vf]; split=> [|i]; first by rewrite norm2_pad.
by rewrite /padded_model /padded cut_moved padK; congr pad; exact: vf.
Qed.

End problem.

(* The least element of a set is IsMin. *)
Lemma IsMinP {R : realType} (c : R) (P : R -> Prop) :
  IsMin c P <-> P c /\ forall y, P y -> c <= y.
Proof.
split=> [[[lb _] Pc]|[Pc lb]]; first by [].
by split=> //; split=> // b; exact.
Qed.
