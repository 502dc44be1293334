import type { DerivationDocument } from '../model.ts';
import { type Block, code, type Pair, pairs, paragraph, type Span, separated, text } from './block.ts';
import { scripted, spansOf } from './prose.ts';
import type { Links } from './steps.ts';

/** What the instance says of the result: the verdict, its figures, what was checked, what breaks. */
export function verdictBlocks({ verdict, hypotheses }: DerivationDocument, links: Links): Block[] {
  if (verdict === null) return [];
  const names = new Map(hypotheses.map(({ id, name }) => [id, name === '' ? id : name]));
  const link = (id: string, name = id): Span => {
    const anchor = links.get(id);
    return anchor === undefined ? text(name) : { kind: 'link', to: anchor, text: name };
  };
  const sentence = (before: string, ids: readonly Span[]): readonly Span[] =>
    ids.length === 0
      ? []
      : [
          text(before),
          ...separated(
            ids.map((id) => [id]),
            ', ',
          ),
          text('. '),
        ];
  const { broken } = verdict;
  const figures = verdict.figures.map(
    ({ name, label, value }): Pair => [
      [...(name === null ? [] : [{ kind: 'math', formula: name } as const, text(' ')]), ...scripted(label)],
      scripted(value),
    ],
  );
  const obligations = verdict.obligations.map(
    ({ id, status, tier, detail }): Pair => [
      [code(id)],
      [{ kind: 'status', status, detail: tier }, text('  '), ...scripted(detail)],
    ],
  );
  return [
    { kind: 'heading', level: 1, spans: [text('Verdict on this instance')] },
    paragraph(
      { kind: 'status', status: verdict.verdict, detail: verdict.tier },
      text('  '),
      ...spansOf(verdict.meaning),
    ),
    ...(figures.length === 0 ? [] : [pairs(figures)]),
    ...(broken === null
      ? []
      : [
          {
            kind: 'note',
            title: [text('What breaks here')],
            body: [
              paragraph(
                ...sentence(
                  'On this instance this hypothesis fails: ',
                  broken.hypotheses.map((id) => link(id, names.get(id))),
                ),
                ...sentence(
                  'The first line that breaks is ',
                  broken.first === null ? [] : [link(broken.first)],
                ),
                ...sentence(
                  'The first claim that is false in numbers is ',
                  broken.firstFalse === null ? [] : [link(broken.firstFalse)],
                ),
                ...sentence(
                  'Resting on what fails: ',
                  broken.rests.map((id) => link(id)),
                ),
              ),
            ],
          } as const,
        ]),
    ...(obligations.length === 0 ? [] : [pairs(obligations)]),
  ];
}
