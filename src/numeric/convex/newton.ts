/**
 * Minimises F(z) = Σ_i ℓ_i(B_i z), ℓ_i convex and differentiable on R^dy, over z ∈ R^r by a damped Newton method with
 * Armijo backtracking (Boyd & Vandenberghe, Convex Optimization, §9.5). The answer is a proposal: nothing about it
 * is trusted by the callers that certify. Cost per step: O(m·dy·r² + r³).
 */
export interface ConvexSum {
  /** number of samples */
  readonly m: number;
  readonly dy: number;
  /** ℓ_i at q ∈ R^dy; may return a non-finite number, which is treated as too large */
  value(i: number, q: Float64Array): number;
  /** ∇ℓ_i(q), written into `into` (dy numbers) */
  gradient(i: number, q: Float64Array, into: Float64Array): void;
  /** ∇²ℓ_i(q), row-major dy×dy, written into `into` */
  hessian(i: number, q: Float64Array, into: Float64Array): void;
}

export interface ConvexMinimum {
  readonly z: Float64Array;
  readonly value: number;
  /** ‖∇F(z)‖₂ */
  readonly gradientNorm: number;
  readonly steps: number;
  /** true when the Newton decrement fell below the rounding of F */
  readonly converged: boolean;
}

export interface NewtonOptions {
  readonly start?: Float64Array;
  readonly maxSteps?: number;
  /** stop as soon as F falls to this value */
  readonly target?: number;
  readonly expired?: () => boolean;
}

/** `basis` is (m·dy)×r row-major. Returns undefined when F is not finite at the start. */
export function minimiseConvexSum(
  problem: ConvexSum,
  basis: Float64Array,
  r: number,
  options: NewtonOptions = {},
): ConvexMinimum | undefined {
  const { m, dy } = problem;
  const rows = m * dy;
  const maxSteps = options.maxSteps ?? 300;
  let z: Float64Array = options.start?.slice() ?? new Float64Array(r);
  let outputs = apply(basis, rows, r, z);
  let value = total(problem, outputs);
  if (!Number.isFinite(value)) return undefined;
  const sampleGradient = new Float64Array(dy);
  const sampleHessian = new Float64Array(dy * dy);
  let damping = 0;
  for (let steps = 0; ; steps++) {
    const gradient = new Float64Array(r);
    const hessian = new Float64Array(r * r);
    for (let i = 0; i < m; i++) {
      const q = outputs.subarray(i * dy, (i + 1) * dy);
      problem.gradient(i, q, sampleGradient);
      problem.hessian(i, q, sampleHessian);
      accumulate(basis, i, dy, r, sampleGradient, sampleHessian, gradient, hessian);
    }
    const gradientNorm = Math.hypot(...gradient);
    const result = (converged: boolean): ConvexMinimum => ({ z, value, gradientNorm, steps, converged });
    if (options.target !== undefined && value <= options.target) return result(true);
    if (gradientNorm === 0) return result(true);
    if (steps >= maxSteps || options.expired?.()) return result(false);
    const scale = trace(hessian, r) / Math.max(1, r);
    const step = solveDamped(hessian, r, gradient, Math.max(damping, 1e-14 * scale, Number.MIN_VALUE));
    if (!step) return result(false);
    let decrement = 0;
    for (let k = 0; k < r; k++) decrement -= gradient[k]! * step[k]!;
    if (!(decrement > 1e-17 * Math.abs(value))) return result(true);
    let length = 1;
    let moved = false;
    for (let halvings = 0; halvings < 60; halvings++, length /= 2) {
      const next = z.map((entry, k) => entry + length * step[k]!);
      const nextOutputs = apply(basis, rows, r, next);
      const nextValue = total(problem, nextOutputs);
      if (nextValue <= value - 1e-4 * length * decrement || (halvings < 3 && nextValue < value)) {
        z = next;
        outputs = nextOutputs;
        moved = nextValue < value;
        value = nextValue;
        break;
      }
    }
    damping = length < 0.25 ? Math.max(damping * 4, 1e-10 * scale) : damping / 16;
    if (!moved) return result(decrement <= 1e-12 * (1 + Math.abs(value)));
  }
}

function apply(basis: Float64Array, rows: number, r: number, z: Float64Array): Float64Array {
  const outputs = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < r; k++) sum += basis[i * r + k]! * z[k]!;
    outputs[i] = sum;
  }
  return outputs;
}

function total(problem: ConvexSum, outputs: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < problem.m; i++)
    sum += problem.value(i, outputs.subarray(i * problem.dy, (i + 1) * problem.dy));
  return sum;
}

function accumulate(
  basis: Float64Array,
  i: number,
  dy: number,
  r: number,
  sampleGradient: Float64Array,
  sampleHessian: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  for (let a = 0; a < dy; a++) {
    const rowA = (i * dy + a) * r;
    for (let k = 0; k < r; k++) gradient[k]! += sampleGradient[a]! * basis[rowA + k]!;
    for (let b = 0; b < dy; b++) {
      const weight = sampleHessian[a * dy + b]!;
      if (weight === 0) continue;
      const rowB = (i * dy + b) * r;
      for (let k = 0; k < r; k++) {
        const left = weight * basis[rowA + k]!;
        if (left === 0) continue;
        for (let l = 0; l <= k; l++) hessian[k * r + l]! += left * basis[rowB + l]!;
      }
    }
  }
}

const trace = (matrix: Float64Array, n: number): number => {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += matrix[k * n + k]!;
  return sum;
};

/** −(H + damping·I)⁻¹ g by Cholesky from the lower triangle, with growing damping; undefined when that never succeeds. */
function solveDamped(
  hessian: Float64Array,
  n: number,
  gradient: Float64Array,
  damping: number,
): Float64Array | undefined {
  for (let shift = damping; Number.isFinite(shift); shift *= 100) {
    const factor = hessian.slice();
    let positive = true;
    for (let j = 0; j < n && positive; j++) {
      for (let i = j; i < n; i++) {
        let sum = factor[i * n + j]! + (i === j ? shift : 0);
        for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
        if (i > j) factor[i * n + j] = sum / factor[j * n + j]!;
        else if (sum > 0) factor[j * n + j] = Math.sqrt(sum);
        else {
          positive = false;
          break;
        }
      }
    }
    if (!positive) continue;
    const step = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = -gradient[i]!;
      for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * step[k]!;
      step[i] = sum / factor[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = step[i]!;
      for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * step[k]!;
      step[i] = sum / factor[i * n + i]!;
    }
    if (step.every(Number.isFinite)) return step;
  }
  return undefined;
}
