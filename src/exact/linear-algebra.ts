/** Exact linear algebra over Q: search modulo primes, answers with certificates, small checkers. */
export * from './linear-algebra-check.ts';
export * from './linear-algebra-inertia.ts';
export {
  identity,
  type Matrix,
  matrix,
  multiplyVector,
  product,
  transpose,
} from './linear-algebra-matrix.ts';
export * from './linear-algebra-rank.ts';
export * from './linear-algebra-solve.ts';
