(* Numberings of finite types. The parameters of a network are one vector theta, which collects
   the entries of several matrices. The theorems on networks hold for any bijection between the
   entries and the coordinates of theta; here is one. *)
From everymin Require Import prelude.

Lemma numbering_exists (T : finType) n : #|T| = n ->
  exists (enc : T -> 'I_n) (dec : 'I_n -> T), cancel enc dec /\ cancel dec enc.
Proof.
move=> E; exists (fun s => cast_ord E (enum_rank s)).
exists (fun k => enum_val (cast_ord (esym E) k)).
split=> [s|k]; first by rewrite cast_ordK enum_rankK.
by rewrite enum_valK cast_ordKV.
Qed.
