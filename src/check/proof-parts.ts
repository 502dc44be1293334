/**
 * The parts of a proof as the proof uses them: each with the values that its context has where it is first cited, so that
 * its claims are about the symbols of the result, which an instance names.
 */
import type { Proof } from '../../proofs/index.ts';
import type { Step } from '../../proofs/support/step.ts';
import { lambdas, substitute } from '../kernel/build.ts';
import { freeVariables, freeVariablesOfSort, fresh, type Term } from '../kernel/term.ts';

/** What the evaluation of a step needs of it. */
export interface EvaluableStep extends Pick<Step, 'id' | 'kind' | 'claim' | 'premises'> {
  readonly theorem: { readonly hypotheses: readonly Term[] };
}

/** The part of a proof that is evaluated: that of `prove` in proofs/index.ts has it. */
export type EvaluableProof = Pick<Proof, 'id' | 'statement' | 'steps'> & Partial<Pick<Proof, 'parts'>>;

export interface PlacedPart {
  readonly id: string;
  /** the proof or part, and its step, that cites it first */
  readonly cited: { readonly script: string; readonly step: string };
  /** the step of the proof itself that rests on this use */
  readonly root: string;
  /** its context there: name, and value in the symbols of the result */
  readonly context: readonly { readonly name: string; readonly value: Term }[];
  readonly hypotheses: readonly { readonly id: string; readonly term: Term }[];
  readonly steps: readonly EvaluableStep[];
}

type Script = Pick<Proof, 'id' | 'statement' | 'steps'>;

/** The proof first, then each part after what cites it. A part that nothing cites has no place. Linear in the proof. */
export function placedParts(proof: Script & { readonly parts: readonly Script[] }): readonly PlacedPart[] {
  const waiting = new Map(proof.parts.map((part) => [part.id, part]));
  const out: PlacedPart[] = [];
  const visit = (script: Script, put: (term: Term) => Term, rootOf: (step: Step) => string): void => {
    const found: (() => void)[] = [];
    for (const step of script.steps) {
      for (const { id, kind, at } of step.cites) {
        const part = kind === 'part' ? waiting.get(id) : undefined;
        if (!part) continue;
        waiting.delete(id);
        const values = at.map(put);
        const inside = placing(part, values);
        const root = rootOf(step);
        out.push({
          id,
          cited: { script: script.id, step: step.id },
          root,
          context: part.statement.context.map(({ name }, k) => ({ name, value: values[k]! })),
          hypotheses: hypothesesOf(part).map((each) => ({ id: each.id, term: inside(each.term) })),
          steps: part.steps.map(({ id, kind, claim, premises, theorem }) => ({
            id,
            kind,
            claim: inside(claim),
            premises,
            theorem: { hypotheses: theorem.hypotheses.map(inside) },
          })),
        });
        found.push(() => visit(part, inside, () => root));
      }
    }
    for (const next of found) next();
  };
  visit(
    proof,
    (term) => term,
    ({ id }) => id,
  );
  return out;
}

const hypothesesOf = ({ statement }: Script) => [...statement.setting, ...statement.hypotheses];

/** Puts values for the context of a script; its other variables are renamed, with the sorts that they have then. */
function placing(script: Script, values: readonly Term[]): (term: Term) => Term {
  const variables = [...script.statement.context];
  const images = [...values];
  for (const x of ownVariables(script)) {
    const sort = substitute(lambdas([x], x), variables, images).sort.domain!;
    variables.push(x);
    images.push(fresh(x.name, sort));
  }
  const known = new Map<number, Term>();
  return (term) => {
    let put = known.get(term.id);
    if (!put) {
      put = substitute(term, variables, images);
      known.set(term.id, put);
    }
    return put;
  };
}

/** What its steps introduce or leave free, beside its context. */
function ownVariables({ statement, steps }: Script): readonly Term[] {
  const context = new Set(statement.context.map(({ id }) => id));
  const found = new Map<number, Term>();
  const add = (term: Term): void => {
    for (const x of freeVariables(term)) if (!context.has(x.id)) found.set(x.id, x);
  };
  for (const { claim, theorem, cites } of steps) {
    add(claim);
    theorem.hypotheses.forEach(add);
    for (const { at } of cites) at.forEach(add);
  }
  return inOrder([...found.values()]);
}

/** Each variable after those that its sort mentions. */
export function inOrder(variables: readonly Term[]): readonly Term[] {
  const out: Term[] = [];
  const left = [...variables];
  while (left.length > 0) {
    const ids = new Set(left.map(({ id }) => id));
    const next = left.findIndex(({ sort }) => !freeVariablesOfSort(sort).some(({ id }) => ids.has(id)));
    out.push(...left.splice(Math.max(0, next), 1));
  }
  return out;
}
