import type { Inline, Prose } from '../model.ts';
import type { Span } from './block.ts';

/** Prose as spans: a reference is a link, and what is written like mathematics is set so. */
export const spansOf = (prose: Prose): readonly Span[] => prose.flatMap(spans);

function spans(piece: Inline): readonly Span[] {
  if (piece.kind === 'math') return [{ kind: 'math', formula: piece.formula }];
  if (piece.kind === 'reference') return [{ kind: 'link', to: piece.to, text: piece.text }];
  return scripted(piece.text);
}

/** One letter with indices, not part of a longer word: θ_i, Σ_{i=1}^m, h^(l)_i, dθ. */
const SCRIPTED =
  /(?<![\p{L}\p{M}\p{N}_.^\\])(?:([\p{L}∂∇∑∏]\p{M}*[′']*)((?:[_^](?:\{[^{}]{1,40}\}|\([^()]{1,20}\)|d[\p{Script=Greek}xyz](?!\p{L})|[\p{L}\p{N}]))+)|(d)([θxyzu]))(?![\p{L}\p{M}\p{N}_^])/gu;

/** A sentence, with its letters that carry indices picked out. */
export function scripted(sentence: string): readonly Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const match of sentence.matchAll(SCRIPTED)) {
    const [whole, base, scripts, d, letter] = match;
    if (match.index > at) out.push({ kind: 'text', text: sentence.slice(at, match.index) });
    at = match.index + whole.length;
    if (d !== undefined) out.push({ kind: 'scripted', base: d, below: letter!, above: '', text: whole });
    else {
      const by = (sign: string): string =>
        [...scripts!.matchAll(/([_^])(\{[^{}]*\}|\([^()]*\)|d.|.)/gu)]
          .filter(([, each]) => each === sign)
          .map(([, , script]) => (script!.startsWith('{') ? script!.slice(1, -1) : script!))
          .join('');
      out.push({ kind: 'scripted', base: base!, below: by('_'), above: by('^'), text: whole });
    }
  }
  if (at < sentence.length) out.push({ kind: 'text', text: sentence.slice(at) });
  return out;
}
