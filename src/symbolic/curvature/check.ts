import type { NodeId } from '../graph.ts';
import { ANALYTIC_RULES } from './analytic-rules.ts';
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
import { meet, parseRange, type Range } from './range.ts';
import type { Rule } from './rule.ts';
import { CURVATURE_RULES } from './rules.ts';
import { SMOOTHNESS_RULES } from './smoothness-rules.ts';

/** Every rule of the calculus, by name. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  [...CURVATURE_RULES, ...SMOOTHNESS_RULES, ...ANALYTIC_RULES].map((rule) => [rule.name, rule]),
);

export type Checked = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/**
 * Re-verifies every step of a derivation, in order, each by the one rule that it names and the earlier steps that it
 * cites; nothing is searched for. The certificate is untrusted data. Cost: one rule application per step.
 */
export function checkDerivation(setting: Setting, derivation: unknown): Checked {
  if (!Array.isArray(derivation)) return refuse('a derivation is an array of steps');
  const steps: Step[] = [];
  for (const [position, step] of derivation.entries()) {
    const fault = faultOf(setting, step, steps);
    if (fault) return refuse(`step ${position}: ${fault}`);
    steps.push(step as Step);
  }
  return { accepted: true };
}

/** A derivation that ends in "u is `property`", for the node u of the first output. */
export function checkConclusion(setting: Setting, property: Property, derivation: unknown): Checked {
  const checked = checkDerivation(setting, derivation);
  if (!checked.accepted) return checked;
  const last = (derivation as Derivation).at(-1);
  if (last === undefined || last.node !== setting.graph.outputs[0])
    return refuse('the last step is not about the output');
  if (typeof last.claim !== 'string' || !impliedBy(property).includes(last.claim))
    return refuse(`the last step does not say that the output is ${property}`);
  return checked;
}

/** The output is convex in q on all of R^n, for every admitted value of the parameters. */
export const checkCurvature = (setting: Setting, derivation: unknown): Checked =>
  checkConclusion(setting, 'convex', derivation);

/** The output is differentiable in q at every point of R^n, for every admitted value of the parameters. */
export const checkSmoothness = (setting: Setting, derivation: unknown): Checked =>
  checkConclusion(setting, 'differentiable', derivation);

const refuse = (reason: string): Checked => ({ accepted: false, reason });

function faultOf(setting: Setting, step: unknown, earlier: readonly Step[]): string | undefined {
  if (typeof step !== 'object' || step === null) return 'not an object';
  const { node: id, claim, rule: name, premises, evidence } = step as Record<string, unknown>;
  const node = typeof id === 'number' && Number.isInteger(id) ? setting.graph.nodes[id] : undefined;
  if (!node) return `no node ${String(id)}`;
  const rule = typeof name === 'string' ? RULES.get(name) : undefined;
  if (!rule) return `no rule ${String(name)}`;
  if (!isClaim(claim)) return 'not a claim';
  if (!rule.concludes.includes(typeof claim === 'string' ? claim : 'range'))
    return `rule ${rule.name} does not conclude this`;
  if (!Array.isArray(premises)) return 'premises: expected an array';
  const cited: Step[] = [];
  for (const premise of premises) {
    const step = typeof premise === 'number' ? earlier[premise] : undefined;
    if (!step) return `premise ${String(premise)} is not an earlier step`;
    cited.push(step);
  }
  const application = { setting, id: id as NodeId, node, claim, known: knownFrom(cited), evidence };
  return rule.accepts(application) ? undefined : `rule ${rule.name} does not apply`;
}

function isClaim(claim: unknown): claim is Claim {
  if (typeof claim === 'string') return (PROPERTIES as readonly string[]).includes(claim);
  return (
    typeof claim === 'object' &&
    claim !== null &&
    parseRange((claim as { range?: unknown }).range) !== undefined
  );
}

/** What a set of steps says. */
export function knownFrom(steps: readonly Step[]): Known {
  return {
    is: (node, property) =>
      steps.some(
        (step) =>
          step.node === node && typeof step.claim === 'string' && impliedBy(property).includes(step.claim),
      ),
    range: (node) => {
      let found: Range | undefined;
      for (const step of steps) {
        if (step.node !== node) continue;
        const range =
          typeof step.claim === 'string' ? { lower: null, upper: null } : parseRange(step.claim.range)!;
        found = found ? meet(found, range) : range;
      }
      return found;
    },
  };
}
