/** The scene as lines, dots and words on a page: for a language that can draw no more than these. */
import type { Drawing, DrawingLines } from '../model.ts';
import type { Space } from './geometry.ts';
import { type Image, imageOf } from './image.ts';
import { axesOf, legendOf, marksOf, shownParts, standsRight } from './marks.ts';
import { patch, type Scene } from './scene.ts';
import type { Vector } from './vector.ts';
import { type View, WIDTH } from './view.ts';

type Point = readonly [number, number];
type Run = readonly Point[];

/** Grid cells of an image along one parameter, and points of a cloud: fewer than in SVG, since each is a line of source. */
const GRID = 12;
const CLOUD = 250;
const MARGIN = 6;
/** How far a line may leave the points that it stands for, in units of the page. */
const FLAT = 0.3;

export function drawingOf(scene: Scene): Drawing {
  const { view, geometry, others, wide, nearImage, foot, optimal } = scene;
  const lines = (
    ink: DrawingLines['ink'],
    width: number,
    opacity: number,
    runs: readonly Run[],
    dashes?: readonly [number, number],
  ): DrawingLines[] => {
    const clipped = runs.flatMap((run) => clippedTo(view, run)).map(simplified);
    const kept = dashes ? clipped.flatMap((run) => dashed(run, dashes)) : clipped;
    const rounded = kept.map((run) => run.map(([x, y]) => [round(x), round(y)] as const));
    return rounded.length === 0 ? [] : [{ ink, width, opacity, runs: rounded }];
  };
  const straight = (from: Vector, to: Vector): Run => [page(view, from), page(view, to)];
  const axes = axesOf(scene).map(({ from, to }) => straight(from, to));
  const toFoot = foot && !optimal ? [straight(geometry.target, foot)] : [];
  const wideImage = geometry.theta.length === 2 ? imageOf(geometry, wide, GRID) : scene.wideImage;
  return {
    width: WIDTH,
    height: view.height,
    lines: [
      ...lines('axis', 1, 1, axes),
      ...lines('image', 1, 0.35, outlines(wideImage, view)),
      ...lines('image', geometry.theta.length === 2 ? 0.9 : 1.8, 1, outlines(nearImage, view)),
      ...(geometry.tangent ? lines('tangent', 2.2, 1, shape(geometry.tangent, view)) : []),
      ...others.flatMap(({ space }) => lines('other', 1.6, 1, shape(space, view), [7, 4])),
      ...lines('target', 1.4, 1, [straight(geometry.target, geometry.at)], [2, 3]),
      ...lines('target', 2, 1, toFoot),
    ],
    ...marks(scene, [...cloud(wideImage, view, 0.3), ...cloud(nearImage, view, 0.7)]),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const page = (view: View, point: Vector): Point => {
  const [x, y] = view.place(point);
  return [x, y];
};
/** The border of a plane, or a line. */
function shape(space: Space, view: View): readonly Run[] {
  const corners = space.basis.length > 2 ? undefined : patch(space, view);
  if (!corners) return [];
  const points = corners.map((corner) => page(view, corner));
  return [space.basis.length === 1 ? points : [...points, points[0]!]];
}

/** Curves, and the edges of the cells, each once. */
function outlines({ curves, cells }: Image, view: View): readonly Run[] {
  const edges = new Map<string, Run>();
  for (const corners of cells) {
    if (!corners.every(view.shows)) continue;
    const points = corners.map((corner) => page(view, corner));
    points.forEach((from, k) => {
      const to = points[(k + 1) % points.length]!;
      const key = [from, to]
        .map(([x, y]) => `${round(x)},${round(y)}`)
        .sort()
        .join(' ');
      edges.set(key, [from, to]);
    });
  }
  const runs = curves
    .flatMap((curve) => shownParts(curve, view))
    .map((part) => part.map((point) => page(view, point)));
  return [...edges.values(), ...runs];
}

function cloud({ points }: Image, view: View, opacity: number): Drawing['dots'] {
  return points
    .filter(view.shows)
    .slice(0, CLOUD)
    .map((point) => page(view, point))
    .filter((at) => inside(view, at))
    .map(([x, y]) => ({ ink: 'image' as const, x: round(x), y: round(y), size: 2.4, opacity }));
}

/** The points that have names, and the words. */
function marks(scene: Scene, scattered: Drawing['dots']): Pick<Drawing, 'dots' | 'labels'> {
  const { view } = scene;
  const named = marksOf(scene);
  return {
    dots: [
      ...scattered,
      ...named.map(({ point, ink }) => {
        const [x, y] = page(view, point);
        return { ink, x: round(x), y: round(y), size: 9, opacity: 1 };
      }),
    ],
    labels: [
      ...axesOf(scene).map(({ name, pieces }) => {
        const [x, y] = page(view, name);
        return { ink: 'axis' as const, x: round(x), y: round(y), end: 'start' as const, pieces };
      }),
      ...named.map(({ point, ink, pieces, below }) => {
        const [x, y] = page(view, point);
        const right = standsRight(x);
        const end = right ? ('start' as const) : ('end' as const);
        return { ink, x: round(x + (right ? 9 : -9)), y: round(y + (below ? 14 : -12)), end, pieces };
      }),
      ...legendOf(scene).map(({ ink, pieces }, row) => ({
        ink,
        x: 14,
        y: 18 + 20 * row,
        end: 'start' as const,
        pieces,
      })),
    ],
  };
}

const inside = ({ height }: View, [x, y]: Point): boolean =>
  x >= MARGIN && x <= WIDTH - MARGIN && y >= MARGIN && y <= height - MARGIN;

/** The parts of a run that lie on the page, by Liang and Barsky's cuts of each piece. */
function clippedTo(view: View, run: Run): Run[] {
  const parts: Point[][] = [];
  for (let k = 1; k < run.length; k++) {
    const piece = cut(run[k - 1]!, run[k]!, view.height);
    if (!piece) continue;
    const last = parts.at(-1)?.at(-1);
    if (last && last[0] === piece[0][0] && last[1] === piece[0][1]) parts.at(-1)!.push(piece[1]);
    else parts.push([...piece]);
  }
  return parts;
}

function cut([ax, ay]: Point, [bx, by]: Point, height: number): readonly [Point, Point] | undefined {
  const [dx, dy] = [bx - ax, by - ay];
  let [from, to] = [0, 1];
  for (const [p, q] of [
    [-dx, ax - MARGIN],
    [dx, WIDTH - MARGIN - ax],
    [-dy, ay - MARGIN],
    [dy, height - MARGIN - ay],
  ] as const) {
    if (!(Number.isFinite(p) && Number.isFinite(q))) return undefined;
    if (p === 0) {
      if (q < 0) return undefined;
    } else if (p < 0) from = Math.max(from, q / p);
    else to = Math.min(to, q / p);
  }
  const at = (t: number): Point => (t === 0 ? [ax, ay] : t === 1 ? [bx, by] : [ax + t * dx, ay + t * dy]);
  return from < to ? [at(from), at(to)] : undefined;
}

/** Fewer points, none of those left out further than FLAT from the line (Ramer, Douglas, Peucker). */
function simplified(run: Run): Run {
  if (run.length < 3) return run;
  const [a, b] = [run[0]!, run.at(-1)!];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let [worst, at] = [0, 0];
  run.forEach(([x, y], k) => {
    const off =
      length === 0
        ? Math.hypot(x - a[0], y - a[1])
        : Math.abs((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / length;
    if (off > worst) [worst, at] = [off, k];
  });
  if (worst <= FLAT || at === 0 || at === run.length - 1) return [a, b];
  return [...simplified(run.slice(0, at + 1)).slice(0, -1), ...simplified(run.slice(at))];
}

/** The pieces of a run that are drawn: `on` units, then none for `off`. */
function dashed(run: Run, [on, off]: readonly [number, number]): Run[] {
  const out: Run[] = [];
  let phase = 0;
  for (let k = 1; k < run.length; k++) {
    const [a, b] = [run[k - 1]!, run[k]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const at = (s: number): Point => [
      a[0] + (s / length) * (b[0] - a[0]),
      a[1] + (s / length) * (b[1] - a[1]),
    ];
    for (let s = -phase; s < length; s += on + off) {
      const [start, end] = [Math.max(0, s), Math.min(length, s + on)];
      if (start < end) out.push([at(start), at(end)]);
    }
    phase = (phase + length) % (on + off);
  }
  return out;
}
