/**
 * For proofs of your own: `everymin/proofs`. See examples/proofs/ and docs/writing-a-proof.md.
 *
 * A script is `script(result({ … }), (p) => { … })`, the default export of a module that `everymin prove FILE` checks.
 * Terms and sorts are built with the constructors below, statements with the notions of the paper, and theorems come
 * only from tactics and rules of the kernel, which throw KernelError "rule: expected X but received Y".
 */

// The kernel itself.
export { type Axiom, axiomNamed, axioms } from '../src/kernel/axioms.ts';
// Terms and sorts.
export * from '../src/kernel/build.ts';
export { convex, inBall, isInf, isMin, localMin, norm } from '../src/kernel/notions.ts';
export { printText } from '../src/kernel/print-text.ts';
export { fresh, KernelError, unfold } from '../src/kernel/term.ts';
export * as rules from '../src/kernel/theorem.ts';
export { Theorem } from '../src/kernel/theorem.ts';
export * as hypotheses from '../theorems/hypotheses.ts';
export { resultById, results } from '../theorems/index.ts';
// Statements.
export { type Hypothesis, type Result, result, type Statement } from '../theorems/result.ts';
export * as setting from '../theorems/setting.ts';
// Scripts, and what checks them.
export {
  Library,
  type Part,
  type Proof,
  ProofError,
  part,
  prove,
  type Script,
  type Step,
  script,
  scripts,
} from './index.ts';
export type { Derivation } from './support/derivation.ts';
export type { Tactic } from './support/step.ts';
export * as tactics from './support/tactics.ts';
