/** The marks of one output language, and what walks a layout. `compose.ts` decides what is written; a style how. */
import type { Layout, Mark } from './layout.ts';
import { notationId } from './symbol-id.ts';

export type { Mark } from './layout.ts';

export interface Style {
  readonly language: 'text' | 'latex' | 'typst' | 'mathml';
  /** a name with indices below and above it; `id` is that of a symbol that a legend explains */
  symbol(name: string, below: readonly string[], above: readonly string[], id?: string | null): string;
  /** indices after something that is already complete: f(θ)_c */
  indexed(body: string, below: readonly string[]): string;
  fence(open: string, body: string, close: string, id?: string | null): string;
  list(parts: readonly string[], separator: ',' | ';'): string;
  row(parts: readonly string[]): string;
  /** a sign of a notation */
  sign(sign: string, id: string | null): string;
  /** between two parts of a notation; `thin` between factors */
  space(thin: boolean): string;
  call(head: string, args: readonly string[]): string;
  infix(left: string, mark: Mark, right: string): string;
  prefix(mark: Mark, body: string): string;
  product(left: string, right: string): string;
  /** `wrap`: what needs parentheses where the fraction is written with a slash */
  fraction(numerator: string, denominator: string, wrap: readonly [boolean, boolean]): string;
  number(value: string): string;
  sum(index: string, lower: string, upper: string, body: string, id: string): string;
  quantified(binders: readonly { readonly mark: Mark; readonly range: string }[], body: string): string;
  /** ∂_k of a function at a point */
  derivative(k: string, f: string, point: string, id: string): string;
  root(body: string): string;
  delta(i: string, j: string, id: string): string;
  /** x ↦ body */
  maps(x: string, body: string): string;
  words(text: string, id?: string | null): string;
  /** inf over `range` of `value`, or over a set when the range is not only variables */
  infimum(which: 'inf' | 'min', value: string, range: readonly string[]): string;
  mark(mark: Mark): string;
  range(from: string, to: string): string;
  /** ℝⁿ, and ℝ^{p×n} */
  spaceOf(dimensions: readonly string[]): string;
}

/** The layout in the language of the style. Linear in its size. What is a notation carries its id in the legend. */
export function write(style: Style, layout: Layout): string {
  const of = (each: Layout): string => write(style, each);
  const listed = (parts: readonly Layout[], separator: ',' | ';' = ','): string =>
    parts.length === 1 ? of(parts[0]!) : style.list(parts.map(of), separator);
  switch (layout.kind) {
    case 'name':
      return style.symbol(layout.name, layout.below.map(of), layout.above.map(of), layout.id);
    case 'number':
      return style.number(layout.value);
    case 'mark':
      return style.mark(layout.mark);
    case 'sign':
      return style.sign(layout.sign, layout.id);
    case 'space':
      return style.space(layout.thin);
    case 'words':
      return style.words(layout.text, layout.id);
    case 'row':
      return style.row(layout.parts.map(of));
    case 'indexed':
      return style.indexed(of(layout.body), layout.below.map(of));
    case 'fence':
      return style.fence(layout.open, of(layout.body), layout.close, layout.id);
    case 'list':
      return style.list(layout.parts.map(of), layout.separator);
    case 'call':
      return style.call(of(layout.head), layout.args.map(of));
    case 'infix':
      return style.infix(of(layout.left), layout.mark, of(layout.right));
    case 'prefix':
      return style.prefix(layout.mark, of(layout.body));
    case 'product':
      return style.product(of(layout.left), of(layout.right));
    case 'fraction':
      return style.fraction(of(layout.numerator), of(layout.denominator), layout.wrap);
    case 'sum':
      return style.sum(
        of(layout.index),
        of(layout.lower),
        of(layout.upper),
        of(layout.body),
        notationId(layout.kind),
      );
    case 'quantified':
      return style.quantified(
        layout.binders.map(({ mark, range }) => ({ mark, range: of(range) })),
        of(layout.body),
      );
    case 'derivative':
      return style.derivative(of(layout.k), of(layout.f), of(layout.point), notationId(layout.kind));
    case 'root':
      return style.root(of(layout.body));
    case 'delta':
      return style.delta(of(layout.i), of(layout.j), notationId(layout.kind));
    case 'iverson': {
      const equation = style.infix(of(layout.left), 'eq', of(layout.right));
      return style.fence('[', equation, ']', notationId(layout.kind));
    }
    case 'entries':
      return style.indexed(
        style.fence('(', of(layout.body), ')', notationId(layout.kind)),
        layout.indices.map(of),
      );
    case 'vec':
      return style.call(style.words('vec', notationId(layout.kind)), [of(layout.body)]);
    case 'pair':
      return style.fence('(', listed(layout.parts), ')', notationId(layout.kind));
    case 'stack':
      return style.fence('[', listed(layout.parts, ';'), ']', notationId(layout.kind));
    case 'differentiable':
      return style.row([of(layout.f), style.words(' is differentiable at '), of(layout.point)]);
    case 'interval':
      return style.fence(layout.open, listed([layout.lower, layout.upper]), layout.close);
    case 'dependent':
      return style.infix(of(layout.binder), 'to', of(layout.codomain));
    case 'with-data':
      return style.row([of(layout.body), style.fence('[', listed(layout.data), ']')]);
    case 'operation': {
      const head = style.words(layout.name);
      return layout.args.length === 0 ? head : style.call(head, layout.args.map(of));
    }
    case 'maps':
      return style.maps(of(layout.x), of(layout.body));
    case 'infimum':
      return style.infimum(layout.which, of(layout.value), layout.range.map(of));
    case 'range':
      return style.range(of(layout.from), of(layout.to));
    case 'space-of':
      return style.spaceOf(layout.dimensions.map(of));
  }
}

/** Marks in languages that write them by Unicode. */
export const UNICODE_MARKS: Readonly<Record<Mark, string>> = {
  and: '∧',
  or: '∨',
  imp: '⇒',
  iff: '⇔',
  not: '¬',
  eq: '=',
  ne: '≠',
  le: '≤',
  ge: '≥',
  lt: '<',
  gt: '>',
  add: '+',
  sub: '−',
  neg: '−',
  forall: '∀',
  exists: '∃',
  in: '∈',
  notin: '∉',
  to: '→',
  true: 'true',
  false: 'false',
  Nat: 'ℕ',
  Real: 'ℝ',
  Prop: 'Prop',
};
