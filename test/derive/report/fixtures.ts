import type { ObligationReport, Report, ResultReport } from '../../../src/check/report.ts';

export const obligation = (
  id: string,
  status: ObligationReport['status'],
  tier: ObligationReport['tier'],
  detail: string,
  more: Partial<ObligationReport> = {},
): ObligationReport => ({ id, status, tier, detail, witness: null, seconds: 0.25, ...more });

const instance = {
  name: 'three linear layers at zero',
  file: 'I05.json',
  sha256: '0'.repeat(64),
  m: 2,
  dx: 1,
  dy: 1,
  parameters: 3,
  model: 'mlp 1–1–1–1',
  loss: 'squared',
};

export const reportOf = (results: readonly ResultReport[], more: Partial<Report> = {}): Report => ({
  everymin: '0.1.0',
  seed: 0,
  backend: { name: 'wasm', precision: 'float32' },
  instance,
  results,
  ...more,
});

/** Everything symbolic or exact. */
export const exact = reportOf([
  {
    result: 'theorem-1',
    verdict: 'holds',
    tier: 'exact',
    left: { exact: '2' },
    right: { exact: '2' },
    attained: true,
    gap: { upper: 0, bound: 0 },
    robust: [
      {
        id: 'R1',
        formula: 'L(θ) − inf L_θ ≤ ‖∇L(θ)‖ · ‖α* − γ‖',
        bound: { exact: '0' },
        tier: 'exact',
        constants: { '‖∇L(θ)‖': { exact: '0' } },
        detail: 'the gradient is exactly zero',
      },
    ],
    obligations: [
      obligation('assumption-1', 'holds', 'symbolic', 'squared loss: differentiable, convex'),
      obligation('assumption-2', 'holds', 'symbolic', 'f = Σ W3 ∂f/∂W3: the last layer is linear'),
      obligation('differentiable', 'holds', 'symbolic', 'polynomial in θ'),
      obligation('critical', 'holds', 'exact', '∇L(θ) = 0', { certificate: { gradient: ['0', '0', '0'] } }),
      obligation('conclusion', 'holds', 'exact', 'L(θ) = 2 = min over α of L_θ(α)'),
    ],
    meaning:
      'All partial derivatives of f vanish here, so the gradient basis is {0}: true, and nearly empty.',
  },
]);

/** A trained network: enclosures, figures, both robust bounds, a long sentence. */
export const trained = reportOf(
  [
    {
      result: 'lemma-2',
      verdict: 'holds',
      tier: 'certified',
      left: { lower: 0.7131471805599452, upper: 0.7131471805599455 },
      right: { lower: 0.7131471805599452, upper: 0.7131471805599455 },
      obligations: [obligation('assumption-2', 'holds', 'symbolic', 'the last layer is linear')],
      meaning: '',
    },
    {
      result: 'theorem-1',
      verdict: 'undecided',
      tier: 'certified',
      left: { lower: 0.04215, upper: 0.04216 },
      right: { lower: 0, upper: 0.04216 },
      attained: null,
      gap: { lower: 0, upper: 3.123456789e-12, bound: 4.5e-11 },
      robust: [
        {
          id: 'R1',
          formula: 'L(θ) − inf L_θ ≤ ‖∇L(θ)‖ · ‖α* − γ‖',
          bound: { upper: 3.2123456789e-10 },
          tier: 'certified',
          constants: {
            '‖∇L(θ)‖': { lower: 4.1e-10, upper: 4.2e-10 },
            '‖α* − γ‖': { upper: 0.75 },
          },
          detail: 'the argmin is taken in the row space of the Jacobian',
        },
        {
          id: "R1'",
          formula: 'L(θ) − inf L_θ ≤ ‖ΠG‖² / (2 μ λ_min)',
          bound: null,
          tier: 'numeric',
          constants: {},
          detail: 'cross-entropy is not strongly convex',
        },
      ],
      obligations: [
        obligation(
          'assumption-1',
          'holds',
          'symbolic',
          'cross-entropy of a softmax: differentiable and convex in q',
        ),
        obligation(
          'differentiable',
          'holds',
          'certified',
          'no pre-activation of the 750 is zero; the nearest kink is 0.0031 away, at sample 17, layer 1, unit 3, and so f is differentiable on a ball around θ',
          { figures: { margin: { lower: 0.0031456789, upper: 0.003145679 }, kinks: 750 } },
        ),
        obligation('critical', 'undecided', 'certified', '‖∇L(θ)‖ ≤ 4.2e-10, and zero is not excluded'),
      ],
      meaning:
        'The point is not proved to be critical, so Theorem 1 itself is silent; its quantitative form is not: no choice of α improves on L(θ) by more than 3.3e-10.',
    },
  ],
  {
    instance: {
      ...instance,
      name: 'iris',
      file: 'examples/iris/iris.json',
      m: 150,
      dx: 4,
      dy: 3,
      parameters: 43,
      model: 'mlp 4–5–3',
      loss: 'cross-entropy',
    },
  },
);

/** A hypothesis and the conclusion fail, with a witness; the right side is an upper bound only. */
export const failing = reportOf([
  {
    result: 'theorem-2',
    verdict: 'not-applicable',
    tier: 'exact',
    left: { exact: '2' },
    right: { upper: 0.2 },
    attained: false,
    gap: { upper: 1.8, bound: null },
    obligations: [
      obligation(
        'local-minimum',
        'fails',
        'exact',
        'a saddle: θ(s) = s(1, 1, 1) gives L = 2 − 6s³ + 5s⁶ < 2 for 0 < s < 1',
        {
          witness: { direction: ['1', '1', '1'], step: '1/2' },
        },
      ),
      obligation('conclusion', 'fails', 'exact', 'with S of 3 vectors the right side is 1/5 < 2', {
        witness: { alpha: ['1'] },
      }),
    ],
    meaning: 'The Hessian is zero, so second-order tests are silent.',
  },
]);

/** Nothing decided in time; numbers that are only approximate or bounded below. */
export const timedOut = reportOf(
  [
    {
      result: 'theorem-1',
      verdict: 'undecided',
      tier: 'numeric',
      left: { approx: 0.713147180559, residual: 2.5e-9 },
      right: { lower: -1.25 },
      obligations: [obligation('conclusion', 'undecided', 'numeric', 'time limit')],
      meaning: '',
    },
  ],
  { timedOut: true },
);

/** All hypotheses hold and the conclusion fails. */
export const contradiction = reportOf([
  {
    result: 'theorem-1',
    verdict: 'contradiction',
    tier: 'exact',
    left: { exact: '1/3' },
    right: { exact: '123456789012345678901234567890/7' },
    obligations: [
      obligation('conclusion', 'fails', 'exact', '1/3 is not the infimum', { witness: { alpha: ['1/2'] } }),
    ],
    meaning:
      'Every hypothesis holds and the conclusion fails: a bug in everymin or in the paper; please report it.',
  },
]);

/** Text from files that tries to drive the terminal. */
export const hostile = reportOf(exact.results, {
  instance: { ...instance, name: 'a\u001b]0;owned\u0007\u009b2J\nb\u202ec\ud800', file: 'x\r.json' },
});

export const samples = { exact, trained, failing, timedOut, contradiction, hostile };
