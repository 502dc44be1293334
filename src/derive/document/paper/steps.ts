import type { DerivationDocument, Formula, PartBlock, StepBlock } from '../model.ts';
import { annotated, statusOf } from './annotation.ts';
import { type Block, display, paragraph, type Span, separated, small, strong, text } from './block.ts';
import { spansOf } from './prose.ts';

/** The anchor of every step, part, hypothesis and axiom by its id; in a part, its own hypotheses. */
export type Links = ReadonlyMap<string, string>;

export function linksOf({ steps, parts, hypotheses, axioms }: DerivationDocument, part?: PartBlock): Links {
  const named = [
    ...axioms.map(({ name, anchor }) => ({ id: name, anchor })),
    ...parts.flatMap((part) => [part, ...part.steps]),
    ...hypotheses,
    ...steps,
    ...(part?.hypotheses ?? []),
  ];
  return new Map(named.map(({ id, anchor }) => [id, anchor]));
}

const KINDS: Readonly<Record<StepBlock['kind'], string>> = {
  claim: '',
  suppose: 'Suppose',
  obtain: 'Obtain',
  conclusion: 'Conclusion',
};

/** The claim with its number, what it follows from, and what the instance says of it. */
export function stepItem(document: DerivationDocument, step: StepBlock, links: Links): Block {
  const { annotation } = step;
  const breakage = broken(document, step.id);
  return {
    kind: 'item',
    anchor: step.anchor,
    head: [
      strong(step.id),
      ...(KINDS[step.kind] === '' ? [] : [text('  '), { kind: 'emphasis', text: KINDS[step.kind] } as const]),
      ...(annotation ? [text('  '), statusOf(annotation)] : []),
      text('  '),
      ...spansOf(step.reason),
    ],
    body: [
      ...(breakage === null ? [] : [paragraph(strong(`${breakage}.`))]),
      ...obtained(document, step),
      display(step.claim),
      small(...justification(step)),
      ...changes(step),
      ...(annotation ? annotated(annotation) : []),
      ...step.errata.flatMap((id) => erratum(document, id)),
    ],
    ...(breakage === null ? {} : { broken: true }),
  };

  /** by weighted sum from T1.2, weights; resting on Assumption 1. A.1 */
  function justification({ rule, premises, restsOn, source }: StepBlock): readonly Span[] {
    const list = (ids: readonly { readonly id: string; readonly anchor: string | null }[]) =>
      separated(
        ids.map(({ id, anchor }) => [
          anchor === null ? text(id) : ({ kind: 'link', to: anchor, text: id } as const),
        ]),
        ', ',
      );
    return separated(
      [
        [
          ...(rule === '' ? [] : [text(`by ${rule}`)]),
          ...(premises.length === 0 ? [] : [text(rule === '' ? 'from ' : ' from '), ...list(premises)]),
        ],
        restsOn.length === 0
          ? []
          : [text('rests on '), ...list(restsOn.map((id) => ({ id, anchor: links.get(id) ?? null })))],
        source === '' ? [] : [text(source)],
      ].filter((each) => each.length > 0),
      ' · ',
    );
  }
}

/** g ∈ A → B with */
function obtained({ symbols }: DerivationDocument, { kind, introduces }: StepBlock): Block[] {
  const named = symbols.filter(({ id }) => introduces.includes(id));
  if (kind !== 'obtain' || named.length === 0) return [];
  const each = named.map(({ formula, sort }): readonly Span[] => [
    { kind: 'math', formula },
    text(' ∈ '),
    { kind: 'math', formula: sort },
  ]);
  return [paragraph(...separated(each, ', '), text(' with'))];
}

/** Hypotheses of the argument that came or went; those that stay are not repeated. */
function changes({ inForce, discharged, claim }: StepBlock): Block[] {
  const came = inForce.filter((each) => each.change === 'new' && each.claim.text !== claim.text);
  const line = (words: string, formula: Formula): Block => small(text(words), { kind: 'math', formula });
  return [
    ...came.map((each) => line('now in force: ', each.claim)),
    ...discharged.map((each) => line('no longer in force: ', each)),
  ];
}

function broken({ verdict }: DerivationDocument, id: string): string | null {
  const what = verdict?.broken;
  if (!what) return null;
  if (what.first === id) return 'This is the first line that breaks here';
  if (what.firstFalse === id) return 'This is the first claim that is false here';
  return what.rests.includes(id) ? 'This rests on what fails here' : null;
}

function erratum({ errata }: DerivationDocument, id: string): Block[] {
  const found = errata.find((each) => each.id === id);
  if (!found) return [];
  return [
    paragraph(strong('Erratum. '), text(`${found.title}: `), {
      kind: 'link',
      to: found.anchor,
      text: 'what is wrong, and what is right',
    }),
  ];
}
