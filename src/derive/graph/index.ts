/** The graph of dependencies as SVG, DOT or JSON. */
import { runAllErrata } from '../../check/errata/index.ts';
import { version } from '../../version.ts';
import { escapeJson } from '../report/escape.ts';
import { renderDot } from './dot.ts';
import { dependencyGraph } from './model.ts';

export { renderDot } from './dot.ts';
export { type DependencyGraph, dependencyGraph, type GraphEdge, type GraphNode } from './model.ts';

/** Checks every proof, runs every erratum, and draws what it found. */
export async function renderGraph(format: 'svg' | 'dot' | 'json'): Promise<string> {
  const graph = dependencyGraph(await runAllErrata());
  if (format === 'json') return `${escapeJson(JSON.stringify({ everymin: version, ...graph }, null, 2))}\n`;
  if (format === 'dot') return renderDot(graph);
  const { renderSvg } = await import('./svg.ts');
  return renderSvg(graph);
}
