/** Exact linear algebra over Q: search modulo primes, answers with certificates, small checkers. */
export * from './linear-algebra-check.ts';
export * from './linear-algebra-inertia.ts';
export { type Matrix, matrix, multiplyVector, transpose } from './linear-algebra-matrix.ts';
export * from './linear-algebra-rank.ts';
export * from './linear-algebra-solve.ts';
