import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/derive/document/markdown.ts';
import { documentOf } from './cases.ts';

/** Files that GitHub shows as they are meant to look. A change of a document is a change of one of them. */
const GOLDEN: readonly (readonly [file: string, result: string, instance: string | undefined])[] = [
  ['lemma-2', 'lemma-2', undefined],
  ['theorem-1', 'theorem-1', undefined],
  ['theorem-1-exact', 'theorem-1', 'examples/exact.json'],
  ['theorem-1-almost-critical', 'theorem-1', 'examples/almost-critical.json'],
  ['theorem-1-kink', 'theorem-1', 'examples/kink.json'],
  ['theorem-2-saddle', 'theorem-2', 'test/instances/I05.json'],
  ['theorem-3-residual', 'theorem-3', 'test/instances/I16.json'],
];

describe('documents as they were', () => {
  it.each(GOLDEN)('%s', async (file, result, instance) => {
    const text = renderMarkdown(await documentOf(result, instance));
    await expect(text).toMatchFileSnapshot(`golden/${file}.md`);
  });
});
