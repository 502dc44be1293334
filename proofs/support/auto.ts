/**
 * A small backward prover: a goal is split at ∧, ∀, ⇒, and what remains is matched with the premises, whose antecedents are
 * proved in the same way (untrusted: it only calls rules).
 */
import { scoped } from '../../src/kernel/build.ts';
import { normalise } from '../../src/kernel/normalise.ts';
import { apply, KernelError, type Term, unfold } from '../../src/kernel/term.ts';
import {
  andIntro,
  andLeft,
  andRight,
  assume,
  convert,
  discharge,
  equal,
  existsIntro,
  forallElim,
  forallIntro,
  modusPonens,
  type Theorem,
  trueIntro,
} from '../../src/kernel/theorem.ts';
import { as, isDefined, isOp } from './derived.ts';
import { type Binding, hole, match } from './matching.ts';

type Move =
  | { readonly kind: 'all'; readonly variable: Term }
  | { readonly kind: 'imp'; readonly antecedent: Term }
  | { readonly kind: 'left' | 'right' | 'unfold' };

/** What a premise says at one leaf: for all variables, antecedents ⇒ conclusion. */
interface Clause {
  readonly theorem: Theorem;
  readonly moves: readonly Move[];
  readonly variables: readonly Term[];
  readonly antecedents: readonly Term[];
  readonly conclusion: Term;
}

function clausesOf(theorem: Theorem): readonly Clause[] {
  const out: Clause[] = [];
  const visit = (conclusion: Term, before: Clause): void => {
    const here = { ...before, conclusion };
    const go = (next: Term, move: Move, extra: Partial<Clause> = {}) =>
      visit(next, { ...here, ...extra, moves: [...before.moves, move] });
    if (isOp(conclusion, 'forall')) {
      const x = hole(before.variables.length, conclusion.args[0]!.sort.domain!);
      go(
        apply(conclusion.args[0]!, x),
        { kind: 'all', variable: x },
        { variables: [...before.variables, x] },
      );
    } else if (isOp(conclusion, 'imp')) {
      const [antecedent, next] = conclusion.args as [Term, Term];
      out.push(here);
      go(next, { kind: 'imp', antecedent }, { antecedents: [...before.antecedents, antecedent] });
    } else if (isOp(conclusion, 'and')) {
      go(conclusion.args[0]!, { kind: 'left' });
      go(conclusion.args[1]!, { kind: 'right' });
    } else {
      out.push(here);
      if (isDefined(conclusion)) go(unfold(conclusion), { kind: 'unfold' });
    }
  };
  visit(theorem.conclusion, {
    theorem,
    moves: [],
    variables: [],
    antecedents: [],
    conclusion: theorem.conclusion,
  });
  return out;
}

function replay(clause: Clause, binding: Binding, proofs: readonly Theorem[]): Theorem {
  let out = clause.theorem;
  let used = 0;
  for (const move of clause.moves) {
    if (move.kind === 'all') out = forallElim(out, binding.get(move.variable.id)!);
    else if (move.kind === 'imp') out = modusPonens(out, as(proofs[used++]!, out.conclusion.args[0]!));
    else if (move.kind === 'unfold') out = convert(out, unfold(out.conclusion), 'all');
    else out = move.kind === 'left' ? andLeft(out) : andRight(out);
  }
  return out;
}

/** The goal from the premises; throws with the part of the goal that no premise gives. */
export function auto(goal: Term, premises: readonly Theorem[], depth = 4): Theorem {
  return solve(goal, premises.flatMap(clausesOf), depth);
}

function attempt<T>(f: () => T): T | KernelError {
  try {
    return f();
  } catch (error) {
    if (error instanceof KernelError) return error;
    throw error;
  }
}

function solve(goal: Term, clauses: readonly Clause[], depth: number): Theorem {
  for (const clause of clauses) {
    if (clause.conclusion.id === goal.id && clause.variables.length + clause.antecedents.length === 0) {
      return replay(clause, new Map(), []);
    }
  }
  if (isOp(goal, 'true')) return trueIntro();
  if (isOp(goal, 'and')) {
    return andIntro(solve(goal.args[0]!, clauses, depth), solve(goal.args[1]!, clauses, depth));
  }
  if (isOp(goal, 'forall')) {
    return scoped('x', goal.args[0]!.sort.domain!, (x) =>
      forallIntro(x, solve(apply(goal.args[0]!, x), clauses, depth)),
    );
  }
  const matched = bySomeClause(goal, clauses, depth, (clause) => clause.conclusion, goal);
  if (matched) return matched;
  if (isOp(goal, 'imp')) {
    const antecedent = goal.args[0]!;
    const more = clausesOf(assume(antecedent));
    return discharge(antecedent, solve(goal.args[1]!, [...clauses, ...more], depth));
  }
  if (isOp(goal, 'exists')) {
    const x = hole(0, goal.args[0]!.sort.domain!, 'w');
    const body = apply(goal.args[0]!, x);
    for (const clause of clauses) {
      if (clause.variables.length + clause.antecedents.length > 0) continue;
      const found = match(body, clause.conclusion, new Set([x.id]))?.get(x.id);
      if (found) return existsIntro(goal, found, replay(clause, new Map(), []));
    }
  }
  if (isDefined(goal)) {
    const inner = attempt(() => solve(unfold(goal), clauses, depth));
    if (!(inner instanceof KernelError)) return as(inner, goal);
  }
  const target = normalise(goal, 'all');
  if (isOp(goal, 'eq') && target.args[0]!.id === target.args[1]!.id) {
    return equal(goal.args[0]!, goal.args[1]!, 'all');
  }
  const normal = bySomeClause(goal, clauses, depth, (c) => normalise(c.conclusion, 'all'), target);
  if (normal) return as(normal, goal);
  throw new KernelError(`auto: expected a premise that gives ${goal} but received none that does`);
}

function bySomeClause(
  goal: Term,
  clauses: readonly Clause[],
  depth: number,
  read: (clause: Clause) => Term,
  target: Term,
): Theorem | null {
  for (const clause of clauses) {
    if (clause.antecedents.length > 0 && (depth === 0 || isOp(clause.conclusion, 'false'))) {
      if (!isOp(goal, 'false') || depth === 0) continue;
    }
    const holes = new Set(clause.variables.map((x) => x.id));
    const binding = match(read(clause), target, holes);
    if (!binding || clause.variables.some((x) => !binding.has(x.id))) continue;
    const result = attempt(() => {
      // The antecedents at this instance are read off while the moves are replayed.
      const proofs: Theorem[] = [];
      let out = clause.theorem;
      for (const move of clause.moves) {
        if (move.kind === 'imp') {
          const proof = solve(out.conclusion.args[0]!, clauses, depth - 1);
          proofs.push(proof);
          out = modusPonens(out, proof);
        } else out = replay({ ...clause, theorem: out, moves: [move] }, binding, []);
      }
      return as(out, goal);
    });
    if (!(result instanceof KernelError)) return result;
  }
  return null;
}
