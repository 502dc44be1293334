/** What each symbol of a document is: its sort, its meaning, its value on the instance. */
import type { Proof } from '../../../proofs/index.ts';
import { proofSymbol } from '../../../proofs/symbols.ts';
import { SYMBOLS } from '../../../theorems/symbols.ts';
import type { SymbolValue } from '../../check/proof-values.ts';
import { freeVariables, type Term } from '../../kernel/term.ts';
import { definitionsUsed } from '../legend.ts';
import { type Formulas, formulasOf, symbol, termsOf } from './formulas.ts';
import type { SymbolEntry } from './model.ts';
import { Names } from './names.ts';
import { prose } from './prose.ts';
import { entriesText } from './values.ts';

/** A document with a symbol that nobody describes is not written. */
export class UnexplainedSymbols extends Error {
  override readonly name = 'UnexplainedSymbols';
  readonly symbols: readonly string[];
  constructor(symbols: readonly string[]) {
    super(`no description of ${symbols.join(', ')}`);
    this.symbols = symbols;
  }
}

interface Draft {
  readonly kind: SymbolEntry['kind'];
  readonly name: string;
  readonly term: Term | undefined;
  readonly formulas: Formulas;
  readonly meaning: string | undefined;
}

/**
 * The symbols of a proof and its parts: those of the statement, those that steps introduce or leave free, abbreviations, and
 * every definition. Throws UnexplainedSymbols unless each has a meaning.
 */
export function symbolsOf(proof: Proof, values: readonly SymbolValue[] = []): readonly SymbolEntry[] {
  const names = new Names();
  const found = new Map<string, { entry: SymbolEntry; parts: string[] }>();
  const unexplained: string[] = [];
  const add = (draft: Draft, script: Proof): void => {
    const { kind, name, term, formulas, meaning = '' } = draft;
    const of = script === proof ? [] : [script.id];
    if (meaning === '') unexplained.push(`${name} in ${script.id}`);
    const formula = term ? formulas.formula(term) : symbol(name);
    const sort = term ? formulas.sort(term.sort) : symbol('ℕ');
    const key = [formula.text, sort.text, meaning].join('\n');
    const before = found.get(key);
    if (before) {
      if (before.parts.length > 0) before.parts.push(...of);
      return;
    }
    const value = of.length === 0 && kind === 'given' ? values.find((each) => each.name === name) : undefined;
    const entries = value && entriesText(value);
    const printed = entries && (value.given ? entries : `${entries}, for example`);
    const entry: SymbolEntry = {
      id: names.take(name),
      kind,
      parts: [],
      formula,
      sort,
      meaning: prose(meaning),
      ...(value && value.shape !== '' ? { shape: value.shape } : {}),
      ...(printed ? { value: printed } : {}),
    };
    found.set(key, { entry, parts: of });
  };
  for (const script of [proof, ...proof.parts]) {
    for (const draft of draftsOf(script)) add(draft, script);
  }
  const entries = [...found.values()].map(({ entry, parts }) => ({ ...entry, parts: [...new Set(parts)] }));
  const definitions = definitionEntries([proof, ...proof.parts], names, unexplained);
  if (unexplained.length > 0) throw new UnexplainedSymbols([...new Set(unexplained)]);
  return [...entries, ...definitions];
}

function* draftsOf({ id, statement, steps }: Proof): Generator<Draft> {
  const formulas = formulasOf(termsOf(statement, steps), statement.abbreviations);
  const known = new Set<number>();
  for (const variable of statement.context) {
    known.add(variable.id);
    const { name } = variable;
    const meaning = statement.symbols?.[name] ?? SYMBOLS[name] ?? proofSymbol(id, name);
    yield { kind: 'given', name, term: variable, formulas, meaning };
  }
  const bare = formulasOf(statement.context);
  for (const { name, term } of statement.abbreviations ?? []) {
    const meaning = `short for ${bare.formula(term).text}`;
    yield { kind: 'abbreviation', name, term: undefined, formulas, meaning };
  }
  for (const step of steps) {
    for (const { variable } of step.introduces) {
      if (known.has(variable.id)) continue;
      known.add(variable.id);
      const meaning = `obtained in ${step.id}: ${step.reason}`;
      yield { kind: 'introduced', name: variable.name, term: variable, formulas, meaning };
    }
    for (const variable of freeVariables(step.claim)) {
      if (known.has(variable.id)) continue;
      known.add(variable.id);
      const { name } = variable;
      yield { kind: 'free', name, term: variable, formulas, meaning: proofSymbol(id, name) ?? SYMBOLS[name] };
    }
  }
}

function definitionEntries(
  scripts: readonly Proof[],
  names: Names,
  unexplained: string[],
): readonly SymbolEntry[] {
  const terms = scripts.flatMap(({ statement, steps }) => [
    ...[...statement.setting, ...statement.hypotheses].map(({ term }) => term),
    statement.conclusion,
    ...steps.map(({ claim }) => claim),
  ]);
  return definitionsUsed(terms).map(({ name, symbol: term, value, meaning }) => {
    if (meaning === '') unexplained.push(`the definition ${name}`);
    const formulas = formulasOf([term, value]);
    return {
      id: names.take(name),
      kind: 'definition',
      parts: [],
      formula: formulas.formula(term),
      sort: formulas.sort(term.sort),
      meaning: prose(meaning),
      definition: formulas.formula(value),
    };
  });
}
