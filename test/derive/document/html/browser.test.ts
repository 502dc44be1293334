import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivation } from '../../../../src/derive/derive.ts';
import { renderHtml } from '../../../../src/derive/document/html/index.ts';
import type { DerivationDocument } from '../../../../src/derive/document/model.ts';
import { requireOrSkip } from '../../../require.ts';
import { documentOf, hostileFindings } from '../cases.ts';

const executablePath = process.env.EVERYMIN_CHROMIUM ?? '/usr/bin/chromium';
const executable = (() => {
  try {
    accessSync(executablePath, constants.X_OK);
    return true;
  } catch {
    return false;
  }
})();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OPEN_ALL = 'for (const fold of document.querySelectorAll("details")) fold.open = true';

/** The first steps and symbols only: axe takes long on a long page. */
const shorter = (document: DerivationDocument): DerivationDocument => ({
  ...document,
  steps: [...document.steps.slice(0, 8), ...document.steps.slice(-2)],
  symbols: document.symbols.slice(0, 24),
  graph: null,
});

/** Each page, at desktop and phone width, light and dark. */
const LOOKS = [
  ['holds', 1280, 'light'],
  ['holds', 375, 'dark'],
  ['fails', 1280, 'dark'],
  ['fails', 375, 'light'],
  ['parts', 1280, 'dark'],
  ['parts', 375, 'light'],
] as const;

describe.runIf(requireOrSkip('chromium', executable, `${executablePath} cannot be run`))(
  'a derivation in Chromium',
  () => {
    let browser: Browser;
    let folder: string;
    const written = new Map<string, { readonly url: string; readonly document: DerivationDocument }>();

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'everymin-html-'));
      const documents: readonly (readonly [string, DerivationDocument])[] = [
        ['holds', await documentOf('theorem-1', 'test/instances/I16.json')],
        ['fails', await documentOf('theorem-1', 'examples/kink.json')],
        ['parts', shorter(await documentOf('deep-linear', 'test/instances/I05.json'))],
        ['hostile', derivation('theorem-1', await hostileFindings())],
      ];
      for (const [name, document] of documents) {
        const file = join(folder, `${name}.html`);
        await writeFile(file, renderHtml(document));
        written.set(name, { url: pathToFileURL(file).href, document });
      }
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    });
    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true });
    });

    /** Opens a page; whatever it complains of, or asks the network for, fails the test. */
    async function visit<T>(
      name: string,
      { hash = '', ...options }: BrowserContextOptions & { hash?: string },
      look: (page: Page) => Promise<T>,
    ): Promise<T> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) complaints.push(`asks for ${request.url()}`);
      });
      try {
        await page.goto(written.get(name)!.url + hash);
        const result = await look(page);
        expect(complaints).toEqual([]);
        return result;
      } finally {
        await context.close();
      }
    }
    const documentNamed = (name: string): DerivationDocument => written.get(name)!.document;

    it.each(LOOKS)(
      '%s at %i px, %s, every fold open: axe finds nothing, the page does not scroll sideways',
      async (name, width, colorScheme) => {
        await visit(
          name,
          { viewport: { width, height: 800 }, colorScheme, bypassCSP: true },
          async (page) => {
            await page.evaluate(OPEN_ALL);
            await page.waitForTimeout(100);
            const scroll = await page.evaluate<number>('document.documentElement.scrollWidth');
            expect(scroll).toBeLessThanOrEqual(width);
            await page.evaluate(axe);
            const run = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then(({ violations, passes }) => ({
            passes: passes.length,
            found: violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' AND ')),
          }))`;
            const { found, passes } = await page.evaluate<{ found: string[]; passes: number }>(run);
            expect(found).toEqual([]);
            expect(passes).toBeGreaterThan(20);
          },
        );
      },
    );

    it('is whole without JavaScript: every step can be unfolded and read, and nothing is offered that does not work', async () => {
      await visit('parts', { javaScriptEnabled: false }, async (page) => {
        const { steps, parts } = documentNamed('parts');
        expect(parts.length).toBeGreaterThan(0);
        for (const part of parts) await page.locator(`#${part.anchor} > summary`).click();
        for (const { anchor } of [...steps, ...parts.flatMap((part) => part.steps)]) {
          const step = page.locator(`#${anchor}`);
          expect(await step.isVisible(), anchor).toBe(true);
        }
        const first = page.locator(`#${steps[0]!.anchor}`);
        await first.locator(':scope > details > summary').click();
        expect(await first.locator('.inside').isVisible()).toBe(true);
        expect(await page.locator('.toolbar').isVisible()).toBe(false);
        expect(await page.locator('#meaning').isVisible()).toBe(false);
      });
    });

    it('steps with the keyboard, folds with it, and stops when told to', async () => {
      await visit('holds', {}, async (page) => {
        const { steps } = documentNamed('holds');
        const here = () => page.evaluate<string>('document.activeElement.id');
        const open = (anchor: string) => page.locator(`#${anchor} > details[open]`).count();
        for (const { anchor } of steps.slice(0, 3)) {
          await page.keyboard.press('j');
          expect(await here()).toBe(anchor);
          expect(page.url()).toMatch(new RegExp(`#${anchor}$`));
        }
        await page.keyboard.press('ArrowLeft');
        expect(await here()).toBe(steps[1]!.anchor);
        await page.keyboard.press('o');
        expect(await open(steps[1]!.anchor)).toBe(1);
        await page.keyboard.press('o');
        expect(await open(steps[1]!.anchor)).toBe(0);
        await page.keyboard.press('u');
        expect(await page.locator('main details:not([open])').count()).toBe(0);
        await page.keyboard.press('f');
        expect(await page.locator('main details[open]').count()).toBe(0);
        await page.keyboard.press('?');
        expect(await page.locator('#keys').isVisible()).toBe(true);
        await page.locator('#keys-on').uncheck();
        await page.keyboard.press('Escape');
        expect(await page.locator('#keys').isVisible()).toBe(false);
        await page.keyboard.press('u');
        expect(await page.locator('main details[open]').count()).toBe(0);
      });
    });

    it('opens the fold that a deep link leads into, and marks where it leads', async () => {
      const part = documentNamed('parts').parts.find(({ steps }) => steps.length > 1)!;
      const { anchor } = part.steps[1]!;
      await visit('parts', { hash: `#${anchor}` }, async (page) => {
        const step = page.locator(`#${anchor}`);
        await page.waitForFunction(`document.activeElement.id === '${anchor}'`);
        expect(await step.isVisible()).toBe(true);
        expect(await step.locator('.inside').isVisible()).toBe(true);
        const marked = await step.evaluate((element) => getComputedStyle(element).backgroundColor);
        expect(marked).not.toBe('rgba(0, 0, 0, 0)');
        const top = await step.evaluate((element) => element.getBoundingClientRect().top);
        expect(top).toBeLessThan(800);
        expect(top).toBeGreaterThanOrEqual(0);
      });
    });

    it('goes to a premise when its link is followed', async () => {
      await visit('holds', {}, async (page) => {
        const step = documentNamed('holds').steps.find(({ premises }) =>
          premises.some(({ anchor }) => anchor),
        )!;
        const premise = step.premises.find(({ anchor }) => anchor)!;
        await page.locator(`#${step.anchor} > details > summary`).click();
        await page.locator(`#${step.anchor} .inside dd a[href="#${premise.anchor}"]`).first().click();
        expect(page.url()).toMatch(new RegExp(`#${premise.anchor}$`));
        await page.waitForFunction(`document.activeElement.id === '${premise.anchor}'`);
      });
    });

    it('tells what a symbol means under the pointer, under a finger and to the keyboard', async () => {
      const theta = documentNamed('holds').symbols.find(({ formula }) => formula.text === 'θ')!;
      const meaning = theta.meaning.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
      expect(meaning).not.toBe('');
      await visit('holds', { hasTouch: true }, async (page) => {
        const tip = page.locator('#meaning');
        const code = await page.locator(`#symbol-${theta.id}`).getAttribute('data-entry');
        const written = page.locator(`.steps math [data-s="${code}"]`).first();
        await written.hover();
        expect(await tip.isVisible()).toBe(true);
        expect(await tip.textContent()).toContain(meaning);
        expect(await tip.textContent()).toContain(theta.value ?? 'sort');
        await tip.hover();
        await page.waitForTimeout(300);
        expect(await tip.isVisible()).toBe(true);
        await page.keyboard.press('Escape');
        expect(await tip.isVisible()).toBe(false);
        await written.tap();
        expect(await tip.isVisible()).toBe(true);
        await page.locator('h1').tap();
        expect(await tip.isVisible()).toBe(false);
        const step = page.locator('.step', { has: page.locator(`math [data-s="${code}"]`) }).first();
        await step.locator(':scope > details > summary').focus();
        await page.keyboard.press('Enter');
        const link = step.locator(`.used a[data-s="${code}"]`);
        await link.focus();
        expect(await tip.isVisible()).toBe(true);
        expect(await link.getAttribute('aria-describedby')).toBe('meaning');
        await page.keyboard.press('Escape');
        expect(await tip.isVisible()).toBe(false);
        expect(await link.getAttribute('aria-describedby')).toBeNull();
      });
    });

    it('turns from light to dark and back, and remembers', async () => {
      await visit('holds', { colorScheme: 'light' }, async (page) => {
        const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        const light = await paper();
        await page.locator('button[data-action="theme"]').click();
        const dark = await paper();
        expect(dark).not.toBe(light);
        // what is stored reaches the browser's own process a little later
        await page.waitForTimeout(500);
        await page.reload();
        expect(await paper()).toBe(dark);
        await page.locator('button[data-action="theme"]').click();
        expect(await paper()).toBe(light);
      });
    });

    it('is printed with every fold open, and without what only works on a screen', async () => {
      await visit('parts', { javaScriptEnabled: false }, async (page) => {
        await page.emulateMedia({ media: 'print' });
        expect(await page.locator('.side').isVisible()).toBe(false);
        for (const { anchor } of documentNamed('parts').steps) {
          expect(await page.locator(`#${anchor} .inside`).isVisible(), anchor).toBe(true);
        }
      });
    });

    it('runs nothing that a user typed', async () => {
      await visit('hostile', {}, async (page) => {
        await page.evaluate(OPEN_ALL);
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('img, iframe, object, embed, form, base, link').count()).toBe(0);
        const elsewhere =
          '[...document.links].filter((link) => !link.getAttribute("href").startsWith("#")).length';
        expect(await page.evaluate(elsewhere)).toBe(0);
      });
    });

    it('has a policy under which a script that was planted does not run', async () => {
      const planted = renderHtml(documentNamed('holds')).replace(
        '</main>',
        '<script>document.title = "run"</script><img src="x" onerror="document.title = \'run\'"></main>',
      );
      const file = join(folder, 'planted.html');
      await writeFile(file, planted);
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href);
      await page.waitForTimeout(200);
      expect(await page.title()).not.toBe('run');
      expect(await page.locator('.toolbar').isVisible()).toBe(true);
      await page.close();
    });
  },
);
