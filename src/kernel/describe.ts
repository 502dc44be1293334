/**
 * Sorts and terms in error messages: plain and complete (untrusted: it gives nothing but text). `print-text.ts` writes for
 * readers.
 */
import type { Below, SortShape, TermShape } from './shapes.ts';

/** The names of the enclosing binders, innermost first. */
interface Names {
  readonly name: string;
  readonly outer: Names | null;
}

export interface Describer<S, T> {
  readonly sort: (sort: S) => string;
  readonly term: (term: T) => string;
}

export function describer<S extends SortShape<S, T>, T extends TermShape<S, T>>({
  codomain,
  body,
  index,
}: Below<S, T>): Describer<S, T> {
  function describeSort(sort: S, names: Names | null = null): string {
    switch (sort.kind) {
      case 'Nat':
        return 'ℕ';
      case 'Real':
        return 'ℝ';
      case 'Prop':
        return 'Prop';
      case 'Fin':
        return `Fin(${describe(sort.dimension!, names)})`;
      default: {
        const inner = { name: sort.hint, outer: names };
        return `(${describeSort(sort.domain!, names)} → ${describeSort(codomain(sort), inner)})`;
      }
    }
  }

  /** Plain and complete; `print-text.ts` writes terms for readers. A name that an inner binder hides is followed by ′. */
  function describe(term: T, names: Names | null = null): string {
    switch (term.kind) {
      case 'variable':
        return term.name;
      case 'number':
        return term.value!.toString();
      case 'bound': {
        let at = names;
        for (let i = 0; at !== null && i < index(term); i++) at = at.outer;
        if (at === null) return `#${index(term)}`;
        let shown = at.name;
        for (let inner = names; inner !== null && inner !== at; inner = inner.outer) {
          if (inner.name === at.name) shown += '′';
        }
        return shown;
      }
      case 'apply':
        return `${describe(term.args[0]!, names)}(${describe(term.args[1]!, names)})`;
      case 'lambda':
        return `(${term.name} ↦ ${describe(body(term), { name: term.name, outer: names })})`;
      default: {
        let text = term.name;
        for (let i = 0; i < term.args.length; i++) {
          text += `${i === 0 ? '(' : ', '}${describe(term.args[i]!, names)}`;
        }
        return term.args.length === 0 ? text : `${text})`;
      }
    }
  }

  return { sort: (sort) => describeSort(sort), term: (term) => describe(term) };
}
