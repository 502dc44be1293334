/**
 * How the hypotheses and the steps of a proof stand on an instance.
 *
 * The kernel derived each claim from the hypotheses that the step rests on. Where all of these hold on the instance the claim
 * holds there, by evidence as weak as the weakest of theirs; its numbers illustrate it. Where one does not hold, only the
 * numbers can say more.
 */
import type { Proof } from '../../../proofs/index.ts';
import type { Step } from '../../../proofs/support/step.ts';
import type { Hypothesis } from '../../../theorems/result.ts';
import type { ProofValues, StepValues } from '../../check/proof-values.ts';
import { type ResultReport, type Status, TIERS, type Tier } from '../../check/report.ts';
import { freeVariables } from '../../kernel/term.ts';
import type { Annotation, Broken } from './model.ts';
import { prose } from './prose.ts';
import { numberLine } from './values.ts';

export interface Standing {
  readonly status: Status;
  readonly tier: Tier;
  readonly detail: string;
}

export const weakest = (tiers: readonly Tier[]): Tier =>
  TIERS[Math.max(0, ...tiers.map((tier) => TIERS.indexOf(tier)))]!;

/** Each hypothesis of the statement, by id: as the report of `check` decided it, else as its values say. */
export function standings(
  { statement }: Pick<Proof, 'statement'>,
  values: ProofValues | undefined,
  report: ResultReport | undefined,
): ReadonlyMap<string, Standing> {
  const given = new Set(values?.symbols.flatMap((each) => (each.given ? each.name : [])));
  const context = new Set(statement.context.map(({ id }) => id));
  const sampled = ({ term }: Hypothesis): boolean =>
    freeVariables(term).some(({ id, name }) => context.has(id) && !given.has(name));
  const all = [...statement.setting, ...statement.hypotheses];
  return new Map(
    all.map((hypothesis, k): [string, Standing] => {
      const { id } = hypothesis;
      const decided = report?.obligations.find((obligation) => obligation.id === id);
      if (decided) return [id, decided];
      const value = values?.hypotheses[k];
      if (!value) return [id, BUILT.has(id) ? built : notEvaluated];
      const status = value.status === 'supposed' ? 'undecided' : value.status;
      if (status === 'holds' || !sampled(hypothesis)) return [id, { ...value, status }];
      return [id, { status: 'undecided', tier: value.tier, detail: SAMPLED }];
    }),
  );
}

/** What every instance satisfies by being one; the loader refuses others. */
const BUILT = new Set(['weights', 'network', 'coordinatewise']);
const built: Standing = { status: 'holds', tier: 'exact', detail: 'every instance is so' };
const notEvaluated: Standing = { status: 'undecided', tier: 'numeric', detail: 'not evaluated' };
const SAMPLED = 'about symbols that the instance does not name';

export function hypothesisAnnotation(standing: Standing, values: StepValues | undefined): Annotation {
  return { ...standing, detail: prose(standing.detail), ...lines(values) };
}

export function stepAnnotation(
  step: Step,
  value: StepValues | undefined,
  all: ReadonlyMap<string, Standing>,
): Annotation {
  const rest = lines(value);
  if (step.kind === 'suppose') {
    return { status: 'supposed', tier: 'exact', detail: prose('supposed for now'), ...rest };
  }
  const resting = restsOn(step, all).map((id): [string, Standing] => [id, all.get(id)!]);
  const failing = resting.filter(([, { status }]) => status === 'fails').map(([id]) => id);
  const open = resting.filter(([, { status }]) => status === 'undecided').map(([id]) => id);
  const said = (status: Status, tier: Tier, detail: string): Annotation => ({
    status,
    tier,
    detail: prose(detail),
    ...rest,
  });
  if (failing.length > 0) {
    const because = `it rests on ${list(failing)}, which ${failing.length > 1 ? 'fail' : 'fails'} here`;
    if (value?.status === 'fails') return said('fails', value.tier, `false here: ${because}`);
    if (value?.status === 'holds')
      return said('holds', value.tier, `true here by its numbers, although ${because}`);
    return said('undecided', value?.tier ?? 'numeric', `not justified here: ${because}`);
  }
  if (open.length > 0) {
    if (value?.status === 'holds') return said('holds', value.tier, 'by its numbers');
    return said(
      'undecided',
      value?.tier ?? 'numeric',
      `it rests on ${list(open)}, which ${open.length > 1 ? 'are' : 'is'} undecided here`,
    );
  }
  const tier = weakest(resting.map(([, standing]) => standing.tier));
  const by =
    resting.length === 0 ? 'derived without hypotheses' : `derived from ${list(resting.map(([id]) => id))}`;
  if (value?.status === 'fails' && !value.detail.startsWith('there is no such'))
    return said('fails', value.tier, `a contradiction, which is a bug: ${by}, and yet its numbers refute it`);
  return said('holds', tier, by);
}

/** Ids of the hypotheses of the statement on which a step rests. */
export const restsOn = (step: Step, all: ReadonlyMap<string, unknown>): readonly string[] =>
  step.hypotheses.filter((id) => all.has(id));

/** What a hypothesis that fails takes with it; null when none fails. */
export function brokenBy(
  steps: readonly Step[],
  all: ReadonlyMap<string, Standing>,
  annotations: ReadonlyMap<string, Annotation>,
): Broken | null {
  const failing = [...all].filter(([, { status }]) => status === 'fails').map(([id]) => id);
  if (failing.length === 0) return null;
  const rests = steps
    .filter((step) => step.kind !== 'suppose' && step.hypotheses.some((id) => failing.includes(id)))
    .map(({ id }) => id);
  const firstFalse = rests.find((id) => annotations.get(id)?.status === 'fails') ?? null;
  return { hypotheses: failing, first: rests[0] ?? null, firstFalse, rests };
}

function lines(values: StepValues | undefined): Pick<Annotation, 'lines' | 'omitted'> {
  return { lines: (values?.lines ?? []).map(numberLine), omitted: values?.omitted ?? 0 };
}

const list = (ids: readonly string[]): string =>
  ids.length < 2 ? ids.join('') : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
