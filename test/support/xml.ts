/** Element names, in order, of a well-formed XML document; throws where tags, attributes or entities are not well formed. */
export function elementsOf(xml: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const fail = (what: string): never => {
    throw new Error(`${what} at: ${rest.slice(0, 80)}`);
  };
  const text = (part: string): void => {
    if (/&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/.test(part)) fail(`a bare & in ${part}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has none but these three
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(part)) fail('a control character');
  };
  while (rest !== '') {
    const at = rest.indexOf('<');
    text(at < 0 ? rest : rest.slice(0, at));
    if (at < 0) break;
    rest = rest.slice(at);
    const end = /^<\/([\w:-]+)\s*>/.exec(rest);
    if (end) {
      if (open.pop() !== end[1]) fail(`the end of ${end[1]}`);
      rest = rest.slice(end[0].length);
      continue;
    }
    const start = /^<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/.exec(rest) ?? fail('a tag');
    text(start[2]!);
    names.push(start[1]!);
    if (start[3] === '') open.push(start[1]!);
    rest = rest.slice(start[0].length);
  }
  if (open.length > 0) fail(`no end of ${open.join(', ')}`);
  return names;
}
