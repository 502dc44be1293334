/** Where points of the output space come to lie on the page: a fixed view, orthographic in three dimensions. */
import { add, norm, type Vector } from './vector.ts';

export const WIDTH = 640;
const HEIGHT = 420;
/** one output is a line */
const LOW = 150;
const MARGIN = 36;

export interface View {
  /** x and y on the page, and the depth, larger nearer to the reader */
  place(point: Vector): readonly [number, number, number];
  /** the part of the output space that is shown is a ball */
  readonly centre: Vector;
  readonly radius: number;
  readonly height: number;
  /** near enough that a line to it may cross the page */
  shows(point: Vector): boolean;
}

const AZIMUTH = (-52 * Math.PI) / 180;
const ELEVATION = (24 * Math.PI) / 180;

export function viewOf(centre: Vector, radius: number): View {
  const height = centre.length === 1 ? LOW : HEIGHT;
  const scale = (HEIGHT - 2 * MARGIN) / (2 * radius);
  const place = (point: Vector): readonly [number, number, number] => {
    const [across, up, depth] = turned(add(point, centre, -1));
    return [WIDTH / 2 + scale * across, height / 2 - scale * up, depth];
  };
  return {
    place,
    centre,
    radius,
    height,
    shows: (point) => norm(add(point, centre, -1)) <= 4 * radius,
  };
}

/** Right, up and towards the reader. One dimension lies flat; of three, the third points up. */
function turned(v: Vector): readonly [number, number, number] {
  if (v.length === 1) return [v[0]!, 0, 0];
  if (v.length === 2) return [v[0]!, v[1]!, 0];
  const [a, b, c] = v as readonly [number, number, number];
  const right = a * Math.cos(AZIMUTH) - b * Math.sin(AZIMUTH);
  const away = a * Math.sin(AZIMUTH) + b * Math.cos(AZIMUTH);
  return [
    right,
    c * Math.cos(ELEVATION) + away * Math.sin(ELEVATION),
    c * Math.sin(ELEVATION) - away * Math.cos(ELEVATION),
  ];
}
