import type { Rational } from '../kernel/rational.ts';
import type { DenominatorProposer } from './denominators.ts';
import { type Graph, GraphBuilder } from './graph.ts';
import {
  checkHomogeneity,
  findWeights,
  type HomogeneityCertificate,
  type Parameters,
  parseHomogeneity,
  type WeightGroup,
} from './homogeneity.ts';
import { Polynomial, TermBudgetExceeded } from './polynomial.ts';
import { NotRational } from './rational-function.ts';
import {
  checkIdentity,
  findIdentity,
  type IdentityCertificate,
  identityGraph,
  parsePolynomial,
} from './representation.ts';

/** What is needed of a model: f(x; θ) as a graph with groups `x` and `theta`, and the names of its blocks. */
export interface ParametricModel {
  readonly graph: Graph;
  readonly blocks: readonly NamedBlock[];
  /** blocks in which f is linear, proposed; the proposal is verified */
  readonly linearBlocks: readonly NamedBlock[];
}

export interface NamedBlock extends WeightGroup {
  readonly name: string;
}

export interface Assumption2Limits {
  /** time to spend, in milliseconds */
  readonly deadlineMs: number;
  /** values of all parameters, of which those that are not trainable are constants; without them they are arbitrary */
  readonly parameters?: readonly Rational[];
  /** proposes denominators for g */
  readonly proposer?: DenominatorProposer;
}

export type Assumption2Certificate = HomogeneityCertificate | IdentityCertificate;

export interface Represented {
  readonly status: 'holds';
  readonly tier: 'symbolic';
  readonly detail: string;
  readonly certificate: Assumption2Certificate;
  /** g as a graph over `theta` (all parameters): one output for each trainable index, in order; γ = g(θ) */
  g(): Graph;
}

export interface NotRepresented {
  readonly status: 'undecided';
  readonly tier: 'symbolic';
  readonly detail: string;
}

type Row = readonly Rational[];
const MOST_UNKNOWNS = 64;
const MOST_ROWS = 40;

/**
 * Assumption 2 of the paper: f_x(θ) = Σ_k g(θ)_k ∂_k f_x(θ) for all rows x of inputs and all θ at which f is
 * differentiable, with one g and k over the trainable parameters. Tried in turn: the proposed linear blocks, weighted
 * homogeneity, g polynomial (or rational) by linear algebra. `holds` is claimed only after the checker accepted.
 */
export async function assumption2(
  model: ParametricModel,
  trainableIndices: ArrayLike<number>,
  inputRows: readonly Row[],
  limits: Assumption2Limits,
): Promise<Represented | NotRepresented> {
  const deadline = Date.now() + limits.deadlineMs;
  const parameters = parametersOf(trainableIndices, limits.parameters);
  if (parameters.trainable.size === 0) return declined('no parameter is trainable');
  const blocks = model.blocks.filter((block) =>
    indicesOf(block).every((index) => parameters.trainable.has(index)),
  );
  const trainableBlock = (block: NamedBlock) => blocks.some(({ name }) => name === block.name);

  const linear = model.linearBlocks.filter((block) => block.length > 0 && trainableBlock(block));
  if (linear.length > 0) {
    const certificate = uniform(linear);
    if (checkHomogeneity(model.graph, parameters, certificate))
      return homogeneous(model, parameters, certificate, linearDetail(linear));
  }
  const groups =
    parameters.trainable.size <= MOST_UNKNOWNS
      ? singles(parameters.trainable)
      : blocks.slice(0, MOST_UNKNOWNS);
  for (const candidates of [blocks.slice(0, MOST_UNKNOWNS), groups]) {
    const certificate = findWeights(model.graph, parameters, candidates);
    if (certificate && checkHomogeneity(model.graph, parameters, certificate))
      return homogeneous(model, parameters, certificate, weightsDetail(certificate, model.blocks));
  }
  const identity = await searchIdentity(model, parameters, inputRows, limits.proposer, deadline);
  return typeof identity === 'string' ? declined(identity) : identity;
}

/** Re-verifies a certificate; nothing is searched for. Throws TermBudgetExceeded when an identity is too large. */
export function checkAssumption2(
  graph: Graph,
  trainableIndices: ArrayLike<number>,
  inputRows: readonly Row[],
  certificate: unknown,
  values?: readonly Rational[],
): boolean {
  const parameters = parametersOf(trainableIndices, values);
  const { kind } = (certificate ?? {}) as { kind?: unknown };
  if (kind === 'homogeneity') return checkHomogeneity(graph, parameters, certificate);
  try {
    return kind === 'identity' && checkIdentity(graph, parameters, inputRows, certificate);
  } catch (error) {
    if (error instanceof NotRational) return false;
    throw error;
  }
}

async function searchIdentity(
  model: ParametricModel,
  parameters: Parameters,
  inputRows: readonly Row[],
  proposer: DenominatorProposer | undefined,
  deadline: number,
): Promise<Represented | string> {
  const { graph } = model;
  const rows = [...new Map(inputRows.map((row) => [row.join(), row])).values()];
  if (parameters.trainable.size > MOST_UNKNOWNS)
    return 'f is not homogeneous in blocks of θ, and too large for a search of g';
  const accept = (certificate: IdentityCertificate | undefined): Represented | undefined => {
    if (!certificate || !checkIdentity(graph, parameters, inputRows, certificate)) return undefined;
    return {
      status: 'holds',
      tier: 'symbolic',
      detail: `f = Σ g_k ∂f/∂θ_k ${certificate.inputs ? 'for each input given' : 'for every input'}, with ${describe(certificate, model, parameters)}`,
      certificate,
      g: () => identityGraph(certificate, graph.groups.theta ?? 0),
    };
  };
  try {
    const scopes = rows.length <= MOST_ROWS ? [null, rows] : [null];
    for (const degree of parameters.trainable.size === 1 ? [0, 1, 2, 3, 4] : [0, 1, 2]) {
      for (const scope of scopes) {
        if (Date.now() > deadline) return 'no answer within the time limit';
        const found = accept(findIdentity(graph, parameters, scope, degree));
        if (found) return found;
      }
    }
    if (proposer) {
      for (const denominator of await proposer.propose(graph, parameters, rows, deadline)) {
        if (Date.now() > deadline) return 'no answer within the time limit';
        const found = accept(findIdentity(graph, parameters, rows, denominator.degree() + 1, denominator));
        if (found) return found;
      }
    }
  } catch (error) {
    if (error instanceof NotRational || error instanceof TermBudgetExceeded)
      return `f is not homogeneous, and no normal form was found (${error.message})`;
    throw error;
  }
  return 'f is not homogeneous in θ, and no g that is a polynomial of low degree represents it';
}

function parametersOf(trainable: ArrayLike<number>, values: readonly Rational[] | undefined): Parameters {
  const set = new Set(Array.from(trainable));
  return values ? { trainable: set, fixed: (index) => values[index] } : { trainable: set };
}

const indicesOf = ({ offset, length }: WeightGroup): number[] => Array.from({ length }, (_, k) => offset + k);
const singles = (trainable: ReadonlySet<number>): WeightGroup[] =>
  [...trainable].sort((a, b) => a - b).map((offset) => ({ offset, length: 1 }));

const uniform = (blocks: readonly WeightGroup[]): HomogeneityCertificate => ({
  kind: 'homogeneity',
  weights: blocks.map(({ offset, length }) => ({ offset, length, weight: '1' })),
  degree: '1',
});

function homogeneous(
  model: ParametricModel,
  parameters: Parameters,
  certificate: HomogeneityCertificate,
  detail: string,
): Represented {
  return {
    status: 'holds',
    tier: 'symbolic',
    detail,
    certificate,
    g: () => {
      const count = model.graph.groups.theta ?? 0;
      const { weights, degree } = parseHomogeneity(certificate, count)!;
      const b = new GraphBuilder({ theta: count });
      const trainable = [...parameters.trainable].sort((x, y) => x - y);
      return b.build(
        trainable.map((index) => {
          const weight = weights.get(index);
          return weight
            ? b.product(b.constant(weight.div(degree)), b.variable('theta', index))
            : b.constant(0);
        }),
      );
    },
  };
}

function linearDetail(blocks: readonly NamedBlock[]): string {
  const sums = blocks.map(({ name }) => `Σ ${name} ∂f/∂${name}`).join(' + ');
  return `f = ${sums}: f is linear in ${blocks.map(({ name }) => name).join(' and ')}${blocks.length === 1 ? '' : ' together'}`;
}

function weightsDetail({ weights }: HomogeneityCertificate, blocks: readonly NamedBlock[]): string {
  const terms = weights.slice(0, 6).map(({ offset, length, weight }) => {
    const block = blocks.find(
      (candidate) => offset >= candidate.offset && offset < candidate.offset + candidate.length,
    );
    const name =
      block && block.length === length
        ? block.name
        : `${block?.name ?? 'θ'}[${offset - (block?.offset ?? 0)}]`;
    return `${weight === '1' ? '' : `${weight}·`}${name} ∂f/∂${name}`;
  });
  return `f = Σ ${terms.join(' + ')}${weights.length > 6 ? ' + …' : ''}: homogeneous of degree 1 with these weights`;
}

function describe(
  certificate: IdentityCertificate,
  model: ParametricModel,
  { trainable }: Parameters,
): string {
  const nameOf = (variable: string): string => {
    const index = Number(variable.slice(6));
    const block = model.blocks.find(({ offset, length }) => index >= offset && index < offset + length);
    return block
      ? block.length === 1
        ? block.name
        : `${block.name}[${index - block.offset}]`
      : `θ[${index}]`;
  };
  const names = new Set([...trainable].map((index) => `theta:${index}`));
  const text = (data: unknown): string => (parsePolynomial(data, names) ?? Polynomial.zero).format(nameOf);
  const divisor = text(certificate.denominator);
  const parts = certificate.numerators.map((data) =>
    divisor === '1' ? text(data) : `(${text(data)})/(${divisor})`,
  );
  return parts.length === 1 ? `g = ${parts[0]}` : `g = (${parts.join(', ')})`;
}

const declined = (detail: string): NotRepresented => ({ status: 'undecided', tier: 'symbolic', detail });
