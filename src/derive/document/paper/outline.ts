/** A derivation set out as a paper: statement, proof, lemmas, constructions, axioms, errata. */
import type { DerivationDocument, HypothesisBlock, PartBlock } from '../model.ts';
import { annotated, statusOf } from './annotation.ts';
import {
  type Block,
  code,
  display,
  type Paper,
  paragraph,
  type Span,
  separated,
  small,
  strong,
  text,
} from './block.ts';
import { scripted, spansOf } from './prose.ts';
import { erratumNote, linksOf, stepItem } from './steps.ts';
import { symbolBlocks } from './symbols.ts';
import { verdictBlocks } from './verdict.ts';

export function paperOf(document: DerivationDocument): Paper {
  const { result, instance } = document;
  const links = linksOf(document);
  const subtitle: (readonly Span[])[] = [[text(result.source)]];
  if (instance) {
    subtitle.push([
      text('On '),
      strong(instance.name),
      ...(instance.file === null ? [] : [text(', file '), code(instance.file)]),
    ]);
    if (instance.sha256 !== null) subtitle.push([text('SHA-256 '), code(instance.sha256)]);
  }
  return {
    title: `${label(result.id)}. ${result.title}`,
    subtitle,
    blocks: [
      ...(instance && instance.description !== '' ? [paragraph(...scripted(instance.description))] : []),
      ...verdictBlocks(document, links),
      ...section('Statement', statement(document)),
      ...section('Symbols', symbolBlocks(document.symbols, null)),
      ...picture(document),
      ...section(
        'Proof',
        document.steps.map((step) => stepItem(document, step, links)),
      ),
      ...(document.parts.length === 0 ? [] : [heading(1, 'Lemmas of the proof')]),
      ...document.parts.flatMap((part) => lemma(document, part)),
      ...section('What the proof constructs', constructions(document)),
      ...section('Axioms', axioms(document)),
      ...section('Errata', errata(document)),
      ...section(
        'Remarks',
        document.remarks.map((remark) => paragraph(...spansOf(remark))),
      ),
      ...graph(document),
    ],
    colophon: `Printed by everymin ${document.everymin} from the proof that its kernel checked.`,
  };
}

/** Words in bold, with their mathematics. */
const bold = (words: string): readonly Span[] =>
  scripted(words).map((span) => (span.kind === 'text' ? strong(span.text) : span));

/** theorem-1 is Theorem 1. */
const label = (id: string): string => id.replace(/^[a-z]/, (c) => c.toUpperCase()).replaceAll('-', ' ');

const heading = (level: 1 | 2, title: string, anchor?: string): Block => ({
  kind: 'heading',
  level,
  spans: scripted(title),
  ...(anchor === undefined ? {} : { anchor }),
});

const section = (title: string, blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0 ? [] : [heading(1, title), ...blocks];

function statement(document: DerivationDocument): Block[] {
  const { hypotheses, conclusion } = document;
  const setting = hypotheses.filter(({ kind }) => kind === 'setting');
  const supposed = hypotheses.filter(({ kind }) => kind === 'hypothesis');
  const group = (title: string, list: readonly HypothesisBlock[]): Block[] =>
    list.length === 0 ? [] : [paragraph(text(title)), ...list.map((each) => hypothesis(each, document))];
  return [
    ...group('In the setting', setting),
    ...group('Suppose', supposed),
    paragraph(text(hypotheses.length === 0 ? 'Always' : 'Then')),
    display(conclusion.claim),
    ...(conclusion.annotation
      ? [paragraph(statusOf(conclusion.annotation)), ...annotated(conclusion.annotation)]
      : []),
  ];
}

/** The claim, and what it stands for where it is a name. */
function hypothesis(
  { anchor, id, name, claim, annotation, errata: concerning = [] }: HypothesisBlock,
  document: DerivationDocument,
): Block {
  const named = document.symbols.find((entry) => entry.definition && entry.formula.text === claim.text);
  return {
    kind: 'item',
    anchor,
    head: [...bold(name === '' ? id : name), ...(annotation ? [text('  '), statusOf(annotation)] : [])],
    body: [
      ...(named?.definition && claim.text === name ? [] : [display(claim)]),
      ...(named?.definition ? [display(named.definition)] : []),
      ...(annotation ? annotated(annotation) : []),
      ...concerning.flatMap((each) => erratumNote(document, each)),
    ],
    ...(annotation?.status === 'fails' ? { broken: true } : {}),
  };
}

function lemma(document: DerivationDocument, part: PartBlock): Block[] {
  const links = linksOf(document, part);
  const supposed = part.hypotheses.length > 0;
  return [
    heading(2, part.title, part.anchor),
    paragraph(text('['), code(part.id), text('] '), ...spansOf(part.sentence)),
    ...(supposed
      ? [paragraph(text('Suppose')), ...part.hypotheses.map((each) => hypothesis(each, document))]
      : []),
    paragraph(text(supposed ? 'Then' : 'Claim')),
    display(part.conclusion),
    ...symbolBlocks(document.symbols, part.id),
    ...(part.numbers ? [small(...spansOf(part.numbers))] : []),
    ...part.steps.map((step) => stepItem(document, step, links)),
  ];
}

function constructions({ constructions: list }: DerivationDocument): Block[] {
  return list.map(({ name, meaning, shape, rows, checks }) => ({
    kind: 'item',
    head: [{ kind: 'math', formula: name }, text(`  ${shape}`)],
    body: [
      ...(meaning.length === 0 ? [] : [paragraph(...spansOf(meaning))]),
      ...(rows === null ? [small(text('too large to print'))] : [{ kind: 'matrix', rows } as const]),
      ...checks.map((check) =>
        small(
          { kind: 'status', status: check.status, detail: check.tier },
          text(' '),
          ...scripted(check.text),
        ),
      ),
    ],
  }));
}

function axioms({ axioms: list, results }: DerivationDocument): Block[] {
  const cited = results.map(({ id, title }) => [strong(label(id)), text(`: ${title}`)]);
  return [
    ...list.map(
      ({ anchor, name, statement: claim, why, citation, rocq }): Block => ({
        kind: 'item',
        anchor,
        head: [strong(name)],
        body: [
          ...(claim.text === '' ? [] : [display(claim)]),
          ...(why === '' ? [] : [paragraph(...scripted(why))]),
          ...(citation === '' && rocq === ''
            ? []
            : [
                small(
                  ...separated(
                    [
                      ...(citation === '' ? [] : [[text(citation)]]),
                      ...(rocq === '' ? [] : [[text('Rocq: '), code(rocq)]]),
                    ],
                    '. ',
                  ),
                ),
              ]),
        ],
      }),
    ),
    ...(cited.length === 0
      ? []
      : [paragraph(text('Other results that the proof cites: '), ...separated(cited, '; '), text('.'))]),
  ];
}

function errata({ errata: list }: DerivationDocument): Block[] {
  return list.map(({ id, anchor, title, place, severity, printed, right, text: words }) => ({
    kind: 'note',
    anchor,
    title: scripted(`${title} (${[id, severity, place].filter((each) => each !== '').join(', ')})`),
    body: [
      ...(printed === '' ? [] : [paragraph(strong('Printed: '), ...scripted(printed))]),
      ...(right === '' ? [] : [paragraph(strong('Right: '), ...scripted(right))]),
      ...(words === '' ? [] : [paragraph(...scripted(words))]),
    ],
  }));
}

function picture({ picture: drawn }: DerivationDocument): Block[] {
  return drawn === null ? [] : [{ kind: 'picture', ...drawn }];
}

function graph({ graph: drawn }: DerivationDocument): readonly Block[] {
  return section('What the proof rests on', drawn === null ? [] : [{ kind: 'picture', ...drawn }]);
}
