import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Eigenvalue from '../../../src/certified/eigenvalue-bound.ts';
import type * as Span from '../../../src/check/perturbation/span.ts';
import type { Report } from '../../../src/check/report.ts';
import type * as Ball from '../../../src/check/structure/ball.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { integer, type Random } from '../oracle/models.ts';
import { r, sumOf } from '../oracle/numbers.ts';
import { reluMinimum } from '../soundness/families/relu.ts';

type Rows = readonly (readonly Rational[])[];
const rows = (of: readonly (readonly (string | number)[])[]): Rows => of.map((row) => row.map(r));

/** A network with one hidden layer, read from its instance file, in plain rationals. */
interface Plain {
  readonly kinds: readonly string[];
  readonly inputs: Rows;
  readonly targets: Rows;
  readonly weights: readonly Rational[];
  readonly W1: Rows;
  readonly b1: readonly Rational[];
  readonly biased: boolean;
  readonly W2: Rows;
}

const zero = r(0);
const dot = (a: readonly Rational[], b: readonly Rational[]) => sumOf(a.map((entry, k) => entry.mul(b[k]!)));

function plainOf(spec: Record<string, unknown>): Plain | undefined {
  const { layers } = spec.model as { layers: readonly { activation?: string | readonly string[] }[] };
  if (layers.length !== 2) return undefined;
  const { inputs, targets, weights } = spec.data as Record<string, string[][]>;
  const { W1, b1, W2 } = spec.parameters as { W1: string[][]; b1?: string[]; W2: string[][] };
  const kinds = layers[0]!.activation!;
  return {
    kinds: typeof kinds === 'string' ? W1.map(() => kinds) : kinds,
    inputs: rows(inputs!),
    targets: rows(targets!),
    weights: (weights as unknown as string[]).map(r),
    W1: rows(W1),
    b1: (b1 ?? W1.map(() => '0')).map(r),
    biased: b1 !== undefined,
    W2: rows(W2),
  };
}

const preActivation = ({ W1, b1 }: Plain, k: number, x: readonly Rational[]) => dot(W1[k]!, x).add(b1[k]!);

function activate(kind: string, z: Rational): Rational {
  if (kind === 'identity' || z.sign >= 0) return z;
  return kind === 'relu' ? zero : kind === 'abs' ? z.neg() : z.mul(r('1/4'));
}

const lossOf = (net: Plain): Rational =>
  sumOf(
    net.inputs.map((x, i) => {
      const h = net.kinds.map((kind, k) => activate(kind, preActivation(net, k, x)));
      return net.weights[i]!.mul(sumOf(net.W2.map((row, j) => dot(row, h).sub(net.targets[i]![j]!).pow(2))));
    }),
  );

/** The square of the distance in θ to the nearest kink: |z|/‖(x, 1)‖, as z is linear in (w, b). */
function nearestKink(net: Plain): Rational | undefined {
  const squares = net.inputs.flatMap((x) =>
    net.kinds.flatMap((kind, k) => {
      const size = dot(x, x).add(r(net.biased ? 1 : 0));
      return kind === 'identity' || size.isZero ? [] : [preActivation(net, k, x).pow(2).div(size)];
    }),
  );
  return squares.reduce<Rational | undefined>(
    (least, each) => (least === undefined || each.cmp(least) < 0 ? each : least),
    undefined,
  );
}

/** A random vector of n numbers whose squares add up to at most size². */
function inBall(random: Random, n: number, size: Rational): Rational[] {
  const v = Array.from({ length: n }, () => (random() < 0.3 ? 0 : integer(random, -8, 8)));
  const norm = Math.ceil(Math.hypot(...v)) || 1;
  return v.map((entry) => size.mul(new Rational(BigInt(entry), BigInt(norm))));
}

function movedBy(net: Plain, v: readonly Rational[]): Plain {
  let at = 0;
  const next = (entry: Rational) => entry.add(v[at++]!);
  return {
    ...net,
    W1: net.W1.map((row) => row.map(next)),
    b1: net.biased ? net.b1.map(next) : net.b1,
    W2: net.W2.map((row) => row.map(next)),
  };
}

const sizeOf = ({ W1, b1, W2, biased }: Plain) =>
  W1.flat().length + (biased ? b1.length : 0) + W2.flat().length;

interface Engine {
  check(spec: object): Promise<Report>;
}

async function engine(): Promise<Engine> {
  const { check } = await import('../../../src/check/index.ts');
  const { instanceFromObject } = await import('../../../src/instance/load.ts');
  return {
    check: async (spec) =>
      check(await instanceFromObject(spec as never), { results: ['theorem-2'], point: 'given' }),
  };
}

const found = (report: Report) => report.results[0]!.largestEpsilon ?? null;

/** Networks at minima: no kink within ε₀ of θ, and L no lower within 2ε₀. */
async function networks({ check }: Engine, count: number): Promise<{ faults: string[]; numbers: number }> {
  const faults: string[] = [];
  let numbers = 0;
  for (let seed = 0; numbers < count; seed++) {
    const random = generator(5_000 + seed);
    const { spec } = reluMinimum(random);
    const net = plainOf(spec);
    if (!net) continue;
    const epsilon = found(await check(spec));
    if (epsilon === null) continue;
    if (epsilon !== 'unbounded') numbers++;
    const size = epsilon === 'unbounded' ? r(1000) : r(epsilon);
    const kink = nearestKink(net);
    if (kink && (epsilon === 'unbounded' || size.pow(2).cmp(kink) > 0))
      faults.push(`seed ${seed}: a kink at √${kink.toNumber()}, ε₀ = ${epsilon}`);
    const here = lossOf(net);
    for (let k = 0; k < 25; k++) {
      const near = lossOf(movedBy(net, inBall(random, sizeOf(net), size.mul(r(2)))));
      if (near.cmp(here) < 0) faults.push(`seed ${seed}: L falls within 2ε₀, ε₀ = ${epsilon}`);
    }
  }
  return { faults, numbers };
}

/**
 * f = t³ − 3a²t, y = −2a³ − c: a minimum at t = a, where L = c², and L is lower just beyond t = −2a, at distance 3a: the
 * proof of Lemma 3 goes through for ε ≤ 3a/2 and for no larger one.
 */
async function wells({ check }: Engine): Promise<string[]> {
  const faults: string[] = [];
  for (const a of ['1', '1/3', '7', '2/1001']) {
    for (const c of ['1', '1/50', '20']) {
      const y = r(a).pow(3).mul(r(-2)).sub(r(c));
      const spec = instanceOf([`t^3 - ${r(a).pow(2).mul(r(3))}*t`], { t: a }, [[1]], [[`${y}`]]);
      const epsilon = found(await check(spec));
      if (typeof epsilon !== 'number' || !(epsilon > 0)) faults.push(`a = ${a}: ${epsilon}`);
      else if (r(epsilon).cmp(r(a).mul(r('3/2'))) > 0) faults.push(`a = ${a}: ε₀ = ${epsilon} > 3a/2`);
    }
  }
  return faults;
}

describe('the largest ε of the proof', () => {
  it('has no kink within ε₀ and nothing lower within 2ε₀', async () => {
    const { faults, numbers } = await networks(await engine(), 16);
    expect(faults).toEqual([]);
    expect(numbers).toBeGreaterThan(12);
  });

  it('at most half of the way to the rim of a well', async () => {
    expect(await wells(await engine())).toEqual([]);
  });

  it('just below it ∇L vanishes on all of V[θ, ε] that is known', async () => {
    const { createContext } = await import('../../../src/check/context.ts');
    const { perturbedSpan } = (await import('../../../src/check/perturbation/span.ts')) as typeof Span;
    const { rationalArithmetic } = await import('../../../src/exact/rational-arithmetic.ts');
    const { instanceFromObject } = await import('../../../src/instance/load.ts');
    const { check } = await engine();
    let members = 0;
    for (let seed = 0; members < 5; seed++) {
      const { spec } = reluMinimum(generator(7_000 + seed));
      const net = plainOf(spec);
      if (!net || sizeOf(net) > 6) continue;
      const epsilon = found(await check(spec));
      if (typeof epsilon !== 'number') continue;
      const instance = await instanceFromObject(spec as never);
      const context = createContext(instance, { point: 'given' });
      const below = r(epsilon).mul(r('1048575/1048576'));
      for (const v of perturbedSpan(context, below, 100)?.set ?? []) {
        const theta = context.exact!.theta.map((value, k) => value.add(below.mul(v[k]!)));
        const { gradient } = context.over(rationalArithmetic, theta, 'θ + εv').summary();
        expect(gradient.every((entry) => entry.isZero)).toBe(true);
        members++;
      }
    }
  });

  it('is not told without the hypotheses, and is unbounded for what is global and smooth', async () => {
    const { check } = await engine();
    const at = async (outputs: string, parameters: Record<string, number>, y: number) =>
      found(await check(instanceOf([outputs], parameters, [[1]], [[y]])));
    expect(await at('a*b', { a: 1, b: 1 }, 2)).toBeNull();
    expect(await at('a*b', { a: 0, b: 0 }, 2)).toBeNull();
    expect(await at('relu(a)', { a: 0 }, -1)).toBeNull();
    expect(await at('a*b', { a: 2, b: 1 }, 2)).toBe('unbounded');
    expect(await at('3*a', { a: 1 }, 3)).toBe('unbounded');
    // The kink is at distance 1 (I15).
    expect(await at('b*relu(a)', { a: -1, b: 1 }, 1)).toSatisfy((e) => e === null || (e as number) <= 1);
  });
});

describe('faults that are put in', () => {
  afterEach(() => {
    vi.resetModules();
  });
  const fault = <M>(
    name: string,
    module: string,
    run: (engine: Engine) => Promise<string[]>,
    change: (o: M) => object,
  ) => [name, module, run, change as (original: never) => object] as const;
  const anyNetwork = async (each: Engine) => (await networks(each, 12)).faults;

  it.each([
    fault<typeof Ball>(
      'kinks are looked for in a box of a quarter',
      'check/structure/ball',
      anyNetwork,
      (o) => ({
        keepsSigns: (context: never, centre: never, radius: number) =>
          o.keepsSigns(context, centre, radius / 4),
      }),
    ),
    fault<typeof Ball>('kinks are not looked for', 'check/structure/ball', anyNetwork, () => ({
      keepsSigns: () => true,
    })),
    fault<typeof Eigenvalue>('every Hessian is definite', 'certified/eigenvalue-bound', wells, () => ({
      leastEigenvalueBound: () => 1,
    })),
  ])(
    '%s: noticed',
    async (_, module, run, change) => {
      const path = `../../../src/${module}.ts`;
      vi.resetModules();
      vi.doMock(path, async (original) => {
        const real = (await original()) as object;
        return { ...real, ...change(real as never) };
      });
      try {
        expect(await run(await engine())).not.toEqual([]);
      } finally {
        vi.doUnmock(path);
      }
    },
    120_000,
  );
});
