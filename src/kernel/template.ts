/**
 * Templates of notations, one for all output languages (untrusted).
 *
 *   #2 #2:6 #2+1   argument 2 (0-based); with parentheses below precedence 6; the number after that of index 2
 *   f̃ W θ' λ       a name: one letter, with marks and primes; `_{…}` is below it, `^(…)` above it
 *   "is convex"    words
 *   ( ) [ ] { } ‖ ‖ | |   fences; {1..#0} is a range
 *   = ≤ ∈ ⊆ + , ;         signs. A space between two factors is a product.
 */
import { fence, type Layout, name, number, range, row } from './layout.ts';

export interface Hole {
  readonly kind: 'hole';
  readonly argument: number;
  readonly precedence: number;
  readonly next: boolean;
}
/** A layout with holes in it, as a function of what fills them. */
export type Template = (fill: (hole: Hole) => Layout) => Layout;

const known = new Map<string, Template>();

/** `id` marks what stands for the notation: its words, else its first name, sign or fence. Throws on a slip in it. */
export function template(source: string, id: string | null): Template {
  const key = `${id ?? ''} ${source}`;
  let made = known.get(key);
  if (!made) {
    made = parsed(source, id);
    known.set(key, made);
  }
  return made;
}

type Marked = 'words' | 'name' | 'sign' | 'fence';

function parsed(source: string, id: string | null): Template {
  // A sum is spelled out: its names are those of the data.
  const kinds: readonly Marked[] =
    id === null || source.startsWith('Σ') ? [] : ['words', 'name', 'sign', 'fence'];
  for (const kind of kinds) {
    const parser = new Parser(source, kind, id);
    const out = parser.parse();
    if (parser.marked) return out;
  }
  return new Parser(source, null, id).parse();
}

interface Piece {
  readonly node: Template;
  readonly is: 'operand' | 'sign' | 'space' | 'words';
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '‖': '‖', '|': '|' };

class Parser {
  readonly #source: string;
  readonly #kind: Marked | null;
  readonly #id: string | null;
  #at = 0;
  /** whether something of the kind was found */
  marked = false;

  constructor(source: string, kind: Marked | null, id: string | null) {
    this.#source = source;
    this.#kind = kind;
    this.#id = id;
  }

  /** the id, for the first of its kind */
  #mark(kind: Marked): string | null {
    if (kind !== this.#kind || this.marked) return null;
    this.marked = true;
    return this.#id;
  }

  parse(): Template {
    const node = this.#row('');
    if (this.#at < this.#source.length) this.#fail();
    return node;
  }

  #fail(): never {
    throw new Error(`template: expected a notation but received ${this.#source} at ${this.#at}`);
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(pattern.source, 'uy');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#source);
    if (found) this.#at = sticky.lastIndex;
    return found;
  }

  #row(close: string): Template {
    const pieces: Piece[] = [];
    while (this.#at < this.#source.length && !(close !== '' && this.#source.startsWith(close, this.#at))) {
      pieces.push(this.#piece());
    }
    const nodes = pieces.map(({ node, is }, k): Template => {
      if (is !== 'space') return node;
      const thin = pieces[k - 1]?.is === 'operand' && pieces[k + 1]?.is === 'operand';
      return () => ({ kind: 'space', thin });
    });
    if (nodes.length === 1) return nodes[0]!;
    return (fill) => row(...nodes.map((node) => node(fill)));
  }

  #piece(): Piece {
    if (this.#take(/ +/)) return { node: () => ({ kind: 'space', thin: false }), is: 'space' };
    const quoted = this.#take(/"([^"]*)"/);
    if (quoted) {
      const id = this.#mark('words');
      return { node: () => ({ kind: 'words', text: quoted[1]!, id }), is: 'words' };
    }
    if (this.#take(/Σ_\{/)) return { node: this.#sum(), is: 'operand' };
    const sign = this.#take(/[=≤≥<>∈∉⊆+−·×,;:]/);
    if (sign) {
      const [text] = sign;
      const id = /[,;:]/.test(text) ? null : this.#mark('sign');
      return { node: () => ({ kind: 'sign', sign: text, id }), is: 'sign' };
    }
    return { node: this.#operand(), is: 'operand' };
  }

  #operand(): Template {
    const hole = this.#take(/#(\d+)(?::(\d))?(\+1)?/);
    if (hole) {
      const [, argument, precedence, next] = hole;
      const filled: Hole = {
        kind: 'hole',
        argument: Number(argument),
        precedence: Number(precedence ?? 0),
        next: next !== undefined,
      };
      return (fill) => fill(filled);
    }
    const digits = this.#take(/\d+/);
    if (digits) return () => number(digits[0]);
    const letter = this.#take(/(?:∂|\p{L}\p{M}*)['′]*/u);
    if (letter) {
      const id = this.#mark('name');
      const { below, above } = this.#scripts();
      return (fill) =>
        name(
          letter[0],
          id,
          below.map((each) => each(fill)),
          above.map((each) => each(fill)),
        );
    }
    const open = this.#take(/[([{‖|]/)?.[0];
    if (open === undefined) this.#fail();
    const close = CLOSING[open]!;
    if (open === '{') {
      const from = this.#take(/(\d+)\.\./);
      if (from) {
        const to = this.#row(close);
        this.#expect(close);
        return (fill) => range(number(from[1]!), to(fill));
      }
    }
    const id = this.#mark('fence');
    const body = this.#row(close);
    this.#expect(close);
    return (fill) => ({ ...fence(open, body(fill), close), id });
  }

  /** Σ_{i=1}^{n} body, to the end of the row */
  #sum(): Template {
    const index = this.#take(/\p{L}/u);
    this.#expect('=');
    const lower = this.#row('}');
    this.#expect('}');
    this.#expect('^{');
    const upper = this.#row('}');
    this.#expect('}');
    this.#take(/ +/);
    const body = this.#row('');
    return (fill) => ({
      kind: 'sum',
      index: name(index![0]),
      lower: lower(fill),
      upper: upper(fill),
      body: body(fill),
    });
  }

  #scripts(): { readonly below: readonly Template[]; readonly above: readonly Template[] } {
    const below: Template[] = [];
    const above: Template[] = [];
    for (;;) {
      if (this.#take(/_\{/)) {
        below.push(this.#row('}'));
        this.#expect('}');
      } else if (this.#take(/\^\(/)) {
        above.push(this.#row(')'));
        this.#expect(')');
      } else return { below, above };
    }
  }

  #expect(text: string): void {
    if (!this.#source.startsWith(text, this.#at)) this.#fail();
    this.#at += text.length;
  }
}
