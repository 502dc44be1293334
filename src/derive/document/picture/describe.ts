/** The picture in words, for a reader who cannot see it. */

import type { Space } from './geometry.ts';
import type { Scene } from './scene.ts';
import { distance, type Vector } from './vector.ts';

export const number = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');

export const point = (v: Vector): string =>
  v.length === 1 ? number(v[0]!) : `(${v.map(number).join(', ')})`;

/** a plane through the origin */
export function spaceName(space: Space, dimension: number): string {
  const rank = space.basis.length;
  if (rank === dimension) return `the whole of ℝ^${dimension}`;
  if (rank === 0) return 'the origin alone';
  return rank === 1 ? 'a line through the origin' : 'a plane through the origin';
}

export function describe({ geometry, near, wide, foot, optimal, others, wideImage }: Scene): string {
  const { at, target, tangent, theta, dimension, epsilon } = geometry;
  const shape =
    theta.length === 1
      ? 'as a curve'
      : theta.length === 2
        ? 'as a grid of cells'
        : `by ${wideImage.points.length} points and by curves along each parameter`;
  const fit = distance(at, target) === 0;
  return [
    `The output space is ℝ^${dimension}; each axis is one output of one sample.`,
    `The image of f_X is drawn ${shape}, for parameters within ${number(near)} of θ strongly and within ${number(wide)} faintly, in float64.`,
    fit
      ? `f_X(θ) = ${point(at)} is the target y itself.`
      : `f_X(θ) = ${point(at)}; the target is y = ${point(target)}; their distance is ${number(distance(at, target))}.`,
    tangent === undefined
      ? 'No tangent space is drawn: f_X has no derivative at θ.'
      : `The tangent space at f_X(θ), the span of the partial derivatives of f_X, is ${spaceName(tangent, dimension)} (dimension ${tangent.basis.length}, ${tangent.tier}).`,
    ...(foot === undefined || fit
      ? []
      : [
          optimal
            ? 'As far as the picture shows, f_X(θ) is the point of the tangent space that is nearest to y in the distance that L measures.'
            : `The point of the tangent space that is nearest to y in the distance that L measures is ${point(foot)}, not f_X(θ).`,
        ]),
    ...others.map(
      ({ along, space }) =>
        `With ${along} moved by ε = ${epsilon.toString()} the outputs stay what they are, and the tangent space there is ${spaceName(space, dimension)}, which is not in the one at θ.`,
    ),
  ].join(' ');
}
