/**
 * Which lines of the proofs each erratum of theorems/errata.ts concerns: "script:step", or "script:hypothesis" with a
 * hypothesis of its statement, `*` for every script that has one of that id.
 */
const places: Readonly<Record<string, readonly string[]>> = {
  'erratum-1': ['network-outside:T4.1w', 'network-decomposition:T4.2q'],
  'erratum-2': ['theorem-4:coordinatewise', 'network-outside:T4.1n'],
  'erratum-3': ['network-null-step:T4.8d3', 'network-null-step:T4.8i'],
  'erratum-4a': ['network-span:T4.I20'],
  'erratum-4b': ['network-null-step:T4.12e'],
  'erratum-4c': ['network-null-step:T4.12a'],
  'erratum-5a': ['theorem-4:T4.d6'],
  'erratum-5b': ['theorem-4:T4.d7'],
  'erratum-5c': ['theorem-4:T4.d29'],
  'erratum-5d': ['theorem-4:T4.17'],
  'erratum-5e': ['deep-linear:P2.38'],
  'erratum-5f': ['proposition-1:P1.16'],
  'erratum-5g': ['lemma-1:L1.5'],
  'erratum-5h': ['theorem-2:T2.7a'],
  'erratum-6': ['theorem-3:dimensions', 'theorem-3:T3.10a', 'theorem-3:T3.10b'],
  'erratum-8': ['theorem-3:T3.12a'],
  'erratum-9': ['*:differentiable-nearby'],
  'erratum-10': ['theorem-1:T1.9'],
  'erratum-11': ['lemma-1:L1.7', 'perturbed-sum:E.2'],
  'erratum-12': ['theorem-3:T3.7c', 'network-null-step:T4.12h'],
  'erratum-13': ['example-2:E2.3b'],
  'erratum-14a': ['example-3:E3.2d'],
  'erratum-14b': ['example-3:E3.1'],
  'erratum-14c': ['theorem-2:T2.3a'],
  'erratum-18': ['*:assumption-1'],
};

export const errataPlaces: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(places));

/** The errata that concern a step or a hypothesis of a script, by id. */
export function errataAt(script: string, id: string): readonly string[] {
  return [...errataPlaces].flatMap(([erratum, at]) =>
    at.includes(`${script}:${id}`) || at.includes(`*:${id}`) ? [erratum] : [],
  );
}
