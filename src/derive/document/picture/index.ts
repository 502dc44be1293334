/** Figures 1–4 of the paper, of one instance: image, tangent spaces, target and distance in the output space. */
import type { Instance } from '../../../instance/instance.ts';
import type { Picture } from '../model.ts';
import { describe } from './describe.ts';
import { draw } from './draw.ts';
import { drawingOf } from './drawing.ts';
import { geometryOf } from './geometry.ts';
import { sceneOf } from './scene.ts';

/** Outputs that can be drawn, and parameters whose image can be sampled. */
const OUTPUTS = 3;
const PARAMETERS = 8;

/**
 * The picture, or null for an instance with m·dy > 3 or more than 8 trainable parameters, or whose outputs float64 cannot
 * compute. About 3,000 evaluations of f_X. The image is in float64; membership in the fibre is decided exactly.
 */
export function drawPicture(instance: Instance): Picture | null {
  const parameters = instance.trainableIndices.length;
  if (instance.m * instance.model.outputs > OUTPUTS || parameters === 0 || parameters > PARAMETERS)
    return null;
  const geometry = geometryOf(instance);
  if (!geometry) return null;
  const scene = sceneOf(geometry);
  const description = describe(scene);
  return { svg: draw(scene, description), drawing: drawingOf(scene), description };
}
