/** How a name is read, the same for every output language (untrusted): dθ is d_θ, ε₀ is ε_0, α_h is α_h, f̃ has a tilde. */
export interface NameParts {
  /** one letter, or a word */
  readonly base: string;
  readonly tilde: boolean;
  /** a letter, digits or a word below the base; may be empty */
  readonly below: string;
  readonly primes: number;
}

export function nameParts(name: string): NameParts {
  const marks = /['′]*$/.exec(name)![0];
  let stem = name.slice(0, name.length - marks.length);
  let below = '';
  const digits = /[₀-₉0-9]+$/.exec(stem);
  if (digits && digits.index > 0) {
    below = [...digits[0]]
      .map((d) => (d >= '₀' && d <= '₉' ? String(d.codePointAt(0)! - 0x2080) : d))
      .join('');
    stem = stem.slice(0, digits.index);
  } else if (/^d\p{L}$/u.test(stem)) {
    below = stem.slice(1);
    stem = 'd';
  } else if (/^[^_]+_[^_]+$/u.test(stem)) {
    [stem, below] = stem.split('_') as [string, string];
  }
  const tilde = /^(\p{L})\u0303$/u.exec(stem.normalize('NFD'));
  return { base: tilde ? tilde[1]! : stem, tilde: tilde !== null, below, primes: marks.length };
}
