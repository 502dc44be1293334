/**
 * The files of proofs/rocq/kernel that are generated from the TypeScript side: what its axioms and its results say, and which
 * Rocq lemma proves each. A change of a statement here changes those files, and then Rocq refuses the old proofs.
 */
import { type Axiom, axioms } from '../kernel/axioms.ts';
import {
  apply,
  codomainAt,
  definitionOf,
  definitionRank,
  fresh,
  KernelError,
  type Sort,
  type Term,
} from '../kernel/term.ts';
import { closed, comment, filled, heading } from './layout.ts';
import { Names, RESERVED } from './names.ts';
import { type PrintedDefinition, printDefinition, printSentence } from './sentences.ts';

/** A generated file, by its name in proofs/rocq/kernel. */
export interface RocqFile {
  readonly name: string;
  readonly text: string;
}

/** A closed proposition under the name that it has in Rocq. */
export interface Sentence {
  readonly name: string;
  readonly term: Term;
  readonly about: string;
}

/** The lemma that proves a sentence, and the file of proofs/rocq/kernel that it is in. */
export interface Pair {
  readonly sentence: Sentence;
  readonly lemma: string;
  readonly file: string;
}

/** The file with the proofs of a group of axioms, without its ending. */
export const fileOf = ({ group }: Pick<Axiom, 'group'>): string => `axioms_${group.replaceAll(' ', '_')}`;

export function axiomPairs(list: readonly Axiom[] = axioms()): readonly Pair[] {
  return list.map((axiom) => ({
    sentence: {
      name: `${axiom.name}_statement`,
      term: axiom.statement,
      about: `${axiom.name}. ${axiom.why} (${axiom.citation})`,
    },
    lemma: axiom.rocq,
    file: fileOf(axiom),
  }));
}

/** The sentences as definitions of Rocq, after the definitions that they mention and `known` does not list. */
export function statementsFile(
  name: string,
  about: string,
  sentences: readonly Sentence[],
  known: readonly string[] = [],
  imports: readonly string[] = [],
): RocqFile {
  distinct(sentences.map((sentence) => sentence.name));
  const used = definitionsIn(sentences.map(({ term }) => term));
  const names = new Names([...RESERVED, ...used, ...sentences.map((sentence) => sentence.name)]);
  const definitions = used
    .filter((each) => !known.includes(each))
    .map((each) => definitionText(printDefinition(each, names)));
  const text = [
    heading(about, ['interpretation', ...imports]),
    '#[local] Unset Implicit Arguments.',
    '',
    'Section statements.',
    'Context {R : realType}.',
    '',
    ...definitions,
    ...sentences.map((sentence) => sentenceText(sentence, names)),
    'End statements.',
    '',
  ];
  return { name, text: text.join('\n') };
}

/** The definition of a pair: a value of the type that is the sentence. */
export const provedName = ({ sentence }: Pair): string => sentence.name.replace(/_statement$/, '_proved');

/** One definition for each pair, which Rocq accepts only if the lemma proves the statement. */
export function correspondenceFile(
  name: string,
  about: string,
  pairs: readonly Pair[],
  imports: readonly string[],
): RocqFile {
  distinct(pairs.map(({ lemma }) => lemma));
  const files = [...new Set(pairs.map(({ file }) => file))];
  const text = [
    heading(about, [...imports, ...files]),
    ...pairs.map((pair) => {
      const { sentence, lemma, file } = pair;
      const type = mentionsReal(sentence.term)
        ? `forall R : realType, @${sentence.name} R`
        : `@${sentence.name}`;
      return filled(`Definition ${provedName(pair)} : ${type} := @${file}.${lemma}.`);
    }),
    '',
  ];
  return { name, text: text.join('\n') };
}

function distinct(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new KernelError(`Rocq: expected different names but received ${twice} twice`);
}

function sentenceText({ name, term, about }: Sentence, names: Names): string {
  const { binders, hypotheses, conclusion } = printSentence(term, names);
  const lines = binders.length === 0 ? [] : [`forall ${binders.join(' ')},`];
  lines.push(...hypotheses.map((p) => `${p} ->`), conclusion);
  return `${comment(about)}\n${filled(`Definition ${name} : Prop :=`)}\n${closed(lines)}\n`;
}

function definitionText({ name, parameters, sort, body }: PrintedDefinition): string {
  const head = ['Definition', name, ...parameters, `: ${sort} :=`].join(' ');
  return `${filled(head)}\n${closed([body])}\n`;
}

// ------------------------------------------------------------------------------------------- what terms mention

/** The definitions that the terms mention, and those that these mention, each after the ones that it uses. */
export function definitionsIn(terms: readonly Term[]): readonly string[] {
  const found = new Set<string>();
  walk(terms, { term: ({ kind, name }) => kind === 'operation' && definitionOf(name) && found.add(name) });
  return [...found].sort((a, b) => definitionRank(a) - definitionRank(b));
}

/** Whether the section that the term is printed in passes it the reals. */
export function mentionsReal(term: Term): boolean {
  let real = false;
  walk([term], {
    sort: ({ kind }) => {
      if (kind === 'Real') real = true;
    },
  });
  return real;
}

interface Visitor {
  readonly term?: (term: Term) => unknown;
  readonly sort?: (sort: Sort) => unknown;
}

/** Every term and sort below these, the bodies of the definitions included. */
function walk(roots: readonly Term[], visitor: Visitor): void {
  const seen = new Set<Term | Sort>();
  const visitSort = (sort: Sort): void => {
    if (seen.has(sort)) return;
    seen.add(sort);
    visitor.sort?.(sort);
    if (sort.dimension) visit(sort.dimension);
    if (sort.domain) {
      visitSort(sort.domain);
      visitSort(sort.codomain ?? codomainAt(sort, fresh('x', sort.domain)));
    }
  };
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    visitor.term?.(term);
    visitSort(term.sort);
    if (term.kind === 'lambda') visit(apply(term, fresh('x', term.sort.domain!)));
    else for (const part of term.args) visit(part);
    const definition = term.kind === 'operation' ? definitionOf(term.name) : null;
    if (definition) visit(definition.body);
  };
  for (const root of roots) visit(root);
}
