/** Every result, in the order of the paper. Statements are built when they are asked for, not on import. */
import { assumption1 } from './assumption-1.ts';
import { assumption2 } from './assumption-2.ts';
import { deepLinear } from './deep-linear.ts';
import { example1 } from './example-1.ts';
import { example2 } from './example-2.ts';
import { example3 } from './example-3.ts';
import { lemma0 } from './lemma-0.ts';
import { lemma1 } from './lemma-1.ts';
import { lemma2 } from './lemma-2.ts';
import { lemma3 } from './lemma-3.ts';
import { lemmaE } from './lemma-e.ts';
import { proposition1 } from './proposition-1.ts';
import { proposition2 } from './proposition-2.ts';
import type { Result } from './result.ts';
import { theorem1 } from './theorem-1.ts';
import { theorem2 } from './theorem-2.ts';
import { theorem3 } from './theorem-3.ts';
import { theorem4 } from './theorem-4.ts';

export type * from './result.ts';

export const results: readonly Result[] = Object.freeze([
  assumption1,
  assumption2,
  lemma0,
  lemmaE,
  lemma1,
  lemma2,
  lemma3,
  theorem1,
  example1,
  example2,
  example3,
  theorem2,
  proposition1,
  theorem3,
  proposition2,
  theorem4,
  deepLinear,
]);

export function resultById(id: string): Result | undefined {
  return results.find((each) => each.id === id);
}
