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
import type { Annotation, Broken, Inline, Prose } from './model.ts';
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

export function hypothesisAnnotation(
  { status, tier, detail }: Standing,
  values: StepValues | undefined,
): Annotation {
  return { status, tier, detail: prose(detail), ...lines(values) };
}

/** `anchors`: of the hypotheses, by id */
export function stepAnnotation(
  step: Step,
  value: StepValues | undefined,
  all: ReadonlyMap<string, Standing>,
  anchors: ReadonlyMap<string, string>,
): Annotation {
  const said = (status: Annotation['status'], tier: Tier, ...detail: Prose[]): Annotation => ({
    status,
    tier,
    detail: detail.flat(),
    ...lines(value),
  });
  const list = (ids: readonly string[]): Prose => listed(ids, anchors);
  if (step.kind === 'suppose') return said('supposed', 'exact', prose('supposed for now'));
  const resting = restsOn(step, all).map((id): [string, Standing] => [id, all.get(id)!]);
  const of = (status: Status) => resting.flatMap(([id, standing]) => (standing.status === status ? id : []));
  const failing = of('fails');
  const open = of('undecided');
  if (failing.length > 0) {
    const because = [
      ...prose('it rests on '),
      ...list(failing),
      ...prose(`, which ${failing.length > 1 ? 'fail' : 'fails'} here`),
    ];
    if (value?.status === 'fails') return said('fails', value.tier, prose('false here: '), because);
    if (value?.status === 'holds')
      return said('holds', value.tier, prose('true here by its numbers, although '), because);
    return said('undecided', value?.tier ?? 'numeric', prose('not justified here: '), because);
  }
  if (open.length > 0) {
    if (value?.status === 'holds') return said('holds', value.tier, prose('by its numbers'));
    const what = `, which ${open.length > 1 ? 'are' : 'is'} undecided here`;
    const named = open.every((id) => all.get(id)!.detail !== SAMPLED);
    if (value?.status === 'fails' && named) {
      const because = prose(
        'false here by its numbers, so that not all that it rests on can hold: it rests on ',
      );
      return said('fails', value.tier, because, list(open), prose(what));
    }
    return said('undecided', value?.tier ?? 'numeric', prose('it rests on '), list(open), prose(what));
  }
  const tier = weakest(resting.map(([, standing]) => standing.tier));
  const by =
    resting.length === 0
      ? prose('derived without hypotheses')
      : [...prose('derived from '), ...list(resting.map(([id]) => id))];
  if (value?.status === 'fails' && !value.detail.startsWith('there is no such')) {
    const weak = tier === 'numeric' || tier === 'assumed';
    const why = weak
      ? `false here by its numbers; there is ${tier} evidence only for what it rests on: `
      : 'a contradiction, which is a bug: its numbers refute it, and it is ';
    return said('fails', value.tier, prose(why), by);
  }
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

/** Lines shown of a claim, those that are false first. */
const MOST_LINES = 12;

function lines(values: StepValues | undefined): Pick<Annotation, 'lines' | 'omitted'> {
  const all = values?.lines ?? [];
  const shown = [
    ...all.filter(({ truth }) => truth === 'false'),
    ...all.filter(({ truth }) => truth !== 'false'),
  ];
  return {
    lines: shown.slice(0, MOST_LINES).map(numberLine),
    omitted: (values?.omitted ?? 0) + Math.max(0, all.length - MOST_LINES),
  };
}

/** weights, critical and differentiable, as links */
function listed(ids: readonly string[], anchors: ReadonlyMap<string, string>): Prose {
  return ids.flatMap((id, k): Prose => {
    const before = k === 0 ? '' : k === ids.length - 1 ? ' and ' : ', ';
    const anchor = anchors.get(id);
    const name: Inline = anchor ? { kind: 'reference', to: anchor, text: id } : { kind: 'text', text: id };
    return [...prose(before), name];
  });
}
