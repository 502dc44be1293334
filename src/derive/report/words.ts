import type { ResultWords } from './result-text.ts';

/** What a report's right-hand side is, where it has a name of its own. */
const RIGHT: ReadonlyMap<string, string> = new Map([['theorem-1', 'inf L_θ']]);

/** The words for each result id, from the titles of the statements. */
export function resultWords(
  statements: Iterable<{ readonly id: string; readonly title: string }>,
): (result: string) => ResultWords | undefined {
  const titles = new Map([...statements].map(({ id, title }) => [id, title]));
  return (result) => {
    const title = titles.get(result);
    const right = RIGHT.get(result);
    return {
      ...(title === undefined ? {} : { phrase: title.charAt(0).toLowerCase() + title.slice(1) }),
      ...(right === undefined ? {} : { right }),
    };
  };
}
