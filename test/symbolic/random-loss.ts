import { Rational } from '../../src/kernel/rational.ts';
import { type Graph, GraphBuilder, type NodeId, type Unary } from '../../src/symbolic/graph.ts';
import { randomSource } from '../../src/symbolic/random-source.ts';

const UNARIES: readonly Unary[] = [
  'exp',
  'log',
  'sqrt',
  'sin',
  'tanh',
  'sigmoid',
  'softplus',
  'abs',
  'relu',
  'abs',
  'relu',
  'exp',
];
const CONSTANTS = ['-2', '-1', '-1/2', '0', '1/2', '1', '2', '3'].map((text) => Rational.parse(text)!);

/** A random loss in q (dy = 1 or 2) and y, of at most `size` operations; the same for the same seed. */
export function randomLoss(seed: number, size = 5): { graph: Graph; dy: number } {
  const random = randomSource(seed * 7919 + 13);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const dy = random() < 0.7 ? 1 : 2;
  const b = new GraphBuilder({ q: dy, y: dy });
  const pool: NodeId[] = [];
  for (let k = 0; k < dy; k++) pool.push(b.variable('q', k), b.variable('q', k));
  pool.push(b.variable('y', 0), b.constant(pick(CONSTANTS)), b.constant(pick(CONSTANTS)));
  const any = () => (random() < 0.5 ? pool.at(-1)! : pick(pool));
  const steps = 1 + Math.floor(random() * size);
  for (let step = 0; step < steps; step++) {
    const roll = random();
    try {
      if (roll < 0.22) pool.push(b.sum(any(), pick(pool)));
      else if (roll < 0.32) pool.push(b.difference(pick(pool), any()));
      else if (roll < 0.47) pool.push(b.product(any(), pick(pool)));
      else if (roll < 0.6) pool.push(b.power(any(), 2 + Math.floor(random() * 3)));
      else if (roll < 0.66) pool.push(b.quotient(pick(pool), any()));
      else if (roll < 0.74) pool.push(b.extremum(random() < 0.7 ? 'max' : 'min', any(), pick(pool)));
      else if (roll < 0.78) pool.push(b.logsumexp([any(), pick(pool)]));
      else if (roll < 0.82) pool.push(b.dot([any(), pick(pool)], [pick(pool), any()]));
      else pool.push(b.unary(pick(UNARIES), any()));
    } catch {
      // a quotient by the constant 0: take another step
    }
  }
  return { graph: b.build([pool.at(-1)!]), dy };
}
