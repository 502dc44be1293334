import type { DerivationDocument, PartBlock, Premise, StepBlock } from '../model.ts';
import { annotated, statusOf } from './annotation.ts';
import { type Block, display, paragraph, type Span, separated, small, strong, text } from './block.ts';
import { scripted, spansOf } from './prose.ts';

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
      ...(annotation && annotation.status !== 'supposed' ? [text('  '), statusOf(annotation)] : []),
      text('  '),
      ...spansOf(step.reason),
    ],
    body: [
      ...(breakage === null ? [] : [paragraph(strong(`${breakage}.`))]),
      ...obtained(document, step),
      display(step.claim),
      small(...justification(step, links)),
      ...cases(step),
      ...changes(step),
      ...(annotation ? annotated(annotation) : []),
      ...step.errata.flatMap((id) => erratumNote(document, id)),
    ],
    ...(breakage === null ? {} : { broken: true }),
  };
}

/** by weighted sum from T1.2, weights · rests on assumption-1 · section A.1 */
function justification({ rule, premises, restsOn, source }: StepBlock, links: Links): readonly Span[] {
  const rests = restsOn.map((id): Premise => ({ id, anchor: links.get(id) ?? null }));
  const by = [...(rule === '' ? [] : [`by ${rule}`]), ...(premises.length === 0 ? [] : ['from '])].join(' ');
  return separated(
    [
      by === '' ? [] : [text(by), ...listed(premises)],
      rests.length === 0 ? [] : [text('rests on '), ...listed(rests)],
      source === '' ? [] : [text(source)],
    ].filter((each) => each.length > 0),
    ' · ',
  );
}

/** T1.2, lemma-2 (T1.1, critical) */
function listed(premises: readonly Pick<Premise, 'id' | 'anchor' | 'from'>[]): readonly Span[] {
  const each = premises.map(({ id, anchor, from = [] }): readonly Span[] => [
    anchor === null ? text(id) : { kind: 'link', to: anchor, text: id },
    ...(from.length === 0 ? [] : [text(' ('), ...listed(from), text(')')]),
  ]);
  return separated(each, ', ');
}

/** An argument by cases, or by induction. */
function cases({ split }: StepBlock): Block[] {
  if (!split) return [];
  const formulas = split.cases.map((formula): readonly Span[] => [{ kind: 'math', formula }]);
  return [
    small(text(split.by === 'cases' ? 'by cases: ' : 'by induction: '), ...separated(formulas, ', or ')),
  ];
}

/** g ∈ A → B with */
function obtained({ symbols }: DerivationDocument, { kind, introduces }: StepBlock): Block[] {
  const named = symbols.filter(({ id }) => introduces.includes(id));
  if (kind !== 'obtain' || named.length === 0) return [];
  const each = named.map(({ formula, sort }): readonly Span[] => [
    { kind: 'math', formula },
    ...(sort ? [text(' ∈ '), { kind: 'math', formula: sort } as const] : []),
  ]);
  return [paragraph(...separated(each, ', '), text(' with'))];
}

/** What was supposed or obtained, and came or went; what stays is not repeated. */
function changes({ id, inForce, discharged }: StepBlock): Block[] {
  const came = inForce
    .filter((each) => each.change === 'new' && each.id !== id)
    .map((each) => ({ id: each.id, anchor: each.anchor }));
  return [
    ...(came.length === 0 ? [] : [small(text('now in force: '), ...listed(came))]),
    ...(discharged.length === 0 ? [] : [small(text('no longer in force: '), ...listed(discharged))]),
  ];
}

function broken({ verdict }: DerivationDocument, id: string): string | null {
  const what = verdict?.broken;
  if (!what) return null;
  if (what.first === id) return 'This is the first line that breaks here';
  if (what.firstFalse === id) return 'This is the first claim that is false here';
  return what.rests.includes(id) ? 'This rests on what fails here' : null;
}

/** A pointer to an erratum of this document, beside what it concerns. */
export function erratumNote({ errata }: DerivationDocument, id: string): Block[] {
  const found = errata.find((each) => each.id === id);
  if (!found) return [];
  return [
    paragraph(strong('Erratum. '), ...scripted(`${found.title}: `), {
      kind: 'link',
      to: found.anchor,
      text: 'what is wrong, and what is right',
    }),
  ];
}
