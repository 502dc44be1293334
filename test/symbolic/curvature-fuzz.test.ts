import { expect, it } from 'vitest';
import { Rational } from '../../src/kernel/rational.ts';
import { assumption1, settingFor } from '../../src/symbolic/assumption-1.ts';
import { checkDerivation } from '../../src/symbolic/curvature/check.ts';
import { PROPERTIES } from '../../src/symbolic/curvature/claim.ts';
import { Prover } from '../../src/symbolic/curvature/prove.ts';
import { replayRefutation } from '../../src/symbolic/refutation.ts';
import { contradiction } from './claim-oracle.ts';
import { randomLoss } from './random-loss.ts';

const LOSSES = 2400;
const target = (seed: number, dy: number): Rational[] =>
  Array.from({ length: dy }, (_, k) => new Rational(BigInt(((seed * 5 + k * 3) % 9) - 4), 2n));

it(`no step of any derivation of ${LOSSES} random losses is contradicted by exact evaluation`, () => {
  const derived = new Map<string, number>();
  for (let seed = 1; seed <= LOSSES; seed++) {
    const { graph, dy } = randomLoss(seed);
    const y = target(seed, dy);
    const setting = settingFor({ graph, targets: 'real' }, seed % 4 === 0 ? null : y);
    const prover = new Prover(setting, { analytic: seed % 4 !== 0, deadline: Date.now() + 60_000 });
    const tested = new Set<string>();
    for (const property of PROPERTIES) {
      const derivation = prover.derivation(property);
      if (!derivation) continue;
      expect(checkDerivation(setting, derivation)).toEqual({ accepted: true });
      for (const { node, claim, rule } of derivation) {
        const key = `${node} ${JSON.stringify(claim)}`;
        if (tested.has(key)) continue;
        tested.add(key);
        derived.set(rule, (derived.get(rule) ?? 0) + 1);
        expect(contradiction(setting, y, node, claim), `seed ${seed}: ${rule} ⊢ ${key}`).toBeUndefined();
      }
    }
  }
  // Guard against vacuity: the rules were really used.
  expect([...derived].filter(([, count]) => count >= 5).length).toBeGreaterThanOrEqual(20);
});

it('assumption 1 never holds where a chord or a kink refutes it, and its refutations replay', async () => {
  const seen = { holds: 0, fails: 0, undecided: 0 };
  for (let seed = 1; seed <= LOSSES; seed += 4) {
    const { graph, dy } = randomLoss(seed, 4);
    const y = target(seed, dy);
    const loss = { graph, targets: 'real' as const };
    const result = await assumption1(loss, [y], { deadlineMs: 60_000 });
    seen[result.status]++;
    if (result.status === 'holds') {
      for (const claim of ['convex', 'differentiable'] as const)
        expect(
          contradiction(settingFor(loss, y), y, graph.outputs[0]!, claim),
          `seed ${seed}`,
        ).toBeUndefined();
    }
    if (result.status === 'fails')
      expect(replayRefutation(graph, result.witness!.refutation), `seed ${seed}`).toBeDefined();
  }
  expect(seen.holds).toBeGreaterThan(50);
  expect(seen.fails).toBeGreaterThan(100);
});
