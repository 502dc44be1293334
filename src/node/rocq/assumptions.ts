import type { RocqTheorem } from '../../rocq/theorems.ts';

/** The axioms of mathcomp-analysis: extensionality of propositions and functions, and choice. */
export const ALLOWED: ReadonlySet<string> = new Set([
  'boolp.propositional_extensionality',
  'boolp.functional_extensionality_dep',
  'boolp.constructive_indefinite_description',
]);

/** "theorem_3/theorem_3.v" is the module everymin.theorem_3.theorem_3 */
export const moduleOf = (file: string): string => `everymin.${file.replace(/\.v$/, '').replaceAll('/', '.')}`;

const MARK = 'everymin-theorem';
const mark = (index: number) => `Goal True. idtac "${MARK} ${index}". Abort.`;

/**
 * A source that prints, after marks of its own, the axioms of the theorems and then the type of each. `each`: the axioms of
 * every theorem by itself, about 2 s of work for one; else those of all together, in a few seconds for any number.
 * Nothing is imported before the axioms are printed, so that each has its module in its name; the types are printed with
 * the notations and the short names of `modules`.
 */
export function assumptionsSource(
  theorems: readonly RocqTheorem[],
  modules: readonly string[],
  each: boolean,
): string {
  const name = (theorem: RocqTheorem) => `${moduleOf(theorem.file)}.${theorem.name}`;
  const together = [
    mark(0),
    `Definition everymin_all := (${theorems.map((theorem) => `@${name(theorem)}`).join(', ')}).`,
    'Print Assumptions everymin_all.',
  ];
  return [
    `Require ${modules.join(' ')}.`,
    'Set Printing Width 100.',
    ...(each
      ? theorems.flatMap((theorem, index) => [mark(index), `Print Assumptions ${name(theorem)}.`])
      : together),
    ...modules.map((module) => `Import ${module}.`),
    ...theorems.flatMap((theorem, index) => [mark(index), `Check @${name(theorem)}.`]),
    '',
  ].join('\n');
}

export interface Assumptions {
  readonly axioms: readonly string[];
  /** the type of the theorem, as Rocq prints it */
  readonly statement: string;
}

/** What Rocq printed for each theorem, by its index; undefined for one of which it did not print both. */
export function readAssumptions(
  output: string,
  count: number,
  each: boolean,
): readonly (Assumptions | undefined)[] {
  const axioms = new Map<number, readonly string[]>();
  const statements = new Map<number, string>();
  const [, ...parts] = output.split(new RegExp(`^${MARK} (?=\\d+$)`, 'm'));
  for (const part of parts) {
    const end = part.indexOf('\n');
    const index = Number(part.slice(0, end < 0 ? part.length : end));
    const text = end < 0 ? '' : part.slice(end + 1).trimEnd();
    if (/^(Axioms:|Closed under the global context)/.test(text)) axioms.set(index, namesIn(text));
    else if (text !== '') statements.set(index, text.replace(/^\S+\s+: /, ''));
  }
  return Array.from({ length: count }, (_, index) => {
    const [found, statement] = [axioms.get(each ? index : 0), statements.get(index)];
    return found === undefined || statement === undefined ? undefined : { axioms: found, statement };
  });
}

/** A name begins a line, before its colon; what is indented goes on with a type. */
function namesIn(text: string): readonly string[] {
  const [, ...lines] = text.split('\n');
  return [...new Set(lines.flatMap((line) => /^([^\s:]+)(?=\s*(:|$))/.exec(line)?.[1] ?? []))];
}
