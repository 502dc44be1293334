import type { Setting } from '../curvature/claim.ts';

/** An SMT solver behind one call. `unsat` means that no real assignment satisfies the problem (SMT-LIB 2 text). */
export interface SmtSolver {
  readonly name: string;
  solve(problem: string, deadline: number): Promise<'sat' | 'unsat' | 'unknown'>;
}

export async function proveHessianBySolver(
  _setting: Setting,
  _solver: SmtSolver,
  _deadline: number,
): Promise<boolean> {
  return false;
}
