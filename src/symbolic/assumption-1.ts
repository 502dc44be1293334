import { Rational } from '../kernel/rational.ts';
import { checkCurvature, checkSmoothness } from './curvature/check.ts';
import type { Derivation, Property, Setting } from './curvature/claim.ts';
import { Prover } from './curvature/prove.ts';
import { between, EVERYTHING, point, type Range } from './curvature/range.ts';
import type { Graph } from './graph.ts';
import { convexBox } from './hessian-psd/box.ts';
import { negativeCurvatureHints } from './hessian-psd/negative-curvature.ts';
import { proveHessianBySolver, type SmtSolver } from './hessian-psd/solver.ts';
import type { Refutation } from './refutation.ts';
import { type Found, searchRefutation } from './search-refutation.ts';

/** What is needed of a loss: ℓ(q, y) as a graph with groups `q` and `y`, and what targets may be. */
export interface ScalarLoss {
  readonly graph: Graph;
  readonly targets: 'real' | 'distribution' | 'sign';
}

export interface Assumption1Limits {
  /** time to spend, in milliseconds */
  readonly deadlineMs: number;
  /** an SMT solver to ask when the calculus and the sums of squares do not decide */
  readonly solver?: SmtSolver;
}

/** Derivations of "convex" and "differentiable"; `target` is null when they hold for every target allowed. */
export interface Assumption1Proof {
  readonly target: readonly string[] | null;
  readonly convex: Derivation;
  readonly differentiable: Derivation;
}

export interface Assumption1Certificate {
  readonly kind: 'curvature';
  readonly proofs: readonly Assumption1Proof[];
}

export interface Assumption1Result {
  readonly status: 'holds' | 'fails' | 'undecided';
  readonly tier: 'symbolic' | 'exact' | 'certified';
  readonly detail: string;
  readonly witness: {
    readonly refutation: Refutation;
    readonly figures: Readonly<Record<string, string>>;
  } | null;
  readonly certificate?: Assumption1Certificate;
}

type Row = readonly Rational[];

/**
 * Assumption 1 of the paper: ℓ(·, y): R^dy → R is differentiable and convex for every row y of targets. Tried in turn:
 * derivations for every target that the rule of the loss allows; for each row, derivations with the target put in; an
 * exact counterexample; an SMT solver. `holds` is claimed only after the checker accepted the certificate.
 */
export async function assumption1(
  loss: ScalarLoss,
  targetRows: readonly Row[],
  limits: Assumption1Limits,
): Promise<Assumption1Result> {
  const deadline = Date.now() + limits.deadlineMs;
  const general = prove(loss, null, { analytic: false, deadline });
  if (general.convex && general.differentiable) {
    const result = accepted(loss, targetRows, [complete(null, general)], 'for every target');
    if (result.status === 'holds') return result;
  }

  const rows = distinct(targetRows);
  const proofs: Assumption1Proof[] = [];
  const open: { row: Row; what: string }[] = [];
  let solved = 0;
  for (const row of rows) {
    if (Date.now() > deadline)
      return undecided(`no answer within the time limit after ${proofs.length} of ${rows.length} targets`);
    const found = prove(loss, row, { analytic: true, deadline });
    if (found.convex && found.differentiable) {
      proofs.push(complete(row, found));
      continue;
    }
    const witness = searchRefutation(loss.graph, row, {
      convexity: !found.convex,
      differentiability: !found.differentiable,
      deadline: Math.min(deadline, Date.now() + 3_000),
      hints: negativeCurvatureHints(settingFor(loss, row)),
    });
    if (witness) return refuted(witness, found);
    if (!found.convex && found.smooth && limits.solver) {
      const answer = await proveHessianBySolver(settingFor(loss, row), limits.solver, deadline);
      if (answer) {
        solved++;
        continue;
      }
    }
    open.push({
      row,
      what: found.convex
        ? 'differentiability'
        : found.differentiable
          ? 'convexity'
          : 'convexity and differentiability',
    });
  }
  if (open.length > 0) {
    const { row, what } = open[0]!;
    const radius = what === 'convexity' ? convexBox(loss.graph, row, deadline) : undefined;
    return undecided(
      `${what} of the loss could be neither derived nor refuted at y = (${row.join(', ')})` +
        (radius === undefined ? '' : `; intervals prove it on the box |q_k| ≤ ${radius} only`),
    );
  }
  if (solved > 0)
    return {
      status: 'holds',
      tier: 'certified',
      detail: `differentiable by rules; the Hessian is positive semidefinite by the answer of the SMT solver z3, which is trusted here, for ${solved} of ${rows.length} targets`,
      witness: null,
    };
  return accepted(
    loss,
    targetRows,
    proofs,
    rows.length === 1 ? 'for the target given' : `for each of the ${rows.length} distinct targets`,
  );
}

/**
 * Re-verifies a certificate for these rows of targets: every step of every derivation, and that each row is covered.
 * Nothing is searched for.
 */
export function checkAssumption1(
  loss: ScalarLoss,
  targetRows: readonly Row[],
  certificate: unknown,
): { readonly accepted: true } | { readonly accepted: false; readonly reason: string } {
  const { kind, proofs } = (certificate ?? {}) as Record<string, unknown>;
  if (kind !== 'curvature' || !Array.isArray(proofs))
    return { accepted: false, reason: 'not a certificate of curvature' };
  const covered = new Set<string>();
  for (const proof of proofs) {
    const { target, convex, differentiable } = (proof ?? {}) as Record<string, unknown>;
    const row = target === null ? null : parseRow(target);
    if (row === undefined) return { accepted: false, reason: 'target: expected an array of numbers' };
    if (row && row.length !== (loss.graph.groups.y ?? 0))
      return { accepted: false, reason: 'target: wrong length' };
    const setting = settingFor(loss, row);
    for (const checked of [checkCurvature(setting, convex), checkSmoothness(setting, differentiable)])
      if (!checked.accepted) return checked;
    covered.add(row === null ? 'all' : row.join());
  }
  for (const row of targetRows)
    if (!covered.has(row.join()) && !(covered.has('all') && allowed(loss, row)))
      return { accepted: false, reason: `the target (${row.join(', ')}) is not covered` };
  if (covered.size === 0) return { accepted: false, reason: 'no proof' };
  return { accepted: true };
}

/** ℓ as functions of q: for one row of targets, or for all that the rule allows. */
export function settingFor(loss: ScalarLoss, row: Row | null): Setting {
  return {
    graph: loss.graph,
    variables: 'q',
    range: (group, index) => {
      if (group !== 'y') return EVERYTHING;
      const value = row?.[index];
      return value ? point(value) : TARGET_RANGE[loss.targets];
    },
  };
}

const TARGET_RANGE: Readonly<Record<ScalarLoss['targets'], Range>> = {
  real: EVERYTHING,
  distribution: between(Rational.zero, Rational.one),
  sign: between(Rational.integer(-1), Rational.one),
};

function allowed(loss: ScalarLoss, row: Row): boolean {
  const { lower, upper } = TARGET_RANGE[loss.targets];
  return row.every(
    (value) => !(lower && value.cmp(lower.value) < 0) && !(upper && value.cmp(upper.value) > 0),
  );
}

function parseRow(target: unknown): Rational[] | undefined {
  if (!Array.isArray(target)) return undefined;
  const row = target.map((text) => (typeof text === 'string' ? Rational.parse(text) : undefined));
  return row.every((value) => value !== undefined) ? (row as Rational[]) : undefined;
}

interface Attempt {
  readonly convex: Derivation | undefined;
  readonly differentiable: Derivation | undefined;
  /** the Hessian exists and is continuous */
  readonly smooth: boolean;
}

function prove(loss: ScalarLoss, row: Row | null, options: { analytic: boolean; deadline: number }): Attempt {
  const prover = new Prover(settingFor(loss, row), options);
  const find = (property: Property) => prover.derivation(property);
  return {
    convex: find('convex'),
    differentiable: find('differentiable'),
    smooth: find('smooth') !== undefined,
  };
}

const complete = (row: Row | null, { convex, differentiable }: Attempt): Assumption1Proof => ({
  target: row ? row.map(String) : null,
  convex: convex!,
  differentiable: differentiable!,
});

function accepted(
  loss: ScalarLoss,
  rows: readonly Row[],
  proofs: readonly Assumption1Proof[],
  whom: string,
): Assumption1Result {
  const certificate: Assumption1Certificate = { kind: 'curvature', proofs };
  const checked = checkAssumption1(loss, rows, certificate);
  if (!checked.accepted) return undecided(`the derivation that was found does not check: ${checked.reason}`);
  return {
    status: 'holds',
    tier: 'symbolic',
    detail: `convex and differentiable ${whom}, by ${methods(proofs)}`,
    witness: null,
    certificate,
  };
}

const BY_ANALYSIS: ReadonlyMap<string, string> = new Map([
  ['second derivative', 'the sign of a second derivative'],
  ['constant Hessian', 'a positive semidefinite Hessian matrix'],
  ['sum of squares', 'a sum of squares'],
  ['piecewise polynomial', 'its polynomial pieces'],
]);

function methods(proofs: readonly Assumption1Proof[]): string {
  const named = new Set<string>();
  for (const { convex } of proofs)
    for (const { rule } of convex) named.add(BY_ANALYSIS.get(rule) ?? 'rules of curvature');
  return [...named].reverse().join(', ');
}

function refuted({ refutation, replayed }: Found, known: Attempt): Assumption1Result {
  return {
    status: 'fails',
    tier: replayed.tier === 'exact' ? 'exact' : 'certified',
    detail: sentence(refutation, replayed.figures, known),
    witness: { refutation, figures: replayed.figures },
  };
}

function sentence(refutation: Refutation, figures: Readonly<Record<string, string>>, known: Attempt): string {
  const list = (values: readonly string[]) => (values.length === 1 ? values[0]! : `(${values.join(', ')})`);
  switch (refutation.kind) {
    case 'not convex':
      return `not convex: at the point ${refutation.t} of the way from q = ${list(refutation.a)} to ${list(refutation.b)} the loss is ${figures.left}, above the chord's ${figures.right}`;
    case 'not differentiable':
      return `${known.convex ? 'convex but ' : ''}not differentiable at q = ${list(refutation.point)}: the slope along ${list(refutation.direction)} is ${figures.forward}, and ${figures.backward} the opposite way`;
    case 'not defined':
      return `not defined at q = ${list(refutation.point)}: ${figures.operation} of ${figures.argument}`;
  }
}

const undecided = (detail: string): Assumption1Result => ({
  status: 'undecided',
  tier: 'symbolic',
  detail,
  witness: null,
});

const distinct = (rows: readonly Row[]): Row[] => [...new Map(rows.map((row) => [row.join(), row])).values()];
