/** The check of every erratum of theorems/errata.ts, by id. */
import { type Erratum, errata, erratumById } from '../../../theorems/errata.ts';
import { activationFindings } from './activation.ts';
import { chainFindings, exponentFindings, shapeFindings } from './appendix-indices.ts';
import { jointFindings, nullSpaceFindings, originFindings, rangeOfSumFindings } from './basis.ts';
import { blockFormulaFindings } from './block-formula.ts';
import { crossEntropyFindings, kinkFindings, stratumFindings } from './differentiable.ts';
import { footnoteFindings, representationFindings, skipSourceFindings } from './examples.ts';
import { type ErratumStatus, type Fact, type Findings, statusOf } from './finding.ts';
import { improvementFindings } from './improvement.ts';
import { normBoundFindings } from './norm-bound.ts';
import { orderFindings } from './order-of-choice.ts';
import { decoupledFindings, dimensionConditionFindings } from './residual-dimensions.ts';
import { bearsOut, type ScriptReport, scriptReport } from './script.ts';
import {
  dimensionFindings,
  lastSetFindings,
  linearModelFindings,
  rangeOfTFindings,
  weightsOfConditionFindings,
} from './theorem-4-statement.ts';

export type { ErratumStatus, Fact } from './finding.ts';
export type { Refusal, ScriptReport } from './script.ts';

/** One quantity, as the paper prints it and as it should be. */
export interface ErratumLine {
  readonly claim: string;
  readonly printed: string;
  readonly right: string;
  /** the computation bears the printed side out: here the defect does not show */
  readonly printedHolds: boolean;
}

export interface ErratumReport {
  readonly erratum: Erratum;
  readonly status: ErratumStatus;
  readonly lines: readonly ErratumLine[];
  /** what the lines rest on, computed too */
  readonly facts: readonly Fact[];
  /** of an erratum of a proof: where the kernel refuses the printed lines */
  readonly script?: ScriptReport;
  readonly seconds: number;
}

/** Called without an argument each computes the published case; tests pass cases in which the defect is gone. */
export const erratumChecks: Readonly<Record<string, () => Findings | Promise<Findings>>> = {
  'erratum-1': () => blockFormulaFindings(),
  'erratum-2': () => activationFindings(),
  'erratum-3': () => normBoundFindings(),
  'erratum-4a': () => chainFindings(),
  'erratum-4b': () => shapeFindings(),
  'erratum-4c': () => exponentFindings(),
  'erratum-5a': () => rangeOfTFindings(),
  'erratum-5b': () => lastSetFindings(),
  'erratum-5c': () => weightsOfConditionFindings(),
  'erratum-5d': () => dimensionFindings(),
  'erratum-5e': () => linearModelFindings(),
  'erratum-5f': () => decoupledFindings(),
  'erratum-5g': () => rangeOfSumFindings(),
  'erratum-5h': () => originFindings(),
  'erratum-6': () => dimensionConditionFindings(),
  'erratum-8': () => improvementFindings(),
  'erratum-9': () => kinkFindings(),
  'erratum-10': () => stratumFindings(),
  'erratum-11': () => jointFindings(),
  'erratum-12': () => orderFindings(),
  'erratum-13': () => footnoteFindings(),
  'erratum-14a': () => representationFindings(),
  'erratum-14b': () => skipSourceFindings(),
  'erratum-14c': () => nullSpaceFindings(),
  'erratum-18': () => crossEntropyFindings(),
};

/** Computes both sides of an erratum, exactly, and runs its script if it has one. Throws a RangeError when no erratum has this id. */
export async function runErratum(id: string): Promise<ErratumReport> {
  const erratum = erratumById(id);
  const check = erratum && erratumChecks[id];
  if (!check) throw new RangeError(`runErratum: there is no erratum ${id}`);
  const start = performance.now();
  const findings = await check();
  const script = scriptReport(id);
  const computed = statusOf(findings);
  return {
    erratum,
    status: script && !bearsOut(script) ? 'refuted' : computed,
    lines: findings.comparisons.map(({ claim, printed, right }) => ({
      claim,
      printed: printed.text,
      right: right.text,
      printedHolds: printed.holds,
    })),
    facts: findings.facts ?? [],
    ...(script ? { script } : {}),
    seconds: (performance.now() - start) / 1000,
  };
}

/** All of them, in the order of `errata`. */
export async function runAllErrata(): Promise<readonly ErratumReport[]> {
  const reports: ErratumReport[] = [];
  for (const { id } of errata) reports.push(await runErratum(id));
  return reports;
}
