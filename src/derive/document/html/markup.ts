/** HTML as a type of its own, so that text cannot be written into a page without being escaped. */
import { escapeXml } from '../../report/xml.ts';

declare const markup: unique symbol;
export type Markup = string & { readonly [markup]: true };

/** Escapes; a line end is a space, controls and direction overrides are written as \u{…}. */
export const text = (value: string): Markup => escapeXml(value.replace(/\s*\n\s*/g, ' ')) as Markup;

/** Markup that this program wrote: our own SVG, style and script, or what `math.ts` has read and written again. */
export const trusted = (value: string): Markup => value as Markup;

export const nothing = '' as Markup;

export const join = (parts: readonly Markup[], separator = ''): Markup => parts.join(separator) as Markup;

export type Attributes = Readonly<Record<string, string | number | true | null>>;

const VOID = new Set(['br', 'col', 'hr', 'input', 'link', 'meta']);

/** One element. An attribute that is null is left out, one that is true has no value. */
export function h(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeXml(String(value))}"`))
    .join('');
  if (VOID.has(name)) return trusted(`<${name}${written}>`);
  return trusted(`<${name}${written}>${children.join('')}</${name}>`);
}

/** An element around text. */
export const t = (name: string, attributes: Attributes, value: string): Markup =>
  h(name, attributes, text(value));
