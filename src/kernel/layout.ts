/**
 * A formula as it stands on the page, in no output language yet (untrusted).
 *
 * `compose.ts` lays a term out once; each style writes the layout down. So every language says the same, with the same
 * names, and none is made from another.
 */
export type Layout =
  /** a name with indices below and above it; `id` is that of a symbol that a legend explains */
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly id: string | null;
      readonly below: readonly Layout[];
      readonly above: readonly Layout[];
    }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** a sign of a notation: ⊆, ‖, a comma */
  | { readonly kind: 'sign'; readonly sign: string; readonly id: string | null }
  /** between two parts of a notation; `thin` where they are factors */
  | { readonly kind: 'space'; readonly thin: boolean }
  | { readonly kind: 'words'; readonly text: string; readonly id: string | null }
  | { readonly kind: 'row'; readonly parts: readonly Layout[] }
  /** indices after something that is already complete: f(θ)_c */
  | { readonly kind: 'indexed'; readonly body: Layout; readonly below: readonly Layout[] }
  | {
      readonly kind: 'fence';
      readonly open: string;
      readonly close: string;
      readonly body: Layout;
      readonly id?: string | null;
    }
  | { readonly kind: 'list'; readonly parts: readonly Layout[]; readonly separator: ',' | ';' }
  | { readonly kind: 'call'; readonly head: Layout; readonly args: readonly Layout[] }
  | { readonly kind: 'infix'; readonly left: Layout; readonly mark: Mark; readonly right: Layout }
  | { readonly kind: 'prefix'; readonly mark: Mark; readonly body: Layout }
  | { readonly kind: 'product'; readonly left: Layout; readonly right: Layout }
  /** `wrap`: what needs parentheses where the fraction is written with a slash */
  | {
      readonly kind: 'fraction';
      readonly numerator: Layout;
      readonly denominator: Layout;
      readonly wrap: readonly [numerator: boolean, denominator: boolean];
    }
  | {
      readonly kind: 'sum';
      readonly index: Layout;
      readonly lower: Layout;
      readonly upper: Layout;
      readonly body: Layout;
    }
  /** ∀x ∈ A ∃y ∈ B. body */
  | { readonly kind: 'quantified'; readonly binders: readonly Binder[]; readonly body: Layout }
  /** ∂_k f(point) */
  | { readonly kind: 'derivative'; readonly k: Layout; readonly f: Layout; readonly point: Layout }
  | { readonly kind: 'root'; readonly body: Layout }
  /** δ_{ij} */
  | { readonly kind: 'delta'; readonly i: Layout; readonly j: Layout }
  /** [left = right]: 1 where it is so, else 0 */
  | { readonly kind: 'iverson'; readonly left: Layout; readonly right: Layout }
  /** (m_{ij})_{ij}: what has these entries */
  | { readonly kind: 'entries'; readonly body: Layout; readonly indices: readonly Layout[] }
  /** vec(M): the entries of a matrix, or of several, in one column */
  | { readonly kind: 'vec'; readonly body: Layout }
  /** (i, j): the index in vec(M) of an entry of M */
  | { readonly kind: 'pair'; readonly parts: readonly Layout[] }
  /** [u; v; w], as one column */
  | { readonly kind: 'stack'; readonly parts: readonly Layout[] }
  | { readonly kind: 'differentiable'; readonly f: Layout; readonly point: Layout }
  /** x ↦ body */
  | { readonly kind: 'maps'; readonly x: Layout; readonly body: Layout }
  /** inf { value : range } */
  | {
      readonly kind: 'infimum';
      readonly which: 'inf' | 'min';
      readonly value: Layout;
      readonly range: readonly Layout[];
    }
  /** {from, …, to} */
  | { readonly kind: 'range'; readonly from: Layout; readonly to: Layout }
  /** the numbers between two; a parenthesis leaves its end out */
  | {
      readonly kind: 'interval';
      readonly open: '(' | '[';
      readonly lower: Layout;
      readonly upper: Layout;
      readonly close: ')' | ']';
    }
  /** (x ∈ A) → B, where B depends on x */
  | { readonly kind: 'dependent'; readonly binder: Layout; readonly codomain: Layout }
  /** a definition, with the data that its notation leaves out elsewhere */
  | { readonly kind: 'with-data'; readonly body: Layout; readonly data: readonly Layout[] }
  /** an operation that has no notation of its own */
  | { readonly kind: 'operation'; readonly name: string; readonly args: readonly Layout[] }
  /** ℝⁿ, and ℝ^{rows × columns} */
  | { readonly kind: 'space-of'; readonly dimensions: readonly Layout[] };

export interface Binder {
  readonly mark: 'forall' | 'exists';
  readonly range: Layout;
}

export type Mark =
  | 'and'
  | 'or'
  | 'imp'
  | 'iff'
  | 'not'
  | 'eq'
  | 'ne'
  | 'le'
  | 'ge'
  | 'lt'
  | 'gt'
  | 'add'
  | 'sub'
  | 'neg'
  | 'forall'
  | 'exists'
  | 'in'
  | 'notin'
  | 'to'
  | 'true'
  | 'false'
  | 'Nat'
  | 'Real'
  | 'Prop';

export const name = (
  called: string,
  id: string | null = null,
  below: readonly Layout[] = [],
  above: readonly Layout[] = [],
): Layout => ({ kind: 'name', name: called, id, below, above });
export const number = (value: string): Layout => ({ kind: 'number', value });
export const mark = (which: Mark): Layout => ({ kind: 'mark', mark: which });
export const row = (...parts: readonly Layout[]): Layout => ({ kind: 'row', parts });
export const indexed = (body: Layout, below: readonly Layout[]): Layout =>
  below.length === 0 ? body : { kind: 'indexed', body, below };
export const fence = (open: string, body: Layout, close: string): Layout => ({
  kind: 'fence',
  open,
  close,
  body,
});
export const parentheses = (body: Layout): Layout => fence('(', body, ')');
export const brackets = (body: Layout): Layout => fence('[', body, ']');
export const list = (parts: readonly Layout[], separator: ',' | ';' = ','): Layout =>
  parts.length === 1 ? parts[0]! : { kind: 'list', parts, separator };
/** The same, but indices of a name that has only such are listed with its own: f_{u, i}. */
export const withIndices = (body: Layout, below: readonly Layout[]): Layout =>
  body.kind === 'name'
    ? { ...body, below: body.below.length === 0 ? below : [list([...body.below, ...below])] }
    : indexed(body, below);
export const call = (head: Layout, args: readonly Layout[]): Layout => ({ kind: 'call', head, args });
export const infix = (left: Layout, which: Mark, right: Layout): Layout => ({
  kind: 'infix',
  left,
  mark: which,
  right,
});
export const prefix = (which: Mark, body: Layout): Layout => ({ kind: 'prefix', mark: which, body });
export const product = (left: Layout, right: Layout): Layout => ({ kind: 'product', left, right });
export const range = (from: Layout, to: Layout): Layout => ({ kind: 'range', from, to });
