/**
 * Mechanical mutations of proof scripts: each changes one step, or one hypothesis of the statement, and the kernel is to refuse
 * the script.
 */
import { type Draft, type Library, ProofError } from '../../proofs/index.ts';
import { as } from '../../proofs/support/derived.ts';
import type { Tactic } from '../../proofs/support/step.ts';
import { definition, logic, ring } from '../../proofs/support/tactics.ts';
import { add, eq, natLe, natLt, neg, op, open, sub, True } from '../../src/kernel/build.ts';
import { apply, freeVariables, KernelError, lambda, Real, type Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import type { Hypothesis, Statement } from '../../theorems/result.ts';

/** Changes of what a step claims, or supposes. */
export const CLAIM_KINDS = ['inequality', 'sign', 'index', 'dimension', 'variable', 'quantifier'] as const;
export const KINDS = [
  ...CLAIM_KINDS,
  'without premise',
  'other premise',
  'premises swapped',
  'rule',
  'without hypothesis',
] as const;
export type Kind = (typeof KINDS)[number];

/** Mutants of one kind that a step has at most. */
const PER_KIND = 2;

export interface Mutant {
  readonly proof: string;
  /** of a removed hypothesis: none */
  readonly step: string;
  readonly kind: Kind;
  /** "inequality 1", "without premise 2" */
  readonly change: string;
}

/** "theorem-1, T1.4: sign 1" */
export const nameOf = ({ proof, step, change }: Mutant): string =>
  step === '' ? `${proof}: ${change}` : `${proof}, ${step}: ${change}`;

interface Change {
  readonly kind: (typeof CLAIM_KINDS)[number];
  readonly term: Term;
}

/** Every claim that differs from this one in one place. */
export function changesOf(claim: Term): readonly Change[] {
  return changesIn(claim, [], freeVariables(claim));
}

function changesIn(claim: Term, bound: readonly Term[], free: readonly Term[]): readonly Change[] {
  const out: Change[] = [];
  const put = (kind: Change['kind'], make: () => Term): void => {
    try {
      out.push({ kind, term: make() });
    } catch (error) {
      if (!(error instanceof KernelError)) throw error; // ill-sorted, so no mutant
    }
  };
  if (claim.kind === 'variable') {
    if (!bound.some(({ id }) => id === claim.id)) return out;
    for (const other of [...bound, ...free]) {
      if (other.id === claim.id || other.sort.id !== claim.sort.id) continue;
      put(claim.sort.kind === 'Fin' ? 'index' : 'variable', () => other);
    }
    return out;
  }
  if (claim.kind === 'lambda') {
    const [x, body] = open(claim);
    for (const c of changesIn(body, [...bound, x], free)) put(c.kind, () => lambda(x, c.term, claim.name));
    return out;
  }
  if (claim.kind === 'apply') {
    const [f, x] = claim.args as [Term, Term];
    for (const c of changesIn(f, bound, free)) put(c.kind, () => apply(c.term, x));
    for (const c of changesIn(x, bound, free)) put(c.kind, () => apply(f, c.term));
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
    case 'forall':
      put('quantifier', () => op('exists', a));
      break;
    case 'exists':
      put('quantifier', () => op('forall', a));
      break;
  }
  claim.args.forEach((argument, n) => {
    for (const c of changesIn(argument, bound, free)) {
      put(c.kind, () => op(claim.name, ...claim.args.map((x, k) => (k === n ? c.term : x))));
    }
  });
  return out;
}

/** Rules that take their premises in any order, or all but the first, as they say; axioms are of the first sort. */
const UNORDERED = new Set(['logic', 'calculation', 'witness', 'least value', 'lower bound', 'arithmetic']);
const FIRST = new Set(['instance', 'substitution', 'order of naturals']);
/** The premises from this one on may stand in any order. */
function unorderedFrom(rule: string): number {
  if (UNORDERED.has(rule) || /^[A-Z]+$/.test(rule)) return 0;
  return FIRST.has(rule) ? 1 : Number.POSITIVE_INFINITY;
}

const RULES: readonly (readonly [name: string, tactic: Tactic])[] = [
  ['by definition only', definition],
  ['by calculation only', ring],
  ['by logic only', logic],
];

type Made = readonly [change: Pick<Mutant, 'kind' | 'change'>, draft: Draft];

/** The mutants of a step; `earlier` are the theorems of the steps before it, newest first. */
function mutantsOf(draft: Draft, earlier: readonly Theorem[]): readonly Made[] {
  const { claim, tactic, premises, kind: of } = draft;
  const out: Made[] = [];
  const push = (kind: Kind, change: string, made: Partial<Draft>): void => {
    out.push([
      { kind, change },
      { ...draft, ...made },
    ]);
  };
  const count = new Map<string, number>();
  for (const { kind, term } of changesOf(claim)) {
    const n = (count.get(kind) ?? 0) + 1;
    count.set(kind, n);
    if (term.id !== claim.id && n <= PER_KIND) push(kind, `${kind} ${n}`, { claim: term });
  }
  if (of === 'suppose') return out;
  const put = (n: number, theorem: Theorem) => premises.map((th, k) => (k === n ? theorem : th));
  premises.forEach((premise, n) => {
    const without = premises.filter((_, k) => k !== n);
    push('without premise', `without premise ${n + 1}`, { premises: without });
    const other = earlier.find((th) => !premises.some((p) => p.conclusion.id === th.conclusion.id));
    if (other) push('other premise', `other premise ${n + 1}`, { premises: put(n, other) });
    const next = premises[n + 1];
    if (next && n < unorderedFrom(tactic.name)) {
      const swapped = put(n, next).map((th, k) => (k === n + 1 ? premise : th));
      push('premises swapped', `premises ${n + 1} and ${n + 2} swapped`, { premises: swapped });
    }
  });
  for (const [change, rule] of RULES) {
    if (rule.name !== tactic.name) push('rule', change, { tactic: rule });
  }
  return out;
}

/** Every mutant of a proof, and the test of some of them. */
export interface Mutation {
  readonly mutants: readonly Mutant[];
  /** those of the list with which the script is still a proof */
  readonly survivors: (list: readonly Mutant[]) => readonly Mutant[];
}

export function mutation(library: Library, id: string): Mutation {
  const { statement } = library.prove(id);
  const { drafts, known } = run(library, id);
  const mutants: Mutant[] = drafts.flatMap(([draft, earlier]) =>
    mutantsOf(draft, earlier).map(([change]) => ({ proof: id, step: draft.id, ...change })),
  );
  for (const { id: hypothesis } of [...statement.setting, ...statement.hypotheses]) {
    mutants.push({ proof: id, step: '', kind: 'without hypothesis', change: `without ${hypothesis}` });
  }
  return { mutants, survivors: (list) => survivorsOf(library, id, list, known) };
}

/** The steps of a script, and the theorems of the true proof, by their ids. */
function run(library: Library, id: string) {
  const drafts: (readonly [draft: Draft, earlier: readonly Theorem[]])[] = [];
  const proved = new Map<string, Theorem>();
  library.check(id, {
    intercept: (draft) => {
      drafts.push([draft, [...proved.values()].reverse()]);
      return recorded(draft, proved);
    },
  });
  const ids = new Set(drafts.map(([draft]) => draft.id));
  if (ids.size !== drafts.length) throw new Error(`${id}: two steps have one id`);
  const known = (draft: Draft): Draft => withRun(draft, () => proved.get(draft.id)!);
  // The control: with the theorems of the true proof in place of all steps, the script is a proof.
  library.check(id, { intercept: known });
  return { drafts, known };
}

const withRun = (draft: Draft, to: Tactic['run']): Draft => ({
  ...draft,
  tactic: { ...draft.tactic, run: to },
});

function recorded(draft: Draft, proved: Map<string, Theorem>): Draft {
  return withRun(draft, (goal, premises) => {
    const theorem = draft.tactic.run(goal, premises);
    proved.set(draft.id, theorem);
    return theorem;
  });
}

/**
 * A mutated step is run alone, in its place, and only if it passes the rest of the script is run: then the steps before it
 * give the theorems of the true proof, which the kernel made.
 */
function survivorsOf(
  library: Library,
  id: string,
  list: readonly Mutant[],
  known: (draft: Draft) => Draft,
): readonly Mutant[] {
  const chosen = (step: string) => list.filter((mutant) => mutant.step === step);
  const suspects: [Mutant, Draft][] = [];
  const proved = new Map<string, Theorem>();
  library.check(id, {
    intercept: (draft) => {
      const here = chosen(draft.id);
      const all = here.length === 0 ? [] : mutantsOf(draft, [...proved.values()].reverse());
      for (const mutant of here) {
        const made = all.find(([{ change }]) => change === mutant.change)![1];
        if (
          draft.kind === 'suppose' ||
          !isRefused(() => as(made.tactic.run(made.claim, made.premises), made.claim))
        )
          suspects.push([mutant, made]);
      }
      return recorded(known(draft), proved);
    },
  });
  const through = suspects.filter(([mutant, made]) => {
    let before = true;
    return !isRefused(() =>
      library.check(id, {
        intercept: (draft) => {
          if (draft.id !== mutant.step) return before ? known(draft) : draft;
          before = false;
          return mutant.kind === 'rule' ? made : { ...made, tactic: draft.tactic };
        },
      }),
    );
  });
  const weaker = chosen('').filter((mutant) => {
    const statement = withoutHypothesis(library.prove(id).statement, mutant.change.slice('without '.length));
    return !isRefused(() => library.check(id, { statement }));
  });
  return [...through.map(([mutant]) => mutant), ...weaker];
}

function withoutHypothesis(statement: Statement, id: string): Statement {
  const put = (list: readonly Hypothesis[]) => list.map((h) => (h.id === id ? { ...h, term: True() } : h));
  return { ...statement, setting: put(statement.setting), hypotheses: put(statement.hypotheses) };
}

/** Anything but a refusal is an error of the script or of a tactic, and is thrown. */
export function isRefused(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch (error) {
    if (error instanceof ProofError || error instanceof KernelError) return true;
    throw error;
  }
}
