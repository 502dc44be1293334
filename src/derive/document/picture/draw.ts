/** The scene as SVG: shapes with light colours as attributes, and a style that a browser's dark page turns over. */
import { escapeXml } from '../../report/xml.ts';
import type { Space } from './geometry.ts';
import type { Image } from './image.ts';
import { axesOf, legendOf, type Mark, marksOf, type Pieces, shownParts, standsRight } from './marks.ts';
import { patch, type Scene } from './scene.ts';
import type { Vector } from './vector.ts';
import { type View, WIDTH } from './view.ts';

interface Ink {
  readonly light: string;
  readonly dark: string;
}

const INKS = {
  axis: { light: '#8a857b', dark: '#7d7a73' },
  image: { light: '#2b5d8c', dark: '#7fb4e6' },
  tangent: { light: '#a35a00', dark: '#f0b765' },
  other: { light: '#2c6e49', dark: '#86cfa2' },
  target: { light: '#a3201a', dark: '#ff9d94' },
  ink: { light: '#1c1b19', dark: '#e6e3dc' },
  paper: { light: '#fffdf8', dark: '#15171b' },
} satisfies Record<string, Ink>;

type Name = keyof typeof INKS;

/** The page may set the variables; else the reader's scheme decides. Under @media, so that simple readers pass over it. */
const STYLE = (Object.keys(INKS) as Name[])
  .map((name) => {
    const rule = (ink: string): string =>
      `.pic-s-${name}{stroke:var(--pic-${name},${ink})}.pic-f-${name}{fill:var(--pic-${name},${ink})}`;
    const { light, dark } = INKS[name];
    return `@media all{${rule(light)}}@media (prefers-color-scheme:dark){${rule(dark)}}`;
  })
  .join('');

/** For the page: the same colours as variables. */
export const pictureVariables = (scheme: keyof Ink): string =>
  (Object.keys(INKS) as Name[]).map((name) => `--pic-${name}:${INKS[name][scheme]};`).join('');

const stroke = (name: Name, width: number, more = ''): string =>
  `class="pic-s-${name}" stroke="${INKS[name].light}" stroke-width="${width}" fill="none"${more}`;
const fill = (name: Name, opacity: number): string =>
  `class="pic-f-${name}" fill="${INKS[name].light}" fill-opacity="${opacity}"`;

const round = (value: number): string => String(Math.round(value * 10) / 10);
const at = (view: View, point: Vector): string => {
  const [x, y] = view.place(point);
  return `${round(x)},${round(y)}`;
};

export function draw(scene: Scene, description: string): string {
  const { view, geometry, others } = scene;
  const parts = [
    `<clipPath id="picture-page"><rect x="6" y="6" width="${WIDTH - 12}" height="${view.height - 12}" rx="6"/></clipPath>`,
    '<g clip-path="url(#picture-page)">',
    axes(scene),
    ...(geometry.tangent ? [spaceShape(geometry.tangent, view, 'tangent', '')] : []),
    ...others.map(({ space }) => spaceShape(space, view, 'other', ' stroke-dasharray="7 4"')),
    imageShape(scene.wideImage, view, 0.3),
    imageShape(scene.nearImage, view, 1),
    '</g>',
    distanceLine(scene),
    ...labels(scene),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${view.height}" width="${WIDTH}" height="${view.height}" role="img" aria-labelledby="picture-title picture-desc" font-family="Georgia, serif" font-size="15">`,
    '<title id="picture-title">The image of f_X, its tangent space and the target</title>',
    `<desc id="picture-desc">${escapeXml(description)}</desc>`,
    `<style>${STYLE}</style>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
  ].join('\n');
}

function axes(scene: Scene): string {
  const { view } = scene;
  return axesOf(scene)
    .map(({ from, to, name, pieces }) => {
      const [x, y] = view.place(name);
      return `<polyline points="${at(view, from)} ${at(view, to)}" ${stroke('axis', 1)}/><text x="${round(x)}" y="${round(y)}" ${fill('axis', 1)} font-size="12">${words(pieces)}</text>`;
    })
    .join('');
}

/** After an index the line goes up again to where it was. */
const words = (pieces: Pieces): string =>
  pieces
    .map(({ text, below }, k) => {
      const escaped = escapeXml(text);
      const before = pieces[k - 1];
      const placed =
        before === undefined
          ? escaped
          : `<tspan${before.below === undefined ? '' : ' dy="-4"'}>${escaped}</tspan>`;
      return below === undefined
        ? placed
        : `${placed}<tspan dy="4" font-size="10">${escapeXml(below)}</tspan>`;
    })
    .join('');

function spaceShape(space: Space, view: View, ink: Name, dashes: string): string {
  const rank = space.basis.length;
  const corners = rank > 2 ? undefined : patch(space, view);
  if (!corners) return '';
  const points = corners.map((corner) => at(view, corner)).join(' ');
  // wide and pale, since the image may lie on it
  if (rank === 1)
    return `<polyline points="${points}" ${stroke(ink, 9, ' stroke-opacity="0.3"')}/><polyline points="${points}" ${stroke(ink, 1, dashes)}/>`;
  return `<polygon points="${points}" ${fill(ink, 0.14)}/><polygon points="${points}" ${stroke(ink, 1, dashes)}/>`;
}

function imageShape({ curves, cells, points }: Image, view: View, opacity: number): string {
  const shown = (list: readonly Vector[]): boolean => list.every(view.shows);
  const quads = cells
    .filter(shown)
    .map((corners) => ({ corners, depth: Math.min(...corners.map((corner) => view.place(corner)[2])) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ corners }) => `M${corners.map((corner) => at(view, corner)).join('L')}Z`);
  const lines = curves
    .flatMap((curve) => shownParts(curve, view))
    .map((part) => `M${part.map((point) => at(view, point)).join('L')}`);
  const dots = points.filter(view.shows).map((point) => `M${at(view, point)}h0`);
  return [
    quads.length === 0
      ? ''
      : `<path d="${quads.join('')}" class="pic-s-image pic-f-image" stroke="${INKS.image.light}" fill="${INKS.image.light}" fill-opacity="${0.16 * opacity}" stroke-width="0.6" stroke-opacity="${0.75 * opacity}" stroke-linejoin="round"/>`,
    lines.length === 0
      ? ''
      : `<path d="${lines.join('')}" ${stroke('image', opacity === 1 ? 2.6 : 1.6, ` stroke-opacity="${opacity === 1 ? 1 : 0.55}"`)}/>`,
    dots.length === 0
      ? ''
      : `<path d="${dots.join('')}" ${stroke('image', 2.4, ` stroke-linecap="round" stroke-opacity="${0.2 + 0.4 * opacity}"`)}/>`,
  ].join('');
}

function distanceLine({ geometry, foot, optimal, view }: Scene): string {
  const line = (from: Vector, to: Vector, dashes: string): string =>
    `<polyline points="${at(view, from)} ${at(view, to)}" ${stroke('target', 1.6, dashes)}/>`;
  const direct = line(geometry.target, geometry.at, ' stroke-dasharray="2 3"');
  return foot && !optimal ? direct + line(geometry.target, foot, '') : direct;
}

function labels(scene: Scene): string[] {
  return [
    ...marksOf(scene).map((mark) => dot(scene.view, mark)),
    ...legendOf(scene).map(
      ({ ink, pieces }, row) => `<text x="14" y="${22 + 20 * row}" ${fill(ink, 1)}>${words(pieces)}</text>`,
    ),
  ];
}

function dot(view: View, { point, ink, pieces, below }: Mark): string {
  const [x, y] = view.place(point);
  const right = standsRight(x);
  return [
    `<circle cx="${round(x)}" cy="${round(y)}" r="4.5" class="pic-f-${ink} pic-s-paper" fill="${INKS[ink].light}" stroke="${INKS.paper.light}" stroke-width="1.5"/>`,
    `<text x="${round(x + (right ? 9 : -9))}" y="${round(y + (below ? 18 : -8))}" text-anchor="${right ? 'start' : 'end'}" class="pic-f-${ink} pic-s-paper" fill="${INKS[ink].light}" stroke="${INKS.paper.light}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${words(pieces)}</text>`,
  ].join('');
}
