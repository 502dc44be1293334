/**
 * Errata of the printed proofs as scripts. A script transcribes the printed lines in their order; the kernel accepts each until
 * the one that does not follow, and accepts the whole script once the mend of theorems/errata.ts is put in.
 */
import { KernelError, type Term } from '../../src/kernel/term.ts';
import { Derivation, type Proved } from '../support/derivation.ts';
import type { Script } from '../support/script.ts';
import { type Draft, ProofError, type Step } from '../support/step.ts';
import { blockFormula } from './block-formula.ts';
import { normBound } from './norm-bound.ts';
import { skipRepresentation } from './skip-representation.ts';

/** The same lines twice. */
export interface ErratumScript {
  /** of theorems/errata.ts */
  readonly erratum: string;
  /** what is transcribed */
  readonly title: string;
  /** what the refused line needs and the printed hypotheses do not give, in words */
  readonly missing: string;
  readonly printed: () => Script;
  readonly right: () => Script;
}

export const erratumScripts: readonly ErratumScript[] = Object.freeze([
  {
    erratum: 'erratum-1',
    title: 'section A.5 up to the block formula of f',
    missing:
      'Condition 3 makes a weight vanish when it leads to a unit outside J^(l+1). A unit beyond the first dy may be in ' +
      'J^(l+1), and then the product of its indicator and the weight remains.',
    printed: () => blockFormula('printed-block-formula', { blocks: 'printed', σ: 'coordinatewise' }),
    right: () => blockFormula('block-formula', { blocks: 'right', σ: 'coordinatewise' }),
  },
  {
    erratum: 'erratum-2',
    title: 'section A.5 up to the block formula of f, with σ arbitrary',
    missing:
      'h̃^(t+1) is σ of a vector that agrees with W^(t+1) h^(t) at the units outside J^(t+1) only. That σ has the same value ' +
      'there is what coordinatewise means.',
    printed: () => blockFormula('arbitrary-block-formula', { blocks: 'right', σ: 'arbitrary' }),
    right: () => blockFormula('block-formula', { blocks: 'right', σ: 'coordinatewise' }),
  },
  {
    erratum: 'erratum-3',
    title: 'the length of S_j of section A.5',
    missing: 'The squared length is K, the number of perturbed layers, and 1 − K remains.',
    printed: () => normBound('printed-norm-bound', 'printed'),
    right: () => normBound('norm-bound', 'right'),
  },
  {
    erratum: 'erratum-14a',
    title: 'Assumption 2 for Example 3',
    missing:
      'The derivative along W^(H+1) is W^(H+1) h^(H), and the terms of f of the other layers in I remain.',
    printed: () => skipRepresentation('printed-skip-representation', 'printed'),
    right: () => skipRepresentation('skip-representation', 'right'),
  },
]);

/** The line at which the kernel stops, and what it said. */
export interface RefusedLine {
  readonly step: string;
  readonly claim: Term;
  /** how the script argues there */
  readonly tactic: string;
  /** the rule of the kernel that refused, and the two terms in its words */
  readonly rule: string;
  readonly expected: string;
  readonly received: string;
}

/** How far a script came. */
export interface Run {
  /** the accepted lines, in order */
  readonly steps: readonly Step[];
  /** absent when the statement is proved */
  readonly refused?: RefusedLine;
}

const noResults = (id: string): Proved => {
  throw new KernelError(`cite: expected a script without other results but received ${id}`);
};

/** Runs a script that uses no other result, and stops where the kernel does. Throws what is not a refusal. */
export function runScript({ result, prove }: Script): Run {
  let last: Draft | undefined;
  const derivation = new Derivation(result.id, {
    statement: result.statement(),
    lookUp: noResults,
    intercept: (draft) => {
      last = draft;
      return draft;
    },
  });
  try {
    prove(derivation);
  } catch (error) {
    if (!(error instanceof ProofError) || !last || last.id !== error.step) throw error;
    if (!(error.cause instanceof KernelError)) throw error;
    const { message } = error.cause;
    const said = /^(?:([^:]*): )?expected (.*) but received (.*)$/s.exec(message);
    const { id: step, claim, tactic } = last;
    const [, rule = tactic.name, expected = message, received = 'nothing'] = said ?? [];
    const refused = { step, claim, tactic: tactic.name, rule, expected, received };
    return { steps: derivation.steps, refused };
  }
  if (!derivation.theorem)
    throw new KernelError(`${result.id}: expected the script to end with the statement`);
  return { steps: derivation.steps };
}

/** What came of the two scripts of an erratum. */
export interface ErratumRun {
  readonly script: ErratumScript;
  readonly printed: Run;
  readonly right: Run;
  /** where the printed script stopped, as the right one says it */
  readonly mended: Step | undefined;
}

/** Runs the scripts of an erratum; undefined when it has none. */
export function runErratumScript(erratum: string): ErratumRun | undefined {
  const script = erratumScripts.find((each) => each.erratum === erratum);
  if (!script) return undefined;
  const printed = runScript(script.printed());
  const right = runScript(script.right());
  const mended = right.steps.find(({ id }) => id === printed.refused?.step);
  return { script, printed, right, mended };
}
