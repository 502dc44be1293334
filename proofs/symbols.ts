/**
 * What the symbols of the proofs stand for, by name: those of parts, and those that steps leave free. Symbols of the
 * statements are in theorems/symbols.ts; what a step obtains is described by that step.
 */
const SHARED: Readonly<Record<string, string>> = {
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
  W: 'W^(l)(v): the weights of layer l + 1 when the parameters are v',
  a: 'a vector that the weights above do not see',
  e: 'a feature',
  i: 'a sample',
  j: 'a sample, or an index',
  k: 'a unit, or an index',
  l: 'a layer',
  n: 'a whole number',
  q: 'a whole number, for induction',
  s: 'a step along a line, or the number of directions in S',
  t: 'a layer',
  u: 'parameters',
  v: 'a direction, or a point near θ',
  w: 'a direction',
  α: 'coefficients of the partial derivatives',
  β: 'coefficients',
  δ: 'a change of the parameters',
  ε: 'size of a perturbation',
  θ: 'parameters',
  ρ: 'how far a layer is above layer t',
  ψ: 'ψ^(l)_k is 1 when unit k of layer l + 1 is in the set J^(l+1), else 0',
  α_u: 'coefficients of the derivatives by u',
  α_w: 'coefficients of the inputs',
  α_r: 'coefficients of the residual features',
};

/** Where a name means something else in one script. */
const OWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'perturbed-features': { s: 'number of directions in S' },
  'theorem-2': { s: 'number of directions in S' },
  'theorem-3': { s: 'number of directions in S' },
  'proposition-1': {
    A: 'a matrix for each sample',
    M: 'a change of the weights of the residual features',
    W: 'weights of the inputs',
    k: 'a residual feature',
    n: 'number of columns',
    b: 'a vector that every matrix A_i is applied to',
  },
  'example-2': { h: 'layers of a network with these weights', j: 'another sample' },
  'index-pick': { n: 'number of terms' },
  'network-null-step': {
    a: 'a vector that the weights above layer l + 1 do not see',
    e: 'a unit of layer l',
  },
};

/** What a symbol of a script stands for; primes and a prime in the name are of no matter. undefined: nobody said. */
export function proofSymbol(script: string, name: string): string | undefined {
  const plain = name.replace(/['′]+$/u, '');
  const meaning = OWN[script]?.[name] ?? SHARED[name] ?? OWN[script]?.[plain] ?? SHARED[plain];
  if (meaning === undefined || plain === name) return meaning;
  return `another: ${meaning}`;
}
