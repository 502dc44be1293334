/** Mechanical mutations of proof scripts: each changes one step, or one hypothesis, and the kernel is to refuse the script. */
import { type Draft, Library, type Proof, ProofError } from '../../proofs/index.ts';
import { definition } from '../../proofs/support/tactics.ts';
import { add, eq, natLe, natLt, neg, op, open, sub, True } from '../../src/kernel/build.ts';
import { apply, KernelError, lambda, Real, type Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import type { Hypothesis, Statement } from '../../theorems/result.ts';

export interface Mutant {
  readonly step: string;
  readonly change: string;
  readonly draft: Draft;
}

interface Change {
  readonly name: string;
  readonly term: Term;
}

/** Every claim that differs from this one in one place. */
export function changesOf(claim: Term, scope: readonly Term[] = []): readonly Change[] {
  const out: Change[] = [];
  const put = (name: string, make: () => Term): void => {
    try {
      out.push({ name, term: make() });
    } catch (error) {
      if (!(error instanceof KernelError)) throw error; // ill-sorted, so no mutant
    }
  };
  if (claim.kind === 'lambda') {
    const [x, body] = open(claim);
    for (const c of changesOf(body, [...scope, x])) put(c.name, () => lambda(x, c.term, claim.name));
    return out;
  }
  if (claim.kind === 'apply') {
    const [f, x] = claim.args as [Term, Term];
    if (x.kind === 'variable' && x.sort.kind === 'Fin') {
      for (const other of scope) {
        if (other.id !== x.id && other.sort.id === x.sort.id) put('index', () => apply(f, other));
      }
    }
    for (const c of changesOf(f, scope)) put(c.name, () => apply(c.term, x));
    for (const c of changesOf(x, scope)) put(c.name, () => apply(f, c.term));
    return out;
  }
  if (claim.kind !== 'operation') return out;
  const [a, b] = claim.args as [Term, Term];
  switch (claim.name) {
    case 'le':
    case 'lt':
      put('inequality', () => op(claim.name, b, a));
      break;
    case 'natLe':
      put('dimension', () => natLe(b, a));
      break;
    case 'natLt':
      put('dimension', () => natLt(b, a));
      break;
    case 'eq':
      if (a.sort.id === Real.id) put('sign', () => eq(a, b.kind === 'number' ? add(b, 1) : neg(b)));
      break;
    case 'add':
      put('sign', () => sub(a, b));
      break;
  }
  claim.args.forEach((argument, n) => {
    for (const c of changesOf(argument, scope)) {
      put(c.name, () => op(claim.name, ...claim.args.map((x, k) => (k === n ? c.term : x))));
    }
  });
  return out;
}

/** Rules that take their premises in any order. */
const UNORDERED = new Set([
  'logic',
  'calculation',
  'substitution',
  'witness',
  'least value',
  'instance',
  'lower bound',
]);

function mutantsOf(draft: Draft, perKind: number): readonly Mutant[] {
  const { id: step, claim, tactic, premises } = draft;
  const out: Mutant[] = [];
  const push = (change: string, made: Partial<Draft>) =>
    out.push({ step, change, draft: { ...draft, ...made } });
  premises.forEach((_, n) => {
    push(`without premise ${n + 1}`, { premises: premises.filter((_, k) => k !== n) });
  });
  if (premises.length > 1 && !UNORDERED.has(tactic.name) && !/^[A-Z]+$/.test(tactic.name)) {
    push('premises swapped', { premises: [premises[1]!, premises[0]!, ...premises.slice(2)] });
  }
  push('by definition only', { tactic: definition });
  const count = new Map<string, number>();
  for (const c of changesOf(claim)) {
    const n = (count.get(c.name) ?? 0) + 1;
    count.set(c.name, n);
    if (c.term.id !== claim.id && n <= perKind) push(`${c.name} ${n}`, { claim: c.term });
  }
  return out;
}

export interface Report {
  readonly mutants: number;
  /** "step: change" of every mutant that is still a proof */
  readonly survivors: readonly string[];
}

/**
 * Checks the script with every mutant of every step. Steps before the mutated one give the theorems of the true proof, which
 * the kernel made; the mutated step and all after it are run.
 */
export function mutate(id: string, perKind = 2): Report {
  const library = new Library();
  const drafts: Draft[] = [];
  const proved = new Map<string, Theorem>();
  library.check(id, {
    intercept: (draft) => {
      drafts.push(draft);
      const run: Draft['tactic']['run'] = (goal, premises) => {
        const theorem = draft.tactic.run(goal, premises);
        proved.set(draft.id, theorem);
        return theorem;
      };
      return { ...draft, tactic: { ...draft.tactic, run } };
    },
  });
  if (new Set(drafts.map((d) => d.id)).size !== drafts.length)
    throw new Error(`${id}: two steps have one id`);
  const known = (draft: Draft): Draft => ({
    ...draft,
    tactic: { ...draft.tactic, run: () => proved.get(draft.id)! },
  });
  // The control: with the theorems of the true proof in place of all steps, the script is a proof.
  library.check(id, { intercept: known });
  const survives = (mutant: Mutant): boolean => {
    let before = true;
    return isProof(() =>
      library.check(id, {
        intercept: (draft) => {
          if (draft.id !== mutant.step) return before ? known(draft) : draft;
          before = false;
          return mutantsOf(draft, perKind).find((m) => m.change === mutant.change)!.draft;
        },
      }),
    );
  };
  const all = drafts.flatMap((draft) => mutantsOf(draft, perKind));
  return {
    mutants: all.length,
    survivors: all.filter(survives).map((m) => `${m.step}: ${m.change}`),
  };
}

/** The hypotheses without which the script is still a proof. */
export function unused(id: string): readonly string[] {
  const library = new Library();
  const { statement } = library.prove(id);
  const names = [...statement.setting, ...statement.hypotheses].map((h) => h.id);
  const without = (list: readonly Hypothesis[], name: string) =>
    list.map((h) => (h.id === name ? { ...h, term: True() } : h));
  return names.filter((name) => {
    const weaker: Statement = {
      ...statement,
      setting: without(statement.setting, name),
      hypotheses: without(statement.hypotheses, name),
    };
    return isProof(() => library.check(id, { statement: weaker }));
  });
}

function isProof(run: () => Proof): boolean {
  try {
    run();
    return true;
  } catch (error) {
    // A tactic that misses a premise reads from undefined.
    if (error instanceof ProofError || error instanceof TypeError) return false;
    throw error;
  }
}
