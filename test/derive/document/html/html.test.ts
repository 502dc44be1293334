import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivation } from '../../../../src/derive/derive.ts';
import { renderHtml } from '../../../../src/derive/document/html/index.ts';
import { displayMath } from '../../../../src/derive/document/html/math.ts';
import { SCRIPT, SCRIPT_HASH } from '../../../../src/derive/document/html/script.ts';
import type { DerivationDocument } from '../../../../src/derive/document/model.ts';
import { documentOf, HOSTILE, hostileFindings } from '../cases.ts';
import { htmlFaults, linkFaults } from './validate.ts';

/** without style and script, whose text is no markup */
const bare = (html: string): string =>
  html.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<script>[\s\S]*?<\/script>/g, '');

const stepsOf = ({ steps, parts }: DerivationDocument) => [...steps, ...parts.flatMap((part) => part.steps)];

describe('a page', () => {
  let document: DerivationDocument;
  let html: string;
  beforeAll(async () => {
    document = await documentOf('theorem-1', 'examples/saddle.json');
    html = renderHtml(document);
  });

  it('is valid HTML, and every link leads somewhere', () => {
    expect(htmlFaults(html)).toEqual([]);
  });

  it('asks for nothing: no address outside, no style or script but its own', () => {
    const outside = [...bare(html).matchAll(/\s(?:src|href|srcset|action|data|poster)="([^"]*)"/g)];
    expect(outside.length).toBeGreaterThan(20);
    for (const [, target] of outside) expect(target).toMatch(/^#/);
    expect(html).not.toMatch(/@import|url\((?!#)/);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(bare(html)).not.toMatch(/\son[a-z]+\s*=|\sstyle\s*=/i);
  });

  it('has a policy that allows its script and no other', () => {
    const hash = createHash('sha256').update(SCRIPT).digest('base64');
    expect(SCRIPT_HASH).toBe(`sha256-${hash}`);
    expect(html).toContain(`<script>${SCRIPT}</script>`);
    expect(html).toContain(
      `content="default-src &apos;none&apos;; style-src &apos;unsafe-inline&apos;; script-src &apos;sha256-${hash}&apos;`,
    );
    expect(SCRIPT).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval|Function\(|<\/script/);
  });

  it('has each step once, with its claim, its reason and its fold', () => {
    const steps = stepsOf(document);
    expect(steps.length).toBeGreaterThan(5);
    for (const { anchor } of steps) {
      const item = new RegExp(`<li class="step[^"]*" id="${anchor}">([\\s\\S]*?)</details>`).exec(html)?.[1];
      expect(item, anchor).toMatch(
        /<p class="reason">.*<(?:div class="formula"|p class="claimed").*<details>/s,
      );
    }
    expect(html.match(/<li class="step/g)).toHaveLength(steps.length);
  });

  it('tells status by glyph and word', () => {
    const badges = [...html.matchAll(/<span class="status ([a-z-]+)">([^<]*)/g)];
    expect(badges.length).toBeGreaterThan(stepsOf(document).length);
    for (const [, , words] of badges) expect(words).toMatch(/^[✓✗?◇–] [a-z ]+$/);
  });

  it('marks every symbol with a row of the table', () => {
    const marks = [...html.matchAll(/ data-s="([^"]*)"/g)].map(([, code]) => code);
    expect(marks.length).toBeGreaterThan(100);
    const rows = [...html.matchAll(/ data-entry="([^"]*)"/g)].map(([, code]) => code);
    expect(new Set(rows).size).toBe(document.symbols.length);
    for (const code of marks) expect(rows).toContain(code);
  });
});

describe('what breaks on an instance', () => {
  it('is named with the first line, and every line that rests on it is marked', async () => {
    const document = await documentOf('theorem-1', 'examples/kink.json');
    const { broken } = document.verdict!;
    expect(broken!.rests.length).toBeGreaterThan(1);
    const html = renderHtml(document);
    const anchors = new Map(document.steps.map(({ id, anchor }) => [id, anchor]));
    for (const id of broken!.rests) {
      const item = new RegExp(`<li class="step[^"]* broken" id="${anchors.get(id)}">[\\s\\S]*?</header>`);
      expect(html, id).toMatch(item);
    }
    expect(html.match(/▲ the first line that breaks here/g)).toHaveLength(1);
    expect(html).toContain(`The first line that breaks is <a href="#${anchors.get(broken!.first!)}">`);
  });
});

describe('a fragment', () => {
  it('is valid without a head, has no script, and a style that stays inside', async () => {
    const fragment = renderHtml(await documentOf('theorem-1', 'examples/saddle.json'), { fragment: true });
    expect(htmlFaults(fragment)).toEqual([]);
    expect(fragment).not.toMatch(/<script|<html|<body|<h1/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(fragment)![1]!;
    const selectors = style
      .replace(/@media[^{]*\{|@page\s*\{[^}]*\}/g, '')
      .split('}')
      .map((rule) => rule.split('{')[0]!.trim())
      .filter((selector) => selector !== '');
    expect(selectors.length).toBeGreaterThan(80);
    for (const selector of selectors) expect(selector).toContain('everymin');
  });
});

describe('what a user typed', () => {
  it('is text on the page', async () => {
    const html = renderHtml(derivation('theorem-1', await hostileFindings()));
    expect(htmlFaults(html)).toEqual([]);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(bare(html).replaceAll('\n', '')).not.toMatch(/<img|<a href="(?!#)|\u202e|\p{Cc}/u);
    for (const words of HOSTILE) if (/[<"]/.test(words)) expect(html).not.toContain(words);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('is text in every field of the model', async () => {
    const planted = plant(await documentOf('theorem-2', 'examples/saddle.json')) as DerivationDocument;
    const html = renderHtml({ ...planted, graph: null, picture: null });
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(bare(html)).not.toMatch(/<img|<iframe|\son[a-z]+="|="javascript:/);
    expect(html).toContain('&lt;img src=x');
  });
});

/** Every text becomes an attack, but for the words that choose a branch. */
function plant(value: unknown): unknown {
  if (typeof value === 'string') return `"'><img src=x onerror=alert(1)><script>alert(2)</script>`;
  if (Array.isArray(value)) return value.map(plant);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, CHOICES.has(key) ? inner : plant(inner)]),
  );
}
const CHOICES = new Set(['kind', 'change', 'status', 'verdict', 'truth', 'by', 'group']);

describe('Theorem 4', () => {
  it('stays under 1.5 MB in general and on an instance, and its links lead somewhere', async () => {
    for (const file of [undefined, 'test/instances/I28.json']) {
      const html = renderHtml(await documentOf('theorem-4', file));
      expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
      expect(linkFaults(html)).toEqual([]);
    }
  });

  it('keeps all that its claims say where they are cut into lines', async () => {
    const letters = (markup: string): string => markup.replace(/<[^>]*>|\s/g, '');
    const claims = stepsOf(await documentOf('theorem-4')).map(({ claim }) => claim);
    expect(claims.length).toBeGreaterThan(100);
    for (const claim of claims) expect(letters(displayMath(claim, () => null))).toBe(letters(claim.mathml));
  });
});
