/** What is drawn, in the coordinates of the output space. */
import type { Geometry, Space } from './geometry.ts';
import { type Image, imageOf } from './image.ts';
import { add, distance, norm, orthonormal, project, scale, type Vector } from './vector.ts';
import { type View, viewOf } from './view.ts';

export interface Scene {
  readonly geometry: Geometry;
  readonly view: View;
  /** parameters within this of θ, in each coordinate */
  readonly near: number;
  readonly wide: number;
  readonly nearImage: Image;
  readonly wideImage: Image;
  /** the point of the tangent space where L would be least; undefined for losses that are no weighted distance */
  readonly foot: Vector | undefined;
  /** the foot is f_X(θ), as far as a drawing can show */
  readonly optimal: boolean;
  /** tangent spaces at points of the fibre that are not in the one at θ; equal ones once */
  readonly others: readonly { readonly along: string; readonly space: Space }[];
}

/** Two points closer than this part of the picture are one in it. */
const SEEN = 1e-6;
const OTHERS = 3;

export function sceneOf(geometry: Geometry): Scene {
  const { at, target, theta, tangent, weights } = geometry;
  const foot = tangent && weights ? nearest(target, tangent, weights) : undefined;
  const shown = [at, target, at.map(() => 0), ...(foot ? [foot] : [])];
  const centre = at.map((_, k) => {
    const values = shown.map((point) => point[k]!);
    return (Math.min(...values) + Math.max(...values)) / 2;
  });
  const reach = Math.max(...shown.map((point) => distance(point, centre)));
  const size = Math.max(1, ...theta.map(Math.abs));
  const wide = 1.5 * size;
  const near = 0.4 * size;
  const wideImage = imageOf(geometry, wide, 30);
  const radius = reach > 0 ? 1.35 * reach : 1;
  const others: Scene['others'][number][] = [];
  for (const each of geometry.perturbed) {
    const known = [...(tangent ? [tangent] : []), ...others.map(({ space }) => space)];
    if (each.space.basis.length > 0 && !known.some((space) => contains(space, each.space))) others.push(each);
  }
  return {
    geometry,
    view: viewOf(centre, radius),
    near,
    wide,
    nearImage: imageOf(geometry, near, 12),
    wideImage,
    foot,
    optimal: foot !== undefined && distance(foot, at) <= SEEN * radius,
    others: others.slice(0, OTHERS),
  };
}

/** argmin over the space of Σ w_k (f_k − y_k)². */
function nearest(y: Vector, { basis }: Space, weights: Vector): Vector {
  const roots = weights.map(Math.sqrt);
  const stretched = (v: Vector): Vector => v.map((value, k) => roots[k]! * value);
  const found = project(stretched(y), orthonormal(basis.map(stretched), basis.length));
  return found.map((value, k) => value / roots[k]!);
}

const contains = (space: Space, inner: Space): boolean =>
  inner.basis.every((unit) => distance(project(unit, space.basis), unit) <= SEEN);

/** The part of a line or plane that the view shows: two ends, or four corners. Undefined when it misses the view. */
export function patch({ basis }: Space, { centre, radius }: View): readonly Vector[] | undefined {
  const middle = project(centre, basis);
  const half = Math.sqrt(Math.max(0, 1.3 * radius ** 2 - norm(add(centre, middle, -1)) ** 2));
  if (!(half > 0)) return undefined;
  const [first, second] = basis;
  if (!first) return undefined;
  if (!second) return [add(middle, first, -half), add(middle, first, half)];
  const side = 0.8 * half;
  const corner = (a: number, b: number): Vector =>
    add(add(middle, scale(first, a * side)), scale(second, b * side));
  return [corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1)];
}
