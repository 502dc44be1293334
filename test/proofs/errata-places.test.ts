import { describe, expect, it } from 'vitest';
import { errataAt, errataPlaces } from '../../proofs/errata-places.ts';
import { prove, scripts } from '../../proofs/index.ts';
import { errata } from '../../theorems/errata.ts';
import { resultById } from '../../theorems/index.ts';

const proofs = scripts.map(({ result }) => prove(result.id));
const all = [...proofs, ...proofs.flatMap(({ parts }) => parts)];
const linesOf = (script: string): ReadonlySet<string> => {
  const found = all.filter(({ id }) => script === '*' || id === script);
  return new Set(
    found.flatMap(({ statement, steps }) =>
      [...statement.setting, ...statement.hypotheses, ...(script === '*' ? [] : steps)].map(({ id }) => id),
    ),
  );
};

describe('the lines that errata concern', () => {
  it('are given for every erratum, and for no other id', () => {
    expect([...errataPlaces.keys()].sort()).toEqual(errata.map(({ id }) => id).sort());
  });
  it.each([...errataPlaces])('%s: each is there', (_, places) => {
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) {
      const [script, line] = place.split(':') as [string, string];
      expect(linesOf(script), place).toContain(line);
    }
  });
  it.each(errata)('$id: a line of the proof of its result, or of a hypothesis of it', ({ id, result }) => {
    const proof = proofs.find((each) => each.id === result);
    const scriptIds = proof ? [proof.id, ...proof.parts.map((part) => part.id)] : [];
    const scripts = errataPlaces.get(id)!.map((place) => place.split(':')[0]!);
    // An assumption has no proof: its errata stand at the hypothesis wherever it is one.
    if (resultById(result)!.kind === 'assumption') expect(scripts).toEqual(['*']);
    else if (id === 'erratum-5e') expect(scripts).toEqual(['deep-linear']);
    else expect(scripts.some((script) => scriptIds.includes(script))).toBe(true);
  });
  it('are found from the line', () => {
    expect(errataAt('theorem-4', 'coordinatewise')).toEqual(['erratum-2']);
    expect(errataAt('theorem-2', 'assumption-1')).toEqual(['erratum-18']);
    expect(errataAt('theorem-1', 'T1.4')).toEqual([]);
  });
});
