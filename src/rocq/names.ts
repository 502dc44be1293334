/** Names of variables in the text for Rocq. */
import { KernelError, type Term } from '../kernel/term.ts';

/** The names that Rocq and the interpretation use; variables get others. */
export const RESERVED: readonly string[] = (
  'R Prop Set Type SProp forall exists exists2 fun fix cofix let in if then else match with end as return at by for ' +
  'where using struct is of have pose set suff wlog nosimpl cast_ord dimension nat_of_ord lshift rshift Ordinal isT ' +
  'index_pair index_block join_functions delta Diff Diff_vec partial partial_vec euclidean nat bool Num True False not eq and or ex O S'
).split(' ');

/** Names of variables: no two in scope are the same. */
export class Names {
  readonly #of: ReadonlyMap<number, string>;
  readonly #taken: ReadonlySet<string>;

  constructor(taken: Iterable<string>, of: ReadonlyMap<number, string> = new Map()) {
    this.#taken = new Set(taken);
    this.#of = of;
  }

  of(variable: Term): string {
    const name = this.#of.get(variable.id);
    if (name === undefined)
      throw new KernelError(`Gallina: expected a bound variable but received ${variable}`);
    return name;
  }

  /** With one more variable, called as it suggests or like that. */
  with(variable: Term): Names {
    const stem = variable.name
      .normalize('NFD')
      .replace(/[′’]/g, "'")
      .replace(/[\p{M}~]/gu, '_');
    let name = stem;
    for (let n = 1; this.#taken.has(name); n++) name = `${stem}${n}`;
    return new Names([...this.#taken, name], new Map([...this.#of, [variable.id, name]]));
  }
}
