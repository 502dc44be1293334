import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { factsOf } from './imports.ts';

/** Folders of src from the lowest up; a file imports from its own folder and from lower ones. Names that share a line are peers. */
const LAYERS: readonly (readonly string[])[] = [
  ['version.ts'],
  ['kernel'],
  ['arithmetic'],
  ['exact'],
  ['certified'],
  ['symbolic'],
  ['models', 'losses'],
  ['instance'],
  ['numeric'],
  ['check', 'rocq'],
  ['derive'],
  ['index.ts'],
  ['node'],
  ['cli'],
];
/** Where Node's modules and globals may be used. */
const ON_NODE = new Set(['node', 'cli']);
const NODE_GLOBALS = ['process', 'Buffer', 'require', 'module', '__dirname', '__filename', 'setImmediate'];
const BUILTINS = new Set(builtinModules);

/** Paths such as "src/kernel/term.ts" and their sources. */
export type Tree = ReadonlyMap<string, string>;

export interface ArchitectureOptions {
  /** packages that the published code may import */
  readonly dependencies: readonly string[];
}

/** Every violation of the layers, one sentence each: upward and unknown imports, cycles, Node in the core. */
export function violations(tree: Tree, { dependencies }: ArchitectureOptions): string[] {
  const found: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [path, source] of tree) {
    const { imports, identifiers } = factsOf(source);
    const core = !ON_NODE.has(folderOf(path));
    const targets: string[] = [];
    for (const specifier of imports) {
      if (specifier === undefined) {
        if (core) found.push(`${path} imports a computed name`);
      } else if (specifier.startsWith('.')) {
        const target = posix.join(posix.dirname(path), specifier);
        if (!isGenerated(target) && !target.endsWith('.json') && !tree.has(target)) {
          found.push(`${path} imports ${target}, which is not there`);
        } else if (!mayImport(path, target)) found.push(`${path} imports upwards: ${target}`);
        else targets.push(target);
      } else if (specifier.startsWith('node:') || BUILTINS.has(specifier)) {
        if (core) found.push(`${path} imports ${specifier} outside src/node and src/cli`);
      } else if (!dependencies.includes(packageOf(specifier))) {
        found.push(`${path} imports ${specifier}, which is no dependency of the package`);
      } else if (!path.startsWith('src/') || folderOf(path) === 'kernel') {
        found.push(`${path} imports the package ${specifier}`);
      }
    }
    if (core) {
      for (const name of NODE_GLOBALS) {
        if (identifiers.has(name)) found.push(`${path} uses ${name} outside src/node and src/cli`);
      }
    }
    edges.set(path, targets);
  }
  return [...found, ...cycles(edges).map((cycle) => `import cycle: ${cycle.join(' → ')}`)];
}

/** "kernel" of src/kernel/term.ts, "index.ts" of src/index.ts, "theorems" of theorems/x.ts. */
function folderOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'src' ? second : top;
}

function mayImport(from: string, to: string): boolean {
  const source = folderOf(from);
  const target = folderOf(to);
  if (source === target) return true;
  if (source === 'theorems') return to.startsWith('src/kernel/');
  if (source === 'proofs') return to.startsWith('src/kernel/') || target === 'theorems';
  if (target === 'theorems' || target === 'proofs') return rank(source) >= rank('check');
  if (target === 'schema') return to.endsWith('.json') && rank(source) >= rank('instance');
  return rank(source) > rank(target) && rank(target) >= 0;
}

const rank = (folder: string): number => LAYERS.findIndex((layer) => layer.includes(folder));
const isGenerated = (path: string): boolean => /\.generated\.(ts|js)$/.test(path);

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** One cycle through each file that a depth-first search meets again on its own path. */
function cycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (path: string, above: readonly string[]): void => {
    const seen = above.indexOf(path);
    if (seen >= 0) found.push([...above.slice(seen), path]);
    else if (!done.has(path)) {
      for (const target of edges.get(path) ?? []) visit(target, [...above, path]);
      done.add(path);
    }
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
