/**
 * Replaces a symmetric n × n matrix by the nearest one with all eigenvalues ≥ floor, in float64, in place (cyclic
 * Jacobi; Golub and Van Loan, Matrix Computations, §8.5). A proposer: nothing is claimed of its accuracy. Cost: O(n³).
 */
export function projectToSemidefinite(G: Float64Array, n: number, floor: number): void {
  const A = G.slice();
  const V = new Float64Array(n * n);
  for (let i = 0; i < n; i++) V[i * n + i] = 1;
  for (let sweep = 0; sweep < 12 && !sweepOnce(A, V, n); sweep++);
  G.fill(0);
  for (let k = 0; k < n; k++) {
    const value = Math.max(A[k * n + k]!, floor);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) G[i * n + j] = G[i * n + j]! + value * V[i * n + k]! * V[j * n + k]!;
  }
}

/** One sweep of rotations; true when nothing was left to rotate. */
function sweepOnce(A: Float64Array, V: Float64Array, n: number): boolean {
  let done = true;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const apq = A[p * n + q]!;
      if (Math.abs(apq) <= 1e-15 * (Math.abs(A[p * n + p]!) + Math.abs(A[q * n + q]!))) continue;
      done = false;
      const theta = (A[q * n + q]! - A[p * n + p]!) / (2 * apq);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const c = 1 / Math.hypot(t, 1);
      rotate(A, n, p, q, c, t * c);
      for (let k = 0; k < n; k++) {
        const [x, y] = [V[k * n + p]!, V[k * n + q]!];
        V[k * n + p] = c * x - t * c * y;
        V[k * n + q] = t * c * x + c * y;
      }
    }
  }
  return done;
}

function rotate(A: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const [x, y] = [A[k * n + p]!, A[k * n + q]!];
    A[k * n + p] = c * x - s * y;
    A[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [A[p * n + k]!, A[q * n + k]!];
    A[p * n + k] = c * x - s * y;
    A[q * n + k] = s * x + c * y;
  }
}
