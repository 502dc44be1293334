import type { ObligationReport } from '../../check/report.ts';
import { type Path, pathOfPlace } from '../../instance/places.ts';

export interface ObligationPlaces {
  readonly path: Path;
  /** what else has a part in it, and which */
  readonly related: readonly { readonly path: Path; readonly says: string }[];
}

/** The field of the instance that an obligation is about; the witness of a failure narrows it down. */
export function placesOf({ id, witness: given }: ObligationReport): ObligationPlaces {
  const witness = objectOf(given);
  switch (id) {
    case 'assumption-1':
    case 'loss-differentiable':
      return at(['loss']);
    case 'assumption-2':
      return at(['model']);
    case 'dimensions':
      return at(Array.isArray(witness.fixed) ? ['trainable'] : modelPath(witness));
    case 'locally-linear':
      if (typeof witness.layer === 'number') return at(['model', 'layers', witness.layer - 1]);
      return at('model' in witness ? modelPath(witness) : ['model', 'layers']);
    default: {
      const path = parameterPath(witness);
      const { sample } = witness;
      return typeof sample === 'number'
        ? {
            path,
            related: [{ path: ['data', 'inputs', sample], says: `data.inputs[${sample}]` }],
          }
        : at(path);
    }
  }
}

const at = (path: Path): ObligationPlaces => ({ path, related: [] });

const modelPath = (witness: Fields): Path => ('model' in witness ? ['model', 'type'] : ['model']);

/** A witness names a parameter itself, in its gradient, or as the first of the moves along a curve. */
function parameterPath(witness: Fields): Path {
  const [first] = Array.isArray(witness.terms) ? witness.terms : [];
  const name = [witness, objectOf(witness.gradient), objectOf(first)]
    .map(({ parameter }) => parameter)
    .find((each) => typeof each === 'string');
  return pathOfPlace(`parameters${name === undefined ? '' : `.${name}`}`) ?? ['parameters'];
}

type Fields = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
