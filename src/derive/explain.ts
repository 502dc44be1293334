/** A statement in words: its source, symbols, hypotheses, conclusion, definitions, remarks and errata, as data. */
import { type Erratum, errataOf } from '../../theorems/errata.ts';
import { type Hypothesis, type Remark, type Result, results, type Statement } from '../../theorems/index.ts';
import { statementSymbol } from '../../theorems/symbols.ts';
import { type Refusal, refusalsOf } from '../check/errata/script.ts';
import { isEquivalence, Printer } from '../kernel/print.ts';
import { latexStyle } from '../kernel/print-latex.ts';
import { textStyle } from '../kernel/print-text.ts';
import type { Sort, Term } from '../kernel/term.ts';
import { type RocqTheorem, rocqTheoremsOf } from '../rocq/theorems.ts';
import { type DefinitionEntry, definitionsUsed, shown } from './legend.ts';

export { nearestIds } from './nearest-ids.ts';

/** The same formula for a terminal and for a paper. */
export interface Formula {
  readonly text: string;
  readonly latex: string;
}

export interface Explanation {
  readonly id: string;
  readonly kind: Result['kind'];
  /** "Theorem 1" */
  readonly label: string;
  readonly title: string;
  readonly source: Result['source'];
  /** "section 3.2, p. 2297" */
  readonly cited: string;
  readonly symbols: readonly { readonly symbol: Formula; readonly sort: Formula; readonly meaning: string }[];
  readonly abbreviations: readonly { readonly name: Formula; readonly value: Formula }[];
  /** what every instance satisfies by being one */
  readonly setting: readonly ExplainedClaim[];
  readonly hypotheses: readonly ExplainedClaim[];
  readonly conclusion: Formula;
  /** the conclusion as a list, where it is a conjunction */
  readonly parts: readonly Formula[];
  readonly definitions: readonly {
    readonly symbol: Formula;
    /** absent for a notation without a formula of its own */
    readonly value: Formula;
    readonly relation: '=' | '⇔';
    readonly meaning: string;
  }[];
  readonly remarks: readonly Remark[];
  /** where the printed paper differs; each has a check that `everymin prove --errata` runs */
  readonly errata: readonly Erratum[];
  /** of the errata of its proof: the line of the printed proof that the kernel refuses, found now */
  readonly refusals: readonly Refusal[];
  /** what proves it and its errata from foundations; `everymin prove --rocq` verifies them */
  readonly rocq: readonly RocqTheorem[];
}

export interface ExplainedClaim {
  readonly id: string;
  readonly name: string;
  readonly formula: Formula;
}

const PAPER = 'Kawaguchi, Huang and Kaelbling (2019), doi 10.1162/neco_a_01234';

/** The statement of a result, or undefined when no result has this id (see `nearestIds`). */
export function explain(id: string): Explanation | undefined {
  const result = results.find((each) => each.id === id);
  if (!result) return undefined;
  const statement = result.statement();
  const errata = errataOf(id);
  const terms = [
    ...statement.context,
    ...[...statement.setting, ...statement.hypotheses].map((claim) => shown(claim.term)),
    statement.conclusion,
  ];
  const write = writer(terms, statement);
  const claim = ({ id: name, name: title, term }: Hypothesis): ExplainedClaim => ({
    id: name,
    name: title,
    formula: write.formula(shown(term)),
  });
  return {
    id,
    kind: result.kind,
    label: label(id),
    title: result.title,
    source: result.source,
    cited: cited(result),
    symbols: statement.context.map((variable) => ({
      symbol: write.formula(variable),
      sort: write.sort(variable.sort),
      meaning: statement.symbols?.[variable.name] ?? statementSymbol(variable.name, variable.sort.kind) ?? '',
    })),
    abbreviations: (statement.abbreviations ?? []).map((abbreviation) => {
      const others = statement.abbreviations!.filter((other) => other !== abbreviation);
      return {
        name: {
          text: textStyle.symbol(abbreviation.name, [], []),
          latex: latexStyle.symbol(abbreviation.name, [], []),
        },
        value: writer(terms, { ...statement, abbreviations: others }).formula(abbreviation.term),
      };
    }),
    setting: statement.setting.map(claim),
    hypotheses: statement.hypotheses.map(claim),
    conclusion: write.formula(statement.conclusion),
    parts: conjuncts(statement.conclusion).map(write.formula),
    definitions: definitionsUsed(terms.slice(statement.context.length)).map(written),
    remarks: result.remarks,
    errata,
    refusals: refusalsOf(errata),
    rocq: [id, ...errata.map((erratum) => erratum.id)].flatMap(rocqTheoremsOf),
  };
}

function conjuncts(term: Term): readonly Term[] {
  if (term.kind !== 'operation' || term.name !== 'and' || isEquivalence(term)) return [term];
  return term.args.flatMap(conjuncts);
}

function writer(terms: readonly Term[], statement?: Pick<Statement, 'abbreviations'>) {
  const text = new Printer(textStyle, terms, statement?.abbreviations);
  const latex = new Printer(latexStyle, terms, statement?.abbreviations);
  return {
    formula: (term: Term): Formula => ({ text: text.print(term, 0), latex: latex.print(term, 0) }),
    sort: (sort: Sort): Formula => ({ text: text.sort(sort), latex: latex.sort(sort) }),
  };
}

function written({ symbol, value, meaning }: DefinitionEntry): Explanation['definitions'][number] {
  const write = writer([symbol, value]);
  const relation = symbol.sort.kind === 'Prop' ? '⇔' : '=';
  return { symbol: write.formula(symbol), value: write.formula(value), relation, meaning };
}

/** theorem-1 is Theorem 1 */
function label(id: string): string {
  const [kind, number] = id.split('-') as [string, string];
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${number.toUpperCase()}`;
}

function cited({ source }: Result): string {
  if (source.by === 'ours') return 'not in the paper: ours';
  const parts = [`section ${source.section}`];
  if (source.equation) parts.push(`equation (${source.equation})`);
  if (source.page) parts.push(`p. ${source.page}`);
  return `${PAPER}, ${parts.join(', ')}`;
}
