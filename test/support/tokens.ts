export interface Token {
  /** `text` of a string is its content; of a template without ${} too; a template with ${} is `template` and empty */
  readonly kind: 'word' | 'string' | 'template' | 'regex' | 'sign';
  readonly text: string;
}

const BEFORE_REGEX = new Set(
  'return typeof case in of do else void delete throw new await yield instanceof'.split(' '),
);

/** The tokens of TypeScript source, comments dropped: enough to find imports and identifiers, not to parse. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const open: ('{' | '${')[] = [];
  let i = 0;
  const add = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text });
  };
  const template = (): void => {
    const start = i;
    for (; i < source.length; i++) {
      if (source[i] === '\\') i++;
      else if (source[i] === '`') {
        add(source[start - 1] === '`' ? 'string' : 'template', source.slice(start, i));
        i++;
        return;
      } else if (source.startsWith('${', i)) {
        add('template', '');
        open.push('${');
        i += 2;
        return;
      }
    }
  };
  while (i < source.length) {
    const rest = source.slice(i, i + 2);
    const character = source[i]!;
    if (/\s/.test(character)) i++;
    else if (rest === '//') i = ends(source, '\n', i);
    else if (rest === '/*') i = ends(source, '*/', i + 2);
    else if (character === '"' || character === "'") {
      const start = ++i;
      while (i < source.length && source[i] !== character) i += source[i] === '\\' ? 2 : 1;
      add('string', source.slice(start, i++));
    } else if (character === '`') {
      i++;
      template();
    } else if (character === '/' && regexMayStart(tokens.at(-1))) {
      const start = i++;
      for (let inClass = false; i < source.length && (inClass || source[i] !== '/'); i++) {
        if (source[i] === '\\') i++;
        else if (source[i] === '[') inClass = true;
        else if (source[i] === ']') inClass = false;
      }
      i++;
      add('regex', source.slice(start, i));
    } else if (/[\p{ID_Start}$_#\d]/u.test(character)) {
      const start = i++;
      while (i < source.length && /[\p{ID_Continue}$]/u.test(source[i]!)) i++;
      add('word', source.slice(start, i));
    } else {
      i++;
      if (character === '{') open.push('{');
      if (character === '}' && open.pop() === '${') template();
      else add('sign', character);
    }
  }
  return tokens;
}

function ends(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
}

function regexMayStart(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return BEFORE_REGEX.has(before.text);
  return before.kind === 'sign' && !')]}'.includes(before.text);
}
