import type { ErratumReport } from '../../check/errata/index.ts';
import { type SarifResult, type SarifRule, sarifLog } from '../report/sarif-log.ts';
import type { ProofReport } from './report.ts';

export interface ProveRun {
  readonly version: string;
  readonly exitCode: number;
  /** list what is proved as well, as results of kind `pass` */
  readonly passes: boolean;
  /** the URI of a path that was named on the command line */
  readonly uri: (path: string) => string;
  /** targets that could not be looked at */
  readonly failed: readonly { readonly uri?: string; readonly message: string }[];
}

/**
 * Checked proofs as SARIF 2.1.0: a script that the kernel refuses is an error, at its file when it is the user's; with
 * an instance, a hypothesis that it breaks is an error at the instance.
 */
export function proofsSarif(reports: readonly ProofReport[], on: string | undefined, run: ProveRun): string {
  const results = reports.flatMap((report) => [
    scriptResult(report, run),
    ...(on === undefined ? [] : valueResults(report, run.uri(on))),
  ]);
  return log('prove', [PROOF, BREAKS], results, run);
}

/** Errata that were run: one that the computation does not bear out is an error. */
export function errataSarif(reports: readonly ErratumReport[], run: ProveRun): string {
  const results = reports.map(({ erratum, status, facts }): SarifResult => {
    const wrong = facts.find(({ holds }) => !holds);
    return {
      rule: ERRATUM.id,
      level: status === 'confirmed' ? 'pass' : 'error',
      text: `${erratum.id} (${erratum.title}) ${status === 'confirmed' ? 'is confirmed' : `is not borne out${wrong ? `: ${wrong.claim}: ${wrong.value}` : ''}`}.`,
      logical: `${erratum.result}/${erratum.id}`,
      fingerprint: erratum.id,
      properties: { status, place: erratum.place },
    };
  });
  return log('prove-errata', [ERRATUM], results, run);
}

function log(
  command: string,
  rules: readonly SarifRule[],
  results: readonly SarifResult[],
  { version, exitCode, passes, failed }: ProveRun,
): string {
  return sarifLog({
    version,
    command,
    rules,
    results: results.filter(({ level }) => passes || level !== 'pass'),
    artifacts: [],
    notifications: failed.map(({ uri, message }) => ({
      level: 'error',
      text: message,
      ...(uri === undefined ? {} : { uri }),
    })),
    exitCode,
  });
}

function scriptResult(
  { result, file, status, failure, counts, axioms }: ProofReport,
  { uri }: ProveRun,
): SarifResult {
  const step = failure?.step ? ` at ${failure.step} of ${failure.result}` : '';
  return {
    rule: PROOF.id,
    level: status === 'proved' ? 'pass' : status === 'undecided' ? 'warning' : 'error',
    text: failure
      ? `The proof of ${result} is ${status}${step}: ${failure.message}`
      : `The proof of ${result} checks: ${counts.stepsWithParts} steps.`,
    ...(file === undefined ? {} : { location: { uri: uri(file) } }),
    logical: failure?.step ? `${failure.result}/${failure.step}` : result,
    fingerprint: `proof:${file === undefined ? '' : `${uri(file)}#`}${result}`,
    properties: status === 'proved' ? { status, axioms } : { status },
  };
}

/** Each hypothesis that the instance breaks or leaves open, and the first step that fails with it. */
function valueResults({ result, values }: ProofReport, uri: string): SarifResult[] {
  if (values === undefined) return [];
  const { step } = values.failing;
  return values.hypotheses.flatMap(({ id, status, detail }) => {
    if (status !== 'fails' && status !== 'undecided') return [];
    const word = status === 'fails' ? 'fails here' : 'is undecided here';
    const first = status === 'fails' && step !== null ? ` The first step whose claim fails is ${step}.` : '';
    return [
      {
        rule: BREAKS.id,
        level: status === 'fails' ? ('error' as const) : ('warning' as const),
        text: `The hypothesis ${id} of ${result} ${word}${detail === '' ? '' : `: ${detail}`}.${first}`,
        location: { uri },
        logical: step === null ? result : `${result}/${step}`,
        fingerprint: `${uri}#${result}:${id}`,
        properties: { status },
      },
    ];
  });
}

const PROOF: SarifRule = {
  id: 'proof',
  name: 'ProofChecks',
  short: 'The kernel accepts the proof.',
  full: 'Every step of the script follows by its rule from its premises, and the last one is the statement itself.',
  help: 'The message names the first step that is refused. everymin prove ID --steps prints the script; docs/writing-a-proof.md explains the rules.',
};
const BREAKS: SarifRule = {
  id: 'hypothesis',
  name: 'HypothesisHoldsOnInstance',
  short: 'The instance satisfies the hypotheses of the result.',
  full: 'With --on FILE every hypothesis and every claim of the proof is evaluated on the instance.',
  help: 'everymin check FILE decides the hypothesis and gives a witness.',
};
const ERRATUM: SarifRule = {
  id: 'erratum',
  name: 'ErratumIsBorneOut',
  short: 'The computation bears the erratum out.',
  full: 'What the paper prints and what is right are both computed exactly; the printed one must be wrong, and the other right.',
  help: 'everymin prove --errata ID prints both.',
};
