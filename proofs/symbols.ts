import type { SortKind } from '../src/kernel/term.ts';

/**
 * What the symbols of the proofs stand for, by name: those of parts, and those that steps leave free. Symbols of the
 * statements are in theorems/symbols.ts; what a step obtains is described by that step.
 */
/** What a name means; by the kind of its sort where that makes a difference: Pi for vectors, matrices and functions. */
type Meaning = string | Readonly<Partial<Record<SortKind, string>>>;

const SHARED: Readonly<Record<string, Meaning>> = {
  A: 'coefficients of the features',
  B: 'a matrix of the shape of W^(l+1)',
  C: 'C^(l)_{ab} ∈ ℝ^N: where the entry a, b of W^(l+1) stands in θ',
  E: 'E^(l)(B): the vector of parameters that has B as its layer l + 1, and 0 elsewhere',
  F: 'predictions on all samples',
  G: 'predictions on all samples, or terms of a sum',
  H: 'the last hidden layer',
  J: 'J^(l)_k is 1 when unit k of layer l is in the set J^(l), else 0',
  M: 'M^(l): the product of the blocks of weights above layer l + 1',
  N: 'number of parameters',
  P: 'predictions on all samples',
  Q: 'coefficients of the features of a layer',
  S: 'a finite set of directions, as the rows of a matrix',
  V: 'weights of layer l + 1',
  W: 'W^(l)(v): the weights of layer l + 1 when the parameters are v',
  X: { Pi: 'a right inverse' },
  a: { Pi: 'a vector that the weights above do not see', Real: 'a number' },
  b: { Pi: 'coefficients', Real: 'a lower bound' },
  g: { Pi: 'g(θ): the coefficients of Assumption 2' },
  i: { Nat: 'an index' },
  j: { Nat: 'an index', Pi: 'a list of indices' },
  k: { Nat: 'a unit, by its number' },
  l: { Nat: 'a layer' },
  n: { Nat: 'a whole number' },
  q: { Nat: 'a whole number, for induction', Pi: 'a prediction' },
  r: { Real: 'a radius' },
  s: { Nat: 'number of directions in S', Real: 'a step along a line' },
  t: { Nat: 'a layer', Real: 'a number between 0 and 1', Pi: 'the argument of a map' },
  u: 'parameters u',
  v: 'a direction, or a point near θ',
  w: 'a direction',
  z: 'what an activation is applied to',
  α: 'coefficients of the partial derivatives',
  β: 'coefficients',
  γ: 'coefficients of the partial derivatives',
  δ: { Pi: 'a change of the parameters', Real: 'a small number' },
  ε: { Real: 'size of a perturbation' },
  η: { Real: 'a step that is not 0' },
  θ: 'parameters',
  κ: 'κ_j: the parameter by which derivative j is taken',
  τ: { Pi: 'a step', Real: 'a step along a line' },
  ψ: 'ψ^(l)_k is 1 when unit k of layer l + 1 is in the set J^(l+1), else 0',
  'ε₀': 'a size below which every perturbation will do',
  'ε₁': 'a size below which every perturbation will do',
  'r₁': 'a radius',
  α_u: 'coefficients of the derivatives by u',
  α_w: 'coefficients of the inputs',
  α_r: 'coefficients of the residual features',
};

/** Where a name means something else in one script. */
const OWN: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  'lemma-e': { b: 'coefficients of the listed derivatives' },
  'proposition-1': {
    A: 'a matrix for each sample',
    M: 'a change of the weights of the residual features',
    W: 'weights of the inputs',
    n: 'number of columns',
    b: 'a vector that every matrix A_i is applied to',
  },
  'deep-linear': { P: 'the product of the weights of the layers up to l' },
  'example-2': { h: 'layers of a network with these weights' },
  'index-pick': { G: 'terms of a sum', n: 'number of terms' },
  'network-null-step': { a: 'a vector that the weights above layer l + 1 do not see' },
};

/**
 * What a symbol of a script stands for, by the kind of its sort; one with primes is another of the same meaning. undefined:
 * nobody said.
 */
export function proofSymbol(script: string, name: string, kind: SortKind): string | undefined {
  const plain = name.replace(/['′]+$/u, '');
  const found = OWN[script]?.[plain] ?? SHARED[plain];
  return typeof found === 'string' ? found : found?.[kind];
}
