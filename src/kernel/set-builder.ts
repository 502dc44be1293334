import { open } from './build.ts';
import { freeVariables, type Term } from './term.ts';

/** A binder or a condition of { value : x₁, condition, x₂, … }, in the order in which they were written. */
export type SetStep = { readonly kind: 'variable' | 'condition'; readonly term: Term };

export interface SetBuilder {
  readonly steps: readonly SetStep[];
  readonly value: Term;
}

/** Reads y ↦ ∃x₁. c₁ ∧ ∃x₂. … y = value as { value : x₁, c₁, x₂, … }; null for a set of another form. */
export function setBuilder(set: Term): SetBuilder | null {
  if (set.kind !== 'lambda' || set.sort.codomain?.kind !== 'Prop') return null;
  const [y, body] = open(set);
  const steps: SetStep[] = [];
  let rest = body;
  const mentionsY = (t: Term) => freeVariables(t).some((x) => x.id === y.id);
  for (;;) {
    if (rest.kind !== 'operation') return null;
    if (rest.name === 'exists') {
      const [x, inner] = open(rest.args[0]!);
      steps.push({ kind: 'variable', term: x });
      rest = inner;
    } else if (rest.name === 'and' && !mentionsY(rest.args[0]!)) {
      steps.push({ kind: 'condition', term: rest.args[0]! });
      rest = rest.args[1]!;
    } else break;
  }
  if (rest.name !== 'eq' || rest.args[0]!.id !== y.id || mentionsY(rest.args[1]!)) return null;
  return { steps, value: rest.args[1]! };
}
