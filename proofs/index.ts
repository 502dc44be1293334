/** Every proof, and the function that checks it. */

import { axiomNamed } from '../src/kernel/axioms.ts';
import type { Theorem } from '../src/kernel/theorem.ts';
import type { Statement } from '../theorems/result.ts';
import { example1Proof } from './example-1.ts';
import { example2Proof } from './example-2.ts';
import { example3Proof } from './example-3.ts';
import { lemma0Proof } from './lemma-0.ts';
import { lemma1Proof } from './lemma-1.ts';
import { lemma2Proof } from './lemma-2.ts';
import { lemma3Proof } from './lemma-3.ts';
import { lemmaEProof } from './lemma-e.ts';
import { proposition1Proof } from './proposition-1.ts';
import { closed, Derivation, type Draft, ProofError, type Script, type Step } from './support/derivation.ts';
import { theorem1Proof } from './theorem-1.ts';
import { theorem2Proof } from './theorem-2.ts';
import { theorem3Proof } from './theorem-3.ts';

export type { Draft, Script, Step } from './support/derivation.ts';
export { ProofError, script } from './support/derivation.ts';

/** In an order in which each uses only earlier ones; `prove` does not rely on it. */
export const scripts: readonly Script[] = Object.freeze([
  lemma0Proof,
  lemmaEProof,
  lemma1Proof,
  lemma2Proof,
  theorem1Proof,
  example1Proof,
  example2Proof,
  example3Proof,
  lemma3Proof,
  theorem2Proof,
  theorem3Proof,
  proposition1Proof,
]);

/** A checked proof of a result, as the kernel and the script say. */
export interface Proof {
  readonly id: string;
  readonly statement: Statement;
  /** ⊢ ∀ context. setting ⇒ hypotheses ⇒ conclusion, without hypotheses */
  readonly theorem: Theorem;
  readonly steps: readonly Step[];
  /** of analysis and linear algebra */
  readonly axioms: readonly string[];
  /** of logic, the ordered field, the naturals and index sets */
  readonly foundations: readonly string[];
  /** results whose theorems the script used directly */
  readonly results: readonly string[];
  /** spent on this script, without those that it uses */
  readonly milliseconds: number;
}

export interface ProveOptions {
  /** in place of the statement of the result: for tests that weaken it */
  readonly statement?: Statement;
  /** changes each step before it is run: for tests that mutate proofs */
  readonly intercept?: (draft: Draft) => Draft;
  readonly scripts?: readonly Script[];
}

const ANALYTIC = ['analysis', 'linear algebra'];

/** A set of scripts, each checked at most once. */
export class Library {
  readonly #scripts: ReadonlyMap<string, Script>;
  readonly #proved = new Map<string, Proof>();
  readonly #open: string[] = [];

  constructor(all: readonly Script[] = scripts) {
    this.#scripts = new Map(all.map((s) => [s.result.id, s]));
  }

  get ids(): readonly string[] {
    return [...this.#scripts.keys()];
  }

  /** Throws ProofError: a step that the kernel refuses, a result without a script, or a circle of results. */
  prove(id: string): Proof {
    const known = this.#proved.get(id);
    if (known) return known;
    const proof = this.check(id);
    this.#proved.set(id, proof);
    return proof;
  }

  /** Runs the script again, possibly on another statement or with changed steps; nothing is remembered. */
  check(id: string, options: ProveOptions = {}): Proof {
    const found = this.#scripts.get(id);
    if (!found)
      throw new ProofError(id, 'script', null, `expected a result with a script but received ${id}`);
    if (this.#open.includes(id)) {
      const circle = [...this.#open, id].join(' → ');
      throw new ProofError(id, 'script', null, `expected proofs without a circle but received ${circle}`);
    }
    this.#open.push(id);
    try {
      let elsewhere = 0;
      const lookUp = (other: string): Theorem => {
        const start = performance.now();
        const theorem = this.prove(other).theorem;
        elsewhere += performance.now() - start;
        return theorem;
      };
      const start = performance.now();
      const statement = options.statement ?? found.result.statement();
      const { intercept } = options;
      const derivation = new Derivation(id, { statement, lookUp, ...(intercept ? { intercept } : {}) });
      found.prove(derivation);
      const theorem = derivation.theorem;
      if (!theorem || theorem.conclusion.id !== closed(statement).id || theorem.hypotheses.length > 0) {
        throw new ProofError(id, 'qed', null, 'expected the script to end with the statement');
      }
      const analytic = (name: string) => ANALYTIC.includes(axiomNamed(name)!.group);
      return Object.freeze({
        id,
        statement,
        theorem,
        steps: Object.freeze([...derivation.steps]),
        axioms: theorem.axioms.filter(analytic),
        foundations: theorem.axioms.filter((name) => !analytic(name)),
        results: [...derivation.results],
        milliseconds: performance.now() - start - elsewhere,
      });
    } finally {
      this.#open.pop();
    }
  }
}

const library = new Library();
/** The proof of a result, checked on the first call. */
export const prove = (id: string): Proof => library.prove(id);
