/** What is named in a scene, and in which words: the same in every language that draws it. */
import type { Drawing, DrawingInk } from '../model.ts';
import type { Space } from './geometry.ts';
import type { Scene } from './scene.ts';
import { distance, type Vector } from './vector.ts';
import { type View, WIDTH } from './view.ts';

/** Words, each perhaps with an index below it. */
export type Pieces = Drawing['labels'][number]['pieces'];

export interface Axis {
  /** through the origin, as far as the view goes */
  readonly from: Vector;
  readonly to: Vector;
  /** where its name stands */
  readonly name: Vector;
  readonly pieces: Pieces;
}

export function axesOf({
  view: { centre, radius },
  geometry: { dimension, samples },
}: Scene): readonly Axis[] {
  return Array.from({ length: dimension }, (_, k) => {
    const end = (s: number): Vector => centre.map((value, j) => (j === k ? value + s * radius : 0));
    const below = String(k + 1);
    const pieces =
      samples === 1 ? [{ text: 'f', below }, { text: '(x)' }] : [{ text: 'f(x', below }, { text: ')' }];
    return { from: end(-1), to: end(1), name: end(1.03), pieces };
  });
}

export interface Mark {
  readonly point: Vector;
  readonly ink: DrawingInk;
  readonly pieces: Pieces;
  /** whether the words stand below the point */
  readonly below: boolean;
}

/** f_X(θ), the target, and the point of the tangent space nearest to it. */
export function marksOf({ geometry, view, foot, optimal }: Scene): readonly Mark[] {
  const { at, target } = geometry;
  const same = distance(at, target) <= 1e-6 * view.radius;
  const below = view.place(target)[1] <= view.place(at)[1];
  const fX = [{ text: 'f', below: 'X' }, { text: '(θ)' }];
  return [
    { point: at, ink: 'ink', pieces: same ? [...fX, { text: ' = y' }] : fX, below },
    ...(same ? [] : [{ point: target, ink: 'target' as const, pieces: [{ text: 'y' }], below: !below }]),
    ...(foot && !optimal
      ? [{ point: foot, ink: 'tangent' as const, pieces: [{ text: 'nearest' }], below }]
      : []),
  ];
}

/** What stands in the corner: each space that is drawn, and the image. */
export function legendOf({ geometry, others }: Scene): readonly Pick<Mark, 'ink' | 'pieces'>[] {
  const kind = ({ basis }: Space): string =>
    basis.length === geometry.dimension ? 'everything' : ['the origin', 'a line', 'a plane'][basis.length]!;
  const row = (ink: DrawingInk, name: string, space: Space) => ({
    ink,
    pieces: [{ text: `${name}: ${kind(space)}` }],
  });
  return [
    ...(geometry.tangent ? [row('tangent', 'T at θ', geometry.tangent)] : []),
    ...others.map(({ space, along }) => row('other', `T with ${along} + ε`, space)),
    { ink: 'image', pieces: [{ text: 'the image of f', below: 'X' }] },
  ];
}

/** Words to the right of a place, but to the left of one at the right border. */
export const standsRight = (x: number): boolean => x < WIDTH - 90;

/** The parts of a curve that the view shows. */
export function shownParts(curve: readonly Vector[], view: View): readonly (readonly Vector[])[] {
  const parts: Vector[][] = [[]];
  for (const point of curve) {
    if (view.shows(point)) parts.at(-1)!.push(point);
    else if (parts.at(-1)!.length > 0) parts.push([]);
  }
  return parts.filter((part) => part.length > 1);
}
