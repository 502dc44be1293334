// Blocked right-looking Cholesky of the lower triangle, row-major and in place.
import { at, dot, get, set } from './vector';

const BLOCK: i32 = 48;

@inline function lanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Returns 0, or 1 + the index of the first pivot that is not positive. */
export function cholesky(n: i32, L: usize): i32 {
  const stride = (<usize>n) << 3;
  for (let k = 0; k < n; k += BLOCK) {
    const width = min(BLOCK, n - k);
    const end = k + width;
    for (let j = k; j < end; j++) {
      const pivotRow = at(L, j * n + k);
      const pivot = get(pivotRow, j - k) - dot(pivotRow, pivotRow, j - k);
      if (!(pivot > 0)) return j + 1;
      const root = Math.sqrt(pivot);
      set(pivotRow, j - k, root);
      let row = pivotRow + stride;
      for (let i = j + 1; i < n; i++) {
        set(row, j - k, (get(row, j - k) - dot(row, pivotRow, j - k)) / root);
        row += stride;
      }
    }
    for (let i = end; i < n; i += 2) update(L, n, stride, k, width, end, i);
  }
  return 0;
}

/** Rows i and i + 1 of the trailing lower triangle minus the product of the panel, in 2 × 2 tiles. */
function update(L: usize, n: i32, stride: usize, k: i32, width: i32, end: i32, i: i32): void {
  const two = i + 1 < n;
  const row0 = at(L, i * n + k);
  const row1 = two ? row0 + stride : row0;
  const last = two ? i + 1 : i;
  for (let j = end; j <= last; j += 2) {
    const other0 = at(L, j * n + k);
    const other1 = j + 1 < n ? other0 + stride : other0;
    let a = f64x2.splat(0);
    let b = a, c = a, d = a;
    let p = 0;
    for (; p + 2 <= width; p += 2) {
      const o = (<usize>p) << 3;
      const x = v128.load(row0 + o);
      const y = v128.load(row1 + o);
      const u = v128.load(other0 + o);
      const v = v128.load(other1 + o);
      a = f64x2.add(a, f64x2.mul(x, u));
      b = f64x2.add(b, f64x2.mul(x, v));
      c = f64x2.add(c, f64x2.mul(y, u));
      d = f64x2.add(d, f64x2.mul(y, v));
    }
    let s00 = lanes(a), s01 = lanes(b), s10 = lanes(c), s11 = lanes(d);
    if (p < width) {
      s00 += get(row0, p) * get(other0, p);
      s01 += get(row0, p) * get(other1, p);
      s10 += get(row1, p) * get(other0, p);
      s11 += get(row1, p) * get(other1, p);
    }
    const target = at(L, i * n + j);
    set(target, 0, get(target, 0) - s00);
    if (j + 1 <= i) set(target, 1, get(target, 1) - s01);
    if (!two) continue;
    const below = target + stride;
    set(below, 0, get(below, 0) - s10);
    if (j + 1 <= i + 1) set(below, 1, get(below, 1) - s11);
  }
}
