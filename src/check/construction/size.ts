import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import type { ParameterBlock } from '../../models/model.ts';

/** Weights of the layers concerned: products and null spaces of their blocks are formed exactly, in O(n³). */
const MOST_WEIGHTS = 6_000;
const WIDEST = 100;

/** Throws Inexpressible when the blocks have more than MOST_WEIGHTS entries together, or a side beyond WIDEST. */
export function requireSmall(blocks: readonly ParameterBlock[]): void {
  const total = blocks.reduce((sum, { length }) => sum + length, 0);
  const widest = Math.max(0, ...blocks.flatMap(({ shape }) => shape));
  if (total > MOST_WEIGHTS || widest > WIDEST)
    throw new Inexpressible(
      `the layers concerned have ${total} weights and up to ${widest} units; the sets of the proof are built up to ${MOST_WEIGHTS} and ${WIDEST}`,
    );
}
