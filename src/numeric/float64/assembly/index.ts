export { cholesky } from './cholesky';
export { bidiagonalise, tridiagonalise } from './condense';
export { eliminate } from './modular';
export { multiply, multiplyScratch } from './multiply';
export { pivotedQR } from './qr';

/** The first byte that the module itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
