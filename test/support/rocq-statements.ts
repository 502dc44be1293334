import { scripts } from '../../proofs/index.ts';
import { explain } from '../../src/derive/explain.ts';
import type { RocqReport } from '../../src/derive/proofs/rocq-report.ts';
import { rocqTheorems } from '../../src/rocq/theorems.ts';

const HEAD = `# What is stated twice

For each result the statement that the kernel of everymin proves, and below it the theorems of this folder about it, as
Rocq prints them. They rest on the axioms named at the end alone. Written by \`npx vitest run test/rocq -u\` and compared by the same test: a
change of a statement on either side shows here.
`;

/** What the kernel states of a result, as a list; nothing for what is no result of its own. */
export function statedInKernel(id: string): string {
  const explanation = explain(id);
  if (explanation === undefined) return '';
  const { symbols, setting, hypotheses, conclusion } = explanation;
  const code = (text: string) => `\`${text}\``;
  return [
    `- for all ${symbols.map(({ symbol, sort }) => code(`${symbol.text} ∈ ${sort.text}`)).join(', ')}`,
    ...setting.map(({ name, formula }) => `- given ${name}: ${code(formula.text)}`),
    ...hypotheses.map(({ name, formula }) => `- if ${name}: ${code(formula.text)}`),
    `- then ${code(conclusion.text)}`,
    '',
  ].join('\n');
}

/** What the headline theorems are about, in the order of proofs/index.ts, then the others. */
export const abouts: readonly string[] = [
  ...new Set([...scripts.map(({ result }) => result.id), ...rocqTheorems.map(({ about }) => about)]),
];

export const section = (about: string): string => `## ${about}\n\n${statedInKernel(about)}`;

/** The whole document. */
export function statementsDocument({ theorems }: RocqReport): string {
  const proved = (about: string) =>
    theorems
      .filter((each) => each.about === about)
      .map(
        ({ name, file, says, statement }) =>
          `**${name}** in [${file}](${file}): ${says}\n\n\`\`\`coq\n${name} :\n  ${statement ?? 'unknown'}\n\`\`\`\n`,
      );
  const axioms = [...new Set(theorems.flatMap((each) => each.axioms ?? []))].sort();
  return [
    HEAD,
    ...abouts.map((about) => [section(about), ...proved(about)].join('\n')),
    `## Axioms\n\n${axioms.map((name) => `- \`${name}\`\n`).join('')}`,
  ].join('\n');
}
