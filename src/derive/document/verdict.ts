/** What came of a result on an instance. */
import type { ObligationReport, ResultReport, Verdict } from '../../check/report.ts';
import { constructionSentences } from '../report/construction-text.ts';
import { namedText, quantityText } from '../report/quantity.ts';
import type { Annotation, Broken, VerdictBlock } from './model.ts';
import { plain, prose } from './prose.ts';
import { type Standing, weakest } from './standing.ts';

/** As `check` reported it. */
export function reportedVerdict(report: ResultReport, broken: Broken | null): VerdictBlock {
  return {
    verdict: report.verdict,
    tier: report.tier,
    meaning: prose(report.meaning),
    figures: figuresOf(report),
    obligations: report.obligations.map(({ id, status, tier, detail }) => ({ id, status, tier, detail })),
    broken,
  };
}

/** Of a result that `check` does not know: its hypotheses, and its conclusion as the proof bears it out. */
export function derivedVerdict(
  standings: ReadonlyMap<string, Standing>,
  conclusion: Annotation,
  broken: Broken | null,
): VerdictBlock {
  const all = [...standings];
  const failing = all.filter(([, { status }]) => status === 'fails').map(([id]) => id);
  const open = all.filter(([, { status }]) => status === 'undecided').map(([id]) => id);
  const verdict: Verdict =
    failing.length > 0
      ? 'not-applicable'
      : open.length > 0
        ? 'undecided'
        : conclusion.status === 'fails'
          ? 'contradiction'
          : 'holds';
  const ends = {
    holds: 'Every hypothesis holds here, so the conclusion does.',
    'not-applicable': `It says nothing here: ${and(failing)} ${failing.length > 1 ? 'fail' : 'fails'}.`,
    undecided: `What it rests on is undecided here: ${and(open)}.`,
    contradiction: 'Every hypothesis holds here and the numbers refute the conclusion, which is a bug.',
  };
  const status = conclusion.status === 'supposed' ? 'undecided' : conclusion.status;
  return {
    verdict,
    tier: weakest(all.filter(([, s]) => s.status !== 'undecided').map(([, { tier }]) => tier)),
    meaning: prose(ends[verdict]),
    figures: [],
    obligations: [
      ...all.map(([id, { status, tier, detail }]) => ({ id, status, tier, detail })),
      { id: 'conclusion', status, tier: conclusion.tier, detail: plain(conclusion.detail) },
    ],
    broken,
  };
}

/** The statement is about another kind of model. */
export function otherModel(reason: string): VerdictBlock {
  const obligation: Pick<ObligationReport, 'id' | 'status' | 'tier' | 'detail'> = {
    id: 'model',
    status: 'fails',
    tier: 'symbolic',
    detail: reason,
  };
  return {
    verdict: 'not-applicable',
    tier: 'symbolic',
    meaning: prose(`It says nothing here: ${reason}.`),
    figures: [],
    obligations: [obligation],
    broken: null,
  };
}

function figuresOf(report: ResultReport): VerdictBlock['figures'] {
  const {
    left,
    right,
    attained,
    gap,
    robust = [],
    basis,
    epsilon,
    span,
    largestEpsilon,
    construction,
  } = report;
  const figures: { name: null; label: string; value: string; quantity?: NonNullable<typeof left> }[] = [];
  const add = (label: string, value: string, quantity?: typeof left) =>
    figures.push({ name: null, label, value, ...(quantity ? { quantity } : {}) });
  const at = report.sidesAt === 'enclosed' ? ' at θ*' : '';
  if (left) add(at === '' ? 'L(θ)' : 'L(θ*)', quantityText(left), left);
  if (right) {
    const reached = attained === true ? ', attained' : attained === false ? ', not attained' : '';
    add(`right-hand side${at}`, `${quantityText(right)}${reached}`, right);
  }
  if (gap) {
    const { upper, lower } = gap;
    const quantity = { lower: lower ?? 0, upper };
    add('gap', lower === upper ? quantityText({ lower, upper }) : quantityText(quantity), quantity);
    if (gap.bound !== null) add('bound of the theory for the gap', quantityText({ upper: gap.bound }));
  }
  for (const { id, formula, bound, constants, detail } of robust) {
    const named = Object.entries(constants).map(([name, value]) => namedText(name, value));
    const value = bound === null ? 'no bound here' : quantityText(bound);
    add(
      id,
      [`${value}, by ${formula}`, ...named, detail].filter((s) => s !== '').join('; '),
      bound ?? undefined,
    );
  }
  if (basis) add('dimension of the gradient basis', `${basis.dimension} of ${basis.of}`);
  if (epsilon !== undefined) add('ε', epsilon);
  if (span) {
    const reached = span.exhaustive
      ? `${span.perturbed}`
      : `at least ${span.perturbed}, at most ${span.atMost}`;
    add('dimension of the perturbed basis', `${reached}; of the gradient basis ${span.tangent}`);
  }
  if (largestEpsilon !== undefined && largestEpsilon !== null) {
    add('ε₀ of the proof', largestEpsilon === 'unbounded' ? 'any' : quantityText({ lower: largestEpsilon }));
  }
  if (construction) {
    for (const { label, detail } of constructionSentences(construction)) add(label, detail);
  }
  for (const { of, name, value, detail } of report.margins ?? []) {
    add(`margin of ${of}`, `${namedText(name, value)}; ${detail}`, value);
  }
  return figures;
}

/** a, b and c */
const and = (words: readonly string[]): string =>
  words.join(', ').replace(/, ([^,]*)$/, words.length > 1 ? ' and $1' : ', $1');
