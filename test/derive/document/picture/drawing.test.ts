import { describe, expect, it } from 'vitest';
import { renderLatex } from '../../../../src/derive/document/latex.ts';
import type { DerivationDocument, Drawing } from '../../../../src/derive/document/model.ts';
import { latexPicture } from '../../../../src/derive/document/paper/latex-picture.ts';
import { drawingOf } from '../../../../src/derive/document/picture/drawing.ts';
import { geometryOf } from '../../../../src/derive/document/picture/geometry.ts';
import { drawPicture } from '../../../../src/derive/document/picture/index.ts';
import { type Scene, sceneOf } from '../../../../src/derive/document/picture/scene.ts';
import { instanceFromObject } from '../../../../src/instance/load.ts';
import { loadInstanceFile } from '../../../../src/node/files.ts';
import { requireOrSkip } from '../../../require.ts';
import { compileLatex } from '../../../support/compile-latex.ts';
import { pdflatexFound } from '../../../support/latex.ts';
import { documentOf } from '../cases.ts';
import { TRAPS } from '../paper/hostile.ts';

const latexRuns = requireOrSkip('latex', pdflatexFound, 'no pdflatex on the path');
const sceneFor = async (name: string): Promise<Scene> =>
  sceneOf(geometryOf(await loadInstanceFile(`test/instances/${name}.json`))!);
const FILES = ['I01', 'I02', 'I03', 'I04', 'I08', 'I09', 'I12', 'I13', 'I16', 'I28', 'I43'];

const of = ({ lines }: Drawing, ink: string) => lines.filter((each) => each.ink === ink);
const near = (a: readonly number[], b: readonly number[]) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!) < 0.2;

describe('the drawing', () => {
  it.each(FILES)(
    '%s: nothing outside the page, every number finite, no path without a line',
    async (name) => {
      const drawing = drawingOf(await sceneFor(name));
      const { width, height, lines, dots, labels } = drawing;
      const points = [
        ...lines.flatMap(({ runs }) => runs.flat()),
        ...dots.map(({ x, y }) => [x, y] as const),
      ];
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.flatMap(({ runs }) => runs).every((run) => run.length > 1)).toBe(true);
      for (const [x, y] of points) {
        expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
      }
      expect(labels.map(({ pieces }) => pieces.map(({ text }) => text).join(''))).toContain('the image of f');
      // One line of source for each: a paper can hold it.
      expect(
        lines.reduce((sum, { runs }) => sum + runs.reduce((n, run) => n + run.length, 0), 0),
      ).toBeLessThan(2500);
    },
  );

  it('I02: from the target a dotted line to f_X(θ) and a whole one to the nearest point', async () => {
    const scene = await sceneFor('I02');
    const page = (point: readonly number[]) => scene.view.place(point);
    const [dotted, whole] = of(drawingOf(scene), 'target');
    expect(near(dotted!.runs[0]![0]!, page(scene.geometry.target))).toBe(true);
    expect(dotted!.runs.length).toBeGreaterThan(3);
    expect(whole!.runs).toHaveLength(1);
    expect(near(whole!.runs[0]![0]!, page(scene.geometry.target))).toBe(true);
    expect(near(whole!.runs[0]![1]!, page(scene.foot!))).toBe(true);
  });

  it('I04: the line of the moved weight is dashed along its direction; the tangent space is a point', async () => {
    const scene = await sceneFor('I04');
    const drawing = drawingOf(scene);
    expect(of(drawing, 'tangent')).toEqual([]);
    const [other] = of(drawing, 'other');
    const [unit] = scene.others[0]!.space.basis;
    expect(other!.runs.length).toBeGreaterThan(10);
    const long = [other!.runs[0]![0]!, other!.runs.at(-1)!.at(-1)!] as const;
    const [dx, dy] = [long[1][0] - long[0][0], long[0][1] - long[1][1]];
    expect(Math.abs(dx * unit![1]! - dy * unit![0]!) / Math.hypot(dx, dy)).toBeLessThan(0.01);
  });

  it('a curve keeps its shape: every point of it that is shown lies by a line of the drawing', async () => {
    const curved = await instanceFromObject({
      everymin: 1,
      name: 'f',
      model: { type: 'expression', inputs: ['x'], parameters: ['t'], outputs: ['sin(3*t)', 't^2'] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1, 1]] },
      parameters: { t: '1/2' },
    });
    const scene = sceneOf(geometryOf(curved)!);
    const pieces = of(drawingOf(scene), 'image')[0]!.runs.flatMap((run) =>
      run.slice(1).map((to, k) => [run[k]!, to] as const),
    );
    expect(pieces.length).toBeGreaterThan(8);
    let seen = 0;
    for (const point of scene.wideImage.curves.flat()) {
      const [x, y] = scene.view.place(point);
      if (!(x > 8 && x < 632 && y > 8 && y < scene.view.height - 8)) continue;
      seen++;
      const off = Math.min(...pieces.map(([a, b]) => fromPiece([x, y], a, b)));
      expect(off).toBeLessThan(0.5);
    }
    expect(seen).toBeGreaterThan(50);
  });
});

function fromPiece(
  p: readonly [number, number],
  a: readonly [number, number],
  b: readonly [number, number],
): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const t = Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

describe.runIf(latexRuns)('in LaTeX', () => {
  const main = (head: string, body: string) =>
    `\\documentclass${head}\\usepackage{amsmath,amssymb,hyperref}\\begin{document}\n${body}\\end{document}\n`;
  const withPicture = async (name: string): Promise<DerivationDocument> => {
    const picture = drawPicture(await loadInstanceFile(`test/instances/${name}.json`));
    expect(picture!.drawing).toBeDefined();
    return { ...(await documentOf('lemma-2')), picture };
  };

  it('compiles without an error or a wide box, whole, in a column, and without colours', async () => {
    for (const name of FILES) {
      const document = await withPicture(name);
      const source = renderLatex(document);
      expect(source).toContain('\\begin{everyminpicture}');
      const whole = compileLatex({ 'main.tex': source });
      expect([name, whole.errors, whole.overfull]).toEqual([name, [], []]);
      if (whole.text !== null) expect(whole.text).toContain('the image of f');
    }
    const fragments = await Promise.all(
      ['I02', 'I04', 'I43'].map(async (name) => renderLatex(await withPicture(name), { fragment: true })),
    );
    for (const head of ['{article}', '[twocolumn]{article}']) {
      const { errors, overfull } = compileLatex({ 'main.tex': main(head, fragments.join('\n')) });
      expect(errors).toEqual([]);
      expect(overfull.filter((points) => points > 3)).toEqual([]);
    }
  }, 120_000);

  it('words that are commands are shown, and numbers that are none are left out', async () => {
    const document = await withPicture('I02');
    const drawing = document.picture!.drawing!;
    const bad = Number.NaN;
    const hostile: Drawing = {
      ...drawing,
      lines: [
        ...drawing.lines,
        {
          ink: '\\input{x}' as 'ink',
          width: 1,
          opacity: 1,
          runs: [
            [
              [bad, 0],
              [1, 1],
            ],
            [
              [0, 0],
              [Number.POSITIVE_INFINITY, 1],
            ],
          ],
        },
      ],
      dots: [...drawing.dots, { ink: 'ink', x: bad, y: 1, size: 2, opacity: 1 }],
      labels: TRAPS.map((text, k) => ({
        ink: 'ink',
        x: 10,
        y: 10 * k,
        end: '}' as 'end',
        pieces: [{ text, below: TRAPS[(k + 1) % TRAPS.length]! }],
      })),
    };
    const source = renderLatex({ ...document, picture: { ...document.picture!, drawing: hostile } });
    expect(source).not.toMatch(/NaN|Infinity/);
    expect(latexPicture(hostile)).not.toMatch(/\\(input|write|openin|catcode|csname)\b/);
    const { errors, read } = compileLatex({ 'main.tex': source });
    expect(errors).toEqual([]);
    expect(read).toEqual([]);
  }, 60_000);
});
