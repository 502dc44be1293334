/**
 * Singular values of the upper bidiagonal matrix with diagonal d and superdiagonal e, by implicit-shift QR without
 * vectors (Golub and Van Loan, Matrix Computations, §8.6; the case analysis is LINPACK's dsvdc). Decreasing.
 * Overwrites both arrays; the entries must be far from overflow. Cost: O(n²).
 */
export function bidiagonalSingularValues(d: Float64Array, e: Float64Array): Float64Array {
  const n = d.length;
  const off = new Float64Array(n);
  off.set(e.subarray(0, Math.max(0, n - 1)));
  let end = n;
  let sweeps = 0;
  while (end > 0) {
    if (sweeps > 100 + 40 * n) throw new Error('bidiagonalSingularValues: no convergence');
    let start = end - 2;
    for (; start >= 0; start--) {
      if (Math.abs(off[start]!) <= TINY + EPSILON * (Math.abs(d[start]!) + Math.abs(d[start + 1]!))) {
        off[start] = 0;
        break;
      }
    }
    if (start === end - 2) {
      end--;
      continue;
    }
    const zero = negligibleDiagonal(d, off, start, end);
    sweeps++;
    if (zero === end - 1) chaseUp(d, off, start + 1, end);
    else if (zero > start) chaseDown(d, off, zero + 1, end);
    else shiftedSweep(d, off, start + 1, end);
  }
  return d.map(Math.abs).sort().reverse();
}

const EPSILON = 2 ** -52;
const TINY = 2 ** -966;

/** The last index in (start, end) whose diagonal entry is negligible (set to 0), or `start`. */
function negligibleDiagonal(d: Float64Array, off: Float64Array, start: number, end: number): number {
  for (let k = end - 1; k > start; k--) {
    const above = k !== start + 1 ? Math.abs(off[k - 1]!) : 0;
    const right = k !== end - 1 ? Math.abs(off[k]!) : 0;
    if (Math.abs(d[k]!) <= TINY + EPSILON * (above + right)) {
      d[k] = 0;
      return k;
    }
  }
  return start;
}

/** d[end−1] = 0: rotates its column away, which splits it off. */
function chaseUp(d: Float64Array, off: Float64Array, start: number, end: number): void {
  let f = off[end - 2]!;
  off[end - 2] = 0;
  for (let j = end - 2; j >= start; j--) {
    const [c, s, length] = rotation(d[j]!, f);
    d[j] = length;
    if (j !== start) {
      f = -s * off[j - 1]!;
      off[j - 1] = c * off[j - 1]!;
    }
  }
}

/** d[start−1] = 0: rotates its row away. */
function chaseDown(d: Float64Array, off: Float64Array, start: number, end: number): void {
  let f = off[start - 1]!;
  off[start - 1] = 0;
  for (let j = start; j < end; j++) {
    const [c, s, length] = rotation(d[j]!, f);
    d[j] = length;
    f = -s * off[j]!;
    off[j] = c * off[j]!;
  }
}

function shiftedSweep(d: Float64Array, off: Float64Array, start: number, end: number): void {
  const scale = Math.max(
    Math.abs(d[end - 1]!),
    Math.abs(d[end - 2]!),
    Math.abs(off[end - 2]!),
    Math.abs(d[start]!),
    Math.abs(off[start]!),
  );
  const last = d[end - 1]! / scale;
  const previous = d[end - 2]! / scale;
  const coupling = off[end - 2]! / scale;
  const first = d[start]! / scale;
  const b = ((previous + last) * (previous - last) + coupling * coupling) / 2;
  const c2 = (last * coupling) ** 2;
  let shift = 0;
  if (b !== 0 || c2 !== 0) shift = c2 / (b + Math.sqrt(b * b + c2) * (b < 0 ? -1 : 1));
  let f = (first + last) * (first - last) + shift;
  let g = first * (off[start]! / scale);
  for (let j = start; j < end - 1; j++) {
    let [c, s, length] = rotation(f, g);
    if (j !== start) off[j - 1] = length;
    f = c * d[j]! + s * off[j]!;
    off[j] = c * off[j]! - s * d[j]!;
    g = s * d[j + 1]!;
    d[j + 1] = c * d[j + 1]!;
    [c, s, length] = rotation(f, g);
    d[j] = length;
    f = c * off[j]! + s * d[j + 1]!;
    d[j + 1] = -s * off[j]! + c * d[j + 1]!;
    g = s * off[j + 1]!;
    off[j + 1] = c * off[j + 1]!;
  }
  off[end - 2] = f;
}

/** c, s and r with [c s; −s c]·[a; b] = [r; 0] */
function rotation(a: number, b: number): [number, number, number] {
  const length = Math.sqrt(a * a + b * b);
  return length === 0 ? [1, 0, 0] : [a / length, b / length, length];
}
