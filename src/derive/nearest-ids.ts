import { results } from '../../theorems/index.ts';

/** The ids of results nearest to a misspelt one by edit distance, best first: at most three, none that is far. */
export function nearestIds(id: string): readonly string[] {
  const wanted = id.slice(0, 100).toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return results
    .map((result) => ({ id: result.id, distance: editDistance(wanted, result.id) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((near) => near.id);
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
