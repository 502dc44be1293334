import type { Statement } from '../../theorems/result.ts';
import { DifferentiableLosses, freeData } from '../../theorems/setting.ts';
import type { Truth } from '../arithmetic/meaning.ts';
import type { Instance } from '../instance/instance.ts';
import type { Term } from '../kernel/term.ts';
import { dependsOn } from '../symbolic/evaluate.ts';
import type { CheckContext, Place } from './check-context.ts';
import { exampleFacts } from './example-facts.ts';
import { checkableIds } from './index.ts';
import type { ObligationReport, Quantity, ResultReport, Tier } from './report.ts';

/** What a check of the instance knows of a statement, where samples would not do. */
export interface Facts {
  readonly obligations: ReadonlyMap<string, ObligationReport>;
  /** truths of claims that sampling cannot decide, by the id of the term */
  readonly truths: ReadonlyMap<
    number,
    { readonly truth: Truth; readonly tier: Tier; readonly detail: string }
  >;
  /** the infimum of the conclusion's set */
  readonly infimum: { readonly set: number; readonly value: Quantity } | undefined;
}

/** Theorem 4 is checked for each t; the numbers are those of one. */
export const atSameLayer =
  ({ t = 0 }: Instance) =>
  (report: ResultReport): boolean =>
    report.t === undefined || report.t === t;

/** The results whose check decides the hypotheses of a proof. */
export function resultsFor({
  id,
  statement,
}: {
  readonly id: string;
  readonly statement: Statement;
}): readonly string[] {
  if (id === 'theorem-1') return ['theorem-1'];
  if (checkableIds.includes(id)) return ['theorem-1', id];
  const local = statement.hypotheses.some((hypothesis) => hypothesis.id === 'local-minimum');
  return local ? ['theorem-1', 'theorem-2'] : ['theorem-1'];
}

/** The truths that the reports bear out, with evidence that is certified or better. A truth is kept only for the very terms of the statement. */
export function factsOf(
  context: CheckContext,
  statement: Statement,
  checked: readonly ResultReport[],
  place?: Place,
): Facts {
  const obligations = new Map(
    checked.flatMap((each) => each.obligations.map((report) => [report.id, report])),
  );
  const truths = new Map<number, { truth: Truth; tier: Tier; detail: string }>();
  const say = (term: Term, truth: Truth, { tier, detail }: Pick<ObligationReport, 'tier' | 'detail'>) => {
    truths.set(term.id, { truth, tier, detail });
  };
  const convex = obligations.get('assumption-1')!;
  const represented = obligations.get('assumption-2')!;
  const differentiable = obligations.get('differentiable')!;
  const critical = obligations.get('critical')!;
  const built = { tier: 'symbolic', detail: 'the model is built so' } as const;
  for (const { id, term } of statement.setting) if (BY_CONSTRUCTION.has(id)) say(term, true, built);
  const ofExamples = exampleFacts(context, statement);
  for (const { id, term } of [...statement.setting, ...statement.hypotheses]) {
    const known = ofExamples.get(id);
    if (known) truths.set(term.id, known);
  }
  // The network of Example 3 is f with its parameters in another order, which moves no derivative.
  const ordered = statement.context.some(({ name }) => name === 'q');
  for (const { id, term } of statement.hypotheses) {
    const known = obligations.get(id);
    if (id === 'locally-linear' && known) say(term, truthOf(known), known);
    if (id === 'assumption-1') say(term, truthOf(convex), convex);
    if (id === 'loss-differentiable') say(term, smoothLosses(context, convex), convex);
    if (id === 'differentiable' && ordered) say(term, truthOf(differentiable), differentiable);
    if (id === 'critical' && ordered) say(term, truthOf(critical), critical);
    if (id === 'assumption-2') say(term, globally(represented, differentiable), represented);
    if (id === 'differentiable-nearby') {
      const near = obligations.get(id);
      // Where f is not differentiable at θ, θ ∈ Ω ⊆ Ω̃.
      const truth = near ? truthOf(near) : truthOf(differentiable) === false ? false : 'undecided';
      say(term.args[0]!, negated(truth), near ?? differentiable);
    }
    if (id === 'local-minimum') {
      const decided = obligations.get(id);
      if (decided && truthOf(decided) !== 'undecided') {
        say(term, truthOf(decided), decided);
        continue;
      }
      // Fermat: a differentiable local minimum is critical.
      const refuted =
        truthOf(convex) === true && truthOf(differentiable) === true && truthOf(critical) === false;
      say(term, refuted ? false : 'undecided', {
        tier: critical.tier,
        detail: refuted ? critical.detail : (decided?.detail ?? 'no check of it decides here'),
      });
    }
  }
  const losses = DifferentiableLosses(freeData());
  if (!truths.has(losses.id)) say(losses, smoothLosses(context, convex), convex);
  const { conclusion } = statement;
  const set =
    conclusion.kind === 'operation' && conclusion.name === 'IsMin' ? conclusion.args[1]! : undefined;
  const right = checked.find(({ result }) => result === 'theorem-1')?.right;
  // What was computed of the infimum is about the given θ.
  const known = set && right && place?.kind !== 'enclosed';
  return { obligations, truths, infimum: known ? { set: set.id, value: right } : undefined };
}

/** What a network of the instance satisfies by being one. */
const BY_CONSTRUCTION = new Set(['network', 'coordinatewise']);

const truthOf = ({ status, tier }: ObligationReport): Truth =>
  status === 'undecided' || tier === 'numeric' || tier === 'assumed' ? 'undecided' : status === 'holds';
const negated = (truth: Truth): Truth => (truth === 'undecided' ? truth : !truth);

/** Assumption 2 is about every θ ∉ Ω: an identity proves it, and one θ refutes it. */
function globally(represented: ObligationReport, differentiable: ObligationReport): Truth {
  const here = truthOf(represented);
  if (here === true) return represented.tier === 'symbolic' ? true : 'undecided';
  return here === false && truthOf(differentiable) === true ? false : 'undecided';
}

const DELICATE = new Set(['relu', 'abs', 'max', 'min', 'sqrt', 'log', 'quotient']);

function smoothLosses({ instance }: CheckContext, convex: ObligationReport): Truth {
  if (truthOf(convex) === true) return true;
  const { graph } = instance.loss;
  const varies = dependsOn(graph, 'q');
  return graph.nodes.every((node, id) => !varies[id] || !DELICATE.has(node.op)) ? true : 'undecided';
}
