// Gaussian elimination modulo a prime p < 2²⁶ on float64 residues: every product and sum is below 2⁵³ and exact.

function inverse(a: i64, p: i64): i64 {
  let t: i64 = 0;
  let nextT: i64 = 1;
  let r = p;
  let nextR = a;
  while (nextR != 0) {
    const q = r / nextR;
    let x = t - q * nextT;
    t = nextT;
    nextT = x;
    x = r - q * nextR;
    r = nextR;
    nextR = x;
  }
  return t < 0 ? t + p : t;
}

/** x mod p for 0 ≤ x < 2⁵³: the rounded quotient is at most one off, and both corrections are exact. */
@inline function reduce(x: v128, p: v128, inverseP: v128): v128 {
  let y = f64x2.sub(x, f64x2.mul(f64x2.floor(f64x2.mul(x, inverseP)), p));
  y = f64x2.sub(y, v128.and(f64x2.ge(y, p), p));
  return f64x2.add(y, v128.and(f64x2.lt(y, f64x2.splat(0)), p));
}

/**
 * In place, rows of `stride` numbers (even; padding is 0), pivots in the first `pivotable` columns. order (rows int32,
 * 0 … rows − 1 on entry) is permuted with the rows; pivots receives the pivot columns. Returns their number.
 */
export function eliminate(
  A: usize, rows: i32, pivotable: i32, stride: i32, prime: f64, reduced: i32, order: usize, pivots: usize,
): i32 {
  const p = f64x2.splat(prime);
  const inverseP = f64x2.splat(1 / prime);
  const bytes = (<usize>stride) << 3;
  let r = 0;
  for (let c = 0; c < pivotable && r < rows; c++) {
    const column = (<usize>c) << 3;
    let k = r;
    while (k < rows && load<f64>(A + <usize>k * bytes + column) == 0) k++;
    if (k == rows) continue;
    const from = (<usize>(c & ~1)) << 3;
    const pivot = A + <usize>r * bytes;
    if (k != r) {
      const other = A + <usize>k * bytes;
      for (let o: usize = 0; o < bytes; o += 16) {
        const t = v128.load(other + o);
        v128.store(other + o, v128.load(pivot + o));
        v128.store(pivot + o, t);
      }
      const left = order + ((<usize>k) << 2);
      const right = order + ((<usize>r) << 2);
      const t = load<i32>(left);
      store<i32>(left, load<i32>(right));
      store<i32>(right, t);
    }
    const factor = f64x2.splat(<f64>inverse(<i64>load<f64>(pivot + column), <i64>prime));
    for (let o = from; o < bytes; o += 16) {
      v128.store(pivot + o, reduce(f64x2.mul(v128.load(pivot + o), factor), p, inverseP));
    }
    for (let i = reduced ? 0 : r + 1; i < rows; i++) {
      const row = A + <usize>i * bytes;
      const lead = load<f64>(row + column);
      if (i == r || lead == 0) continue;
      const negative = f64x2.splat(prime - lead);
      for (let o = from; o < bytes; o += 16) {
        const x = f64x2.add(v128.load(row + o), f64x2.mul(negative, v128.load(pivot + o)));
        v128.store(row + o, reduce(x, p, inverseP));
      }
    }
    store<i32>(pivots + ((<usize>r) << 2), c);
    r++;
  }
  return r;
}
