import { escapeXml } from '../report/xml.ts';
import { renderDot, statusText } from './dot.ts';
import type { DependencyGraph, GraphNode } from './model.ts';

/** On a dark page the text and the lines between nodes turn light; nodes keep their fill and their dark text. */
const STYLE = `
.edge path, .edge polygon, .edge ellipse { stroke: #6b6b78; }
.edge polygon[fill="#6b6b78"] { fill: #6b6b78; }
@media (prefers-color-scheme: dark) {
  .edge path, .edge polygon, .edge ellipse { stroke: #b4b4c2; }
  .edge polygon[fill="#6b6b78"], .graph > text { fill: #b4b4c2; }
}
`;

/**
 * The graph as an SVG document that is only looked at: no script, no link, nothing loaded. Titles and a description
 * tell it to a screen reader. Graphviz, in WebAssembly, places nodes and edges.
 */
export async function renderSvg(graph: DependencyGraph): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  const drawn = (await instance()).renderString(renderDot(graph), { format: 'svg', engine: 'dot' });
  const start = drawn.indexOf('<svg');
  if (start < 0) throw new Error('graph: Graphviz drew nothing');
  const byElement = new Map(graph.nodes.map((node) => [escapeXml(`node-${node.id}`), node]));
  const body = drawn
    .slice(start)
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(
      /(<g id="([^"]*)" class="node[^"]*">\s*<title>)[^<]*(<\/title>)/g,
      (whole, open: string, id: string, close: string) => {
        const node = byElement.get(unescaped(id));
        return node ? open + escapeXml(toldAs(node)) + close : whole;
      },
    )
    .replace('<title>everymin</title>\n', '');
  const head = /^<svg[^>]*>/.exec(body)![0];
  const opened = head.replace(/>$/, ' role="img" aria-labelledby="everymin-title everymin-desc">');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    opened,
    '<title id="everymin-title">What rests on what in everymin</title>',
    `<desc id="everymin-desc">${escapeXml(description(graph))}</desc>`,
    `<style>${STYLE}</style>${body.slice(head.length)}`,
  ].join('\n');
}

/** Graphviz writes `-` of an id as `&#45;`. */
const unescaped = (id: string): string => id.replaceAll('&#45;', '-');

const toldAs = (node: GraphNode): string =>
  node.kind === 'erratum'
    ? `Erratum, ${node.label} (${statusText(node)})`
    : `${node.label} (${statusText(node)}): ${node.title}`;

function description({ nodes, edges }: DependencyGraph): string {
  const count = (status: GraphNode['status']) => nodes.filter((node) => node.status === status).length;
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const uses = nodes.flatMap(({ id, label }) => {
    const below = edges.filter(({ from, kind }) => from === id && (kind === 'uses' || kind === 'rests'));
    return below.length === 0
      ? []
      : [`${label} rests on ${below.map(({ to }) => labels.get(to)).join(', ')}.`];
  });
  return [
    `${count('proved')} results are proved, ${count('unproved')} have no proof yet, ${count('refused')} are refused,`,
    `on ${count('trusted')} axioms; ${count('confirmed')} errata are confirmed, ${count('refuted')} refuted.`,
    ...uses,
  ].join(' ');
}
