import { Rational } from '../../kernel/rational.ts';
import {
  hessianOf,
  normalFormOf,
  normally,
  signPolynomial,
  variableNames,
  variablesIn,
} from '../curvature/analytic-rules.ts';
import type { Setting } from '../curvature/claim.ts';
import { negativePoint } from '../univariate.ts';

/** Points q where the second derivative of a function of one q_k is negative: where to look for a broken chord. */
export function negativeCurvatureHints(setting: Setting): Rational[][] {
  const output = setting.graph.outputs[0]!;
  return (
    normally(() => {
      const names = variablesIn(setting, normalFormOf(setting).of(output));
      if (names.length !== 1) return [];
      const line = signPolynomial(setting, hessianOf(setting, output, names)[0]![0]!);
      const place = line && negativePoint(line.polynomial, line.domain);
      // On e^q > 0 the place is a value of e^{cq}: its logarithm is near enough for a hint.
      const value = place && (line.domain.lower ? nearLog(place) : place);
      return value ? [variableNames(setting).map((name) => (name === names[0] ? value : Rational.zero))] : [];
    }) ?? []
  );
}

const nearLog = (value: Rational): Rational =>
  new Rational(BigInt(Math.round(Math.log(Math.max(value.toNumber(), 1e-300)) * 64)), 64n);
