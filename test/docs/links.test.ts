import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../../scripts/console-blocks.mjs';

const root = join(import.meta.dirname, '../..');
const read = (page: string): string => readFileSync(join(root, page), 'utf8');
const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');
const pages = [...(await documents()), 'examples/README.md', 'proofs/README.md'];

/** As GitHub makes the fragment of a heading. */
const fragment = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

test.each(pages)('%s: every link leads somewhere', (page) => {
  const links = [...withoutBlocks(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
  for (const link of links) {
    if (/^https?:/.test(link)) continue;
    const [path, anchor] = link.split('#');
    const target = path === '' ? page : posix.join(posix.dirname(page), path!);
    expect(existsSync(join(root, target)), `${page}: ${link}`).toBe(true);
    if (anchor === undefined) continue;
    const headings = [...withoutBlocks(read(target)).matchAll(/^#+ (.*)$/gm)].map((match) =>
      fragment(match[1]!),
    );
    const ids = [...read(target).matchAll(/<a id="([^"]+)">/g)].map((match) => match[1]!);
    expect([...headings, ...ids], `${page}: ${link}`).toContain(anchor);
  }
});

test('every page of the guide is reached from its index', () => {
  const index = read('docs/README.md');
  for (const page of pages.filter((each) => each.startsWith('docs/') && each !== 'docs/README.md'))
    expect(index, page).toContain(`(${page.slice('docs/'.length)})`);
});

test('the files that a page names are there', () => {
  let seen = 0;
  for (const page of pages) {
    for (const [, path] of withoutBlocks(read(page)).matchAll(
      /`((?:docs|examples|schema|proofs|scripts|src)\/[\w./-]+)`/g,
    )) {
      const places = [path!, posix.join(posix.dirname(page), path!)].map((place) => join(root, place));
      expect(
        places.some((place) => existsSync(place)),
        `${page}: ${path}`,
      ).toBe(true);
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(20);
});
