/** The parts of the proof of Theorem 4, each after those that it uses. */

import { featuresProof, sumsProof, tangentProof, twoTermsProof } from '../perturbed-span.ts';
import type { Part, Script } from '../support/script.ts';
import { directionProof, lineProof } from './ball.ts';
import { belowProof } from './below.ts';
import { chainsProof, indicatorsProof } from './chain.ts';
import { blocksProof, linearCoordinatesProof, pickingProof } from './coordinates.ts';
import { decompositionProof } from './decomposition.ts';
import { keptDirectionProof } from './direction.ts';
import { fullRankProof } from './full-rank.ts';
import { invarianceProof, keptDecompositionProof } from './invariance.ts';
import { oneLayerProof } from './line.ts';
import { nullStepProof } from './null-step.ts';
import { nullsProof } from './null-vector.ts';
import { optimalProof } from './optimal.ts';
import { outsideProof } from './outside.ts';
import { productsProof } from './products.ts';
import { representationProof } from './representation.ts';
import { spanProof } from './span.ts';

export const parts: readonly Script<Part>[] = [
  directionProof,
  lineProof,
  tangentProof,
  twoTermsProof,
  sumsProof,
  featuresProof,
  belowProof,
  outsideProof,
  decompositionProof,
  keptDecompositionProof,
  invarianceProof,
  productsProof,
  oneLayerProof,
  keptDirectionProof,
  fullRankProof,
  nullsProof,
  nullStepProof,
  spanProof,
  representationProof,
  optimalProof,
  indicatorsProof,
  chainsProof,
  linearCoordinatesProof,
  pickingProof,
  blocksProof,
];
