import { type Matrix, matrix } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { NamedMatrix } from './types.ts';

/** Data of a construction that is not what it says. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Throws a Fault that names the place unless the condition holds. */
export function demand(condition: boolean, fault: string): asserts condition {
  if (!condition) throw new Fault(fault);
}

/** A number in the one form that a report writes. */
export function numberOf(text: string, where: string): Rational {
  const value = typeof text === 'string' ? Rational.parse(text) : undefined;
  demand(
    value !== undefined && value.toString() === text,
    `${where}: ${text} is no number p/q in lowest terms`,
  );
  return value;
}

export function vectorOf(entries: readonly string[], length: number, where: string): Rational[] {
  demand(Array.isArray(entries) && entries.length === length, `${where}: not ${length} numbers`);
  return entries.map((text) => numberOf(text, where));
}

export function matrixOf(shown: NamedMatrix, name: string, rows: number, cols: number): Matrix {
  demand(shown.name === name, `${shown.name} stands where ${name} should`);
  demand(shown.rows === rows && shown.cols === cols, `${name}: not ${rows} × ${cols}`);
  demand(shown.values !== null, `${name}: its entries were left out`);
  return matrix(rows, cols, vectorOf(shown.values, rows * cols, name));
}

export const sameMatrix = (A: Matrix, B: Matrix): boolean =>
  A.rows === B.rows && A.cols === B.cols && A.entries.every((entry, k) => entry.equals(B.entries[k]!));
