/** Ids and anchors: [a-z0-9-], each given out once in a document. */

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  η: 'eta',
  θ: 'theta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  ℓ: 'ell',
  Ω: 'omega',
  '′': 'prime',
  "'": 'prime',
};

/** "T1.4a" is t1-4a, "θ" is theta. */
export function slug(text: string): string {
  const spelled = [...text].map((c) => GREEK[c] ?? c).join('');
  const plain = spelled
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'x' : plain;
}

export class Names {
  readonly #used = new Set<string>();

  /** A slug that was not given out before: the second "i" is i-2. */
  take(text: string): string {
    const wanted = slug(text);
    let out = wanted;
    for (let n = 2; this.#used.has(out); n++) out = `${wanted}-${n}`;
    this.#used.add(out);
    return out;
  }
}
