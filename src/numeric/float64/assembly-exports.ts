/** What assembly/index.ts exports, as seen from outside; pointers are byte offsets into `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  multiplyScratch(columns: number): number;
  multiply(
    m: number,
    k: number,
    n: number,
    A: number,
    aRow: number,
    aCol: number,
    B: number,
    bRow: number,
    bCol: number,
    C: number,
    mPad: number,
    nPad: number,
    scratch: number,
  ): void;
  cholesky(n: number, L: number): number;
  pivotedQR(
    m: number,
    n: number,
    factors: number,
    tau: number,
    permutation: number,
    norms: number,
    fresh: number,
  ): void;
  tridiagonalise(n: number, A: number, d: number, e: number, w: number): void;
  bidiagonalise(m: number, n: number, A: number, d: number, e: number, v: number, w: number): void;
  eliminate(
    A: number,
    rows: number,
    pivotable: number,
    stride: number,
    prime: number,
    reduced: number,
    order: number,
    pivots: number,
  ): number;
}
