/** A document for paper, as plain data: what LaTeX and Typst both write. */
import type { Status, Verdict } from '../../../check/report.ts';
import type { Formula, Picture } from '../model.ts';

export type Known = Status | 'supposed' | Verdict;

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string }
  /** ids, file names, digests, numbers: may be broken anywhere */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'math'; readonly formula: Formula }
  /** θ_i, h^(l): a letter with indices inside a sentence, and how it was typed */
  | {
      readonly kind: 'scripted';
      readonly base: string;
      readonly below: string;
      readonly above: string;
      readonly text: string;
    }
  | { readonly kind: 'link'; readonly to: string; readonly text: string }
  /** ✓ holds (exact) */
  | { readonly kind: 'status'; readonly status: Known; readonly detail: string };

export type Block =
  /** level 1: a section, 2: a subsection */
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2;
      readonly spans: readonly Span[];
      readonly anchor?: string;
    }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[]; readonly small?: boolean }
  /** `lead`: a relation that it is the right side of */
  | { readonly kind: 'display'; readonly formula: Formula; readonly lead?: '=' | '⇔' }
  /** a label, as of a step or a hypothesis, and what belongs to it */
  | {
      readonly kind: 'item';
      readonly anchor?: string;
      readonly head: readonly Span[];
      readonly body: readonly Block[];
      /** something here is false, or rests on what is */
      readonly broken?: boolean;
    }
  | { readonly kind: 'numbers'; readonly rows: readonly NumberRow[] }
  | {
      readonly kind: 'pairs';
      readonly rows: readonly Pair[];
    }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly string[])[] }
  | {
      readonly kind: 'note';
      readonly title: readonly Span[];
      readonly body: readonly Block[];
      readonly anchor?: string;
    }
  | ({ readonly kind: 'picture' } & Picture);

export type Pair = readonly [name: readonly Span[], value: readonly Span[]];

export interface NumberRow {
  readonly place: string;
  readonly left: string;
  readonly relation: string;
  readonly right: string;
  readonly difference: string;
  readonly truth: 'true' | 'false' | 'undecided';
}

export interface Paper {
  readonly title: string;
  /** the source of the result, and the instance */
  readonly subtitle: readonly (readonly Span[])[];
  readonly blocks: readonly Block[];
  /** Printed by everymin 0.1.0 */
  readonly colophon: string;
}

export const GLYPHS: Readonly<Record<Known, string>> = {
  holds: '✓',
  fails: '×',
  undecided: '?',
  supposed: '◇',
  'not-applicable': '–',
  contradiction: '×',
};

export const WORDS: Readonly<Record<Known, string>> = {
  holds: 'holds',
  fails: 'fails',
  undecided: 'undecided',
  supposed: 'supposed',
  'not-applicable': 'does not apply',
  contradiction: 'contradiction',
};

export const text = (words: string): Span => ({ kind: 'text', text: words });
export const strong = (words: string): Span => ({ kind: 'strong', text: words });
export const code = (words: string): Span => ({ kind: 'code', text: words });
export const paragraph = (...spans: readonly Span[]): Block => ({ kind: 'paragraph', spans });
export const small = (...spans: readonly Span[]): Block => ({ kind: 'paragraph', spans, small: true });
export const display = (formula: Formula): Block => ({ kind: 'display', formula });

export const pairs = (rows: readonly Pair[]): Block => ({ kind: 'pairs', rows });

/** Spans with a separator between them. */
export function separated(list: readonly (readonly Span[])[], separator: string): readonly Span[] {
  return list.flatMap((spans, i) => (i === 0 ? spans : [text(separator), ...spans]));
}

/** The anchors that are set, so that a link to any other can be plain text. */
export function anchorsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'heading') return block.anchor === undefined ? [] : [block.anchor];
    if (block.kind !== 'item' && block.kind !== 'note') return [];
    return [...(block.anchor === undefined ? [] : [block.anchor]), ...anchorsOf(block.body)];
  });
}
