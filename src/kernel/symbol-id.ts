/** Ids of symbols, for marks in a document (untrusted): θ is v-theta, the definition InV is d-cap-i-n-cap-v. */

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  ℓ: 'ell',
};

/**
 * The id of a variable as it is printed, [a-z0-9-]: x′ is v-x-prime, ε₀ is v-epsilon-0, W is v-cap-w. Different names
 * of letters, digits and primes have different ids, unless one is the name of a Greek letter spelled out.
 */
export const variableId = (name: string): string => `v-${slug(name)}`;
/** The id of a definition, by its name in the kernel. */
export const definitionId = (name: string): string => `d-${slug(name)}`;
/** The id of a built-in notation, by its kind of layout. */
export const notationId = (kind: string): string => `n-${kind}`;

function slug(name: string): string {
  const parts: string[] = [];
  let run = '';
  const flush = () => {
    if (run !== '') parts.push(run);
    run = '';
  };
  for (const c of name.normalize('NFD')) {
    if (/[a-z0-9]/.test(c)) run += c;
    else {
      flush();
      parts.push(word(c));
    }
  }
  flush();
  return parts.join('-');
}

function word(c: string): string {
  if (c >= '₀' && c <= '₉') return String(c.codePointAt(0)! - 0x2080);
  if (c === "'" || c === '′') return 'prime';
  if (c === '\u0303') return 'tilde';
  const small = c.toLowerCase();
  const plain = /[a-z]/.test(small) ? small : GREEK[small];
  if (plain === undefined) return `u${c.codePointAt(0)!.toString(16)}`;
  return small === c ? plain : `cap-${plain}`;
}
