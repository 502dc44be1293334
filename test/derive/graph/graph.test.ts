import { beforeAll, describe, expect, test } from 'vitest';
import { Library, type Script, scripts } from '../../../proofs/index.ts';
import { script } from '../../../proofs/support/script.ts';
import { type DependencyGraph, dependencyGraph, renderDot } from '../../../src/derive/graph/index.ts';
import { renderSvg } from '../../../src/derive/graph/svg.ts';
import { erratum } from '../../cli/harness.ts';
import { elementsOf } from '../../support/xml.ts';

const find = ({ nodes }: DependencyGraph, id: string) => nodes.find((node) => node.id === id);
const from = ({ edges }: DependencyGraph, id: string, kind: string) =>
  edges.filter((edge) => edge.from === id && edge.kind === kind).map(({ to }) => to);

describe('the graph of the proofs', () => {
  let graph: DependencyGraph;
  beforeAll(() => {
    graph = dependencyGraph([erratum('erratum-1'), erratum('erratum-2', 'refuted')]);
  });

  test('says what the proofs say', () => {
    expect(find(graph, 'theorem-1')).toMatchObject({ kind: 'theorem', label: 'Theorem 1', status: 'proved' });
    expect(from(graph, 'theorem-1', 'uses')).toEqual(['lemma-2']);
    expect(from(graph, 'lemma-2', 'rests').sort()).toEqual(['axiom-CHAIN', 'axiom-DLIN']);
    expect(from(graph, 'theorem-1', 'assumes')).toEqual(['assumption-1', 'assumption-2']);
    // CHAIN comes with Lemma 2, and is not drawn again
    expect(from(graph, 'theorem-1', 'rests')).toEqual(['axiom-GRADINEQ']);
    expect(find(graph, 'assumption-1')).toMatchObject({ status: 'assumed' });
    expect(from(graph, 'erratum-1', 'corrects')).toEqual(['theorem-4']);
    expect(find(graph, 'erratum-2')).toMatchObject({ kind: 'erratum', status: 'refuted' });
  });

  test('every edge joins two nodes, no id is used twice, and results make no circle', () => {
    const ids = graph.nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(graph.edges.length).toBeGreaterThan(20);
    for (const { from: a, to: b } of graph.edges) expect(ids).toEqual(expect.arrayContaining([a, b]));
    const reached = (id: string, seen: readonly string[]): void => {
      expect(seen).not.toContain(id);
      for (const next of from(graph, id, 'uses')) reached(next, [...seen, id]);
    };
    for (const id of ids) reached(id, []);
  });

  test('every axiom that a proof has is reached from it', () => {
    const library = new Library();
    expect(library.ids.length).toBeGreaterThan(1);
    for (const id of library.ids) {
      const reached = new Set<string>();
      const walk = (at: string): void => {
        for (const axiom of from(graph, at, 'rests')) reached.add(axiom);
        from(graph, at, 'uses').forEach(walk);
      };
      walk(id);
      expect([...reached].sort(), id).toEqual(
        library
          .prove(id)
          .axioms.map((name) => `axiom-${name}`)
          .sort(),
      );
    }
  });

  test('a result without a script has no proof yet; one whose script is refused is refused', () => {
    const lemma2 = scripts.find(({ result }) => result.id === 'lemma-2')!;
    const theorem1 = scripts.find(({ result }) => result.id === 'theorem-1')!;
    const empty: Script = script(lemma2.result, () => {});
    const broken = dependencyGraph([], new Library([empty, theorem1]));
    expect(find(broken, 'lemma-2')?.status).toBe('refused');
    expect(find(broken, 'theorem-1')?.status).toBe('refused');
    expect(find(broken, 'theorem-2')?.status).toBe('unproved');
    expect(from(broken, 'theorem-1', 'uses')).toEqual([]);
  });

  test('status is told by sign and words, not by colour alone', () => {
    const dot = renderDot(graph);
    expect(dot).toMatch(/"theorem-1" \[label="Theorem 1\\n✓ proved, \d+ steps", shape=octagon/);
    expect(dot).toContain('⊢ axiom, on trust');
    expect(dot).toContain('! confirmed: false as printed');
    expect(dot).toContain('✗ not borne out: false as');
    const proposition = dependencyGraph([], new Library([]));
    expect(renderDot(proposition)).toMatch(
      /"theorem-1" \[label="Theorem 1\\n\? no proof yet", .*style="filled,dashed"/,
    );
  });

  test('the SVG is well formed, inert, and described', async () => {
    const svg = await renderSvg(graph);
    const elements = elementsOf(svg);
    expect(elements.slice(0, 4)).toEqual(['svg', 'title', 'desc', 'style']);
    expect(new Set(elements)).toEqual(
      new Set(['svg', 'title', 'desc', 'style', 'g', 'path', 'polygon', 'ellipse', 'text', 'polyline']),
    );
    expect(svg).not.toMatch(/<script|<a\b|href=|\son\w+=|url\(|@import|<!DOCTYPE|<!--/i);
    expect(svg).toContain('role="img" aria-labelledby="everymin-title everymin-desc"');
    expect(svg).toContain('Theorem 1 rests on Lemma 2, GRADINEQ.');
    expect(svg).toMatch(/<title>Theorem 1 \(proved, \d+ steps\): Every differentiable critical point/);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(await renderSvg(graph)).toBe(svg);
  });
});

describe('hostile labels', () => {
  const evil = '"]; evil [URL="javascript:alert(1)"] \\" <script>&amp;\u0000\n\u202e';
  const graph: DependencyGraph = {
    nodes: [{ id: evil, kind: 'lemma', label: evil, title: evil, status: 'unproved' }],
    edges: [{ from: evil, to: evil, kind: 'uses' }],
  };

  test('stay text in DOT and SVG', async () => {
    const svg = await renderSvg(graph);
    expect(elementsOf(svg)).not.toContain('script');
    expect(elementsOf(svg)).not.toContain('a');
    expect(svg).not.toMatch(/href|\u202e/);
    expect(elementsOf(svg).filter((name) => name === 'ellipse')).toEqual([]);
    expect(renderDot(graph).match(/^ {2}".*;$/gm)).toHaveLength(2);
  });
});
