/** A strict reader of presentation MathML Core. Throws at what is not well formed, unknown, or has a wrong number of parts. */

const PARTS: Readonly<Record<string, number>> = {
  mfrac: 2,
  mover: 2,
  msub: 2,
  msup: 2,
  msubsup: 3,
  munderover: 3,
};
const ROWS = ['math', 'mrow', 'msqrt'];
const TOKENS = ['mi', 'mn', 'mo', 'mtext'];
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  'data-symbol': /^[a-z0-9-]+$/,
  accent: /^true$/,
  form: /^(prefix|infix|postfix)$/,
  lspace: /^0(\.17em)?$/,
  rspace: /^0\.(17|28)em$/,
  stretchy: /^(true|false)$/,
};

export interface MathmlFacts {
  /** what a reader sees, in order */
  readonly text: string;
  /** ids of symbols */
  readonly symbols: readonly string[];
}

export function readMathml(source: string): MathmlFacts {
  interface Open {
    readonly name: string;
    parts: number;
    text: string;
  }
  const open: Open[] = [{ name: 'math', parts: 0, text: '' }];
  const symbols: string[] = [];
  let text = '';
  let at = 0;
  const token = /<(\/?)([a-z]+)((?: [a-z-]+="[^"<>&]*")*)>|([^<>]+)/y;
  while (at < source.length) {
    token.lastIndex = at;
    const found = token.exec(source);
    if (!found) throw new Error(`no MathML: ${source.slice(at, at + 60)}`);
    at = token.lastIndex;
    const [, slash, name, attributes = '', characters] = found;
    const top = open.at(-1)!;
    if (characters !== undefined) {
      if (!TOKENS.includes(top.name)) throw new Error(`text in ${top.name}: ${characters}`);
      if (/&(?!(amp|lt|gt|quot);)/.test(characters)) throw new Error(`a bare & in ${characters}`);
      top.text += characters;
      text += characters;
    } else if (slash === '') {
      if (TOKENS.includes(top.name)) throw new Error(`${name} in ${top.name}`);
      if (!(name! in PARTS) && !ROWS.includes(name!) && !TOKENS.includes(name!)) throw new Error(`<${name}>`);
      for (const [, key, value] of attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
        if (!ATTRIBUTES[key!]?.test(value!)) throw new Error(`${key}="${value}" of ${name}`);
        if (key === 'data-symbol') symbols.push(value!);
      }
      top.parts++;
      open.push({ name: name!, parts: 0, text: '' });
    } else {
      open.pop();
      if (top.name !== name || open.length === 0) throw new Error(`</${name}> after <${top.name}>`);
      const wanted = PARTS[name];
      if (wanted !== undefined && top.parts !== wanted) throw new Error(`${name} of ${top.parts} parts`);
      if (TOKENS.includes(name) && top.text === '') throw new Error(`an empty ${name}`);
      if (name === 'mrow' && top.parts === 0) throw new Error('an empty mrow');
    }
  }
  if (open.length !== 1) throw new Error(`no end of ${open.at(-1)!.name}`);
  const read = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
  return { text: read.replaceAll('&amp;', '&'), symbols };
}
