/** Every proof, and the function that checks it. */

import { axiomNamed } from '../src/kernel/axioms.ts';
import type { Theorem } from '../src/kernel/theorem.ts';
import type { Abbreviation, Result, Statement } from '../theorems/result.ts';
import { deepLinearProof } from './deep-linear.ts';
import { example1Proof } from './example-1.ts';
import { example2Proof } from './example-2.ts';
import { example3Proof } from './example-3.ts';
import { lemma0Proof } from './lemma-0.ts';
import { lemma1Proof } from './lemma-1.ts';
import { lemma2Proof } from './lemma-2.ts';
import { lemma3Proof } from './lemma-3.ts';
import { lemmaEProof } from './lemma-e.ts';
import { proposition1Proof } from './proposition-1.ts';
import { Derivation, type Proved } from './support/derivation.ts';
import type { Part, Script } from './support/script.ts';
import { closed, type Draft, ProofError, type Step } from './support/step.ts';
import { theorem1Proof } from './theorem-1.ts';
import { theorem2Proof } from './theorem-2.ts';
import { theorem3Proof } from './theorem-3.ts';
import { theorem4Proof } from './theorem-4.ts';

export { type Part, part, type Script, script } from './support/script.ts';
export { type Draft, ProofError, type Step } from './support/step.ts';

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
  theorem4Proof,
  deepLinearProof,
]);

/** A checked proof of a result, as the kernel and the script say. */
export interface Proof {
  readonly id: string;
  readonly title: string;
  /** of a part: what it says, in one sentence */
  readonly sentence?: string;
  /** with the names that the script gives to terms */
  readonly statement: Statement;
  /** ⊢ ∀ context. setting ⇒ hypotheses ⇒ conclusion, without hypotheses */
  readonly theorem: Theorem;
  readonly steps: readonly Step[];
  /** of analysis and linear algebra */
  readonly axioms: readonly string[];
  /** of logic, the ordered field, the naturals and index sets */
  readonly foundations: readonly string[];
  /** results whose theorems the script and its parts used directly */
  readonly results: readonly string[];
  /** the proofs of those parts of the script that it used, each after those that it uses itself */
  readonly parts: readonly Proof[];
  /** spent on this script and its parts, without the results that it uses */
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
  readonly #parts: ReadonlySet<string>;
  /** milliseconds spent on each script without its parts */
  readonly #own = new Map<string, number>();

  /** Throws ProofError when two scripts have one id; scripts may share a part. */
  constructor(all: readonly Script[] = scripts) {
    const parts = all.flatMap((s) => s.parts ?? []);
    const known = new Map<string, Script>();
    for (const each of [...parts, ...all]) {
      const { id } = each.result;
      if (known.has(id) && known.get(id) !== each)
        throw new ProofError(id, 'script', null, `expected one script for ${id} but received two`);
      known.set(id, each);
    }
    this.#scripts = known;
    this.#parts = new Set(parts.map((s) => s.result.id));
  }

  /** Of the parts of the scripts, in the order in which these list them. */
  get partIds(): readonly string[] {
    return [...this.#parts];
  }

  /** Of the results; parts of scripts can be proved by their ids too. */
  get ids(): readonly string[] {
    return [...this.#scripts.keys()].filter((id) => !this.#parts.has(id));
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
      const lookUp = (other: string): Proved => {
        const start = performance.now();
        const { theorem } = this.prove(other);
        elsewhere += performance.now() - start;
        return { theorem, kind: this.#parts.has(other) ? 'part' : 'result' };
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
      const own = performance.now() - start - elsewhere;
      this.#own.set(id, own);
      const parts = new Set<Proof>();
      const results = new Set<string>();
      for (const used of derivation.results) {
        if (!this.#parts.has(used)) results.add(used);
        else {
          const part = this.prove(used);
          for (const inner of [...part.parts, part]) parts.add(inner);
          for (const other of part.results) results.add(other);
        }
      }
      const inParts = [...parts].reduce((total, part) => total + this.#own.get(part.id)!, 0);
      const analytic = (name: string) => ANALYTIC.includes(axiomNamed(name)!.group);
      const { title, sentence }: Partial<Part> & Result = found.result;
      return Object.freeze({
        id,
        title,
        ...(sentence === undefined ? {} : { sentence }),
        statement: named(statement, derivation.names),
        theorem,
        steps: Object.freeze([...derivation.steps]),
        axioms: theorem.axioms.filter(analytic),
        foundations: theorem.axioms.filter((name) => !analytic(name)),
        results: [...results],
        parts: Object.freeze([...parts]),
        milliseconds: own + inParts,
      });
    } finally {
      this.#open.pop();
    }
  }
}

const named = (statement: Statement, names: readonly Abbreviation[]): Statement =>
  names.length === 0
    ? statement
    : { ...statement, abbreviations: [...(statement.abbreviations ?? []), ...names] };

const library = new Library();
/** The proof of a result, checked on the first call. */
export const prove = (id: string): Proof => library.prove(id);
