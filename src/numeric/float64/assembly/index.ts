export { cholesky } from './cholesky';
export { bidiagonalise, tridiagonalise } from './condense';
export { eliminate } from './modular';
export { multiply, multiplyScratch } from './multiply';
export { pivotedQR } from './qr';
