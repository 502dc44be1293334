/** Whether a FILE argument is a pattern: it holds * or ?. */
export const isPattern = (argument: string): boolean => /[*?]/.test(argument);

/**
 * Whether `name`, one segment of a path, matches `pattern`: * stands for any characters, ? for one. A leading dot is matched
 * only by a dot, as in a shell. Greedy with one point of return, so O(|pattern|·|name|) whatever is asked.
 */
export function matchesSegment(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  const p = [...pattern];
  const n = [...name];
  let i = 0;
  let j = 0;
  let star = -1;
  let resume = 0;
  while (j < n.length) {
    if (p[i] === '*') {
      star = i++;
      resume = j;
    } else if (i < p.length && (p[i] === '?' || p[i] === n[j])) {
      i++;
      j++;
    } else if (star >= 0) {
      i = star + 1;
      j = ++resume;
    } else return false;
  }
  while (p[i] === '*') i++;
  return i === p.length;
}
