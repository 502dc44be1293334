/** Vectors of one to three numbers, in float64: a drawing needs no more. */
export type Vector = readonly number[];

export const add = (a: Vector, b: Vector, s = 1): Vector => a.map((value, k) => value + s * b[k]!);
export const scale = (a: Vector, s: number): Vector => a.map((value) => s * value);
export const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
export const norm = (a: Vector): number => Math.sqrt(dot(a, a));
export const distance = (a: Vector, b: Vector): number => norm(add(a, b, -1));

/**
 * An orthonormal basis of the span of `columns`, `rank` vectors, longest first (Gram–Schmidt with pivoting). The rank is
 * decided elsewhere.
 */
export function orthonormal(columns: readonly Vector[], rank: number): readonly Vector[] {
  let rest = [...columns];
  const basis: Vector[] = [];
  while (basis.length < rank) {
    const longest = rest.reduce((a, b) => (norm(b) > norm(a) ? b : a));
    const length = norm(longest);
    if (!(length > 0)) break;
    const unit = scale(longest, 1 / length);
    basis.push(unit);
    rest = rest.map((column) => add(column, unit, -dot(column, unit)));
  }
  return basis;
}

/** The point of span(basis) that is nearest to `y`; the basis is orthonormal. */
export const project = (y: Vector, basis: readonly Vector[]): Vector =>
  basis.reduce<Vector>(
    (sum, unit) => add(sum, unit, dot(y, unit)),
    y.map(() => 0),
  );
