(* Lemma E (ours): what the perturbable gradient basis model is. Its predictions on the samples,
     E~[theta, eps] = { (f~_theta(x_i; alpha, eps, S))_i : S finite in V[theta, eps], alpha },
   form the span of the vectors of partial derivatives (d_k f_i(theta + eps v))_i for v in
   V[theta, eps] (`lemma_e_span`). If Assumption 2 holds at theta, they form the span of the affine
   tangent spaces at the points theta + eps v, which is T~ of section 3.3.1 (`lemma_e_tangents`).
   They grow with eps (`lemma_e_mono`). *)
From everymin Require Import prelude calculus minimum span euclidean setting lemma_1 lemma_0.

Section lemma_e.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation partial := (partial f).
Local Notation V := (V x f).
Local Notation basis_model_at := (basis_model_at f).
Local Notation induced_model := (induced_model x f).

(* The partial derivatives at the points theta + eps v, v in V[theta, eps]. *)
Definition perturbed_partials th eps : set (X -> Y) :=
  [set g | exists k v, V th eps v /\ g = (fun a => partial k a (th + eps *: v))].

(* As functions of x, the perturbed models form the span of these. *)
Theorem induced_model_span th eps :
  induced_model th eps = span (perturbed_partials th eps).
Proof.
apply/seteqP; split=> h.
  move=> [S [alpha [SV ->]]]; rewrite /perturbed_model.
  apply: span_sum => k; under eq_fun do rewrite -big_enum/= big_tnth.
  apply: span_sum => j; apply: span_gen; exists k; eexists; split=> //.
  by apply: SV; exact: valP.
move=> [n [c [g [Gg ->]]]]; apply: induced_model_sum => j.
have [k [v [Vv ->]]] := Gg j.
rewrite (_ : (fun _ => _) =
    basis_model_at (th + eps *: v) (fun k' => (k' == k)%:R * c j)).
  exact: induced_model_at.
apply/funext => a; rewrite /basis_model_at (bigD1 k)//= eqxx mul1r big1 ?addr0//.
by move=> k' /negbTE ->; rewrite mul0r scale0r.
Qed.

(* E~[theta, eps]: the predictions of the perturbable gradient basis model on the samples. *)
Definition predictions th eps : set ('I_m -> Y) :=
  [set F | exists2 h, induced_model th eps h & F = (fun i => h (x i))].

(* The vectors of partial derivatives (d_k f_i(theta + eps v))_i, v in V[theta, eps]. *)
Definition perturbed_derivatives th eps : set ('I_m -> Y) :=
  [set F | exists k v, V th eps v /\ F = (fun i => partial k (x i) (th + eps *: v))].

(* Lemma E, first part. *)
Theorem lemma_e_span th eps : predictions th eps = span (perturbed_derivatives th eps).
Proof.
rewrite /predictions induced_model_span; apply/seteqP; split=> F.
  move=> [h [n [c [g [Gg ->]]]] ->]; exists n, c, (fun j i => g j (x i)); split=> // j.
  by have [k [v [Vv ->]]] := Gg j; exists k, v.
move=> [n [c [g [Gg ->]]]].
have /choice[kv kvP] j : exists kv, V th eps kv.2 /\
    g j = (fun i => partial kv.1 (x i) (th + eps *: kv.2)).
  by have [k [v [Vv gE]]] := Gg j; exists (k, v).
exists (fun a => \sum_j c j *: partial (kv j).1 a (th + eps *: (kv j).2)).
  exists n, c, (fun j a => partial (kv j).1 a (th + eps *: (kv j).2)); split=> // j.
  by exists (kv j).1, (kv j).2; case: (kvP j).
by apply/funext => i; apply: eq_bigr => j _; rewrite (kvP j).2.
Qed.

(* E~ is a linear space, as Lemma 0 asks. *)
Corollary predictions_subspace th eps : linear_subspace (predictions th eps).
Proof.
by rewrite lemma_e_span => P Q a b EP EQ; apply: span_add; exact: span_scale.
Qed.

(* 3.2.1: the affine tangent space at the predictions of theta,
   { (f_i(theta))_i + (sum_k beta_k d_k f_i(theta))_i : beta }. *)
Definition tangent_space th : set ('I_m -> Y) :=
  [set F | exists beta, F = (fun i => f (x i) th + basis_model_at th beta (x i))].

(* 3.3.1: T~, spanned by the tangent spaces at theta + eps v, v in V[theta, eps]. *)
Definition perturbed_tangents th eps : set ('I_m -> Y) :=
  span [set F | exists2 v, V th eps v & tangent_space (th + eps *: v) F].

(* Lemma E, second part: under Assumption 2 at theta, E~ is T~. *)
Theorem lemma_e_tangents th eps : assumption2_at x f th ->
  predictions th eps = perturbed_tangents th eps.
Proof.
move=> [gamma fE]; rewrite lemma_e_span; apply/seteqP; split; last first.
  apply: span_least => _ [v Vv [beta ->]].
  have basis_span w c : V th eps w -> span (perturbed_derivatives th eps)
      (fun i => basis_model_at (th + eps *: w) c (x i)).
    move=> Vw; apply: span_sum => k; apply: (@span_gen _ _ _ _ (fun i => partial k (x i) _)).
    by exists k, w.
  apply: span_add; last exact: basis_span.
  have := basis_span 0 gamma (V_0 x f th eps); rewrite scaler0 addr0.
  by congr span; apply/funext => i; rewrite Vv.2 fE.
apply: span_least => _ [k [v [Vv ->]]].
pose T c : 'I_m -> Y := fun i => f (x i) (th + eps *: v) +
  basis_model_at (th + eps *: v) c (x i).
have tangent c : perturbed_tangents th eps (T c) by apply: span_sub; exists v => //; exists c.
have := span_add (tangent (fun k' => (k' == k)%:R)) (span_scale (-1) (tangent (fun=> 0))).
congr span; apply/funext => i; rewrite scaleN1r opprD addrACA subrr add0r.
rewrite /basis_model_at [X in _ - X]big1 ?subr0; last by move=> k' _; rewrite scale0r.
rewrite (bigD1 k)//= eqxx scale1r big1 ?addr0//.
by move=> k' /negbTE ->; rewrite scale0r.
Qed.

(* Lemma E, third part: E~ grows with eps (from eps = 0 on). *)
Theorem lemma_e_mono th eps eps' : 0 <= eps -> eps <= eps' ->
  predictions th eps `<=` predictions th eps'.
Proof.
move=> eps_ge0 eps_le; rewrite !lemma_e_span; apply: span_least => _ [k [v [[v1 vf] ->]]].
apply: span_sub; exists k.
have [eps0|eps_neq0] := eqVneq eps 0.
  by exists 0; split; [exact: V_0|rewrite eps0 scale0r scaler0].
have eps_gt0 : 0 < eps by rewrite lt0r eps_neq0.
have eps'_gt0 : 0 < eps' by exact: lt_le_trans eps_le.
exists ((eps / eps') *: v).
have -> : eps' *: ((eps / eps') *: v) = eps *: v.
  by rewrite scalerA mulrCA mulfV ?mulr1// gt_eqF.
split=> //; split=> [|i]; last first.
  by rewrite scalerA mulrCA mulfV ?mulr1 ?vf// gt_eqF.
have ratio_ge0 : 0 <= eps / eps' by rewrite divr_ge0// ltW.
rewrite norm2Z ger0_norm//; apply: mulr_ile1 => //; first exact: norm2_ge0.
by rewrite ler_pdivr_mulr// mul1r.
Qed.

End lemma_e.
