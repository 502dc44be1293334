/** What rests on what: a graph computed from the checked proofs, nothing in it declared by hand. */
import { Library, ProofError } from '../../../proofs/index.ts';
import { type Result, results } from '../../../theorems/index.ts';
import type { ErratumReport } from '../../check/errata/index.ts';
import { axioms } from '../../kernel/axioms.ts';
import { SEVERITY } from '../proofs/errata.ts';
import { type ProofReport, proofReport } from '../proofs/report.ts';

export type NodeKind = 'axiom' | Result['kind'] | 'erratum';

/**
 * `trusted`: an axiom of the kernel · `assumed`: an assumption, which a result has as a hypothesis · `proved` and
 * `refused`: by the kernel, now · `unproved`: no proof yet · `confirmed` and `refuted`: an erratum, computed now
 */
export type NodeStatus = 'trusted' | 'assumed' | 'proved' | 'refused' | 'unproved' | 'confirmed' | 'refuted';

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** "Theorem 1" */
  readonly label: string;
  /** one sentence */
  readonly title: string;
  readonly status: NodeStatus;
  /** of a proof and its parts */
  readonly steps?: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /**
   * `uses`: the proof cites the result · `rests`: the proof needs the axiom, and no result that it uses does already ·
   * `assumes`: the statement has it as a hypothesis · `corrects`: the erratum is about the result
   */
  readonly kind: 'uses' | 'rests' | 'assumes' | 'corrects';
}

export interface DependencyGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const ANALYTIC = new Set(['analysis', 'linear algebra']);

/** Checks every proof of the library and runs every erratum, and lists what each needs. */
export function dependencyGraph(
  errata: readonly Pick<ErratumReport, 'erratum' | 'status'>[],
  library: Pick<Library, 'ids' | 'prove'> = new Library(),
  stated: readonly Result[] = results,
): DependencyGraph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const known = new Set(stated.map(({ id }) => id));
  const reports = new Map<string, ProofReport>();
  for (const result of stated) {
    if (library.ids.includes(result.id))
      reports.set(result.id, proofReport(library, result, { steps: false }));
  }
  for (const { name, why, group } of axioms()) {
    if (ANALYTIC.has(group))
      nodes.push({ id: axiomId(name), kind: 'axiom', label: name, title: why, status: 'trusted' });
  }
  for (const result of stated) {
    const report = reports.get(result.id);
    nodes.push({
      id: result.id,
      kind: result.kind,
      label: labelOf(result.id),
      title: result.title,
      status: result.kind === 'assumption' ? 'assumed' : statusOf(report),
      ...(report?.status === 'proved' ? { steps: report.counts.stepsWithParts } : {}),
    });
    for (const { id } of result.statement().hypotheses) {
      if (known.has(id) && id !== result.id) edges.push({ from: result.id, to: id, kind: 'assumes' });
    }
    for (const used of report?.results ?? []) edges.push({ from: result.id, to: used, kind: 'uses' });
    const inherited = new Set((report?.results ?? []).flatMap((used) => axiomsOf(used, library)));
    for (const name of report?.axioms ?? []) {
      if (!inherited.has(name)) edges.push({ from: result.id, to: axiomId(name), kind: 'rests' });
    }
  }
  for (const { erratum, status } of errata) {
    if (!known.has(erratum.result)) continue;
    const title = `${SEVERITY[erratum.severity]}, ${erratum.place}`;
    nodes.push({ id: erratum.id, kind: 'erratum', label: erratum.title, title, status });
    edges.push({ from: erratum.id, to: erratum.result, kind: 'corrects' });
  }
  return { nodes, edges };
}

const axiomId = (name: string): string => `axiom-${name}`;

function axiomsOf(id: string, library: Pick<Library, 'prove'>): readonly string[] {
  try {
    return library.prove(id).axioms;
  } catch (error) {
    if (error instanceof ProofError) return [];
    throw error;
  }
}

/** theorem-1 is Theorem 1 */
function labelOf(id: string): string {
  const [kind = '', ...rest] = id.split('-');
  return [kind.charAt(0).toUpperCase() + kind.slice(1), ...rest.map((part) => part.toUpperCase())].join(' ');
}

const statusOf = (report: ProofReport | undefined): NodeStatus =>
  report === undefined || report.status === 'undecided' ? 'unproved' : report.status;
