/** The notations that no definition explains: what each looks like, what it says, and which of them a formula uses. */
import {
  call,
  infix,
  type Layout,
  type Mark,
  mark,
  name,
  number,
  parentheses,
  prefix,
  product,
  range,
} from '../../kernel/layout.ts';

export interface NotationEntry {
  readonly sample: Layout;
  /** one sentence, with its letters between backquotes */
  readonly meaning: string;
}

const [a, b, f, i, j, k] = [name('a'), name('b'), name('f'), name('i'), name('j'), name('k')];
const [n, p, u, v, x, y] = [name('n'), name('p'), name('u'), name('v'), name('x'), name('y')];
const [A, B, L, M, P, Q, θ] = [name('A'), name('B'), name('L'), name('M'), name('P'), name('Q'), name('θ')];
const at = (letter: string, ...below: readonly Layout[]): Layout => name(letter, null, below);

/** By kind, in the order of the legend. */
export const NOTATIONS = {
  forall: {
    sample: { kind: 'quantified', binders: [{ mark: 'forall', range: infix(x, 'in', A) }], body: P },
    meaning: '`P` is true for every `x` in `A`',
  },
  exists: {
    sample: { kind: 'quantified', binders: [{ mark: 'exists', range: infix(x, 'in', A) }], body: P },
    meaning: '`P` is true for at least one `x` in `A`',
  },
  and: { sample: infix(P, 'and', Q), meaning: '`P` and `Q` are both true' },
  or: { sample: infix(P, 'or', Q), meaning: '`P` or `Q` is true, or both are' },
  imp: { sample: infix(P, 'imp', Q), meaning: 'if `P` is true, so is `Q`' },
  iff: { sample: infix(P, 'iff', Q), meaning: '`P` is true exactly when `Q` is' },
  not: { sample: prefix('not', P), meaning: '`P` is false' },
  Prop: { sample: mark('Prop'), meaning: 'the statements, each true or false' },
  Nat: { sample: mark('Nat'), meaning: 'the natural numbers 0, 1, 2, …' },
  Real: { sample: mark('Real'), meaning: 'the real numbers' },
  range: {
    sample: range(number('1'), n),
    meaning:
      'the indices of `n` things, none when `n` = 0; they begin with 0 where a formula calculates with the index',
  },
  vectors: { sample: { kind: 'space-of', dimensions: [n] }, meaning: 'the vectors of `n` real numbers' },
  matrices: {
    sample: { kind: 'space-of', dimensions: [p, n] },
    meaning: 'the real matrices with `p` rows and `n` columns',
  },
  interval: {
    sample: { kind: 'interval', open: '[', lower: a, upper: b, close: ')' },
    meaning:
      'the real numbers `x` with `a` ≤ `x` < `b`; a square bracket keeps the end beside it, a parenthesis leaves it out',
  },
  to: { sample: infix(A, 'to', B), meaning: 'the functions that take each element of `A` to one of `B`' },
  dependent: {
    sample: { kind: 'dependent', binder: parentheses(infix(x, 'in', A)), codomain: at('B', x) },
    meaning: 'the functions that take each `x` in `A` to an element of a set that depends on `x`',
  },
  maps: {
    sample: { kind: 'maps', x, body: call(f, [x, y]) },
    meaning: 'the function of `x` that has these values, with `y` held fixed',
  },
  entry: {
    sample: at('M', i, j),
    meaning:
      'the entry of `M` in row `i` and column `j`; with one index the entry of a vector, the row of a matrix, or the member of a family',
  },
  family: {
    sample: name('M', null, [], [k]),
    meaning: 'member `k` of a family that has one for each natural number',
  },
  entries: {
    sample: {
      kind: 'entries',
      body: product(at('u', i), at('v', j)),
      indices: [i, j],
    },
    meaning:
      'the matrix with this entry in row `i` and column `j`, or its transpose where the indices below are in the other order; with one index, the vector with these entries',
  },
  vec: {
    sample: { kind: 'vec', body: M },
    meaning:
      'the entries of the matrix `M` as one vector, row by row; of several matrices, those of one after those of the other',
  },
  pair: {
    sample: { kind: 'pair', parts: [i, j] },
    meaning:
      'as an index of vec(`M`): the place of the entry in row `i` and column `j` of `M`; where vec is of several matrices, the first index is that of the matrix',
  },
  stack: {
    sample: { kind: 'stack', parts: [u, v] },
    meaning: 'the entries of `u`, then those of `v`, as one vector',
  },
  delta: { sample: { kind: 'delta', i, j }, meaning: '1 if `i` = `j`, else 0' },
  iverson: { sample: { kind: 'iverson', left: a, right: b }, meaning: '1 if `a` = `b`, else 0' },
  sum: {
    sample: { kind: 'sum', index: i, lower: number('1'), upper: n, body: at('a', i) },
    meaning: 'the sum of what stands to the right of Σ, for `i` = 1 to `n`; 0 when `n` = 0',
  },
  derivative: {
    sample: { kind: 'derivative', k, f, point: θ },
    meaning: 'the partial derivative of `f` in coordinate `k`, at `θ`',
  },
  differentiable: {
    sample: { kind: 'differentiable', f, point: θ },
    meaning:
      '`f` has a (Fréchet) derivative at `θ`: near `θ` it is linear, up to what is small against the distance from `θ`',
  },
  inf: {
    sample: { kind: 'infimum', which: 'inf', value: call(f, [x]), range: [infix(x, 'in', A)] },
    meaning: 'the greatest lower bound of the values `f`(`x`) with `x` in `A`',
  },
  min: {
    sample: { kind: 'infimum', which: 'min', value: call(f, [x]), range: [infix(x, 'in', A)] },
    meaning: 'the least of the values `f`(`x`) with `x` in `A`: one of them is equal to it',
  },
  'with-data': {
    sample: { kind: 'with-data', body: call(L, [θ]), data: [f] },
    meaning: '`L` for the data in brackets, where these are not those of the statement',
  },
} as const satisfies Readonly<Record<string, NotationEntry>>;

export type NotationKind = keyof typeof NOTATIONS;

/** What is said of a notation; undefined: nobody said. */
export const notationEntry = (kind: string): NotationEntry | undefined =>
  Object.hasOwn(NOTATIONS, kind) ? NOTATIONS[kind as NotationKind] : undefined;

/**
 * The notations of a formula, by kind. What has no notation of its own counts as one, under its name, and so does a layout
 * of a kind that this does not know: a legend refuses both. Linear in the layout.
 */
export function notationsIn(layout: Layout): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: Layout): void => {
    for (const kind of ownNotations(each)) found.add(kind);
    for (const part of partsOf(each)) visit(part);
  };
  visit(layout);
  return found;
}

/** Signs that need no word: of arithmetic, of comparison and membership; and true and false. */
const PLAIN: ReadonlySet<Mark> = new Set<Mark>([
  ...(['eq', 'ne', 'le', 'ge', 'lt', 'gt', 'add', 'sub', 'neg'] as const),
  ...(['in', 'notin', 'true', 'false'] as const),
]);

const ofMark = (sign: Mark): readonly string[] => (PLAIN.has(sign) ? [] : [sign]);

function ownNotations(layout: Layout): readonly string[] {
  switch (layout.kind) {
    case 'name': {
      // The indices of a definition belong to it.
      if (layout.id?.startsWith('d-')) return [];
      return [...(layout.below.length > 0 ? ['entry'] : []), ...(layout.above.length > 0 ? ['family'] : [])];
    }
    case 'mark':
    case 'infix':
    case 'prefix':
      return ofMark(layout.mark);
    case 'quantified':
      return layout.binders.map((binder) => binder.mark);
    case 'indexed':
      return ['entry'];
    case 'infimum':
      return [layout.which];
    case 'space-of':
      return [layout.dimensions.length === 1 ? 'vectors' : 'matrices'];
    case 'operation':
      return [layout.name];
    case 'number':
    case 'sign':
    case 'space':
    case 'words':
    case 'row':
    case 'fence':
    case 'list':
    case 'call':
    case 'product':
    case 'fraction':
    case 'root':
      return [];
    default:
      return [layout.kind];
  }
}

/** Every part of a layout stands in it as a property, in a list, or as the range of a binder. */
function partsOf(layout: Layout): readonly Layout[] {
  const parts: Layout[] = [];
  const add = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const each of value) add(each);
    else parts.push('range' in value && !('kind' in value) ? (value.range as Layout) : (value as Layout));
  };
  for (const value of Object.values(layout)) add(value);
  return parts;
}
