import { describe, expect, test } from 'vitest';
import type { Span } from '../../../../src/derive/document/paper/block.ts';
import { scripted } from '../../../../src/derive/document/paper/prose.ts';

/** ⟨base|below|above⟩ for what was picked out. */
const shown = (spans: readonly Span[]): string =>
  spans
    .map((span) =>
      span.kind === 'scripted'
        ? `⟨${span.base}|${span.below}|${span.above}⟩`
        : 'text' in span
          ? span.text
          : '',
    )
    .join('');

describe('mathematics in a sentence', () => {
  test.each([
    ['put x_i into it', 'put ⟨x|i|⟩ into it'],
    ['with γ := g(θ), since', 'with ⟨γ||⟩ := ⟨g||⟩(⟨θ||⟩), since'],
    ['f(x_i; θ) at h^(l)_i', '⟨f||⟩(⟨x|i|⟩; ⟨θ||⟩) at ⟨h|i|(l)⟩'],
    ['Σ_{i=1}^m λ_i', '⟨Σ|i=1|m⟩ ⟨λ|i|⟩'],
    ['ε₁ and κ₂_a', '⟨ε|1|⟩ and ⟨κ|2,a|⟩'],
    ['dθ parameters, λ_max', '⟨d|θ|⟩ parameters, ⟨λ|max|⟩'],
    ['doi 10.1162/neco_a_01234', 'doi 10.1162/neco_a_01234'],
    ['file_name.json, a_b_c, x_12y', 'file_name.json, ⟨a|bc|⟩, x_12y'],
    ['a function f of x', 'a function f of x'],
    ['exp(x), Section (3)', 'exp(x), Section (3)'],
    ['', ''],
  ])('%j', (sentence, expected) => {
    expect(shown(scripted(sentence))).toBe(expected);
  });

  test('no character is lost', () => {
    for (const sentence of ['f(x_i; θ) − f_i(θ′)_c', 'a_{b', '(((x_i', 'θθθ', '‖∇L(θ)‖ ≤ ε']) {
      expect(
        scripted(sentence)
          .map((span) => ('text' in span ? span.text : ''))
          .join(''),
      ).toBe(sentence);
    }
  });
});
