/** Documents in which every string that is not a formula's own source or a link is hostile. */
import type { DerivationDocument } from '../../../../src/derive/document/model.ts';
import { HOSTILE } from '../cases.ts';

/** Besides those that every renderer is tested on: what TeX, Typst and fonts trip over. */
export const TRAPS: readonly string[] = [
  ...HOSTILE,
  'a backslash at the end \\',
  '\\\\ \\end{document} \\csname x\\endcsname ^^5cinput{/etc/passwd} ^^M',
  '\\catcode`\\$=12 \\immediate\\write18{touch /tmp/x} \\openin5=/etc/passwd',
  '}}}{{{ ]]) (([ $$ ## && __ ^^ ~~ %% \\) \\] \\}',
  'a_b_c^d^e x_{y}_{z} θ_i_j Σ_{i}^{j}^{k} f(x_i; θ)^2 ε₁_i h^(l)^(m) dθ_i θ′_i′',
  '#eval("1+1") #{panic()} #include "/etc/passwd" @a1 <a1> $x$ ```raw``` /* c */ // d',
  '= heading\n- item\n+ item\n/ term: x\n\n1. item',
  '漢字 имя عربى 🦄 e\u0301\u0323\u0307 \u200d\ufe0f \u0301lone \ufffd \u00ad \ud800 ﬁ ǆ ℵ ⟦x⟧ ‼ \u{1d400}',
  '\u0000\u0007\u001b[31m\u007f\u0085\u009b \u202e\u2066\u2029 \ufeff',
  '-- --- `` \'\' ?` !` << >> ,, "quoted" <x> | ~',
  '1234567890'.repeat(30),
  'x'.repeat(300),
  '',
  ' ',
];

const KEPT: ReadonlySet<string> = new Set([
  'kind',
  'status',
  'tier',
  'verdict',
  'truth',
  'change',
  'by',
  'group',
  'anchor',
  'to',
  'latex',
  'typst',
  'mathml',
  'svg',
]);

/** A copy in which each text is the next trap; `from` says where to begin. */
export function hostileCopy(document: DerivationDocument, from = 0): DerivationDocument {
  let next = from;
  const copy = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return KEPT.has(key) ? value : TRAPS[next++ % TRAPS.length];
    if (Array.isArray(value)) return value.map((each) => copy(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each, name)]));
  };
  return copy(document, '') as DerivationDocument;
}
