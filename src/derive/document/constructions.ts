/** The matrices, sets and vectors that the proofs of Theorems 3 and 4 construct, on an instance. */
import type {
  ConstructedSet,
  Construction,
  NamedMatrix,
  NoConstruction,
  OnSamples,
} from '../../check/construction/types.ts';
import type { Status } from '../../check/report.ts';
import { quantityText } from '../report/quantity.ts';
import { symbol } from './formulas.ts';
import type { ConstructionBlock, Formula } from './model.ts';
import { prose } from './prose.ts';
import { entryText } from './values.ts';

const MOST_ROWS = 12;
const MOST_COLUMNS = 12;

export function constructionBlocks(found: Construction | NoConstruction): readonly ConstructionBlock[] {
  if ('omitted' in found) return [];
  return [
    ...(found.structure ?? []).map(
      ({ layer, units }): ConstructionBlock => ({
        name: symbol('J', [], [String(layer)]),
        meaning: prose(`units of layer ${layer} that are linear near θ, counted from 1`),
        shape: `${units.length} ${units.length === 1 ? 'unit' : 'units'}`,
        rows: [cutRow(units.map((unit) => String(unit + 1)))],
        checks: [],
      }),
    ),
    ...found.matrices.map(
      (matrix): ConstructionBlock => ({
        name: nameOf(matrix.name),
        meaning: prose(`rank ${matrix.rank}`),
        ...matrixBody(matrix),
        checks: [
          {
            text: `rank ${matrix.rank}${matrix.certificate ? ', with a minor and null vectors that prove it' : ''}`,
            status: 'holds',
            tier: 'exact',
          },
        ],
      }),
    ),
    ...found.sets.flatMap(setBlocks),
    ...found.forces.map(
      ({ name, rows, cols, values, zero, tier }): ConstructionBlock => ({
        name: nameOf(name),
        meaning: prose('the forces on these features: they are optimal exactly when all of these are 0'),
        shape: `${rows} × ${cols}`,
        rows: values ? cutRows(values.map(quantityText), cols) : null,
        checks: [{ text: 'is 0', status: zero === null ? 'undecided' : zero ? 'holds' : 'fails', tier }],
      }),
    ),
  ];
}

function setBlocks(set: ConstructedSet): readonly ConstructionBlock[] {
  const { feature, kind, base, step, rightInverse, product, row, scale, normSquared, checks, chain } = set;
  const count = step ? set.columns + 1 : 1;
  const vector = (left: readonly string[], right: readonly string[]) =>
    `(${left.map(entryText).join(', ')})(${right.map(entryText).join(', ')})ᵀ`;
  const products = base.map(({ block, left, right }) => [`${block}:`, vector(left, right)]);
  const steps = step
    ? [[`${step.block}:`, `(${step.left.map(entryText).join(', ')}) e_cᵀ, c = 1..${set.columns}`]]
    : [];
  const listed = [...products, ...steps];
  const blocks: ConstructionBlock[] = [
    {
      name: symbol('S'),
      meaning: prose(
        kind === 'right-inverse'
          ? `for the features ${feature}: ${product} has full row rank, and S = {0} is enough`
          : `for the features ${feature}: S_0${step ? ' and S_c = S_0 + the step in column c' : ''}, by null vectors`,
      ),
      shape: `${count} ${count === 1 ? 'vector' : 'vectors'}`,
      rows: listed.length === 0 ? [['0']] : listed,
      checks: [
        {
          text: `‖v‖ ≤ 1: ‖v‖² is ${[normSquared.base, ...(normSquared.others === null ? [] : [normSquared.others])].map(entryText).join(' and ')}`,
          status: truth(checks.norm),
          tier: 'exact',
        },
        { text: 'no prediction changes, for every x', status: truth(checks.unchanged), tier: 'exact' },
        onSamples('no prediction changes on the samples', checks.unchangedOnSamples),
        {
          text: `the derivatives span every multiple of ${feature}`,
          status: truth(checks.spans),
          tier: 'exact',
        },
        onSamples('so they do on the samples', checks.spansOnSamples),
      ],
    },
    {
      name: symbol('X'),
      meaning: prose(`the right inverse: ${product} X = I`),
      ...matrixBody(rightInverse),
      checks: [],
    },
  ];
  for (const { layer, vector: entries } of chain) {
    blocks.push({
      name: symbol('a', [String(layer)]),
      meaning: prose(`the null vector of layer ${layer}`),
      shape: String(entries.length),
      rows: [cutRow(entries.map(entryText))],
      checks: [],
    });
  }
  if (row !== null && scale !== null) {
    blocks.push({
      name: symbol('u'),
      meaning: prose(`the row that picks the features out, divided by ε‖v‖² = ${entryText(scale)}`),
      shape: String(row.length),
      rows: [cutRow(row.map(entryText))],
      checks: [],
    });
  }
  return blocks;
}

const truth = (value: boolean): Status => (value ? 'holds' : 'fails');

function onSamples(text: string, outcome: OnSamples): ConstructionBlock['checks'][number] {
  const status: Status = outcome === 'differs' ? 'fails' : outcome === 'not computed' ? 'undecided' : 'holds';
  return { text: `${text} (${outcome})`, status, tier: outcome === 'enclosed' ? 'certified' : 'exact' };
}

function matrixBody({ rows, cols, values }: NamedMatrix): Pick<ConstructionBlock, 'shape' | 'rows'> {
  return { shape: `${rows} × ${cols}`, rows: values ? cutRows(values.map(entryText), cols) : null };
}

function cutRows(entries: readonly string[], cols: number): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  for (let at = 0; at < entries.length && rows.length < MOST_ROWS; at += cols) {
    rows.push(cutRow(entries.slice(at, at + cols)));
  }
  return entries.length > MOST_ROWS * cols ? [...rows, ['⋮']] : rows;
}

const cutRow = (entries: readonly string[]): readonly string[] =>
  entries.length > MOST_COLUMNS ? [...entries.slice(0, MOST_COLUMNS), '…'] : entries;

/** P_3, W^(2), G_X: a letter with an index. */
function nameOf(name: string): Formula {
  const parts = /^([^_^]+)(?:_\{?([^{}]+)\}?)?(?:\^\(([^()]+)\))?$/u.exec(name);
  if (!parts) return symbol(name);
  return symbol(parts[1]!, parts[2] ? [parts[2]] : [], parts[3] ? [parts[3]] : []);
}
