import { lambdas } from './build.ts';
import { type Notation, notation } from './notation.ts';
import { define, type Term } from './term.ts';

/** Names x₁, … ↦ body and says how it is written. The sorts of later parameters may mention earlier ones. */
export function definition(name: string, parameters: readonly Term[], body: Term, written: Notation): void {
  define(name, parameters.length, lambdas(parameters, body));
  notation(name, written);
}

/** A notation that reads "#n is …" in words. */
export function sentence(before: string, words: string, after: string, meaning: string): Notation {
  return { written: `${before}"${words}"${after}`, precedence: 5, meaning };
}
