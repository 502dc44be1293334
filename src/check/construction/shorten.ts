import type { Construction, NamedMatrix, RankedMatrix } from './types.ts';

/** Characters of the entries of one matrix, or of one certificate, beyond which a report leaves them out. */
const MOST_SHOWN = 40_000;

const tooLong = (values: readonly string[]): boolean =>
  values.reduce((sum, text) => sum + text.length + 3, 0) > MOST_SHOWN;

/** The construction with long matrices and null vectors left out: their shapes stay. */
export function shortened(whole: Construction): Construction {
  return {
    ...whole,
    matrices: whole.matrices.map(
      (each): RankedMatrix => ({ ...brief(each), certificate: briefCertificate(each) }),
    ),
    sets: whole.sets.map((set) => ({ ...set, rightInverse: brief(set.rightInverse) })),
  };
}

const brief = <M extends NamedMatrix>(matrix: M): M =>
  matrix.values && tooLong(matrix.values) ? { ...matrix, values: null } : matrix;

function briefCertificate({ certificate }: RankedMatrix): RankedMatrix['certificate'] {
  if (!certificate || certificate.upper.kind === 'shape') return certificate;
  return tooLong(certificate.upper.vectors.flat()) ? null : certificate;
}
