/**
 * An approximate inverse by Gauss–Jordan elimination with partial pivoting, or undefined when a pivot vanishes.
 * It is a proposal: whoever uses it must verify what it implies. Row-major n×n; cost 2n³.
 */
export function approximateInverse(n: number, matrix: Float64Array): Float64Array | undefined {
  const work = matrix.slice();
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++)
      if (Math.abs(work[r * n + c]!) > Math.abs(work[pivot * n + c]!)) pivot = r;
    const value = work[pivot * n + c]!;
    if (!(Math.abs(value) > 0)) return undefined;
    if (pivot !== c) {
      swapRows(work, n, pivot, c);
      swapRows(inverse, n, pivot, c);
    }
    for (let j = 0; j < n; j++) {
      work[c * n + j]! /= value;
      inverse[c * n + j]! /= value;
    }
    for (let r = 0; r < n; r++) {
      const factor = work[r * n + c]!;
      if (r === c || factor === 0) continue;
      for (let j = 0; j < n; j++) {
        work[r * n + j]! -= factor * work[c * n + j]!;
        inverse[r * n + j]! -= factor * inverse[c * n + j]!;
      }
    }
  }
  return inverse.every(Number.isFinite) ? inverse : undefined;
}

function swapRows(matrix: Float64Array, n: number, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const held = matrix[a * n + j]!;
    matrix[a * n + j] = matrix[b * n + j]!;
    matrix[b * n + j] = held;
  }
}

/** R⁻ᵀ-style proposal for `leastEigenvalueBound`: X upper triangular with XᵀAX ≈ I, from A ≈ RᵀR; undefined when A is not positive definite in floats. */
export function inverseCholesky(n: number, matrix: Float64Array): Float64Array | undefined {
  const factor = new Float64Array(n * n); // R, upper triangular
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= j; i++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < i; k++) sum -= factor[k * n + i]! * factor[k * n + j]!;
      if (i < j) factor[i * n + j] = sum / factor[i * n + i]!;
      else if (sum > 0) factor[i * n + j] = Math.sqrt(sum);
      else return undefined;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    inverse[j * n + j] = 1 / factor[j * n + j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum -= factor[i * n + k]! * inverse[k * n + j]!;
      inverse[i * n + j] = sum / factor[i * n + i]!;
    }
  }
  return inverse.every(Number.isFinite) ? inverse : undefined;
}
