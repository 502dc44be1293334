import type { Node, NodeId } from '../graph.ts';
import { proposeGram } from '../hessian-psd/propose-gram.ts';
import { reachable } from '../rational-function.ts';
import { hessianForm, normally, signRange } from './analytic-rules.ts';
import { RULES } from './check.ts';
import {
  type Claim,
  type Derivation,
  impliedBy,
  type Known,
  PROPERTIES,
  type Property,
  type Setting,
  type Step,
} from './claim.ts';
import { findBreaks } from './piecewise.ts';
import { contains, meet, parseRange, type Range, rangeData } from './range.ts';
import type { Rule } from './rule.ts';
import { computedRange } from './rules.ts';

export interface ProverOptions {
  /** also try the rules that look at a whole expression (normal forms, sums of squares) */
  readonly analytic: boolean;
  /** milliseconds since the epoch */
  readonly deadline: number;
}

const byConclusion = (property: Property | 'range'): Rule[] =>
  [...RULES.values()].filter((rule) => rule.concludes.includes(property));
const RULES_FOR = new Map(PROPERTIES.map((property) => [property, byConclusion(property)]));
/** Smoothness first: rules of curvature ask for it. */
const ORDER: readonly Property[] = ['constant', 'affine', 'smooth', ...PROPERTIES];
const NEEDS_ANALYSIS = new Set(['affine normal form', 'second derivative', 'constant Hessian']);
const NEEDS_EVIDENCE = new Set(['sum of squares', 'piecewise polynomial']);
const ANALYTIC_NODE_LIMIT = 400;

/**
 * Searches for derivations: every property of every node below the output, arguments first. The result is untrusted;
 * `checkDerivation` accepts or refuses it. Cost: about 20 rule applications per node, more with `analytic`.
 */
export class Prover {
  readonly #setting: Setting;
  readonly #options: ProverOptions;
  readonly #steps: Step[] = [];
  readonly #stepsOf = new Map<NodeId, number[]>();
  #analytic: boolean;

  constructor(setting: Setting, options: ProverOptions) {
    this.#setting = setting;
    this.#options = options;
    const nodes = reachable(setting.graph, setting.graph.outputs);
    this.#analytic = options.analytic && nodes.length <= ANALYTIC_NODE_LIMIT;
    for (const id of nodes) this.#study(id);
  }

  /** A derivation that ends in `property` of the output; undefined when none was found. */
  derivation(property: Property): Derivation | undefined {
    const output = this.#setting.graph.outputs[0]!;
    for (const stronger of impliedBy(property)) {
      const found = this.#stepsOf.get(output)?.find((position) => this.#steps[position]!.claim === stronger);
      if (found !== undefined) return this.#extract(found);
    }
    return undefined;
  }

  #study(id: NodeId): void {
    const node = this.#setting.graph.nodes[id]!;
    this.#deriveRange(id, node);
    for (const property of ORDER) this.#derive(id, node, property);
    if (!this.#analytic || Date.now() > this.#options.deadline) return;
    if (this.#deriveSign(id, node)) for (const property of ORDER) this.#derive(id, node, property);
    const convex = () => this.#known([]).is(id, 'convex');
    if (!convex()) this.#derivePiecewise(id, node, 'convex');
    if (!this.#known([]).is(id, 'differentiable')) this.#derivePiecewise(id, node, 'differentiable');
    if (!convex()) this.#deriveSumOfSquares(id, node);
  }

  #deriveRange(id: NodeId, node: Node): void {
    const used: number[] = [];
    const range = computedRange(this.#setting, node, this.#known(used));
    if (range) this.#record(id, { range: rangeData(range) }, 'range', used);
  }

  #derive(id: NodeId, node: Node, property: Property): void {
    if (this.#stepsOf.get(id)?.some((position) => this.#steps[position]!.claim === property)) return;
    for (const rule of RULES_FOR.get(property)!) {
      if (NEEDS_EVIDENCE.has(rule.name)) continue;
      if (NEEDS_ANALYSIS.has(rule.name) && (!this.#analytic || this.#alreadyImplied(id, property))) continue;
      const used: number[] = [];
      const known = this.#known(used);
      if (!rule.accepts({ setting: this.#setting, id, node, claim: property, known, evidence: undefined }))
        continue;
      this.#record(id, property, rule.name, used);
      return;
    }
  }

  #alreadyImplied(id: NodeId, property: Property): boolean {
    return this.#known([]).is(id, property);
  }

  /** A sharper range from the sign of the normal form; true when one was found. */
  #deriveSign(id: NodeId, node: Node): boolean {
    const range = this.#known([]).range(id);
    if (!range || node.op === 'constant' || node.op === 'variable' || (range.lower && range.upper))
      return false;
    const sign = normally(() => signRange(this.#setting, id));
    if (!sign || contains(sign, range)) return false;
    const used: number[] = [];
    this.#known(used).range(id);
    const position = this.#record(id, { range: rangeData(sign) }, 'sign of one variable', used);
    this.#record(id, { range: rangeData(meet(range, sign)) }, 'narrowed range', [...used, position]);
    return true;
  }

  #derivePiecewise(id: NodeId, node: Node, property: 'convex' | 'differentiable'): void {
    const evidence = normally(() => findBreaks(this.#setting, id));
    if (evidence) this.#deriveWith('piecewise polynomial', id, node, property, evidence);
  }

  #deriveSumOfSquares(id: NodeId, node: Node): void {
    if (!this.#known([]).is(id, 'smooth')) return;
    const evidence = normally(() => proposeGram(hessianForm(this.#setting, id), this.#options.deadline));
    if (evidence) this.#deriveWith('sum of squares', id, node, 'convex', evidence);
  }

  #deriveWith(name: string, id: NodeId, node: Node, claim: Property, evidence: unknown): void {
    const used: number[] = [];
    const known = this.#known(used);
    if (RULES.get(name)!.accepts({ setting: this.#setting, id, node, claim, known, evidence }))
      this.#record(id, claim, name, used, evidence);
  }

  #record(node: NodeId, claim: Claim, rule: string, used: readonly number[], evidence?: unknown): number {
    const premises = [...new Set(used)].sort((a, b) => a - b);
    const position =
      this.#steps.push({ node, claim, rule, premises, ...(evidence === undefined ? {} : { evidence }) }) - 1;
    this.#stepsOf.set(node, [...(this.#stepsOf.get(node) ?? []), position]);
    return position;
  }

  /** Everything derived so far; the steps that answer a question are noted in `used`. */
  #known(used: number[]): Known {
    const of = (node: NodeId) => this.#stepsOf.get(node) ?? [];
    return {
      is: (node, property) => {
        const names = impliedBy(property) as readonly Claim[];
        const position = of(node).find((candidate) => names.includes(this.#steps[candidate]!.claim));
        if (position !== undefined) used.push(position);
        return position !== undefined;
      },
      range: (node) => {
        // The last range is the sharpest: a narrowed one contains what came before.
        const ranges = of(node).filter((position) => typeof this.#steps[position]!.claim !== 'string');
        const position = ranges.at(-1) ?? of(node)[0];
        if (position === undefined) return undefined;
        used.push(position);
        const { claim } = this.#steps[position]!;
        return typeof claim === 'string' ? EVERYTHING : parseRange(claim.range)!;
      },
    };
  }

  /** The steps that a step rests on, renumbered. */
  #extract(goal: number): Derivation {
    const needed = new Set<number>();
    const stack = [goal];
    for (let position = stack.pop(); position !== undefined; position = stack.pop()) {
      if (needed.has(position)) continue;
      needed.add(position);
      stack.push(...this.#steps[position]!.premises);
    }
    const order = [...needed].sort((a, b) => a - b);
    const renumbered = new Map(order.map((position, k) => [position, k]));
    return order.map((position) => {
      const step = this.#steps[position]!;
      return { ...step, premises: step.premises.map((premise) => renumbered.get(premise)!) };
    });
  }
}

const EVERYTHING: Range = { lower: null, upper: null };
