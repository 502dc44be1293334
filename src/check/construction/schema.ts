import { closed, count, flag, list, literal, nothing, or, ref, type Schema, string } from '../json-schema.ts';

const exact = ref('exact');
const entries = list(exact);
const matrix = { name: string, rows: count, cols: count, values: or(entries, nothing) };
const indices = list(count);
const outerProduct = closed({ block: string, left: entries, right: entries });
const onSamples: Schema = { enum: ['equal', 'enclosed', 'not computed', 'differs'] };
const fault = (kind: string, more: Readonly<Record<string, Schema>>): Schema =>
  closed({ kind: literal(kind), layer: count, ...more, detail: string });

/** The schema of `construction` in a report, as definitions. */
export const constructionSchemas: Readonly<Record<string, Schema>> = {
  construction: closed(
    {
      theorem: { enum: ['theorem-3', 'theorem-4'] },
      't?': count,
      epsilon: exact,
      'structure?': list(closed({ layer: count, units: indices })),
      matrices: list(ref('ranked-matrix')),
      sets: list(ref('constructed-set')),
      missing: list(closed({ feature: string, reason: string })),
      forces: list(
        closed({
          name: string,
          rows: count,
          cols: count,
          values: or(list(ref('quantity')), nothing),
          zero: or(flag, nothing),
          tier: ref('tier'),
        }),
      ),
      infimum: or(closed({ value: ref('quantity'), tier: ref('tier'), method: string }), nothing),
      printed: or(list(ref('printed-fault')), nothing),
      'fullRankNearby?': list(string),
      complete: flag,
      detail: string,
    },
    { description: 'what the proof constructs on this instance: finite sets S ⊆ V[θ, ε] and what they span' },
  ),
  'named-matrix': closed(matrix, { description: 'row-major; values are null where they are too long' }),
  'ranked-matrix': closed({ ...matrix, rank: count, certificate: or(ref('rank-certificate'), nothing) }),
  'rank-certificate': closed(
    {
      lower: closed({ prime: { type: 'integer', minimum: 2 }, pivotRows: indices, pivotCols: indices }),
      upper: or(
        closed({ kind: literal('shape') }),
        closed({ kind: { enum: ['left', 'right'] }, free: indices, vectors: list(entries) }),
      ),
    },
    { description: 'a minor that is not 0 modulo the prime, and null vectors against a larger rank' },
  ),
  'outer-product': outerProduct,
  'constructed-set': closed({
    feature: string,
    columns: count,
    kind: { enum: ['right-inverse', 'null-vectors'] },
    base: list(ref('outer-product')),
    step: or(closed({ block: string, left: entries }), nothing),
    product: string,
    rightInverse: ref('named-matrix'),
    moved: string,
    chain: list(closed({ layer: count, vector: entries })),
    row: or(entries, nothing),
    scale: or(exact, nothing),
    normSquared: closed({ base: exact, others: or(exact, nothing) }),
    checks: closed({
      norm: flag,
      unchanged: flag,
      unchangedOnSamples: onSamples,
      spans: flag,
      spansOnSamples: onSamples,
    }),
  }),
  'printed-fault': or(
    fault('norm', { perturbed: count }),
    fault('leaves-fibre', {
      vector: list(ref('outer-product')),
      sample: count,
      output: count,
      before: exact,
      after: exact,
    }),
    fault('rank', { printed: count, actual: count }),
  ),
};
