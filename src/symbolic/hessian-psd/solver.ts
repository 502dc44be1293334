import { hessianOf, normalFormOf, normally, variablesIn } from '../curvature/analytic-rules.ts';
import type { Setting } from '../curvature/claim.ts';
import { Polynomial } from '../polynomial.ts';
import { plus, times, whole } from '../rational-function.ts';

/** An SMT solver behind one call. `unsat` says that no real assignment satisfies the problem (SMT-LIB 2 text). */
export interface SmtSolver {
  readonly name: string;
  solve(problem: string, milliseconds: number): Promise<'sat' | 'unsat' | 'unknown'>;
}

/**
 * Asks a solver whether dᵀ∇²u(q)d < 0 is possible for the output u, which must be known to be smooth. e^{cq} is written as
 * a positive variable of its own and every other function as a free variable, so that `unsat` implies convexity and
 * nothing else implies anything. The solver is trusted: the evidence is `certified`, never `symbolic`.
 */
export async function proveHessianBySolver(
  setting: Setting,
  solver: SmtSolver,
  deadline: number,
): Promise<boolean> {
  const problem = hessianProblem(setting);
  const left = deadline - Date.now();
  return problem !== undefined && left > 0 && (await solver.solve(problem, left)) === 'unsat';
}

/** The problem in QF_NRA: denominator ≠ 0 and numerator·denominator < 0; undefined when there is no normal form. */
export function hessianProblem(setting: Setting): string | undefined {
  return normally(() => {
    const form = normalFormOf(setting);
    const output = setting.graph.outputs[0]!;
    const names = variablesIn(setting, form.of(output));
    let sum = whole(Polynomial.zero);
    hessianOf(setting, output, names).forEach((row, a) => {
      row.forEach((entry, b) => {
        const directions = Polynomial.variable(`d:${a}`).mul(Polynomial.variable(`d:${b}`));
        sum = plus(sum, times(entry, whole(directions)));
      });
    });
    const sign = sum.numerator.mul(sum.denominator);
    const variables = [...new Set([...sign.variables(), ...sum.denominator.variables()])];
    const lines = ['(set-logic QF_NRA)', ...variables.map((name) => `(declare-const ${symbol(name)} Real)`)];
    for (const name of variables)
      if (form.atom(name)?.op === 'exp') lines.push(`(assert (> ${symbol(name)} 0))`);
    lines.push(`(assert (not (= ${smt(sum.denominator)} 0)))`, `(assert (< ${smt(sign)} 0))`);
    return lines.join('\n');
  });
}

const symbol = (name: string): string => name.replace(':', '_');

function smt(p: Polynomial): string {
  const terms = p.terms.map(({ monomial, coefficient }) => {
    const size = coefficient.abs();
    const number = `(/ ${size.numerator}.0 ${size.denominator}.0)`;
    const factors = monomial.flatMap(([name, e]) => Array.from({ length: e }, () => symbol(name)));
    return `(* ${coefficient.sign < 0 ? `(- ${number})` : number} 1.0 ${factors.join(' ')})`;
  });
  return `(+ 0.0 0.0 ${terms.join(' ')})`;
}
