import type { Annotation } from '../model.ts';
import { lineText } from '../values.ts';
import { type Block, type Span, small, text } from './block.ts';
import { spansOf } from './prose.ts';

export const statusOf = ({ status, tier }: Annotation): Span => ({
  kind: 'status',
  status,
  detail: status === 'supposed' ? '' : tier,
});

/** Lines of numbers of one claim on paper. */
const SHOWN = 6;

/** Why, and the numbers: of many lines the first, those before all others that are not true. */
export function annotated({ detail, lines, omitted, brief }: Annotation): Block[] {
  const why = detail.length === 0 ? [] : [small(...spansOf(detail))];
  if (brief) return [...why, ...(lines.length === 0 ? [] : [small(text(lines.map(lineText).join('; ')))])];
  const ordered = [
    ...lines.filter(({ truth }) => truth !== 'true'),
    ...lines.filter(({ truth }) => truth === 'true'),
  ];
  const left = Math.max(0, lines.length - SHOWN) + omitted;
  const rows = (lines.length > SHOWN ? ordered.slice(0, SHOWN) : lines).map(
    ({ place, left, relation, right, difference, truth }) => ({
      place,
      left: left ?? 'unknown',
      relation,
      right: right ?? 'unknown',
      difference: difference ?? '',
      truth,
    }),
  );
  return [
    ...why,
    ...(rows.length === 0 ? [] : [{ kind: 'numbers', rows } as const]),
    ...(left > 0 ? [small(text(`and ${left} more`))] : []),
  ];
}
