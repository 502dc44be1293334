/** The hypotheses that results share, each under the id of the obligation that decides it. */
import { not } from '../src/kernel/build.ts';
import type { Term } from '../src/kernel/term.ts';
import type { Hypothesis } from './result.ts';
import {
  Assumption1,
  Assumption2,
  Critical,
  type Data,
  DifferentiableLosses,
  inΩ,
  inΩTilde,
  LocalMinimum,
  type Losses,
  PositiveWeights,
} from './setting.ts';

export const weights = (D: Pick<Data, 'm' | 'λ'>): Hypothesis => ({
  id: 'weights',
  name: 'positive weights',
  term: PositiveWeights(D),
});
export const assumption1 = (D: Losses): Hypothesis => ({
  id: 'assumption-1',
  name: 'Assumption 1',
  term: Assumption1(D),
});
export const assumption2 = (D: Data): Hypothesis => ({
  id: 'assumption-2',
  name: 'Assumption 2',
  term: Assumption2(D),
});
export const lossDifferentiable = (D: Losses): Hypothesis => ({
  id: 'loss-differentiable',
  name: 'differentiable losses',
  term: DifferentiableLosses(D),
});
export const differentiable = (D: Data, θ: Term): Hypothesis => ({
  id: 'differentiable',
  name: 'differentiable at θ',
  term: not(inΩ(D, θ)),
});
export const differentiableNearby = (D: Data, θ: Term): Hypothesis => ({
  id: 'differentiable-nearby',
  name: 'differentiable near θ',
  term: not(inΩTilde(D, θ)),
});
export const critical = (D: Data, θ: Term): Hypothesis => ({
  id: 'critical',
  name: 'critical point',
  term: Critical(D, θ),
});
export const localMinimum = (D: Data, θ: Term): Hypothesis => ({
  id: 'local-minimum',
  name: 'local minimum',
  term: LocalMinimum(D, θ),
});
