import { renderHtml } from '../../../src/derive/document/html/index.ts';
import { renderLatex } from '../../../src/derive/document/latex.ts';
import { renderMarkdown } from '../../../src/derive/document/markdown.ts';
import type { DerivationDocument } from '../../../src/derive/document/model.ts';
import { renderTypst } from '../../../src/derive/document/typst.ts';
import { linkFaults } from './html/validate.ts';
import { markdownFaults } from './markdown-faults.ts';

export interface Renderer {
  readonly name: string;
  readonly render: (document: DerivationDocument) => string;
  /** what is wrong with an output of this format, as far as text alone can tell; none when it is well formed */
  readonly faults?: (output: string) => readonly string[];
  /** what a text has that must not come out as it is; absent: every hostile text has it */
  readonly unsafe?: RegExp;
}

// Dollars and backslashes are text in a page.
const unsafe = /[<&]|\u202e/;

/** Every text format: all.test.ts renders each document of cases.ts in each. */
export const RENDERERS: readonly Renderer[] = [
  { name: 'md', render: renderMarkdown, faults: markdownFaults },
  { name: 'html', render: (document) => renderHtml(document), faults: linkFaults, unsafe },
  {
    name: 'html fragment',
    render: (document) => renderHtml(document, { fragment: true }),
    faults: linkFaults,
    unsafe,
  },
  { name: 'latex', render: (document) => renderLatex(document) },
  { name: 'latex fragment', render: (document) => renderLatex(document, { fragment: true }) },
  { name: 'typst', render: renderTypst },
];
