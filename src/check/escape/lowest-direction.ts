const ROUNDS = 300;

/**
 * A direction v, max |v_i| = 1, with vᵀHv < 0 in float64 for a symmetric n × n matrix: power iteration on cI − H with
 * c ≥ ‖H‖∞, which grows the eigenvector of the least eigenvalue. Undefined when none shows. A proposal, not a proof.
 * Cost: 300 n².
 */
export function lowestDirection(n: number, H: Float64Array): Float64Array | undefined {
  let shift = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(H[i * n + j]!);
    shift = Math.max(shift, sum);
  }
  if (!(shift > 0 && Number.isFinite(shift))) return undefined;
  // No symmetry of a matrix is likely to be orthogonal to it.
  let v = Float64Array.from({ length: n }, (_, i) => 1 + Math.sin(1 + 7 * i) / 3);
  for (let round = 0; round < ROUNDS; round++) {
    const Hv = times(n, H, v);
    const next = v.map((entry, i) => shift * entry - Hv[i]!);
    const size = next.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    if (!(size > 0)) return undefined;
    v = next.map((entry) => entry / size);
  }
  const Hv = times(n, H, v);
  const curvature = v.reduce((sum, entry, i) => sum + entry * Hv[i]!, 0);
  return curvature < 0 ? v : undefined;
}

function times(n: number, H: Float64Array, v: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += H[i * n + j]! * v[j]!;
    return sum;
  });
}
