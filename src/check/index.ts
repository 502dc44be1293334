import type { Instance } from '../instance/instance.ts';
import {
  type BackendChoice,
  type BackendPreference,
  type BackendProvider,
  gramWork,
  portableBackends,
  selectBackend,
} from '../numeric/backend/index.ts';
import { selectKernels } from '../numeric/float64/select.ts';
import { version } from '../version.ts';
import type { CheckContext, SymbolicHelpers } from './check-context.ts';
import { createContext } from './context.ts';
import { TimeLimit } from './deadline.ts';
import { marginsOf } from './margins.ts';
import type { ObligationReport, Report, Resources, ResultReport, Tier } from './report.ts';
import { checkableIds, outside, resultsFor, sharedObligations } from './results/index.ts';
import type { CheckableResult, SharedObligations } from './results/result.ts';
import { verdictOf } from './results/verdict.ts';
import { stages } from './stages.ts';

export type { Report } from './report.ts';

export interface CheckOptions {
  /** ids of results; default: all that can be checked */
  readonly results?: readonly string[];
  /** the weakest evidence to accept; default `numeric` */
  readonly tier?: Exclude<Tier, 'symbolic' | 'assumed'>;
  readonly backend?: BackendPreference;
  /** the backends that this runtime has: `nodeBackends` of everymin/node; default `portableBackends()` */
  readonly backends?: readonly BackendProvider[];
  /** an SMT solver and a proposer of denominators for Assumptions 1 and 2; Node's are `symbolicHelpers` of everymin/node */
  readonly helpers?: SymbolicHelpers;
  readonly seed?: number;
  /** milliseconds since the epoch */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  /** seconds of what was done before the check, by stage; they are reported with the others */
  readonly before?: Readonly<Record<string, number>>;
  /** the largest resident memory of the process so far, in bytes */
  readonly peakMemory?: () => number;
  /** `given`: speak of θ itself only; `auto` (default): of a true critical point that is proved to lie next to it */
  readonly point?: 'auto' | 'given';
  readonly onProgress?: (progress: { phase: string; done: number; total: number }) => void;
  /** called with each obligation as soon as it is decided; one of Theorem 4 at t is named `locally-linear@t` */
  readonly onObligation?: (id: string, obligation: ObligationReport) => void;
  /** called with each result as soon as it is known */
  readonly onResult?: (result: ResultReport, report: Report) => void;
}

/** The ids of the results that `check` can decide, in the order of a report. */
export { checkableIds, resultIdsFor } from './results/index.ts';

/**
 * Checks the hypotheses and the conclusion of every asked-for result on an instance.
 * Throws a RangeError for an unknown result. What the time limit cuts off is `undecided`, and `timedOut` is set.
 */
export async function check(instance: Instance, options: CheckOptions = {}): Promise<Report> {
  const asked = options.results ?? checkableIds;
  for (const id of asked)
    if (!checkableIds.includes(id)) throw new RangeError(`no result ${id} can be checked`);
  const weakest = options.tier ?? 'numeric';
  const { deadline, signal, seed, onProgress } = options;
  const time = stages(options.before);
  const { kernels } = await selectKernels();
  const context = createContext(instance, {
    kernels,
    stages: time,
    ...(deadline === undefined ? {} : { deadline }),
    ...(signal === undefined ? {} : { signal }),
    ...(seed === undefined ? {} : { seed }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(options.helpers === undefined ? {} : { helpers: options.helpers }),
    point: weakest === 'exact' ? 'given' : (options.point ?? 'auto'),
  });
  const chosen = await time.during('choosing a backend', () =>
    chooseBackend(instance, options, context.deadline.expired()),
  );
  const shared = sharedObligations(
    context,
    weakest,
    async () => ({ choice: chosen, kernels }),
    options.onObligation,
  );
  const results: ResultReport[] = [];
  const resources = (): Resources => {
    const peakMemory = options.peakMemory?.();
    return { seconds: time.seconds(), ...(peakMemory === undefined ? {} : { peakMemory }) };
  };
  const report = (): Report => ({
    ...header(context, chosen),
    resources: resources(),
    results: [...results],
    ...(context.deadline.expired() ? { timedOut: true } : {}),
  });
  try {
    for (const id of options.results ?? []) {
      const found = outside(id, instance);
      if (found && !results.some(({ result }) => result === id)) results.push(found);
    }
    for (const result of resultsFor(instance)) {
      if (!asked.includes(result.id)) continue;
      const found = await time.during(result.id, async () =>
        withMargins(context, await withinTime(result, context, shared)),
      );
      results.push(found);
      options.onResult?.(found, report());
    }
    return report();
  } finally {
    await chosen.backend?.dispose();
  }
}

function withMargins(context: CheckContext, result: ResultReport): ResultReport {
  const margins = marginsOf(context, result);
  return margins.length > 0 ? { ...result, margins } : result;
}

/** A backend asked for by name must be there, whether or not this instance has work for it; nothing is opened once the time is over. */
async function chooseBackend(
  instance: Instance,
  options: CheckOptions,
  expired: boolean,
): Promise<BackendChoice> {
  const preference = options.backend ?? 'auto';
  if (expired) {
    const [name, precision] =
      preference === 'auto' ? (['float64', 'float64'] as const) : ([preference, 'float32'] as const);
    return { name, precision, device: '', backend: undefined, passedOver: [] };
  }
  const { network, outputs } = instance.model;
  const work = network ? gramWork(instance.m, outputs, network) : 0;
  return selectBackend(preference, options.backends ?? portableBackends(), work);
}

/** A step that met the time limit outside every obligation leaves the whole result undecided. */
async function withinTime(
  result: CheckableResult,
  context: CheckContext,
  shared: SharedObligations,
): Promise<ResultReport> {
  try {
    return await result.check(context, shared);
  } catch (error) {
    if (!(error instanceof TimeLimit)) throw error;
    const obligations = await Promise.all(result.obligations.map((id) => shared.discharge(id)));
    obligations.push({
      id: 'conclusion',
      status: 'undecided',
      tier: 'numeric',
      detail: error.message,
      witness: null,
      seconds: 0,
    });
    const { verdict, tier } = verdictOf(obligations);
    return {
      result: result.id,
      verdict,
      tier,
      obligations,
      meaning: `${error.message}, so not everything was decided.`,
    };
  }
}

function header(context: CheckContext, { name, precision }: BackendChoice): Omit<Report, 'results'> {
  const { instance } = context;
  return {
    everymin: version,
    seed: context.seed,
    backend: { name, precision },
    instance: {
      name: instance.name,
      file: instance.file ?? null,
      sha256: instance.sha256 ?? null,
      m: instance.m,
      dx: instance.model.inputs,
      dy: instance.model.outputs,
      parameters: instance.trainableIndices.length,
      model: instance.model.kind,
      loss: instance.loss.kind,
    },
  };
}
