import type { Node, NodeId } from '../graph.ts';
import type { Claim, Known, Property, Setting } from './claim.ts';
import type { Range } from './range.ts';

/**
 * A rule of the calculus. The rules are the only code that decides what may be claimed of a node; each is sound by
 * itself: if its premises hold then so does its claim (Boyd and Vandenberghe, Convex Optimization, §3.2 and §3.5; Grant,
 * Boyd, Ye, Disciplined Convex Programming). The prover tries them, the checker runs the one that a step names.
 */
export interface Rule {
  readonly name: string;
  /** what it may conclude: a property, or 'range' */
  readonly concludes: readonly (Property | 'range')[];
  /** True when the premises justify the claim about the node. */
  accepts(application: Application): boolean;
}

export interface Application {
  readonly setting: Setting;
  readonly id: NodeId;
  readonly node: Node;
  readonly claim: Claim;
  readonly known: Known;
  readonly evidence: unknown;
}

export const propertyRule = (
  name: string,
  concludes: readonly Property[],
  accepts: (node: Node, known: Known, property: Property, application: Application) => boolean,
): Rule => ({
  name,
  concludes,
  accepts: (application) =>
    typeof application.claim === 'string' &&
    accepts(application.node, application.known, application.claim, application),
});

/** The premises give a range of the node that passes the test. */
export const some = (id: NodeId, known: Known, test: (range: Range) => boolean): boolean => {
  const range = known.range(id);
  return range !== undefined && test(range);
};
