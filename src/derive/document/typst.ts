/**
 * A derivation in Typst, for a PDF that is tagged and the same byte for byte (`src/node/pdf.ts`).
 *
 * Long formulas are broken by `paper/rows.ts`; each carries its text as the alternative that a screen reader says. Text
 * of a user stands in string literals and escaped markup, and is never run.
 */
import type { DerivationDocument, Formula } from './model.ts';
import {
  anchorsOf,
  type Block,
  GLYPHS,
  type Known,
  type NumberRow,
  type Span,
  WORDS,
} from './paper/block.ts';
import { paperOf } from './paper/outline.ts';
import { scripted } from './paper/prose.ts';
import { breakRow, INDENT, rowWidth, writeRow } from './paper/rows.ts';
import { typstLiteral, typstMath, typstSaid, typstString, typstText } from './paper/typst-characters.ts';
import { TYPST_PREAMBLE } from './paper/typst-preamble.ts';
import { typstRow, typstWriter } from './paper/typst-rows.ts';

/** Em of a line of the page inside an item, and above which a line is measured and made smaller if it must. */
const WIDTH = 40;
const SURE = 36;

export function renderTypst(document: DerivationDocument): string {
  const { title, subtitle, blocks, colophon } = paperOf(document);
  const labels = new Map(anchorsOf(blocks).map((anchor, i) => [anchor, `a${i + 1}`]));
  const writer = new TypstWriter(labels);
  return [
    `#set document(title: ${typstSaid(title)}, date: none)`,
    TYPST_PREAMBLE,
    `#heading(level: 1)[${typstText(title)}]`,
    ...subtitle.map((spans) => `#small[${writer.spans(spans)}]\n`),
    ...blocks.map((block) => writer.block(block)),
    `#v(1em)\n#small[${typstText(colophon)}]`,
    '',
  ].join('\n');
}

const INKS: Readonly<Record<Known, string>> = {
  holds: 'good',
  fails: 'bad',
  undecided: 'open',
  supposed: 'plain',
  'not-applicable': 'open',
  contradiction: 'bad',
};

class TypstWriter {
  readonly #labels: ReadonlyMap<string, string>;

  constructor(labels: ReadonlyMap<string, string>) {
    this.#labels = labels;
  }

  block(block: Block): string {
    switch (block.kind) {
      case 'heading':
        return `#heading(level: ${block.level + 1})[${this.spans(block.spans)}]${this.#label(block.anchor)}`;
      case 'paragraph':
        return block.small ? `#small[${this.spans(block.spans)}]\n` : `${this.spans(block.spans)}\n`;
      case 'display':
        return displayed(block.formula, block.lead);
      case 'item': {
        const broken = block.broken ? ', broken: true' : '';
        const body = this.#blocks(block.body);
        return `#${block.anchor === undefined ? 'plain' : 'item'}([${this.spans(block.head)}]${broken})[${body}]${this.#label(block.anchor)}`;
      }
      case 'note':
        return `#note([${this.spans(block.title)}])[${this.#blocks(block.body)}]${this.#label(block.anchor)}`;
      case 'numbers':
        return numbers(block.rows);
      case 'pairs':
        return `#numbers((auto, 1fr), left, ${block.rows
          .map(([name, value]) => `[${this.spans(name)}], [${this.spans(value)}]`)
          .join(', ')})`;
      case 'matrix':
        return matrix(block.rows);
      case 'picture':
        return `#align(center, image(bytes(${pictureSource(block.svg)}), format: "svg", width: 85%, alt: ${typstSaid(block.description)}))
#small[${this.spans(scripted(block.description))}]
`;
    }
  }

  spans(spans: readonly Span[]): string {
    return spans.map((span) => this.#span(span)).join('');
  }

  #blocks(blocks: readonly Block[]): string {
    return blocks.length === 0 ? '' : `\n${blocks.map((block) => `${this.block(block)}\n`).join('')}`;
  }

  #label(anchor: string | undefined): string {
    const label = anchor === undefined ? undefined : this.#labels.get(anchor);
    return label === undefined ? '' : ` <${label}>`;
  }

  #span(span: Span): string {
    switch (span.kind) {
      case 'text':
      case 'code':
        return breakable(span.text);
      case 'strong':
        return `#strong[${breakable(span.text)}]`;
      case 'emphasis':
        return `#emph[${breakable(span.text)}]`;
      case 'math':
        return `#eq(${typstSaid(span.formula.text)}, $${inline(span.formula)}$)`;
      case 'scripted': {
        const below = span.below === '' ? '' : `_(${typstMath(span.below)})`;
        const above = span.above === '' ? '' : `^(${typstMath(span.above)})`;
        return `#eq(${typstSaid(span.text)}, $${typstMath(span.base)}${below}${above}$)`;
      }
      case 'link': {
        const label = this.#labels.get(span.to);
        return label === undefined ? typstText(span.text) : `#link(<${label}>)[${typstText(span.text)}]`;
      }
      case 'status': {
        const words = `${WORDS[span.status]}${span.detail === '' ? '' : ` (${span.detail})`}`;
        return `#known(${typstString(GLYPHS[span.status])}, ${typstString(words)}, "${INKS[span.status]}")`;
      }
    }
  }
}

const inline = ({ typst, text }: Formula): string => writeRow(typstRow(typst, text), typstWriter);

/** A formula on lines of its own; one equation, so that it is read out once. */
function displayed({ typst, text }: Formula, lead?: string): string {
  const row = typstRow(typst, text);
  const lines = breakRow(row, WIDTH, typstWriter);
  const start = lead === undefined ? '' : `${lead} thick `;
  const source =
    lines.length === 1
      ? `${start}${lines[0]!.source}`
      : lines
          .map(({ indent, source }, i) => {
            const space = indent === 0 ? '' : `#h(${(indent * INDENT).toFixed(1)}em) `;
            return `& ${space}${i === 0 ? start : ''}${source}`;
          })
          .join(' \\\n');
  const equation = `lines(${typstSaid(text)}, $ ${source} $)`;
  return lines.some(({ indent, width }) => width + indent * INDENT > SURE) || rowWidth(row) > WIDTH
    ? `#fit(${equation})`
    : `#${equation}`;
}

/** Text in which a long number, name or digest may be broken. */
function breakable(text: string): string {
  return text
    .split(/(\S{17,})/u)
    .map((run, i) => {
      if (i % 2 === 0) return typstText(run);
      const pieces = run.match(/(?:\P{M}\p{M}*){1,8}|\p{M}+/gsu) ?? [run];
      return pieces.map(typstText).join('#sym.zws;');
    })
    .join('');
}

const TRUTH: Readonly<Record<NumberRow['truth'], string>> = {
  true: '#known("✓", "true", "good")',
  false: '#known("×", "false", "bad")',
  undecided: '#known("?", "undecided", "open")',
};

function numbers(rows: readonly NumberRow[]): string {
  const placed = rows.some(({ place }) => place !== '');
  const differs = rows.some(({ difference }) => difference !== '');
  const head = [
    ...(placed ? ['where'] : []),
    'left',
    '',
    'right',
    ...(differs ? ['difference'] : []),
    'here',
  ];
  // What is short takes the room that it needs; what may be long shares the rest.
  const room = (texts: readonly string[], share: string): string =>
    texts.every((each) => each.length <= 24) ? 'auto' : share;
  const columns = [
    ...(placed
      ? [
          room(
            rows.map(({ place }) => place),
            '1.3fr',
          ),
        ]
      : []),
    '1fr',
    'auto',
    '1fr',
    ...(differs
      ? [
          room(
            rows.map(({ difference }) => difference),
            '0.8fr',
          ),
        ]
      : []),
    'auto',
  ];
  // The left side stands next to its relation.
  const aligned = [
    ...(placed ? ['left'] : []),
    'right',
    'center',
    'left',
    ...(differs ? ['left'] : []),
    'left',
  ];
  const cells = rows.map(({ place, left, relation, right, difference, truth }) =>
    [
      ...(placed ? [breakable(place)] : []),
      breakable(left),
      typstText(relation),
      breakable(right),
      ...(differs ? [breakable(difference)] : []),
      TRUTH[truth],
    ]
      .map((cell) => `[${cell}]`)
      .join(', '),
  );
  return `#numbers((${columns.join(', ')}), (${aligned.join(', ')}), head(${head.map((each) => `[${each}]`).join(', ')}), ${cells.join(', ')})`;
}

function matrix(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return 'empty\n';
  const wide = columns > 10 || rows.some((row) => row.join('  ').length > 80);
  if (wide) return rows.map((row) => `#small[(${row.map(breakable).join(', ')})]\n`).join('\n');
  const entry = (value: string): string => typstString(value);
  const body = rows.map((row) => row.map(entry).join(', ')).join('; ');
  const said = rows.map((row) => row.join(', ')).join('; ');
  return `#fit(lines(${typstSaid(`matrix with rows ${said}`)}, $ mat(${body}) $))`;
}

/**
 * A picture of ours, with the fonts of the page: another might be on one machine and not on the next. They are a little
 * wider than those that it was laid out for.
 */
function pictureSource(svg: string): string {
  const named = svg
    .replace(/font-family="[^"]*"/g, 'font-family="New Computer Modern"')
    .replace(/font-family:[^;}"]*/g, 'font-family:New Computer Modern')
    .replace(/font-size="([\d.]+)"/g, (_, size: string) => `font-size="${(0.93 * Number(size)).toFixed(2)}"`);
  return typstLiteral(named);
}
