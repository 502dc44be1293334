/** A document in the language that is asked for. Each renderer is loaded when it is first needed. */
import type { DerivationDocument } from './model.ts';

export const TEXT_FORMATS = ['md', 'html', 'latex', 'typst'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

export interface RenderOptions {
  /** of html and latex: for inclusion in a page or paper of one's own */
  readonly fragment?: boolean;
}

export async function renderDerivation(
  document: DerivationDocument,
  format: TextFormat,
  options: RenderOptions = {},
): Promise<string> {
  switch (format) {
    case 'md':
      return (await import('./markdown.ts')).renderMarkdown(document);
    case 'html':
      return (await import('./html/index.ts')).renderHtml(document, options);
    case 'latex':
      return (await import('./latex.ts')).renderLatex(document, options);
    case 'typst':
      return (await import('./typst.ts')).renderTypst(document);
  }
}
