import type { Inline, Prose } from '../model.ts';
import type { Span } from './block.ts';

/** Prose as spans: a reference is a link, and what is written like mathematics is set so. */
export const spansOf = (prose: Prose): readonly Span[] => prose.flatMap(spans);

function spans(piece: Inline): readonly Span[] {
  if (piece.kind === 'math') return [{ kind: 'math', formula: piece.formula }];
  if (piece.kind === 'reference') return [{ kind: 'link', to: piece.to, text: piece.text }];
  return scripted(piece.text);
}

const MARKED = String.raw`\p{M}*[₀-₉]*[′']*`;
const SCRIPTS = String.raw`(?:[_^](?:\{[^{}]{1,40}\}|\([^()]{1,20}\)|d[\p{Script=Greek}xyz](?!\p{L})|(?:min|max|fin)(?!\p{L})|[\p{L}\p{N}]))`;
const ALONE = String.raw`(?<![\p{L}\p{M}\p{N}_.^\\-])`;
const END = String.raw`(?![\p{L}\p{M}\p{N}_^]|-\p{L})`;
const NAME = `(?:[\\p{L}∂∇∑∏]${MARKED}${SCRIPTS}+|d[θxyzu]|[\\p{Script=Greek}ℓ]${MARKED})`;
/** A letter that carries indices or is Greek, and is not part of a word: θ_i, Σ_{i=1}^m, h^(l)_i, dθ. */
const WRITTEN = new RegExp(`${ALONE}${NAME}${END}`, 'gu');
/** One letter applied to letters: f(x_i; θ). */
const LETTER = `(?:d[θxyzu]|\\p{L}${MARKED}${SCRIPTS}*)${END}`;
const CALL = new RegExp(
  `${ALONE}\\p{L}${MARKED}${SCRIPTS}*\\((?:[^()\\p{L}]|${ALONE}${LETTER}){1,40}\\)`,
  'gu',
);
const ANY_LETTER = new RegExp(`${ALONE}(?:${NAME}|\\p{L}${MARKED})${END}`, 'gu');

/** A sentence, with the letters in it that are mathematics picked out. */
export function scripted(sentence: string): readonly Span[] {
  return cut(
    sentence,
    CALL,
    (call) => cut(call, ANY_LETTER, letter),
    (rest) => cut(rest, WRITTEN, letter),
  );
}

/** What `pattern` finds, and what stands between. */
function cut(
  sentence: string,
  pattern: RegExp,
  found: (match: string) => readonly Span[],
  between: (words: string) => readonly Span[] = (words) => [{ kind: 'text', text: words }],
): readonly Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const { 0: match, index } of sentence.matchAll(pattern)) {
    if (index > at) out.push(...between(sentence.slice(at, index)));
    out.push(...found(match));
    at = index + match.length;
  }
  if (at < sentence.length) out.push(...between(sentence.slice(at)));
  return out;
}

function letter(written: string): readonly Span[] {
  if (/^d[θxyzu]$/u.test(written)) {
    return [{ kind: 'scripted', base: 'd', below: written.slice(1), above: '', text: written }];
  }
  const [head = written, sign = '', digits = '', primes = ''] =
    /^(.\p{M}*)([₀-₉]*)([′']*)/u.exec(written) ?? [];
  const by = (sign: string): string =>
    [...written.slice(head.length).matchAll(/([_^])(\{[^{}]*\}|\([^()]*\)|d.|min|max|fin|.)/gu)]
      .filter(([, each]) => each === sign)
      .map(([, , script = '']) => (script.startsWith('{') ? script.slice(1, -1) : script))
      .join('');
  const own = [...digits].map((digit) => String(digit.codePointAt(0)! - 0x2080)).join('');
  const below = [own, by('_')].filter((each) => each !== '').join(',');
  return [{ kind: 'scripted', base: sign + primes, below, above: by('^'), text: written }];
}
