import { escapeControls } from '../report/escape.ts';
import { wrap } from '../report/layout.ts';
import type { DependencyGraph, GraphEdge, GraphNode, NodeKind, NodeStatus } from './model.ts';

/** The kind by shape. */
const SHAPES: Readonly<Record<NodeKind, string>> = {
  axiom: 'cylinder',
  assumption: 'parallelogram',
  lemma: 'box',
  theorem: 'octagon',
  example: 'ellipse',
  proposition: 'hexagon',
  erratum: 'note',
};

interface Look {
  readonly sign: string;
  readonly words: string;
  readonly border: string;
  readonly fill: string;
  readonly line: string;
}

/** The status by sign, words and border; colour only says it again. Dark text on each fill has contrast above 7. */
const LOOKS: Readonly<Record<NodeStatus, Look>> = {
  trusted: { sign: '⊢', words: 'axiom, on trust', border: 'filled', fill: '#e4e4ea', line: '#50505f' },
  assumed: { sign: '⇒', words: 'hypothesis', border: 'filled', fill: '#eef3fb', line: '#2f5d9e' },
  proved: { sign: '✓', words: 'proved', border: 'filled', fill: '#dff2e1', line: '#1c6b2b' },
  refused: { sign: '✗', words: 'proof refused', border: 'filled,bold', fill: '#fbdcdc', line: '#a11212' },
  unproved: { sign: '?', words: 'no proof yet', border: 'filled,dashed', fill: '#fff4d6', line: '#8a5a00' },
  confirmed: { sign: '!', words: 'confirmed', border: 'filled', fill: '#f6e6f7', line: '#7a2a80' },
  refuted: { sign: '✗', words: 'not borne out', border: 'filled,bold', fill: '#fbdcdc', line: '#a11212' },
};

const EDGES: Readonly<Record<GraphEdge['kind'], string>> = {
  uses: 'style=solid, penwidth=1.6',
  rests: 'style=solid, arrowtail=empty',
  assumes: 'style=dashed, arrowtail=vee',
  corrects: 'style=dotted, arrowtail=odot',
};

const FONT = 'fontname="Helvetica,Arial,sans-serif"';
const LEGEND =
  'An arrow points to what is needed: a thick line to a result that a proof cites, a thin line to an axiom, ' +
  'a dashed line to a hypothesis, a dotted line from an erratum to what it corrects.';
const LABEL_WIDTH = 30;

/** The graph in the language of Graphviz; every string in it is quoted and escaped. */
export function renderDot(graph: DependencyGraph): string {
  return [
    'digraph everymin {',
    `  graph [rankdir=LR, bgcolor=transparent, ${FONT}, fontsize=11, fontcolor="#6b6b78", nodesep=0.15, ranksep=0.7];`,
    `  graph [labelloc=b, labeljust=l, label=${quoted(LEGEND)}];`,
    // Wide margins: the font of the reader may be wider than the one that was measured.
    `  node [${FONT}, fontsize=11, fontcolor="#14141a", margin="0.25,0.06"];`,
    '  edge [color="#6b6b78", arrowsize=0.7];',
    ...graph.nodes.map(nodeLine),
    ...graph.edges.map(
      ({ from, to, kind }) =>
        `  ${quoted(to)} -> ${quoted(from)} [dir=back, ${EDGES[kind]}, class=${quoted(kind)}];`,
    ),
    '}',
    '',
  ].join('\n');
}

function nodeLine(node: GraphNode): string {
  const { border, fill, line } = LOOKS[node.status];
  const attributes = [
    `label=${quoted(labelLines(node).join('\n'))}`,
    `shape=${SHAPES[node.kind]}`,
    `style=${quoted(border)}`,
    `fillcolor=${quoted(fill)}`,
    `color=${quoted(line)}`,
    `id=${quoted(`node-${node.id}`)}`,
    `class=${quoted(node.status)}`,
  ];
  return `  ${quoted(node.id)} [${attributes.join(', ')}];`;
}

function labelLines(node: GraphNode): string[] {
  const status = statusText(node);
  return [...wrap(node.label, LABEL_WIDTH), ...wrap(`${LOOKS[node.status].sign} ${status}`, LABEL_WIDTH)];
}

/** "proved, 9 steps"; of an erratum what is wrong, where, and whether the computation bears it out. */
export function statusText({ kind, status, steps, title }: GraphNode): string {
  const { words } = LOOKS[status];
  if (kind === 'erratum') return `${words}: ${title}`;
  return steps === undefined ? words : `${words}, ${steps} ${steps === 1 ? 'step' : 'steps'}`;
}

/** A quoted string of DOT: quotes and backslashes escaped, line ends as \n. */
function quoted(text: string): string {
  const safe = text
    .split('\n')
    .map((line) => escapeControls(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
    .join('\\n');
  return `"${safe}"`;
}
