/**
 * Controls (C0, DEL, C1), the direction overrides, the line separators, invisible joiners and lone surrogates: what can
 * move a terminal's cursor, recolour it, or make text read differently from what it is.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** `text` with every unsafe character (a line end too) written as \u{…}, so that it stays on one line and is only read. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** The same for the text of a JSON document: what is unsafe there can only stand inside a string, as \uXXXX. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
