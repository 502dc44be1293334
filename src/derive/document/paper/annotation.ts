import type { Annotation } from '../model.ts';
import { type Block, type Span, small, text } from './block.ts';
import { spansOf } from './prose.ts';

export const statusOf = ({ status, tier }: Annotation): Span => ({
  kind: 'status',
  status,
  detail: status === 'supposed' ? '' : tier,
});

/** Why, and the numbers. */
export function annotated({ detail, lines, omitted }: Annotation): Block[] {
  const rows = lines.map(({ place, left, relation, right, difference, truth }) => ({
    place,
    left: left ?? 'unknown',
    relation,
    right: right ?? 'unknown',
    difference: difference ?? '',
    truth,
  }));
  return [
    ...(detail.length === 0 ? [] : [small(...spansOf(detail))]),
    ...(rows.length === 0 ? [] : [{ kind: 'numbers', rows } as const]),
    ...(omitted > 0 ? [small(text(`and ${omitted} more`))] : []),
  ];
}
