(* Lemma 1 (section 4.3; proof A.3): adding to the perturbable gradient basis model the perturbed
   models of one fixed finite set S' in V[theta, eps] gives nothing new. The statement is an
   equality of sets of functions of x, which is stronger than the printed equality for each x (and
   it is the joint form that the paper uses).
   Proof: f~(.; alpha, eps, S) + f~(.; alpha', eps, S') is the perturbed model of the union of S and
   S', with both families of coefficients extended by 0 and added.
   After it: the perturbable gradient basis model is closed under sums, and contains the gradient
   basis models at theta + eps v for v in V[theta, eps]. *)
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

(* Coefficients on S, extended by 0 to all vectors. *)
Definition extend_by_0 S (alpha : 'I_p.+1 -> S -> R) k v : R :=
  if insub v is Some u then alpha k u else 0.

Lemma perturbed_model_extend th eps S (alpha : 'I_p.+1 -> S -> R) a :
  perturbed_model th eps alpha a =
  \sum_k \sum_(v <- S) extend_by_0 alpha k v *: partial k a (th + eps *: v).
Proof.
apply: eq_bigr => k _; rewrite big_seq_fsetE/=.
by apply: eq_bigr => v _; rewrite /extend_by_0 valK.
Qed.

(* A perturbed model on S is one on any larger set. *)
Lemma perturbed_model_incl th eps S S1 (alpha : 'I_p.+1 -> S -> R) a :
  (S `<=` S1)%fset -> perturbed_model th eps alpha a =
  \sum_k \sum_(v <- S1) extend_by_0 alpha k v *: partial k a (th + eps *: v).
Proof.
move=> SS1; rewrite perturbed_model_extend; apply: eq_bigr => k _.
apply: big_fset_incl => // v _ vS; rewrite /extend_by_0 insubF ?scale0r//.
exact: negbTE.
Qed.

(* The sum of two perturbed models is one on the union. *)
Lemma perturbed_model_union th eps S S' (alpha : 'I_p.+1 -> S -> R)
    (alpha' : 'I_p.+1 -> S' -> R) :
  perturbed_model th eps (fun k (v : (S `|` S')%fset) =>
    extend_by_0 alpha k (val v) + extend_by_0 alpha' k (val v)) =
  (fun a => perturbed_model th eps alpha a + perturbed_model th eps alpha' a).
Proof.
apply/funext => a.
rewrite (perturbed_model_incl _ _ _ _ (fsubsetUl S S')).
rewrite (perturbed_model_incl _ _ _ _ (fsubsetUr S S')) -big_split/=.
apply: eq_bigr => k _; rewrite -big_split/= [RHS]big_seq_fsetE/=.
by apply: eq_bigr => v _; rewrite scalerDl.
Qed.

(* Lemma 1 *)
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
move=> [S [alpha [alpha' [SV ->]]]]; rewrite -perturbed_model_union.
exists (S `|` S')%fset; eexists; split; last by [].
by move=> v; rewrite in_fsetU => /orP[/SV|/S'V].
Qed.

(* The perturbable gradient basis model is closed under sums ... *)
Lemma induced_modelD th eps h h' : induced_model th eps h -> induced_model th eps h' ->
  induced_model th eps (fun a => h a + h' a).
Proof.
move=> [S [alpha [SV ->]]] [S' [alpha' [S'V ->]]].
by rewrite (lemma_1 S'V); exists S, alpha, alpha'.
Qed.

Lemma induced_model0 th eps : induced_model th eps (fun=> 0).
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
elim/big_ind: _ => //; [exact: induced_model0 | exact: induced_modelD].
Qed.

(* ... and contains the gradient basis model at every theta + eps v, v in V[theta, eps]. *)
Lemma induced_model_at th eps v (c : 'I_p.+1 -> R) : V th eps v ->
  induced_model th eps (basis_model_at (th + eps *: v) c).
Proof.
move=> Vv; exists [fset v]%fset, (fun k _ => c k); split.
  by move=> w /fset1P ->.
apply/funext => a; apply: eq_bigr => k _.
by rewrite big_fset1.
Qed.

End proof.
