import type {
  ConstructedSet,
  Construction,
  NoConstruction,
  PrintedFault,
} from '../../check/construction/types.ts';
import { exactText, quantityText } from './quantity.ts';

/** What the proof constructs on this instance, as labelled sentences. */
export function constructionSentences(
  found: Construction | NoConstruction,
): readonly { readonly label: string; readonly detail: string }[] {
  if ('omitted' in found) return [{ label: 'construction', detail: `not built: ${found.omitted}` }];
  const { sets, missing, forces, infimum, printed, fullRankNearby } = found;
  const moved = sets.filter(({ step }) => step !== null);
  const vectors = moved.map((set) => `${set.columns + 1} vectors for ${set.feature}${lengths(set)}`);
  const zero = forces.filter((force) => force.zero === true).map(({ name }) => name);
  const not = forces.filter((force) => force.zero === false).map(({ name }) => name);
  const signs = [
    ...(zero.length > 0 ? [`${zero.join(' = ')} = 0`] : []),
    ...(not.length > 0 ? [`${not.join(', ')} ≠ 0`] : []),
  ];
  return [
    {
      label: 'construction',
      detail: [
        found.detail,
        ...(vectors.length > 0 ? [`at ε = ${exactText(found.epsilon)}, ${vectors.join(', ')}`] : []),
        found.complete
          ? 'membership in V[θ, ε] and what they span verified'
          : missing.length > 0
            ? 'not complete'
            : 'a check failed',
        ...(fullRankNearby && fullRankNearby.length > 0
          ? [`at θ* too for ${fullRankNearby.join(', ')}`]
          : []),
      ].join('; '),
    },
    ...(infimum
      ? [{ label: 'features alone', detail: [quantityText(infimum.value), ...signs].join('; ') }]
      : []),
    ...(printed && printed.length > 0
      ? [{ label: 'proof as printed', detail: `fails here: ${printedText(printed)}` }]
      : []),
  ];
}

const lengths = ({ normSquared: { base, others } }: ConstructedSet): string =>
  others === null
    ? ''
    : ` (‖v‖² = ${base === '0' ? exactText(others) : `${exactText(base)}, ${exactText(others)}`})`;

/** One sentence for each kind of fault, with the layers. */
function printedText(faults: readonly PrintedFault[]): string {
  return faults.map(({ layer, detail }) => `at l = ${layer}, ${detail}`).join('; ');
}
