/** What sorts and terms show of themselves, for modules below term.ts: that one alone makes them. */
import type { Rational } from './rational.ts';

export interface SortShape<S, T> {
  readonly id: number;
  readonly kind: 'Nat' | 'Real' | 'Prop' | 'Fin' | 'Pi';
  readonly dimension: T | null;
  readonly domain: S | null;
  readonly codomain: S | null;
  readonly hint: string;
}

export interface TermShape<S, T> {
  readonly id: number;
  readonly kind: 'variable' | 'number' | 'operation' | 'apply' | 'lambda' | 'bound';
  readonly sort: S;
  readonly name: string;
  readonly value: Rational | null;
  readonly args: readonly T[];
}

/** Sight below binders, which term.ts lends for the time of a call. */
export interface Below<S, T> {
  readonly codomain: (sort: S) => S;
  readonly body: (term: T) => T;
  readonly index: (term: T) => number;
}
