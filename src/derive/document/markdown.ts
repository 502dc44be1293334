/** A derivation as Markdown that GitHub and GitLab render: formulas, links between steps, parts that fold. */
import { display, fold, html, inline, prose, table, target, text } from './markdown/inert.ts';
import { type Brokenness, numbers, standing, stepLines } from './markdown/step.ts';
import type {
  ConstructionBlock,
  DerivationDocument,
  ErratumBlock,
  HypothesisBlock,
  SymbolEntry,
  VerdictBlock,
} from './model.ts';

/** Linear in the document. Links lead to places in the same document. */
export function renderMarkdown(document: DerivationDocument): string {
  const { result, instance, verdict, hypotheses, conclusion } = document;
  const brokenness = (id: string): Brokenness => {
    const broken = verdict?.broken;
    if (!broken?.rests.includes(id)) return null;
    return id === broken.first ? 'first' : id === broken.firstFalse ? 'false' : 'rests';
  };
  const errata = new Map(document.errata.map((erratum) => [erratum.id, erratum]));
  const pointer = (id: string): string => {
    const erratum = errata.get(id);
    return erratum ? `> [Erratum](#${erratum.anchor}): ${text(erratum.title)}. ${text(erratum.right)}` : '';
  };
  const lines = [
    `# ${text(result.title)}`,
    '',
    `${text(labelOf(result.id))} · ${text(result.source)}`,
    '',
    ...(instance
      ? [
          `On **${text(instance.name)}**${instance.file === null ? '' : `, ${text(instance.file)}`}: ${text(instance.description)}`,
          '',
        ]
      : []),
    ...(verdict ? verdictLines(verdict) : []),
    '## Statement',
    '',
    ...hypotheses.flatMap((each) => hypothesisLines(each, pointer)),
    `Then`,
    '',
    display(conclusion.claim),
    '',
    ...(conclusion.annotation ? [`> ${standing(conclusion.annotation)}`, ''] : []),
    ...document.remarks.flatMap((remark) => [`*${prose(remark)}*`, '']),
    ...symbolLines(document.symbols),
    '## Proof',
    '',
    ...document.steps.flatMap((step) => stepLines(step, brokenness(step.id), pointer)),
    ...(document.constructions.length > 0 ? ['## What the proof constructs here', ''] : []),
    ...document.constructions.flatMap(constructionLines),
    ...(document.parts.length > 0 ? ['## Parts of the proof', ''] : []),
    ...document.parts.flatMap((part, k) => [
      target(part.anchor),
      '',
      ...fold(html(`part ${k + 1} of ${document.parts.length}, ${part.id}: ${part.title}`), [
        prose(part.sentence),
        '',
        ...part.hypotheses.flatMap((each) => hypothesisLines(each, pointer)),
        'Then',
        '',
        display(part.conclusion),
        '',
        ...(part.numbers ? [prose(part.numbers), ''] : []),
        ...part.steps.flatMap((step) => stepLines(step, null, pointer)),
      ]),
    ]),
    ...errataLines(document.errata),
    ...foundationLines(document),
    `Written by everymin ${text(document.everymin)} from the proof that its kernel checked.`,
    '',
  ];
  return lines.join('\n');
}

/** theorem-1 is Theorem 1 */
function labelOf(id: string): string {
  const [kind = '', ...rest] = id.split('-');
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${rest.join(' ')}`;
}

const SAYS = {
  holds: 'holds',
  'not-applicable': 'does not apply',
  undecided: 'is undecided',
  contradiction: 'is contradicted, which is a bug here or in the paper',
} as const;

function verdictLines({
  verdict,
  tier,
  meaning,
  figures,
  obligations,
  broken,
}: VerdictBlock): readonly string[] {
  const first = broken?.first ? [`The first line that breaks is **${text(broken.first)}**`] : [];
  const shown =
    broken?.firstFalse && broken.firstFalse !== broken.first
      ? [`the first whose claim is false is **${text(broken.firstFalse)}**`]
      : [];
  const rests = broken ? [`${broken.rests.map(text).join(', ')} rest on what fails`] : [];
  return [
    `## It ${SAYS[verdict]}${verdict === 'holds' ? ` (${tier})` : ''}`,
    '',
    prose(meaning),
    '',
    ...(broken ? [`${[...first, ...shown, ...rests].join('; ')}.`, ''] : []),
    ...table(
      ['', 'what', 'evidence', ''],
      obligations.map(({ id, status, tier: evidence, detail }) => [
        { holds: '✓', fails: '✗', undecided: '?' }[status],
        text(id),
        status === 'undecided' ? 'undecided' : evidence,
        text(detail),
      ]),
    ),
    ...(figures.length > 0
      ? table(
          ['figure', 'value'],
          figures.map(({ name, label, value }) => [name ? inline(name) : text(label), text(value)]),
        )
      : []),
  ];
}

function hypothesisLines(
  { anchor, name, kind, claim, annotation, errata = [] }: HypothesisBlock,
  pointer: (id: string) => string,
): readonly string[] {
  return [
    `${target(anchor)}${kind === 'setting' ? 'In the setting' : 'If'} *${text(name)}*`,
    '',
    display(claim),
    '',
    ...errata.flatMap((id) => [pointer(id), '']),
    ...(annotation ? [`> ${standing(annotation)}`, '', ...numbers(annotation)] : []),
  ];
}

function symbolLines(symbols: readonly SymbolEntry[]): readonly string[] {
  const valued = symbols.some(({ value, shape }) => value !== undefined || shape !== undefined);
  const row = ({ formula, sort, meaning, definition, shape = '', value = '' }: SymbolEntry) => [
    inline(formula),
    sort ? inline(sort) : '',
    prose(meaning) + (definition ? `: ${inline(definition)}` : ''),
    ...(valued ? [text([shape, value].filter((part) => part !== '').join(': '))] : []),
  ];
  const of = (list: readonly SymbolEntry[]) =>
    table(['symbol', 'in', 'meaning', ...(valued ? ['here'] : [])], list.map(row));
  const given = symbols.filter(
    ({ kind, parts }) => parts.length === 0 && (kind === 'given' || kind === 'abbreviation'),
  );
  const notations = symbols.filter(({ kind }) => kind === 'notation');
  const others = symbols.filter((entry) => !given.includes(entry) && !notations.includes(entry));
  return [
    '## Symbols',
    '',
    ...(given.length > 0 ? of(given) : []),
    ...(others.length > 0 ? fold(`definitions, and symbols of the steps: ${others.length}`, of(others)) : []),
    ...(notations.length > 0
      ? fold(
          `how formulas are written: ${notations.length} notations`,
          table(
            ['notation', 'meaning'],
            notations.map(({ formula, meaning }) => [inline(formula), prose(meaning)]),
          ),
        )
      : []),
  ];
}

function constructionLines({ name, meaning, shape, rows, checks }: ConstructionBlock): readonly string[] {
  const entries = rows
    ? ['```text', ...rows.map((row) => row.join('  ').replaceAll('`', "'")), '```']
    : ['too large to show'];
  return [
    `${inline(name)} (${text(shape)}): ${prose(meaning)}`,
    '',
    ...entries,
    '',
    ...checks.map(
      ({ text: what, status, tier }) =>
        `- ${{ holds: '✓', fails: '✗', undecided: '?' }[status]} ${text(what)}${status === 'undecided' ? '' : ` (${tier})`}`,
    ),
    '',
  ];
}

function errataLines(errata: readonly ErratumBlock[]): readonly string[] {
  if (errata.length === 0) return [];
  return [
    '## Errata of the printed text',
    '',
    ...errata.flatMap(({ anchor, title, place, printed, right, text: words }) => [
      `${target(anchor)}**${text(title)}** (${text(place)}). Printed: ${text(printed)}. Right: ${text(right)}. ${text(words)}`,
      '',
    ]),
  ];
}

function foundationLines({ axioms, results }: DerivationDocument): readonly string[] {
  const analytic = new Set(['analysis', 'linear algebra']);
  const row = ({ anchor, name, statement, why, citation, rocq }: (typeof axioms)[number]) => [
    `${target(anchor)}${text(name)}`,
    inline(statement),
    text(why),
    text(citation),
    text(rocq),
  ];
  const head = ['axiom', 'statement', 'why', 'source', 'Rocq'];
  const main = axioms.filter(({ group }) => analytic.has(group));
  const rest = axioms.filter(({ group }) => !analytic.has(group));
  return [
    '## What it rests on',
    '',
    ...(results.length > 0
      ? [`It uses ${results.map(({ id, title }) => `${text(id)} (${text(title)})`).join('; ')}.`, '']
      : []),
    ...(main.length > 0 ? table(head, main.map(row)) : []),
    ...(rest.length > 0
      ? fold(
          `logic, the reals, the naturals and index sets: ${rest.length} axioms`,
          table(head, rest.map(row)),
        )
      : []),
  ];
}
