/**
 * The legend of a document: every symbol that is printed in it, what it is, its sort, and its value on the instance; and
 * every notation that no definition explains.
 *
 * Formulas ask for the id of each symbol, and tell their notations, while they are laid out, so nothing that is printed is
 * forgotten.
 */
import type { Proof } from '../../../proofs/index.ts';
import { proofSymbol } from '../../../proofs/symbols.ts';
import { statementSymbol } from '../../../theorems/symbols.ts';
import type { SymbolValue } from '../../check/proof-values.ts';
import type { SymbolIds } from '../../kernel/compose.ts';
import { name as named } from '../../kernel/layout.ts';
import { definitionId, notationId, variableId } from '../../kernel/symbol-id.ts';
import type { Sort, Term } from '../../kernel/term.ts';
import { definitionEntry } from '../legend.ts';
import { type Formulas, formulaOf, formulasOf, symbol, type Told, termsOf } from './formulas.ts';
import type { Prose, SymbolEntry } from './model.ts';
import { NOTATIONS, notationEntry } from './notations.ts';
import { prose } from './prose.ts';
import { ofSort } from './sort-words.ts';
import { entriesText } from './values.ts';

/** A document with a symbol or a notation that nobody describes is not written. */
export class UnexplainedSymbols extends Error {
  override readonly name = 'UnexplainedSymbols';
  readonly symbols: readonly string[];
  constructor(symbols: readonly string[]) {
    super(`no description of ${symbols.join(', ')}`);
    this.symbols = symbols;
  }
}

type Shown = Pick<SymbolEntry, 'formula' | 'sort' | 'definition'>;

interface Draft {
  readonly id: string;
  readonly kind: SymbolEntry['kind'];
  /** of the parts that print it; null when the statement or its steps do */
  parts: Set<string> | null;
  /** written at the end, since it may print further symbols */
  readonly write: () => Shown;
  /** undefined: nobody said */
  readonly meaning: string | undefined;
  readonly value?: SymbolValue;
}

export class Legend {
  readonly #proof: Proof;
  readonly #values: readonly SymbolValue[];
  readonly #drafts: Draft[] = [];
  readonly #byKey = new Map<string, Draft>();
  readonly #ids = new Set<string>();

  constructor(proof: Proof, values: readonly SymbolValue[] = []) {
    this.#proof = proof;
    this.#values = values;
  }

  /** The formulas of the statement and the steps of the proof, or of one of its parts. The proof comes first. */
  formulasOf(script: Proof): Formulas {
    const { statement, steps } = script;
    const terms = termsOf(statement, steps);
    const formulas = formulasOf(terms, statement.abbreviations, this.#scope(script, terms));
    for (const variable of statement.context) formulas.idOf(variable);
    return formulas;
  }

  /** Formulas of terms that belong to neither: an axiom. */
  ownFormulas(terms: readonly Term[]): Formulas {
    return formulasOf(terms, [], {
      variable: () => null,
      abbreviation: () => null,
      definition: (name) => this.#definition(this.#proof, name),
      notation: (kind) => this.#notation(this.#proof, kind),
    });
  }

  /** What was printed so far. Throws UnexplainedSymbols unless every symbol has a meaning. */
  entries(): readonly SymbolEntry[] {
    const written: SymbolEntry[] = [];
    const unexplained: string[] = [];
    // What is written may print further definitions, which are added at the end.
    for (let k = 0; k < this.#drafts.length; k++) {
      const { id, kind, write, meaning = '', value } = this.#drafts[k]!;
      const shown = write();
      if (meaning === '')
        unexplained.push(shown.sort ? `${shown.formula.text} ∈ ${shown.sort.text}` : shown.formula.text);
      const entries = value && entriesText(value);
      const printed = value && entries !== undefined && (value.given ? entries : `${entries}, for example`);
      written.push({
        id,
        kind,
        parts: [],
        ...shown,
        meaning: kind === 'notation' ? lettered(meaning) : prose(meaning),
        ...(value && value.shape !== '' ? { shape: value.shape } : {}),
        ...(printed ? { value: printed } : {}),
      });
    }
    if (unexplained.length > 0) throw new UnexplainedSymbols(unexplained);
    const placed = written.map((entry, k) => ({ ...entry, parts: [...(this.#drafts[k]!.parts ?? [])] }));
    return KINDS.flatMap((kind) => {
      const entries = placed.filter((entry) => entry.kind === kind);
      return kind === 'notation' ? entries.sort((a, b) => rank(a) - rank(b)) : entries;
    });
  }

  #scope(script: Proof, terms: readonly Term[]): Told {
    const { id, statement, steps } = script;
    const known = new Map<number, Pick<Draft, 'kind' | 'meaning'>>();
    for (const { id: variable, name, sort } of statement.context) {
      const meaning =
        statement.symbols?.[name] ?? statementSymbol(name, sort.kind) ?? proofSymbol(id, name, sort.kind);
      known.set(variable, { kind: 'given', meaning });
    }
    for (const step of steps) {
      for (const { variable } of step.introduces) {
        if (known.has(variable.id)) continue;
        known.set(variable.id, { kind: 'introduced', meaning: `from step ${step.id} on: ${step.reason}` });
      }
    }
    // Sorts as text, to tell symbols of one name apart.
    const plain = formulasOf(terms, statement.abbreviations, NO_IDS);
    const texts = new Map<number, string>();
    const sortText = (sort: Sort): string => {
      const text = texts.get(sort.id) ?? plain.sort(sort).text;
      texts.set(sort.id, text);
      return text;
    };
    const placed = new Map<string, string>();
    const ids: Told = {
      variable: (x, printed, bound) => {
        const key = `${x.id} ${printed} ${bound}`;
        const before = placed.get(key);
        if (before !== undefined) return before;
        const about = known.get(x.id) ?? {
          kind: bound ? ('bound' as const) : ('free' as const),
          meaning: ofSort(x.sort, sortText(x.sort)) ?? meaningOf(id, x),
        };
        const value =
          script === this.#proof && about.kind === 'given'
            ? this.#values.find(({ name }) => name === x.name)
            : undefined;
        const own = this.#add(script, variableId(printed), [printed, sortText(x.sort)], {
          ...about,
          ...(value ? { value } : {}),
          write: (id) => ({ formula: symbol(printed, [], [], id), sort: written().sort(x.sort) }),
        });
        placed.set(key, own);
        return own;
      },
      definition: (name) => this.#definition(script, name),
      abbreviation: (name) => {
        const { term } = statement.abbreviations!.find((each) => each.name === name)!;
        const meaning = `short for ${formulasOf(statement.context, [], NO_IDS).formula(term).text}`;
        return this.#add(script, variableId(name), [name, 'ℕ'], {
          kind: 'abbreviation',
          meaning,
          write: (own) => ({ formula: symbol(name, [], [], own), sort: written().sort(term.sort) }),
        });
      },
      notation: (kind) => this.#notation(script, kind),
    };
    let formulas: Formulas | undefined;
    const written = (): Formulas => {
      formulas ??= formulasOf(terms, statement.abbreviations, ids);
      return formulas;
    };
    return ids;
  }

  #definition(script: Proof, name: string): string {
    const { symbol: term, value, meaning } = definitionEntry(name);
    return this.#add(script, definitionId(name), [name], {
      kind: 'definition',
      meaning,
      write: (own) => {
        const formulas = formulasOf([term, value], [], {
          variable: () => null,
          abbreviation: () => null,
          definition: (other) => (other === name ? own : this.#definition(script, other)),
          notation: (kind) => this.#notation(script, kind),
        });
        return {
          formula: formulas.formula(term),
          sort: formulas.sort(term.sort),
          definition: formulas.formula(value),
        };
      },
    });
  }

  #notation(script: Proof, kind: string): void {
    const entry = notationEntry(kind);
    this.#add(script, notationId(kind), [kind], {
      kind: 'notation',
      meaning: entry?.meaning,
      write: () => ({ formula: formulaOf(entry?.sample ?? named(kind)) }),
    });
  }

  /** The id of a symbol: a new one unless it was printed before. */
  #add(
    script: Proof,
    wanted: string,
    named: readonly string[],
    about: Pick<Draft, 'kind' | 'meaning' | 'value'> & {
      readonly write: (id: string) => Shown;
    },
  ): string {
    const { kind, meaning, write, ...rest } = about;
    const key = [kind === 'bound' ? 'free' : kind, ...named, meaning].join('\n');
    let draft = this.#byKey.get(key);
    if (!draft) {
      let id = wanted;
      for (let n = 2; this.#ids.has(id); n++) id = `${wanted}-n${n}`;
      this.#ids.add(id);
      draft = { id, kind, meaning, parts: new Set(), write: () => write(id), ...rest };
      this.#byKey.set(key, draft);
      this.#drafts.push(draft);
    }
    if (script === this.#proof) draft.parts = null;
    else draft.parts?.add(script.id);
    return draft.id;
  }
}

const KINDS = ['given', 'abbreviation', 'definition', 'introduced', 'free', 'bound', 'notation'] as const;
/** Words with letters between backquotes, which are set as mathematics. */
const lettered = (text: string): Prose =>
  text
    .split('`')
    .flatMap((piece, k): Prose => (k % 2 === 0 ? prose(piece) : [{ kind: 'math', formula: symbol(piece) }]));
const ORDER = Object.keys(NOTATIONS).map(notationId);
const rank = ({ id }: Pick<SymbolEntry, 'id'>): number => ORDER.indexOf(id);
const NO_IDS: SymbolIds = { variable: () => null, definition: () => null, abbreviation: () => null };

const meaningOf = (script: string, { name, sort }: Term): string | undefined =>
  proofSymbol(script, name, sort.kind) ?? statementSymbol(name.replace(/['′]+$/u, ''), sort.kind);
