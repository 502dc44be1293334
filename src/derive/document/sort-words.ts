import type { Sort } from '../../kernel/term.ts';

/** The sizes of the paper, by how they are printed, and what an index of that size is. */
const INDICES: readonly (readonly [size: RegExp, meaning: string])[] = [
  [/^m$/, 'a sample'],
  [/^(dθ|N|Σ_.*)$/u, 'a parameter'],
  [/^(dy|d_\{H \+ 1\})$/, 'an output'],
  [/^(dx|d_0)$/, 'an input'],
  [/^dz$/, 'a residual feature'],
  [/^du$/, 'one of the parameters u'],
  [/^H$/, 'a hidden layer'],
  [/^H \+ 1$/, 'a layer, from 0 to H'],
  [/^r \+ 1$/, 'how far a layer is above layer t, from 0 to r'],
  [/^r$/, 'a hidden layer above another'],
  [/^s[′']*$/u, 'one of the directions in S'],
];

/** What an index of a sort is: a sample, a unit of layer l. undefined for what is no index. */
export function ofSort(sort: Sort, printed: string): string | undefined {
  if (sort.kind !== 'Fin') return undefined;
  const size = /^\{[01]\.\.(.*)\}$/u.exec(printed)?.[1] ?? '';
  const known = INDICES.find(([pattern]) => pattern.test(size))?.[1];
  if (known) return known;
  const layer = /^d_(?:\{(.*)\}|([^{}]+))$/u.exec(size);
  return layer ? `a unit of layer ${layer[1] ?? layer[2]}` : 'an index';
}
