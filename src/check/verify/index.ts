import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import type { Instance } from '../../instance/instance.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import { createContext } from '../context.ts';
import type { ObligationReport, Report, ResultReport } from '../report.ts';
import { type Checker, Refused, record } from './claim.ts';
import { minimumCheckers } from './minima.ts';
import { pointCheckers } from './points.ts';
import { sliceCheckers } from './slices.ts';
import { derivation, structureCheckers } from './structure.ts';

/** What became of one certificate or witness. */
export interface Verification {
  readonly result: string;
  readonly t?: number;
  readonly obligation: string;
  readonly kind: string;
  /** `not covered`: this kind has no checker of its own */
  readonly outcome: 'verified' | 'refused' | 'not covered';
  readonly reason?: string;
}

const checkers: Readonly<Record<string, Checker>> = {
  ...pointCheckers,
  ...structureCheckers,
  ...minimumCheckers,
  ...sliceCheckers,
};

const DIFFERENTIABLE = ['differentiable', 'differentiable-nearby'];
const MINIMUM = ['local-minimum'];

/** Which obligations a kind proves, or refutes where it is among `REFUTES`. */
const PROVES: Readonly<Record<string, readonly string[]>> = {
  curvature: ['assumption-1', 'loss-differentiable'],
  derivation: ['loss-differentiable'],
  homogeneity: ['assumption-2'],
  identity: ['assumption-2'],
  combination: ['assumption-2'],
  smooth: DIFFERENTIABLE,
  krawczyk: ['critical'],
  'krawczyk-slice': ['critical'],
  'certified-slice': MINIMUM,
  'image-subspace': MINIMUM,
  'symmetric-slice': MINIMUM,
  'signs-on-box': MINIMUM,
  'locally-linear': ['locally-linear'],
};
const REFUTES: Readonly<Record<string, readonly string[]>> = {
  refutation: ['assumption-1', 'loss-differentiable'],
  'left-null-vector': ['assumption-2'],
  kink: DIFFERENTIABLE,
  'kink-nearby': ['differentiable-nearby'],
  partial: ['critical', 'local-minimum', 'conclusion'],
  'negative-curvature': MINIMUM,
  'descent-curve': MINIMUM,
  dimensions: ['dimensions'],
  'few-units': ['locally-linear'],
  sides: ['conclusion'],
  'pulling-set': ['conclusion'],
};

/** The kinds of evidence that are verified a second time. */
export const verifiedKinds: readonly string[] = [...Object.keys(checkers), 'derivation'].sort();

/**
 * Verifies every certificate and witness of a report again, from the instance and the data of the report alone: nothing is
 * searched for, and what a report says in words is not read. A report that was changed by hand, or is of another instance,
 * is refused. Cost: about that of the exact parts of the check.
 */
export async function verifyReport(instance: Instance, report: Report): Promise<Verification[]> {
  const context = createContext(instance, { point: 'given' });
  const found: Verification[] = [];
  for (const result of report.results) {
    for (const obligation of result.obligations) {
      if (obligation.tier === 'assumed') continue;
      const data =
        obligation.status === 'fails'
          ? obligation.witness
          : obligation.status === 'holds'
            ? obligation.certificate
            : undefined;
      if (data === undefined || data === null) continue;
      found.push(await verified(context, result, obligation, data));
    }
  }
  return found;
}

async function verified(
  context: ReturnType<typeof createContext>,
  result: ResultReport,
  obligation: ObligationReport,
  evidence: unknown,
): Promise<Verification> {
  const kind = kindOf(obligation, evidence);
  const about = {
    result: result.result,
    ...(result.t === undefined ? {} : { t: result.t }),
    obligation: obligation.id,
    kind,
  };
  const shows = obligation.status === 'holds' ? PROVES : REFUTES;
  const known = kind === 'derivation' || Object.hasOwn(checkers, kind);
  if (known && !(Object.hasOwn(shows, kind) && shows[kind]!.includes(obligation.id)))
    return {
      ...about,
      outcome: 'refused',
      reason: `${kind} does not show that ${obligation.id} ${obligation.status}`,
    };
  if (!known) return { ...about, outcome: 'not covered' };
  try {
    const accepted =
      kind === 'derivation'
        ? derivation(context, evidence)
        : await checkers[kind]!({ context, result, obligation, data: record(evidence) });
    return { ...about, outcome: accepted ? 'verified' : 'refused' };
  } catch (error) {
    if (error instanceof Refused || error instanceof Inexpressible || error instanceof AtKink)
      return { ...about, outcome: 'refused', reason: error.message };
    throw error;
  }
}

/** The kind that the data name, or that their obligation and entries tell. */
function kindOf({ id }: ObligationReport, evidence: unknown): string {
  if (Array.isArray(evidence)) return 'derivation';
  if (typeof evidence !== 'object' || evidence === null) return String(evidence);
  if ('kind' in evidence) return String(evidence.kind);
  if ('refutation' in evidence) return 'refutation';
  if (id === 'dimensions') return 'dimensions';
  if (id === 'locally-linear') return 'few-units';
  if (id === 'differentiable' || id === 'differentiable-nearby') return 'kink';
  if ('derivative' in evidence) return 'partial';
  if ('set' in evidence) return 'pulling-set';
  if ('left' in evidence) return typeof evidence.left === 'string' ? 'sides' : 'sides in floats';
  return id;
}
