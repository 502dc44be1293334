/** Which Rocq lemma proves a result as the TypeScript side states it, and in which file of proofs/rocq/kernel. */
export interface ResultProof {
  readonly file: string;
  readonly lemma: string;
}

const inFile = (file: string, ids: readonly string[]): readonly [string, ResultProof][] =>
  ids.map((id) => [id, { file, lemma: `${id.replaceAll('-', '_')}_kernel` }]);

/** By the id of the result. The others are stated in results.v, and proved in Rocq's own words elsewhere. */
export const resultProofs: ReadonlyMap<string, ResultProof> = new Map([
  ...inFile('proved_lemma_0', ['lemma-0']),
  ...inFile('proved_lemma_e', ['lemma-e']),
  ...inFile('proved_lemmas', ['lemma-1', 'lemma-2', 'lemma-3']),
  ...inFile('proved_theorems', ['theorem-1', 'theorem-2']),
  ...inFile('proved_theorem_3', ['theorem-3']),
  ...inFile('proved_theorem_4', ['theorem-4']),
  ...inFile('proved_deep_linear', ['deep-linear']),
  ...inFile('proved_proposition_1', ['proposition-1']),
  ...inFile('proved_example_1', ['example-1']),
  ...inFile('proved_example_2', ['example-2']),
  ...inFile('proved_example_3', ['example-3']),
]);
