/** Definitions and closed propositions in Gallina, in the parts that a file sets on lines of their own. */
import { definitionOf, KernelError, type Term } from '../kernel/term.ts';
import { asHypothesis, opened, printTerm, sortText } from './gallina.ts';
import type { Names } from './names.ts';

type Bound = readonly [name: string, sort: string];

/** (a b : A) (c : B), neighbours of one sort together */
function grouped(bound: readonly Bound[]): readonly string[] {
  const groups: [string, string][] = [];
  for (const [name, sort] of bound) {
    const last = groups.at(-1);
    if (last?.[1] === sort) last[0] += ` ${name}`;
    else groups.push([name, sort]);
  }
  return groups.map(([names, sort]) => `(${names} : ${sort})`);
}

/** `Definition name (x : A) … : B := body.` in parts */
export interface PrintedDefinition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly sort: string;
  readonly body: string;
}

export function printDefinition(name: string, names: Names): PrintedDefinition {
  const known = definitionOf(name);
  if (!known) throw new KernelError(`Gallina: expected a definition but received ${name}`);
  let [body, inside] = [known.body, names];
  const parameters: Bound[] = [];
  for (let i = 0; i < known.arity; i++) {
    const [x, rest, within] = opened(body, inside);
    parameters.push([within.of(x), sortText(x.sort, inside)]);
    [body, inside] = [rest, within];
  }
  const { text, sort } = printTerm(body, inside);
  return { name, parameters: grouped(parameters), sort: sortText(sort, inside), body: text };
}

/** The leading quantifiers of a closed proposition, its hypotheses and its conclusion, each in Gallina. */
export interface PrintedSentence {
  readonly binders: readonly string[];
  readonly hypotheses: readonly string[];
  readonly conclusion: string;
}

export function printSentence(sentence: Term, names: Names): PrintedSentence {
  let [rest, inside] = [sentence, names];
  const binders: Bound[] = [];
  while (rest.name === 'forall' && rest.kind === 'operation') {
    const [x, body, within] = opened(rest.args[0]!, inside);
    binders.push([within.of(x), sortText(x.sort, inside)]);
    [rest, inside] = [body, within];
  }
  const hypotheses: string[] = [];
  while (rest.kind === 'operation' && rest.name === 'imp' && rest.args[1]!.name !== 'false') {
    hypotheses.push(asHypothesis(printTerm(rest.args[0]!, inside)));
    rest = rest.args[1]!;
  }
  return { binders: grouped(binders), hypotheses, conclusion: printTerm(rest, inside).text };
}
