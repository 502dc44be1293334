// Blocked matrix product on packed panels (Goto and van de Geijn 2008), 4 × 4 register tiles.

const KC: i32 = 256;
const MC: i32 = 96;

/** Float64 numbers of scratch that `multiply` needs for n columns (rounded up to a multiple of 4). */
export function multiplyScratch(columns: i32): i32 {
  return KC * MC + KC * columns;
}

/**
 * C ← A·B with C row-major, its sides rounded up to multiples of 4 (`mPad` × `nPad`, zeroed by the caller).
 * Entry (i, l) of A is at aRow·i + aCol·l numbers, entry (l, j) of B at bRow·l + bCol·j: a transpose is a stride.
 */
export function multiply(
  m: i32, k: i32, n: i32,
  A: usize, aRow: i32, aCol: i32,
  B: usize, bRow: i32, bCol: i32,
  C: usize, mPad: i32, nPad: i32, scratch: usize,
): void {
  const packedA = scratch;
  const packedB = scratch + ((<usize>(KC * MC)) << 3);
  for (let k0 = 0; k0 < k; k0 += KC) {
    const kc = min(KC, k - k0);
    pack(B, bCol, bRow, 0, n, nPad, k0, kc, packedB);
    for (let i0 = 0; i0 < mPad; i0 += MC) {
      const mc = min(MC, mPad - i0);
      pack(A, aRow, aCol, i0, m, i0 + mc, k0, kc, packedA);
      for (let j = 0; j < nPad; j += 4) {
        const panelB = packedB + ((<usize>(j * kc)) << 3);
        for (let i = 0; i < mc; i += 4) {
          tile(kc, packedA + ((<usize>(i * kc)) << 3), panelB, C + (((<usize>(i0 + i)) * nPad + j) << 3), nPad);
        }
      }
    }
  }
}

/** Panels of 4 lines: number (line, l) goes to position 4l + line of its panel; lines from `limit` on are zero. */
function pack(
  M: usize, lineStride: i32, depthStride: i32,
  from: i32, limit: i32, to: i32, k0: i32, kc: i32, target: usize,
): void {
  for (let line = from; line < to; line += 4) {
    for (let r = 0; r < 4; r++) {
      let out = target + ((<usize>r) << 3);
      if (line + r >= limit) {
        for (let l = 0; l < kc; l++, out += 32) store<f64>(out, 0);
        continue;
      }
      let source = M + (((<usize>(line + r)) * lineStride + (<usize>k0) * depthStride) << 3);
      const step = (<usize>depthStride) << 3;
      for (let l = 0; l < kc; l++, out += 32) {
        store<f64>(out, load<f64>(source));
        source += step;
      }
    }
    target += (<usize>kc) << 5;
  }
}

@inline function accumulate(c: usize, left: v128, right: v128): void {
  v128.store(c, f64x2.add(v128.load(c), left));
  v128.store(c, f64x2.add(v128.load(c, 16), right), 16);
}

/** A 4 × 4 tile of C plus the product of two packed panels. */
function tile(kc: i32, a: usize, b: usize, c: usize, nPad: i32): void {
  const end = a + ((<usize>kc) << 5);
  let c00 = f64x2.splat(0);
  let c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0));
    c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x, b0));
    c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(x, b0));
    c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(x, b0));
    c31 = f64x2.add(c31, f64x2.mul(x, b1));
    a += 32;
    b += 32;
  }
  const stride = (<usize>nPad) << 3;
  accumulate(c, c00, c01);
  accumulate(c + stride, c10, c11);
  accumulate(c + 2 * stride, c20, c21);
  accumulate(c + 3 * stride, c30, c31);
}
