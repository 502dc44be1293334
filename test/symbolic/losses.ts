import { Rational } from '../../src/kernel/rational.ts';
import { buildLoss } from '../../src/losses/index.ts';
import type { Loss } from '../../src/losses/loss.ts';

/** An expression loss with dy predictions. */
export const expressionLoss = (expression: string, dy = 1): Promise<Loss> =>
  buildLoss({ type: 'expression', expression } as { type: string }, 'loss', dy);

/** Rows of numbers from text: "1 0; 0 1". */
export const rows = (text: string): Rational[][] =>
  text.split(';').map((row) =>
    row
      .trim()
      .split(/\s+/)
      .map((entry) => Rational.parse(entry)!),
  );
