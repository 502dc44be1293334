/** A fault in what the user brought. `message` is one line: the file, the place, the fault and the mend. */
export class InstanceError extends Error {
  override readonly name = 'InstanceError';
  /** "data.targets[3]", "line 4, column 7", or "" for the file as a whole */
  readonly place: string;
  /** the fault and the mend, without file and place */
  readonly fault: string;
  readonly file: string | undefined;

  /**
   * `fault` continues the place as a sentence, "has 2 numbers; the model has dy = 1", or stands alone after a colon.
   * Characters that could disturb a terminal are escaped.
   */
  constructor(place: string, fault: string, file?: string) {
    const separator = place === '' ? '' : !place.startsWith('line ') && VERB.test(fault) ? ' ' : ': ';
    super(printable(`${file === undefined ? '' : `${file}: `}${place}${separator}${fault}`));
    this.place = place;
    this.fault = fault;
    this.file = file;
  }

  /** The same fault, in a file. */
  in(file: string | undefined): InstanceError {
    return file === undefined || this.file !== undefined
      ? this
      : new InstanceError(this.place, this.fault, file);
  }
}

const VERB = /^(is|has|lacks|must|lists|names|sums|leaves|contains)\b/;

/** A reader could not read a referenced file; `message` completes the sentence 'cannot read "x.npy": …'. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
}

const LONGEST_QUOTE = 60;
const LONGEST_MESSAGE = 600;

/** User text as a JSON string of at most 60 characters, safe to print. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
  return printable(JSON.stringify(short));
}

/** One line without control characters, bidirectional overrides or lone surrogates. */
function printable(text: string): string {
  const short = text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** "1 number", "2 numbers" */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** "a", "b" or "c" */
export const oneOf = (names: readonly string[], most?: number): string => list(names, 'or', most);
/** "a", "b" and "c" */
export const allOf = (names: readonly string[], most?: number): string => list(names, 'and', most);

function list(names: readonly string[], word: string, most = 12): string {
  const shown = names.slice(0, most).map(quote);
  if (names.length > most) return `${shown.join(', ')}, … (${names.length} in all)`;
  return shown.length <= 1 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`;
}
