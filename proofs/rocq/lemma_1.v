(* TODO *)
From everymin Require Import prelude calculus euclidean setting.

Section proof.
Context {R : realType} {m p : nat} {Y : normedModType R}.
Variables (X : Type) (x : 'I_m -> X).
Variables (lambda : 'I_m -> R) (l : 'I_m -> Y -> R).
Variable f : X -> 'rV[R]_p.+1 -> Y.
Implicit Types (th v : 'rV[R]_p.+1) (eps : R) (S : {fset 'rV[R]_p.+1}).

Local Notation partial := (partial f).
Local Notation V := (V x f).
Local Notation basis_model_at := (basis_model_at f).
Local Notation perturbed_model := (perturbed_model f).
Local Notation induced_model := (induced_model x f).

Definition ext S (alpha : 'I_p.+1 -> S -> R) k v : R :=
  if insub v is Some u then alpha k u else 0.

Lemma perturbed_model_ext th eps S (alpha : 'I_p.+1 -> S -> R) a :
  perturbed_model th eps alpha a =
  \sum_k \sum_(v <- S) ext alpha k v *: partial k a (th + eps *: v).
Proof.
apply: eq_bigr => k _; rewrite big_seq_fsetE/=.
by apply: eq_bigr => v _; rewrite /ext valK.
Qed.

Lemma perturbed_model_incl th eps S S1 (alpha : 'I_p.+1 -> S -> R) a :
  (S `<=` S1)%fset -> perturbed_model th eps alpha a =
  \sum_k \sum_(v <- S1) ext alpha k v *: partial k a (th + eps *: v).
Proof.
move=> SS1; rewrite perturbed_model_ext; apply: eq_bigr => k _.
apply: big_fset_incl => // v _ vS; rewrite /ext insubF ?scale0r//.
exact: negbTE.
Qed.

Lemma ftildeU th eps S S' (alpha : 'I_p.+1 -> S -> R)
    (alpha' : 'I_p.+1 -> S' -> R) :
  perturbed_model th eps (fun k (v : (S `|` S')%fset) =>
    ext alpha k (val v) + ext alpha' k (val v)) =
  (fun a => perturbed_model th eps alpha a + perturbed_model th eps alpha' a).
Proof.
apply/funext => a.
rewrite (perturbed_model_incl _ _ _ _ (fsubsetUl S S')).
rewrite (perturbed_model_incl _ _ _ _ (fsubsetUr S S')) -big_split/=.
apply: eq_bigr => k _; rewrite -big_split/= [RHS]big_seq_fsetE/=.
by apply: eq_bigr => v _; rewrite scalerDl.
Qed.

Lemma lemma_1 th eps S' : subset_V S' (V th eps) ->
  induced_model th eps =
  [set h | exists S (alpha : 'I_p.+1 -> S -> R) (alpha' : 'I_p.+1 -> S' -> R),
     subset_V S (V th eps) /\
     h = (fun a => perturbed_model th eps alpha a + perturbed_model th eps alpha' a)].
Proof.
move=> S'V; apply/seteqP; split => h.
  move=> [S [alpha [SV ->]]]; exists S, alpha, (fun _ _ => 0); split=> //.
  apply/funext => a; rewrite [X in _ + X]big1 ?addr0// => k _.
  by rewrite big1// => v _; rewrite scale0r.
move=> [S [alpha [alpha' [SV ->]]]]; rewrite -ftildeU.
exists (S `|` S')%fset; eexists; split; last by [].
by move=> v; rewrite in_fsetU => /orP[/SV|/S'V].
Qed.

(* consequences: the perturbable gradient basis model is closed under + *)
Lemma pgb_modelD th eps h h' : induced_model th eps h -> induced_model th eps h' ->
  induced_model th eps (fun a => h a + h' a).
Proof.
move=> [S [alpha [SV ->]]] [S' [alpha' [S'V ->]]].
by rewrite (lemma_1 S'V); exists S, alpha, alpha'.
Qed.

Lemma pgb_model0 th eps : induced_model th eps (fun=> 0).
Proof.
exists fset0, (fun _ _ => 0); split=> //; apply/funext => a.
by apply/esym/big1 => k _; rewrite big1// => v _; rewrite scale0r.
Qed.

Lemma induced_model_sum th eps n (h : 'I_n -> X -> Y) :
  (forall j, induced_model th eps (h j)) ->
  induced_model th eps (fun a => \sum_j h j a).
Proof.
move=> H; rewrite (_ : (fun _ => _) = \sum_j h j); last first.
  by apply/funext => a; rewrite fct_sumE.
elim/big_ind: _ => //; [exact: pgb_model0 | exact: pgb_modelD].
Qed.

Lemma pgb_model1 th eps v (c : 'I_p.+1 -> R) : V th eps v ->
  induced_model th eps (basis_model_at (th + eps *: v) c).
Proof.
move=> Vv; exists [fset v]%fset, (fun k _ => c k); split.
  by move=> w /fset1P ->.
apply/funext => a; apply: eq_bigr => k _.
by rewrite big_fset1.
Qed.


End proof.
