/** The scripts of proofs/errata as plain data: the line at which the kernel stops, and that the mend is accepted there. */
import {
  type ErratumScript,
  erratumScripts,
  type Run,
  runErratumScript,
  runScript,
} from '../../../proofs/errata/index.ts';
import { printText } from '../../kernel/print-text.ts';

/** The line of a printed proof that the kernel refuses. */
export interface Refusal {
  /** the id of the erratum */
  readonly erratum: string;
  /** what was transcribed */
  readonly title: string;
  /** ids of the lines before, all accepted */
  readonly accepted: readonly string[];
  readonly step: string;
  readonly claim: string;
  /** how the script argues there */
  readonly tactic: string;
  /** the rule of the kernel that refused, with both terms in its words */
  readonly rule: string;
  readonly expected: string;
  readonly received: string;
  /** what the line needs and the printed hypotheses do not give */
  readonly missing: string;
}

export interface ScriptReport {
  /** absent where the kernel accepts the printed lines */
  readonly refusal?: Refusal;
  /** the same script with the mend */
  readonly right: {
    readonly proved: boolean;
    readonly lines: number;
    /** what stands where the printed script was refused; absent where nothing does */
    readonly claim?: string;
  };
}

/** Runs the printed lines of each of these errata that has a script. Throws no refusal; cost: under 0.1 s each. */
export const refusalsOf = (errata: readonly { readonly id: string }[]): readonly Refusal[] =>
  errata.flatMap(({ id }) => {
    const found = erratumScripts.find(({ erratum }) => erratum === id);
    return found ? (refusal(found, runScript(found.printed())) ?? []) : [];
  });

/** Runs the script of an erratum as printed and with the mend; undefined when it has none. */
export function scriptReport(erratum: string): ScriptReport | undefined {
  const run = runErratumScript(erratum);
  if (!run) return undefined;
  const refused = refusal(run.script, run.printed);
  return {
    ...(refused ? { refusal: refused } : {}),
    right: {
      proved: !run.right.refused,
      lines: run.right.steps.length,
      ...(run.mended ? { claim: printText(run.mended.claim) } : {}),
    },
  };
}

/** The printed lines are refused, and the whole is accepted with the mend, at the same line too. */
export const bearsOut = ({ refusal, right }: ScriptReport): boolean =>
  refusal !== undefined && right.proved && right.claim !== undefined;

function refusal(script: ErratumScript, { steps, refused }: Run): Refusal | undefined {
  if (!refused) return undefined;
  const { erratum, title, missing } = script;
  return {
    erratum,
    title,
    accepted: steps.map(({ id }) => id),
    ...refused,
    claim: printText(refused.claim),
    missing,
  };
}
