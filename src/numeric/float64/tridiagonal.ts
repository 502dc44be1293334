/**
 * Eigenvalues of the symmetric tridiagonal matrix with diagonal d and off-diagonal e, by implicit QL without vectors
 * (Martin and Wilkinson 1968; EISPACK's imtql1). Increasing, each to within O(n ε) of the norm. Overwrites d.
 * Cost: O(n²).
 */
export function tridiagonalEigenvalues(d: Float64Array, e: Float64Array): Float64Array {
  const n = d.length;
  const off = new Float64Array(n);
  off.set(e.subarray(0, Math.max(0, n - 1)));
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]!) + Math.abs(off[i]!));
  // An off-diagonal entry below half an ulp of the norm is dropped: graded ends would otherwise not converge.
  const negligible = 2 ** -53 * norm;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(off[m]!) > negligible) m++;
      if (m === l) break;
      if (sweep > 60) throw new Error('tridiagonalEigenvalues: no convergence');
      sweepQL(d, off, l, m);
    }
  }
  return d.sort();
}

function sweepQL(d: Float64Array, off: Float64Array, l: number, m: number): void {
  let g = (d[l + 1]! - d[l]!) / (2 * off[l]!);
  let r = Math.hypot(g, 1);
  g = d[m]! - d[l]! + off[l]! / (g + (g < 0 ? -r : r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * off[i]!;
    const b = c * off[i]!;
    r = Math.sqrt(f * f + g * g);
    off[i + 1] = r;
    if (r === 0) {
      d[i + 1] = d[i + 1]! - p;
      off[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    r = (d[i]! - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
  }
  d[l] = d[l]! - p;
  off[l] = g;
  off[m] = 0;
}
