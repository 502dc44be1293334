import type { SortKind } from '../src/kernel/term.ts';

/** What the free symbols of the statements stand for, by name; a statement may say otherwise for its own. */
const SYMBOLS: Readonly<Record<string, string>> = {
  m: 'number of samples',
  dθ: 'number of parameters',
  dx: 'number of inputs',
  dy: 'number of outputs',
  dz: 'number of residual features',
  du: 'number of parameters u',
  λ: 'weights of the samples',
  ℓ: 'losses: ℓ_i(q) = ℓ(q, y_i)',
  f: 'model: f_i(θ) = f(x_i; θ)',
  x: 'inputs',
  z: 'residual features: z_i(u) = z(x_i; u), arbitrary',
  θ: 'the parameters in question',
  ε: 'size of a perturbation',
  t: 'the layer from which features count, 0..H',
  r: 'hidden layers above layer t, so H = t + r',
  d: 'widths of the layers',
  σ: 'activations',
  h: 'layers: h^(l)_i(θ) = h^(l)(x_i; θ)',
};

/** Those that are numbers; the others are vectors, matrices and functions. */
const NUMBERS: Readonly<Record<string, SortKind>> = {
  m: 'Nat',
  dθ: 'Nat',
  dx: 'Nat',
  dy: 'Nat',
  dz: 'Nat',
  du: 'Nat',
  t: 'Nat',
  r: 'Nat',
  ε: 'Real',
};

/** What a symbol stands for, where the kind of its sort is that of the statements; undefined: it is none of theirs. */
export const statementSymbol = (name: string, kind: SortKind): string | undefined =>
  (NUMBERS[name] ?? 'Pi') === kind ? SYMBOLS[name] : undefined;
