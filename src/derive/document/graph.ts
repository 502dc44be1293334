/** What one result rests on, as a drawing: the part of the graph of dependencies below it. */
import { prove, scripts } from '../../../proofs/index.ts';
import { resultById } from '../../../theorems/index.ts';
import type { Result } from '../../../theorems/result.ts';
import { dependencyGraph } from '../graph/model.ts';
import type { Picture } from './model.ts';

/** Checks the proofs of the result and of all that it uses; Graphviz, in WebAssembly, draws. Throws for an unknown id. */
export async function drawDependencies(id: string): Promise<Picture> {
  // Those that were proved for the document are not proved again.
  const library = { ids: scripts.map(({ result }) => result.id), prove };
  const needed = new Map<string, Result>();
  const visit = (name: string): void => {
    const result = resultById(name);
    if (!result || needed.has(name)) return;
    needed.set(name, result);
    for (const { id: hypothesis } of result.statement().hypotheses) visit(hypothesis);
    if (library.ids.includes(name)) library.prove(name).results.forEach(visit);
  };
  visit(id);
  if (!needed.has(id)) throw new RangeError(`no result is called ${id}`);
  const whole = dependencyGraph([], library, [...needed.values()]);
  const used = new Set([...needed.keys(), ...whole.edges.map(({ to }) => to)]);
  const graph = {
    nodes: whole.nodes.filter((node) => used.has(node.id)),
    edges: whole.edges,
  };
  const labels = new Map(graph.nodes.map((node) => [node.id, node.label]));
  const lines = graph.nodes.flatMap((node) => {
    const below = graph.edges.filter(({ from }) => from === node.id).map(({ to }) => labels.get(to));
    return below.length === 0 ? [] : [`${node.label} rests on ${below.join(', ')}.`];
  });
  const { renderSvg } = await import('../graph/svg.ts');
  const description =
    lines.length > 0 ? lines.join(' ') : `${labels.get(id)} rests on no other result and no axiom.`;
  return { svg: await renderSvg(graph), description };
}
