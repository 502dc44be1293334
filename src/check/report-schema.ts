import { constructionSchemas } from './construction/schema.ts';
import { closed, count, list, nothing, number, or, record, ref, type Schema, string } from './json-schema.ts';
import { ROBUST, TIERS } from './report.ts';

const STATUSES = ['holds', 'fails', 'undecided'];
const VERDICTS = ['holds', 'not-applicable', 'undecided', 'contradiction'];
const RESULTS = ['lemma-2', 'lemma-3', 'theorem-1', 'theorem-2', 'theorem-3', 'theorem-4'];
const OBLIGATIONS = [
  'assumption-1',
  'assumption-2',
  'loss-differentiable',
  'differentiable',
  'differentiable-nearby',
  'critical',
  'local-minimum',
  'dimensions',
  'locally-linear',
  'conclusion',
];

const status = (value: string): Schema => ({ properties: { status: { const: value } } });

/** When the verdict is `verdict`, the obligations satisfy `obligations`. */
const whenVerdict = (verdict: string, obligations: Schema): Schema => ({
  if: { properties: { verdict: { const: verdict } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { obligations } },
});

/**
 * JSON Schema (draft 2020-12) of one report, schema/report.schema.json. Beyond shapes it demands what makes a report
 * honest: `holds` has no obligation that does not hold, and `fails` carries a witness.
 */
export function reportSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:everymin:report:1',
    title: 'everymin report',
    description:
      'What `everymin check --format json` prints for one file; several files give an array of these.',
    ...closed({
      everymin: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+', description: 'the version that wrote it' },
      seed: count,
      backend: closed({ name: string, precision: string }),
      instance: closed({
        name: string,
        file: or(string, nothing),
        sha256: or({ type: 'string', pattern: '^[0-9a-f]{64}$' }, nothing),
        m: { ...count, description: 'samples' },
        dx: count,
        dy: count,
        parameters: { ...count, description: 'trainable numbers' },
        model: string,
        loss: string,
      }),
      'timedOut?': { type: 'boolean', description: 'the time limit passed: what it left open is undecided' },
      'resources?': closed(
        {
          seconds: {
            ...record({ type: 'number', minimum: 0 }),
            description: 'by stage; inner stages are not counted in outer ones',
          },
          'peakMemory?': { ...count, description: 'largest resident memory of the process so far, in bytes' },
        },
        { description: 'what the check cost' },
      ),
      results: list(ref('result')),
    }),
    $defs: {
      tier: { enum: TIERS, description: 'strength of the evidence, strongest first' },
      exact: { type: 'string', pattern: '^-?\\d+(/[1-9]\\d*)?$', description: 'p/q' },
      quantity: or(
        closed({ exact: ref('exact') }),
        closed({ lower: number, upper: number }, { description: 'a rigorous enclosure' }),
        closed({ upper: number }),
        closed({ lower: number }),
        closed({ approx: number, residual: { type: 'number', minimum: 0 } }),
      ),
      obligation: closed(
        {
          id: { enum: OBLIGATIONS },
          status: { enum: STATUSES },
          tier: ref('tier'),
          detail: { type: 'string', minLength: 1, description: 'one sentence: why' },
          'figures?': record(or(ref('quantity'), string, number)),
          witness: { description: 'data that replay a failure; null otherwise' },
          'certificate?': { description: 'data that a separate checker verifies again' },
          'strict?': { type: 'boolean', description: 'a local minimum with no other point near it as low' },
          seconds: { type: 'number', minimum: 0 },
        },
        {
          if: status('fails'),
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { properties: { witness: { not: nothing } } },
        },
      ),
      ...constructionSchemas,
      robust: closed({
        id: { enum: ROBUST },
        formula: string,
        bound: or(ref('quantity'), nothing),
        tier: ref('tier'),
        constants: record(ref('quantity')),
        detail: string,
      }),
      margin: closed(
        {
          of: { enum: OBLIGATIONS },
          name: { type: 'string', minLength: 1 },
          value: ref('quantity'),
          tier: ref('tier'),
          detail: string,
        },
        { description: 'how far a hypothesis is from being lost, or what would make the statement useful' },
      ),
      result: closed(
        {
          result: { enum: RESULTS },
          't?': { ...count, description: 'Theorem 4: the layer from which the network is locally linear' },
          verdict: { enum: VERDICTS },
          tier: ref('tier'),
          'left?': ref('quantity'),
          'right?': ref('quantity'),
          'attained?': or({ type: 'boolean' }, nothing),
          'gap?': closed({ 'lower?': number, upper: number, bound: or(number, nothing) }),
          'sidesAt?': {
            const: 'enclosed',
            description: 'both sides are those at the enclosed critical point θ*, not at the given θ',
          },
          'robust?': list(ref('robust')),
          'margins?': list(ref('margin')),
          'epsilon?': ref('exact'),
          'span?': closed(
            {
              'tier?': ref('tier'),
              tangent: count,
              perturbed: count,
              atMost: count,
              exhaustive: { type: 'boolean' },
              'bound?': { ...string, description: 'why no more than atMost' },
              'constantRank?': {
                ...string,
                description: 'why the rank of J is constant near θ where f is differentiable there',
              },
              'generators?': list(
                closed({ kind: string, tried: count, members: count, chosen: count, gained: count }),
                { description: 'where S was looked for, and what each kind of generator gave' },
              ),
            },
            { description: 'dimensions of range J(θ) and of what S ⊆ V[θ, ε] spans, and an upper bound' },
          ),
          'largestEpsilon?': or(number, { const: 'unbounded' }, nothing),
          'construction?': or(ref('construction'), closed({ omitted: string })),
          'basis?': closed(
            { dimension: count, of: count, tier: ref('tier'), detail: string },
            { description: 'dim range J(θ), the dimension of the gradient basis, among m·dy' },
          ),
          obligations: list(ref('obligation'), { minItems: 1 }),
          meaning: string,
        },
        {
          allOf: [
            whenVerdict('holds', list(status('holds'))),
            whenVerdict('not-applicable', { contains: status('fails') }),
            whenVerdict('undecided', { contains: status('undecided') }),
            whenVerdict('contradiction', {
              contains: { properties: { id: { const: 'conclusion' }, status: { const: 'fails' } } },
            }),
          ],
        },
      ),
    },
  };
}
