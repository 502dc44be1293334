/**
 * Characters for pdfTeX with the fonts of a plain article (OT1, amsmath, amssymb).
 *
 * A character without an entry is written by its number, [U+6F22]: nothing that a user types can stop the compilation or
 * be run as a command.
 */

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'varepsilon',
  ϵ: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ϑ: 'vartheta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  µ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  ς: 'varsigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'varphi',
  ϕ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Υ: 'Upsilon',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};

const SYMBOLS: Readonly<Record<string, string>> = {
  ℓ: '\\ell',
  ℕ: '\\mathbb{N}',
  ℤ: '\\mathbb{Z}',
  ℚ: '\\mathbb{Q}',
  ℝ: '\\mathbb{R}',
  ℂ: '\\mathbb{C}',
  𝓜: '\\mathcal{M}',
  ℒ: '\\mathcal{L}',
  ο: 'o',
  '¬': '\\lnot',
  '±': '\\pm',
  '×': '\\times',
  '÷': '\\div',
  '·': '\\cdot',
  '∙': '\\cdot',
  '⋅': '\\cdot',
  '∘': '\\circ',
  '°': '{}^{\\circ}',
  '−': '-',
  '∓': '\\mp',
  '∗': '*',
  '∂': '\\partial',
  '∇': '\\nabla',
  '∑': '\\textstyle\\sum',
  '∏': '\\textstyle\\prod',
  '∫': '\\textstyle\\int',
  '√': '\\surd',
  '∞': '\\infty',
  '∀': '\\forall',
  '∃': '\\exists',
  '∄': '\\nexists',
  '∅': '\\varnothing',
  '∈': '\\in',
  '∉': '\\notin',
  '∋': '\\ni',
  '⊂': '\\subset',
  '⊆': '\\subseteq',
  '⊄': '\\not\\subset',
  '⊈': '\\nsubseteq',
  '⊊': '\\subsetneq',
  '⊃': '\\supset',
  '⊇': '\\supseteq',
  '∪': '\\cup',
  '∩': '\\cap',
  '⋃': '\\textstyle\\bigcup',
  '⋂': '\\textstyle\\bigcap',
  '∖': '\\setminus',
  '∧': '\\land',
  '∨': '\\lor',
  '⊕': '\\oplus',
  '⊗': '\\otimes',
  '⊙': '\\odot',
  '⊥': '\\perp',
  '⊤': '\\top',
  '⊢': '\\vdash',
  '⊣': '\\dashv',
  '⊨': '\\models',
  '≠': '\\ne',
  '≤': '\\le',
  '≥': '\\ge',
  '≰': '\\nleq',
  '≱': '\\ngeq',
  '≮': '\\nless',
  '≯': '\\ngtr',
  '≪': '\\ll',
  '≫': '\\gg',
  '≈': '\\approx',
  '≃': '\\simeq',
  '≅': '\\cong',
  '≡': '\\equiv',
  '∼': '\\sim',
  '∝': '\\propto',
  '≔': ':=',
  '←': '\\leftarrow',
  '→': '\\to',
  '↔': '\\leftrightarrow',
  '↦': '\\mapsto',
  '⇐': '\\Leftarrow',
  '⇒': '\\Rightarrow',
  '⇔': '\\Leftrightarrow',
  '↑': '\\uparrow',
  '↓': '\\downarrow',
  '⟨': '\\langle',
  '⟩': '\\rangle',
  '‖': '\\Vert',
  '∣': '\\mid',
  '∥': '\\parallel',
  '⌈': '\\lceil',
  '⌉': '\\rceil',
  '⌊': '\\lfloor',
  '⌋': '\\rfloor',
  '†': '\\dagger',
  '…': '\\ldots',
  '⋯': '\\cdots',
  '⋮': '\\vdots',
  '⋱': '\\ddots',
  '′': "{}'",
  '″': "{}''",
  '✓': '\\checkmark',
  '✗': '\\times',
  '✕': '\\times',
  '◇': '\\Diamond',
  '□': '\\square',
  '■': '\\blacksquare',
  '•': '\\bullet',
  ᵀ: '{}^{\\mathsf{T}}',
  '₊': '{}_{+}',
  '⁺': '{}^{+}',
  '₋': '{}_{-}',
  '⁻': '{}^{-}',
  ⁿ: '{}^{n}',
  ᵢ: '{}_{i}',
  ⱼ: '{}_{j}',
  ₖ: '{}_{k}',
  ₙ: '{}_{n}',
  ₘ: '{}_{m}',
};

/** Accents by combining mark: in text, and in mathematics. */
const ACCENTS: Readonly<Record<string, readonly [text: string, math: string]>> = {
  '\u0300': ['\\`', '\\grave'],
  '\u0301': ["\\'", '\\acute'],
  '\u0302': ['\\^', '\\hat'],
  '\u0303': ['\\~', '\\tilde'],
  '\u0304': ['\\=', '\\bar'],
  '\u0305': ['\\=', '\\bar'],
  '\u0306': ['\\u', '\\breve'],
  '\u0307': ['\\.', '\\dot'],
  '\u0308': ['\\"', '\\ddot'],
  '\u030c': ['\\v', '\\check'],
  '\u030b': ['\\H', '\\hat'],
  '\u0327': ['\\c', '\\hat'],
};

const TEXT: Readonly<Record<string, string>> = {
  '\\': '\\ensuremath{\\backslash}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '#': '\\#',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '~': '\\~{}',
  '^': '\\^{}',
  '<': '\\ensuremath{<}',
  '>': '\\ensuremath{>}',
  '|': '\\ensuremath{|}',
  '"': "''",
  '`': '{\\ttfamily\\char96}',
  '-': '{-}',
  ' ': ' ',
  '\u00a0': '~',
  '\n': ' ',
  '\r': ' ',
  '\t': ' ',
  '–': '--',
  '—': '---',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '…': '\\dots{}',
  '§': '\\S{}',
  '¶': '\\P{}',
  '©': '\\copyright{}',
  '¡': '!`',
  '¿': '?`',
  ß: '\\ss{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  å: '\\aa{}',
  Å: '\\AA{}',
  ı: '\\i{}',
};

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

const numbered = (c: string, math: boolean): string => {
  const code = `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return math ? `\\text{[${code}]}` : `[${code}]`;
};

/** One character of mathematics, without braces around it; null when there is no entry. */
function known(c: string): string | null {
  const greek = GREEK[c];
  if (greek !== undefined) return `\\${greek} `;
  const symbol = SYMBOLS[c];
  if (symbol !== undefined) return `${symbol} `;
  const above = SUPERSCRIPTS.indexOf(c);
  if (above >= 0) return `{}^{${above}}`;
  const below = SUBSCRIPTS.indexOf(c);
  if (below >= 0) return `{}_{${below}}`;
  return null;
}

/** A letter with one accent, or null. */
function accented(c: string, math: boolean): string | null {
  const [base, mark, ...more] = [...c.normalize('NFD')];
  if (base === undefined || mark === undefined || more.length > 0) return null;
  const accent = ACCENTS[mark];
  if (!accent) return null;
  const letter = /[A-Za-z]/.test(base) ? base : known(base);
  if (letter === null) return null;
  if (math || !/[A-Za-z]/.test(base)) {
    const source = `${accent[1]}{${letter.trim()}}`;
    return math ? source : `\\ensuremath{${source}}`;
  }
  return `${accent[0]}{${base}}`;
}

/** A character beyond ASCII, in math mode. */
export function latexMathCharacter(c: string): string {
  if (/^[\p{M}\u200d]/u.test(c)) return '';
  return known(c) ?? accented(c, true) ?? numbered(c, true);
}

/** Words of a user in math mode: every character read, none run. */
export function latexMath(text: string): string {
  const letters = [...text.normalize('NFC').matchAll(/\P{M}\p{M}+|./gsu)];
  return letters.map(([c]) => (/^[A-Za-z0-9 +=,;:.()[\]/*<>!?-]$/.test(c) ? c : mathCharacter(c))).join('');
}

function mathCharacter(c: string): string {
  if (/^[ -~]$/.test(c)) return `\\text{${TEXT[c] ?? c}}`;
  return known(c) ?? accented(c, true) ?? [...c].map((each) => numbered(each, true)).join('');
}

/** Text as LaTeX text: every character read, none run. */
export function latexText(text: string): string {
  let out = '';
  for (const [c] of text.normalize('NFC').matchAll(/\P{M}\p{M}+|./gsu)) out += character(c);
  return out;
}

function character(c: string): string {
  const own = TEXT[c];
  if (own !== undefined) return own;
  if (/^[ -~]$/.test(c)) return c;
  const accent = accented(c, false);
  if (accent !== null) return accent;
  if ([...c].length > 1)
    return [...c].map((each) => (/\p{M}/u.test(each) ? numbered(each, false) : character(each))).join('');
  const math = known(c);
  return math === null ? numbered(c, false) : `\\ensuremath{${math.trim()}}`;
}
