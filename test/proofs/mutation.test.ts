/**
 * Mutation of every proof and part: about 7,000 mutants. A run tests a sample of them, the same in every run; with
 * EVERYMIN_MUTANTS=all it tests all.
 */
import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { KINDS, type Kind, type Mutant, mutation, nameOf } from './mutants.ts';
import { SURVIVORS } from './survivors.ts';

const ALL = process.env.EVERYMIN_MUTANTS === 'all';
/** Of each kind, from each script; besides, the listed survivors, and every hypothesis of a result. */
const SAMPLE = 3;

const library = new Library();
const ids = [...library.partIds, ...library.ids];
const expected = new Set(SURVIVORS.flatMap(([, names]) => names));
const tried = new Map<Kind, number>();
const known = new Set<string>();

/** Every mutant, or for each kind a few that are spread over the script. */
function chosen(mutants: readonly Mutant[]): readonly Mutant[] {
  if (ALL) return mutants;
  return KINDS.flatMap((kind) => {
    const all = mutants.filter((mutant) => mutant.kind === kind);
    if (kind === 'without hypothesis' && library.ids.includes(mutants[0]!.proof)) return all;
    const stride = Math.max(1, Math.floor(all.length / SAMPLE));
    return all.filter((mutant, n) => n % stride === stride >> 1 || expected.has(nameOf(mutant)));
  });
}

describe('a changed script is refused', () => {
  it.each(ids)('%s', { timeout: 300_000 }, (id) => {
    const { mutants, survivors } = mutation(library, id);
    for (const mutant of mutants) known.add(nameOf(mutant));
    const list = chosen(mutants);
    for (const { kind } of list) tried.set(kind, (tried.get(kind) ?? 0) + 1);
    expect(list.length).toBeGreaterThan(10);
    const names = survivors(list).map(nameOf).sort();
    expect(names).toEqual(
      list
        .map(nameOf)
        .filter((name) => expected.has(name))
        .sort(),
    );
  });

  it('for every kind of change, in hundreds of places', () => {
    expect(known.size).toBeGreaterThan(6000);
    for (const name of expected) expect(known, name).toContain(name);
    expect([...tried.keys()].sort()).toEqual([...KINDS].sort());
    for (const [kind, count] of tried) expect(count, kind).toBeGreaterThan(30);
    expect([...tried.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(500);
  });

  it('each survivor is listed once, with the reason why it is still a proof', () => {
    const names = SURVIVORS.flatMap(([, list]) => list);
    expect(new Set(names).size).toBe(names.length);
    for (const [why] of SURVIVORS) expect(why).toMatch(/\S{3}/);
  });
});
