// AssemblyScript, not TypeScript. Pointers are byte offsets into the linear memory; vectors are contiguous float64.

@inline export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 3);
}
@inline export function get(base: usize, index: i32): f64 {
  return load<f64>(at(base, index));
}
@inline export function set(base: usize, index: i32, value: f64): void {
  store<f64>(at(base, index), value);
}
@inline function lanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Σ x_i y_i, in eight partial sums */
export function dot(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  let sum = lanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; i < n; i++) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** y ← y + a·x */
export function axpy(a: f64, x: usize, y: usize, n: i32): void {
  const v = f64x2.splat(a);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(v, v128.load(x))));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(v, v128.load(x, 16))), 16);
    x += 32;
    y += 32;
  }
  for (; i < n; i++) {
    store<f64>(y, load<f64>(y) + a * load<f64>(x));
    x += 8;
    y += 8;
  }
}

/** z ← z + a·x + b·y */
export function axpy2(a: f64, x: usize, b: f64, y: usize, z: usize, n: i32): void {
  const v = f64x2.splat(a);
  const w = f64x2.splat(b);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const sum = f64x2.add(f64x2.mul(v, v128.load(x)), f64x2.mul(w, v128.load(y)));
    v128.store(z, f64x2.add(v128.load(z), sum));
    x += 16;
    y += 16;
    z += 16;
  }
  if (i < n) store<f64>(z, load<f64>(z) + (a * load<f64>(x) + b * load<f64>(y)));
}

/** Σ x_i y_i, and z ← z + a·x in the same pass over x */
export function dotAxpy(x: usize, y: usize, a: f64, z: usize, n: i32): f64 {
  const v = f64x2.splat(a);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    s0 = f64x2.add(s0, f64x2.mul(x0, v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(x1, v128.load(y, 16)));
    v128.store(z, f64x2.add(v128.load(z), f64x2.mul(v, x0)));
    v128.store(z, f64x2.add(v128.load(z, 16), f64x2.mul(v, x1)), 16);
    x += 32;
    y += 32;
    z += 32;
  }
  let sum = lanes(f64x2.add(s0, s1));
  for (; i < n; i++) {
    sum += load<f64>(x) * load<f64>(y);
    store<f64>(z, load<f64>(z) + a * load<f64>(x));
    x += 8;
    y += 8;
    z += 8;
  }
  return sum;
}

export function scale(a: f64, x: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    store<f64>(x, load<f64>(x) * a);
    x += 8;
  }
}

export function swap(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    const t = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, t);
    x += 8;
    y += 8;
  }
}
