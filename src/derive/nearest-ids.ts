import { results } from '../../theorems/index.ts';

/** The ids of results nearest to a misspelt one by edit distance: those at the least distance, none that is far. */
export function nearestIds(id: string): readonly string[] {
  const wanted = id.slice(0, 100).toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const near = results.map((result) => ({ id: result.id, distance: editDistance(wanted, result.id) }));
  const least = Math.min(...near.map(({ distance }) => distance));
  return least > limit ? [] : near.filter(({ distance }) => distance === least).map((each) => each.id);
}

/** Levenshtein's distance, O(|a||b|). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
