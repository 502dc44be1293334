/** Columns that `text` takes on a terminal: combining marks take none, wide East Asian characters and emoji two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** `text` followed by spaces up to `width` columns (never cut). */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Lines of at most `width` columns, broken at spaces; a word that is longer than a line is broken inside. At least one line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ').filter((part) => part !== '')) {
    for (const piece of pieces(word, Math.max(1, width))) {
      const length = displayWidth(piece);
      if (line !== '' && used + 1 + length > width) {
        lines.push(line);
        line = '';
        used = 0;
      }
      used += line === '' ? length : length + 1;
      line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && displayWidth(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  parts.push(part);
  return parts;
}
