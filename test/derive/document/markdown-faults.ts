/** What GitHub would not render as it is meant: unbalanced fences, folds and formulas, broken links, cells too many. */
export function markdownFaults(markdown: string): readonly string[] {
  const faults: string[] = [];
  const lines = markdown.split('\n');
  let fence: string | undefined;
  let folds = 0;
  let columns: number | undefined;
  const targets = new Set([...markdown.matchAll(/<a id="([^"]*)"><\/a>/g)].map(([, id]) => id!));
  lines.forEach((line, k) => {
    const fault = (what: string) => faults.push(`line ${k + 1}: ${what}: ${line.slice(0, 120)}`);
    const opens = /^```(math|text)?$/.exec(line);
    if (opens) {
      if (fence === undefined && opens[1] === undefined) fault('a fence without a language');
      fence = fence === undefined ? opens[1] : undefined;
      if (fence !== undefined && lines[k - 1] !== '') fault('no empty line before a fence');
      return;
    }
    if (fence !== undefined) {
      if (fence === 'math' && /\$|\\operatorname|^\s*$/.test(line)) fault('not for a math block');
      return;
    }
    folds += (line.match(/<details>/g) ?? []).length - (line.match(/<\/details>/g) ?? []).length;
    if (folds < 0) fault('closes no fold');
    const bare = line.replace(/\$`[^`]*`\$/g, 'F').replaceAll('<span>$</span>', 'D');
    if (/[`$]/.test(bare.replace(/\\`/g, ''))) fault('a dollar or backtick outside a formula');
    const tags = bare.replace(/<\/?(details|summary)>|<a id="[a-z0-9-]+"><\/a>/g, '');
    if (/</.test(tags)) fault('a tag that is not ours');
    for (const [, to] of bare.matchAll(/\]\(#([^)]*)\)/g)) if (!targets.has(to!)) fault(`no place ${to}`);
    for (const [, to] of bare.matchAll(/[^\\]\]\(([^)]*)\)/g))
      if (!to!.startsWith('#')) fault(`a link to ${to}`);
    if (line.startsWith('|')) {
      const cells = bare.replace(/\\\|/g, '').split('|').length;
      columns ??= cells;
      if (cells !== columns) fault(`${cells} cells in a table of ${columns}`);
    } else columns = undefined;
  });
  if (fence !== undefined) faults.push('a fence is open at the end');
  if (folds !== 0) faults.push(`${folds} folds are open at the end`);
  return faults;
}
