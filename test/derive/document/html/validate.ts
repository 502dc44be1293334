import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({ root: true, extends: ['html-validate:recommended'] });

/** What an HTML validator finds, and links of the page that lead nowhere. About a second for 200 KB. */
export function htmlFaults(html: string): string[] {
  const { results } = validator.validateStringSync(html);
  const messages = results.flatMap((result) =>
    result.messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector}`),
  );
  return [...messages, ...linkFaults(html)];
}

/** Links to no id, and ids that occur twice. */
export function linkFaults(html: string): string[] {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
  const known = new Set(ids);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} twice`);
  const targets = [...html.matchAll(/\shref="([^"]*)"/g)].map(([, target]) => target!);
  const lost = targets.filter((target) => !target.startsWith('#') || !known.has(target.slice(1)));
  return [...twice, ...lost.map((target) => `a link to ${target}`)];
}
