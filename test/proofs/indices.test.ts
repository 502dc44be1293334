import { describe, expect, test } from 'vitest';
import { Library, scripts } from '../../proofs/index.ts';
import { codomainAt, freeVariables, type Sort, variable } from '../../src/kernel/term.ts';

function mayBeEmpty(sort: Sort): boolean {
  if (sort.kind === 'Fin') {
    const n = sort.dimension!;
    return n.kind !== 'number' || n.value!.isZero;
  }
  return sort.kind === 'Pi' && mayBeEmpty(codomainAt(sort, variable('argument', sort.domain!)));
}

describe('what a theorem relied on', () => {
  const library = new Library();
  const theorems = [...scripts.map(({ result }) => result.id), ...library.partIds].flatMap((id) =>
    library.prove(id).steps.map(({ theorem }) => theorem),
  );

  test('includes every variable of its hypotheses and its conclusion whose sort may be empty', () => {
    let found = 0;
    for (const { conclusion, hypotheses, indices } of theorems) {
      const relied = new Set(indices.map(({ id }) => id));
      for (const term of [conclusion, ...hypotheses]) {
        for (const x of freeVariables(term)) {
          if (!mayBeEmpty(x.sort)) continue;
          found++;
          if (!relied.has(x.id)) expect.fail(`${x} : ${x.sort} is free in ${term} and was forgotten`);
        }
      }
    }
    expect(found).toBeGreaterThan(100);
  });
});
