/** A drawing of ours inside a page: without its prolog, and with ids of its own. */
import { type Markup, trusted } from './markup.ts';

/** Throws when the drawing could do more than be looked at. */
export function embedSvg(svg: string, prefix: string): Markup {
  const start = svg.indexOf('<svg');
  if (start < 0) throw new Error('derivation: a picture is not SVG');
  const body = svg
    .slice(start)
    .replace(/<!--[\s\S]*?-->/g, '')
    .trim();
  if (/<(?:script|foreignObject|iframe|image|use|set|animate)\b|\son\w+\s*=|javascript:|<!/i.test(body))
    throw new Error('derivation: a picture holds more than shapes');
  return trusted(
    body
      .replace(/(\sid=")([^"]*")/g, `$1${prefix}-$2`)
      .replace(/(\s(?:aria-labelledby|aria-describedby)=")([^"]*)"/g, (_whole, open: string, ids: string) => {
        const own = ids.split(/\s+/).map((id) => `${prefix}-${id}`);
        return `${open}${own.join(' ')}"`;
      })
      .replace(/url\(#/g, `url(#${prefix}-`)
      .replace(/(\s(?:xlink:)?href="#)/g, `$1${prefix}-`)
      .replace(/\sxmlns:xlink="[^"]*"/g, ''),
  );
}
