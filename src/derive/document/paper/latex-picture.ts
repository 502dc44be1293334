/** A drawing in LaTeX's own picture environment, in colour where \color is there. A line is a Bézier curve that is straight. */
import type { Drawing, DrawingInk } from '../model.ts';
import { latexText } from './latex-characters.ts';

type Colour = readonly [number, number, number];

const INK: Colour = [0.11, 0.11, 0.1];
const COLOURS: ReadonlyMap<string, Colour> = new Map<DrawingInk, Colour>([
  ['axis', [0.54, 0.52, 0.48]],
  ['image', [0.17, 0.36, 0.55]],
  ['tangent', [0.64, 0.35, 0]],
  ['other', [0.17, 0.43, 0.29]],
  ['target', [0.64, 0.13, 0.1]],
  ['ink', INK],
]);

/** Points of a unit of the page, at most; and between the dots of a line, which overlap. */
const UNIT = 0.6;
const STEP = 0.35;

/** Numbers and words of ours alone: the words are escaped. What is not finite is left out. Length is linear in the drawing. */
export function latexPicture({ width, height, lines, dots, labels }: Drawing): string {
  const up = (y: number): string => number(height - y);
  const parts = [
    ...lines.map(({ ink, width: thick, opacity, runs }) => {
      const segments = runs.flatMap((run) => run.slice(1).map((to, k) => line(run[k]!, to, height)));
      const pen = `\\linethickness{${number(thick * UNIT)}pt}%`;
      return `{${colour(ink, opacity)}${pen}\n${segments.filter((each) => each !== '').join('')}}%`;
    }),
    ...dots
      .filter(({ x, y, size }) => [x, y, size].every(Number.isFinite))
      .map(({ ink, x, y, size, opacity }) => {
        return `{${colour(ink, opacity)}\\put(${number(x)},${up(y)}){\\circle*{${number(size)}}}}%`;
      }),
    ...labels
      .filter(({ x, y }) => [x, y].every(Number.isFinite))
      .map(({ ink, x, y, end, pieces }) => {
        const words = pieces
          .map(
            ({ text, below }) =>
              `${latexText(text)}${below === undefined ? '' : `\\textsubscript{${latexText(below)}}`}`,
          )
          .join('');
        const side = end === 'start' ? 'l' : 'r';
        return `{${colour(ink, 1)}\\put(${number(x)},${up(y)}){\\makebox(0,0)[${side}]{\\everyminword{${words}}}}}%`;
      }),
  ];
  return [
    `\\begin{everyminpicture}{${number(width)}}{${number(height)}}{${UNIT}pt}%`,
    ...parts,
    '\\end{everyminpicture}',
  ].join('\n');
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

/** Paler where it is less opaque: paper is white. */
function colour(ink: DrawingInk, opacity: number): string {
  const mixed = (COLOURS.get(ink) ?? INK).map((part) => (1 - opacity * (1 - part)).toFixed(2));
  return `\\everyminink{${mixed.join(',')}}`;
}

function line(from: readonly [number, number], to: readonly [number, number], height: number): string {
  if (![...from, ...to].every(Number.isFinite)) return '';
  const at = (x: number, y: number): string => `(${number(x)},${number(height - y)})`;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (from[1] === to[1] && from[0] !== to[0]) {
    const start = from[0] < to[0] ? from : to;
    return `\\put${at(...start)}{\\line(1,0){${number(length)}}}%\n`;
  }
  if (from[0] === to[0] && from[1] !== to[1]) {
    const start = from[1] > to[1] ? from : to;
    return `\\put${at(...start)}{\\line(0,1){${number(length)}}}%\n`;
  }
  const middle = at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  const count = Math.max(1, Math.ceil((length * UNIT) / STEP));
  return `\\qbezier[${count}]${at(...from)}${middle}${at(...to)}%\n`;
}
