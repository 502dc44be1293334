/**
 * Mutations of the steps of many scripts, quicker than `mutate`: a mutated step is run alone first, and the whole script only
 * when the step passes.
 */
import { type Draft, type Library, ProofError } from '../../proofs/index.ts';
import { as } from '../../proofs/support/derived.ts';
import { KernelError } from '../../src/kernel/term.ts';
import { changesOf } from './mutants.ts';

/** The number of mutants, and "id, step: change" of every one that is still a proof. */
export function quickMutants(
  library: Library,
  ids: readonly string[],
): { readonly mutants: number; readonly survivors: readonly string[] } {
  let mutants = 0;
  const survivors: string[] = [];
  for (const id of ids) {
    const suspects: Mutant[] = [];
    library.check(id, {
      intercept: (draft) => {
        for (const mutant of mutantsOf(draft)) {
          mutants++;
          if (holds(mutant.draft)) suspects.push(mutant);
        }
        return draft;
      },
    });
    // A claim that holds too must break a later step.
    for (const { draft: mutant, name } of suspects) {
      const intercept = (draft: Draft): Draft => {
        if (draft.id !== mutant.id) return draft;
        return mutantsOf(draft).find((each) => each.name === name)!.draft;
      };
      if (!isRefused(() => library.check(id, { intercept }))) survivors.push(`${id}, ${mutant.id}: ${name}`);
    }
  }
  return { mutants, survivors };
}

interface Mutant {
  readonly name: string;
  readonly draft: Draft;
}

/** Each step with one change of its claim, two of each kind, and without one of its premises. */
function mutantsOf(draft: Draft): readonly Mutant[] {
  const count = new Map<string, number>();
  const claims = changesOf(draft.claim).flatMap(({ name, term }): readonly Mutant[] => {
    const n = (count.get(name) ?? 0) + 1;
    count.set(name, n);
    return term.id === draft.claim.id || n > 2
      ? []
      : [{ name: `${name} ${n}`, draft: { ...draft, claim: term } }];
  });
  const premises = draft.premises.map((_, n) => ({
    name: `without premise ${n + 1}`,
    draft: { ...draft, premises: draft.premises.filter((_, k) => k !== n) },
  }));
  return [...claims, ...premises];
}

const holds = ({ tactic, claim, premises }: Draft): boolean =>
  !isRefused(() => as(tactic.run(claim, premises), claim));

export function isRefused(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    // A tactic that misses a premise, or finds another form than it expects, reads from undefined.
    if (error instanceof ProofError || error instanceof KernelError || error instanceof TypeError)
      return true;
    throw error;
  }
}
